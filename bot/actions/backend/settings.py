"""Where the backend is and who we are to it, read from the environment when the action server starts."""

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "ASSISTANT_BACKEND_"


class SettingsFault(ValueError):  # noqa: N818 - the house's word for it
    """The environment can't be used; the message says which name and why."""


class Settings(BaseSettings):
    """ASSISTANT_BACKEND_URL and ASSISTANT_BACKEND_TOKEN; the token has no default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    url: HttpUrl = HttpUrl("http://127.0.0.1:8001")
    token: SecretStr = Field(min_length=16)


def load_settings() -> Settings:
    """The settings from the environment, or a SettingsFault that a person can act upon."""
    try:
        return Settings()  # type: ignore[call-arg]  # the environment gives the token
    except ValidationError as error:
        faults = [f"{PREFIX}{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise SettingsFault("\n".join(faults)) from None
