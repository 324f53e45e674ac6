"""The loader gives good content or every fault with its line, whatever the files hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from faq import ContentError, load_content
from faq.yamlfile import MAX_BYTES, parse_yaml


def test_good_content_loads_in_the_order_of_the_faq(folder: Any) -> None:
    content = load_content(folder.root)

    assert list(content.entries) == ["price", "pay_date", "modem", "password", "contract"]
    assert content.entries["price"].texts["en"].label == "The price"
    assert content.sections["compte"].titles == {"fr": "Compte", "en": "Account"}
    assert content.facts["fee"].value == 550


def test_the_error_carries_every_fault_with_file_and_line(folder: Any) -> None:
    folder.edit(folder.path("price"), "{{ fee }}", "{{ fees }}")
    folder.edit(folder.path("modem"), "number: 3", "number: three")

    with pytest.raises(ContentError) as caught:
        load_content(folder.root)

    told = [(fault.path.name, fault.line, fault.message) for fault in caught.value.faults]
    assert ("modem.yml", 3, "`number` must be a whole number") in told
    assert ("price.yml", 8, "fr.answer: unknown fact `fees`") in told
    assert len(told) == 5
    assert "price.yml:8: fr.answer: unknown fact `fees`" in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"- a\n- b\n", "not a list"),
        (b"just words", "not a list or a lone value"),
        (b"id: [1, 2\nb: 3", "not valid YAML"),
        (b"id: 'open", "not valid YAML"),
        (b"id: \xff\xfe", "not UTF-8"),
        (b"id: a\x00b", "not valid YAML"),
        (b"id: a\nid: b", "`id` is written twice"),
        (b"a: &x [1]\nb: *x", "aliases"),
        (b"a: 2011-01-01", "is read as timestamp; put it in quotes"),
        (b"a: 1.5", "is read as float; put it in quotes"),
        (b"a: 007", "is read as int; put it in quotes"),
        (b"a: !!python/object:os.system x", "put it in quotes"),
        (b"[1, 2]: a", "a key must be a plain word"),
        (b"a:\tb", "a tab; use spaces"),
        (b"a: b\n---\nc: d\n", "not valid YAML"),
        (b"a: " + b"[" * 5000, "not valid YAML"),
        (b"a: " + b"x" * MAX_BYTES, "is the most we read"),
    ],
)
def test_a_broken_file_is_told_and_never_raises(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_bytes(raw)

    faults = parse_yaml(path).faults

    assert any(said in fault.message for fault in faults), faults
    assert all(fault.path == path and fault.line >= 1 for fault in faults)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    assert "can't be read" in parse_yaml(tmp_path / "gone.yml").faults[0].message
    assert "can't be read" in parse_yaml(tmp_path).faults[0].message


@pytest.mark.parametrize("name", ["facts.yml", "sections.yml", "entries/compte/price.yml", "pages/terms.yml"])
@pytest.mark.parametrize("raw", [b"", b"\xff", b"a: [", b"- a", b"fr: x\nen: [y]\nprice: 3\ncompte: []"])
def test_any_file_may_be_broken_without_a_traceback(folder: Any, name: str, raw: bytes) -> None:
    (folder.root / name).write_bytes(raw)

    with pytest.raises(ContentError) as caught:
        load_content(folder.root)

    assert caught.value.faults[0].path.name == Path(name).name
    assert folder.faults()


def test_what_a_broken_file_should_hold_is_not_called_missing(folder: Any) -> None:
    folder.entries["price"]["related"] = ["modem"]
    folder.write()
    folder.path("modem").write_text("id: [", encoding="utf-8")
    (folder.root / "facts.yml").write_text("company: [", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_content(folder.root)

    assert {fault.path.name for fault in caught.value.faults} == {"modem.yml", "facts.yml"}


def test_a_file_at_the_wrong_place_is_told(folder: Any) -> None:
    (folder.root / "entries" / "stray.yml").write_text("id: stray", encoding="utf-8")
    (folder.root / "pages" / "other.yaml").write_text("fr: x", encoding="utf-8")

    told = "\n".join(folder.faults())

    assert "stray.yml:1: nothing reads this file" in told
    assert "other.yaml:1: nothing reads this file" in told


def test_a_copied_entry_is_told_by_its_id(folder: Any) -> None:
    text = folder.path("price").read_text(encoding="utf-8")
    folder.path("zz_copy").write_text(text, encoding="utf-8")

    assert any("zz_copy.yml:1: id `price` is also used in" in fault for fault in folder.faults())


@pytest.mark.parametrize("scrap", ["x", "[", "{{", "1", "a@", "« ", "- a\n"])
def test_a_text_of_great_length_is_told_at_once(folder: Any, scrap: str) -> None:
    folder.entries["price"]["fr"]["answer"] = scrap * 3_000
    folder.entries["modem"]["fr"]["answer"] = "x" * 10_001
    folder.write()

    assert any("`fr.answer` has 10001 characters" in fault for fault in folder.faults())


def test_an_empty_folder_is_told_not_served(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_content(tmp_path)

    assert "there are no entries" in str(caught.value)
