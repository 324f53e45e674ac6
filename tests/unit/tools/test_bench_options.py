"""What may be asked of the bench, and what the page says was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench.options import parser, shown_command

ROOT = Path(__file__).parents[3]


def test_the_command_shown_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    outside = tmp_path / "own_fr.tsv"
    outside.write_text("", encoding="utf-8")
    inside = str(ROOT / "bot" / "data" / "nlu_fr.yml")

    shown = shown_command(
        ["--data", str(tmp_path), "--only", "ours", "--train", inside, "--test", str(outside)]
    )

    assert shown == (
        "python -m tools.bench --data DATA --only ours --train bot/data/nlu_fr.yml --test own_fr.tsv"
    )


def test_without_a_data_folder_only_our_own_set_can_be_run() -> None:
    assert parser().parse_args(["--data", ""]).data is None


@pytest.mark.parametrize(
    "arguments", [["--part", "clinc"], ["--only", "ours,bert"], ["--data", "/no/such/folder"]]
)
def test_what_is_unknown_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(arguments)

    assert arguments[1].split(",")[-1] in capsys.readouterr().err
