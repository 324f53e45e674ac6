"""Fixtures that every folder of tests may use; each lives in tests/support."""

import pytest

pytest_plugins = ["tests.support.databases", "tests.support.product"]


@pytest.hookimpl(tryfirst=True)  # before the workers read the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order them for several workers: what needs the whole product together, so that it is started once.

    Browser tests come last: Playwright's own event loop runs until the end, and would refuse pytest's.
    """
    for item in items:
        if item.get_closest_marker("rasa"):
            item.add_marker(pytest.mark.xdist_group("product"))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, bool]:
    in_browser = "browser" in item.path.parts
    if item.get_closest_marker("rasa"):
        return 1, in_browser
    return (2 if in_browser else 0), in_browser
