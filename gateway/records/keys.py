"""Where the application keeps what these doors need."""

from aiohttp import web

from gateway.transcripts.build import Masker

MASKER = web.AppKey("masker", Masker)
