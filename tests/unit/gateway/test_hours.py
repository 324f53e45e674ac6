"""When people are there: by the clock of Toronto, with holidays, and in words of both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gateway.hours import TORONTO, Hours, parse_hours
from gateway.opening import hours_in_words, moment_in_words
from gateway.settings import Language
from gateway.texts import load_texts

USUAL = parse_hours("Mo-Fr 08:00-20:00; Sa 09:00-17:00")
HOURS = Hours(USUAL, frozenset({date(2026, 12, 25)}))
TEXTS = load_texts()


def at(text: str) -> datetime:
    """A moment on Toronto's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T07:59:59", False),
        ("2026-11-23T08:00:00", True),
        ("2026-11-23T19:59:59", True),
        ("2026-11-23T20:00:00", False),
        ("2026-11-28T16:59:59", True),
        ("2026-11-28T17:00:00", False),
        ("2026-11-29T12:00:00", False),
        ("2026-12-25T12:00:00", False),
    ],
)
def test_open_by_day_hour_and_holiday(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(at(moment)) is is_open


def test_the_clock_is_torontos_wherever_the_moment_was_taken_and_in_both_seasons() -> None:
    assert HOURS.is_open(datetime(2026, 7, 6, 12, 30, tzinfo=UTC))  # 8:30 in summer
    assert not HOURS.is_open(datetime(2026, 11, 23, 12, 30, tzinfo=UTC))  # 7:30 in winter
    assert HOURS.is_open(datetime(2026, 11, 23, 22, 30, tzinfo=ZoneInfo("Europe/Paris")))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T07:00:00", "2026-11-23T08:00:00"),
        ("2026-11-23T21:00:00", "2026-11-24T08:00:00"),
        ("2026-11-28T18:00:00", "2026-11-30T08:00:00"),
        ("2026-12-24T21:00:00", "2026-12-26T09:00:00"),
    ],
)
def test_the_next_opening_skips_days_off(now: str, opens: str) -> None:
    assert HOURS.next_opening(at(now)) == at(opens)


def test_there_is_no_next_opening_while_open_nor_when_never() -> None:
    assert HOURS.next_opening(at("2026-11-23T12:00:00")) is None
    assert Hours(()).next_opening(at("2026-11-23T12:00:00")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Mo",
        "Mo-Fr",
        "Lu 08:00-20:00",
        "Mo 20:00-08:00",
        "Fr-Mo 08:00-20:00",
        "Mo 08:00-12:00; Mo 13:00-17:00",
    ],
)
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_hours(text)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (
            "Mo-Fr 08:00-20:00; Sa 09:00-17:00",
            "fr",
            "du lundi au vendredi, de 8\xa0h à 20\xa0h et le samedi, de 9\xa0h à 17\xa0h",
        ),
        (
            "Mo-Fr 08:00-20:00; Sa 09:00-17:00",
            "en",
            "Monday to Friday, from 8\xa0a.m. to 8\xa0p.m. and on Saturday, from 9\xa0a.m. to 5\xa0p.m.",
        ),
        ("Tu 08:30-16:00; Mo 08:30-16:00", "fr", "du lundi au mardi, de 8\xa0h\xa030 à 16\xa0h"),
        ("Su 10:00-12:15", "en", "on Sunday, from 10\xa0a.m. to 12:15\xa0p.m."),
    ],
)
def test_hours_are_written_as_people_say_them(text: str, language: Language, words: str) -> None:
    assert hours_in_words(Hours(parse_hours(text)), TEXTS, language) == words


def test_a_moment_is_written_with_day_and_hour() -> None:
    first = at("2027-03-01T08:00:00")

    assert moment_in_words(first, TEXTS, "fr") == "le lundi 1er mars à 8\xa0h"
    assert moment_in_words(first, TEXTS, "en") == "on Monday, March 1 at 8\xa0a.m."
