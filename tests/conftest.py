"""Fixtures that every folder of tests may use; each lives in tests/support."""

pytest_plugins = ["tests.support.databases"]
