"""Where the application keeps the desk."""

from aiohttp import web

from gateway.desk.backend import DeskBackend
from gateway.desk.desk import Desk
from gateway.desk.signing_in import Open
from gateway.web.limits import AddressLimiter

DESK = web.AppKey("desk", Desk)
DESK_BACKEND = web.AppKey("desk_backend", DeskBackend)
DESK_SIGN_INS = web.AppKey("desk_sign_ins", AddressLimiter)

# The rep's session, once a request has shown whose it is.
OPEN: web.RequestKey[Open] = web.RequestKey("desk_session")
