"""Signing in to the desk and out of it."""

from aiohttp import web

from gateway.desk.api.bodies import SignInBody
from gateway.desk.api.gate import COOKIE, PATH, check_site, let_in, set_cookie
from gateway.desk.api.keys import DESK, DESK_SIGN_INS, OPEN
from gateway.desk.signing_in import Open, access_session, do_change_language, do_sign_in, do_sign_out
from gateway.settings import Language
from gateway.web.bodies import LanguageBody, read_body
from gateway.web.keys import CONVERSATION_LANGUAGE, SETTINGS
from gateway.web.limits import client_address
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.post("/api/desk/session")
async def sign_in(request: web.Request) -> web.Response:
    """Open a session."""
    check_site(request)
    address = client_address(request, trusted_proxies=request.app[SETTINGS].gateway_trusted_proxies)
    request.app[DESK_SIGN_INS].check(address, code="too_many_sign_ins")
    body = await read_body(request, SignInBody)
    opened = await do_sign_in(
        request.app[DESK], body.user_id, body.password.get_secret_value(), body.code.get_secret_value()
    )
    response = reply(_session(opened, opened.rep.language))
    set_cookie(request, response, opened)
    return response


@routes.get("/api/desk/session")
@let_in
async def show(request: web.Request) -> web.Response:
    """Who is signed in."""
    return reply(_session(request[OPEN], request[OPEN].rep.language))


@routes.delete("/api/desk/session")
@let_in
async def sign_out(request: web.Request) -> web.Response:
    """End the session."""
    await do_sign_out(request.app[DESK], request[OPEN])
    response = reply({"signed_in": False})
    response.del_cookie(COOKIE, path=PATH)
    return response


@routes.put("/api/desk/session/language")
@let_in
async def change_language(request: web.Request) -> web.Response:
    """Show the desk in another language."""
    body = await read_body(request, LanguageBody)
    opened = request[OPEN]
    await do_change_language(request.app[DESK], opened.rep.id, body.language)
    request[CONVERSATION_LANGUAGE] = body.language
    return reply(_session(await access_session(request.app[DESK], opened.token), body.language))


def _session(opened: Open, language: Language) -> dict[str, object]:
    rep = opened.rep
    me = {
        "id": str(rep.id),
        "user_id": rep.user_id,
        "name": rep.name,
        "alias": rep.alias,
        "role": rep.role,
        "language": language,
        "languages": rep.languages,
    }
    return {"rep": me, "csrf": opened.csrf, "expires_at": opened.expires_at.isoformat()}
