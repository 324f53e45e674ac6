"""Settings: wrong ones stop the start, and say which and why."""

import json

import pytest

from backend.settings import SettingsFault, load_settings

PRODUCTION = {
    "BACKEND_ENVIRONMENT": "production",
    "BACKEND_SECRET": "a long enough secret",
    "BACKEND_SERVICES": json.dumps({"desk": {"token": "a long enough token", "scopes": ["act_on_behalf"]}}),
    "BACKEND_PUBLIC_URL": "https://portal.example.ca",
    "BACKEND_SMTP_HOST": "smtp.example.ca",
    "BACKEND_PROVIDER": "hosted",
    "BACKEND_PROVIDER_URL": "https://pay.example.com/v2",
    "BACKEND_PROVIDER_SECRET": "a secret of the provider",
}


def load(monkeypatch: pytest.MonkeyPatch, **names: str) -> object:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_development_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()

    assert (settings.host, settings.port, settings.runs_worker) == ("127.0.0.1", 8001, True)


@pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"BACKEND_ENVIRONMENT"}))
def test_production_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(SettingsFault, match=missing):
        load(monkeypatch, **{name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_starts_when_nothing_is_missing_but_never_with_demo_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(monkeypatch, **PRODUCTION)

    with pytest.raises(SettingsFault, match="development"):
        load(monkeypatch, BACKEND_DEMO_DATA="true")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("BACKEND_PROVIDER", "sandbox", "sandbox"), ("BACKEND_PROVIDER_URL", "http://pay.example.com", "https")],
)
def test_production_never_pays_in_the_sandbox_or_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsFault, match=said):
        load(monkeypatch, **{**PRODUCTION, name: value})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BACKEND_PORT", "eighty", "BACKEND_PORT"),
        ("BACKEND_PROT", "8001", "did you mean BACKEND_PORT"),
        ("BACKEND_DATABASE_URL", "mysql://x", "sqlite"),
        ("BACKEND_SECRET", "short", "BACKEND_SECRET"),
        ("BACKEND_PROVIDER", "hosted", "BACKEND_PROVIDER_URL"),
        ("BACKEND_SERVICES", '{"x": {"token": "a long enough token", "scopes": ["everything"]}}', "SERVICES"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsFault, match=said):
        load(monkeypatch, **{name: value})


def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsFault) as fault:
        load(monkeypatch, BACKEND_SECRET="hunter2")

    assert "hunter2" not in str(fault.value)
