"""Room for what is sensed: evidence, what it comes to, what was said, files read, trips, calendars."""

import sqlalchemy as sa
from alembic import op

from midback.store.columns import Name, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _owned(
        "evidence",
        ["hour"],
        sa.Column("hour", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
    )
    op.create_index(op.f("ix_evidence_person_id_until"), "evidence", ["person_id", "until"], unique=False)
    _owned(
        "sensed",
        ["start_at"],
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("activity", Name(16), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_sensed_confidence")),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_sensed_forward")),
    )
    op.create_index(op.f("ix_sensed_person_id_end_at"), "sensed", ["person_id", "end_at"], unique=False)
    _owned(
        "said",
        ["at", "kind"],
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", Name(16), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("movement", Name(64), nullable=False),
        sa.Column("because", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("held", sa.JSON(none_as_null=True), nullable=False),
    )
    _owned(
        "spool",
        ["file"],
        sa.Column("file", Name(64), nullable=False),
        sa.Column("head", Name(64), nullable=False),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON(none_as_null=True), nullable=False),
    )
    _owned(
        "trips",
        ["id"],
        sa.Column("id", Name(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("km", sa.Float(), nullable=False),
        sa.Column("driven_s", sa.Float(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("end_at >= start_at", name=op.f("ck_trips_forward")),
    )
    op.create_index(op.f("ix_trips_person_id_start_at"), "trips", ["person_id", "start_at"], unique=False)
    _owned(
        "calendars",
        ["id"],
        sa.Column("id", Name(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("refreshed_at", UtcDateTime(), nullable=True),
        sa.Column("fault", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("busy", sa.JSON(none_as_null=True), nullable=False),
    )


def _owned(name: str, key: list[str], *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows belong to a person and go when the person goes."""
    op.create_table(
        name,
        sa.Column("person_id", Name(64), nullable=False),
        *items,
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f(f"fk_{name}_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", *key, name=op.f(f"pk_{name}")),
    )
