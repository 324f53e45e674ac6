"""Keeps what customers wrote out of the logs of Rasa and of the action server.

Errors carry it in their messages (the row that could not be stored, the request that failed, the value that
is no date), so a log tells the kinds of errors and the lines they came from, and no message.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

_ABOUT_CODE = (ImportError, SyntaxError)  # these speak of our files, and stop a start


def keep_messages_out() -> None:
    """From now on this process logs an exception's kind and place, not its message (but for faulty code)."""
    usual = logging.getLogRecordFactory()

    def make(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = usual(*arguments, **options)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg = "\n".join([record.getMessage(), *_story(error)])
            record.args, record.exc_info = (), None
        return record

    logging.setLogRecordFactory(make)


def _story(error: BaseException) -> Iterator[str]:
    """Where each error of a chain arose, the first one first, then its kind."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _story(cause)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    told = f": {error}" if isinstance(error, _ABOUT_CODE) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{told}"
