"""What an operator may set about the telephone; part of the gateway's settings."""

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

TARGETS = ("number:", "sip:", "queue:", "workflow:")


class VoiceSettings(BaseSettings):
    """Settings named ASSISTANT_VOICE_...; without Twilio's token the door is closed (404)."""

    # Twilio signs its requests with it; TWILIO_AUTH_TOKEN is read too.
    voice_twilio_auth_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        validation_alias=AliasChoices("ASSISTANT_VOICE_TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN"),
    )
    # Who takes calls: number:+14185550100, sip:queue@pbx.example.ca, queue:<name> or workflow:<id>.
    # Without it callers are offered to be called back.
    voice_transfer: str | None = None
    # Twilio's names. No listed voice speaks Canadian English (docs/decisions/0007-everything-by-keys.md);
    # speech is always recognised as fr-CA and en-CA.
    voice_french: str = "Polly.Gabrielle-Neural"
    voice_english: str = "Polly.Joanna-Neural"
    voice_english_accent: Literal["en-CA", "en-US"] = "en-US"
    voice_speech_model: str | None = None
    # Speech recognised with less confidence is not acted upon; 0 means whatever was heard.
    voice_confidence: float = Field(default=0.3, ge=0, le=1)
    voice_silence: int = Field(
        default=6, ge=2, le=30
    )  # seconds without a word, then the caller is asked again
    voice_answer_within: float = Field(default=0.8, gt=0, le=5)  # seconds, then the caller hears a filler
    voice_patience: float = Field(default=20.0, gt=0, le=120)  # seconds, then a person is offered
    voice_code_minutes: float = Field(
        default=15.0, gt=0, le=120
    )  # how long a code between page and call works
    # A telephone in the browser, at /softphone: anybody who reaches it can call. For development and trials.
    voice_softphone: bool = False
    voice_codes_per_minute: int = Field(default=10, ge=1)  # tries, a caller or client address

    @field_validator("voice_transfer")
    @classmethod
    def _target_is_known(cls, target: str | None) -> str | None:
        if target and not target.startswith(TARGETS):
            raise ValueError(f"must begin with one of {', '.join(TARGETS)}")
        return target or None
