"""The small decisions of the web door: language, addresses, rates, data blocks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import GatewayError
from gateway.web.help_view import data_block
from gateway.web.language import accepted_language
from gateway.web.limits import ADDRESSES, AddressLimiter, client_address


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.1", "en"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("en;q=0", "fr"),
        ("fr;q=0.5, en;q=0.7", "en"),
        ("en;q=x", "fr"),
        ("en;q=9", "fr"),
        ("english", "fr"),
        (";;,,q=1", "fr"),
        ("*", "fr"),
        ("x," * 1000 + "en", "fr"),
    ],
)
def test_the_browsers_wish_is_read(header: str, language: str) -> None:
    assert accepted_language(header, default="fr") == language


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert accepted_language(header, default="en") in ("fr", "en")


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_an_address_may_come_so_often_a_minute() -> None:
    clock = Clock()
    limiter = AddressLimiter(2, clock)
    limiter.check("a", code="too_many_conversations")
    clock.now += timedelta(seconds=20)
    limiter.check("a", code="too_many_conversations")

    with pytest.raises(GatewayError) as refused:
        limiter.check("a", code="too_many_conversations")
    limiter.check("b", code="too_many_conversations")

    assert refused.value.headers == {"Retry-After": "40"}
    clock.now += timedelta(seconds=40)
    limiter.check("a", code="too_many_conversations")


def test_the_memory_of_addresses_is_bounded() -> None:
    limiter = AddressLimiter(1, Clock())

    for number in range(ADDRESSES + 10):
        limiter.check(str(number), code="too_many_conversations")

    assert len(limiter._times) == ADDRESSES


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        (None, 0, "192.0.2.1"),
        ("203.0.113.1", 0, "192.0.2.1"),
        ("203.0.113.1", 1, "203.0.113.1"),
        ("198.51.100.1, 203.0.113.1", 1, "203.0.113.1"),
        ("198.51.100.1, 203.0.113.1", 2, "198.51.100.1"),
        ("203.0.113.1", 2, "192.0.2.1"),
        (None, 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.1", 1, "203.0.113.1"),
        ("unknown", 1, "unknown"),
    ],
)
def test_whom_to_count_against(forwarded: str | None, proxies: int, address: str) -> None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote="192.0.2.1")

    assert client_address(request, trusted_proxies=proxies) == address


@given(st.text())
def test_a_data_block_can_not_be_left(text: str) -> None:
    block = data_block({"text": text + "</script><!--"})

    assert "<" not in block.text
    assert ">" not in block.text
    assert json.loads(block.text) == {"text": text + "</script><!--"}
