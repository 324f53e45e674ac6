"""The page a recovery link opens: one field, which may be pasted into and which password managers know."""

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from backend.api.language import choose_language
from backend.domain.people import Language
from backend.wording.texts import texts

WORDS = (
    "title",
    "new_password",
    "rule",
    "send",
    "user_id",
    "show",
    "confirm",
    "confirmed",
    "done",
    "again",
    "offline",
    "no_script",
)
# The script reads the token from the fragment, which never reaches a server by itself.
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_templates = Environment(
    loader=PackageLoader("backend.api", "templates"), autoescape=True, undefined=StrictUndefined
)


async def show_recovery(request: web.Request) -> web.Response:
    """The page in the language of the link."""
    asked = request.query.get("lang")
    language = Language(asked) if asked in ("fr", "en") else choose_language(request)
    words = {word: texts().get(f"recovery.{word}", language) for word in WORDS}
    words["colon"] = texts().get("emails.frame.colon", language)
    page = _templates.get_template("recovery.html").render(language=language.value, words=words)
    headers = {"Content-Security-Policy": CSP, "Referrer-Policy": "no-referrer"}
    return web.Response(text=page, content_type="text/html", headers=headers)


async def show_script(_request: web.Request) -> web.Response:
    """The page's script."""
    return web.Response(text=_templates.get_template("recovery.js").render(), content_type="text/javascript")


async def show_style(_request: web.Request) -> web.Response:
    """The page's style."""
    return web.Response(text=_templates.get_template("recovery.css").render(), content_type="text/css")


def add_recovery_page(app: web.Application) -> None:
    """Put the page on its addresses."""
    app.router.add_get("/recovery", show_recovery)
    app.router.add_get("/recovery.js", show_script)
    app.router.add_get("/recovery.css", show_style)
