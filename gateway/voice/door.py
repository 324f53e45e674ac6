"""A call from its first ring to its end: each prompt is answered once, in the background, and never too late.

A webhook starts the work on what the caller answered and waits a moment for it. What is not ready by then is
asked for again while the caller hears a filler. The work goes on when the caller hangs up.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog

from gateway.conversations import store
from gateway.conversations.records import Owner, Turn
from gateway.settings import Language
from gateway.voice import calls, fillers
from gateway.voice.call import Connected, HangUp, Heard, Incoming, Listen, Reply, Step, Transfer
from gateway.voice.leg import Leg, Tools
from gateway.voice.records import Call
from gateway.voice.stages import beginning, callback, choosing, codes, proof, talk
from gateway.voice.stages.openings import hand_over, offer_callback, take_back
from gateway.voice.stages.saying import go_on
from gateway.voice.state import CallState, Stage
from gateway.voice.wording import line

log = structlog.get_logger(__name__)

Hear = Callable[[Leg, Heard], Awaitable[Step]]
HEAR: Mapping[Stage, Hear] = {
    Stage.LANGUAGE: beginning.hear_language,
    Stage.REMEMBER: beginning.hear_remember,
    Stage.OPENING: beginning.hear_opening,
    Stage.CODE: codes.hear,
    Stage.MENU: choosing.hear,
    Stage.TALK: talk.hear,
    Stage.ACCOUNT: proof.hear_account,
    Stage.ACCOUNT_CHECK: proof.hear_check,
    Stage.PIN: proof.hear_pin,
    Stage.CALLBACK: callback.hear_offer,
    Stage.CALLBACK_NUMBER: callback.hear_number,
    Stage.TRANSFER: talk.hear,
}
LOOK_EVERY = 0.1  # seconds between two looks for an answer that another process prepares
LOST_AFTER = timedelta(seconds=60)  # without an answer from another process, it is taken up here


class Door:
    """Takes what comes in from a telephone and gives what is to be done next."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._work: dict[tuple[str, int], asyncio.Task[None]] = {}
        secret = tools.settings.gateway_secret.get_secret_value().encode()
        self._key = hashlib.sha256(b"gateway-caller:" + secret).digest()

    async def incoming(self, incoming: Incoming) -> Reply:
        """A call begins; the same call again gets the prompt it is at."""
        caller, tools = self._hash(incoming.caller), self._tools
        state = CallState(language=tools.settings.gateway_default_language)
        remembered = await calls.remembered_language(tools.database, caller)
        step = beginning.first_prompt(tools.texts, tools.settings, state, remembered)
        state.present = step
        call = await calls.do_begin(tools.database, incoming.id, caller, state, step, now=tools.clock())
        return self._now(call, 0)

    async def turn(self, call_id: str, number: int, heard: Heard) -> Reply:
        """What the caller answered to prompt `number`; an older or repeated one gets the present prompt."""
        claim = await calls.do_claim(self._tools.database, call_id, number, now=self._tools.clock())
        if claim is None:
            return Reply(number=0, step=calls.OVER)
        if claim.is_ours:
            self._begin(claim.call, heard.caller, lambda leg: HEAR[leg.state.stage](leg, heard))
        elif claim.call.number == number and heard.digits == fillers.PERSON:
            return await self._give_up(claim.call, heard)
        return await self._ready(call_id, number, 0)

    async def waiting(self, call_id: str, number: int, round: int) -> Reply:
        """The caller waits for the answer to prompt `number`, for the so many-th time."""
        return await self._ready(call_id, number, round)

    async def transferred(self, call_id: str, number: int, how: Connected, heard: Heard) -> Reply:
        """A transfer ended."""
        if how == "connected":
            await calls.do_connected(self._tools.database, call_id)
        claim = await calls.do_claim(self._tools.database, call_id, number, now=self._tools.clock())
        if claim is None:
            return Reply(number=0, step=calls.OVER)
        if claim.is_ours:
            self._begin(claim.call, heard.caller, lambda leg: _after_transfer(leg, how))
        return await self._ready(call_id, number, 0)

    async def details(self, call_id: str, number: int) -> Transfer | None:
        """The transfer that a call is at, for whoever takes it."""
        call = await calls.find_call(self._tools.database, call_id)
        step = None if call is None or call.number != number else calls.present(call).step
        return step if isinstance(step, Transfer) else None

    async def ended(self, call_id: str) -> None:
        """The caller is gone; what is being done for them goes on."""
        given_back = await calls.do_end(self._tools.database, call_id, now=self._tools.clock())
        if given_back is not None:
            self._tools.conversations.live.wake_desks(given_back)

    def sorry(self, language: Language) -> Reply:
        """Something broke."""
        values = self._tools.contact(language)
        return Reply(number=0, step=HangUp(says=(line(self._tools.texts, "sorry", language, values),)))

    async def close(self, *, grace: float) -> None:
        """Let the work under way end for `grace` seconds."""
        if self._work:
            _, late = await asyncio.wait(list(self._work.values()), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _hash(self, number: str | None) -> str | None:
        if number is None:
            return None
        return hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()

    def _begin(self, call: Call, number_shown: str | None, work: Callable[[Leg], Awaitable[Step]]) -> None:
        key = (call.id, call.number)
        if key in self._work:
            return
        leg = self._leg(call, number_shown)
        task = asyncio.create_task(self._do(leg, work))
        self._work[key] = task
        task.add_done_callback(lambda _done: self._work.pop(key, None))

    async def _do(self, leg: Leg, work: Callable[[Leg], Awaitable[Step]]) -> None:
        tools = self._tools
        try:
            step = await work(leg)
            await leg.keep_own_words()
        except Exception:  # the caller must hear something, and the line must not stay dead
            log.exception("call_failed", stage=leg.state.stage)
            step = self.sorry(leg.state.language).step
        if isinstance(step, Listen):
            leg.state.present = step
        await calls.do_advance(
            tools.database,
            leg.call_id,
            leg.number,
            leg.state,
            step,
            heard_seq=leg.heard_seq,
            now=tools.clock(),
        )

    async def _ready(self, call_id: str, number: int, round: int) -> Reply:
        """The answer, if it comes soon; else a filler."""
        call, loop = await self._look(call_id, number), asyncio.get_running_loop()
        until = loop.time() + self._tools.settings.voice_answer_within
        while call is not None and _is_under_way(call, number) and (left := until - loop.time()) > 0:
            task = self._work.get((call_id, number))
            if task is None:
                await asyncio.sleep(min(left, LOOK_EVERY))
            else:
                await asyncio.wait([task], timeout=left)
            call = await self._look(call_id, number)
        return Reply(number=0, step=calls.OVER) if call is None else self._now(call, round)

    async def _look(self, call_id: str, number: int) -> Call | None:
        call = await calls.find_call(self._tools.database, call_id)
        if call is not None and _is_under_way(call, number) and (call_id, number) not in self._work:
            return await self._take_up(call)
        return call

    async def _take_up(self, call: Call) -> Call | None:
        """Go on with what a process that is gone had begun: its turn, or else the same prompt again."""
        database, now = self._tools.database, self._tools.clock()
        is_lost = database.is_sqlite or (call.claimed_at or now) < now - LOST_AFTER
        if not is_lost:
            return call
        turn = await self._turn_of(call)
        if turn is not None:
            self._begin(call, None, lambda leg: _resume(leg, turn))
            return call
        await calls.do_release(database, call.id, call.number)
        return await calls.find_call(database, call.id)

    async def _turn_of(self, call: Call) -> Turn | None:
        """The turn in which the present prompt was answered."""
        if call.conversation_id is None:
            return None
        async with self._tools.database.read() as session:
            return await store.find_turn(session, call.conversation_id, self._leg(call, None).message_id)

    def _leg(self, call: Call, number_shown: str | None) -> Leg:
        state = CallState.model_validate(call.state)
        state.conversation_id = call.conversation_id
        return Leg(self._tools, call.id, call.number, call.caller, number_shown, state)

    def _now(self, call: Call, round: int) -> Reply:
        if call.ended_at is None and call.claimed_at is not None:
            return fillers.reply(self._tools.texts, self._tools.settings, call, round)
        return calls.present(call)

    async def _give_up(self, call: Call, heard: Heard) -> Reply:
        """The caller would rather have a person than wait; what is under way still ends."""
        leg = self._leg(call, heard.caller)
        if leg.state.conversation_id is None:
            return await self._ready(call.id, call.number, 0)
        step = await self._person_now(leg)
        if isinstance(step, Listen):
            leg.state.present = step
        await calls.do_advance(
            self._tools.database,
            call.id,
            call.number,
            leg.state,
            step,
            heard_seq=None,
            now=self._tools.clock(),
        )
        found = await calls.find_call(self._tools.database, call.id)
        return Reply(number=0, step=calls.OVER) if found is None else self._now(found, 0)

    async def _person_now(self, leg: Leg) -> Step:
        tools, now = self._tools, self._tools.clock()
        assert leg.state.conversation_id is not None
        async with tools.database.write() as session:
            conversation = await store.lock_conversation(session, leg.state.conversation_id)
            for said in await tools.desk.handover.take(session, conversation, ["asked"], now=now):
                store.add_line(session, conversation, said, now=now)
            await session.commit()
        tools.conversations.live.wake_desks(conversation.id)
        if conversation.owner == Owner.BOT:
            return offer_callback(leg, [])
        return await hand_over(leg, conversation)


def _is_under_way(call: Call, number: int) -> bool:
    return call.ended_at is None and call.number == number and call.claimed_at is not None


async def _resume(leg: Leg, turn: Turn) -> Step:
    return await go_on(leg, [await leg.tools.conversations.finish(turn)])


async def _after_transfer(leg: Leg, how: Connected) -> Step:
    await take_back(leg)
    if how != "failed":
        return HangUp()
    return offer_callback(leg, [leg.say("no_answer")])
