"""The stops of a long drive, beside what the law asks of professional drivers."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import InputError
from midback.plan.stops import Region, plan_stops

EIGHT = 8 * 60


def legal(minutes: int, region: Region) -> list[tuple[int, int]]:
    """Return (minutes driven, minutes due by law) of the stops where any are due."""
    return [
        (stop.driven_min, stop.legal_min)
        for stop in plan_stops(minutes, EIGHT, region).stops
        if stop.legal_min
    ]


def test_a_short_drive_needs_no_stop() -> None:
    """Two hours are driven in one go, and the words say to move on arriving."""
    plan = plan_stops(120, EIGHT)
    assert (plan.stops, plan.arrive) == ((), 10 * 60)
    assert plan.reasons[0].message_id == "plan.stop-none"


def test_a_long_drive_stops_every_two_hours_at_most() -> None:
    """Five hours are three parts of 100 minutes with two stops of 5 between them."""
    plan = plan_stops(300, EIGHT)
    assert [(stop.minute, stop.driven_min, stop.length_min) for stop in plan.stops] == [
        (580, 100, 5),
        (685, 200, 5),
    ]
    assert plan.arrive == EIGHT + 300 + 10


def test_the_european_break_is_told_split() -> None:
    """45 minutes after 4 h 30 as first 15 and then 30, the second when 4 h 30 are driven."""
    assert legal(270, "eu") == []
    assert legal(271, "eu") == [(90, 15), (270, 30)]
    assert legal(600, "eu") == [(90, 15), (270, 30), (360, 15), (540, 30)]


def test_the_american_break_is_told_whole() -> None:
    """30 minutes when 8 hours are driven."""
    assert legal(480, "us") == []
    assert legal(481, "us") == [(480, 30)]


@given(st.integers(1, 1440), st.integers(0, 1439), st.sampled_from(("eu", "us", "other")))
def test_every_plan_holds_together(minutes: int, leave: int, region: Region) -> None:
    """No part is over two hours, all parts make the drive, and nobody takes it for a tachograph."""
    plan = plan_stops(minutes, leave, region)
    driven = [0, *(stop.driven_min for stop in plan.stops), minutes]
    assert all(0 < after - before <= 120 for before, after in itertools.pairwise(driven))
    assert plan.arrive == leave + minutes + sum(stop.length_min for stop in plan.stops)
    assert all(stop.length_min >= max(5, stop.legal_min) for stop in plan.stops)
    assert plan.reasons[-1].message_id == "plan.stop-no-tachograph"
    limit = {"eu": 270, "us": 480, "other": 10_000}[region]
    for begin in range(0, minutes - limit, limit):  # by the end of each legal stretch the whole break is over
        due = sum(stop.legal_min for stop in plan.stops if begin < stop.driven_min <= begin + limit)
        assert due == {"eu": 45, "us": 30}[region]


@pytest.mark.parametrize(("minutes", "leave"), [(0, 0), (-5, 0), (1441, 0), (60, -1), (60, 1440)])
def test_a_drive_that_is_none_is_refused(minutes: int, leave: int) -> None:
    """Less than a minute, more than a day, or no time of day."""
    with pytest.raises(InputError):
        plan_stops(minutes, leave)


def test_the_law_is_told_as_it_is() -> None:
    """In the EU nothing is owed before 4 h 30: an earlier stop may be the first part. In the US it is one break."""

    def told(minutes: int, region: Region) -> list[tuple[int, str]]:
        stops = plan_stops(minutes, 480, region).stops
        return [(s.driven_min, s.because[1].message_id) for s in stops if len(s.because) > 1]

    assert told(300, "eu") == [(90, "plan.stop-part"), (270, "plan.stop-rest")]
    assert told(500, "us") == [(480, "plan.stop-legal")]
    assert told(500, "other") == []
