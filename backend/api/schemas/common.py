"""What the models share: strict fields, texts without control characters, addresses, the error body."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, EmailStr, Field

from backend.domain.accounts import ScheduledChange
from backend.domain.address import Address, make_address
from backend.domain.people import Language

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
MAX_CENTS = 1_000_000_000


def _printable(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in text):
        raise ValueError("control characters are not accepted")
    return text


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL is not accepted")
    return text


def _iso(value: Any) -> Any:
    # Numbers and digits alone would be taken for seconds since 1970.
    if isinstance(value, str) and not ISO.match(value):
        raise ValueError("must be an ISO 8601 date")
    if isinstance(value, int | float):
        raise ValueError("must be a text")
    return value


Line = Annotated[str, AfterValidator(_printable), Field(max_length=200)]
Secret = Annotated[str, AfterValidator(_no_nul), Field(min_length=1, max_length=256)]
Email = Annotated[EmailStr, AfterValidator(_printable), Field(max_length=254)]
Day = Annotated[date, BeforeValidator(_iso)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso)]
Cents = Annotated[int, Field(ge=1, le=MAX_CENTS, strict=True, description="Canadian cents", examples=[5230])]


class Model(BaseModel):
    """Only known fields, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class AddressIn(Model):
    """A Canadian address as the customer writes it."""

    line1: Line = Field(examples=["45, rue des Érables, app. 3"], min_length=1)
    line2: Line = Field(default="", examples=[""])
    city: Line = Field(examples=["Québec"], min_length=1)
    province: Line = Field(examples=["QC"], min_length=2, max_length=2)
    postal_code: Line = Field(examples=["G1R 2B5"], min_length=6, max_length=8)

    def checked(self) -> Address:
        """The domain's address, or the refusal that names the field."""
        return make_address(**self.model_dump())


class AddressOut(Model):
    """A Canadian address as kept."""

    line1: str = Field(examples=["45, rue des Érables, app. 3"])
    line2: str = Field(examples=[""])
    city: str = Field(examples=["Québec"])
    province: str = Field(examples=["QC"])
    postal_code: str = Field(examples=["G1R 2B5"])

    @classmethod
    def of(cls, address: Address) -> "AddressOut":
        """From the domain's address."""
        return cls(**address.as_json())


class ScheduledOut(Model):
    """A move to come."""

    address: AddressOut
    effective_on: str = Field(examples=["2027-03-01"], json_schema_extra={"format": "date"})
    receipt_number: str = Field(examples=["482109375562"])

    @classmethod
    def of(cls, change: ScheduledChange) -> "ScheduledOut":
        """From the domain's scheduled change."""
        return cls(
            address=AddressOut.of(change.address),
            effective_on=change.effective_on.isoformat(),
            receipt_number=change.receipt_number,
        )


class ErrorWords(Model):
    """Why not, and what to do next, in one language."""

    message: str = Field(examples=["This account can’t be found among your accounts."])
    next_step: str = Field(examples=["Choose one of your accounts, or link this one to your profile."])


class ErrorDetail(Model):
    """Why not, and what to do next: in the language asked for, and under `words` in each."""

    code: str = Field(examples=["account_not_found"])
    message: str = Field(examples=["This account can’t be found among your accounts."])
    fields: dict[str, Any] = Field(examples=[{}])
    next_step: str = Field(examples=["Choose one of your accounts, or link this one to your profile."])
    words: dict[str, ErrorWords]


class ErrorOut(Model):
    """The one body of every refusal."""

    error: ErrorDetail


class LanguageIn(Model):
    """The language in which to be written to."""

    language: Language = Field(examples=["fr"])
