"""What is personal is hidden, what isn't is left alone; measured on marked sentences of both languages."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq import load_content
from gateway.masking.__main__ import main
from gateway.masking.checks import has_luhn
from gateway.masking.find import find_never_stored, find_spans, mask_text
from gateway.masking.known import known_from
from gateway.masking.measure import Sentence, measure, parse, read_sentences
from gateway.masking.spans import Kind, replace_spans
from gateway.texts import load_texts

FILES = sorted((Path(__file__).parents[3] / "data" / "masking").glob("*.tsv"))
KNOWN = known_from(load_content())
SENTENCES = {path.stem: list(read_sentences(path)) for path in FILES}
GATED = (Kind.CARD, Kind.SIN, Kind.ACCOUNT)


def test_the_set_is_large_enough() -> None:
    everything = [sentence for sentences in SENTENCES.values() for sentence in sentences]
    marked = [span.kind for sentence in everything for span in sentence.spans]

    sets = ("", "second_", "third_", "fourth_", "fifth_", "sixth_")
    assert set(SENTENCES) == {f"{name}{language}" for name in sets for language in ("fr", "en")}
    assert len(everything) >= 1500
    assert all(marked.count(kind) >= 90 for kind in Kind)
    assert sum(not sentence.spans for sentence in everything) >= 500
    assert len({sentence.text for sentence in everything}) > len(everything) - 130


@pytest.mark.parametrize("name", sorted(SENTENCES))
@pytest.mark.parametrize("kind", list(Kind))
def test_recall_and_precision_hold(name: str, kind: Kind) -> None:
    score = measure(SENTENCES[name], KNOWN)

    assert score.recall(kind) >= (0.98 if kind in GATED else 0.95), score.faults
    assert score.precision(kind) >= 0.95, score.faults


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_dates_amounts_and_the_companys_own_numbers_are_left_alone(name: str) -> None:
    score = measure(SENTENCES[name], KNOWN)

    assert score.false_masking <= 0.01, score.faults


def test_a_missed_value_and_a_false_one_both_count() -> None:
    score = measure(
        [parse("x", "mon compte {card:123 456 782}"), Sentence("x", "compte 123 456 782", ())], KNOWN
    )

    assert (score.recall(Kind.CARD), score.precision(Kind.ACCOUNT), score.false_masking) == (0.0, 0.0, 1.0)


def test_only_cards_and_social_insurance_are_never_stored() -> None:
    text = "carte 4519 9458 0730 2155, NAS 152 669 859, compte 123 456 782, 514 555-1234, marie@example.ca"

    assert {span.kind for span in find_never_stored(text)} == {Kind.CARD, Kind.SIN}


def test_an_account_number_that_could_be_a_social_insurance_number_stays_an_account() -> None:
    assert has_luhn("123456782")
    assert find_never_stored("Mon numéro de compte, pas mon NAS, est le 123 456 782") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_masked_text_has_each_classs_label_and_the_words_around_it(language: str) -> None:
    labels = load_texts().group("masking", language)  # type: ignore[arg-type]

    masked = mask_text("tel 514 555-1234, compte 123 456 782!", labels, KNOWN)

    assert masked == f"tel {labels['phone']}, compte {labels['account']}!"
    assert find_spans(masked, KNOWN) == []


@given(st.text(max_size=200))
def test_spans_are_in_order_apart_and_inside_the_text(text: str) -> None:
    spans = find_spans(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert replace_spans(text, [], {}) == text


def test_the_command_prints_every_class(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure"]) == 0

    printed = capsys.readouterr().out
    assert all(printed.count(f"  {kind}") >= 2 for kind in Kind)
    assert printed.count("false masking") == len(FILES)


def test_the_command_times_ordinary_and_slow_messages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed", str(FILES[0])]) == 0

    name, *times = capsys.readouterr().out.splitlines()
    assert name.split() == [FILES[0].stem, "ms"]
    assert len(times) > 10
    assert all(float(line.split()[-1]) >= 0 for line in times)
