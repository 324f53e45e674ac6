"""A transcript as data: the shape that is published, and never changed without a new version."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gateway.conversations.records import Sender
from gateway.settings import Language

VERSION: Literal["1"] = "1"
SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TranscriptLink(_Part):
    """A link that stood under a message."""

    title: str
    url: str


class TranscriptReceipt(_Part):
    """A receipt that was shown: its number, and what was done."""

    number: Annotated[str, Field(pattern=r"^[0-9]{12}$")]
    title: str
    effective: str


class TranscriptLine(_Part):
    """One message, masked; `author` is the name under which a representative wrote."""

    seq: Annotated[int, Field(ge=1)]
    sender: Sender
    author: str | None = None
    text: str
    language: Language
    at: AwareDatetime
    faq_id: str | None = None
    choices: list[str] = []
    links: list[TranscriptLink] = []
    receipt: TranscriptReceipt | None = None


class Transcript(_Part):
    """A conversation. `masking` says that card numbers and the like are replaced by their class's name."""

    version: Literal["1"] = VERSION
    conversation: str
    language: Language
    channel: str
    begun_at: AwareDatetime
    exported_at: AwareDatetime
    masking: Literal["masked"] = "masked"
    messages: list[TranscriptLine]


def json_schema() -> dict[str, Any]:
    """The published description of a transcript."""
    return {"$schema": SCHEMA_ID, **Transcript.model_json_schema(mode="serialization")}
