"""Fixtures of the client's tests: the demo town, and a server that does as it is told."""

from tests.support.backend_db import sqlite_template
from tests.support.demo_town import demo_template, town

__all__ = ["demo_template", "sqlite_template", "town"]
