"""Turns a template and what it shows into an answer that browsers may keep and check."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway.contact import contact, contact_links
from gateway.settings import Language
from gateway.web.headers import page_policy
from gateway.web.help_view import view_pages
from gateway.web.keys import CONTENT, SETTINGS, TEMPLATES, TEXTS
from gateway.web.static import built_files

OTHER: Mapping[Language, Language] = {"fr": "en", "en": "fr"}


def open_templates() -> Environment:
    """The templates; whatever they are given is escaped, and a name they are not given is a fault."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render_page(
    request: web.Request, template: str, language: Language, paths: Mapping[Language, str], **values: Any
) -> str:
    """The page's HTML; `paths` says where it stands in each language."""
    content, settings = request.app[CONTENT].current(), request.app[SETTINGS]
    facts = contact(content, language)
    words = request.app[TEXTS].group("pages", language)
    base = str(settings.gateway_public_url).rstrip("/") if settings.gateway_public_url else ""
    return (
        request.app[TEMPLATES]
        .get_template(template)
        .render(
            language=language,
            other=OTHER[language],
            paths=paths,
            base=base,
            words={key: text.replace("{service}", facts["service"]) for key, text in words.items()},
            contact=facts,
            links=contact_links(content),
            pages=view_pages(content, language),
            built=built_files(settings.gateway_static_dir),
            **values,
        )
    )


def page_response(request: web.Request, html: str, language: Language, *, hashes: list[str]) -> web.Response:
    """The page, or word that the browser's copy is still right."""
    etag = hashlib.sha256(html.encode("utf-8")).hexdigest()[:32]
    known = request.if_none_match or ()
    if any(tag.value in (etag, "*") for tag in known):
        response = web.Response(status=304)
    else:
        response = web.Response(text=html, content_type="text/html", charset="utf-8")
        response.headers["Content-Language"] = f"{language}-CA"
        response.enable_compression()
    response.headers["ETag"] = f'W/"{etag}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Content-Security-Policy"] = page_policy(hashes)
    return response
