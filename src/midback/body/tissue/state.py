"""What effort leaves behind, at one instant. In: nothing, or arrays. Out: TissueState. Next: advance, day, the page.

Unknown is NaN, never 0. Constants of the laws stand in parameters.py, never in a state.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from midback.errors import InputError

Array = NDArray[np.float64]
GROUPS: Final = ("neck", "mid-back", "shoulders")


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueState:
    """The state of the three muscle groups and of the passive tissue of the back, with any leading batch axes.

    fatigue : (..., G), 0..1, share of each group's muscle fibres that is tired (M_F of the three-compartment model)
    creep_fast, creep_slow : (...,), rad, how much further the back bends than rested; what goes back in a minute,
        and what takes the better part of an hour. The creep is their sum.
    dose : (..., G), 0..1, how much of what a group can take up by being held still it has taken up
    """

    fatigue: Array
    creep_fast: Array
    creep_slow: Array
    dose: Array


def rested(shape: tuple[int, ...] = ()) -> TissueState:
    """Return the state of somebody rested, for a batch of ``shape``."""
    groups = (*shape, len(GROUPS))
    return TissueState(
        fatigue=np.zeros(groups),
        creep_fast=np.zeros(shape),
        creep_slow=np.zeros(shape),
        dose=np.zeros(groups),
    )


def creep_of(state: TissueState) -> Array:
    """Return how much further the back bends than rested, in rad, (...,)."""
    return state.creep_fast + state.creep_slow


def tiredness(state: TissueState) -> Array:
    """Return the share of each group's readiness that is used up, 0..1, (..., G): what is drawn and planned by.

    1 - (1 - fatigue)(1 - dose): what is left is what neither has taken, with the two as independent. It grows with
    either, is 0 for the rested, and is no judgement of a posture and no measure of pain.
    """
    spent: Array = 1.0 - (1.0 - state.fatigue) * (1.0 - state.dose)
    return spent


def check_state(state: TissueState, rounding: float = 1e-9) -> TissueState:
    """Return the state as float arrays of shapes that fit, or raise InputError naming the part and its range."""
    fatigue, dose = floats("fatigue", state.fatigue), floats("dose", state.dose)
    fast, slow = floats("creep_fast", state.creep_fast), floats("creep_slow", state.creep_slow)
    for name, values in (("fatigue", fatigue), ("dose", dose)):
        if values.ndim == 0 or values.shape[-1] != len(GROUPS):
            raise InputError(
                "{name} has the shape {shape}.",
                "Its last axis holds the groups: {groups}.",
                values={"name": name, "shape": str(values.shape), "groups": ", ".join(GROUPS)},
            )
        check_range(name, values, 0.0, 1.0, rounding=rounding)
    for name, values in (("creep_fast", fast), ("creep_slow", slow)):
        check_range(name, values, 0.0, np.pi, rounding=rounding)
    return TissueState(fatigue=fatigue, creep_fast=fast, creep_slow=slow, dose=dose)


def check_range(name: str, values: Array, low: float, high: float, *, rounding: float = 0.0) -> None:
    """Raise InputError when a known value lies outside low..high; NaN is unknown and passes."""
    if not values.size:
        return
    least, most = float(np.fmin.reduce(values, axis=None)), float(np.fmax.reduce(values, axis=None))
    for found in (least, most):
        if found < low - rounding or found > high + rounding:
            raise InputError(
                "{name} is {found:g}.",
                "It lies from {low:g} to {high:g}; NaN where it is not known.",
                values={"name": name, "found": found, "low": low, "high": high},
            )


def floats(name: str, values: Any) -> Array:
    """Return values as an array of floats, or raise InputError naming them."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as exc:
        raise InputError(
            "{name} does not hold numbers.", "Give an array of numbers.", values={"name": name}
        ) from exc
