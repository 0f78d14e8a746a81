"""The tables of the camera: where it may look, one's own upright, recordings. Next: tables, which gathers them."""

from sqlalchemy import CheckConstraint, Column, Float, Index, Integer, LargeBinary, Text

from .columns import Document, Name, UtcDateTime
from .owned import owned

# Where the camera may look: one row for each time the person allowed it, closed when they took it back.
camera_permissions = owned(
    "camera_permissions",
    Column("id", Name(64), primary_key=True),
    Column("place", Name(64), nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    CheckConstraint("revoked_at >= granted_at", name="forward"),
    Index(None, "person_id", "place", "granted_at"),
)

# The person's own upright (and slump) before the camera of a place, as numbers; the newest of a place counts.
calibrations = owned(
    "calibrations",
    Column("id", Name(64), primary_key=True),
    Column("place", Name(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("device", Text, nullable=False),
    Column("numbers", Document, nullable=False),
    Index(None, "person_id", "place", "made_at"),
)

# Recordings of landmarks that the person asked for: numbers, never pictures, compressed.
landmark_recordings = owned(
    "landmark_recordings",
    Column("id", Name(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("seconds >= 0 AND frames >= 0", name="amounts"),
    Index(None, "person_id", "made_at"),
)
