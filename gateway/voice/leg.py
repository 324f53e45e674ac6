"""One thing that a caller said or dialled, on its way to the next step; the stages of a call work with it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.contact import contact
from gateway.conversations import store
from gateway.conversations.database import Database
from gateway.conversations.records import Conversation, Sender
from gateway.conversations.service import ConversationService
from gateway.conversations.signing_in import SigningIn
from gateway.conversations.store import Line
from gateway.desk.desk import Desk
from gateway.settings import Language, Settings
from gateway.texts import Texts
from gateway.voice.call import HangUp, Listen, Part, Say, Step
from gateway.voice.calls import do_link
from gateway.voice.codes import Codes
from gateway.voice.ladder import climb
from gateway.voice.prompts import listen
from gateway.voice.state import CallState
from gateway.voice.wording import line


@dataclass(frozen=True)
class Tools:
    """What the telephone needs of the house."""

    database: Database
    conversations: ConversationService
    signing_in: SigningIn
    desk: Desk
    codes: Codes
    texts: Texts
    settings: Settings
    clock: Callable[[], datetime]

    def contact(self, language: Language) -> dict[str, str]:
        """How to reach the company."""
        return contact(self.desk.content.current(), language)


@dataclass
class Leg:
    """The tools, the call, and what it remembers, which is changed on the way.

    `caller` is the keyed hash of the caller's number, `number_shown` the number itself, kept nowhere. `own`
    collects what the gateway says of its own, for the transcript; `heard_seq` is the turn being answered.
    """

    tools: Tools
    call_id: str
    number: int
    caller: str | None
    number_shown: str | None
    state: CallState
    own: list[str] = field(default_factory=list)
    heard_seq: int | None = None

    @property
    def message_id(self) -> str:
        """The id under which what is said here is said once."""
        call = hashlib.sha256(self.call_id.encode()).hexdigest()[:32]
        return f"call-{call}-{self.number}"

    @property
    def address(self) -> str:
        """What stands for the caller where tries are counted; withheld numbers count together."""
        return f"tel:{self.caller[:40]}" if self.caller else "tel:withheld"

    async def conversation(self) -> Conversation:
        """The conversation of the call, begun now if it was not yet."""
        if self.state.conversation_id is None:
            begun = await self.tools.conversations.begin(self.state.language, channel="voice")
            self.state.conversation_id = begun.conversation.id
            await do_link(self.tools.database, self.call_id, begun.conversation.id)
            return begun.conversation
        async with self.tools.database.read() as session:
            return await session.get_one(Conversation, self.state.conversation_id)

    def say(self, key: str, **values: Any) -> Part:
        """A line of the gateway's own, for the transcript too."""
        said = line(self.tools.texts, key, self.state.language, values)
        self.own.append(said.text)
        return (said,)

    def listen(self, *parts: Part) -> Listen:
        """Say these and listen for an answer to what is open."""
        return listen(self.tools.texts, self.tools.settings, self.state, parts)

    def climb(self, *, silent: bool) -> Listen | HangUp | None:
        """One more step up the ladder; None when it is time for a person."""
        step = climb(self.tools.texts, self.tools.settings, self.state, silent=silent)
        if isinstance(step, Listen):
            self.own += [said.text for part in step.parts for said in part if part not in self.state.question]
        return step

    def again(self) -> Step:
        """The present prompt once more."""
        return self.state.present or self.listen(*self.state.question)

    async def keep_own_words(self) -> None:
        """Write what the gateway said of its own into the transcript."""
        if self.state.conversation_id is None or not self.own:
            return
        text, language = " ".join(self.own), self.state.language
        async with self.tools.database.write() as session:
            conversation = await store.lock_conversation(session, self.state.conversation_id)
            told = Line(Sender.SYSTEM, text, language, {"key": "voice"})
            store.add_line(session, conversation, told, now=self.tools.clock())
            await session.commit()
        self.tools.conversations.live.wake(self.state.conversation_id)


def says_of(*parts: Part) -> tuple[Say, ...]:
    """Parts in one breath."""
    return tuple(said for part in parts for said in part)
