"""The audit trail can be added to, never changed or deleted, whoever asks the database."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = """CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"""
FUNCTION = """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$"""
POSTGRES = """CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"""


def upgrade() -> None:
    """Forward."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(FUNCTION)
    for what in ("UPDATE", "DELETE"):
        op.execute((SQLITE if is_sqlite else POSTGRES).format(what=what))


def downgrade() -> None:
    """Back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for what in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER audit_no_{what}" + ("" if is_sqlite else " ON audit"))
    if not is_sqlite:
        op.execute("DROP FUNCTION audit_is_append_only")
