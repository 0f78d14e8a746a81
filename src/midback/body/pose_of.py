"""A working posture on the mannequin, and back. In: ``WorkingPosture``. Out: joint angles (..., J). Next: bands, share.

The mannequin is put exactly so: the line from C7 to the head, the trunk and the upper arms lie at their angles from
vertical. The rest follows: thighs level and shanks upright when seated, forearms turned palm down as they rise, and
the shoulder girdle, which comes forward with a rounded back and with arms that reach (``bands.toml``).
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from midback.body.blade import Coupling, coupling
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.movement.forward import Body, place
from midback.movement.posture import Posture
from midback.movement.rotation import Array, unit
from midback.movement.skeleton import (
    ANGLES,
    FOOT_HEIGHT,
    HEAD_CENTRE,
    HIPS_HEIGHT,
    INDEX,
    LIMITS_DEG,
    SHANK,
    SIDES,
    SPINE,
    THORAX,
)

# Of each degree the neck's joints turn, so much is added where the head sits on the neck.
NOD: Final = 0.25
NEWTON_STEPS: Final = 8
RAISED: Final = np.radians(90.0)
PALM_IN, PALM_DOWN = np.radians(90.0), np.radians(170.0)

_PLACE: Final = {joint: complex(*spot) for joint, spot, _, _ in SPINE}
# C7 to the head's centre in three pieces, upright; each turns with the joint at its lower end.
_PIECES: Final = (
    _PLACE["neck_2"] - _PLACE["neck_1"],
    _PLACE["head_base"] - _PLACE["neck_2"],
    complex(*HEAD_CENTRE) - _PLACE["head_base"],
)
_TURNS: Final = (0.5, 1.0, 1.0 + NOD)
_UPRIGHT: Final = sum(_PIECES)
UP: Final = np.array([0.0, 1.0, 0.0])


def joint_angles(posture: WorkingPosture, seated: bool = True, rule: Coupling | None = None) -> Array:
    """Return the mannequin's joint angles (..., J) rad, in ``skeleton.ANGLES`` order.

    A head that hangs lower than a neck alone can bring it is drawn so all the same: the angle asked for comes first.
    """
    rule = rule or coupling()
    head, trunk, thoracic, arm, elbow = np.broadcast_arrays(
        *(
            np.asarray(value, dtype=float)
            for value in (
                posture.head_flexion,
                posture.trunk_flexion,
                posture.thoracic_flexion,
                posture.shoulder_flexion,
                posture.elbow_flexion,
            )
        )
    )
    angles = np.zeros((*head.shape, len(ANGLES)))

    def put(name: str, value: Array | float) -> None:
        angles[..., INDEX[name]] = value

    thorax = trunk + thoracic
    neck = neck_flexion(head - thorax)
    put("pelvis_tilt", trunk)
    put("thoracic_flexion", thoracic)
    put("neck_flexion", neck)
    put("head_flexion", NOD * neck)
    forward = arm + thorax
    protraction, elevation = rule.of(forward, thoracic)
    for side in SIDES:
        put(f"{side}_scapula_protraction", _within("scapula_protraction", protraction))
        put(f"{side}_scapula_elevation", _within("scapula_elevation", elevation))
        put(f"{side}_shoulder_plane", np.where(forward < 0, -RAISED, RAISED))
        put(f"{side}_shoulder_elevation", np.abs(forward))
        put(f"{side}_elbow_flexion", elbow)
        risen = np.clip(elbow / RAISED, 0.0, 1.0)
        put(f"{side}_forearm_pronation", PALM_IN + risen * (PALM_DOWN - PALM_IN))
        if seated:
            put(f"{side}_hip_flexion", RAISED + trunk)
            put(f"{side}_knee_flexion", RAISED)
        else:
            put(f"{side}_hip_flexion", trunk)
    return angles


def root_of(angles: Array, seated: bool = True) -> Array:
    """Return where the mid-hip point is, (..., 3): at the height of a seat, or of a person who stands."""
    height = FOOT_HEIGHT + SHANK if seated else HIPS_HEIGHT
    return np.broadcast_to(np.array([0.0, height, 0.0]), (*angles.shape[:-1], 3))


def placed(posture: WorkingPosture, seated: bool = True) -> tuple[Array, Body]:
    """Return joint angles (1, J) and the mannequin of one posture, whose fields are scalars; read them only.

    The last few are kept: what is told of a posture and each view of it ask for the same.
    """
    told = (
        posture.head_flexion,
        posture.trunk_flexion,
        posture.thoracic_flexion,
        posture.shoulder_flexion,
        posture.elbow_flexion,
    )
    return _placed(tuple(float(angle) for angle in told), seated)


@lru_cache(maxsize=4)
def _placed(told: tuple[float, ...], seated: bool) -> tuple[Array, Body]:
    head, trunk, thoracic, arm, elbow = (np.full(1, angle) for angle in told)
    angles = joint_angles(
        replace(
            UPRIGHT,
            head_flexion=head,
            trunk_flexion=trunk,
            thoracic_flexion=thoracic,
            shoulder_flexion=arm,
            elbow_flexion=elbow,
        ),
        seated,
    )
    return angles, place(angles, root_of(angles, seated))


def neck_flexion(line: Array) -> Array:
    """Return how far the neck bends (rad) so that C7 to the head lies ``line`` rad forward of the upright thorax."""
    line = np.asarray(line, dtype=float)
    neck = line / 0.8
    for _ in range(NEWTON_STEPS):
        here = sum(
            piece * np.exp(-1j * turn * neck) for piece, turn in zip(_PIECES, _TURNS, strict=True)
        ) / complex(_UPRIGHT)
        slope = sum(
            -1j * turn * piece * np.exp(-1j * turn * neck)
            for piece, turn in zip(_PIECES, _TURNS, strict=True)
        ) / complex(_UPRIGHT)
        miss = _wrapped(-np.angle(here) - line)
        neck = neck - miss / np.maximum(-np.imag(slope / here), 0.2)
    return np.asarray(neck)


def working_posture(
    posture: Posture, *, arm_support: Array | float = 0.0, back_rest: Array | float = 0.0
) -> WorkingPosture:
    """Return the working posture of a drawn or measured one, each field (..., T): what the load is computed from.

    Both arms are taken together; what carries arms and back cannot be seen in angles and is given.
    """
    angles = posture.angles
    body = place(angles, root_of(angles))
    thorax = body.frame(THORAX)
    ahead = unit(np.cross(np.broadcast_to(UP, thorax.shape[:-1]), thorax[..., :, 2]))

    def lean(direction: Array) -> Array:
        """Return how far a direction leans forward of straight up, rad."""
        return np.asarray(np.arctan2(np.sum(direction * ahead, -1), direction[..., 1]))

    head = lean(body.point("head") - body.point("neck_1"))
    waist = body.frame("lumbar_3")
    arms = [body.frame(f"{side}_upper_arm")[..., :, 1] for side in SIDES]
    shape = head.shape
    return WorkingPosture(
        head_flexion=_wrapped(head - np.arctan2(_UPRIGHT.real, _UPRIGHT.imag)),
        trunk_flexion=np.arctan2(-waist[..., 1, 0], waist[..., 1, 1]),
        thoracic_flexion=posture.angle("thoracic_flexion"),
        shoulder_flexion=np.mean([np.arctan2(-np.sum(up * ahead, -1), up[..., 1]) for up in arms], axis=0),
        elbow_flexion=np.mean([posture.angle(f"{side}_elbow_flexion") for side in SIDES], axis=0),
        arm_support=np.broadcast_to(np.asarray(arm_support, dtype=float), shape),
        back_rest=np.broadcast_to(np.asarray(back_rest, dtype=float), shape),
    )


def _within(name: str, value: Array) -> Array:
    low, high = np.radians(LIMITS_DEG[name])
    return np.clip(value, low, high)


def _wrapped(angle: Array) -> Array:
    return np.asarray((angle + np.pi) % (2 * np.pi) - np.pi)
