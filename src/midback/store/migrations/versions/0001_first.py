"""The first schema."""

import sqlalchemy as sa
from alembic import op

from midback.store.columns import Name, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_people")),
    )
    op.create_table(
        "adverse",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("exercise_id", Name(64), nullable=True),
        sa.Column("session_id", Name(64), nullable=True),
        sa.Column("severity", Name(16), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_adverse_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_adverse")),
    )
    op.create_index(op.f("ix_adverse_person_id_at"), "adverse", ["person_id", "at"], unique=False)
    op.create_table(
        "bout_changes",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_bout_changes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "seq", name=op.f("pk_bout_changes")),
    )
    op.create_table(
        "bouts",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("activity", Name(16), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_bouts_confidence")),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_bouts_forward")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_bouts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_bouts")),
    )
    op.create_index(op.f("ix_bouts_person_id_end_at"), "bouts", ["person_id", "end_at"], unique=False)
    op.create_table(
        "care",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", Name(16), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=False),
        sa.Column("currency", Name(3), nullable=False),
        sa.Column("worked_on", sa.JSON(), nullable=False),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("pain_after BETWEEN 0 AND 10", name=op.f("ck_care_pain_after")),
        sa.CheckConstraint("pain_before BETWEEN 0 AND 10", name=op.f("ck_care_pain_before")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_care_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_care")),
    )
    op.create_index(op.f("ix_care_person_id_day"), "care", ["person_id", "day"], unique=False)
    op.create_table(
        "checkins",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", Name(16), nullable=False),
        sa.Column("pain_now", sa.Integer(), nullable=True),
        sa.Column("pain_average", sa.Integer(), nullable=True),
        sa.Column("pain_worst", sa.Integer(), nullable=True),
        sa.Column("symptoms", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("psfs", sa.JSON(), nullable=False),
        sa.Column("worse", sa.Boolean(), nullable=False),
        sa.Column("session_id", Name(64), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("pain_average BETWEEN 0 AND 10", name=op.f("ck_checkins_pain_average")),
        sa.CheckConstraint("pain_now BETWEEN 0 AND 10", name=op.f("ck_checkins_pain_now")),
        sa.CheckConstraint("pain_worst BETWEEN 0 AND 10", name=op.f("ck_checkins_pain_worst")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_checkins_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_checkins")),
    )
    op.create_index(op.f("ix_checkins_person_id_at"), "checkins", ["person_id", "at"], unique=False)
    op.create_index(
        op.f("ix_checkins_person_id_session_id"), "checkins", ["person_id", "session_id"], unique=False
    )
    op.create_table(
        "dismissals",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("question", Name(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_dismissals_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "question", "day", name=op.f("pk_dismissals")),
    )
    op.create_table(
        "intakes",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("intake", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_intakes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_intakes")),
    )
    op.create_index(op.f("ix_intakes_person_id_at"), "intakes", ["person_id", "at"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("why", Name(16), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_pauses_forward")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_pauses_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_pauses")),
    )
    op.create_index(op.f("ix_pauses_person_id_first_day"), "pauses", ["person_id", "first_day"], unique=False)
    op.create_table(
        "plans",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_plans_forward")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_plans_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_person_id_made_at"), "plans", ["person_id", "made_at"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("key", Name(80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_preferences_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_preferences")),
    )
    op.create_table(
        "screenings",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("level", Name(16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("clearance", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_screenings_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_screenings")),
    )
    op.create_index(op.f("ix_screenings_person_id_at"), "screenings", ["person_id", "at"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("script", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_sessions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_sessions")),
    )
    op.create_index(
        op.f("ix_sessions_person_id_created_at"), "sessions", ["person_id", "created_at"], unique=False
    )
    op.create_index(
        op.f("ix_sessions_person_id_finished_at"), "sessions", ["person_id", "finished_at"], unique=False
    )
    op.create_table(
        "setup_looks",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("id", Name(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("place", Name(16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("to_change", sa.JSON(), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_setup_looks_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_setup_looks")),
    )
    op.create_index(op.f("ix_setup_looks_person_id_at"), "setup_looks", ["person_id", "at"], unique=False)
    op.create_table(
        "events",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("session_id", Name(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_id", Name(80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("kind", Name(40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "session_id"],
            ["sessions.person_id", "sessions.id"],
            name=op.f("fk_events_person_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_events_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "session_id", "seq", name=op.f("pk_events")),
        sa.UniqueConstraint(
            "person_id", "session_id", "event_id", name=op.f("uq_events_person_id_session_id_event_id")
        ),
    )
    op.create_table(
        "performances",
        sa.Column("person_id", Name(64), nullable=False),
        sa.Column("session_id", Name(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("exercise_id", Name(64), nullable=False),
        sa.Column("done_s", sa.Float(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("performance", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "session_id"],
            ["sessions.person_id", "sessions.id"],
            name=op.f("fk_performances_person_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.person_id"], name=op.f("fk_performances_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "session_id", "position", name=op.f("pk_performances")),
    )
    op.create_index(op.f("ix_performances_person_id_at"), "performances", ["person_id", "at"], unique=False)
    op.create_index(
        op.f("ix_performances_person_id_exercise_id_at"),
        "performances",
        ["person_id", "exercise_id", "at"],
        unique=False,
    )
