"""Keeps what Rasa and TensorFlow say about themselves out of measures: call it before importing Rasa."""

from __future__ import annotations

import os
import warnings
from typing import Any


def quiet_tensorflow() -> None:
    """No banners, no deprecation warnings of libraries, nothing sent home."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # A filter would not do: TensorFlow and SQLAlchemy set filters of their own while they are imported.
    warnings.showwarning = _say_nothing


def quiet_rasa() -> None:
    """Errors only: at Rasa's default level each parsed sentence writes a line, which costs time as well."""
    import logging

    from rasa.utils.log_utils import configure_structlog  # type: ignore[import-not-found,unused-ignore]

    logging.getLogger().setLevel(logging.ERROR)
    configure_structlog(logging.ERROR)


def _say_nothing(*_: Any, **__: Any) -> None:
    """Takes the place of what prints warnings."""
