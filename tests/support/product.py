"""The product, started once for all that need it whole; a test that fails shows the ends of its logs."""

from collections.abc import Generator, Iterator

import pytest

from tests.calls.town import voice_environment
from tests.support.stack import Stack, a_stack


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real product, running."""
    with a_stack(tmp_path_factory.mktemp("stack"), environment=voice_environment()) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the logs to the report of a test that failed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("product")
    if report.when == "call" and report.failed and running is not None:
        report.sections.append(("the stack's logs", running.tails()))
    return report
