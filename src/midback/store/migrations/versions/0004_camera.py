"""Room for the camera: where it may look, one's own upright there, and recordings of landmarks."""

import sqlalchemy as sa
from alembic import op

from midback.store.columns import Name, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _owned(
        "camera_permissions",
        sa.Column("place", Name(64), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("revoked_at >= granted_at", name=op.f("ck_camera_permissions_forward")),
    )
    _by("camera_permissions", "place", "granted_at")
    _owned(
        "calibrations",
        sa.Column("place", Name(64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(none_as_null=True), nullable=False),
    )
    _by("calibrations", "place", "made_at")
    _owned(
        "landmark_recordings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("seconds >= 0 AND frames >= 0", name=op.f("ck_landmark_recordings_amounts")),
    )
    _by("landmark_recordings", "made_at")


def _owned(name: str, *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows belong to a person, have an id, and go when the person goes."""
    op.create_table(
        name,
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        *items,
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f(f"fk_{name}_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f(f"pk_{name}")),
    )


def _by(name: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{name}_person_id_{'_'.join(columns)}"), name, ["person_id", *columns], unique=False
    )
