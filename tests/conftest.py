"""Fixtures that every folder of tests may use; each lives in tests/support."""

import pytest

pytest_plugins = ["tests.support.databases"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's own event loop runs until the end, and would refuse pytest's."""
    items.sort(key=lambda item: "browser" in item.path.parts)
