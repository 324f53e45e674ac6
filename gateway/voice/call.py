"""A call without a vendor: what comes in (Incoming, Heard), and what is to be done next (a Step).

A step is stored as the call's present prompt, and a renderer makes a vendor's document of it. Every step has
a number, which comes back with what the caller says to it: so whatever comes twice, late or out of order is
recognised. The steps are:

Listen     say the parts, listening during and after each; nothing heard comes back as an empty Heard
Wait       say a filler if there is one, and ask again: the answer is being prepared
Transfer   say the words and connect the caller to people, whom `details` tell what it is about
HangUp     say the words and end the call
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.settings import Language


class Fixed(BaseModel):
    """Something that is not changed once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Say(Fixed):
    """Words in one language; `ssml` (without an outer element) is how a voice that knows it says them."""

    text: str
    language: Language
    ssml: str | None = None


class Ask(Fixed):
    """What to listen for, speech and keypad together.

    `digits` is the longest entry on the keypad; an entry of more than one digit also ends with #, which then
    does not belong to it. Where `digits` is 1, # and * are entries like the others. `pause` is how long to
    listen between two parts, `silence` after the last one; both in seconds.
    """

    speech: bool = True
    digits: int = Field(default=1, ge=1, le=30)
    hints: tuple[str, ...] = ()
    pause: int = Field(default=1, ge=1)
    silence: int = Field(default=6, ge=1)
    barge_in: bool = True


Part = tuple[Say, ...]


class Listen(Fixed):
    """Say the parts, each of which may be interrupted, and take what the caller answers."""

    kind: Literal["listen"] = "listen"
    parts: tuple[Part, ...]
    ask: Ask
    language: Language


class Wait(Fixed):
    """Say that it takes a moment, or nothing, and ask again after `seconds`.

    With an `ask`, what the caller answers meanwhile counts as an answer to the prompt.
    """

    kind: Literal["wait"] = "wait"
    says: Part = ()
    seconds: int = 0
    ask: Ask | None = None
    language: Language


class Details(Fixed):
    """What the people who take a call are told before they do."""

    conversation: str
    language: Language
    verified: bool
    summary: str


class Transfer(Fixed):
    """Connect the caller to `target`: number:+1..., sip:..., queue:<name> or workflow:<id>."""

    kind: Literal["transfer"] = "transfer"
    says: Part
    target: str
    details: Details

    def briefing(self) -> Part:
        """What whoever takes the call hears before the caller."""
        return (Say(text=self.details.summary, language=self.details.language),)


class HangUp(Fixed):
    """Say goodbye and end the call."""

    kind: Literal["hang_up"] = "hang_up"
    says: Part = ()


Step = Annotated[Listen | Wait | Transfer | HangUp, Field(discriminator="kind")]


class Reply(Fixed):
    """A step with the number of the prompt it is; a Wait has the number of the one being answered."""

    number: int
    step: Step
    round: int = 0  # how often the caller has waited for it


class Incoming(Fixed):
    """A call that begins; `caller` is its number in international form, None when it is withheld."""

    id: str
    caller: str | None


class Heard(Fixed):
    """What the caller said or dialled; nothing at all when both are empty. `confidence` is from 0 to 1."""

    digits: str = ""
    speech: str = ""
    confidence: float | None = None
    caller: str | None = None

    @property
    def is_silence(self) -> bool:
        """Whether nothing came."""
        return not self.digits and not self.speech


Connected = Literal["connected", "failed", "left"]
"""How a transfer ended: people spoke with the caller, nobody could, or the caller hung up before."""
