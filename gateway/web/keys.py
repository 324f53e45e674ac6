"""The typed places where the application keeps what its handlers need."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import ClientSession, web
from jinja2 import Environment

from faq import ContentStore
from gateway.backend import Backend
from gateway.conversations.database import Database
from gateway.conversations.keystrokes import Keystrokes
from gateway.conversations.service import ConversationService
from gateway.conversations.signing_in import SigningIn
from gateway.metrics import Metrics
from gateway.rasa import Rasa
from gateway.settings import Language, Settings
from gateway.texts import Texts
from gateway.web.limits import AddressLimiter

SETTINGS = web.AppKey("settings", Settings)
TEXTS = web.AppKey("texts", Texts)
TEMPLATES = web.AppKey("templates", Environment)
CONTENT = web.AppKey("content", ContentStore)
DATABASE = web.AppKey("database", Database)
SERVICE = web.AppKey("service", ConversationService)
TYPING = web.AppKey("typing", Keystrokes)
SIGNING_IN = web.AppKey("signing_in", SigningIn)
BACKEND = web.AppKey("backend", Backend)
RASA = web.AppKey("rasa", Rasa)
HTTP = web.AppKey("http", ClientSession)
METRICS = web.AppKey("metrics", Metrics)
NEW_CONVERSATIONS = web.AppKey("new_conversations", AddressLimiter)
SIGN_INS = web.AppKey("sign_ins", AddressLimiter)
SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets")
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock")

# The conversation's language, once a request has shown which conversation it is about.
CONVERSATION_LANGUAGE: web.RequestKey[Language] = web.RequestKey("conversation_language")
