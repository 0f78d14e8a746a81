"""What a posture asks of neck and mid-back. In: ``Subject``, ``WorkingPosture``. Out: ``Load``. Next: tissue, app.why.

Static equilibrium in the sagittal plane, level by level. The net moment is what muscles and ligaments carry together;
one force behind the joint balances it, or one in front where the weight would tip backwards. Compression is the part
of the weight along the column and the balancing force.

A support only ever helps: it takes what it can of a moment, never more than all of it, and never adds to one.
Ribs, pressure in the belly and muscles that pull against each other are left out, so that forces are lower bounds
of what a living back does; at the thoracic levels only the relation to the same person upright is told.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.body.parameters import GRAVITY, Params, parameters
from midback.body.statics_chain import chain
from midback.body.statics_moments import net_moment, weight_above
from midback.body.subject import Segments, Subject, segments
from midback.body.working_posture import WorkingPosture, check_posture
from midback.movement.rotation import Array

LEVELS: Final = ("C7", *(f"T{number}" for number in range(1, 13)))
_DOWN: Final = np.array([0.0, -GRAVITY])
_ARMS: Final = slice(13, 16)


@dataclass(frozen=True, slots=True)
class Load:
    """What a posture asks for, by level in ``LEVELS`` order.

    moment : (..., 13) N m, + where weight tips forward
    extensor_force : (..., 13) N, of what pulls behind ; front_force : (..., 13) N, of what pulls in front
    compression : (..., 13) N ; weight_above : (..., 13) N
    neck_fraction : (...,) of the greatest strength of the neck in the direction asked for
    shoulder_moment : (...,) N m at one shoulder, + where the arm's weight pulls it down in front
    """

    moment: Array
    extensor_force: Array
    front_force: Array
    compression: Array
    weight_above: Array
    neck_fraction: Array
    shoulder_moment: Array


def load_of(subject: Subject, posture: WorkingPosture, params: Params | None = None) -> Load:
    """Return the load of a posture; leading axes of all three are broadcast against each other.

    Raises
    ------
    InputError
        For an angle or a share that cannot be, naming value, rule and range; NaN is not known and stays NaN.
    """
    check_posture(posture)
    params = parameters() if params is None else params
    own = segments(subject, params)
    here = chain(own, posture, params)
    bearing = _bearing(params)
    masses = _masses(own)
    whole = net_moment(masses, here.bodies, here.joints, bearing, _DOWN)
    weight = weight_above(masses, bearing, _DOWN)
    arms, arm_bearing = masses[..., _ARMS], bearing[..., _ARMS]
    arm_moment = net_moment(arms, here.bodies[..., _ARMS, :], here.joints, arm_bearing, _DOWN)
    supported = np.asarray(posture.arm_support)[..., None]
    moment = _helped(whole, supported * arm_moment)
    weight = weight - supported * weight_above(arms, arm_bearing, _DOWN)
    moment = _leant(moment, posture, params)
    extensor, front = _arms_of_muscles(own, params)
    pull, push = np.maximum(moment, 0) / extensor, np.maximum(-moment, 0) / front
    at_shoulder = here.bodies[..., _ARMS, 0] - here.shoulder[..., 0, None]
    shoulder = 0.5 * GRAVITY * (arms * at_shoulder).sum(-1) * (1 - np.asarray(posture.arm_support))
    return Load(
        moment=moment,
        extensor_force=pull,
        front_force=push,
        compression=weight * np.maximum(np.cos(here.axis), 0) + pull + push,
        weight_above=weight,
        neck_fraction=_neck_fraction(moment[..., 0], subject, params),
        shoulder_moment=shoulder,
    )


def relative_load(load: Load, upright: Load) -> Array:
    """Return compression (..., 13) relative to that of the same person upright."""
    return np.asarray(load.compression / upright.compression)


def _masses(own: Segments) -> Array:
    """Return (..., 16) kg: head, T1 to T12, upper arms, forearms, hands."""
    parts = [own.head[..., None], own.slices, own.arms]
    lead = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
    return np.concatenate([np.broadcast_to(part, (*lead, part.shape[-1])) for part in parts], -1)


def _bearing(params: Params) -> Array:
    """Return (..., 13, 16), the part of each mass that bears on each level.

    What lies above bears whole. The arms hang from the shoulder blades, and these from many ribs and vertebrae: their
    weight comes onto the column in equal steps over ``arms_arrive`` levels below T1.
    """
    column = np.tril(np.ones((13, 13)))
    arrived = np.clip((np.arange(13) - 1) / params.segments.arms_arrive[..., None], 0, 1)
    arms = np.repeat(arrived[..., None], 3, -1)
    return np.concatenate([np.broadcast_to(column, (*arms.shape[:-2], 13, 13)), arms], -1)


def _helped(before: Array, taken: Array) -> Array:
    """Return a moment less what a support takes, held between nothing and what it was."""
    return np.clip(before - taken, np.minimum(before, 0), np.maximum(before, 0))


def _leant(moment: Array, posture: WorkingPosture, params: Params) -> Array:
    """Return moments with a back rest.

    Each part of the rest pushes normal to the back, so forward only. Spread from the hips up to its edge it takes the
    share ``back_rest`` of what would tip the trunk backwards at each level below the edge, and nothing of what tips
    it forwards: whoever does not lean on a rest has nothing from it.
    """
    reached = np.arange(13) >= params.spine.rest_edge[..., None]
    share = np.asarray(posture.back_rest)[..., None] * reached
    return np.where(moment < 0, moment * (1 - share), moment)


def _arms_of_muscles(own: Segments, params: Params) -> tuple[Array, Array]:
    """Return (..., 13) m behind and in front of each joint; they grow with stature."""
    spine, neck = params.spine, params.neck
    behind = np.concatenate([neck.extensor_arm[..., None], spine.extensor_arm], -1)
    front = np.concatenate([neck.front_arm[..., None], np.repeat(spine.front_arm[..., None], 12, -1)], -1)
    return behind * own.scale[..., None], front * own.scale[..., None]


def _neck_fraction(moment: Array, subject: Subject, params: Params) -> Array:
    neck, male = params.neck, np.asarray(subject.male)
    back = male * neck.extension_male + (1 - male) * neck.extension_female
    front = male * neck.flexion_male + (1 - male) * neck.flexion_female
    return np.asarray((np.maximum(moment, 0) / back + np.maximum(-moment, 0) / front) / subject.strength)
