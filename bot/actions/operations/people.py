"""Who is speaking, and whom to speak to: signing in and out, a person, a complaint."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.dialogue.context import Context
from bot.actions.dialogue.operation import Operation
from bot.actions.dialogue.saying import Saying


class SignIn(Operation):
    """The dialogue itself asks to sign in; what remains is to say that it is done."""

    name = "sign_in"
    needs_account = False
    confirms = False

    def wording(self, key: str, context: Context) -> str:
        """There is nothing else to sign in for."""
        return "utter_sign_in_here" if key == "utter_sign_in_needed" else key

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Ask the backend: a session may have ended without anybody noticing."""
        profile = await context.seen.profile()
        if context.heard.intent == "signed_in":
            return [Saying("utter_what_next")]
        return [Saying("utter_already_signed_in", {"user": profile.user_id})]


class SignOut(Operation):
    """Ends the session; nothing else of this customer stays under way."""

    name = "sign_out"
    needs_session = False
    needs_account = False
    confirms = False
    ends_all = True

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """End it, if there is one."""
        if context.glance is None:
            return [Saying("utter_not_signed_in", intents=("op_sign_in",))]
        await context.customer.sign_out()
        return [Saying("utter_done_sign_out", intents=("op_sign_in",))]


class Human(Operation):
    """How to talk to a person; the conversation is marked for one."""

    name = "human"
    needs_session = False
    needs_account = False
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Telephone and hours."""
        return [Saying("utter_human", handoff="asked")]


class Complaint(Operation):
    """A complaint goes to a person; the customer hears of the independent body too."""

    name = "complaint"
    needs_session = False
    needs_account = False
    confirms = False

    async def act(self, context: Context, key: str) -> Sequence[Saying]:
        """Sorry, a person, and who else may be asked."""
        return [Saying("utter_complaint", handoff="complaint")]


OPERATIONS = (SignIn(), SignOut(), Human(), Complaint())
