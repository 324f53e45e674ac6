"""Puts the telephone into the application: its webhooks, and what they work with."""

from collections.abc import AsyncIterator

from aiohttp import web

from gateway.desk.api.keys import DESK
from gateway.voice import routes, softphone
from gateway.voice.codes import Codes
from gateway.voice.door import Door
from gateway.voice.keys import CODES, DOOR, TWILIO
from gateway.voice.leg import Tools
from gateway.voice.twiml import Twilio
from gateway.web import keys, moving

MODULES = (routes, moving, softphone)
GRACE = 2.0  # seconds for what is being done for callers when the gateway stops


async def open_voice(app: web.Application) -> AsyncIterator[None]:
    """Open the door, after the conversations it leads into; close it before them."""
    settings = app[keys.SETTINGS]
    codes = app[CODES] = Codes(app[keys.DATABASE], settings, app[keys.CLOCK])
    app[TWILIO] = Twilio(settings)
    door = app[DOOR] = Door(
        Tools(
            database=app[keys.DATABASE],
            conversations=app[keys.SERVICE],
            signing_in=app[keys.SIGNING_IN],
            desk=app[DESK],
            codes=codes,
            texts=app[keys.TEXTS],
            settings=settings,
            clock=app[keys.CLOCK],
        )
    )
    yield
    await door.close(grace=GRACE)
