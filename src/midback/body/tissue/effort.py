"""How hard the groups work in a posture. In: loads by statics. Out: Effort. Next: advance and the day.

The neck's share of its strength is what statics says. The strength of the back between the shoulder blades is not
known: its effort is a prior over quiet upright sitting (2 to 8 % was seen at the trunk) times the pull of the
extensors at T4 to T8 relative to the same person upright. The shoulders' effort is their moment by a strength
measured hanging and at 45 degrees in young people. As a check: held out at 90 degrees without a load an arm takes
22 to 25 % of men's and 34 % of women's strength (Stockholm), which is no source of the numbers here.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.body.statics import LEVELS, Load
from midback.body.subject import Subject
from midback.body.tissue.parameters import TissueParams, tissue_parameters
from midback.body.tissue.state import GROUPS, Array, check_range, floats
from midback.body.working_posture import WorkingPosture
from midback.errors import InputError

# More than a group's strength is an estimate's way of saying "all of it"; far more is a slip of units.
MOST_FRACTION: Final = 5.0
MID_BACK_LEVELS: Final = slice(LEVELS.index("T4"), LEVELS.index("T8") + 1)
# Where the shoulder's strength was measured, and how far the line through both is followed: rad.
MEASURED_AT: Final = float(np.deg2rad(45.0))
FARTHEST: Final = float(np.deg2rad(120.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What is asked of the body for a while, with any leading batch axes; NaN where it is not known.

    fraction : (..., G), of the greatest voluntary effort; above 1 it counts as 1
    flexion : (...,), 0..1, share of the full forward bend of the thoracic spine
    moving : (...,), 0..1, share of the time that is movement instead of holding still; None for none
    """

    fraction: Array
    flexion: Array
    moving: Array | None = None


def at_rest(shape: tuple[int, ...] = (), moving: float = 0.0) -> Effort:
    """Return no effort at all, for a batch of ``shape``; ``moving`` 1 for loose movement without load."""
    return Effort(
        fraction=np.zeros((*shape, len(GROUPS))), flexion=np.zeros(shape), moving=np.full(shape, moving)
    )


def effort_of(
    load: Load,
    upright: Load,
    posture: WorkingPosture,
    params: TissueParams | None = None,
    *,
    subject: Subject | None = None,
    moving: Array | None = None,
) -> Effort:
    """Return the effort that a posture asks for, held still unless ``moving`` says otherwise.

    load, upright : of the posture, and of the same person upright ; subject : whose shoulders; None is anybody's
    Leading axes broadcast, those of ``params`` too; fraction (..., G), flexion (...,).
    """
    known = params or tissue_parameters()
    pull, usual = (one.extensor_force[..., MID_BACK_LEVELS].mean(axis=-1) for one in (load, upright))
    parts = (
        load.neck_fraction,
        known.mid_back_upright * pull / usual,
        np.abs(load.shoulder_moment) / shoulder_strength(posture, known, subject),
    )
    flexion = np.clip(np.asarray(posture.thoracic_flexion) / known.full_flexion, 0.0, 1.0)
    shape = np.broadcast_shapes(flexion.shape, *(part.shape for part in parts))
    fraction = np.stack([np.broadcast_to(part, shape) for part in parts], axis=-1)
    return Effort(fraction=fraction, flexion=np.broadcast_to(flexion, shape), moving=moving)


def shoulder_strength(
    posture: WorkingPosture, params: TissueParams | None = None, subject: Subject | None = None
) -> Array:
    """Return the greatest moment of one shoulder, arm as in the posture, N m, (...,).

    A line through what was measured hanging and at 45 degrees, followed as far as 120.
    """
    known = params or tissue_parameters()
    hanging, raised = known.shoulder_strength[..., 0], known.shoulder_strength[..., 1]
    angle = np.clip(np.asarray(posture.shoulder_flexion), 0.0, FARTHEST)
    man = hanging + (raised - hanging) * (angle / MEASURED_AT)
    male, strength = (0.5, 1.0) if subject is None else (subject.male, subject.strength)
    own: Array = man * (male + (1.0 - male) * known.shoulder_women) * strength
    return own


def check_effort(effort: Effort) -> Effort:
    """Return the effort as float arrays, or raise InputError naming the value, its rule and range."""
    fraction, flexion = floats("fraction", effort.fraction), floats("flexion", effort.flexion)
    moving = None if effort.moving is None else floats("moving", effort.moving)
    if fraction.ndim == 0 or fraction.shape[-1] != len(GROUPS):
        raise InputError(
            "fraction has the shape {shape}.",
            "Its last axis holds the groups: {groups}.",
            values={"shape": str(fraction.shape), "groups": ", ".join(GROUPS)},
        )
    check_range("fraction", fraction, 0.0, MOST_FRACTION)
    check_range("flexion", flexion, 0.0, 1.0)
    if moving is not None:
        check_range("moving", moving, 0.0, 1.0)
    return Effort(fraction=fraction, flexion=flexion, moving=moving)
