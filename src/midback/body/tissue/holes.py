"""A day with holes, bracketed. In: a day's pieces, NaN where nothing is known. Out: a low and a high Day. Next: why.

Nobody knows what was done in a hole, so it is neither rest nor work. The laws are monotone: more effort, more bend and
less movement never leave less behind. So a day with every hole filled by the least there can be (rest in movement)
and one with every hole filled by the most that is likely (the heaviest of the known pieces, or what is given as
usual) bracket the day. After a hole the two come together again by themselves, for the laws forget.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from midback.body.tissue.day import Day, run_day
from midback.body.tissue.effort import Effort, check_effort
from midback.body.tissue.parameters import TissueParams
from midback.body.tissue.state import Array, TissueState
from midback.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two days that bracket one with holes; the same twice where there are none."""

    low: Day
    high: Day


def run_between(
    state: TissueState,
    efforts: Any,
    flexion: Any,
    dt: Any,
    params: TissueParams | None = None,
    *,
    moving: Any = None,
    usual: Effort | None = None,
    keep: bool = True,
) -> Between:
    """Run a day twice, holes filled by the least and by the most that is likely; arguments as for ``run_day``.

    usual : what to take as the most in a hole, fraction (..., G) and flexion (...,); None takes the most of the
        known pieces of the same day, group by group

    Raises
    ------
    InputError
        When nothing of a day is known and nothing is given as usual, and as ``run_day`` does.
    """
    asked = check_effort(Effort(fraction=efforts, flexion=flexion, moving=moving))
    dark = np.isnan(asked.fraction)
    hole = dark.any(axis=-1) | np.isnan(asked.flexion)
    if asked.moving is not None:
        hole = hole | np.isnan(asked.moving)
    if not hole.any():
        day = run_day(state, asked.fraction, asked.flexion, dt, params, moving=asked.moving, keep=keep)
        return Between(low=day, high=day)
    stirred = np.zeros(hole.shape) if asked.moving is None else np.broadcast_to(asked.moving, hole.shape)
    unknown = np.isnan(asked.fraction) if asked.moving is None else dark | np.isnan(stirred)[..., None]
    top, most = (None, None) if usual is None else (usual.fraction, usual.flexion)
    high = _fill(asked.fraction, _most(asked.fraction, -2) if top is None else np.asarray(top)[..., None, :])
    bent = _fill(asked.flexion, _most(asked.flexion, -1) if most is None else np.asarray(most)[..., None])
    still = np.where(hole, 0.0, stirred)
    low = np.where(unknown, 0.0, asked.fraction)
    straight = np.where(np.isnan(asked.flexion), 0.0, asked.flexion)
    return Between(
        low=run_day(state, low, straight, dt, params, moving=np.where(hole, 1.0, stirred), keep=keep),
        high=run_day(state, high, bent, dt, params, moving=still, keep=keep),
    )


def _most(values: Array, axis: int) -> Array:
    found: Array = np.fmax.reduce(values, axis=axis, keepdims=True)
    if np.isnan(found).any():
        raise InputError(
            "Nothing is known of a whole day.",
            "What is not known is filled from what is.",
            "Say what is usual, or leave the day out.",
        )
    return found


def _fill(values: Array, by: Array) -> Array:
    filled: Array = np.where(np.isnan(values), by, values)
    return filled
