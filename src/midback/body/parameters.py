"""Constants as arrays that statics can use. In: catalogue constants. Out: ``Params``. Next: subject, statics.

``Params`` is composed of small groups, one for each idea. A neighbour makes its own group in its own module in the
same way, from the same constants, and needs nothing here but ``Pick``:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class CreepParams:
        tau: Array

    def creep_params(pick: Pick) -> CreepParams:
        return CreepParams(tau=pick("creep-tau"))

    creep_params(middle(load_constants()))               # the middle values, shapes () or (n,)
    creep_params(sampled(load_constants(), rng, 2000))   # draws, shapes (2000,) or (2000, n); see uncertainty

A ``Pick`` gives a constant by its id in the unit of its file, degrees turned into radians.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from midback.catalogue.constants import Constant, Constants, load_constants
from midback.movement.rotation import Array

Pick = Callable[[str], Array]
GRAVITY: Final = 9.81


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentParams:
    """Masses and places of the body's parts.

    head_mass : (...,) of body mass ; arm_mass_male, arm_mass_female : (..., 3) one upper arm, forearm, hand
    arm_length : (..., 3) of stature ; arm_centre : (..., 3) of each length
    slice_mass : (..., 12) of body mass, T1 to T12 ; female_slices : (...,) a woman's against a man's
    slice_forward : (..., 12) m ; shoulder : (..., 2) m forward of C7-T1 and below it ; arms_arrive : (...,) levels
    """

    head_mass: Array
    arm_mass_male: Array
    arm_mass_female: Array
    arm_length: Array
    arm_centre: Array
    slice_mass: Array
    female_slices: Array
    slice_forward: Array
    shoulder: Array
    arms_arrive: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineParams:
    """The thoracic column.

    source_stature : (...,) m, the person that all lengths in m belong to
    height : (..., 12) m, T1 to T12 from joint to joint ; kyphosis : (..., 11) rad, T1-2 to T11-12
    upright_lean : (...,) rad ; flexion_share : (..., 12), T1-2 to T12-L1, sum 1
    extensor_arm : (..., 12) m ; front_arm : (...,) m ; rest_edge : (...,) the level a back rest reaches up to
    """

    source_stature: Array
    height: Array
    kyphosis: Array
    upright_lean: Array
    flexion_share: Array
    extensor_arm: Array
    front_arm: Array
    rest_edge: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class NeckParams:
    """Head and neck.

    height, forward : (...,) m, centre of mass above and in front of C7-T1 when upright
    extensor_arm, front_arm : (...,) m
    extension_male, extension_female, flexion_male, flexion_female : (...,) N m, greatest strength in neutral
    """

    height: Array
    forward: Array
    extensor_arm: Array
    front_arm: Array
    extension_male: Array
    extension_female: Array
    flexion_male: Array
    flexion_female: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureParams:
    """Up to where the model speaks, all (...,) rad: head, trunk with what the upper back is rounded, upper arms."""

    head: Array
    trunk: Array
    arms: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What statics needs, each group for itself."""

    segments: SegmentParams
    spine: SpineParams
    neck: NeckParams
    posture: PostureParams


def middle(constants: Constants) -> Pick:
    """Return what gives the middle value of each constant."""
    return lambda name: in_si(constants[name], np.asarray(constants[name].value, dtype=float))


def in_si(constant: Constant, value: Array) -> Array:
    """Return a value of a constant with degrees turned into radians."""
    return np.radians(value) if constant.unit == "deg" else value


def params_from(pick: Pick) -> Params:
    """Return the parameters of statics from the values that ``pick`` gives."""
    return Params(
        segments=SegmentParams(
            head_mass=pick("head-mass"),
            arm_mass_male=pick("arm-mass-male"),
            arm_mass_female=pick("arm-mass-female"),
            arm_length=pick("arm-length"),
            arm_centre=pick("arm-centre"),
            slice_mass=pick("slice-mass") / pick("slice-body-mass")[..., None],
            female_slices=pick("female-slices"),
            slice_forward=pick("slice-forward"),
            shoulder=pick("shoulder-place"),
            arms_arrive=pick("arms-arrive"),
        ),
        spine=SpineParams(
            source_stature=pick("source-stature"),
            height=pick("vertebra-height"),
            kyphosis=pick("kyphosis"),
            upright_lean=pick("upright-lean"),
            flexion_share=pick("flexion-share"),
            extensor_arm=pick("extensor-arm"),
            front_arm=pick("front-arm"),
            rest_edge=pick("rest-edge"),
        ),
        neck=NeckParams(
            height=pick("head-height"),
            forward=pick("head-forward"),
            extensor_arm=pick("neck-extensor-arm"),
            front_arm=pick("neck-front-arm"),
            extension_male=pick("neck-extension-male"),
            extension_female=pick("neck-extension-female"),
            flexion_male=pick("neck-flexion-male"),
            flexion_female=pick("neck-flexion-female"),
        ),
        posture=PostureParams(head=pick("head-limit"), trunk=pick("trunk-limit"), arms=pick("arms-limit")),
    )


@cache
def parameters() -> Params:
    """Return the parameters of the packaged constants, at their middle values."""
    return params_from(middle(load_constants()))
