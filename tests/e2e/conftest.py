"""All end-to-end tests talk to the one running product."""

import pytest

from tests.support.stack import Stack


@pytest.fixture(scope="session")
def stack(product: Stack) -> Stack:
    """The real product, running."""
    return product
