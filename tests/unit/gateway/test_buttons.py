"""Button tokens open their own button of their own conversation, and nothing else."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.conversations.buttons import ButtonRef, ButtonSigner

OURS, NEIGHBOURS = uuid.uuid4(), uuid.uuid4()
SIGNER = ButtonSigner("a-secret-of-the-gateway")


@pytest.mark.parametrize("ref", [ButtonRef(1, 0), ButtonRef(2**31 - 1, 255)])
def test_a_token_is_read_back(ref: ButtonRef) -> None:
    assert SIGNER.read(OURS, SIGNER.token(OURS, ref)) == ref


def test_it_is_nothing_to_a_neighbour_or_under_another_secret() -> None:
    token = SIGNER.token(OURS, ButtonRef(3, 0))

    assert SIGNER.read(NEIGHBOURS, token) is None
    assert ButtonSigner("another-secret-altogether").read(OURS, token) is None


def test_every_single_character_counts() -> None:
    token = SIGNER.token(OURS, ButtonRef(3, 0))

    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert SIGNER.read(OURS, changed) is None


@given(st.text(max_size=40))
def test_any_other_text_is_no_token(text: str) -> None:
    assert SIGNER.read(OURS, text) is None
