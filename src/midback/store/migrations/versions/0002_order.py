"""Screens, intakes and plans are numbered in the order they came, whatever the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBERED = (("screenings", "at"), ("intakes", "at"), ("plans", "made_at"))


def upgrade() -> None:
    for name, at in NUMBERED:
        op.add_column(name, sa.Column("seq", sa.Integer(), nullable=True))
        table = sa.table(name, sa.column("person_id"), sa.column("id"), sa.column("seq"), sa.column(at))
        other = table.alias()
        earlier = sa.or_(
            other.c[at] < table.c[at], sa.and_(other.c[at] == table.c[at], other.c.id <= table.c.id)
        )
        count = sa.select(sa.func.count()).where(other.c.person_id == table.c.person_id, earlier)
        op.execute(sa.update(table).values(seq=count.scalar_subquery()))
        with op.batch_alter_table(name) as batch:
            batch.alter_column("seq", existing_type=sa.Integer(), nullable=False)
        op.drop_index(op.f(f"ix_{name}_person_id_{at}"), table_name=name)
        op.create_index(op.f(f"ix_{name}_person_id_seq"), name, ["person_id", "seq"], unique=False)
