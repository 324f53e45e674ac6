"""The operator adds reps from the command line, and is told once what to hand over."""

import json
from pathlib import Path

import pytest

from gateway.__main__ import main
from gateway.desk.cli import DEMO_SECRET
from gateway.vault import new_key

SECRETS = {"GATEWAY_SECRET": "s" * 16, "RASA_SECRET": "r" * 16, "BACKEND_TOKEN": "b" * 16}
OLD_KEY, NEW_KEY = new_key(), new_key()


@pytest.fixture(autouse=True)
def _a_database_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", json.dumps([OLD_KEY]))
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
    assert "▀" in added, "no picture for the authenticator"
    assert "lea.cote" in listed
    assert "Léa" in listed
    password = next(line for line in added.splitlines() if line.startswith("Password")).split()[-1]
    assert password not in listed + renewed


@pytest.mark.parametrize(
    "arguments",
    [
        ["reset", "nobody"],
        ["deactivate", "nobody"],
        ["activate", "nobody"],
        ["add", "a", "--name", "A"],
        ["add", "Léa", "--name", "L"],
        ["add", "lea", "--name", "L", "--team", "cooking"],
    ],
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


def test_somebody_is_let_go_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    for user_id in ("lea", "max"):
        assert main(["rep", "add", user_id, "--name", user_id, "--role", "admin", "--team", "billing"]) == 0
    assert [main(["rep", "deactivate", "lea"]) for _ in range(2)] == [0, 0]
    capsys.readouterr()
    assert main(["rep", "deactivate", "max"]) == 2
    assert "last administrator" in capsys.readouterr().err

    main(["rep", "list"])
    listed = capsys.readouterr().out.splitlines()
    assert [line.endswith("(inactive)") for line in listed] == [True, False]
    assert "billing" in listed[0]
    assert main(["rep", "activate", "lea"]) == 0
    assert main(["rep", "list"]) == 0
    assert "(inactive)" not in capsys.readouterr().out


def test_keys_are_made_without_any_settings_and_needed_in_production(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSISTANT_DESK_SECRET_KEYS")
    assert main(["rep", "list"]) == 2
    assert capsys.readouterr().err.startswith("[ERROR] ASSISTANT_DESK_SECRET_KEYS: needed in production")
    assert main(["rep", "key"]) == 0
    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", json.dumps([capsys.readouterr().out.strip()]))
    assert main(["rep", "list"]) == 0
    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", '["not-a-key"]')
    assert main(["rep", "list"]) == 2
    told = capsys.readouterr().err
    assert "key 1 is not one" in told
    assert "not-a-key" not in told


def test_a_key_is_replaced_in_three_steps(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["rep", "add", "lea", "--name", "Léa"]) == 0
    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", json.dumps([NEW_KEY]))
    assert main(["rep", "reseal"]) == 2
    assert capsys.readouterr().err.endswith("ASSISTANT_DESK_SECRET_KEYS: lea\n")

    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", json.dumps([NEW_KEY, OLD_KEY]))
    assert main(["rep", "reseal"]) == 0
    monkeypatch.setenv("ASSISTANT_DESK_SECRET_KEYS", json.dumps([NEW_KEY]))
    assert main(["rep", "reseal"]) == 0
    assert capsys.readouterr().out.endswith("sealed with the first key: 1\n")
