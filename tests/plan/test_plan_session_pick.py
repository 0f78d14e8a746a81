"""Sessions of 3, 8 and 20 minutes out of a day's items."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import MONDAY, adult, cleared, intakes, library, performed
from midback.errors import Infeasible
from midback.plan.answers import Intake
from midback.plan.draft import LYING
from midback.plan.planner import plan_week
from midback.plan.prescription import Prescription
from midback.plan.progression import Decision
from midback.plan.selection import LENGTHS, Length, cost_s, pick_session, suggest_length

LIBRARY = library()
GEAR = frozenset({"towel", "wedge", "ball", "resistance-band", "posture-band"})


def monday(intake: Intake | None = None, level: int = 0) -> tuple[Prescription, ...]:
    intake = intake or adult(gear=GEAR, wanted=frozenset({"posture-band"}))
    decisions = {key: Decision(level=level) for key in LIBRARY}
    return plan_week(MONDAY, intake, cleared(intake), LIBRARY, decisions, days=1).items


def spent(items: tuple[Prescription, ...]) -> float:
    return sum(cost_s(item) for item in items)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_session_fits_its_length(length: Length) -> None:
    """With getting ready, sides, sets and rests a session is no longer than chosen."""
    picked = pick_session(monday(level=9), length, LIBRARY)
    assert 0.5 * length * 60 <= spent(picked) <= length * 60


@given(intakes(), st.sampled_from(LENGTHS), st.integers(0, 3))
def test_laws_of_a_session(intake: Intake, length: Length, level: int) -> None:
    """No exercise twice, nothing worn, one time of lying, never more than planned, never too long."""
    try:
        items = monday(intake, level)
    except Infeasible:
        return
    planned = {item.id: item for item in items}
    picked = pick_session(items, length, LIBRARY)
    assert spent(picked) <= length * 60
    assert len({item.exercise_id for item in picked}) == len(picked)
    assert sum(item.exercise_id in LYING for item in picked) <= 1
    for item in picked:
        assert LIBRARY[item.exercise_id].family in ("daily", "break")
        was = planned[item.id].dose
        assert item.dose.seconds <= was.seconds
        assert item.dose.sets <= was.sets
        assert (item.dose.repetitions or 0) <= (was.repetitions or 0)


def test_what_matters_most_is_taken_first() -> None:
    """The item of the first priority is in the shortest session."""
    items = monday(adult(gear=GEAR, tried={"thread-needle": "helped"}))
    assert "thread-needle" in {item.exercise_id for item in pick_session(items, 3, LIBRARY)}


def test_a_long_dose_is_cut_to_a_short_session_and_says_so() -> None:
    """Ten minutes over the towel become what is left of three, with the reason."""
    towel = next(item for item in monday() if item.exercise_id == "towel-extension")
    long = replace(towel, dose=replace(towel.dose, seconds=600))
    (cut,) = pick_session([long], 3, LIBRARY)
    assert cut.dose.seconds == 175
    assert cut.reasons[-1].message_id == "plan.shortened"


def test_no_time_brings_a_shorter_session_for_three_days() -> None:
    """Skipping for want of time offers the next shorter length; after three days the usual one again."""
    hurried = performed(1, skipped="no-time", done_s=0.0)
    assert suggest_length([hurried], MONDAY, 20)[0] == 8
    assert suggest_length([hurried], MONDAY, 3) == (3, None)
    assert suggest_length([performed(3, skipped="no-time", done_s=0.0)], MONDAY, 8) == (8, None)
