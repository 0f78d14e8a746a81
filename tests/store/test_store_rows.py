"""The small tables: what is kept comes back, belongs to its person, and is refused when it cannot be."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from sqlalchemy import Connection

from midback.catalogue.exercise import Dose
from midback.errors import InputError, NotFound
from midback.plan.answers import CheckIn, Intake, Pause, ScreenAnswers
from midback.plan.clearance import Clearance
from midback.plan.prescription import Plan, Prescription
from midback.store import (
    adverse,
    care,
    checkins,
    dismissals,
    intakes,
    pauses,
    people,
    plans,
    preferences,
    screenings,
    setup_looks,
)
from midback.store.adverse import AdverseEvent
from midback.store.care import Visit
from midback.store.plans import MadePlan
from midback.store.setup_looks import SetupLook
from strategies import anything

Scratch = Callable[[], AbstractContextManager[Connection]]
NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
DAY = date(2026, 3, 2)


def screen(level: str, at: datetime) -> tuple[ScreenAnswers, Clearance]:
    """Return a screen and what it came to."""
    return ScreenAnswers(at=at), Clearance(level=level, reasons=(), at=at, due_at=at)


def test_screens_are_kept_newest_first(connection: Connection) -> None:
    """Every screen stays, the newest one counts and stands first."""
    for number, level in enumerate(("stop", "gated", "go")):
        screenings.add(connection, "me", *screen(level, NOW + timedelta(hours=number)))
    assert [one.clearance.level for one in screenings.history(connection, "me")] == ["go", "gated", "stop"]
    assert [one.clearance.level for one in screenings.history(connection, "me", limit=1)] == ["go"]
    newest = screenings.latest(connection, "me")
    assert newest is not None
    assert newest.clearance.level == "go"
    assert screenings.first_at(connection, "me") == NOW


def test_a_clock_set_back_lets_no_older_answer_win(connection: Connection) -> None:
    """What was answered last counts, although an earlier answer carries a later time."""
    screenings.add(connection, "me", *screen("go", NOW + timedelta(days=400)))
    screenings.add(connection, "me", *screen("stop", NOW))
    intakes.save(connection, "me", Intake(country="DE"), NOW + timedelta(days=400))
    intakes.save(connection, "me", Intake(country="AT"), NOW)
    assert [one.clearance.level for one in screenings.history(connection, "me")] == ["stop", "go"]
    assert intakes.latest(connection, "me") == Intake(country="AT")
    for start in (400, 0):
        first = DAY + timedelta(days=start)
        plan = Plan(start=first, days=7, target_minutes=20, items=())
        plans.save(connection, "me", plan, {}, (), NOW + timedelta(days=start))
    newest = plans.latest(connection, "me")
    assert newest is not None
    assert newest.plan.start == DAY


def test_an_intake_never_erases_the_one_before(connection: Connection) -> None:
    """The newest intake counts; the earlier ones stay with their dates."""
    assert intakes.latest(connection, "me") is None
    for number, country in enumerate(("DE", "AT")):
        intakes.save(connection, "me", Intake(country=country), NOW + timedelta(hours=number))
    assert intakes.latest(connection, "me") == Intake(country="AT")
    assert [kept.intake.country for kept in intakes.history(connection, "me")] == ["DE", "AT"]


@given(anything(CheckIn))
def test_any_check_in_comes_back(scratch: Scratch, checkin: CheckIn) -> None:
    """A check-in is kept with every answer, and "not answered" stays not answered."""
    with scratch() as connection:
        kept = checkins.add(connection, "me", checkin)
        assert kept == checkin
        assert checkins.latest(connection, "me") == kept
        assert checkins.since(connection, "me", kept.at) == (kept,)
        assert checkins.since(connection, "me", kept.at, kept.at) == ()
        assert checkins.add(connection, "me", kept) == kept
        assert checkins.listed(connection, "me") == (kept,)
        assert checkins.remove(connection, "me", kept.id)
        assert not checkins.remove(connection, "me", kept.id)


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_outside_the_scale_is_refused(connection: Connection, pain: int) -> None:
    """Pain and ratings go from 0 to 10, whichever door they come through."""
    with pytest.raises(InputError, match="0 to 10"):
        checkins.add(connection, "me", CheckIn(at=NOW, pain_worst=pain))
    with pytest.raises(InputError, match="0 to 10"):
        checkins.add(connection, "me", CheckIn(at=NOW, psfs={"lifting": pain}))
    with pytest.raises(InputError, match="0 to 10"):
        care.add(connection, "me", Visit(day=DAY, pain_before=pain))
    assert checkins.listed(connection, "me") == ()


@given(anything(MadePlan))
def test_any_plan_comes_back_with_its_decisions(scratch: Scratch, made: MadePlan) -> None:
    """A plan is kept with the decisions it rests on and what it changed, and is found by its days."""
    with scratch() as connection:
        plans.save(connection, "me", made.plan, made.decisions, made.changes, made.at, made.id)
        last = made.plan.start + timedelta(days=made.plan.days - 1)
        assert plans.latest(connection, "me") == made
        assert plans.latest(connection, "me", last) == made
        assert plans.latest(connection, "me", last + timedelta(days=1)) is None


def item_on(day: date) -> Prescription:
    """Return one item of a plan."""
    return Prescription(
        id=f"{day}/morning/cat-cow",
        day=day,
        slot="morning",
        minute=450,
        exercise_id="cat-cow",
        variant_id="floor",
        level=0,
        dose=Dose(seconds=40),
        sides=("both",),
        range_scale=1.0,
        place="home-floor",
    )


def test_a_newer_plan_takes_over_its_days(connection: Connection) -> None:
    """The newest plan is whole; of those before it the days remain on which they held, one at least."""
    for start in (0, 0, 2, 30):
        first = DAY + timedelta(days=start)
        items = tuple(item_on(first + timedelta(days=n)) for n in range(7))
        plan = Plan(start=first, days=7, target_minutes=20, items=items)
        plans.save(connection, "me", plan, {}, (), NOW + timedelta(days=start))
    kept = [made.plan for made in plans.history(connection, "me")]
    assert [(plan.days, len(plan.items)) for plan in kept] == [(1, 1), (2, 2), (7, 7), (7, 7)]
    assert {item.day for item in kept[1].items} == {DAY, DAY + timedelta(days=1)}


def test_a_plan_without_days_is_refused(connection: Connection) -> None:
    """A plan covers at least one day and stays within the calendar."""
    for days in (0, 10**7):
        plan = Plan(start=DAY, days=days, target_minutes=20, items=())
        with pytest.raises(InputError):
            plans.save(connection, "me", plan, {}, (), NOW)


def test_a_pause_is_ended_in_place(connection: Connection) -> None:
    """Ending a pause keeps its start; an end before its start is refused."""
    pause = pauses.add(connection, "me", Pause(start=DAY, end=None, why="flare"))
    assert pauses.end(connection, "me", pause.id, DAY + timedelta(days=2))
    assert [(p.start, p.end) for p in pauses.listed(connection, "me")] == [(DAY, DAY + timedelta(days=2))]
    assert not pauses.end(connection, "me", "nobody", DAY)
    with pytest.raises(InputError):
        pauses.end(connection, "me", pause.id, DAY - timedelta(days=1))


def test_only_visits_that_took_place_count_for_a_day(connection: Connection) -> None:
    """A booked visit is listed, but is not part of the day until it is done."""
    booked = care.add(connection, "me", Visit(day=DAY, done=False, minutes=60))
    assert care.on(connection, "me", DAY) == ()
    done = care.add(connection, "me", Visit(id=booked.id, day=DAY, minutes=60, worked_on=("release",)))
    assert care.on(connection, "me", DAY) == care.listed(connection, "me") == (done,)
    for wrong in (Visit(day=DAY, cost=-1), Visit(day=DAY, minutes=float("nan"))):
        with pytest.raises(InputError):
            care.add(connection, "me", wrong)


def test_looks_events_and_dismissals_come_back(connection: Connection) -> None:
    """Set-up looks and what got worse come back in order; a question is dismissed once a day."""
    look = setup_looks.add(
        connection, "me", SetupLook(at=NOW, place="desk", answers={"screen-height": False})
    )
    assert setup_looks.listed(connection, "me") == (look,)
    event = adverse.add(
        connection, "me", AdverseEvent(at=NOW, what="a pull on the left", severity="moderate")
    )
    assert adverse.resolve(connection, "me", event.id, DAY)
    assert not adverse.resolve(connection, "me", "nobody", DAY)
    assert [kept.resolved_on for kept in adverse.listed(connection, "me")] == [DAY]
    for _ in range(2):
        dismissals.add(connection, "me", "daily", DAY)
    assert dismissals.on(connection, "me", DAY) == {"daily"}
    assert dismissals.on(connection, "me", DAY + timedelta(days=1)) == frozenset()
    assert len(dismissals.history(connection, "me")) == 1


def test_a_preference_takes_the_place_of_the_one_before(connection: Connection) -> None:
    """The last value written is read; one never written reads as the default."""
    assert preferences.read(connection, "me", "length", 8) == 8
    for value in (20, {"min": 3}, None):
        preferences.write(connection, "me", "length", value)
        assert preferences.read(connection, "me", "length", 8) == value
    preferences.remove(connection, "me", "length")
    assert preferences.every(connection, "me") == {}


def test_one_persons_rows_are_not_anothers(connection: Connection) -> None:
    """The same ids of two people live side by side, and removing one person leaves the other whole."""
    people.ensure_person(connection, "you", NOW)
    for person in ("me", "you"):
        checkins.add(connection, person, CheckIn(at=NOW, id="c", note=person))
    assert [kept.note for kept in checkins.listed(connection, "you")] == ["you"]
    people.remove(connection, "me")
    assert checkins.listed(connection, "me") == ()
    assert people.everyone(connection) == ("you",)
    assert not people.is_empty(connection, "you")
    with pytest.raises(NotFound):
        checkins.add(connection, "me", CheckIn(at=NOW))


def test_a_text_without_end_is_refused(connection: Connection) -> None:
    """A note has a longest length and holds nothing that is no text."""
    for note in ("x" * 5000, "a\0b", "\ud800"):
        with pytest.raises(InputError):
            checkins.add(connection, "me", CheckIn(at=NOW, note=note))
