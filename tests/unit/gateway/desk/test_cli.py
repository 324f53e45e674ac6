"""The operator adds reps from the command line, and is told once what to hand over."""

from pathlib import Path

import pytest

from gateway.__main__ import main
from gateway.desk.cli import DEMO_SECRET

SECRETS = {"GATEWAY_SECRET": "s" * 16, "RASA_SECRET": "r" * 16, "BACKEND_TOKEN": "b" * 16}


@pytest.fixture(autouse=True)
def _a_database_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    monkeypatch.setenv("ASSISTANT_GATEWAY_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'reps.db'}")


def test_a_rep_is_added_listed_and_given_new_credentials(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rep", "add", "lea.cote", "--name", "Léa Côté", "--languages", "fr"]) == 0
    added = capsys.readouterr().out
    assert main(["rep", "reset", "lea.cote"]) == 0
    renewed = capsys.readouterr().out
    assert main(["rep", "list"]) == 0
    listed = capsys.readouterr().out

    assert "otpauth://totp/" in added
    assert added != renewed
    assert "lea.cote" in listed
    assert "Léa" in listed
    password = next(line for line in added.splitlines() if line.startswith("Password")).split()[-1]
    assert password not in listed + renewed


@pytest.mark.parametrize(
    "arguments", [["reset", "nobody"], ["add", "a", "--name", "A"], ["add", "Léa", "--name", "L"]]
)
def test_what_cannot_be_done_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rep", *arguments]) == 2
    assert capsys.readouterr().err.startswith("[ERROR] ")


def test_nobody_is_added_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rep", "add", "lea", "--name", "Léa"]) == 0
    assert main(["rep", "add", "lea", "--name", "Léa"]) == 2


def test_the_demo_rep_is_for_development_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["rep", "demo"]) == 2
    monkeypatch.setenv("ASSISTANT_GATEWAY_ENVIRONMENT", "development")

    assert main(["rep", "demo"]) == 0
    assert main(["rep", "demo"]) == 0
    assert DEMO_SECRET in capsys.readouterr().out
