"""Where the application keeps the telephone."""

from aiohttp import web

from gateway.voice.codes import Codes
from gateway.voice.door import Door
from gateway.voice.twiml import Twilio

DOOR = web.AppKey("door", Door)
CODES = web.AppKey("codes", Codes)
TWILIO = web.AppKey("twilio", Twilio)
