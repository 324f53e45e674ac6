"""The stack is started once for all end-to-end tests; when one fails, the ends of the logs are shown."""

from collections.abc import Iterator

import pytest

from tests.calls.town import voice_environment
from tests.support.stack import Stack, a_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real product, running."""
    with a_stack(tmp_path_factory.mktemp("stack"), environment=voice_environment()) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Add the logs to the report of a test that failed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("stack")
    if report.when == "call" and report.failed and running is not None:
        report.sections.append(("the stack's logs", running.tails()))
    return report
