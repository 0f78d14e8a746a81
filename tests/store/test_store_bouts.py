"""The day as kept: no overlaps, the newest word wins, a slip can be undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from midback.body.exposure import ACTIVITIES, Bout
from midback.errors import InputError
from midback.store import bouts

Scratch = Callable[[], AbstractContextManager[Connection]]
START = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = (START - timedelta(days=7), START + timedelta(days=7))

spans = st.tuples(st.integers(0, 288), st.integers(1, 60), st.sampled_from(ACTIVITIES))


def bout_of(first: int, length: int, activity: str) -> Bout:
    """Return a bout from five-minute steps after the start."""
    start = START + timedelta(minutes=5 * first)
    return Bout(start=start, end=start + timedelta(minutes=5 * length), activity=activity)


def steps_of(kept: tuple[Bout, ...]) -> dict[int, str]:
    """Return the activity at each five-minute step."""
    seen: dict[int, str] = {}
    for bout in kept:
        for step in range(
            int((bout.start - START).total_seconds()) // 300, int((bout.end - START).total_seconds()) // 300
        ):
            assert step not in seen, "two bouts overlap"
            seen[step] = bout.activity
    return seen


@given(st.lists(spans, max_size=8))
def test_the_newest_word_wins_and_nothing_overlaps(
    scratch: Scratch, told: list[tuple[int, int, str]]
) -> None:
    """Whatever was entered in whatever order, each minute holds what was said of it last."""
    oracle: dict[int, str] = {}
    with scratch() as connection:
        for number, (first, length, activity) in enumerate(told):
            bout = bout_of(first, length, activity)
            at = START + timedelta(minutes=number)
            bouts.replace(connection, "me", bout.start, bout.end, [bout], at)
            oracle |= dict.fromkeys(range(first, first + length), activity)
        kept = bouts.between(connection, "me", *WEEK)
        assert steps_of(kept) == oracle
        assert len({bout.id for bout in kept}) == len(kept)


@given(st.lists(spans, min_size=1, max_size=6))
def test_undo_walks_back_one_action_at_a_time(scratch: Scratch, told: list[tuple[int, int, str]]) -> None:
    """Undoing as often as something was changed shows every earlier day again, back to the empty one."""
    with scratch() as connection:
        seen = [steps_of(())]
        for number, span in enumerate(told):
            bout = bout_of(*span)
            at = START + timedelta(minutes=number)
            bouts.replace(connection, "me", bout.start, bout.end, [bout], at)
            seen.append(steps_of(bouts.between(connection, "me", *WEEK)))
        for before in reversed(seen[:-1]):
            assert bouts.undo_last(connection, "me")
            assert steps_of(bouts.between(connection, "me", *WEEK)) == before
        assert not bouts.undo_last(connection, "me")


def test_a_window_given_back_whole_changes_nothing(connection: Connection) -> None:
    """Bouts that reach over the window's edges may be given back whole; they are not doubled."""
    night = bout_of(0, 24, "driving")
    bouts.replace(connection, "me", night.start, night.end, [night], START)
    inside = (START + timedelta(minutes=30), START + timedelta(minutes=60))
    kept = bouts.between(connection, "me", *inside)
    bouts.replace(connection, "me", *inside, kept, START)
    assert bouts.between(connection, "me", *WEEK) == kept


def test_a_bout_taken_away_comes_back_by_undo(connection: Connection) -> None:
    """Removing a bout removes it alone, and undo brings it back with its id."""
    one, other = bout_of(0, 6, "sitting"), bout_of(12, 6, "driving")
    first = bouts.replace(connection, "me", one.start, one.end, [one], START)[0]
    bouts.replace(connection, "me", other.start, other.end, [other], START + timedelta(minutes=1))
    assert bouts.remove(connection, "me", first.id, START + timedelta(minutes=2))
    assert [bout.activity for bout in bouts.listed(connection, "me")] == ["driving"]
    assert not bouts.remove(connection, "me", first.id, START)
    assert bouts.undo_last(connection, "me")
    assert bouts.get(connection, "me", first.id) == first


@pytest.mark.parametrize(
    "wrong",
    [
        [bout_of(0, -1, "sitting")],
        [bout_of(0, 6, "sitting"), bout_of(3, 6, "driving")],
        [Bout(start=START, end=START + timedelta(hours=1), activity="moving", confidence=1.5)],
    ],
    ids=["backwards", "overlap", "confidence"],
)
def test_unsound_bouts_are_refused(connection: Connection, wrong: list[Bout]) -> None:
    """Bouts that run backwards, overlap or are surer than sure raise InputError and nothing is kept."""
    with pytest.raises(InputError):
        bouts.replace(connection, "me", *WEEK, wrong, START)
    assert bouts.listed(connection, "me") == ()
