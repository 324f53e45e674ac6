"""What can be done with a conversation, whichever door it came through."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.conversations import store
from gateway.conversations.access import access_conversation_by_token, hash_token, new_token
from gateway.conversations.buttons import ButtonRef, ButtonSigner
from gateway.conversations.database import Database
from gateway.conversations.feedback import do_rate
from gateway.conversations.intake import do_accept
from gateway.conversations.live import Live
from gateway.conversations.records import Conversation, InputKind, Message, Owner, Sender, Turn, TurnState
from gateway.conversations.said import Said, read_button
from gateway.conversations.sessions import add_event, open_session
from gateway.conversations.shown import ShownMessage, show
from gateway.conversations.store import Line
from gateway.conversations.turns import TurnWorker
from gateway.conversations.words import check_message
from gateway.ledger.kinds import Kind
from gateway.ledger.record import record
from gateway.masking.find import without_never_stored
from gateway.settings import Language, Settings
from gateway.texts import Texts

PAGE = 200  # messages read at once
MENU = "menu"  # what stands for the place of a button that no message holds


@dataclass(frozen=True)
class Begun:
    """A new conversation and the token that opens it, which is told only now."""

    conversation: Conversation
    token: str
    messages: list[ShownMessage]


@dataclass(frozen=True)
class Answered:
    """How a turn ended and what was said back."""

    turn: Turn
    language: Language
    messages: list[ShownMessage]


class ConversationService:
    """Begins conversations, takes what is said in them and tells what was answered."""

    def __init__(
        self,
        database: Database,
        worker: TurnWorker,
        live: Live,
        signer: ButtonSigner,
        texts: Texts,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._worker = worker
        self.live = live
        self._signer = signer
        self._texts = texts
        self._settings = settings
        self._clock = clock

    async def begin(self, language: Language, *, channel: str = "web") -> Begun:
        """Open a conversation; its first message is the greeting."""
        now, token = self._clock(), new_token()
        conversation = Conversation(
            id=uuid.uuid4(),
            token_hash=hash_token(token),
            language=language,
            channel=channel,
            owner=Owner.BOT,
            last_seq=0,
            created_at=now,
            updated_at=now,
        )
        async with self._database.write() as session:
            session.add(conversation)
            await session.flush()
            record(session, conversation, Kind.BEGUN, now=now)
            key = "voice.opening" if channel == "voice" else "chat.greeting"
            greeting = store.add_line(session, conversation, self._own_line(key, language), now=now)
            await session.commit()
        return Begun(conversation, token, self.show([greeting]))

    async def access(self, conversation_id: str, token: str) -> Conversation:
        """The conversation, for whoever has its token; raises conversation_not_found."""
        async with self._database.read() as session:
            return await access_conversation_by_token(session, conversation_id, token)

    async def accept(
        self,
        conversation: Conversation,
        client_message_id: str,
        *,
        text: str | None,
        button: str | None,
        channel: str = "web",
    ) -> Turn:
        """Store what was said, once, and begin to answer it; `finish` waits for the answer."""
        said = await self._read(conversation, text, button)
        return await self._take(conversation, client_message_id, said, channel)

    async def choose(
        self, conversation: Conversation, client_message_id: str, title: str, intent: str, *, channel: str
    ) -> Turn:
        """Store a request chosen from a menu of the door's own, as a button is, and begin to answer it."""
        said = Said(InputKind.BUTTON, text=title, payload=f"/{intent}", button=MENU)
        return await self._take(conversation, client_message_id, said, channel)

    async def _take(
        self, conversation: Conversation, client_message_id: str, said: Said, channel: str
    ) -> Turn:
        turn, is_new = await do_accept(
            self._database,
            conversation.id,
            client_message_id,
            said,
            settings=self._settings,
            now=self._clock(),
            channel=channel,
        )
        if is_new and conversation.owner == Owner.BOT:
            self.live.wake(conversation.id)
        elif is_new:  # it may have left the queue
            self.live.wake_desks(conversation.id)
        if turn.state == TurnState.RECEIVED:
            self._worker.begin(turn.conversation_id, turn.seq)
        return turn

    async def say(
        self, conversation: Conversation, client_message_id: str, *, text: str | None, button: str | None
    ) -> Answered:
        """Store what was said and return what is answered; the same id again gives the same answer."""
        turn = await self.accept(conversation, client_message_id, text=text, button=button)
        return await self.finish(turn)

    async def finish(self, turn: Turn) -> Answered:
        """The turn's answer, once there is one."""
        answered = None if turn.state == TurnState.RECEIVED else await self._answer_to(turn)
        while answered is None or answered.turn.state == TurnState.RECEIVED:
            await self._worker.work(turn.conversation_id, turn.seq)
            answered = await self._answer_to(turn)
        return answered

    async def tell(self, conversation_id: uuid.UUID, payload: str) -> Turn:
        """Let the bot know, in its turn, of something that happened at the door; `finish` waits for it."""
        async with self._database.write() as session:
            conversation = await store.lock_conversation(session, conversation_id)
            turn = add_event(session, conversation, payload, now=self._clock())
            await session.commit()
        self._worker.begin(turn.conversation_id, turn.seq)
        return turn

    def token(self, message: Message, index: int) -> str:
        """The token of a message's button, for a door that presses it for the customer."""
        return self._signer.token(message.conversation_id, ButtonRef(message.seq, index))

    def go_on(self, turn: Turn) -> None:
        """Begin to answer a turn that was stored elsewhere; nobody waits for it."""
        self._worker.begin(turn.conversation_id, turn.seq)

    async def news(self, conversation_id: uuid.UUID, after: int) -> tuple[Conversation, list[ShownMessage]]:
        """The conversation as it is now, and what was said after message `after`."""
        messages = await self.messages_after(conversation_id, after)
        async with self._database.read() as session:
            conversation = await session.get_one(Conversation, conversation_id)
        return conversation, messages

    def is_signed_in(self, conversation: Conversation) -> bool:
        """Whether the customer is signed in now."""
        return open_session(conversation, self._clock()) is not None

    async def messages_after(
        self, conversation_id: uuid.UUID, after: int, *, limit: int = PAGE
    ) -> list[ShownMessage]:
        """The transcript from the message after number `after`, at most `limit` messages."""
        async with self._database.read() as session:
            messages = await store.messages_after(session, conversation_id, after=after, limit=limit)
            rated = await store.ratings(session, conversation_id, [message.seq for message in messages])
            turn_ids = [message.turn_id for message in messages if message.turn_id is not None]
            clients = await store.client_ids(session, turn_ids)
        return self.show(messages, rated, clients)

    async def change_language(self, conversation: Conversation, language: Language) -> list[ShownMessage]:
        """Go on in `language`; says so in the transcript unless it already was."""
        now = self._clock()
        async with self._database.write() as session:
            stored = await store.lock_conversation(session, conversation.id)
            if stored.language == language:
                return []
            stored.language = language
            line = self._own_line("chat.language_changed", language)
            message = store.add_line(session, stored, line, now=now)
            await session.commit()
        self.live.wake(conversation.id)
        return self.show([message])

    async def rate(self, conversation: Conversation, seq: int, *, useful: bool, comment: str | None) -> None:
        """Keep what the customer thought of one answer; a second rating replaces the first."""
        kept = None if comment is None else self.without_numbers(comment, conversation.language)
        await do_rate(self._database, conversation.id, seq, useful=useful, comment=kept, now=self._clock())

    async def _answer_to(self, turn: Turn) -> Answered:
        async with self._database.read() as session:
            ended = await session.get_one(Turn, turn.id)
            conversation = await session.get_one(Conversation, turn.conversation_id)
            messages = await store.answer_of(session, ended)
        return Answered(ended, conversation.language, self.show(messages))

    async def _read(self, conversation: Conversation, text: str | None, button: str | None) -> Said:
        if button is None:
            typed = check_message(text or "", limit=self._settings.gateway_message_length)
            kept = self.without_numbers(typed, conversation.language)
            hint = None if kept == typed else self._texts.get("masking.not_needed", conversation.language)
            return Said(InputKind.TEXT, kept, hint=hint)
        async with self._database.read() as session:
            return await read_button(session, self._signer, conversation, button)

    def without_numbers(self, text: str, language: Language) -> str:
        """The text without card and social insurance numbers, which are kept nowhere."""
        return without_never_stored(text, self._texts.group("masking", language))

    def _own_line(self, key: str, language: Language) -> Line:
        return Line(Sender.BOT, self._texts.get(key, language), language, {"key": key.partition(".")[2]})

    def show(
        self,
        messages: Sequence[Message],
        rated: dict[int, bool] | None = None,
        clients: dict[uuid.UUID, str] | None = None,
    ) -> list[ShownMessage]:
        """Messages as the customer may see them."""
        return [show(message, self._signer, rated or {}, clients or {}) for message in messages]
