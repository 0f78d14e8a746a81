"""Was it the programme? In: a diary with weeks drawn by chance. Out: a Cause. Next: doors, report.

Without weeks on and off in an order drawn by chance this is not tested, and the reasons are said. With them, the days
on are held against the days off: pain has a trend of its own (a line, and a bend that is held small), the programme
sets in and wears off over some days, days correlate, weekdays differ. Negative is less pain while the programme is on.
Where there are pairs of weeks enough, an exact randomisation test, which assumes nothing about pain, has to agree.
"""

from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from midback.reasons import Reason

from .ar1 import Fit, fit, whiten
from .diary import OF_SEVEN, Diary
from .effect import PHI_WEIGHTS, PHIS, WEEKDAY_SPREADS
from .student import Mixture

Array = NDArray[np.float64]
Shown = Literal["not tested", "shown", "not shown"]

RULE_VERSION: Final = 1
# Without this many answered days on, and off, there is nothing to hold against each other.
LEAST_DAYS: Final = 8
# One change from on to off cannot be told from a trend.
LEAST_SWITCHES: Final = 2
# Days until half of the effect is there, or gone; each as likely as the others before anything is seen.
HALF_LIVES: Final = (0.0, 1.0, 2.0, 4.0)
# How far natural recovery may bend away from a line, in spreads of a day.
BEND_SPREAD: Final = 1.0
# How probable it must be that the days on are better.
SURE: Final = 0.975
WEEK: Final = 7
# The first days of a week still show the week before.
DROPPED: Final = 2
LEVEL: Final = 0.05
# All allocations of so many pairs are gone through; of more, the first so many.
MOST_PAIRS: Final = 16
# What else makes pain less, without weeks that were drawn by chance.
OTHER_CAUSES: Final = (
    Reason("trial.natural-course", {}, RULE_VERSION),
    Reason("trial.regression-to-the-mean", {}, RULE_VERSION),
    Reason("trial.expectation", {}, RULE_VERSION),
)


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact randomisation test. pairs : of weeks; p : one-sided; least : the smallest p that so many pairs allow"""

    pairs: int
    p: float
    least: float


@dataclass(frozen=True, slots=True)
class Cause:
    """Whether the programme did it, and why that is said.

    estimate, low, high : points, on less off, with the 95 % interval; p : that the days on are better
    exact : None where the weeks are no pairs
    """

    shown: Shown
    reasons: tuple[Reason, ...]
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    exact: Exact | None = None


def find_cause(diary: Diary) -> Cause:
    """Say whether the programme made the difference between its days on and off."""
    if diary.on is None:
        return Cause("not tested", OTHER_CAUSES)
    on = diary.on[diary.day[~diary.baseline]]
    switches = int(np.abs(np.diff(diary.on[diary.programme_from :])).sum())
    fewest = int(min((on == 1).sum(), (on == 0).sum()))
    if fewest < LEAST_DAYS or switches < LEAST_SWITCHES:
        few = Reason("trial.few-weeks", {"days": fewest, "switches": switches}, RULE_VERSION)
        return Cause("not tested", (few, *OTHER_CAUSES))
    posterior = contrast(diary)
    low, high = posterior.quantiles((0.025, 0.975))
    sure = float(posterior.below(0.0)[0])
    exact = randomisation_test(diary)
    shown = sure >= SURE
    reasons = [
        Reason("trial.weeks-compared", {"low": round(float(low), 1), "high": round(float(high), 1)}, 1)
    ]
    if exact is not None and exact.least > LEVEL:
        reasons.append(
            Reason("trial.few-allocations", {"pairs": exact.pairs, "orders": 2**exact.pairs}, RULE_VERSION)
        )
    elif exact is not None:
        shown = shown and exact.p <= LEVEL
        reasons.append(
            Reason(
                "trial.exact-test", {"pairs": exact.pairs, "percent": round(100 * exact.p, 1)}, RULE_VERSION
            )
        )
    word: Shown = "shown" if shown else "not shown"
    return Cause(word, tuple(reasons), posterior.mean, float(low), float(high), sure, exact)


def contrast(diary: Diary) -> Mixture:
    """Return what is known of the days on less the days off; the diary has days of both."""
    assert diary.on is not None  # noqa: S101 - find_cause asked
    first, length = diary.programme_from, diary.days
    programme = diary.day >= first
    along = np.where(programme, 2 * (diary.day - first) / max(1, length - first - 1) - 1, 0.0)
    columns = [programme * 1.0, along, np.where(programme, along**2 - 1 / 3, 0.0)]
    shifts = len(columns)
    columns += [
        onset(diary.on[first:], half)[np.clip(diary.day - first, 0, None)] * programme for half in HALF_LIVES
    ]
    spread = [np.inf, np.inf, BEND_SPREAD]
    always = [0, 1, 2]
    if not programme.all():
        # People often begin a diary when it is worst, so the baseline has a level of its own and says nothing here
        # but how days spread and correlate.
        always.append(len(columns))
        spread.append(np.inf)
        columns.append(1.0 - programme)
    week = len(columns)
    columns += [(diary.day % WEEK == weekday).astype(np.float64) for weekday in range(WEEK)]
    white = whiten(diary.day, diary.score, np.stack(columns, axis=1), np.array(PHIS))
    fits: list[Fit] = []
    for shift, weekday in product(range(shifts, shifts + len(HALF_LIVES)), WEEKDAY_SPREADS):
        also = list(range(week, week + WEEK)) if weekday else []
        fits.append(fit(white, [*always, shift, *also], [*spread, np.inf, *[weekday] * len(also)], shift))
    weight = np.array([one.log_weight for one in fits]) + np.log(PHI_WEIGHTS)
    weight = np.exp(weight - weight.max())
    return Mixture(
        (weight / weight.sum()).ravel(),
        np.concatenate([one.coefficient for one in fits]),
        np.concatenate([one.scale for one in fits]),
        fits[0].df,
    )


def onset(on: Array, half_life: float) -> Array:
    """Return how much of the effect is there on each day (D,): it sets in and wears off by half each ``half_life``."""
    if half_life == 0:
        return on.astype(np.float64)
    reached = np.empty(len(on))
    now, step = 0.0, 1 - 0.5 ** (1 / half_life)
    for day, target in enumerate(on):
        now += step * (target - now)
        reached[day] = now
    return reached


def randomisation_test(diary: Diary) -> Exact | None:
    """Test pairs of weeks, one on and one off each, against every order they might have been drawn in.

    The statistic is the mean over pairs of the mean of the week on less that of the week off, without the first two
    days of each. None where the programme is not made of such pairs.
    """
    assert diary.on is not None  # noqa: S101 - find_cause asked
    scores = np.full(diary.days, np.nan)
    scores[diary.day] = diary.score
    on = diary.on[diary.programme_from :]
    scores = scores[diary.programme_from :]
    differences = []
    for start in range(0, len(on) - 2 * WEEK + 1, 2 * WEEK):
        weeks = [slice(start, start + WEEK), slice(start + WEEK, start + 2 * WEEK)]
        switch = [on[week] for week in weeks]
        if any(len(np.unique(one)) > 1 for one in switch) or switch[0][0] == switch[1][0]:
            return None
        kept = [scores[week][DROPPED:] for week in weeks]
        if min(int(np.isfinite(one).sum()) for one in kept) < OF_SEVEN - DROPPED:
            continue
        first, second = (float(np.nanmean(one)) for one in kept)
        differences.append(first - second if switch[0][0] == 1 else second - first)
    if not differences:
        return None
    found = np.array(differences[:MOST_PAIRS])
    signs = np.array(list(product((1.0, -1.0), repeat=len(found))))
    # A hair's breadth more, so that equal sums count as equal.
    p = float((signs @ found <= found.sum() + 1e-9).mean())
    return Exact(len(found), p, 0.5 ** len(found))
