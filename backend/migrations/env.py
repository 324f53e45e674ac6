"""Runs the migrations inside a connection that the caller opened."""

from alembic import context

from backend.storage import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.accounts.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
