"""Where nothing will be asked, pages say so with the next step; where nothing senses, old news is not told as now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from web_rig import ME, Served, spool

from midback.app.clock import SetClock
from midback.app.intake import save_intake
from midback.app.pauses import start_pause
from midback.app.screening import answer_screen
from midback.app.watching import read_watch, save_watch, watch_state, write_orders
from midback.filelock import free_file, take_file
from midback.plan.answers import Intake


@contextmanager
def running(served: Served) -> Iterator[None]:
    """Hold the lock as a background process does, with orders beside it."""
    write_orders(served.house, ME)
    folder = served.house.data_dir / "watch"
    (folder / "state.json").write_text('{"pid": 1, "backend": "x11"}', "utf-8")
    handle = take_file(folder / "watch.lock", {"pid": 1})
    assert handle is not None
    try:
        yield
    finally:
        free_file(handle)


def silent(served: Served) -> str | None:
    """Return why nothing will be asked."""
    state = watch_state(served.house, ME)
    assert state is not None
    return state.silent


def test_before_the_questions_and_the_answers_the_next_step_is_named(served_empty: Served) -> None:
    """Not screened, then without an intake, then with both: first said, then asked for, then nothing to say."""
    house = served_empty.house
    with running(served_empty), served_empty.client() as client:
        assert silent(served_empty) == "screen"
        assert "the warning-sign questions are not answered" in client.get("/sensing").text
        answer_screen(house, ME, frozenset())
        write_orders(house, ME)
        assert silent(served_empty) == "intake"
        assert "does not know your day and your place" in client.get("/sensing").text
        save_intake(house, ME, Intake(places=frozenset({"desk"})))
        write_orders(house, ME)
        assert silent(served_empty) is None
        assert "Nothing will be asked of you" not in client.get("/sensing").text


@pytest.mark.parametrize(
    ("why", "says"),
    [("resting", "while you rest"), ("prompts-off", "prompts are switched off"), ("due", "are due again")],
)
def test_other_reasons_for_silence_are_said(served: Served, clock: SetClock, why: str, says: str) -> None:
    """Resting, prompts switched off, and questions that are due again each have their words."""
    house = served.house
    if why == "resting":
        start_pause(house, ME, "illness")
    elif why == "prompts-off":
        save_watch(house, ME, replace(read_watch(house, ME), prompts=False))
    else:
        clock.advance(days=30)
    with running(served), served.client() as client:
        assert silent(served) == why
        assert says in client.get("/sensing").text


def test_old_evidence_is_not_told_as_now_where_nothing_senses(served: Served, clock: SetClock) -> None:
    """Six minutes after the last line, without a loop, Today says that nothing is sensed, not how long one sat."""
    clock.advance(hours=2)
    steps = [clock.now() - timedelta(minutes=n) for n in range(80, -1, -1)]
    spool(served.house, "evidence", *({"at": one, "source": "input", "idle_s": 1} for one in steps))
    with served.client() as client:
        assert "without a break." in client.get("/").text
        clock.advance(minutes=6)
        page = client.get("/").text
    assert "Nothing is sensed now" in page
    assert "without a break." not in page
