"""What everything at the desk needs, opened once by the application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from faq import ContentStore
from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.conversations.keystrokes import Keystrokes
from gateway.conversations.live import Live
from gateway.conversations.service import ConversationService
from gateway.desk.backend import DeskBackend
from gateway.desk.passwords import Passwords
from gateway.settings import Settings
from gateway.texts import Texts


@dataclass(frozen=True)
class Desk:
    """The desk's tools."""

    database: Database
    conversations: ConversationService
    live: Live
    typing: Keystrokes
    handover: Handover
    backend: DeskBackend
    passwords: Passwords
    content: ContentStore
    texts: Texts
    settings: Settings
    clock: Callable[[], datetime]
