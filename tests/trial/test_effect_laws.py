"""What must hold of every diary's effect, whatever is in it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.trial.diary import Diary, diary_of
from midback.trial.effect import PHI_WEIGHTS, PHIS, Effect, estimate_effect

FIRST = date(2026, 1, 5)
score = st.one_of(st.none(), st.integers(0, 10))


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Any diary with two answers on each side."""
    before = draw(st.lists(score, min_size=0, max_size=16))
    during = draw(st.lists(score, min_size=0, max_size=40))
    ends = st.lists(st.integers(0, 10), min_size=2, max_size=3)
    given_ = [
        [np.nan if s is None else s for s in side]
        for side in ([*before, *draw(ends)], [*during, *draw(ends)])
    ]
    return diary_of("x", FIRST, *given_)


def mirrored(diary: Diary) -> Diary:
    return Diary(
        diary.person, diary.first, diary.day, 10 - diary.score, diary.programme_from, diary.days, diary.on
    )


def numbers(effect: Effect) -> list[float]:
    return [
        effect.estimate,
        effect.low,
        effect.high,
        effect.p_better(1),
        effect.p_worse(2),
        effect.phi,
        effect.sd,
    ]


@settings(max_examples=60, deadline=None)
@given(diary=diaries())
def test_every_diary_has_finite_numbers_in_order(diary: Diary) -> None:
    """The interval holds the middle of what is known, and more is never more probable than less."""
    effect = estimate_effect(diary)
    assert np.isfinite(numbers(effect)).all()
    assert effect.low < effect.high
    assert effect.low <= effect.posterior.quantiles(0.5)[0] <= effect.high
    assert 1 >= effect.p_better() >= effect.p_better(1) >= effect.p_better(2) >= 0
    assert effect.p_better() + effect.p_worse() == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(diary=diaries())
def test_better_and_worse_are_mirrors(diary: Diary) -> None:
    """A scale turned round turns the effect round and changes nothing else."""
    one, other = estimate_effect(diary), estimate_effect(mirrored(diary))
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-6)
    assert other.low == pytest.approx(-one.high, abs=1e-5)
    assert other.p_better(1) == pytest.approx(one.p_worse(1), abs=1e-6)


def test_a_change_in_the_middle_of_the_scale_is_found_as_large_as_it_is() -> None:
    """Days that differ by exactly two points around each phase's mean give two points."""
    noise = np.tile([-1.0, 0.0, 1.0, 0.0], 11)[:42]
    effect = estimate_effect(diary_of("x", FIRST, 6 + noise[:14], 4 + noise[14:]))
    assert effect.estimate == pytest.approx(-2, abs=0.15)
    assert effect.p_better(1) > 0.99


def test_the_last_days_count_not_the_first() -> None:
    """A relief in the first 14 days that is gone in the last 14 is no relief."""
    rng = np.random.default_rng(4)
    noise = rng.integers(-1, 2, 42)
    gone = estimate_effect(diary_of("x", FIRST, 5 + noise[:14], [*(2 + noise[14:28]), *(5 + noise[28:])]))
    late = estimate_effect(diary_of("x", FIRST, 5 + noise[:14], [*(5 + noise[14:28]), *(2 + noise[28:])]))
    assert gone.low < 0 < gone.high
    assert abs(gone.estimate) < 0.75
    assert late.estimate == pytest.approx(-3, abs=0.6)


def test_the_same_every_day_is_known_well_but_not_endlessly() -> None:
    """A diary of nothing but threes has a narrow interval around nothing, because a day's spread has a prior."""
    effect = estimate_effect(diary_of("x", FIRST, [3] * 14, [3] * 28))
    assert effect.estimate == pytest.approx(0, abs=1e-6)
    assert 0.05 < effect.high < 1


def test_a_remembered_week_makes_the_start_surer() -> None:
    """Beside three days of diary, a remembered week narrows the interval, and an odd one does not rule."""
    noise = np.random.default_rng(2).integers(-1, 2, 31)
    few = estimate_effect(diary_of("x", FIRST, 6 + noise[:3], 4 + noise[3:]))
    with_week = estimate_effect(diary_of("x", FIRST, 6 + noise[:3], 4 + noise[3:], recall=6.0))
    odd = estimate_effect(diary_of("x", FIRST, 6 + noise[:3], 4 + noise[3:], recall=9.0))
    assert with_week.high - with_week.low < few.high - few.low
    assert few.estimate - 1 < odd.estimate < with_week.estimate


def test_the_prior_of_the_correlation_is_a_weight_for_each_value() -> None:
    """As many weights as values, all of them positive, and the correlation stays below one."""
    assert len(PHIS) == len(PHI_WEIGHTS)
    assert min(PHI_WEIGHTS) > 0
    assert min(PHIS) > -1
    assert max(PHIS) < 1
