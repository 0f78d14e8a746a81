"""Pain during a session is judged against the level before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import pains
from midback.plan.pain import SIGNS, easy_only, judge_pain, judge_sign


@pytest.mark.parametrize(
    ("before", "now", "action"),
    [
        (0, 0, "go-on"),
        (3, 2, "go-on"),
        (3, 3, "go-on"),
        (4, 4, "go-on"),
        (6, 6, "go-on"),
        (2, 3, "less-range"),
        (3, 4, "less-range"),
        (4, 5, "less-range"),
        (6, 7, "less-range"),
        (None, 3, "go-on"),
        (None, 4, "less-range"),
        (2, 4, "stop-exercise"),
        (5, 7, "stop-exercise"),
        (8, 8, "stop-exercise"),
        (9, 8, "stop-exercise"),
        (None, 8, "stop-exercise"),
    ],
)
def test_the_table(before: int | None, now: int, action: str) -> None:
    """No rise: go on. Up by 1, or 4-5 newly: less range. Up by 2, or 8 and above: stop that exercise."""
    assert judge_pain(before, now).action == action


@pytest.mark.parametrize(("now", "scale"), [(3, 1.0), (4, 0.9), (5, 0.9)])
def test_steady_pain_of_four_or_five_goes_on_with_a_little_less_range(now: int, scale: float) -> None:
    """No rise at 4-5 goes on with a little less range."""
    assert judge_pain(now, now).range_scale == scale


@given(pains, st.integers(0, 9))
def test_more_pain_never_leaves_more_range(before: int | None, now: int) -> None:
    """One point more never allows more, and whatever is not plain going on is asked about after 24 hours."""
    order = ["go-on", "less-range", "stop-exercise", "end-session"]
    less, more = judge_pain(before, now), judge_pain(before, now + 1)
    assert order.index(more.action) >= order.index(less.action)
    assert more.range_scale <= less.range_scale
    assert more.ask_next_day == (more.action != "go-on")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_new_sign_ends_the_session(sign: str) -> None:
    """New numbness, weakness, chest pain, breathlessness or dizziness ends the session."""
    assert judge_sign(sign).action == "end-session"


@pytest.mark.parametrize(("pain", "easy"), [(None, False), (6, False), (7, True), (10, True)])
def test_seven_before_starting_leaves_easy_movement(pain: int | None, easy: bool) -> None:
    """From seven on only easy movement starts."""
    assert (easy_only(pain) is not None) == easy
