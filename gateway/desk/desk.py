"""What everything at the desk needs, opened once by the application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from faq import ContentStore
from gateway.conversations.database import Database
from gateway.conversations.handover import Handover
from gateway.conversations.keystrokes import Keystrokes
from gateway.conversations.live import Live
from gateway.conversations.service import ConversationService
from gateway.desk.backend import DeskBackend
from gateway.desk.left import Left
from gateway.desk.passwords import Passwords
from gateway.desk.team import Team
from gateway.settings import Settings
from gateway.texts import Texts
from gateway.vault import Vault


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
    vault: Vault
    content: ContentStore
    texts: Texts
    settings: Settings
    clock: Callable[[], datetime]

    @property
    def left(self) -> Left:
        """What looks after conversations whose rep is gone."""
        return Left(self.database, self.handover, timedelta(minutes=self.settings.desk_away_minutes))

    @property
    def team(self) -> Team:
        """What changes the team."""
        return Team(self.database, self.vault, self.texts, self.left)
