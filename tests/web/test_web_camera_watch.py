"""The pages of the day with the camera: a mark while it looks, a kind word when it moved, and how one sat."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from web_rig import ME, Served, spool

from midback.app.clock import at_minute, today_of
from midback.app.house import House
from midback.daemon.lock import hold_watch
from midback.web.sensed import day_mark

TUESDAY = "2026-03-03"


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Come in by a link."""
    with served.client() as inside:
        yield inside


def at(house: House, minute: float, days: int = -1) -> datetime:
    """Return an instant of the day before the fixture's Wednesday, in minutes after its midnight."""
    return at_minute(house.clock, today_of(house.clock) + timedelta(days=days), 0) + timedelta(minutes=minute)


def work(house: House, per_hour: float, days: int = -1) -> None:
    """Write two hours of typing with a look every five minutes of somebody who sinks, and one into the dark."""
    for minute in range(540, 661):
        spool(house, "evidence", {"at": at(house, minute, days), "source": "input", "idle_s": 1})
    for minute in range(540, 660, 5):
        change = per_hour * (minute - 540) / 60
        seen = {"seen": "seated", "ratio": 0.6 * (1 + change), "change": change, "look": "upright"}
        spool(house, "evidence", {"at": at(house, minute, days), "source": "camera", "samples": 14, **seen})
    dark = {"seen": "unclear", "look": "no-reading", "reason": "dark"}
    spool(house, "evidence", {"at": at(house, 652, days), "source": "camera", **dark})


def leave_state(house: House, **camera: Any) -> None:
    """Leave what a loop says of its camera."""
    folder = house.data_dir / "watch"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "state.json").write_text(json.dumps({"pid": 1, "backend": "x11", "camera": camera}))


def test_the_day_shows_how_one_sat(served: Served, client: httpx.Client) -> None:
    """Dots under the spine, the drift in words with its doubt, and what the number is not."""
    work(served.house, -0.05)
    text = client.get(f"/day/{TUESDAY}").text
    assert text.count('class="mb-spine mb-spine-looks"') == 2
    assert "You sank by 5.0 % an hour" in text
    assert "it is no angle of the neck" in text
    assert "no reading. It was too dark to see you." in text


def test_one_day_is_not_clear_over_a_week(served: Served, client: httpx.Client) -> None:
    """What one stretch of one day comes to is told of no week and no month, and from how many days is said."""
    work(served.house, -0.05)
    for page in ("week", "month"):
        text = client.get(f"/day/{page}?until={TUESDAY}").text
        assert "1 stretch of sitting on 1 day was long enough to say how it went." in text
        assert "Whether you sank is not clear from 1 day." in text
        assert "an hour" not in text


def test_days_that_agree_are_told_with_their_interval(served: Served, client: httpx.Client) -> None:
    """Six days that all sink say by how much, and between which bounds."""
    for number in range(1, 7):
        work(served.house, -0.01 * number, -number)
    text = client.get(f"/day/week?until={TUESDAY}").text
    assert "6 stretches of sitting on 6 days were long enough to say how they went." in text
    assert "In the middle you sank by 3.5 % an hour (1.0 % to 6.0 %)." in text


def test_a_day_without_looks_has_no_empty_drawing(client: httpx.Client) -> None:
    """Where the camera never looked, nothing is said of it."""
    assert "mb-spine-looks" not in client.get(f"/day/{TUESDAY}").text


def test_the_numbers_are_there_for_programs(served: Served, client: httpx.Client) -> None:
    """A day's looks and stretches, and one row a day."""
    work(served.house, -0.05)
    day = client.get(f"/api/days/{TUESDAY}/sitting").json()
    assert [len(day["readings"]), len(day["bouts"])] == [25, 1]
    assert day["bouts"][0]["drift"]["per_hour"] == pytest.approx(-0.05, abs=1e-6)
    rows = client.get("/api/sitting", params={"first": "2026-03-02", "last": TUESDAY}).json()
    assert [row["readings"] for row in rows] == [0, 24]
    assert rows[0]["middle"] is None


def test_the_camera_shows_a_mark_while_it_looks(served: Served, client: httpx.Client) -> None:
    """The strip of now says it, and the mark of the day turns so that open pages follow at once."""
    house = served.house
    with hold_watch(house.data_dir):
        leave_state(house, looking=None)
        closed, before = client.get("/day").text, day_mark(house, ME)
        leave_state(house, looking="2026-03-04T09:00:00Z")
        text, after = client.get("/day").text, day_mark(house, ME)
        told = client.get("/api/watch").json()["camera"]
    assert "The camera looks for a few seconds" not in closed
    assert "The camera looks for a few seconds. No picture is kept." in text
    assert before != after
    assert told["looking"] == "2026-03-04T09:00:00Z"


def test_a_loop_that_was_killed_looks_no_more(served: Served, client: httpx.Client) -> None:
    """What the state said last is not believed of a process that is gone."""
    leave_state(served.house, looking="2026-03-04T09:00:00Z", calibrate_again=True)
    text = client.get("/day").text
    assert "The camera looks" not in text
    assert "Calibrate again" not in text


def test_a_moved_camera_is_told_kindly(served: Served, client: httpx.Client) -> None:
    """It is the camera or the seat that moved, never the person who sits wrong; the way to mend it is beside it."""
    with hold_watch(served.house.data_dir):
        leave_state(served.house, looking=None, calibrate_again=True)
        text = client.get("/day").text
    assert "Your camera or your seat seems to have moved, so its looks tell nothing for now." in text
    assert 'href="/camera"' in text
