"""Fixtures that every folder of tests may use; each lives in tests/support."""

import pytest

pytest_plugins = ["tests.support.databases", "tests.support.product"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no product comes first, then what does: each worker that gets there starts one of its own.

    Browser tests come last: Playwright's own event loop runs until the end, and would refuse pytest's.
    """
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, bool]:
    in_browser = "browser" in item.path.parts
    if item.get_closest_marker("rasa"):
        return 1, in_browser
    return (2 if in_browser else 0), in_browser
