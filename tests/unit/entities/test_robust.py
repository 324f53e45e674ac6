"""Whatever is typed, reading it never fails, its places are right, and long texts are read in time."""

import random
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.entities
from backend.domain.errors import Refusal
from backend.domain.identifiers import parse_account_number
from backend.domain.payments import Method
from bot.entities import Kind, Reading, extract, find
from bot.entities.content import words
from bot.entities.entity import Direction, Language
from bot.entities.mask import mask_text
from bot.entities.plans import match_plans
from tests.unit.entities.shown import TODAY, read
from tests.unit.entities.tables import rows

CONTENT = Path(bot.entities.__file__).parents[1] / "content" / "entities"
LEAST = {
    **dict.fromkeys(["dates_fr", "dates_en"], 150),
    **dict.fromkeys(["amounts_fr", "amounts_en", "numbers"], 60),
    **dict.fromkeys(["addresses_fr", "addresses_en", "ordinals"], 40),
    **dict.fromkeys(["emails", "methods_fr", "methods_en", "plans", "refused"], 25),
    "masked": 20,
}
LANGUAGES: tuple[Language, Language] = ("fr", "en")
PIECES = """
15 le du 1er mars lundi prochain 52,30 $ rue des Érables app , . ; @ 400 100 017 G1R 2B5 pas non
march first street st cent un zéro sept arobase point ca et 2027 / - ( ) # œ ½ ² 😀 12 de dans semaines
fin mois Noël veille par chèque carte en ligne 9999999999 0 00 31 février on the 5th p.o. box
"""
ODD = ["\n", "le\u00a0", "e\u0301", "\u200b", "\ud83d"]
WORDS = st.sampled_from([*PIECES.split(), *ODD])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS).map("".join)
)
READINGS = st.builds(
    Reading,
    today=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)),
    asked=st.none() | st.sampled_from(Kind),
    direction=st.sampled_from([None, "future", "past"]),
)
# Each repeated up to 10,000 characters; `_` is a space.
HARD = """
deux_cent_le_15_mars_rue_au_ 1 1_ a_at_ @ a _ 😀 a. 45_rue_ 45_rue_a, g_1_r_2_ ( ((1 le_ 12, pas_le_ 4-
le_15_du_ un_ $ 1,000 - ,_ on_the_ st_ dans_ fin_ app_ zéro_ par_ o_o_ et_1_ ._ non_ le_15,_non,_
point_a_ a@a.ca_
"""


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), READINGS)
def test_places_are_right_in_any_text(text: str, language: Language, reading: Reading) -> None:
    entities = extract(text, language, reading)

    for entity in entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.text.strip()
        assert (entity.value is None) == bool(entity.alternatives or entity.fault)
        assert len(entity.alternatives) != 1
    for one, following in pairwise(entities):
        assert one.end <= following.start


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_masking_and_plan_names_accept_any_text(text: str, language: Language) -> None:
    masked = mask_text(text, language)

    assert find(extract(masked, language, Reading(TODAY)), Kind.ACCOUNT_NUMBER) == []
    assert set(match_plans(text, ["Canada 500", "Monde économique"])) <= {0, 1}


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\u0301", "\x00", "\ud800", "?", None])
def test_nothing_is_read_where_nothing_stands(text: str) -> None:
    for asked in [None, *Kind]:
        assert extract(text, "fr", Reading(TODAY, asked)) == []


@pytest.mark.parametrize("piece", HARD.split())
def test_ten_thousand_characters_are_read_in_time_that_grows_with_them(piece: str) -> None:
    text = (piece.replace("_", " ") * 10_000)[:10_000]
    started = time.process_time()
    extract(text, "fr", Reading(TODAY, Kind.ADDRESS))

    # Under a second by itself; a pattern that goes back over the text again and again takes minutes.
    assert time.process_time() - started < 30


@pytest.mark.parametrize("direction", ["future", "past"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_day_or_weekday_is_never_on_the_wrong_side_of_today(
    language: Language, direction: Direction
) -> None:
    said = {
        "fr": ["le {}", "lundi", "vendredi", "le {} mars"],
        "en": ["the {}th", "monday", "friday", "march {}"],
    }
    dice = random.Random(4)
    for _ in range(200):
        today = date.fromordinal(dice.randrange(date(2024, 1, 1).toordinal(), date(2030, 1, 1).toordinal()))
        phrase = dice.choice(said[language]).format(dice.randint(1, 28))
        (found,) = extract(phrase, language, Reading(today, Kind.DATE, direction))
        assert found.value >= today if direction == "future" else found.value <= today, (phrase, today)


def test_account_numbers_are_those_that_the_backend_accepts() -> None:
    dice = random.Random(9)
    for _ in range(300):
        digits = "".join(dice.choice("0123456789") for _ in range(dice.choice([7, 8, 9, 9, 9, 10, 11])))
        cut = dice.randint(1, 3), dice.randint(4, 6)
        typed = dice.choice(" -.").join([digits[: cut[0]], digits[cut[0] : cut[1]], digits[cut[1] :]])
        found = find(read(typed, "fr", {Kind.ACCOUNT_NUMBER}, asked="account_number"), Kind.ACCOUNT_NUMBER)
        try:
            accepted: str | None = parse_account_number(typed)
        except Refusal:
            accepted = None
        assert [one.value for one in found] == [accepted], typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_methods_are_those_of_the_backend(language: Language) -> None:
    assert set(words("methods", language)["phrases"]) == {method.value for method in Method}


@pytest.mark.parametrize(("table", "least"), LEAST.items())
def test_tables_stay_as_long_as_they_were_and_repeat_nothing(table: str, least: int) -> None:
    read_rows = [tuple(row.values[0].items()) for row in rows(table)]

    assert len(read_rows) >= least
    assert len(set(read_rows)) == len(read_rows)


@pytest.mark.parametrize("topic", sorted({path.stem.rpartition("_")[0] for path in CONTENT.glob("*.yml")}))
def test_both_languages_fill_the_same_lists(topic: str) -> None:
    assert set(words(topic, "fr")) == set(words(topic, "en"))
