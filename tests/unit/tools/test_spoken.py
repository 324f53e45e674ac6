"""Values said sign by sign and misheard once are right in the end, after at most two turns more."""

from random import Random
from typing import get_args

import pytest

from bot.actions.dialogue.heard import Language
from tools.bench.spoken.__main__ import GOAL
from tools.bench.spoken.calls import KINDS, misheard, tell
from tools.bench.spoken.saying import Voice

CALLS = 40


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("name", KINDS)
async def test_one_word_misheard_is_put_right(name: str, language: Language) -> None:
    random = Random(f"7 {name} {language}")
    told = [await tell(KINDS[name], language, random, errs=True) for _ in range(CALLS)]

    assert 100 * sum(one.is_success for one in told) / CALLS >= GOAL


def test_a_sentence_is_misheard_in_one_word_only() -> None:
    said = "six dix quinze"

    wrong = misheard(said, Voice("fr", Random(1)))

    assert wrong is not None
    assert sum(a != b for a, b in zip(said.split(), wrong.split(), strict=True)) == 1


def test_what_is_never_mistaken_is_not_misheard() -> None:
    assert misheard("zéro", Voice("fr", Random(1))) is None
