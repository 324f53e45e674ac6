"""The help pages: the whole FAQ by section, one page an entry, and the pages that answers link to."""

from aiohttp import web
from markupsafe import Markup

from faq.render import to_html
from gateway.errors import GatewayError
from gateway.settings import Language
from gateway.web.help_view import faq_data, view_entry, view_sections
from gateway.web.keys import CONTENT, SETTINGS
from gateway.web.language import accepted_language
from gateway.web.pages import page_response, render_page

routes = web.RouteTableDef()
LANGUAGE = "{language:fr|en}"


@routes.get("/")
async def choose(request: web.Request) -> web.Response:
    """Send the reader to the help in their language."""
    default = request.app[SETTINGS].gateway_default_language
    language = accepted_language(request.headers.get("Accept-Language", ""), default=default)
    headers = {"Location": f"/{language}/", "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return web.Response(status=302, headers=headers)


@routes.get("/" + LANGUAGE)
async def without_slash(request: web.Request) -> web.Response:
    """Addresses typed by hand."""
    return web.Response(status=301, headers={"Location": f"/{_language(request)}/"})


@routes.get("/" + LANGUAGE + "/")
async def help_page(request: web.Request) -> web.Response:
    """The whole FAQ."""
    language = _language(request)
    sections = view_sections(request.app[CONTENT].current(), language)
    data = faq_data([entry for section in sections for entry in section.entries], language)
    html = render_page(
        request, "help.html", language, {"fr": "/fr/", "en": "/en/"}, sections=sections, data=data
    )
    return page_response(request, html, language, hashes=[data.hash])


@routes.get("/" + LANGUAGE + "/faq/{id}")
async def entry_page(request: web.Request) -> web.Response:
    """One question, for links from elsewhere."""
    language, entry_id = _language(request), request.match_info["id"]
    content = request.app[CONTENT].current()
    entry = content.entries.get(entry_id)
    if entry is None:
        raise GatewayError("not_found")
    view = view_entry(content, entry, language)
    data = faq_data([view], language)
    paths: dict[Language, str] = {"fr": f"/fr/faq/{entry_id}", "en": f"/en/faq/{entry_id}"}
    section = content.sections[entry.section].titles[language]
    html = render_page(request, "entry.html", language, paths, entry=view, section=section, data=data)
    return page_response(request, html, language, hashes=[data.hash])


@routes.get("/" + LANGUAGE + "/{slug}")
async def other_page(request: web.Request) -> web.Response:
    """The benefits, the terms and whatever else the content has pages for."""
    language, content = _language(request), request.app[CONTENT].current()
    slug = request.match_info["slug"]
    found = [page for page in content.pages.values() if page.texts[language].slug == slug]
    if not found:
        raise GatewayError("not_found")
    text = content.page(found[0].id, language)
    body = Markup(to_html(text.body, content.resolver(language)))
    paths: dict[Language, str] = {
        "fr": f"/fr/{found[0].texts['fr'].slug}",
        "en": f"/en/{found[0].texts['en'].slug}",
    }
    html = render_page(request, "page.html", language, paths, title=text.title, body=body)
    return page_response(request, html, language, hashes=[])


def _language(request: web.Request) -> Language:
    return "en" if request.match_info["language"] == "en" else "fr"
