"""The one way in which words fail."""

from __future__ import annotations


class WordingError(ValueError):
    """A text can't be written: an unknown key, fact or kind of value, or a value missing.

    The message names kinds and keys only, never a value: values are the customer's, and messages are logged.
    """
