"""The tables. Every one carries ``person_id``; keys are per person, so one person's ids never meet another's.

What is asked by a query has a column of its own; what is only read back whole is one JSON document.
A change here needs a migration beside it in ``migrations/versions`` (a test compares the two).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from . import camera_tables as camera_tables
from .columns import Document, Name, UtcDateTime
from .owned import metadata as metadata
from .owned import owned, pain

people = Table(
    "people",
    metadata,
    Column("person_id", Name(64), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
)

screenings = owned(
    "screenings",
    Column("id", Name(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("level", Name(16), nullable=False),
    Column("answers", Document, nullable=False),
    Column("clearance", Document, nullable=False),
    Index(None, "person_id", "seq"),
)

intakes = owned(
    "intakes",
    Column("id", Name(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("intake", Document, nullable=False),
    Index(None, "person_id", "seq"),
)

checkins = owned(
    "checkins",
    Column("id", Name(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Name(16), nullable=False),
    *pain("pain_now"),
    *pain("pain_average"),
    *pain("pain_worst"),
    Column("symptoms", Document, nullable=False),
    Column("regions", Document, nullable=False),
    Column("psfs", Document, nullable=False),
    Column("worse", Boolean(create_constraint=False), nullable=False),
    Column("session_id", Name(64)),
    Column("note", Text, nullable=False),
    Index(None, "person_id", "at"),
    Index(None, "person_id", "session_id"),
)

bouts = owned(
    "bouts",
    Column("id", Name(64), primary_key=True),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("activity", Name(16), nullable=False),
    Column("evidence", Document, nullable=False),
    Column("confidence", Float, nullable=False),
    CheckConstraint("end_at > start_at", name="forward"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    # By end, because the days asked for are nearly always the last ones.
    Index(None, "person_id", "end_at"),
)

# What stood in a window of time before it was changed, for a day, so that a slip can be undone.
bout_changes = owned(
    "bout_changes",
    Column("seq", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("before", Document, nullable=False),
)

plans = owned(
    "plans",
    Column("id", Name(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("plan", Document, nullable=False),
    Column("decisions", Document, nullable=False),
    Column("changes", Document, nullable=False),
    CheckConstraint("last_day >= first_day", name="forward"),
    Index(None, "person_id", "seq"),
)

sessions = owned(
    "sessions",
    Column("id", Name(64), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("script", Document, nullable=False),
    Index(None, "person_id", "created_at"),
    Index(None, "person_id", "finished_at"),
)


def _of_session() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["person_id", "session_id"], ["sessions.person_id", "sessions.id"], ondelete="CASCADE"
    )


events = owned(
    "events",
    Column("session_id", Name(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_id", Name(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("kind", Name(40), nullable=False),
    Column("data", Document, nullable=False),
    UniqueConstraint("person_id", "session_id", "event_id"),
    _of_session(),
)

performances = owned(
    "performances",
    Column("session_id", Name(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("exercise_id", Name(64), nullable=False),
    Column("done_s", Float, nullable=False),
    Column("complete", Boolean(create_constraint=False), nullable=False),
    Column("performance", Document, nullable=False),
    _of_session(),
    Index(None, "person_id", "at"),
    Index(None, "person_id", "exercise_id", "at"),
)

pauses = owned(
    "pauses",
    Column("id", Name(64), primary_key=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date),
    Column("why", Name(16), nullable=False),
    CheckConstraint("last_day >= first_day", name="forward"),
    Index(None, "person_id", "first_day"),
)

care = owned(
    "care",
    Column("id", Name(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("kind", Name(16), nullable=False),
    Column("profession", Name(64), nullable=False),
    Column("minute", Integer),
    Column("place", Text, nullable=False),
    Column("done", Boolean(create_constraint=False), nullable=False),
    Column("minutes", Float, nullable=False),
    Column("cost", Float, nullable=False),
    Column("currency", Name(3), nullable=False),
    Column("worked_on", Document, nullable=False),
    *pain("pain_before"),
    *pain("pain_after"),
    Column("note", Text, nullable=False),
    Index(None, "person_id", "day"),
)

setup_looks = owned(
    "setup_looks",
    Column("id", Name(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("place", Name(16), nullable=False),
    Column("answers", Document, nullable=False),
    Column("to_change", Document, nullable=False),
    Column("look_again_on", Date),
    Index(None, "person_id", "at"),
)

dismissals = owned(
    "dismissals",
    Column("question", Name(80), primary_key=True),
    Column("day", Date, primary_key=True),
)

adverse = owned(
    "adverse",
    Column("id", Name(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("what", Text, nullable=False),
    Column("exercise_id", Name(64)),
    Column("session_id", Name(64)),
    Column("severity", Name(16), nullable=False),
    Column("resolved_on", Date),
    Column("note", Text, nullable=False),
    Index(None, "person_id", "at"),
)

preferences = owned(
    "preferences",
    Column("key", Name(80), primary_key=True),
    Column("value", Document),
)

# Evidence of one UTC hour: its lines in order, compressed. ``until`` is where the latest of them ends.
evidence = owned(
    "evidence",
    Column("hour", UtcDateTime, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("count", Integer, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    Index(None, "person_id", "until"),
)

# What the evidence comes to: a cache that can be worked out again at any time. ``bouts`` is the person's word.
sensed = owned(
    "sensed",
    Column("start_at", UtcDateTime, primary_key=True),
    Column("end_at", UtcDateTime, nullable=False),
    Column("activity", Name(16), nullable=False),
    Column("evidence", Document, nullable=False),
    Column("confidence", Float, nullable=False),
    CheckConstraint("end_at > start_at", name="forward"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    Index(None, "person_id", "end_at"),
)

# What was said to the person, what they answered, and (kind ``held``) what kept midback from speaking.
said = owned(
    "said",
    Column("at", UtcDateTime, primary_key=True),
    Column("kind", Name(16), primary_key=True),
    Column("until", UtcDateTime),
    Column("movement", Name(64), nullable=False),
    Column("because", Document, nullable=False),
    Column("held", Document, nullable=False),
)

# How far each file of the background process was read.
spool = owned(
    "spool",
    Column("file", Name(64), primary_key=True),
    Column("head", Name(64), nullable=False),
    Column("read", BigInteger, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("faults", Document, nullable=False),
)

trips = owned(
    "trips",
    Column("id", Name(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("km", Float, nullable=False),
    Column("driven_s", Float, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    CheckConstraint("end_at >= start_at", name="forward"),
    Index(None, "person_id", "start_at"),
)

calendars = owned(
    "calendars",
    Column("id", Name(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("refreshed_at", UtcDateTime),
    Column("fault", Document, nullable=False),
    Column("busy", Document, nullable=False),
)
