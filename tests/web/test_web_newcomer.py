"""What somebody meets on a first day: forms that keep what was entered, pauses, ways back, empty pages."""

import re

from web_rig import ME, Served

from midback.app.intake import save_intake
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
