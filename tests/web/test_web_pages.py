"""What the pages do, without a browser: first steps, forms, refusals, languages, the JSON API."""

import json
import re
from dataclasses import replace

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_rig import ME, Served

from midback.app.clock import SetClock
from midback.app.intake import read_intake, save_intake
from midback.app.screening import answer_screen, current_clearance, questions
from midback.errors import MidbackError
from midback.plan.answers import Intake
from midback.web import picture

ALL_NO = {"none": "no"}


def no_to_all(served: Served, *yes: str) -> dict[str, str]:
    """Return a filled screen form."""
    return {f"q-{q.id}": "yes" if q.id in yes else "no" for q in questions(served.house)}


def emergency(served: Served) -> str:
    """Return the id of an emergency question."""
    return next(q.id for q in questions(served.house) if q.level == "emergency")


def test_the_first_visit_leads_through_screen_and_intake_to_today(served_empty: Served) -> None:
    """A new person meets the warning signs, then the intake, then Today; no scripts are needed."""
    with served_empty.client() as client:
        assert client.get("/").url.path == "/screen"
        assert client.post("/screen", data=no_to_all(served_empty)).url.path == "/intake"
        page = client.post(
            "/intake",
            data={
                "birth_year": "1980",
                "places": ["desk", "home-floor"],
                "gear": ["towel"],
                "mass_kg": "68,5",
                "stature_m": "1.72",
                "sex": "female",
                "strength": "",
            },
        )
        assert page.url.path == "/"
        assert "Saved" in page.text
        assert 'id="next-title"' in page.text
    kept = read_intake(served_empty.house, ME)
    assert kept is not None
    assert kept.birth_year == 1980
    assert kept.gear == {"towel"}
    assert (kept.mass_kg, kept.stature_m, kept.sex, kept.strength) == (68.5, 1.72, "female", None)


def test_a_kept_drawing_is_never_older_than_the_program(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The addresses of figures, which a browser keeps for a year, change with the code that draws."""
    with served.client() as client:
        before = re.findall(r"/figures/[^\"' ]+", client.get("/library/cat-cow").text)
        monkeypatch.setattr(picture, "drawing_mark", lambda: "another")
        after = re.findall(r"/figures/[^\"' ]+", client.get("/library/cat-cow").text)
    assert before
    assert not set(before) & set(after)


def test_an_exercise_says_how_it_is_around_others_and_what_a_camera_could_do(served: Served) -> None:
    """Noise and looks belong to the variant that is shown, and so does whether a camera check comes later."""
    with served.client() as client:
        on_floor = client.get("/library/cat-cow?variant=floor").text
        seated = client.get("/library/cat-cow?variant=seated").text
    assert "A camera check comes later; no camera is used now." in on_floor
    assert "Not checked by a camera." in seated
    assert "looks like exercise" in on_floor
    assert "makes no sound" in seated


def test_a_question_left_out_is_asked_again(served_empty: Served) -> None:
    """A missing answer is never taken for no."""
    answers = no_to_all(served_empty)
    answers.pop(next(iter(answers)))
    with served_empty.client() as client:
        page = client.post("/screen", data=answers)
    assert page.status_code == 422
    assert "no answer yet" in page.text
    assert current_clearance(served_empty.house, ME) is None


def test_an_emergency_sign_stops_everything(served: Served) -> None:
    """A stop shows whom to call as a telephone link; Today and the session lead there."""
    sign = emergency(served)
    with served.client() as client:
        page = client.post("/screen", data=no_to_all(served, sign))
        assert page.url.path == "/stop"
        assert 'href="tel:112"' in page.text
        assert client.get("/").url.path == "/stop"
        refused = client.post("/api/plan")
        assert refused.status_code == 409
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["title"] == "SafetyStop"


def test_taking_a_sign_back_asks_why(served: Served, clock: SetClock) -> None:
    """Changing an answer back within a day asks for the reason; with it, the plan opens again."""
    sign = emergency(served)
    with served.client() as client:
        client.post("/screen", data=no_to_all(served, sign))
        clock.advance(minutes=5)
        page = client.post("/screen", data=no_to_all(served))
        assert page.status_code == 422
        assert 'name="changed_because"' in page.text
        page = client.post("/screen", data=no_to_all(served) | {"changed_because": "I pressed the wrong one"})
        assert page.url.path == "/"


def test_the_way_back_needs_who_and_when(served: Served, clock: SetClock) -> None:
    """Who saw the person, when, and that they may exercise, opens the plan after a stop."""
    sign = emergency(served)
    answer_screen(served.house, ME, frozenset({sign}))
    clock.advance(days=2)
    with served.client() as client:
        page = client.get("/screen?back=1")
        assert 'name="seen_by"' in page.text
        seen = {"back": "1", "seen_by": "family doctor", "seen_on": "2026-03-06", "may_exercise": "yes"}
        assert client.post("/screen", data=no_to_all(served) | seen).url.path == "/"


def test_actions_of_today_work_and_can_be_undone(served: Served) -> None:
    """Later, something else and done-by-hand change Today; done is taken back."""
    with served.client() as client:
        item = client.get("/api/today").json()["next_item"]["id"]
        assert "ten minutes" in client.post("/today/later").text
        assert client.post("/today/other", data={"item": item}).status_code == 200
        assert client.get("/api/today").json()["next_item"]["id"] != item
        page = client.post("/today/done", data={"item": item})
        done = {i["item"]["id"]: i["status"] for i in client.get("/api/today").json()["items"]}
        assert done[item] == "done"
        session = page.url.params["ref"]
        client.post("/today/undo", data={"session": session})
        done = {i["item"]["id"]: i["status"] for i in client.get("/api/today").json()["items"]}
        assert done[item] != "done"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/checkin/now", {"pain_now": "11"}),
        ("/checkin", {"pain_now": "much"}),
        ("/day/2026-03-04/add", {"activity": "sitting", "start": "12:00", "end": "11:00"}),
        ("/day/2026-03-04/add", {"activity": "sitting", "start": "soon", "end": "11:00"}),
        ("/day/now", {"activity": "flying"}),
        ("/intake", {"birth_year": "1700"}),
        ("/intake", {"daily_minutes": "500"}),
        ("/intake", {"mass_kg": "154 lb"}),
        ("/intake", {"stature_m": "175"}),
        ("/intake", {"sex": "x"}),
        ("/care", {"cost": "12"}),
        ("/settings", {"theme": "pink"}),
        ("/settings/pause", {"why": "boredom"}),
    ],
)
def test_what_cannot_be_used_is_refused_kindly(served: Served, path: str, data: dict[str, str]) -> None:
    """A wrong value is a page with the rule and the next step, never an error of ours."""
    with served.client() as client:
        page = client.post(path, data=data)
    assert page.status_code == 422
    assert "That cannot be used as it is" in page.text


@pytest.mark.parametrize(
    "path", ["/nope", "/library/nope", "/day/nope", "/day/2030-01-01", "/figures/cat-cow/nope.json"]
)
def test_what_is_not_there_says_so(served: Served, path: str) -> None:
    """An unknown address is a page that leads back."""
    with served.client() as client:
        page = client.get(path)
    assert page.status_code == 404
    assert 'href="/"' in page.text


def test_settings_hold_and_the_page_follows(served: Served) -> None:
    """Theme and language are kept, and the next page shows them."""
    with served.client() as client:
        page = client.post("/settings", data={"theme": "dark", "sound": "silent", "ready_s": "9"})
        assert 'data-theme="dark"' in page.text
        assert client.get("/api/settings").json()["ready_s"] == 9
        assert client.get("/api/settings").json()["sound"] == "silent"


def test_deleting_asks_for_the_word(served: Served) -> None:
    """Everything is deleted only after the word was written."""
    with served.client() as client:
        assert client.post("/settings/delete", data={"word": "yes"}).status_code == 422
        assert read_intake(served.house, ME) is not None
        page = client.post("/settings/delete", data={"word": "delete"})
        assert "Everything is deleted" in page.text
    assert not (served.house.data_dir / "midback.db").exists()


def test_an_export_is_an_archive(served: Served) -> None:
    """The download and the API give the same kind of archive."""
    with served.client() as client:
        page = client.get("/settings/export")
        assert page.headers["content-disposition"].startswith("attachment")
        assert page.json()["format"] == "midback-archive"
        assert client.get("/api/export").json()["format"] == "midback-archive"


def test_the_api_describes_itself(served: Served) -> None:
    """OpenAPI is there, names the problems, and there is no page that would need a foreign script."""
    with served.client() as client:
        described = client.get("/api/openapi.json").json()
        assert client.get("/docs").status_code == 404
    assert {"/api/today", "/api/plan", "/api/screen", "/api/checkins", "/api/progress"} <= set(
        described["paths"]
    )
    assert all(path.startswith("/api/") for path in described["paths"])
    answers = described["paths"]["/api/plan"]["get"]["responses"]
    assert "application/problem+json" in answers["409"]["content"]


def test_api_faults_are_problem_documents(served: Served) -> None:
    """Validation, absence and the unknown are problem+json."""
    with served.client() as client:
        for answer, status in (
            (client.post("/api/checkins", json={"pain_now": 11}), 422),
            (client.post("/api/checkins", json={"nonsense": 1}), 422),
            (client.get("/api/exercises/nope"), 404),
            (client.get("/api/nope"), 404),
            (client.get("/api/progress?days=1"), 422),
        ):
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == status


def test_static_files_may_be_kept_by_their_fingerprint(served: Served) -> None:
    """A file asked for by its content's mark may be kept; without the mark it is asked for again."""
    with httpx.Client(base_url=served.base) as client:
        assert "immutable" in client.get("/static/midback.css?v=1").headers["cache-control"]
        assert client.get("/static/midback.css").headers["cache-control"] == "no-cache"


def test_errors_have_words_for_every_kind() -> None:
    """Each error of the tree has a status a browser understands."""
    kinds = MidbackError.__subclasses__()
    assert all(400 <= kind.http_status < 600 for kind in kinds)


def test_a_look_that_cannot_be_written_down_is_refused(served: Served) -> None:
    """Settings that would not survive their file never reach it, and the next change still works."""
    with served.client() as client:
        for skin in ("", "\x00", "a\nb", "\ud83d", 'x"'):
            assert (
                client.patch("/api/settings", content=b'{"skin": %s}' % json.dumps(skin).encode()).status_code
                == 422
            )
        assert client.patch("/api/settings", json={"skin": "umber"}).json()["skin"] == "umber"


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_to_the_api_is_a_fault_of_ours(data: st.DataObject, served: Served) -> None:
    """Whatever fits the described requests, or nearly does, is answered with less than 500."""
    with served.client() as client:
        schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
        for result in schema.get_all_operations():
            operation = result.ok()
            if operation.path == "/api/export":
                continue
            case = data.draw(operation.as_strategy())
            sent = case.as_transport_kwargs(base_url=served.base)
            kept = ("method", "url", "params", "json", "content")
            try:
                answer = client.request(**{key: sent[key] for key in kept if sent.get(key) is not None})
            except (UnicodeError, httpx.InvalidURL):
                continue  # what no client can send
            assert answer.status_code < 500, (operation.label, answer.text)


def test_somebody_without_working_days_can_open_the_form_again(served: Served) -> None:
    """No day ticked is an answer; the form shows it and offers the usual hours."""
    save_intake(served.house, ME, replace(read_intake(served.house, ME) or Intake(), work={}))
    with served.client() as client:
        page = client.get("/intake")
    assert page.status_code == 200
    assert 'name="work_start"' in page.text


def test_pages_that_only_read_do_not_wait_for_a_writer(served: Served) -> None:
    """While another program writes to the database, the library, the progress and the forms still open."""
    served.house.engine.dispose()
    with served.client() as client, served.house.engine.begin():
        for path in (
            "/library",
            "/library/cat-cow",
            "/progress",
            "/checkin",
            "/care",
            "/settings",
            "/screen",
        ):
            assert client.get(path).status_code == 200, path
