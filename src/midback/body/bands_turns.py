"""What each joint coordinate turns, and about which axis. In: a placed ``Body``. Out: ``Turns``. Next: bands.

A coordinate of the mannequin is one turn or, where a region of the spine shares it out, a few. Each turns places
beyond it about an axis through a centre; the girdle's turns carry the arm along without turning it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from midback.body.bands_paths import CARRIERS
from midback.body.blade import Girdle
from midback.movement.forward import Body, sign
from midback.movement.rotation import Array
from midback.movement.skeleton import INDEX, SPINE, THORAX

REGIONS: Final = ("lumbar", "thoracic", "neck")
COORDINATES: Final = (
    *(f"{region}_{motion}" for region in REGIONS for motion in ("flexion", "bend", "rotation")),
    "head_flexion",
    "scapula_protraction",
    "scapula_elevation",
    "shoulder_plane",
    "shoulder_elevation",
    "shoulder_rotation",
)
COORDINATE: Final = {name: index for index, name in enumerate(COORDINATES)}
_GIRDLE: Final = (
    # coordinate, carriers it turns, carriers it only takes along
    ("scapula_protraction", ("clavicle", "blade"), ("upper_arm",)),
    ("scapula_elevation", ("clavicle",), ("blade", "upper_arm")),
    ("shoulder_plane", ("upper_arm",), ()),
    ("shoulder_elevation", ("upper_arm",), ()),
    ("shoulder_elevation", ("blade",), ()),
    ("shoulder_rotation", ("upper_arm",), ()),
)


@dataclass(frozen=True, slots=True)
class Turns:
    """R turns of one side: axis and centre (..., R, 3), rad of turn for each rad of the coordinate in the axis."""

    axis: Array
    centre: Array


@cache
def which() -> tuple[np.ndarray, Array, Array]:
    """Return for R turns: the coordinate (R,), and which carriers it turns and takes along, each (R, carriers)."""
    coordinate, turned, taken = [], [], []

    def add(name: str, by: tuple[str, ...], along: tuple[str, ...] = ()) -> None:
        coordinate.append(COORDINATE[name])
        turned.append([float(carrier in by) for carrier in CARRIERS])
        taken.append([float(carrier in along) for carrier in CARRIERS])

    joints = [joint for joint, _, _, _ in SPINE]
    for index, (_, _, region, _) in enumerate(SPINE):
        beyond = tuple(joints[index:])
        limb = ("clavicle", "blade", "upper_arm") if THORAX in beyond else ()
        for motion in ("flexion",) if region == "head" else ("flexion", "bend", "rotation"):
            add(f"{region}_{motion}", (*beyond, *limb))
    for name, by, along in _GIRDLE:
        add(name, by, along)
    return np.array(coordinate), np.array(turned), np.array(taken)


def turns_of(body: Body, angles: Array, girdle: Girdle, side: str) -> Turns:
    """Return axis and centre of every turn of one side, in the order of ``which``."""
    axes, centres = [], []
    before = body.frame("pelvis")
    for joint, _, region, share in SPINE:
        frame, centre = body.frame(joint), body.point(joint)
        if region == "head":
            axes.append(-frame[..., :, 2])
        else:
            bend = (share * angles[..., INDEX[f"{region}_bend"]])[..., None]
            # Flexion comes after rotation and before the bend, so its axis is the frame's z with the bend undone.
            axes.append(-share * (np.sin(bend) * frame[..., :, 1] + np.cos(bend) * frame[..., :, 2]))
            axes.append(share * frame[..., :, 0])
            axes.append(share * before[..., :, 1])
        centres += [centre] * (1 if region == "head" else 3)
        before = frame

    s = sign(side)
    sternum, shoulder = body.point(f"{side}_clavicle"), body.point(f"{side}_shoulder")
    thorax, arm = body.frame(THORAX), body.frame(f"{side}_upper_arm")
    plane = (s * angles[..., INDEX[f"{side}_shoulder_plane"]])[..., None]
    raising = -s * (np.cos(plane) * thorax[..., :, 0] - np.sin(plane) * thorax[..., :, 2])
    axes += [girdle.protracting, girdle.elevating, s * (thorax[..., :, 1] - arm[..., :, 1])]
    axes += [raising, girdle.turning, s * arm[..., :, 1]]
    centres += [sternum, sternum, shoulder, shoulder, girdle.pivot, shoulder]
    return Turns(np.stack(axes, -2), np.stack(centres, -2))
