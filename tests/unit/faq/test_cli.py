"""The two commands: exit codes, one line a fault, and a stamp that touches one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from faq.__main__ import main

DATA = Path(__file__).parents[2] / "data"


def test_good_content_gives_zero_and_no_line(folder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(folder.root)]) == 0
    assert capsys.readouterr().out == ""


def test_faults_give_one_and_a_line_each(folder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder.edit(folder.path("price"), "number: 1", "number: one")

    assert main(["lint", str(folder.root)]) == 1
    assert "[ERROR] " in capsys.readouterr().out


def test_the_printed_faq_gives_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--source", str(DATA / "source_faq_fr.txt")]) == 1
    assert "source_faq_fr.txt:7: two customer-service numbers" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "/nowhere"],
        ["lint", "--source", "/nowhere.txt"],
        ["lint", "--source", str(DATA / "source_faq_fr.txt"), "--ids", str(DATA / "raw_faq_sample.txt")],
        ["lint", "--ids", "x.tsv"],
    ],
)
def test_asking_wrongly_gives_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("python -m faq: ")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["lint", "--colour"]])
def test_an_unknown_command_gives_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2


def test_stamping_changes_only_the_stamps_that_are_old(folder: Any) -> None:
    folder.edit(folder.path("price"), "Il coûte", "Il coûte bien")
    before = {path: path.read_text(encoding="utf-8") for path in folder.root.rglob("*.yml")}

    assert main(["stamp", str(folder.root)]) == 0

    after = {path: path.read_text(encoding="utf-8") for path in before}
    assert [path.stem for path in before if before[path] != after[path]] == ["price"]
    price = folder.path("price")
    changed = set(after[price].splitlines()) - set(before[price].splitlines())
    assert len(changed) == 1
    assert changed.pop().startswith("  translates: ")
    assert folder.faults() == []


def test_stamping_adds_a_missing_stamp(folder: Any) -> None:
    del folder.entries["price"]["en"]["translates"]
    folder.write(stamp=False)

    assert main(["stamp", str(folder.root)]) == 0
    assert folder.faults() == []


def test_broken_content_is_not_stamped(folder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder.path("price").write_text("id: [", encoding="utf-8")

    assert main(["stamp", str(folder.root)]) == 1
    assert "price.yml:" in capsys.readouterr().out
