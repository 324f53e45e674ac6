"""What a call remembers between two webhooks; it is JSON on the call's row, and gone when the call ends."""

import uuid
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from gateway.settings import Language
from gateway.voice.call import Listen, Part

Asks = Literal[
    "text", "date", "amount", "account_number", "postal_code", "address", "email", "yes_no", "choice"
]
"""The shape of the answer the bot waits for; it says which keys mean what."""


class Stage(StrEnum):
    """The parts of a call; `gateway.voice.stages` has a module for each."""

    LANGUAGE = "language"
    REMEMBER = "remember"
    OPENING = "opening"
    TALK = "talk"
    CODE = "code"
    MENU = "menu"
    ACCOUNT = "account"
    ACCOUNT_CHECK = "account_check"
    PIN = "pin"
    TRANSFER = "transfer"
    CALLBACK = "callback"
    CALLBACK_NUMBER = "callback_number"


class Choice(BaseModel):
    """One thing to choose: its button, and its words for the voice."""

    token: str
    title: str
    ssml: str | None = None
    role: str | None = None


class CallState(BaseModel):
    """Where the call is. `said` counts the gateway's own lines, so that none is said too often."""

    model_config = ConfigDict(extra="ignore")

    stage: Stage = Stage.LANGUAGE
    language: Language = "fr"
    is_language_chosen: bool = False
    conversation_id: uuid.UUID | None = None
    asks: Asks = "text"
    is_asked: bool = False  # whether the bot waits for a value, rather than for anything at all
    choices: list[Choice] = []  # those on keys 1 to 7, in order
    by_role: dict[str, Choice] = {}  # those on keys of their own: cancel, person
    question: list[Part] = []  # what to say again when nothing comes
    rest: list[Part] = []  # what comes after "more"
    present: Listen | None = None  # the prompt as it was put
    silent: int = 0  # times nothing came, this question
    missed: int = 0  # times what came made no sense, this question
    silent_in_all: int = 0
    missed_in_all: int = 0
    said: dict[str, int] = {}
    code_tries: int = 0
    places: list[str] = []  # of the menu, from its top to where the caller is
    window: int = 0  # of a list too long for the keys there are
    was_asked: bool = False  # whether the menu was opened over a question
    uses_menu: bool = False
    account_number: str | None = None

    def ask_anew(self) -> None:
        """Another question: its ladder begins at the bottom."""
        self.silent = self.missed = 0
