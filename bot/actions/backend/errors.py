"""Everything a call to the backend can end in but its answer; each asks for other words to the customer."""

from typing import Any

Words = dict[str, str]  # by language


class BackendFault(Exception):  # noqa: N818 - the house's word for it
    """A call that did not give what was asked for."""


class Refused(BackendFault):
    """A reasoned no: nothing was done.

    `code` is stable ("address_unchanged"); `message` and `next_step` are for the customer, by
    language; `fields` holds what a program needs ("until", "retry_after"...), by code.
    """

    def __init__(
        self, code: str, *, message: Words, next_step: Words, fields: dict[str, Any], status: int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.next_step = next_step
        self.fields = fields
        self.status = status

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait before asking again, when the refusal says so."""
        seconds = self.fields.get("retry_after")
        return seconds if isinstance(seconds, int) else None


class SignInNeeded(BackendFault):
    """Nobody is signed in, or the session has ended; nothing was done."""


class Unreachable(BackendFault):
    """The backend gave no answer that can be used, and certainly nothing was done."""


class OutcomeUnknown(BackendFault):
    """A change was sent and no usable answer came: it may have been done, or be done in a moment."""
