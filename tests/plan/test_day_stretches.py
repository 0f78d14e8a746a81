"""A day as stretches: the sensed one keeps its pauses, the usual one its hours."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from core_rig import adult, intakes
from midback.body.exposure import Activity, Bout, summarise
from midback.plan.answers import Intake, UsualBout
from midback.plan.day_stretches import LUNCH_S, stretches_of, usual_stretches
from midback.plan.schedule import STILL

START = datetime(2026, 3, 2, tzinfo=UTC)


def a_bout(start_h: float, end_h: float, activity: Activity) -> Bout:
    return Bout(start=START + timedelta(hours=start_h), end=START + timedelta(hours=end_h), activity=activity)


def test_a_sensed_day_runs_from_the_first_stillness_to_the_last() -> None:
    """What lies between is kept, and what nobody knows stays unknown; at the wheel nothing is said."""
    bouts = (
        a_bout(7, 8, "moving"),
        a_bout(8, 9, "driving"),
        a_bout(9, 11, "sitting"),
        a_bout(12, 13, "sitting"),
        a_bout(13, 14, "moving"),
    )
    day = stretches_of(summarise(bouts, START, START + timedelta(days=1)))
    assert [(s.doing, s.seconds / 3600) for s in day] == [
        ("driving", 1),
        ("sitting", 2),
        ("unknown", 1),
        ("sitting", 1),
    ]
    assert [s.welcome for s in day] == [False, True, True, True]
    assert stretches_of(summarise((), START, START + timedelta(days=1))) == ()


def test_a_usual_day_is_its_lines_or_its_hours() -> None:
    """With lines the day is as they say; without, the hours lie around lunch."""
    lines = (
        UsualBout(start=540, end=720, activity="sitting"),
        UsualBout(start=700, end=760, activity="moving"),
        UsualBout(start=800, end=900, activity="standing"),
    )
    assert [(s.doing, s.seconds) for s in usual_stretches(adult(usual_day=lines))] == [
        ("sitting", 10800),
        ("moving", 2400),
        ("unknown", 2400),
        ("standing", 6000),
    ]
    hours = usual_stretches(adult(sitting_h=6, driving_h=2, standing_h=0))
    assert [(s.doing, s.seconds / 3600) for s in hours] == [
        ("driving", 1),
        ("sitting", 3),
        ("moving", LUNCH_S / 3600),
        ("sitting", 3),
        ("driving", 1),
    ]


@given(intakes())
def test_usual_hours_are_kept(intake: Intake) -> None:
    """The still seconds of a day made from hours are those hours, and it begins and ends still."""
    day = usual_stretches(intake)
    if not day:
        return
    assert day[0].doing in STILL
    assert day[-1].doing in STILL
    assert all(stretch.seconds > 0 for stretch in day)
    if not intake.usual_day:
        hours = intake.sitting_h + intake.driving_h + intake.standing_h
        assert sum(s.seconds for s in day if s.doing in STILL) == pytest.approx(hours * 3600)
