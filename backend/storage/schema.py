"""The ground of all tables: names of constraints, common columns, the registry of mapped classes."""

from sqlalchemy import Column, ForeignKey, MetaData, String
from sqlalchemy.orm import registry

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapping = registry(metadata=metadata)
ID = String(40)
DIGEST = String(64)
EMAIL = String(320)


def account_fk(**options: object) -> Column[str]:
    """The column that says to which account a row belongs."""
    return Column("account_id", ID, ForeignKey("accounts.id"), nullable=False, **options)  # type: ignore[arg-type]
