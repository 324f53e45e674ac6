"""Column types that keep the domain's own values: UTC times, addresses, enumerations by their value."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from backend.domain.address import Address, address_from_json

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse times without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times carry a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AddressType(TypeDecorator[Address]):
    """An address as JSON; it is frozen, so a change is always a new value."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Address | None, dialect: Dialect) -> Any:
        """As stored."""
        return value.as_json() if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Address | None:
        """As the domain knows it."""
        return address_from_json(value) if value is not None else None


class Words(TypeDecorator[StrEnum]):
    """An enumeration by its readable value, the same on both databases."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Only known words are stored."""
        return self.kind(value).value if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The enumeration's member."""
        return self.kind(value) if value is not None else None
