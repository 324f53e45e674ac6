"""Settings are checked before anything is opened, and a slip of the keyboard is told."""

from typing import Any

import pytest
from pydantic import ValidationError

from gateway.__main__ import main
from gateway.settings import Settings, UnknownSettingError, check_names, load_settings
from gateway.vault import new_key

SECRETS: dict[str, Any] = {
    "gateway_secret": "s" * 16,
    "rasa_secret": "r" * 16,
    "backend_token": "b" * 16,
    "desk_secret_keys": [new_key()],
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)


def test_the_secrets_are_enough() -> None:
    settings = Settings(**SECRETS)

    assert (settings.gateway_host, settings.gateway_port) == ("127.0.0.1", 8000)
    assert settings.gateway_database_url.startswith("sqlite+aiosqlite:///")


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_GATEWAY_PORT", "9000")
    monkeypatch.setenv("ASSISTANT_GATEWAY_ALLOWED_ORIGINS", '["https://WWW.example.ca"]')

    settings = load_settings(**SECRETS)

    assert settings.gateway_port == 9000
    assert settings.gateway_allowed_origins == ["https://www.example.ca"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gateway_secret", "short"),
        ("rasa_secret", ""),
        ("gateway_port", 70_000),
        ("gateway_port", "http"),
        ("gateway_allowed_origins", ["https://example.ca/"]),
        ("gateway_allowed_origins", ["https://example.ca/path"]),
        ("gateway_allowed_origins", ["*"]),
        ("gateway_allowed_origins", ["example.ca"]),
        ("gateway_database_url", "mysql://x"),
        ("gateway_database_url", "sqlite:///x"),
        ("rasa_url", "ftp://x"),
        ("rasa_timeout", 0),
        ("backend_token", "short"),
        ("backend_url", "ftp://x"),
        ("backend_timeout", 0),
        ("gateway_sign_ins_per_minute", 0),
        ("gateway_notice_delay", 0),
        ("gateway_message_length", 0),
        ("gateway_default_language", "de"),
        ("gateway_log_format", "xml"),
        ("nonsense", 1),
    ],
)
def test_nonsense_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Settings(**{**SECRETS, name: value})


@pytest.mark.parametrize("name", ["ASSISTANT_GATEWAY_PROT", "ASSISTANT_GATEWAY_X", "ASSISTANT_RASA_SECRTE"])
def test_unknown_names_of_ours_are_refused(name: str) -> None:
    with pytest.raises(UnknownSettingError, match=name):
        check_names([name])


@pytest.mark.parametrize(
    "name", ["ASSISTANT_GATEWAY_PORT", "ASSISTANT_BACKEND_DATABASE_URL", "PATH", "GATEWAY_PROT"]
)
def test_names_of_others_are_left_alone(name: str) -> None:
    check_names([name])


def test_secrets_are_not_shown() -> None:
    assert "s" * 16 not in repr(Settings(**SECRETS))


def test_the_command_lists_all_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_GATEWAY_PORT", "http")

    assert main(["serve"]) == 2

    lines = capsys.readouterr().err.splitlines()
    for name in ("ASSISTANT_GATEWAY_PORT", "ASSISTANT_GATEWAY_SECRET", "ASSISTANT_RASA_SECRET"):
        assert any(line.startswith(f"[ERROR] {name}:") for line in lines)
