"""The shoulder blade: how it rides on the ribs. In: a placed ``Body`` and its angles. Out: frames. Next: bands.

The mannequin's shoulder girdle turns about the joint of collar bone and breastbone. The blade goes with it, which
keeps its inner border on the ribs to within 6 % of its distance from their middle over the whole range; it turns
upward, about a point on its spine, as the arm rises (scapulohumeral rhythm). Places and shares:
``catalogue/data/body/bands.toml``.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from midback.catalogue.constants import load_constants
from midback.movement.forward import Body, sign
from midback.movement.rotation import Array, about_x, about_y, apply
from midback.movement.skeleton import INDEX, SHOULDER, THORAX

PIVOT: Final = "blade-pivot"
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Coupling:
    """What brings the girdle along.

    reach, slump : of protraction for each rad the arm comes forward of the chest, and each rad of thoracic flexion
    shrug : of elevation for each rad of thoracic flexion
    rhythm : of upward turn of the blade for each rad the arm is raised, once it turns
    setting : rad the arm is raised before that
    plane : rad, how far the blade's plane is turned forward of the body's
    pivot : about which it turns, place upright on the right side, fractions of stature
    """

    reach: float
    slump: float
    shrug: float
    rhythm: float
    setting: float
    plane: float
    pivot: Triple

    def of(self, forward: Array, thoracic: Array) -> tuple[Array, Array]:
        """Return protraction and elevation (rad) that go with an arm ``forward`` of the chest and a rounded back."""
        return self.reach * forward + self.slump * thoracic, self.shrug * thoracic

    def upward(self, raised: Array) -> tuple[Array, Array]:
        """Return how far the blade turns up for an arm ``raised`` (rad), and how fast for each rad more."""
        reach = np.hypot(raised, self.setting)
        return self.rhythm * (reach - self.setting), self.rhythm * raised / reach


def place_of(name: str) -> Triple:
    """Return where a place of the catalogue is when a person stands upright, on the right side."""
    x, y, z = np.ravel(load_constants()[f"band-point-{name}"].value).tolist()
    return x, y, z


@cache
def coupling() -> Coupling:
    """Return the coupling as the catalogue has it."""
    known = load_constants()

    def value(name: str) -> float:
        return float(np.asarray(known[f"bands-{name}"].value))

    return Coupling(
        reach=value("reach-protracts"),
        slump=value("slump-protracts"),
        shrug=value("slump-elevates"),
        rhythm=value("arm-turns-blade"),
        setting=value("blade-turns-from"),
        plane=value("blade-plane"),
        pivot=place_of(PIVOT),
    )


@dataclass(frozen=True, slots=True)
class Girdle:
    """One side's shoulder girdle: frames (..., 3, 3), the axes (..., 3) its angles turn about, the blade's pivot."""

    clavicle: Array
    blade: Array
    protracting: Array
    elevating: Array
    turning: Array
    pivot: Array


def girdle_of(body: Body, angles: Array, side: str, rule: Coupling) -> Girdle:
    """Place the collar bone and the blade of one side."""
    s = sign(side)
    thorax = body.frame(THORAX)
    protraction = angles[..., INDEX[f"{side}_scapula_protraction"]]
    forward = thorax @ about_y(s * protraction)
    clavicle = forward @ about_x(-s * angles[..., INDEX[f"{side}_scapula_elevation"]])
    upward, speed = rule.upward(angles[..., INDEX[f"{side}_shoulder_elevation"]])
    tilted = about_y(np.asarray(s * rule.plane))
    plane = forward @ tilted
    return Girdle(
        clavicle=clavicle,
        blade=plane @ about_x(-s * upward) @ tilted.T,
        protracting=s * thorax[..., :, 1],
        elevating=-s * forward[..., :, 0],
        turning=-s * speed[..., None] * plane[..., :, 0],
        pivot=body.point(f"{side}_shoulder")
        + apply(forward, (np.array(rule.pivot) - np.array(SHOULDER)) * np.array([1.0, 1.0, s])),
    )
