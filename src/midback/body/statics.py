"""What a posture asks of neck and mid-back. In: ``Subject``, ``WorkingPosture``. Out: ``Load``. Next: tissue, app.why.

Static equilibrium in the sagittal plane, level by level. The net moment is what muscles and ligaments carry together;
one force behind the joint balances it, or one in front where the weight would tip backwards. Compression is the part
of the weight along the column and the balancing force; weight that hangs from a level pulls it apart and counts as
nothing.

A support only ever helps: it takes what it can of a moment, never more than all of it, and never adds to one.
Ribs, pressure in the belly and muscles that pull against each other are left out, so that forces are lower bounds
of what a living back does; at the thoracic levels only the relation to the same person upright is told.

More lean never asks for less moment, at any level, up to the limits in posture.toml (``within_limits``). Beyond them
the upper back lies so flat that leaning further brings weight nearer, and ligaments carry more and more of it.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

import numpy as np

from midback.body.parameters import GRAVITY, Params, parameters
from midback.body.statics_batches import leading, pieces
from midback.body.statics_chain import GIRDLE, chain
from midback.body.statics_moments import Points, net_moment, weight_above
from midback.body.subject import Segments, Subject, check_subject, segments
from midback.body.working_posture import UPRIGHT, WorkingPosture, check_posture
from midback.movement.rotation import Array

LEVELS: Final = ("C7", *(f"T{number}" for number in range(1, 13)))
CHUNK: Final = 2048
_DOWN: Final = Points(np.zeros(1), np.full(1, -GRAVITY))
_ABOVE: Final = np.tril(np.ones((13, 13)))
# Above the level where the girdle rides, the arms' moment is taken about that level.
_FROM: Final = np.maximum(np.arange(13), GIRDLE)


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
        For a body, an angle or a share that cannot be, naming value, rule and range; NaN is not known and stays NaN.
    """
    check_subject(subject)
    check_posture(posture)
    params = parameters() if params is None else params
    lead = leading(subject, posture)
    size = int(np.prod(lead, dtype=int))
    if size <= CHUNK or params.segments.head_mass.ndim:
        return _load(subject, posture, params)
    whole = {
        field.name: np.empty(size if field.name in ("neck_fraction", "shoulder_moment") else (size, 13))
        for field in fields(Load)
    }
    for part, some, held in pieces(subject, posture, lead, CHUNK):
        found = _load(some, held, params)
        for name, values in whole.items():
            values[part] = getattr(found, name)
    return Load(**{name: values.reshape(*lead, *values.shape[1:]) for name, values in whole.items()})


def upright_of(subject: Subject, params: Params | None = None) -> Load:
    """Return the load of the same person upright; with the packaged parameters, the last few people's are kept."""
    told = [np.asarray(getattr(subject, field.name), dtype=float) for field in fields(Subject)]
    if params is not None or any(value.size != 1 or value.ndim for value in told):
        return load_of(subject, UPRIGHT, params)
    return _kept_upright(*(float(value) for value in told))


@lru_cache(maxsize=8)
def _kept_upright(*told: float) -> Load:
    names = (field.name for field in fields(Subject))
    return load_of(
        Subject(**{name: np.asarray(value) for name, value in zip(names, told, strict=True)}), UPRIGHT
    )


def relative_load(load: Load, upright: Load) -> Array:
    """Return compression (..., 13) relative to that of the same person upright."""
    return np.asarray(load.compression / upright.compression)


def within_limits(posture: WorkingPosture, params: Params | None = None) -> Array:
    """Say (...,) whether a posture lies where more lean means more load, and where the model speaks for muscle."""
    limits = (parameters() if params is None else params).posture
    return np.asarray(
        (posture.head_flexion <= limits.head)
        & (posture.trunk_flexion + np.maximum(posture.thoracic_flexion, 0) <= limits.trunk)
        & (posture.shoulder_flexion <= limits.arms)
    )


def _load(subject: Subject, posture: WorkingPosture, params: Params) -> Load:
    own = segments(subject, params)
    here = chain(own, posture, params)
    column, arrived = _column(own), _arrived(params)
    hung_from = Points(here.joints.x[..., _FROM], here.joints.y[..., _FROM])
    arm_moment = net_moment(own.arms, here.arms, hung_from, arrived, _DOWN)
    whole = net_moment(column, here.column, here.joints, _ABOVE, _DOWN) + arm_moment
    supported = np.asarray(posture.arm_support)[..., None]
    moment = _leant(_helped(whole, supported * arm_moment), posture, params)
    weight = weight_above(column, _ABOVE, _DOWN) + (1 - supported) * weight_above(own.arms, arrived, _DOWN)
    extensor, front = _arms_of_muscles(own, params)
    pull, push = np.maximum(moment, 0) / extensor, np.maximum(-moment, 0) / front
    reach = (own.arms * (here.arms.x - here.shoulder.x)).sum(-1)
    neck = _neck_fraction(moment[..., 0], subject, params)
    lead = np.broadcast_shapes(moment.shape[:-1], neck.shape)
    by_level = (*lead, 13)
    return Load(
        moment=np.broadcast_to(moment, by_level),
        extensor_force=np.broadcast_to(pull, by_level),
        front_force=np.broadcast_to(push, by_level),
        compression=np.broadcast_to(weight * np.maximum(np.cos(here.axis), 0) + pull + push, by_level),
        weight_above=np.broadcast_to(weight, by_level),
        neck_fraction=np.broadcast_to(neck, lead),
        shoulder_moment=np.broadcast_to(0.5 * GRAVITY * reach * (1 - np.asarray(posture.arm_support)), lead),
    )


def _column(own: Segments) -> Array:
    """Return (..., 13) kg: head, T1 to T12."""
    head, _ = np.broadcast_arrays(own.head[..., None], own.slices[..., :1])
    return np.concatenate([head, np.broadcast_to(own.slices, (*head.shape[:-1], 12))], -1)


def _arrived(params: Params) -> Array:
    """Return (..., 13, 3), the part of the arms that bears on each level.

    The arms hang from the shoulder blades, and these from many ribs and vertebrae: their weight, with the moment it
    has where all of it has come in, comes onto the column in equal steps over ``arms_arrive`` levels below T1.
    """
    part = np.clip((np.arange(13) - 1) / params.segments.arms_arrive[..., None], 0, 1)
    return np.repeat(part[..., None], 3, -1)


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
