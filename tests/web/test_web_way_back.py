"""A form that failed, a file that is broken, a thing that does not run: each page says what to do and leads back."""

import re
from datetime import timedelta

import pytest
from web_rig import ME, Served, spool

from midback.app.clock import SetClock
from midback.app.exposures import show_day


@pytest.mark.parametrize(
    ("path", "files", "says"),
    [
        ("/sensing/trips", {"file": ("x.gpx", b"<gpx", "application/gpx+xml")}, "Export it again as GPX."),
        (
            "/sensing/activitywatch",
            {"file": ("x.json", b"{", "application/json")},
            "Export it again as JSON.",
        ),
        ("/sensing/calendars", {"file": ("x.ics", b"no", "text/calendar")}, ""),
    ],
)
def test_a_failed_form_keeps_the_navigation_and_leads_back(
    served: Served, path: str, files: dict[str, tuple[str, bytes, str]], says: str
) -> None:
    """The page it was sent from is a link, when it is one of ours; what else the header says leads nowhere."""
    with served.client() as client:
        page = client.post(path, files=files, headers={"Referer": f"{served.base}/sensing?done=x"})
        assert page.status_code == 422
        assert says in page.text
        assert "<nav" in page.text
        assert 'href="/sensing">Back to the form' in page.text
        for other in ("https://evil.example/sensing", f"{served.base}//evil.example", "", "x"):
            text = client.post(path, files=files, headers={"Referer": other}).text
            assert "Back to the form" not in text
            assert "evil" not in text


def test_activitywatch_that_does_not_run_is_named(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at its address: the page says that it does not run here, and what to do."""
    monkeypatch.setattr("midback.app.activitywatch.import_live.__defaults__", ("http://127.0.0.1:9", None))
    with served.client() as client:
        page = client.post("/sensing/activitywatch")
    assert page.status_code == 503
    assert "ActivityWatch is not running on this computer." in page.text
    assert "Start ActivityWatch, or" in page.text


def test_a_drive_under_a_minute_is_not_said_to_be_kept(served: Served, clock: SetClock) -> None:
    """Arriving at once keeps nothing, and the page says so."""
    with served.client() as client:
        client.post("/drive/now")
        clock.advance(seconds=20)
        page = client.post("/drive/arrived").text
    assert "nothing is kept" in page
    assert "The drive is in your day" not in page


def test_forgetting_a_sensed_stretch_says_what_becomes_of_it(served_empty: Served, clock: SetClock) -> None:
    """The button and the page after it speak of not known; the same minute stands in the strip and the list."""
    start = clock.now() - timedelta(minutes=40, seconds=20)
    steps = [start + timedelta(seconds=50 * n) for n in range(49)]
    spool(served_empty.house, "evidence", *({"at": one, "source": "input", "idle_s": 0} for one in steps))
    (bout,) = show_day(served_empty.house, ME).bouts
    with served_empty.client() as client:
        page = client.get("/day").text
        assert "Forget: not known" in page
        assert "Sitting since 15:54" in page
        assert "15:54–16:34" in page
        gone = client.post("/day/2026-03-04/remove", data={"id": bout.id}).text
    assert "That time is now not known." in gone


def test_a_calendar_handed_over_shows_its_own_name(served: Served) -> None:
    """The file's name stands there, not where its copy lies; each activity of the intake has its number."""
    ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//\r\nEND:VCALENDAR\r\n"
    with served.client() as client:
        page = client.post("/sensing/calendars", files={"file": ("team.ics", ics, "text/calendar")}).text
        assert "<b>team.ics</b>" in page
        assert str(served.house.data_dir / "calendars") not in page
        assert re.findall(r'aria-label="(Activity [^"]*)"', client.get("/intake").text) == [
            "Activity 1",
            "Activity 2",
            "Activity 3",
        ]
