"""The demo town, for conversations with the dialogue alone."""

from tests.support.backend_db import sqlite_template
from tests.support.demo_town import demo_template, town

__all__ = ["demo_template", "sqlite_template", "town"]
