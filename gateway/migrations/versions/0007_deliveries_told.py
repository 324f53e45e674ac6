"""Gateways hear of deliveries that other processes made, tried or ended."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOTIFY = """
CREATE FUNCTION gateway_notify_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gateway_deliveries', '');
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER gateway_notify_deliveries AFTER INSERT OR UPDATE ON webhook_deliveries
FOR EACH STATEMENT EXECUTE FUNCTION gateway_notify_deliveries()
"""


def upgrade() -> None:
    """Only PostgreSQL has processes to tell."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NOTIFY)
        op.execute(TRIGGER)


def downgrade() -> None:
    """Tell nobody any more."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER gateway_notify_deliveries ON webhook_deliveries")
        op.execute("DROP FUNCTION gateway_notify_deliveries()")
