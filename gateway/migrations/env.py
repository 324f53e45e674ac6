"""Alembic's entry: it is always handed an open connection by gateway.migrations.run."""

from alembic import context

# Their tables belong to the same database.
import gateway.desk.records
import gateway.ledger.records
import gateway.questions.records
import gateway.retention.records
import gateway.transcripts.records
import gateway.voice.records
import gateway.webhooks.records  # noqa: F401
from gateway.conversations.records import Record
from gateway.migrations.run import VERSION_TABLE

connection = context.config.attributes["connection"]
if connection is None:
    raise SystemExit("Migrations run through `python -m gateway migrate`.")
context.configure(
    connection=connection,
    target_metadata=Record.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
