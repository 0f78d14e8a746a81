"""Sensing, driving and prompts on the pages: what is live, what holds, what is brought in, what is said back."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from web_rig import ME, Served, spool

from midback.app.clock import SetClock
from midback.app.driving import driving_since
from midback.app.exposures import show_day
from midback.app.watching import read_watch
from midback.plan.interruptions import HOLDS

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T080000Z
DTSTART:20260305T080000Z
DTEND:20260305T090000Z
SUMMARY:Secret meeting
END:VEVENT
END:VCALENDAR
"""


def gpx(clock: SetClock) -> bytes:
    """Return a track of half an hour at some 60 km/h that ended three hours ago."""
    start = clock.now() - timedelta(hours=3, minutes=30)
    points = "".join(
        f'<trkpt lat="{52 + n * 0.0045:.5f}" lon="13.0"><time>{(start + timedelta(seconds=30 * n)).isoformat()}'
        "</time></trkpt>"
        for n in range(61)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def state(served: Served, **said: Any) -> None:
    """Write what the background process says of itself."""
    folder = served.house.data_dir / "watch"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "state.json").write_text(json.dumps({"pid": 1, "at": "2026-03-04T15:00:00Z", **said}), "utf-8")


def test_the_page_says_that_nothing_senses_and_how_to_start(served: Served) -> None:
    """Without a background process: not known, and the one command that changes it."""
    with served.client() as client:
        page = client.get("/sensing").text
        assert "midback does not know whether you sit" in page
        assert "midback service install" in page
        assert "sensing does not run" in client.get("/").text


def test_the_page_says_why_the_others_are_not_live(served: Served) -> None:
    """Back ends and signs that do not work here are named with their reason, beside the rule they leave blind."""
    state(served, backend=None, others={"x11": "no display"}, signs={"call": "no sound server", "lock": "ok"})
    with served.client() as client:
        page = client.get("/sensing").text
    assert re.search(r"X11</th><td>no display", page)
    assert re.search(r"Locked screen</th><td>live", page)
    assert "Not known here: no sound server" in page


def test_rules_hours_and_caps_are_kept_and_driving_stays_on(served: Served) -> None:
    """What is left unticked is off, but never driving; hours come back as they were given."""
    form = {
        "rule": ["typing", "call"],
        "when": "hours",
        "from-0": "09:00",
        "until-0": "17:30",
        "pause_s": "20",
        "back_min": "3",
        "notice_s": "0",
        "later_min": "10",
        "later_cap": "1",
        "skip_cap": "2",
        "prompts": "1",
    }
    with served.client() as client:
        page = client.post("/sensing", data=form).text
    kept = read_watch(served.house, ME)
    assert kept.off == frozenset(HOLDS) - {"typing", "call", "driving"}
    assert dict(kept.hours) == {0: (540, 1050)}
    assert (kept.pause_s, kept.back_s, kept.notice_s, kept.later_s) == (20, 180, 0, 600)
    assert (kept.later_cap, kept.skip_cap, kept.prompts, kept.sound) == (1, 2, True, False)
    assert re.search(r'value="driving" checked disabled', page)
    assert 'value="09:00"' in page


@pytest.mark.parametrize(
    "form",
    [
        {"when": "hours"},
        {"when": "hours", "from-2": "09:00"},
        {"when": "hours", "from-2": "18:00", "until-2": "18:00"},
        {"pause_s": "1"},
        {"later_cap": "many"},
    ],
)
def test_wishes_that_cannot_be_gone_by_are_refused_with_words(served: Served, form: dict[str, str]) -> None:
    """Nothing is half kept; the page says what does not fit."""
    before = read_watch(served.house, ME)
    with served.client() as client:
        answer = client.post("/sensing", data=form)
    assert answer.status_code == 422
    assert re.search("Go back|Correct|Give the hours", answer.text)
    assert read_watch(served.house, ME) == before


def test_a_calendar_file_comes_in_by_upload_and_goes_with_its_copy(served: Served) -> None:
    """Its busy times count, its titles are shown nowhere, and removing it removes the copy."""
    with served.client() as client:
        page = client.post("/sensing/calendars", files={"file": ("work.ics", ICS, "text/calendar")}).text
        assert "work" in page
        assert "1 busy time ahead, the next on Thursday, 5 March at 09:00" in page
        assert "Secret" not in page
        assert "An address is fetched because you asked for it" in page
        assert client.post("/sensing/calendars/refresh").status_code == 200
        (calendar,) = re.findall(r'calendars/remove"><input type="hidden" name="id" value="([^"]+)"', page)
        copies = served.house.data_dir / "calendars"
        assert len(list(copies.iterdir())) == 1
        assert "forgotten" in client.post("/sensing/calendars/remove", data={"id": calendar}).text
        assert not list(copies.iterdir())
        refused = client.post(
            "/sensing/calendars", files={"file": ("x.ics", b"no calendar", "text/calendar")}
        )
        assert refused.status_code == 422
        assert not list(copies.iterdir())


def test_a_trip_fills_the_day_and_can_be_taken_back(served_empty: Served, clock: SetClock) -> None:
    """A track becomes driving; the same file twice is one trip; removing it empties the day again."""
    upload = {"file": ("home.gpx", gpx(clock), "application/gpx+xml")}
    with served_empty.client() as client:
        assert "The trip is in your days" in client.post("/sensing/trips", files=upload).text
        assert "was there already" in client.post("/sensing/trips", files=upload).text
        assert show_day(served_empty.house, ME).exposure.seconds["driving"] > 20 * 60
        page = client.get("/sensing").text
        (trip,) = re.findall(r'trips/remove"><input type="hidden" name="id" value="([^"]+)"', page)
        client.post("/sensing/trips/remove", data={"id": trip})
        assert show_day(served_empty.house, ME).exposure.seconds["driving"] == 0
        refused = client.post("/sensing/trips", files={"file": ("x.gpx", b"<gpx", "application/gpx+xml")})
        assert refused.status_code == 422
        assert client.post("/sensing/trips").status_code == 422


def test_what_was_sensed_is_deleted_only_by_the_word_and_the_persons_own_stays(served: Served) -> None:
    """Without the typed word nothing goes; with it the evidence goes and the person's entries stay."""
    at = served.house.clock.now() - timedelta(hours=9)
    steps = [at + timedelta(seconds=50 * n) for n in range(20)]
    spool(served.house, "evidence", *({"at": one, "source": "input", "idle_s": 1} for one in steps))
    own = len(show_day(served.house, ME).bouts)
    with served.client() as client:
        assert "20 lines of evidence" in client.get("/sensing").text
        assert client.post("/sensing/forget", data={"word": "yes"}).status_code == 422
        assert "20 lines of evidence" in client.get("/sensing").text
        assert "is deleted" in client.post("/sensing/forget", data={"word": "delete"}).text
    left = show_day(served.house, ME)
    assert all(bout.evidence == ("person",) for bout in left.bouts)
    assert len(left.bouts) == own - 1


def test_while_driving_nothing_else_is_shown_and_arriving_offers_a_movement(
    served: Served, clock: SetClock
) -> None:
    """One tap to set off, one to arrive: the drive is kept, and what suits after it has its start."""
    with served.client() as client:
        driving = client.post("/drive/now").text
        assert "Driving since 16:35" in driving
        assert "I arrived" in driving
        assert "<nav" not in driving
        for path in ("/day", "/drive", "/"):
            assert client.get(path).text.count("<form") == 2
        clock.advance(minutes=50)
        page = client.post("/drive/arrived").text
        assert "The drive is in your day." in page
        offered = re.search(r'After a drive: .*?href="(/session\?exercise=[^"]+)"', page, re.S)
        assert offered is not None
        assert client.get(offered[1].replace("&amp;", "&")).status_code == 200
    assert driving_since(served.house, ME) is None
    assert show_day(served.house, ME).bouts[-1].activity == "driving"


def test_a_drive_that_was_not_one_leaves_no_trace(served: Served, clock: SetClock) -> None:
    """A slip of the finger is taken back."""
    before = show_day(served.house, ME).bouts
    with served.client() as client:
        client.post("/drive/now")
        clock.advance(minutes=2)
        client.post("/drive/not")
    assert driving_since(served.house, ME) is None
    assert show_day(served.house, ME).bouts == before


def test_stops_are_planned_beside_the_law_and_it_is_no_tachograph(served: Served) -> None:
    """Seven hours from eight o'clock in the EU: stops, what the law asks, and what this is not."""
    with served.client() as client:
        page = client.get("/drive?hours=7&minutes=0&leave=08:00&region=eu").text
        assert client.get("/drive?hours=x").status_code == 422
        assert client.get("/drive?hours=1&region=mars").status_code == 422
    assert "45 minutes after 4 h 30" in page
    assert "no tachograph" in page
    assert page.count('class="line-time"') >= 5


def test_a_prompt_is_answered_on_the_page(served: Served, clock: SetClock) -> None:
    """Start leads to the movement; later is offered as often as the person allows; an answer ends the prompt."""
    because = [["plan.break-sat", {"still_min": 40}]]

    def ask() -> None:
        clock.advance(seconds=5)
        line = {"at": clock.now(), "kind": "prompt", "movement": "stand-reach", "because": because}
        spool(served.house, "said", line)

    with served.client() as client:
        client.post("/sensing", data={"rule": list(HOLDS), "prompts": "1", "later_cap": "1"})
        ask()
        page = client.get("/").text
        assert 'data-says="Stand and reach"' in page
        assert "In 5 minutes" in page
        clock.advance(seconds=5)
        given = {"movement": "stand-reach", "next": "/"}
        assert "data-prompt" not in client.post("/prompt", data=given | {"answer": "later"}).text
        ask()
        again = client.get("/").text
        assert "data-prompt" in again
        assert "In 5 minutes" not in again
        clock.advance(seconds=5)
        started = client.post("/prompt", data=given | {"answer": "start"})
        assert started.url.path == "/session"
        assert client.post("/prompt", data=given | {"answer": "shout"}).status_code == 422
        assert (
            client.post("/prompt", data={"answer": "skip", "next": "//evil.example"}).url.host == "127.0.0.1"
        )


def test_the_api_tells_and_takes_the_same(served: Served, clock: SetClock) -> None:
    """Answers, driving, wishes and spans go through JSON as through the pages."""
    with served.client() as client:
        assert client.get("/api/drive").json() is None
        assert client.post("/api/drive").status_code == 201
        clock.advance(minutes=30)
        assert client.post("/api/drive/arrived").json()["bout"]["activity"] == "driving"
        assert client.post("/api/answers", json={"answer": "skip"}).status_code == 201
        day = client.get("/api/days/2026-03-04").json()
        assert [one["kind"] for one in day["said"]] == ["skip"]
        assert client.get("/api/days/2026-03-04/said").json()["answers"][0]["kind"] == "skip"
        assert client.get("/api/week").json()["days"][-1]["known"]
        assert len(client.get("/api/month?day=2026-02-10").json()["days"]) == 30
        changed = client.patch(
            "/api/watch/wishes", json={"off": ["film"], "hours": {"1": [540, 1020]}}
        ).json()
        assert changed["off"] == ["film"]
        assert changed["hours"] == {"1": [540, 1020]}
        assert client.patch("/api/watch/wishes", json={"off": ["driving"]}).status_code == 422
        assert client.get("/api/drive/plan?minutes=420&leave=480&region=us").json()["region"] == "us"
        assert "/api/day/stream" not in client.get("/api/openapi.json").json()["paths"]
