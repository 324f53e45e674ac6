"""What the bot says in operations: texts that people edit, typed values, labels. Both processes use it."""

from bot.words.errors import WordingError
from bot.words.values import Manner, written
from bot.words.writer import Writer

__all__ = ["Manner", "WordingError", "Writer", "written"]
