"""Secrets of second factors are sealed; reps have a team."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REPS = sa.table("reps", sa.column("id", sa.Uuid), sa.column("totp_secret", sa.String))
PLAIN, SEALED = sa.String(64), sa.String(400)
# SQLite makes the table anew, and would forget these.
KEPT = (
    sa.CheckConstraint("role IN ('rep', 'lead', 'admin')", name="ck_reps_role"),
    sa.CheckConstraint("language IN ('fr', 'en')", name="ck_reps_language"),
)


def upgrade() -> None:
    """Seal what is there."""
    with op.batch_alter_table("reps", table_args=KEPT) as reps:
        reps.alter_column("totp_secret", existing_type=PLAIN, type_=SEALED, existing_nullable=False)
        reps.add_column(sa.Column("team", sa.String(32)))
    _rewrite(lambda secret: context.config.attributes["vault"].seal(secret))


def downgrade() -> None:
    """Store the secrets as they are again."""
    _rewrite(lambda sealed: context.config.attributes["vault"].open(sealed))
    with op.batch_alter_table("reps", table_args=KEPT) as reps:
        reps.drop_column("team")
        reps.alter_column("totp_secret", existing_type=SEALED, type_=PLAIN, existing_nullable=False)


def _rewrite(change: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(REPS.c.id, REPS.c.totp_secret)).all()
    if rows and context.config.attributes["vault"] is None:
        raise SystemExit("There are reps: their secrets can't be moved without ASSISTANT_DESK_SECRET_KEYS.")
    for rep_id, stored in rows:
        connection.execute(sa.update(REPS).where(REPS.c.id == rep_id).values(totp_secret=change(stored)))
