"""How long each kind of data is kept, in days, as the operator set it."""

from dataclasses import dataclass, fields
from datetime import timedelta

from gateway.settings import Settings


@dataclass(frozen=True)
class Policy:
    """For how long; everything of a conversation counts from the last thing that happened in it."""

    messages: timedelta  # what was said, with ratings, notes and tickets' conversations
    turns: timedelta  # what was understood of it, and the questions that were missed
    tickets: timedelta  # once they are done
    events: timedelta  # the ledger, which holds no words
    audit: timedelta  # what reps did
    deliveries: timedelta  # webhooks that ended
    mails: timedelta  # transcripts by e-mail that ended
    rep_sessions: timedelta  # after they expired


def policy_of(settings: Settings) -> Policy:
    """The policy in the settings."""
    days = {
        field.name: timedelta(days=getattr(settings, f"keep_{field.name}_days")) for field in fields(Policy)
    }
    return Policy(**days)
