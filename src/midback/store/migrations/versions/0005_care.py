"""Appointments have a time of day, a place and a kind of professional."""

import sqlalchemy as sa
from alembic import op

from midback.store.columns import Name

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("care", sa.Column("minute", sa.Integer(), nullable=True))
    for name, kind in (("place", sa.Text()), ("profession", Name(64))):
        op.add_column("care", sa.Column(name, kind, nullable=True))
        table = sa.table("care", sa.column(name))
        op.execute(sa.update(table).values({name: ""}))
        with op.batch_alter_table("care") as batch:
            batch.alter_column(name, existing_type=kind, nullable=False)
