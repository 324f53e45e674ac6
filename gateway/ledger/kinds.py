"""The facts that the ledger knows. Figures, webhooks and lists are all read from them."""

from enum import StrEnum


class Kind(StrEnum):
    """What happened; the comment says what `reason` holds."""

    BEGUN = "conversation_begun"
    ANSWERED = "answered"  # with `faq_id`
    TALKED = "talked"  # anything else that was said: greetings, steps of an operation, words to a person
    NOT_UNDERSTOOD = "not_understood"  # the bot's way out: rephrase, did_you_mean, offer_person ...
    TURNED_AWAY = "turned_away"  # understood as nothing that we do
    CORRECTED = "corrected"  # what was meant after all: an intent, or `none`
    FAILED = "failed"  # why there was no answer
    OPERATION_BEGUN = "operation_begun"  # with `operation`, as the others
    OPERATION_DONE = "operation_done"  # bot or rep
    OPERATION_REFUSED = "operation_refused"  # code, where it is known
    OPERATION_LEFT = "operation_left"
    RATED = "rated"  # useful, not_useful
    HANDOFF_REQUESTED = "handoff_requested"  # asked, complaint, failures ...
    HANDOFF_CLAIMED = "handoff_claimed"
    HANDED_BACK = "handed_back"
    HANDOFF_CLOSED = "handoff_closed"  # outcome
    TICKET_CREATED = "ticket_created"
    TRANSCRIPT_READY = "transcript_ready"
    TRANSCRIPT_SENT = "transcript_sent"  # level of masking
    WENT_QUIET = "went_quiet"
    ABANDONED = "abandoned"  # went quiet with something open


ACTS = frozenset(
    {
        Kind.ANSWERED,
        Kind.TALKED,
        Kind.NOT_UNDERSTOOD,
        Kind.TURNED_AWAY,
        Kind.FAILED,
        Kind.OPERATION_BEGUN,
        Kind.OPERATION_DONE,
        Kind.OPERATION_REFUSED,
        Kind.OPERATION_LEFT,
    }
)
"""Facts of a turn that a customer took."""

ENDS = frozenset({Kind.WENT_QUIET, Kind.ABANDONED})
"""How a visit ends, as far as anybody can tell."""
