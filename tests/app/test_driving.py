"""Driving in one tap: nothing is done meanwhile, arriving keeps it, and what is not known is asked."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from midback.app.clock import SetClock, today_of
from midback.app.driving import arrived, drive_now, driving_since, not_driving, plan_drive, region_of
from midback.app.evidence import take_in
from midback.app.exposures import show_day, start_now
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.planning import current_plan
from midback.app.session import open_session, post_event
from midback.app.session_choice import Wish
from midback.app.wear import start_wear
from midback.body.evidence import Evidence
from midback.errors import InputError, NotFound, SafetyStop
from midback.plan.answers import Intake
from midback.plan.decide import AFTER_DRIVE
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def typed(at: datetime) -> Evidence:
    """Return a sample of somebody at the keyboard."""
    return Evidence(at=at, source="input", idle_s=2.0)


def test_a_drive_is_kept_and_a_movement_offered(settled: House, clock: SetClock) -> None:
    """Setting off and arriving make a driving bout; what opens and turns the back is offered after it."""
    since = drive_now(settled, ME)
    clock.advance(minutes=10)
    assert drive_now(settled, ME) == since
    clock.advance(minutes=50)
    done = arrived(settled, ME)
    assert done.bout is not None
    assert (done.bout.start, done.bout.end) == (since, clock.at)
    assert done.movement is not None
    assert done.movement[0] in AFTER_DRIVE
    assert [b.activity for b in show_day(settled, ME).bouts] == ["driving"]
    assert driving_since(settled, ME) is None
    with pytest.raises(NotFound):
        arrived(settled, ME)


def test_nothing_is_offered_to_someone_who_was_not_screened(house: House, clock: SetClock) -> None:
    """Without a screen the drive is kept and no movement is named."""
    drive_now(house, ME)
    clock.advance(minutes=30)
    assert arrived(house, ME).movement is None


def test_a_slip_of_the_finger_is_no_drive(house: House, clock: SetClock) -> None:
    """Under a minute nothing is kept; a drive can be taken back whole."""
    drive_now(house, ME)
    clock.advance(seconds=30)
    assert arrived(house, ME).bout is None
    drive_now(house, ME)
    clock.advance(minutes=30)
    not_driving(house, ME)
    assert show_day(house, ME).bouts == ()
    with pytest.raises(NotFound):
        not_driving(house, ME)


def test_an_arrival_that_was_forgotten_is_asked_about(house: House, clock: SetClock) -> None:
    """After sixteen hours nobody drives on: when it ended has to be said, and must fit."""
    since = drive_now(house, ME)
    clock.advance(hours=20)
    going = driving_since(house, ME)
    assert going is not None
    assert going.forgotten
    with pytest.raises(InputError, match="did not say when you arrived"):
        arrived(house, ME)
    with pytest.raises(InputError, match="did not say when you arrived"):
        drive_now(house, ME)
    for wrong in (since - timedelta(hours=1), clock.at + timedelta(hours=1)):
        with pytest.raises(InputError, match="does not fit"):
            arrived(house, ME, wrong)
    with pytest.raises(InputError, match="16 hours"):
        arrived(house, ME, since + timedelta(hours=17))
    done = arrived(house, ME, since + timedelta(hours=2))
    assert done.bout is not None
    assert done.bout.end - done.bout.start == timedelta(hours=2)


def test_typing_since_is_asked_about_and_not_taken_for_an_arrival(house: House, clock: SetClock) -> None:
    """Keys pressed an hour into the drive may be a passenger's: the drive stands until the person says."""
    since = drive_now(house, ME)
    clock.advance(minutes=90)
    take_in(house, ME, [typed(since + timedelta(minutes=2)), typed(since + timedelta(minutes=60))])
    going = driving_since(house, ME)
    assert going is not None
    assert (going.forgotten, going.seen_at) == (True, since + timedelta(minutes=60, seconds=-2))
    with pytest.raises(InputError, match="somebody used this computer"):
        arrived(house, ME)
    done = arrived(house, ME, since + timedelta(minutes=55))
    assert done.bout is not None


def test_nothing_is_worn_or_done_while_driving(settled: House, clock: SetClock, usual: Intake) -> None:
    """Sessions and the band are refused while driving, an open session goes on after arriving, not before."""
    save_intake(
        settled, ME, replace(usual, gear=usual.gear | {"posture-band"}, wanted=frozenset({"posture-band"}))
    )
    plan = current_plan(settled, ME).plan
    worn = next(i for i in plan.on(today_of(clock)) if i.exercise_id == "posture-band")
    running = open_session(settled, ME, "before", Wish(length_min=8, pain=2))
    drive_now(settled, ME)
    with pytest.raises(SafetyStop, match="driving"):
        open_session(settled, ME, "meanwhile", Wish(length_min=8, pain=2))
    with pytest.raises(SafetyStop, match="driving"):
        post_event(settled, ME, running.id, "e1", "start")
    with pytest.raises(SafetyStop, match="driving"):
        start_wear(settled, ME, worn.id)
    clock.advance(minutes=20)
    arrived(settled, ME)
    start_wear(settled, ME, worn.id)
    assert post_event(settled, ME, running.id, "e2", "start").id == running.id
    with pytest.raises(SafetyStop, match="band or disc"):
        drive_now(settled, ME)


def test_the_day_s_own_driving_holds_the_band_too(settled: House, clock: SetClock, usual: Intake) -> None:
    """Saying "driving, until now" by hand refuses the band as well."""
    save_intake(
        settled, ME, replace(usual, gear=usual.gear | {"posture-band"}, wanted=frozenset({"posture-band"}))
    )
    worn = next(
        i for i in current_plan(settled, ME).plan.on(today_of(clock)) if i.exercise_id == "posture-band"
    )
    start_now(settled, ME, "driving")
    with pytest.raises(SafetyStop, match="driving"):
        start_wear(settled, ME, worn.id)


def test_a_long_drive_is_planned_with_movements_for_a_lay_by(settled: House, usual: Intake) -> None:
    """Every stop has a movement that fits outdoors or in the cab, by the law of the person's country."""
    planned = plan_drive(settled, ME, 600, 8 * 60)
    assert planned.region == "eu"
    assert len(planned.movements) == len(planned.stops.stops) >= 4
    exercises = settled.catalogue.exercises
    for movement in (*planned.movements, planned.after):
        assert movement is not None
        places = exercises[movement[0]].variant(movement[1]).places
        assert {"outdoors", "cab"} & set(places)
    save_intake(settled, ME, replace(usual, country="US"))
    assert plan_drive(settled, ME, 600, 8 * 60).region == "us"
    assert plan_drive(settled, ME, 30).stops.stops == ()
    with pytest.raises(InputError):
        plan_drive(settled, ME, 0)


@pytest.mark.parametrize(
    ("country", "region"), [("de", "eu"), ("NO", "eu"), ("US", "us"), ("CH", "other"), ("other", "other")]
)
def test_whose_law_is_told(country: str, region: str) -> None:
    """The Union's rule for the economic area, the American one for the States, none elsewhere."""
    assert region_of(country) == region
