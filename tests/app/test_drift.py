"""How one sat, day by day: worked out from evidence alone, the same after a new fold and out of an archive."""

from datetime import date, datetime, timedelta

import pytest

from midback.app.archive import export_text
from midback.app.clock import SetClock
from midback.app.drift import daily, day_drift, show_drift, sittings
from midback.app.evidence import refold_all_within, take_in
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.body.evidence import Evidence
from midback.body.exposure import Bout
from midback.store.people import DEFAULT_PERSON as ME

MONDAY = date(2026, 3, 2)


@pytest.fixture
def nine(clock: SetClock) -> datetime:
    """Return nine in the morning; it is evening by the clock."""
    start = clock.at + timedelta(hours=1)
    clock.at = clock.at + timedelta(hours=12)
    return start


def typing(start: datetime, minutes: int) -> list[Evidence]:
    """Return samples of somebody at the keys."""
    return [Evidence(at=start + timedelta(minutes=n), source="input", idle_s=1.0) for n in range(minutes + 1)]


def looked(start: datetime, minutes: int, per_hour: float, first: float = 0.0) -> list[Evidence]:
    """Return a look every five minutes of somebody who sinks by so much an hour."""
    found = []
    for minute in range(0, minutes + 1, 5):
        change = first + per_hour * minute / 60
        found.append(
            Evidence(
                at=start + timedelta(minutes=minute),
                source="camera",
                seen="seated",
                ratio=0.6 * (1 + change),
                change=change,
                near=1.0,
                look="slumped" if change < -0.08 else "upright",
                samples=14,
                spread=0.01,
            )
        )
    return found


def test_a_stretch_has_its_drift(house: House, nine: datetime) -> None:
    """Two hours in which somebody sinks by 5 % an hour say so, with the first and the later part."""
    take_in(house, ME, [*typing(nine, 120), *looked(nine, 120, -0.05)])
    day = show_drift(house, ME, MONDAY)
    assert len(day.readings) == 25
    (bout,) = day.bouts
    assert bout.drift.per_hour == pytest.approx(-0.05, abs=1e-6)
    assert bout.drift.clear
    assert (bout.drift.first or 0.0) > (bout.drift.later or 0.0)


def test_getting_up_begins_a_stretch_anew(house: House, nine: datetime) -> None:
    """A walk between two stretches parts them, and each has its own drift; looks outside of them have none."""
    lunch = nine + timedelta(minutes=60)
    evidence = [
        *typing(nine, 60),
        *looked(nine, 60, -0.06),
        Evidence(at=lunch, until=lunch + timedelta(minutes=30), source="person", activity="moving"),
        *typing(lunch + timedelta(minutes=30), 60),
        *looked(lunch + timedelta(minutes=30), 60, 0.0),
    ]
    take_in(house, ME, evidence)
    first, second = show_drift(house, ME, MONDAY).bouts
    assert first.drift.per_hour == pytest.approx(-0.06, abs=1e-6)
    assert second.drift.per_hour == pytest.approx(0.0, abs=1e-6)


def test_no_reading_is_a_gap_and_not_a_zero(house: House, nine: datetime) -> None:
    """Looks into the dark, at nobody and with another picture are told with their reason and count for nothing."""
    blank = [
        Evidence(
            at=nine + timedelta(minutes=7), source="camera", seen="unclear", look="no-reading", reason="dark"
        ),
        Evidence(at=nine + timedelta(minutes=12), source="camera", seen="absent"),
        Evidence(
            at=nine + timedelta(minutes=17),
            source="camera",
            seen="unclear",
            look="calibrate-again",
            change=-0.5,
            reason="moved",
        ),
        Evidence(at=nine + timedelta(minutes=22), source="camera", seen="seated", ratio=0.4),
    ]
    take_in(house, ME, [*typing(nine, 60), *looked(nine, 60, 0.0, first=-0.03), *blank])
    day = show_drift(house, ME, MONDAY)
    assert [(one.change, one.reason) for one in day.readings if one.change is None] == [
        (None, "dark"),
        (None, ""),
        (None, "moved"),
        (None, ""),
    ]
    (numbers,) = daily(house, ME, MONDAY, MONDAY)
    assert (numbers.readings, numbers.slumped) == (13, 0.0)
    assert numbers.middle == pytest.approx(-0.03)


def test_the_word_of_the_person_counts(house: House, nine: datetime) -> None:
    """Who says that they stood was not sitting, whatever the camera thought: no drift of that time."""
    take_in(house, ME, [*typing(nine, 60), *looked(nine, 60, -0.05)])
    add_bout(house, ME, "standing", nine - timedelta(minutes=1), nine + timedelta(minutes=61))
    assert show_drift(house, ME, MONDAY).bouts == ()


def test_days_as_an_outcome(house: House, nine: datetime, clock: SetClock) -> None:
    """One row a day with what it rests on; a day without looks is empty, and a future one is not there."""
    take_in(house, ME, [*typing(nine, 120), *looked(nine, 120, -0.06)])
    before, today = daily(house, ME, MONDAY - timedelta(days=1), MONDAY + timedelta(days=5))
    assert (before.readings, before.middle, before.per_hour) == (0, None, None)
    assert (today.day, today.readings, today.bouts) == (MONDAY, 25, 1)
    assert today.per_hour == pytest.approx(-0.06, abs=1e-6)
    assert today.middle == pytest.approx(-0.06, abs=1e-3)
    assert 0.2 < (today.slumped or 0.0) < 0.4


def test_it_survives_a_new_fold_and_moves_with_an_archive(house: House, nine: datetime) -> None:
    """Nothing is kept beside the evidence: folding anew changes nothing, and an archive carries every look."""
    take_in(house, ME, [*typing(nine, 120), *looked(nine, 120, -0.05)])
    before = show_drift(house, ME, MONDAY)
    with house.engine.begin() as conn:
        refold_all_within(conn, ME)
    assert show_drift(house, ME, MONDAY) == before
    text = "".join(export_text(house, ME))
    assert text.count('"look"') == 25


def test_a_hole_of_bookkeeping_does_not_part_a_stretch(nine: datetime) -> None:
    """Two pieces of sitting a minute apart are one; standing up between them makes two."""
    pieces = [(0, 30, "sitting"), (31, 60, "sitting"), (60, 66, "standing"), (66, 90, "sitting")]
    bouts = [
        Bout(start=nine + timedelta(minutes=a), end=nine + timedelta(minutes=b), activity=what)  # type: ignore[arg-type]
        for a, b, what in pieces
    ]
    found = [((a - nine).total_seconds() / 60, (b - nine).total_seconds() / 60) for a, b in sittings(bouts)]
    assert found == [(0, 60), (66, 90)]
    assert day_drift(MONDAY, [], bouts).bouts == ()
