"""Days for the tests of time: strategies, and the laws followed by small steps of a plain rule."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from midback.body.tissue import GROUPS, Effort, TissueParams, TissueState, tissue_parameters

G = len(GROUPS)
shares = st.floats(0.0, 1.0)
# Rest, the level below which muscle counts as let go, quiet sitting, the model's floor, and hard work.
fractions = st.one_of(st.just(0.0), st.floats(0.0, 0.03), st.floats(0.03, 0.15), st.floats(0.0, 1.2))
seconds = st.one_of(st.just(0.0), st.floats(0.0, 120.0), st.floats(0.0, 20_000.0))


@st.composite
def states(draw: st.DrawFn, shape: tuple[int, ...] = ()) -> TissueState:
    """Draw any state that can be."""
    most = float(tissue_parameters().asymptote)
    return TissueState(
        fatigue=draw(arrays(float, (*shape, G), elements=shares)),
        creep_fast=draw(arrays(float, shape, elements=st.floats(0.0, most / 2))),
        creep_slow=draw(arrays(float, shape, elements=st.floats(0.0, most / 2))),
        dose=draw(arrays(float, (*shape, G), elements=shares)),
    )


@st.composite
def efforts(draw: st.DrawFn, shape: tuple[int, ...] = ()) -> Effort:
    """Draw any effort, still or moving."""
    moving = draw(st.booleans())
    return Effort(
        fraction=draw(arrays(float, (*shape, G), elements=fractions)),
        flexion=draw(arrays(float, shape, elements=shares)),
        moving=draw(arrays(float, shape, elements=shares)) if moving else None,
    )


def parts(state: TissueState) -> list[Any]:
    """Return the arrays of a state, for comparing."""
    return [state.fatigue, state.dose, state.creep_fast, state.creep_slow]


def slopes(values: Any, effort: Effort, known: TissueParams) -> Any:
    """Return the time derivative of (fatigue, dose, fast, slow) laid end to end: the laws as they are written down."""
    tired, dose, fast, slow = values[:G], values[G : 2 * G], values[-2], values[-1]
    asked = np.minimum(effort.fraction, 1.0)
    moving = 0.0 if effort.moving is None else float(effort.moving)
    let_go = np.clip(1 - effort.fraction / known.rest_level, 0, 1)
    let_go = let_go + (1 - let_go) * moving * known.moving_let_go
    recover = known.recover * (1 + (known.rest_multiplier - 1) * let_go)
    working = np.minimum(asked, 1 - tired)
    gained = (1 - moving) * asked**-known.endurance_power / known.endurance_s
    leak = 1 / known.recovery_s + moving / known.relief_s
    goals = effort.flexion * known.asymptote * np.array([known.fast_share, 1 - known.fast_share])
    apart = goals - np.array([fast, slow])
    times = np.where(apart > 0, known.loading_s, np.array([known.fast_s, known.slow_s]))
    return np.concatenate(
        [known.tire * working - recover * tired, gained * (1 - dose) - leak * dose, apart / times]
    )


def laid_out(state: TissueState) -> Any:
    """Return a single state as one row of numbers, as ``slopes`` wants it."""
    return np.concatenate([state.fatigue, state.dose, [state.creep_fast, state.creep_slow]])
