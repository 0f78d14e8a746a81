"""The constants of the laws of time as arrays. In: catalogue.constants. Out: TissueParams. Next: advance, day.

Every field broadcasts: one set for everybody, or leading batch axes, one set a member, as ``draw_tissue`` makes them
to see how far the spread of the constants carries.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from midback.body.tissue.state import Array
from midback.catalogue.constants import Constant, Constants, load_constants

# field -> id in data/body; what is a row in the file has the groups as last axis here.
_IDS: Final = {
    "tire": "fatigue-tire",
    "recover": "fatigue-recover",
    "rest_multiplier": "fatigue-rest-multiplier",
    "rest_level": "fatigue-rest-level",
    "moving_let_go": "fatigue-moving-let-go",
    "asymptote": "creep-asymptote",
    "loading_s": "creep-loading-time",
    "fast_share": "creep-fast-share",
    "fast_s": "creep-fast-time",
    "slow_s": "creep-slow-time",
    "full_flexion": "creep-full-flexion",
    "endurance_s": "dose-endurance-factor",
    "endurance_power": "dose-endurance-power",
    "recovery_s": "dose-recovery-time",
    "relief_s": "dose-relief-time",
    "mid_back_upright": "effort-mid-back-upright",
    "shoulder_strength": "effort-shoulder-strength",
    "shoulder_women": "effort-shoulder-women",
}
_SHARES: Final = ("rest_level", "moving_let_go", "fast_share", "mid_back_upright", "shoulder_women")
# A group with r below 1 would recover the slower for being let go.
_LEAST_MULTIPLIER: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueParams:
    """What the laws of time need; (..., G) by group, (...,) for the whole back.

    tire, recover : (..., G), 1/s, F and R ; rest_multiplier : (...,), r
    rest_level : (...,), share of strength from which a still muscle is not let go ; moving_let_go : (...,)
    asymptote : (...,), rad ; loading_s, fast_s, slow_s : (...,), s ; fast_share : (...,)
    full_flexion : (...,), rad, the thoracic spine's full forward bend
    endurance_s, endurance_power : (..., G), b0 in s and b1 of the endurance curve
    recovery_s, relief_s : (...,), s, of the dose, always and in movement
    mid_back_upright : (...,), share of strength in quiet sitting
    shoulder_strength : (..., 2), N m, a man's, arm hanging and at 45 degrees ; shoulder_women : (...,), of a man's
    """

    tire: Array
    recover: Array
    rest_multiplier: Array
    rest_level: Array
    moving_let_go: Array
    asymptote: Array
    loading_s: Array
    fast_share: Array
    fast_s: Array
    slow_s: Array
    full_flexion: Array
    endurance_s: Array
    endurance_power: Array
    recovery_s: Array
    relief_s: Array
    mid_back_upright: Array
    shoulder_strength: Array
    shoulder_women: Array


@cache
def tissue_parameters() -> TissueParams:
    """Return the packaged values."""
    return read_tissue(load_constants())


def read_tissue(constants: Constants) -> TissueParams:
    """Return the values of ``constants``; a missing id is a KeyError."""
    return TissueParams(**{name: np.asarray(constants[key].value, float) for name, key in _IDS.items()})


def draw_tissue(rng: np.random.Generator, draws: int, constants: Constants | None = None) -> TissueParams:
    """Return ``draws`` sets of values by their spread, the batch axis first.

    What is above 0 by nature is drawn log-normally with the constant as median, a share within 0..1; rows of one
    constant move together, as what is unknown about one group (the method, the extrapolation) is mostly shared.
    """
    known = constants or load_constants()
    found = {name: _draw(known[key], rng, draws) for name, key in _IDS.items()}
    for name in _SHARES:
        found[name] = np.minimum(found[name], 1.0)
    found["rest_multiplier"] = np.maximum(found["rest_multiplier"], _LEAST_MULTIPLIER)
    return TissueParams(**found)


def _draw(constant: Constant, rng: np.random.Generator, draws: int) -> Array:
    value = np.asarray(constant.value, float)
    spread = np.asarray(0.0 if constant.spread is None else constant.spread, float)
    # The standard deviation of the logarithm that gives this spread, for a log-normal law with this median.
    ratio = (spread / value) ** 2
    wide = np.sqrt(np.log((1.0 + np.sqrt(1.0 + 4.0 * ratio)) / 2.0))
    normal = rng.standard_normal((draws,) + (1,) * value.ndim)
    drawn: Array = value * np.exp(wide * normal)
    return drawn
