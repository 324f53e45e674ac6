"""Typed values as Quebec's French and Canada's English write them, and as they are read aloud."""

from typing import Any

import pytest

from bot.words import Manner, WordingError, written

ADDRESS = {"line1": "123, rue des Érables", "line2": "app. 4", "city": "Laval", "province": "QC"}
ADDRESS |= {"postal_code": "h7n 1a2"}


def plain(text: str) -> str:
    """Hard spaces shown as ~, so that a test can be read."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("tel quel  ", "tel quel  ", "tel quel  "),
        (0, "0", "0"),
        (1234567, "1~234~567", "1,234,567"),
        ({"cents": 5230}, "52,30~$", "$52.30"),
        ({"cents": 123400}, "1~234,00~$", "$1,234.00"),
        ({"cents": -45000}, "-450,00~$", "-$450.00"),
        ({"cents": 5}, "0,05~$", "$0.05"),
        ({"date": "2027-03-01"}, "lundi 1er mars 2027", "Monday, March 1, 2027"),
        ({"date": "2026-12-11"}, "vendredi 11 décembre 2026", "Friday, December 11, 2026"),
        ({"date": "2026-08-31"}, "lundi 31 août 2026", "Monday, August 31, 2026"),
        ({"fr": "Forfait nord", "en": "North plan"}, "Forfait nord", "North plan"),
        ({"fr": "Seul"}, "Seul", "Seul"),
        ({"en": {"cents": 100}}, "1,00~$", "$1.00"),
        ({"account": "123456782"}, "123~456~782", "123~456~782"),
        ({"number": "482109375562"}, "4821~0937~5562", "4821~0937~5562"),
        ({"email": "m***@example.ca"}, "m***@example.ca", "m***@example.ca"),
        (
            {"address": ADDRESS},
            "123, rue des Érables, app. 4, Laval QC H7N~1A2",
            "123, rue des Érables, app. 4, Laval QC H7N~1A2",
        ),
        ({"address": ADDRESS | {"line2": None}}, *["123, rue des Érables, Laval QC H7N~1A2"] * 2),
        ({"lines": ["a", {"cents": 100}]}, "- a\n- 1,00~$", "- a\n- $1.00"),
        ({"any": ["a"]}, "a", "a"),
        ({"any": ["a", "b"]}, "a ou b", "a or b"),
        ({"any": ["a", "b", "c"]}, "a, b ou c", "a, b or c"),
        ({"all": [{"date": "2027-05-01"}, "b"]}, "samedi 1er mai 2027 et b", "Saturday, May 1, 2027 and b"),
        ({"all": ["a", "b", "c"]}, "a, b et c", "a, b and c"),
        ({"any": []}, "", ""),
    ],
)
def test_each_kind_is_written_as_its_language_does(value: Any, french: str, english: str) -> None:
    assert plain(written(value, Manner("fr"))) == french
    assert plain(written(value, Manner("en"))) == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ({"account": "123456782"}, "1 2 3, 4 5 6, 7 8 2", "1 2 3, 4 5 6, 7 8 2"),
        ({"number": "482109375562"}, *["4 8 2 1, 0 9 3 7, 5 5 6 2"] * 2),
        ({"date": "2027-03-01"}, "1er mars 2027", "March 1, 2027"),
        ({"lines": ["a", "b!"]}, "a. b!", "a. b!"),
        ({"cents": 5230}, "52,30~$", "$52.30"),
        ({"address": ADDRESS | {"line2": ""}}, *["123, rue des Érables, Laval, qc!, H 7 N, 1 A 2"] * 2),
    ],
)
def test_on_the_telephone_numbers_are_read_out_and_dates_are_short(
    value: Any, french: str, english: str
) -> None:
    def say(key: str, _values: Any) -> str:
        return key.removeprefix("phrase_said_") + "!"

    assert plain(written(value, Manner("fr", "voice", say))) == french
    assert plain(written(value, Manner("en", "voice", say))) == english


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "NoneType"),
        (True, "bool"),
        (1.5, "float"),
        ([], "list"),
        ({}, "empty"),
        ({"cent": 5}, "no such kind of value: cent"),
        ({"cents": 5, "date": "2027-03-01"}, "cents, date"),
        ({"fr": "a", "es": "b"}, "es, fr"),
        ({"cents": "5"}, "whole number"),
        ({"cents": True}, "whole number"),
        ({"date": "hier"}, "not a good value of the kind date"),
        ({"date": 5}, "kind date"),
        ({"account": 5}, "kind account"),
        ({"address": {"city": "Laval"}}, "kind address"),
        ({"address": "Laval"}, "kind address"),
        ({"lines": 5}, "kind lines"),
        ({"any": [None]}, "NoneType"),
        ({"key": "utter_x"}, "no texts"),
    ],
)
def test_what_is_no_value_is_refused_by_its_kind(value: Any, message: str) -> None:
    with pytest.raises(WordingError, match=message):
        written(value, Manner("fr"))


def test_the_refusal_never_repeats_the_value() -> None:
    with pytest.raises(WordingError) as refused:
        written({"date": "12 rue Secrète"}, Manner("fr"))

    assert "Secrète" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_what_was_typed_on_several_lines_is_one_line() -> None:
    assert written("a\n- b\r\n\n  c", Manner("fr")) == "a - b c"
