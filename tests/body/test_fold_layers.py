"""What shows of stretches laid over each other, against looking at every minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from midback.body.evidence import TOLD, Evidence, Told
from midback.body.fold import fold
from midback.body.fold_layers import showing

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
MINUTES = st.tuples(st.integers(0, 40), st.integers(-2, 20))


@given(st.lists(MINUTES, max_size=12))
def test_the_last_layer_shows(given_: list[tuple[int, int]]) -> None:
    """At every instant the last layer that covers it shows; parts do not overlap, and empty ones cover nothing."""
    layers = [(float(a), float(a + length), name) for name, (a, length) in enumerate(given_)]
    shown = showing(layers)
    assert all(b <= c for (_, b, _), (c, _, _) in pairwise(shown))
    for minute in range(62):
        over = [name for a, b, name in layers if a <= minute < b]
        assert [name for a, b, name in shown if a <= minute < b] == over[-1:]


@given(st.lists(st.tuples(MINUTES, st.sampled_from(TOLD)), min_size=1, max_size=9))
def test_of_the_persons_words_the_later_start_wins(given_: list[tuple[tuple[int, int], Told]]) -> None:
    """However words lie in each other: the later start wins, of two that start together the shorter one."""
    words = sorted({(a, -(a + max(1, length)), told) for (a, length), told in given_})
    evidence = [
        Evidence(
            at=MORNING + timedelta(minutes=a),
            until=MORNING - timedelta(minutes=minus_until),
            source="person",
            activity=told,
        )
        for a, minus_until, told in words
    ]
    bouts = fold(evidence)
    for minute in range(62):
        at = MORNING + timedelta(minutes=minute)
        over = [told for a, minus_until, told in words if a <= minute < -minus_until]
        if over:
            assert [b.activity for b in bouts if b.start <= at < b.end] == over[-1:]
