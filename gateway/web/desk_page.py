"""The desk's page."""

from aiohttp import web

from gateway.web.program_page import program_page

routes = web.RouteTableDef()


@routes.get("/desk")
async def without_slash(_request: web.Request) -> web.Response:
    """Addresses typed by hand."""
    return web.Response(status=301, headers={"Location": "/desk/"})


@routes.get("/desk/")
async def desk_page(request: web.Request) -> web.Response:
    """The frame, in the browser's language until the rep is known."""
    return program_page(request, "desk.html", "/desk/")
