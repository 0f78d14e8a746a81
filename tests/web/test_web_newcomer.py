"""What somebody meets on a first day: forms that keep what was entered, pauses, ways back, empty pages."""

import re

import pytest
from web_rig import ME, Served

from midback.app.checkins import checkins_of_today
from midback.app.clock import SetClock
from midback.app.intake import read_intake, save_intake
from midback.app.pauses import start_pause
from midback.app.screening import answer_screen, questions
from midback.plan.answers import Intake


def asking(served: Served) -> str:
    """Return the id of a question whose yes leaves breathing and walking open."""
    return next(q.id for q in questions(served.house) if q.level == "urgent")


def checked(page: str, name: str) -> list[str]:
    """Return the values of the ticked boxes and buttons of one name."""
    return re.findall(rf'name="{name}" value="([^"]*)"[^>]* checked', page)


def test_a_session_without_a_pain_number_keeps_every_other_answer(served: Served) -> None:
    """Only the missing number is asked again; length, place, gear and sound stay as they were chosen."""
    answers = {"asked": "1", "length": "3", "place": ["bed"], "gear": ["wedge", "mat"], "sound": "silent"}
    with served.client() as client:
        page = client.post("/session", data=answers)
        assert page.status_code == 422
        for name, chosen in (("length", ["3"]), ("place", ["bed"]), ("sound", ["silent"])):
            assert checked(page.text, name) == chosen
        assert sorted(checked(page.text, "gear")) == ["mat", "wedge"]
        alone = client.post("/session", data={"asked": "1", "exercise": "cat-cow", "variant": "seated"})
        assert 'name="exercise" value="cat-cow"' in alone.text
        assert 'name="variant" value="seated"' in alone.text
        assert checked(alone.text, "place") == []


def test_who_is_to_be_seen_first_is_told_what_is_open(served_empty: Served) -> None:
    """The intake and the page before a session say that only breathing and walking are open, and why."""
    answer_screen(served_empty.house, ME, frozenset({asking(served_empty)}))
    with served_empty.client() as client:
        for page in ("/intake", "/session"):
            text = client.get(page).text
            assert "only breathing and easy walking are" in text
            assert 'href="/stop"' in text


def test_a_day_without_entries_says_so_and_offers_nothing_to_undo(served_empty: Served) -> None:
    """Nothing entered is no usual day; after a first entry there is something to take back."""
    answer_screen(served_empty.house, ME, frozenset())
    save_intake(served_empty.house, ME, Intake())
    with served_empty.client() as client:
        before = client.get("/day").text
        assert "<h1>Your day</h1>" in before
        assert "Nothing is entered yet." in before
        assert "usual day. Nothing" not in before
        assert 'action="/day/undo"' not in before
        after = client.post("/day/now", data={"activity": "sitting", "since": "30"}).text
        assert "Nothing is entered yet." not in after
        assert 'action="/day/undo"' in after


def test_a_mistake_is_mended_from_the_last_answers(served: Served, clock: SetClock) -> None:
    """Within a day the last answers are filled in and the why is asked at once; later all is asked anew."""
    sign = asking(served)
    answer_screen(served.house, ME, frozenset({sign}))
    clock.advance(minutes=3)
    with served.client() as client:
        assert 'href="/screen?mistake=1"' in client.get("/stop").text
        page = client.get("/screen?mistake=1").text
        ids = [q.id for q in questions(served.house)]
        assert [checked(page, f"q-{i}") for i in ids] == [["yes" if i == sign else "no"] for i in ids]
        assert 'name="changed_because"' in page
        mended = {f"q-{i}": "no" for i in ids} | {"changed_because": "the wrong line"}
        assert client.post("/screen", data=mended).url.path == "/"
        answer_screen(served.house, ME, frozenset({sign}))
        clock.advance(days=2)
        later = client.get("/screen?mistake=1").text
        assert not any(checked(later, f"q-{i}") for i in ids)


def test_being_seen_without_being_allowed_says_what_is_missing(served: Served, clock: SetClock) -> None:
    """Without the tick that they may exercise nothing opens, nothing is lost, and the page says why."""
    sign = asking(served)
    answer_screen(served.house, ME, frozenset({sign}))
    clock.advance(days=2)
    answers = {f"q-{q.id}": "no" for q in questions(served.house)}
    seen = {"back": "1", "seen_by": "Dr Abend", "seen_on": "2026-03-05"}
    with served.client() as client:
        page = client.post("/screen", data=answers | seen)
        assert page.status_code == 422
        assert "that you may exercise. Tick it if they said so" in page.text
        assert 'value="Dr Abend"' in page.text
        assert 'value="2026-03-05"' in page.text
        assert checked(page.text, f"q-{sign}") == ["no"]
        assert client.get("/stop").url.path == "/stop"
        assert client.post("/screen", data=answers | seen | {"may_exercise": "yes"}).url.path == "/"


@pytest.mark.parametrize(("why", "rests"), [("illness", True), ("flare", True), ("travel", False)])
def test_a_pause_for_rest_asks_for_nothing(served: Served, why: str, rests: bool) -> None:
    """Ill or in a flare, Today speaks of rest and has no lengths and no break line; a journey keeps them."""
    start_pause(served.house, ME, why)
    with served.client() as client:
        page = client.get("/").text
    assert ("Rest; the plan waits." in page) is rests
    assert ("/session?length=3" in page) is not rests
    assert ("A short break after" in page) is not rests
    assert "I am back" in page
    if rests:
        assert "You can still move" not in page


def test_an_empty_check_in_is_not_kept(served: Served) -> None:
    """Nothing entered is said to be nothing, and the form stays; a zero is an answer."""
    before = len(checkins_of_today(served.house, ME))
    with served.client() as client:
        page = client.post("/checkin", data={"note": "  "})
        assert page.status_code == 422
        assert "Nothing was entered" in page.text
        assert 'name="pain_average"' in page.text
        assert len(checkins_of_today(served.house, ME)) == before
        client.post("/checkin", data={"pain_now": "0"})
        assert len(checkins_of_today(served.house, ME)) == before + 1


def test_what_is_planned_only_when_wanted_is_asked_for_once(served: Served) -> None:
    """Having one and wanting it are one tick; without it, neither the thing nor the wish is kept."""
    with served.client() as client:
        page = client.get("/intake").text
        for thing in ("posture-band", "wobble-disc"):
            assert page.count(f'value="{thing}"') == 1
        client.post("/intake", data={"gear": ["towel"], "wanted": ["wobble-disc"]})
    kept = read_intake(served.house, ME)
    assert kept is not None
    assert kept.wanted == {"wobble-disc"}
    assert kept.gear == {"towel", "wobble-disc"}


def test_the_home_sheet_shows_the_movement_in_its_order(served: Served) -> None:
    """Two or three different poses stand side by side for print; what a voice says is not printed."""
    with served.client() as client:
        for exercise in ("thread-needle", "cat-cow"):
            page = client.get(f"/library/{exercise}").text
            sheet = re.search(r'<div class="print-only key-poses".*?</div>', page, re.S)
            assert sheet is not None
            addresses = [a.replace("&amp;", "&") for a in re.findall(r'src="([^"]+)"', sheet.group())]
            drawn = {client.get(address).raise_for_status().text for address in addresses}
            assert 2 <= len(drawn) == len(addresses) <= 3
        assert re.search(r'<section class="[^"]*no-print"><h2>Said while you move', page)


def test_the_library_draws_care_and_does_not_count_it_as_movement(served: Served) -> None:
    """Massage and being seen have a picture; the number beside them counts movements."""
    with served.client() as client:
        page = client.get("/library").text
        assert page.count('class="care-picture"') == 2
        count = re.search(r"(\d+) movements", page)
        assert count is not None
        assert int(count.group(1)) == page.count('<article class="card">') - 2
        assert 'class="care-picture"' in client.get("/library/massage").text


def test_commands_stand_as_commands(served: Served) -> None:
    """Settings names commands in a face of their own, without the marks of another notation."""
    with served.client() as client:
        page = client.get("/settings").text
    assert "<code>midback import</code>" in page
    assert "`" not in re.sub(r"<script.*?</script>", "", page, flags=re.S)
