"""What may be asked of what is kept, checked before anything is done with it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.questions.records import ProposalState
from gateway.settings import Language
from gateway.web.bodies import Body

Question = Annotated[str, Field(min_length=1, max_length=300)]


class TranscriptBody(Body):
    """POST .../transcript"""

    email: Annotated[str, Field(min_length=3, max_length=254)]


class RevealBody(Body):
    """POST .../reveal: the id of the hidden value, and why."""

    value: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=3, max_length=500)]


class ProposalBody(Body):
    """POST /api/desk/proposals: an intent, or none for a new entry."""

    question: Question
    language: Language
    intent: Annotated[str, Field(max_length=64)] | None = None
    note: Annotated[str, Field(max_length=1000)] = ""


class DecisionBody(Body):
    """POST /api/desk/proposals/{id}/decision"""

    accept: bool


class Query(BaseModel):
    """What is asked for in an address; what we don't know is not minded."""

    model_config = ConfigDict(extra="ignore")


class FormatQuery(Query):
    """GET .../transcript"""

    format: Literal["json", "text", "pdf"] = "json"


class FiguresQuery(Query):
    """GET /api/desk/figures: days in Toronto, both counted."""

    first: date
    last: date
    language: Language | None = None
    channel: Annotated[str, Field(max_length=8)] | None = None


class MissedQuery(Query):
    """GET /api/desk/missed"""

    days: Annotated[int, Field(ge=1, le=400)] = 30
    language: Language | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ProposalsQuery(Query):
    """GET /api/desk/proposals"""

    state: ProposalState = ProposalState.OPEN


class DeliveriesQuery(Query):
    """GET /api/desk/webhooks"""

    state: Literal["waiting", "delivered", "failed"] | None = None
    endpoint: Annotated[str, Field(max_length=64)] | None = None
    before: Annotated[str, Field(max_length=100)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
