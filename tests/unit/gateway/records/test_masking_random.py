"""Random values in random sentences: cards and social insurance never survive; what is nobody's stays."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq import load_content
from gateway.masking.checks import has_luhn
from gateway.masking.find import find_never_stored, find_spans
from gateway.masking.known import known_from
from gateway.masking.spans import Kind

KNOWN = known_from(load_content())
OWN_PHONES = sorted(KNOWN.phones)
BRANDS = [("4", 16), ("4", 13), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15)]
BRANDS += [("6011", 16), ("65", 16), ("36", 14), ("3530", 16), ("62", 16)]
BETWEEN = [
    "",
    " ",
    "-",
    ".",
    "  ",
    " - ",
    "\u00a0",
    "\u202f",
    "\u2011",
    "\u200b",
    "_",
    "/",
    ", ",
    "\n",
    "; ",
    "|",
]
WORDS = [
    "bonjour",
    "svp",
    "merci",
    "ma facture",
    "le compte",
    "mon téléphone",
    "hier",
    "c'est",
    "please",
    "the bill",
]
WORDS += [
    "my account",
    "thanks",
    "call me",
    "reçu",
    "receipt",
    "yes",
    "ok",
    "vous",
    "d'habitude",
    "on m'a dit",
    "?",
]
WORDS += [
    "45,20 $",
    "$12.50",
    "le 3 mai 2026",
    "09/28",
    "exp 11/29",
    "514 555-0143",
    "a@exemple.ca",
    "5 jours",
    "!",
]
CARD_WORDS = [
    "",
    "carte",
    "ma visa:",
    "card",
    "mastercard no",
    "amex#",
    "num carte",
    "here it is",
    "paiement avec la",
]
SIN_WORDS = [
    "NAS",
    "mon nas est",
    "n.a.s.:",
    "numéro d'assurance sociale",
    "assurance sociale :",
    "my SIN is",
    "SIN#",
]
SIN_WORDS += ["social insurance number", "sin =", "S.I.N.", "mon numero dassurance sociale c'est le", "nas"]
AROUND = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
DIGIT = st.sampled_from("0123456789")


def with_check_digit(digits: str) -> str:
    """The digits and the one that makes them pass."""
    return next(digits + last for last in "0123456789" if has_luhn(digits + last) or last == "9")


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A number that a card of some brand may have, in groups that people type."""
    prefix, length = draw(st.sampled_from(BRANDS))
    missing = length - len(prefix) - 1
    digits = with_check_digit(prefix + "".join(draw(st.lists(DIGIT, min_size=missing, max_size=missing))))
    return grouped(draw, digits, {13: [4, 4, 5], 14: [4, 6, 4], 15: [4, 6, 5], 16: [4, 4, 4, 4]}[length])


@st.composite
def social_insurance(draw: st.DrawFn) -> str:
    """A social insurance number with its check digit."""
    first = draw(st.sampled_from("1234567"))
    digits = with_check_digit(first + "".join(draw(st.lists(DIGIT, min_size=7, max_size=7))))
    return grouped(draw, digits, [3, 3, 3])


def grouped(draw: st.DrawFn, digits: str, usual: list[int]) -> str:
    """The digits in their usual groups, one by one or in twos, with the same between all."""
    sizes = draw(st.sampled_from([usual, [len(digits)], [1] * len(digits), [2] * (len(digits) // 2) + [1]]))
    between = draw(st.sampled_from(BETWEEN))
    parts, position = [], 0
    for size in sizes:
        parts.append(digits[position : position + size])
        position += size
    return between.join(part for part in parts if part)


@settings(max_examples=600, deadline=None)
@given(AROUND, st.sampled_from(CARD_WORDS), cards(), AROUND)
def test_a_card_never_survives(before: str, word: str, card: str, after: str) -> None:
    text = f"{before} {word} {card} {after}"

    assert _is_hidden(text, card), text


@settings(max_examples=600, deadline=None)
@given(AROUND, st.sampled_from(SIN_WORDS), social_insurance(), AROUND)
def test_social_insurance_said_to_be_so_never_survives(before: str, word: str, sin: str, after: str) -> None:
    text = f"{before} {word} {sin} {after}"

    assert _is_hidden(text, sin), text


def _is_hidden(text: str, number: str) -> bool:
    """Whether one hidden span holds the number whole."""
    start = text.index(number)
    spans = find_never_stored(text)
    return any(span.start <= start and start + len(number) <= span.end for span in spans)


AMOUNTS = st.integers(1, 99_999_999).flatmap(
    lambda cents: st.sampled_from(
        [
            f"{cents / 100:,.2f} $".replace(",", " ").replace(".", ","),
            f"{cents / 100:,.2f} $".replace(",", "\u00a0").replace(".", ","),
            f"${cents / 100:,.2f}",
            f"{cents / 100:.2f}$",
            f"{cents // 100} dollars",
        ]
    )
)
DATES = st.dates(date(1930, 1, 1), date(2035, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%m/%d/%Y}", f"{day:%Y%m%d}"]
    )
)
HOURS = st.times().flatmap(
    lambda time: st.sampled_from([f"{time:%H h %M}", f"{time:%H:%M}", f"{time:%I:%M %p}"])
)
NUMBERS = st.sampled_from(OWN_PHONES).flatmap(
    lambda ten: st.sampled_from(
        [
            f"1 {ten[:3]} {ten[3:6]}-{ten[6:]}",
            f"1-{ten[:3]}-{ten[3:6]}-{ten[6:]}",
            f"+1{ten}",
            f"1{ten}",
            f"({ten[:3]}) {ten[3:6]}-{ten[6:]}",
            f"1 {ten[:3]} {ten[3:6]} {ten[6:]}",
            f"{ten[:3]}.{ten[3:6]}.{ten[6:]}",
        ]
    )
)
RECEIPTS = st.integers(10**11, 10**12 - 1).map(str)
CLEAN = [
    "j'ai payé {}",
    "facture de {}",
    "{} c'est quoi",
    "the bill of {} is wrong",
    "{}",
    "paid {} already",
    "le {}, oui",
]
CLEAN += [
    "mon compte montre {}",
    "why {} ?",
    "on m'a dit {} au téléphone",
    "my account says {}",
    "ma carte, {}",
]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(CLEAN), st.one_of(AMOUNTS, DATES, HOURS, NUMBERS))
def test_amounts_dates_hours_and_the_companys_numbers_stay(carrier: str, value: str) -> None:
    assert find_spans(carrier.format(value), KNOWN) == []


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["mon reçu {}", "receipt number {}", "confirmation {}", "numéro de reçu : {}"]), RECEIPTS
)
def test_receipt_numbers_stay(carrier: str, receipt: str) -> None:
    spaced = " ".join(receipt[place : place + 3] for place in range(0, 12, 3))

    assert find_spans(carrier.format(receipt), KNOWN) == []
    assert find_spans(carrier.format(spaced), KNOWN) == []


@pytest.mark.parametrize("word", ["compte", "account"])
@settings(deadline=None)
@given(st.integers(10**8, 10**9 - 1).map(str))
def test_an_account_number_stays_in_what_is_stored(word: str, number: str) -> None:
    text = f"{word} {number}"

    assert find_never_stored(text) == []
    assert [span.kind for span in find_spans(text)] == [Kind.ACCOUNT]
