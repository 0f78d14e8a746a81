"""One piece of steady effort. In: state, effort, seconds. Out: the state after it, exactly. Next: sample, policy.

advance(advance(s, e, a), e, b) is advance(s, e, a + b) to rounding. NaN in an effort (a time nobody knows about)
makes the parts that hang on it NaN from there on, and not the others: what is unknown is not taken for rest. A day
with holes is bracketed by ``holes.run_between``.
"""

from typing import Any

import numpy as np

from midback.body.tissue import creep, fatigue, static_dose
from midback.body.tissue.effort import Effort, check_effort
from midback.body.tissue.parameters import TissueParams, tissue_parameters
from midback.body.tissue.state import GROUPS, Array, TissueState, check_state, floats
from midback.errors import InputError


def advance(state: TissueState, effort: Effort, dt: Any, params: TissueParams | None = None) -> TissueState:
    """Return the state after ``dt`` seconds of a steady effort; batch axes broadcast, dt (...,).

    Raises
    ------
    InputError
        When a time is negative or not a number, a share lies outside its range, or shapes do not fit.
    """
    known = params or tissue_parameters()
    state, effort, seconds = check_state(state), check_effort(effort), check_seconds(dt)
    try:
        return _advance(state, effort, seconds, known)
    except ValueError as exc:
        raise InputError(
            "The shapes of state, effort and time do not fit: {why}.",
            "Leading axes broadcast; fatigue, dose and fraction have the groups as last axis.",
            values={"why": str(exc)},
        ) from exc


def _advance(state: TissueState, effort: Effort, seconds: Array, known: TissueParams) -> TissueState:
    shapes = [state.fatigue.shape[:-1], state.dose.shape[:-1], state.creep_fast.shape, state.creep_slow.shape]
    shapes += [effort.fraction.shape[:-1], effort.flexion.shape, seconds.shape, known.relief_s.shape]
    batch = np.broadcast_shapes(*shapes)
    long = seconds[..., None]
    moving = None if effort.moving is None else effort.moving[..., None]
    target = np.minimum(effort.fraction, 1.0)
    recover = fatigue.recovery(
        effort.fraction,
        moving,
        known.recover,
        *(part[..., None] for part in (known.rest_multiplier, known.rest_level, known.moving_let_go)),
    )
    gained = static_dose.gain(target, moving, known.endurance_s, known.endurance_power)
    leaking = static_dose.leak(moving, known.recovery_s[..., None], known.relief_s[..., None])
    fast, slow = known.asymptote * known.fast_share, known.asymptote * (1.0 - known.fast_share)
    tired = fatigue.after(state.fatigue, target, known.tire, recover, long)
    dose = static_dose.after(state.dose, gained, leaking, long)
    soon = creep.part_after(state.creep_fast, effort.flexion * fast, known.loading_s, known.fast_s, seconds)
    late = creep.part_after(state.creep_slow, effort.flexion * slow, known.loading_s, known.slow_s, seconds)
    return TissueState(
        fatigue=np.broadcast_to(tired, (*batch, len(GROUPS))),
        creep_fast=np.broadcast_to(soon, batch),
        creep_slow=np.broadcast_to(late, batch),
        dose=np.broadcast_to(dose, (*batch, len(GROUPS))),
    )


def check_seconds(dt: Any) -> Array:
    """Return times as floats, or raise InputError when one is negative or not a number."""
    seconds = floats("dt", dt)
    wrong = ~(np.isfinite(seconds) & (seconds >= 0))
    if wrong.any():
        raise InputError(
            "A stretch of time is {found:g} s long.",
            "It is a number of seconds, 0 or more.",
            values={"found": float(seconds[wrong].flat[0])},
        )
    return seconds
