"""The words are wrong as seldom as docs/trial.md promises: a small simulation; the large one is in bench/.

Each bound is the promise and three Monte-Carlo standard errors, so that a run fails when a promise is broken and not
by chance. The seeds are fixed.
"""

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from midback.trial.analysis import Analysis, analyse
from midback.trial.cause import find_cause, onset
from midback.trial.diary import diary_of
from scripts import load_script

World = load_script("bench/trial_diaries.py").World
made_up = load_script("bench/trial_diaries.py").made_up
correlated = load_script("bench/trial_diaries.py").correlated
FIRST = date(2026, 1, 5)
PEOPLE = 120
SAID = ("better", "worse")
ALMOST = (*SAID, "probably better", "probably worse")


def analyses(seed: int, world: Any, people: int = PEOPLE) -> list[Analysis]:
    scores = made_up(np.random.default_rng(seed), people, world)
    return [analyse(diary_of("x", FIRST, s[: world.baseline], s[world.baseline :])) for s in scores]


def at_most(promise: float, n: int) -> float:
    return promise + 3 * math.sqrt(promise * (1 - promise) / n)


def at_least(promise: float, n: int) -> float:
    return promise - 3 * math.sqrt(promise * (1 - promise) / n)


NOTHING = [
    World(14, 28, 0.0),
    World(14, 28, 0.7),
    World(7, 28, 0.5, missing=0.2, missing_when="low"),
    World(7, 28, 0.7, mean=1.0, missing=0.2),
    World(14, 28, 0.3, mean=9.0),
    World(7, 28, 0.5, noise="t3", sd=2.5),
]


@pytest.mark.slow
@pytest.mark.parametrize("world", NOTHING, ids=lambda w: f"{w.baseline}-{w.phi}-{w.mean}-{w.noise}")
def test_people_to_whom_nothing_happens_are_seldom_told_so(world: Any) -> None:
    """Better or worse at most 5 in 100, with the probable words at most 20, and the interval holds zero."""
    found = analyses(int(100 * world.phi + world.mean), world)
    words = [a.verdict.word for a in found]
    assert np.mean([w in SAID for w in words]) <= at_most(0.05, PEOPLE)
    assert np.mean([w in ALMOST for w in words]) <= at_most(0.20, PEOPLE)
    holds = [a.effect is not None and a.effect.low <= 0 <= a.effect.high for a in found]
    assert np.mean(holds) >= at_least(0.93 if world.mean == 5 else 0.92, PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize("ramp", [0, 21])
def test_three_points_are_found(ramp: int) -> None:
    """3 points over 28 days, at once or over 21 days, are at least "probably better" in 80 of 100 at phi 0.3."""
    world = World(14, 28, 0.3, mean=6.5, effect=3.0, ramp=ramp)
    found = analyses(11, world)
    words = [a.verdict.word for a in found]
    assert np.mean([w in ("better", "probably better") for w in words]) >= at_least(0.85, PEOPLE)
    truth = world.true_difference()
    covered = [a.effect is not None and a.effect.low <= truth <= a.effect.high for a in found]
    assert np.mean(covered) >= at_least(0.93, PEOPLE)


@pytest.mark.slow
def test_both_looks_together_keep_the_promise() -> None:
    """Looking on day 21 too leaves the error of both looks together within the promise."""
    scores = made_up(np.random.default_rng(5), PEOPLE, World(14, 28, 0.5))
    looks = [
        {analyse(diary_of("x", FIRST, s[:14], s[14:end])).verdict.word for end in (35, 42)} for s in scores
    ]
    assert np.mean([bool(words & set(SAID)) for words in looks]) <= at_most(0.05, PEOPLE)
    assert np.mean([bool(words & set(ALMOST)) for words in looks]) <= at_most(0.20, PEOPLE)


@pytest.mark.slow
def test_natural_recovery_is_seldom_taken_for_the_programme() -> None:
    """With natural recovery of 1 SD and no effect one is shown in at most 5 of 100; an effect of 3 points is seen."""
    rng = np.random.default_rng(9)
    none, some = [], []
    for noise in 1.5 * correlated(rng, PEOPLE, 70, 0.5):
        on = np.concatenate(
            [np.repeat([1.0, 0.0] if first else [0.0, 1.0], 7) for first in rng.random(4) < 0.5]
        )
        pain = 6 - 1.5 * np.linspace(0, 1, 70) + noise
        helped = pain - 3 * np.concatenate([np.zeros(14), onset(on, 1.0)])
        for found, felt in ((none, pain), (some, helped)):
            scores = np.clip(np.rint(felt), 0, 10)
            found.append(find_cause(diary_of("x", FIRST, scores[:14], scores[14:], on)).shown)
    assert np.mean([shown == "shown" for shown in none]) <= at_most(0.05, PEOPLE)
    assert np.mean([shown == "shown" for shown in some]) >= 0.8
