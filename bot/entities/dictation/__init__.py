"""Numbers and letters as people dictate them, and corrections to what was read back to them."""

from bot.entities.dictation.addresses import corrected_email
from bot.entities.dictation.corrections import corrected
from bot.entities.dictation.groupings import nine_digits

__all__ = ["corrected", "corrected_email", "nine_digits"]
