"""Why: a day is laid out without holes, what is not known is never rest, and breaks never make it worse."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.app.clock import SetClock
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.setup_check import save_look
from midback.app.why import Angles, Basis, Person, basis_of, why_day, why_effect, why_now
from midback.app.why_effect import with_breaks
from midback.app.why_hours import HOUR, Piece, pieces_of, usual_hours
from midback.app.why_lived import efforts_of, live, parts_of
from midback.app.why_postures import subject_of
from midback.body.exposure import ACTIVITIES, STILL, Bout
from midback.body.tissue import GROUPS, TissueState, rested, tiredness
from midback.catalogue.constants import load_constants
from midback.plan.answers import Intake, UsualBout
from midback.store import plans
from midback.store.people import DEFAULT_PERSON as ME

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 1, 23, tzinfo=UTC)  # in Berlin
SUBJECT = subject_of(Person())
MINUTES = 24 * 60


def at(hour: int, minute: int = 0) -> datetime:
    """Return an instant of that Monday by Berlin's clock."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=BERLIN)


@st.composite
def day_bouts(draw: st.DrawFn) -> tuple[Bout, ...]:
    """Draw bouts of a Monday, one after the other."""
    cuts = sorted(draw(st.sets(st.integers(0, MINUTES), max_size=10)))
    made = []
    for first, last in pairwise(cuts):
        bout = Bout(
            start=MIDNIGHT + timedelta(minutes=first),
            end=MIDNIGHT + timedelta(minutes=last),
            activity=draw(st.sampled_from(ACTIVITIES)),
        )
        made.append(bout)
    return tuple(made)


@pytest.fixture
def monday(settled: House, clock: SetClock) -> House:
    """A Monday at 18:00: sitting from 9 to 12, 45 min of walking, driving from 15 to 16."""
    clock.advance(hours=10)
    add_bout(settled, ME, "sitting", at(9), at(12))
    add_bout(settled, ME, "moving", at(12), at(12, 45))
    add_bout(settled, ME, "driving", at(15), at(16))
    return settled


@given(day_bouts())
def test_pieces_tile_the_day(bouts: tuple[Bout, ...]) -> None:
    """Pieces leave no hole, never pass a full hour, and say of each minute what the bouts said."""
    end = MIDNIGHT + timedelta(days=1)
    pieces = pieces_of(bouts, MIDNIGHT, end, Intake(), BERLIN, load_constants())
    assert pieces[0].start == MIDNIGHT
    assert pieces[-1].end == end
    assert all(first.end == second.start for first, second in pairwise(pieces))
    hours = [(piece.start - MIDNIGHT) // HOUR for piece in pieces]
    assert all(piece.end <= MIDNIGHT + (hour + 1) * HOUR for piece, hour in zip(pieces, hours, strict=True))
    for activity in set(ACTIVITIES) - {"unknown"}:
        told = sum((bout.end - bout.start).total_seconds() for bout in bouts if bout.activity == activity)
        assert sum(piece.seconds for piece in pieces if piece.doing == activity) == pytest.approx(told)


@given(day_bouts())
def test_unknown_is_never_rest(bouts: tuple[Bout, ...]) -> None:
    """Only moving, being away and the night ask for nothing; unknown time asks for what upright asks."""
    pieces = pieces_of(bouts, MIDNIGHT, MIDNIGHT + timedelta(days=1), Intake(), BERLIN, load_constants())
    effort = efforts_of(SUBJECT, pieces).fraction[:, GROUPS.index("mid-back")]
    for piece, asked in zip(pieces, effort, strict=True):
        assert (asked > 0) == (piece.doing in (*STILL, "unknown"))


@given(day_bouts(), st.floats(600, 5400))
def test_breaks_take_no_time_and_never_tire(bouts: tuple[Bout, ...], after_s: float) -> None:
    """The day stays as long, driving is not cut, and neither mean nor end is higher than without breaks."""
    pieces = pieces_of(bouts, MIDNIGHT, MIDNIGHT + timedelta(days=1), Intake(), BERLIN, load_constants())
    tried, prompts = with_breaks(pieces, after_s)
    assert sum(piece.seconds for piece in tried) == pytest.approx(MINUTES * 60)
    drove = [sum(p.seconds for p in row if p.doing == "driving") for row in (pieces, tried)]
    assert drove[0] == pytest.approx(drove[1])
    was, now = live(SUBJECT, pieces, rested()), live(SUBJECT, tried, rested())
    assert prompts == 0 or np.all(tiredness(now.last) <= tiredness(was.last) + 1e-9)


def test_two_days_are_enough() -> None:
    """Whether somebody was rested or worn out two midnights ago is no longer told from the state."""
    pieces = []
    for number in (2, 1):
        start = MIDNIGHT - timedelta(days=number)
        day = (MONDAY - timedelta(days=number), start, start + timedelta(days=1))
        bouts = usual_hours(Intake(), day[0], BERLIN)
        pieces += pieces_of(bouts, day[1], day[2], Intake(), BERLIN, load_constants())
    worn = TissueState(
        fatigue=np.full(3, 0.5), creep_fast=np.array(0.05), creep_slow=np.array(0.05), dose=np.ones(3)
    )
    found = [tiredness(live(SUBJECT, pieces, state).last) for state in (rested(), worn)]
    assert found[0] == pytest.approx(found[1], abs=0.01)


def test_a_day_is_told_by_its_hours(monday: House) -> None:
    """Hours that were not yet are empty; unknown ones have known 0 and a bracket; what drove it is named."""
    told = why_day(monday, ME, MONDAY)
    assert (len(told.hours), told.so_far, told.usual) == (24, True, False)
    by_hour = {hour.start.astimezone(BERLIN).hour: hour for hour in told.hours}
    assert by_hour[9].seconds == {"sitting": 3600}
    assert by_hour[9].known == 1
    assert by_hour[20].tiredness == {}
    assert by_hour[13].seconds == {"unknown": 3600}
    assert by_hour[13].known == 0
    low, middle, high = (
        getattr(by_hour[14], name)["mid-back"] for name in ("tiredness_low", "tiredness", "tiredness_high")
    )
    assert low < middle < high
    assert told.longest is not None
    assert (told.longest.start, told.longest.end) == (at(9), at(12))
    assert {one.activity for one in told.stretches} == {"sitting", "driving"}
    shares = {doing: told.by_activity[doing] for doing in ("sitting", "driving")}
    assert {one.activity: one.added for one in told.stretches} == pytest.approx(shares)
    assert by_hour[9].load == pytest.approx(told.sitting)
    assert sum(told.by_activity.values()) == pytest.approx(1)
    assert sum(told.by_part.values()) == pytest.approx(1)
    assert told.said[0].message_id == "why.sore"
    notes = {note.message_id: note.values for note in told.notes}
    assert notes["why.unknown-upright"] == {"unknown_min": 120 + 135 + 120}
    assert told.night_s == pytest.approx((24 * 60 - 1350 + 420) * 60)
    assert why_now(monday, ME).angles == told.posture.angles


def test_a_usual_day_stands_in(house: House, clock: SetClock) -> None:
    """Without sensors the intake's day is laid out whole: its lines, else its hours; before it a common one."""
    assert {note.message_id for note in why_day(house, ME).notes} >= {"why.day-nobody", "why.general"}
    save_intake(house, ME, Intake(sitting_h=6))
    told = why_day(house, ME)
    assert "why.day-hours" in {note.message_id for note in told.notes}
    assert sum(hour.seconds.get("sitting", 0) for hour in told.hours) == 6 * 3600
    save_intake(house, ME, Intake(usual_day=(UsualBout(start=600, end=660, activity="driving"),)))
    told = why_day(house, ME)
    assert (told.usual, told.so_far) == (True, False)
    assert sum(hour.seconds.get("driving", 0) for hour in told.hours) == 3600
    sunday = why_day(house, ME, MONDAY - timedelta(days=1))
    assert "why.day-free" in {note.message_id for note in sunday.notes}
    assert sunday.stretches == ()


def test_the_set_up_check_is_heard(monday: House) -> None:
    """Arms that rest by the check make the same day ask less."""
    before = why_day(monday, ME)
    save_look(monday, ME, "desk", {"arm-support": True, "back-rest": True})
    after = why_day(monday, ME)
    assert after.state.peak["shoulders"] < before.state.peak["shoulders"]
    assert "why.postures-setup" in {note.message_id for note in after.notes}


def test_the_back_rest_is_heard(monday: House, clock: SetClock) -> None:
    """A rest that touches makes the mid-back of the same day tire less, one that does not makes it tire more."""
    usual = why_day(monday, ME).state.mean["mid-back"]
    save_look(monday, ME, "desk", {"back-rest": True})
    leant = why_day(monday, ME).state.mean["mid-back"]
    clock.advance(seconds=1)
    save_look(monday, ME, "desk", {"back-rest": False})
    assert leant < usual < why_day(monday, ME).state.mean["mid-back"]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2025, 10, 26), 25)])
def test_days_on_which_the_clocks_change(settled: House, day: date, hours: int) -> None:
    """A day has as many hours as it has."""
    assert len(why_day(settled, ME, day).hours) == hours


def test_looking_changes_nothing(settled: House) -> None:
    """No plan is made because somebody looked."""
    with settled.engine.connect() as conn:
        before = plans.latest(conn, ME)
        told = why_day(settled, ME)
        assert plans.latest(conn, ME) == before
    assert (told.rule is None) == (before is None)


def test_what_came_from_which_part_is_told_by_what_was_bent() -> None:
    """One part alone bent is all of it; two stretches count by their length; upright asks for nothing beyond itself."""
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    subject = subject_of(Person(mass_kg=68, stature_m=1.72, sex="female"))

    def parts(*held: tuple[Angles, float]) -> dict[str, float]:
        at, pieces = start, []
        for angles, hours in held:
            end = at + timedelta(hours=hours)
            pieces.append(Piece(start=at, end=end, doing="sitting", angles=angles))
            at = end
        return {**parts_of(subject, live(subject, pieces, rested()))}

    head, arms, trunk = Angles(head_flexion=30), Angles(arms_forward=30), Angles(trunk_flexion=15)
    for name, angles in (("head", head), ("arms", arms), ("trunk", trunk)):
        found = parts((angles, 1.0))
        assert found == {part: pytest.approx(float(part == name)) for part in ("head", "arms", "trunk")}
    assert parts((Angles(thoracic_flexion=15), 1.0))["trunk"] == pytest.approx(1)
    even, long = parts((head, 1.0), (arms, 1.0)), parts((head, 3.0), (arms, 1.0))
    odds = [one["head"] / one["arms"] for one in (even, long)]
    assert odds[1] == pytest.approx(3 * odds[0])
    assert parts((Angles(), 1.0)) == {}


def test_sliders_move_the_day(monday: House) -> None:
    """Upright with breaks is less than the day was; the day's own posture without breaks is the day."""
    basis: Basis = basis_of(monday, ME)
    upright = why_effect(basis, Angles(), 20)
    bent = why_effect(basis, Angles(head_flexion=50, thoracic_flexion=20, arms_forward=45))
    sat = next(piece for piece in basis.pieces if piece.doing == "sitting")
    same = why_effect(basis, sat.angles)
    assert upright.state.breaks > upright.usual.breaks
    for group in ("neck", "mid-back", "shoulders"):
        assert upright.state.mean[group] < upright.usual.mean[group] < bent.state.mean[group]
        assert same.state.mean[group] == pytest.approx(same.usual.mean[group])
