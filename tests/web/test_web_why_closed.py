"""Why for somebody to whom exercise is closed: a stop stands first, and no closed movement is put forward."""

import re

import pytest
from web_rig import ME, Served

from midback.app.library import list_exercises
from midback.app.screening import answer_screen, questions


def eased(text: str) -> set[str]:
    """Return the movements, each with its way, that the page says ease something."""
    return set(re.findall(r'href="/library/([a-z-]+\?variant=[a-z-]+)"', text))


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_a_sign_stands_before_everything_else(served: Served, level: str) -> None:
    """What was reported and the way back come before "Sore is not damaged"; without a sign nothing is said."""
    with served.client() as client:
        assert 'href="/stop"' not in client.get("/why").text
        sign = next(q.id for q in questions(served.house) if q.level == level)
        answer_screen(served.house, ME, frozenset({sign}))
        text = client.get("/why").text
    assert 0 < text.index('href="/stop"') < text.index("Sore is not damaged")


@pytest.mark.parametrize("level", ["", "urgent", "emergency"])
def test_only_what_is_open_is_put_forward(served: Served, level: str) -> None:
    """The movements that ease something are those the library has open, in a way that is open; none after a stop."""
    signs = {q.id for q in questions(served.house) if q.level == level}
    answer_screen(served.house, ME, frozenset(sorted(signs)[:1]))
    with served.client() as client:
        found = eased(client.get("/why").text)
    entries = list_exercises(served.house, ME)
    assert found <= {f"{entry.exercise.id}?variant={way.id}" for entry in entries for way in entry.open}
    assert bool(found) == (level != "emergency")
