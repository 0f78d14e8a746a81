"""The calendar's secret address opens the calendar and nothing else, and only to its key."""

import httpx
import icalendar
from web_rig import ME, Served

from ics_lines import read_lines
from midback.app.calendar_wishes import read_key, read_wishes

OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


def address(served: Served) -> str:
    """Make an address as the person does, and return what the page shows."""
    with served.client() as client:
        page = client.post("/settings/calendar/address", headers=OUR_PAGE)
        assert page.status_code == 200
        key = read_key(served.house, ME)
        assert key is not None
        shown = f"{served.base}/calendar.ics?key={key.token}"
        assert shown in page.text
        return shown


def test_the_address_gives_a_calendar_to_a_program_without_a_cookie(served: Served) -> None:
    """No cookie is needed and none is given; nothing on the way keeps a copy."""
    answer = httpx.get(address(served))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    read_lines(answer.content)
    assert len(icalendar.Calendar.from_ical(answer.content).walk("VEVENT")) > 20
    head = httpx.head(address(served))
    assert (head.status_code, head.content) == (200, b"")


def test_a_wrong_key_finds_what_no_key_finds(served: Served) -> None:
    """Wrong, empty, missing and revoked keys get one and the same answer, letter by letter."""
    right = address(served)
    wrong = [f"{served.base}/calendar.ics", f"{served.base}/calendar.ics?key=", right[:-1], right + "x"]
    wrong += [f"{served.base}/calendar.ics?key=%FF%00", f"{served.base}/calendar.ics?token={right[-43:]}"]
    answers = [httpx.get(url) for url in wrong]
    with served.client() as client:
        client.post("/settings/calendar/revoke", headers=OUR_PAGE)
    answers.append(httpx.get(right))
    assert {a.status_code for a in answers} == {404}
    assert len({a.text for a in answers}) == 1
    assert {a.headers["cache-control"] for a in answers} == {"no-store"}
    assert "BEGIN" not in answers[0].text


def test_a_new_address_ends_the_old_one(served: Served) -> None:
    """One click makes a new one, which alone answers."""
    first, second = address(served), address(served)
    assert first != second
    assert httpx.get(first).status_code == 404
    assert httpx.get(second).status_code == 200


def test_the_key_opens_nothing_else(served: Served) -> None:
    """With the key in the address every other page still asks for the cookie."""
    key = address(served).rpartition("=")[2]
    for path in (
        "/",
        "/settings",
        "/settings/calendar.ics",
        "/calendar.ics/",
        "/api/today",
        "/calendar.icsx",
        "/care",
    ):
        assert httpx.get(f"{served.base}{path}", params={"key": key}).status_code == 403, path


def test_the_address_only_reads(served: Served) -> None:
    """Nothing but reading is open there."""
    url = address(served)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert httpx.request(method, url).status_code in (403, 405), method


def test_no_other_site_reads_it_with_the_key(served: Served) -> None:
    """A foreign name for this computer, and a page of another site, are refused."""
    url = address(served)
    for headers in (
        {"Host": "evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert httpx.get(url, headers=headers).status_code == 403, headers


def test_wishes_and_the_file_are_on_the_settings_page(served: Served) -> None:
    """What was chosen is kept and shown, and the file follows it."""
    with served.client() as client:
        discreet = client.get("/settings/calendar.ics")
        assert "attachment" in discreet.headers["content-disposition"]
        assert b"Cat-cow" not in discreet.content
        form = {"titles": "full", "part": ["session"], "session_before": "none", "visit_before": "1440"}
        page = client.post("/settings/calendar", data=form, headers=OUR_PAGE)
        assert page.status_code == 200
        wishes = read_wishes(served.house, ME)
        assert (wishes.full, wishes.parts, wishes.session_before) == (True, frozenset({"session"}), None)
        full = client.get("/settings/calendar.ics").text
        assert "Movement:" in full
        assert "Break:" not in full
        assert (
            client.post("/settings/calendar", data=form | {"part": "pain"}, headers=OUR_PAGE).status_code
            == 422
        )
        assert (
            client.post("/settings/calendar", data=form | {"visit_before": "7"}, headers=OUR_PAGE).status_code
            == 422
        )


def test_it_speaks_the_language_it_was_made_in(served: Served) -> None:
    """A calendar program names no language: the address remembers the one of the page."""
    with served.client() as client:
        client.patch("/api/settings", json={"language": "auto"}, headers=OUR_PAGE).raise_for_status()
        client.post("/settings/calendar/address", headers=OUR_PAGE | {"Accept-Language": "de"})
        client.post("/settings/calendar", data={"titles": "full", "part": ["session"]}, headers=OUR_PAGE)
    key = read_key(served.house, ME)
    assert key is not None
    assert key.language == "de"
    text = httpx.get(f"{served.base}/calendar.ics", params={"key": key.token}).text
    titles = {e.text["de"].title for e in served.house.catalogue.exercises.values()}
    told = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert all(any(title in said for title in titles) for said in told)
