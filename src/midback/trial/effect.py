"""Did it change? In: a diary. Out: an Effect, the last 14 days against the baseline. Next: verdict.

The difference is that of the scores the person would write: negative is less pain. How the change comes is not known,
so several paths are fitted and weighed by how well they tell the days: at once, over 14 days, over 28, and one in which
the first days of the programme go their own way. Correlation, spread, weekdays and paths are integrated over; the
difference itself has a flat prior. docs/trial.md says where each constant is from and what it changes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .ar1 import fit, whiten, with_apart
from .diary import Diary
from .ends import relative_spreads
from .student import Mixture

Array = NDArray[np.float64]

PHIS: Final = tuple(round(-0.3 + 0.05 * i, 2) for i in range(23))  # -0.3 to 0.8
# Weight of each phi before anything is seen: even, with 5 and 14 times as much on the two highest, so that
# intervals cover alike at every correlation up to 0.7 (bench/trial_error_rates.py); an even prior covers too little.
PHI_WEIGHTS: Final = tuple([1.0] * 21 + [5.0, 14.0])
# How much weekdays may differ, in spreads of a day: not at all, or about half of one. Even odds.
WEEKDAY_SPREADS: Final = (0.0, 0.5)
# Days until the whole change is there, and the weight of each path.
RAMPS: Final = {0: 0.4, 14: 0.2, 28: 0.2}
OWN_WAY: Final = 0.2
# How far a week as remembered may lie from the mean before the programme, in spreads of a day: the week's own mean
# (0.6) and memory (1.0, assumed: no measured value was found).
RECALL_SPREAD: Final = 1.2
OWN_WAY_SPREAD: Final = 1.5  # spreads of a day, of the first days' mean and slope around the step


@dataclass(frozen=True, slots=True)
class Effect:
    """How the last 14 days differ from the baseline; negative is less pain.

    estimate, low, high : points, and the 95 % interval; phi : correlation of a day with the next; sd : of a day
    posterior : what is known of the difference
    """

    estimate: float
    low: float
    high: float
    phi: float
    sd: float
    posterior: Mixture

    def p_better(self, by: float = 0.0) -> float:
        """Return the probability that pain is less by at least ``by`` points."""
        return float(self.posterior.below(-by)[0])

    def p_worse(self, by: float = 0.0) -> float:
        """Return the probability that pain is more by at least ``by`` points."""
        return 1 - float(self.posterior.below(by)[0])


def estimate_effect(diary: Diary) -> Effect:
    """Estimate how the last 14 days differ from the baseline; both need an answer, the diary three."""
    first, last = diary.programme_from, diary.last_from
    since = np.clip(diary.day - first + 1, 0, None).astype(np.float64)
    early = (diary.day >= first) & (diary.day < last)
    columns = [np.ones(len(diary.day))]
    last_days = np.arange(last - first + 1, diary.days - first + 1)
    for ramp in RAMPS:
        reached = np.minimum(1, since / ramp) if ramp else (since > 0).astype(np.float64)
        # One is the whole of the last 14 days, so that every path's coefficient is the same difference.
        whole = float(np.minimum(1, last_days / ramp).mean()) if ramp else 1.0
        columns.append(reached / whole)
    own = len(columns)
    columns.append(early.astype(np.float64))
    columns.append(np.where(early, 2 * (diary.day - first) / max(1, last - first - 1) - 1, 0.0))
    week = len(columns)
    columns += [(diary.day % 7 == weekday).astype(np.float64) for weekday in range(7)]

    phis = np.array(PHIS)
    spread_of = _spread(diary, early)
    white = whiten(diary.day, diary.score, np.stack(columns, axis=1), phis, spread_of)
    if diary.recall is not None:
        row = np.zeros(len(columns))
        row[0], row[week:] = 1.0, 1 / 7
        white = with_apart(white, row, diary.recall, RECALL_SPREAD)
    flat = [np.inf, np.inf]
    paths = [([0, 1 + i], flat, weight) for i, weight in enumerate(RAMPS.values())]
    if early.any():
        paths.append(([0, 1, own, own + 1], [*flat, OWN_WAY_SPREAD, OWN_WAY_SPREAD], OWN_WAY))
    fits, log_prior = [], []
    for use, spread, weight in paths:
        for weekday in WEEKDAY_SPREADS:
            also = list(range(week, week + 7)) if weekday else []
            fits.append(fit(white, use + also, spread + [weekday] * len(also), use[1]))
            log_prior.append(np.log(weight) + np.log(PHI_WEIGHTS))
    # Days near an end of the scale are alike because they cannot differ, and say less about correlation.
    told = float(spread_of.mean())
    weight_of = told * np.array([one.log_weight for one in fits]) + np.array(log_prior)
    weight_of = np.exp(weight_of - weight_of.max())
    weight_of /= weight_of.sum()
    posterior = Mixture(
        weight_of.ravel(),
        np.concatenate([one.coefficient for one in fits]),
        np.concatenate([one.scale for one in fits]),
        fits[0].df,
    )
    low, high = posterior.quantiles((0.025, 0.975))
    return Effect(
        posterior.mean,
        float(low),
        float(high),
        float((weight_of @ phis).sum()),
        float((weight_of * np.array([one.sigma for one in fits])).sum()),
        posterior,
    )


def _spread(diary: Diary, early: NDArray[np.bool_]) -> Array:
    """Return how much each answered day spreads, by how near its stretch is to an end of the scale (T,)."""
    stretches = [which for which in (diary.baseline, early, diary.last) if which.any()]
    mean = np.array([diary.score[which].mean() for which in stretches])
    answers = np.array([int(which.sum()) for which in stretches])
    squares = sum(
        float(((diary.score[which] - m) ** 2).sum()) for which, m in zip(stretches, mean, strict=True)
    )
    spread = np.ones(len(diary.day))
    left = max(1, int(answers.sum()) - len(stretches))
    found = relative_spreads(mean, squares / left, answers)
    for which, one in zip(stretches, found, strict=True):
        spread[which] = one
    return spread
