"""Something got worse: reachable from everywhere, kept with its time, and over when the person says so."""

from web_rig import ME, Served

from midback.app.adverse import list_events
from midback.app.planning import current_plan
from midback.app.screening import answer_screen

OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


def test_every_page_leads_there(served: Served) -> None:
    """The foot of each page, and the player's dialog, have the link."""
    with served.client() as client:
        for path in (
            "/",
            "/why",
            "/library",
            "/checkin",
            "/progress",
            "/week",
            "/day",
            "/care",
            "/settings",
            "/worse",
        ):
            assert 'href="/worse"' in client.get(path).text, path
        player = client.get("/session?exercise=cat-cow").text
        assert 'href="/worse"' in player


def test_what_got_worse_is_kept_with_its_time_and_eases_the_plan(served: Served) -> None:
    """Severe with one movement: the questions come, then it rests, until the person says that it is over."""
    house = served.house
    named = next(i.exercise_id for i in current_plan(house, ME).plan.items if i.exercise_id == "cat-cow")
    form = {
        "what": "sharp <when> I turn",
        "severity": "severe",
        "exercise": named,
        "day": "2026-03-04",
        "time": "09:15",
    }
    with served.client() as client:
        page = client.post("/worse", data=form, headers=OUR_PAGE)
        assert page.url.path == "/screen"
        (event,) = list_events(house, ME)
        assert (event.severity, event.exercise_id) == ("severe", named)
        assert event.at.isoformat() == "2026-03-04T08:15:00+00:00"
        answer_screen(house, ME, frozenset())
        assert named not in {i.exercise_id for i in current_plan(house, ME).plan.items}
        shown = client.get("/worse").text
        assert "sharp &lt;when&gt; I turn" in shown
        assert "badly" in shown
        assert "rests" in client.get("/").text
        over = client.post("/worse/over", data={"id": event.id}, headers=OUR_PAGE)
        assert "over since" in over.text
        assert named in {i.exercise_id for i in current_plan(house, ME).plan.items}


def test_what_lies_ahead_or_says_nothing_is_refused(served: Served) -> None:
    """Nothing is kept of it."""
    with served.client() as client:
        ahead = {"what": "x", "day": "2026-03-05", "time": "09:00"}
        for wrong in (ahead, {"what": " "}, {"what": "x", "exercise": "wizardry"}):
            assert client.post("/worse", data=wrong, headers=OUR_PAGE).status_code in (404, 422)
        assert list_events(served.house, ME) == ()
        assert client.post("/worse/over", data={"id": "nothing"}, headers=OUR_PAGE).status_code == 404
        now = {"what": "just now", "day": "2026-03-04", "time": "16:36"}
        assert client.post("/worse", data=now, headers=OUR_PAGE).status_code == 200
