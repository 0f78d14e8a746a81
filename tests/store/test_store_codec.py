"""What is kept comes back as it was."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.exposure import Bout, Exposure
from midback.errors import InputError
from midback.plan.answers import CheckIn, Intake, Pause, ScreenAnswers
from midback.plan.changes import Change
from midback.plan.clearance import Clearance
from midback.plan.performance import Performance
from midback.plan.prescription import Plan
from midback.plan.progression import Decision
from midback.store.codec import dump, load
from strategies import anything

KINDS = (
    ScreenAnswers,
    Clearance,
    Intake,
    CheckIn,
    Pause,
    Bout,
    Exposure,
    Plan,
    Decision,
    Change,
    Performance,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_any_value_survives_json_text(kind: type) -> None:
    """Every value that is kept as JSON is the same after it was written as text and read again."""

    @given(anything(kind))
    def law(value: object) -> None:
        text = json.dumps(dump(value), allow_nan=False)
        assert load(kind, json.loads(text)) == value
        assert json.dumps(dump(load(kind, json.loads(text)))) == text

    law()


@given(st.frozensets(st.text(max_size=5), max_size=8))
def test_sets_are_written_in_order(told: frozenset[str]) -> None:
    """The same set is always the same text, whatever the order of its members in memory."""
    assert dump(told) == sorted(told, key=repr)


def test_an_instant_is_written_in_utc() -> None:
    """A time with an offset is written as the same instant in UTC with a Z."""
    at = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert dump(at) == "2026-03-02T08:30:00Z"


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 3, 2),  # noqa: DTZ001 - that it is naive is the point
        float("nan"),
        float("inf"),
        object(),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    ],
    ids=["naive", "nan", "infinite", "unknown", "before-the-calendar"],
)
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    """A naive datetime, a number that is none and an unknown type raise InputError."""
    with pytest.raises(InputError):
        dump({"a": [value]})


def test_a_fault_is_named_by_its_path() -> None:
    """Data that is no such value raises InputError with the path to the first fault."""
    data = dump(CheckIn(at=datetime(2026, 3, 2, tzinfo=UTC))) | {"pain_now": "much"}
    with pytest.raises(InputError, match=r"checkins\.3\.pain_now"):
        load(CheckIn, data, "checkins.3")
