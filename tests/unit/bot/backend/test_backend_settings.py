"""The action server does not start on settings that can't work."""

import pytest

from bot.actions.__main__ import main
from bot.actions.backend import SettingsFault, load_settings

TOKEN = "a-token-for-the-assistant"


def test_the_backend_is_on_this_machine_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_BACKEND_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_BACKEND_TOKEN", TOKEN)

    settings = load_settings()

    assert str(settings.url) == "http://127.0.0.1:8001/"
    assert settings.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_BACKEND_TOKEN", None),
        ("ASSISTANT_BACKEND_TOKEN", ""),
        ("ASSISTANT_BACKEND_TOKEN", "too-short"),
        ("ASSISTANT_BACKEND_URL", "backend:8001"),
    ],
)
def test_a_fault_names_the_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    monkeypatch.setenv("ASSISTANT_BACKEND_TOKEN", TOKEN)
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsFault, match=name):
        load_settings()


def test_the_action_server_does_not_start_without_a_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACTIONS_SECRET", "a-secret-of-this-test")
    monkeypatch.delenv("ASSISTANT_BACKEND_TOKEN", raising=False)

    assert main() == 2
    assert "ASSISTANT_BACKEND_TOKEN" in capsys.readouterr().err
