"""The whole API under requests made up from its own description: no fault of ours, and every refusal explained."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from web_rig import Served

schemathesis = pytest.importorskip("schemathesis", reason="Schemathesis is not installed.")

SAID = {"type", "title", "status", "detail", "seen", "rule", "next"}
JSON_HEAD = {"Content-Type": "application/json"}


def operations(served: Served, headers: dict[str, str]) -> list[Any]:
    """Return every operation that the server's own description names."""
    described = schemathesis.openapi.from_url(f"{served.base}/api/openapi.json", headers=headers)
    return [found.ok() for found in described.get_all_operations()]


def explains(answer: Any) -> None:
    """Raise unless a refusal is a problem document with what was seen, the rule and the next step."""
    assert answer.status_code < 500, (answer.status_code, answer.text)
    headers = {name.lower(): "".join(value) for name, value in answer.headers.items()}
    if answer.status_code >= 400:
        assert headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem.keys() >= SAID
        assert problem["status"] == answer.status_code
        assert problem["seen"]
    assert "default-src 'self'" in headers["content-security-policy"]


def test_the_description_holds_the_api_alone(served: Served) -> None:
    """A page is no part of what programs are told, and every refusal the API can give is described."""
    with served.client() as client:
        paths = client.get("/api/openapi.json").json()["paths"]
    assert {path.split("/")[1] for path in paths} == {"api"}
    assert all("409" in way["responses"] for ways in paths.values() for way in ways.values())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the tool's own warnings are none of ours
def test_no_request_of_the_description_brings_a_fault(served: Served) -> None:
    """Whatever fits the API's description, or nearly does, gets an answer or a refusal that explains itself."""
    with served.client() as client:
        name, value = next(iter(client.cookies.items()))
        headers = {"Cookie": f"{name}={value}"}
        client.post("/api/session", json={"id": "open", "pain": 2, "exercise": "cat-cow"})
        listed = operations(served, headers)
        assert len(listed) >= 25
        for operation in listed:

            @seed(7)
            @settings(
                max_examples=8,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy())
            def try_out(case: Any) -> None:
                explains(case.call(headers=headers))

            try_out()


BODIES = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"a": NaN}',
    b'{"pain_now": 1e400}',
    b'{"pain_now": ' + b"9" * 5000 + b"}",
    b"[" * 5000,
    b'{"note": "\\ud800"}',
    b'{"note": "a\\u0000b"}',
    b'{"what": "\\ud800"}',
    b'{"what": "a\\u0000b"}',
    b'{"id": "x", "kind": "after", "data": {"efforts": {"cat-cow": "\\u0000"}}}',
    b'{"activity": "sitting", "start": "0001-01-01T00:00:00+14:00", "end": "9999-12-31T23:59:59-14:00"}',
    b'{"day": "0001-01-01"}',
    b'{"day": "9999-12-31"}',
    b'{"why": "travel", "start": "9999-12-31"}',
    b'{"why": "travel", "end": "9999-12-31"}',
    b'{"yes": ["\\ud800"]}',
    b'{"yes": [], "seen_by": "\\u0000", "changed_because": "\\ud800"}',
    b'{"yes": [], "seen_on": "0001-01-01", "seen_by": "x", "may_exercise": true}',
    b'{"habits": [{"id": "\\u0000", "label": "\\ud800", "minute": 1}]}',
    b'{"activities": ["\\u0000", "\\ud800"], "birth_year": 1980}',
    b'{"massage": {"wanted": true, "monthly_budget": 1e308, "currency": "\\u0000"}}',
    b'{"exercise": "\\u0000", "minutes": 1}',
    b'{"item": "\\ud800"}',
    b'{"id": "x1", "pain": 2, "exercise": "cat-cow", "gear": ["\\ud800"]}',
    b'{"language": "xx", "skin": "zz"}',
]


PLACES = {
    "checkin_id": "gone",
    "bout_id": "gone",
    "pause_id": "gone",
    "visit_id": "gone",
    "day": "2026-03-04",
    "exercise_id": "cat-cow",
    "session_id": "open",
}
PAGES = (
    "/",
    "/progress",
    "/checkin",
    "/care",
    "/settings",
    "/day",
    "/day/week",
    "/sensing",
    "/camera",
    "/drive",
    "/intake",
    "/screen",
    "/library",
    "/session",
)


@pytest.mark.slow
def test_hostile_bodies_are_refused_or_kept_whole(served: Served) -> None:
    """Text that is no text, numbers without end, days at the edge of time: never a fault, on any address."""
    with served.client() as client:
        client.post("/api/session", json={"id": "open", "pain": 2, "exercise": "cat-cow"})
        paths = client.get("/api/openapi.json").json()["paths"]
        for body in BODIES:
            for path, methods in paths.items():
                for method in methods.keys() & {"post", "put", "patch"}:
                    explains(client.request(method, path.format(**PLACES), content=body, headers=JSON_HEAD))
        for page in PAGES:
            assert client.get(page).status_code < 500, page
        assert client.get("/api/export").json()["format"] == "midback-archive"


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_outside_all_reason_is_refused(served: Served, day: str) -> None:
    """A day that no calendar of ours reaches is a slip, not a fault."""
    with served.client() as client:
        explains(client.get(f"/api/days/{day}"))
        assert client.get(f"/api/days/{day}").status_code == 422
        assert client.get(f"/day/{day}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/nothing"), ("PUT", "/api/today"), ("DELETE", "/api/checkins/gone")]
)
def test_every_refusal_is_explained(served: Served, method: str, path: str) -> None:
    """Unknown addresses and methods are problems in the same shape as all others."""
    with served.client() as client:
        answer = client.request(method, path)
    assert 400 <= answer.status_code < 500
    explains(answer)


def test_a_fault_of_ours_says_so_under_the_same_headers(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer to what we did not foresee carries the headers, tells no inner names, and kills nothing."""

    def broken(*_args: object) -> None:
        raise RuntimeError("inner names")

    with served.client() as client:
        monkeypatch.setattr("midback.web.pages.today.show_today", broken)
        monkeypatch.setattr("midback.web.api.planning.show_today", broken)
        for path in ("/", "/api/today"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "inner names" not in answer.text
            assert "midback doctor" in answer.text
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert answer.headers["cache-control"] == "no-store"
        monkeypatch.undo()
        assert client.get("/api/today").status_code == 200
