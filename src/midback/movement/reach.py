"""Inverse kinematics of one limb. In: where its joints must be. Out: joint angles by name. Next: ``bake``.

Two-bone limbs have one freedom left, the way the elbow or knee points: the pole.
"""

import numpy as np

from midback.movement.rotation import (
    Array,
    about_x,
    about_y,
    about_z,
    frame_of,
    read_yxz,
    read_zxy,
    relative,
    unit,
)

ALMOST_STRAIGHT = 0.9995


def bend_joint(start: Array, end: Array, pole: Array, first: float, second: float) -> Array:
    """Place the middle joint of a limb between ``start`` and ``end``, on the side of ``pole``.

    A goal out of reach is met as far as the limb goes: the middle joint then lies on the straight line.
    """
    span = end - start
    distance = np.linalg.norm(span, axis=-1, keepdims=True)
    axis = unit(span)
    reach = np.clip(distance, abs(first - second) + 1e-6, (first + second) * ALMOST_STRAIGHT)
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = np.sqrt(np.maximum(first**2 - along**2, 0.0))
    out = unit(pole - np.sum(pole * axis, -1, keepdims=True) * axis)
    return np.asarray(start + along * axis + aside * out)


def read_arm(
    thorax: Array, shoulder: Array, elbow: Array, wrist: Array, pole: Array, side: float
) -> tuple[dict[str, Array], Array]:
    """Read shoulder and elbow angles (rad) off three points; also return the upper arm's frame.

    thorax : (..., 3, 3); side : +1 right, -1 left; pole : where the elbow points, used when the arm is
        straight
    """
    up = unit(shoulder - elbow)
    fore = unit(wrist - elbow)
    ahead = fore + np.sum(-fore * up, -1, keepdims=True) * up
    straight = np.linalg.norm(ahead, axis=-1, keepdims=True) < 0.05
    arm = frame_of(np.where(straight, -pole, ahead), up)
    elbow_flexion = np.arctan2(np.sum(fore * arm[..., :, 0], -1), -np.sum(fore * arm[..., :, 1], -1))

    local = relative(thorax, arm)
    down = -local[..., :, 1]
    elevation = np.arccos(np.clip(-down[..., 1], -1, 1))
    plane = np.arctan2(down[..., 0], side * down[..., 2])
    level = np.sin(elevation) < 1e-4
    plane = np.where(level, 0.0, plane)
    swing = about_y(side * plane) @ about_x(-side * elevation) @ about_y(-side * plane)
    twist = relative(swing, local)
    rotation = side * np.arctan2(twist[..., 0, 2], twist[..., 0, 0])
    return {
        "shoulder_plane": plane,
        "shoulder_elevation": elevation,
        "shoulder_rotation": rotation,
        "elbow_flexion": elbow_flexion,
    }, arm


def read_hand(arm: Array, elbow_flexion: Array, hand: Array, side: float) -> dict[str, Array]:
    """Read pronation and wrist angles (rad) that bring the hand's frame to ``hand``."""
    forearm = arm @ about_z(elbow_flexion)
    pronation, deviation, flexion = read_yxz(relative(forearm, hand))
    pronation = side * pronation
    # Pronation runs from 0 to 180: a turn read as -170 is 190.
    pronation = np.where(pronation < np.radians(-90), pronation + 2 * np.pi, pronation)
    return {"forearm_pronation": pronation, "wrist_flexion": flexion, "wrist_deviation": -side * deviation}


def read_leg(
    pelvis: Array, hip: Array, knee: Array, ankle: Array, pole: Array, side: float
) -> tuple[dict[str, Array], Array]:
    """Read hip and knee angles (rad) off three points; also return the shank's frame."""
    up = unit(hip - knee)
    lower = unit(ankle - knee)
    behind = lower - np.sum(lower * up, -1, keepdims=True) * up
    straight = np.linalg.norm(behind, axis=-1, keepdims=True) < 0.05
    thigh = frame_of(np.where(straight, pole, -behind), up)
    knee_flexion = np.arctan2(-np.sum(lower * thigh[..., :, 0], -1), -np.sum(lower * thigh[..., :, 1], -1))
    flexion, abduction, rotation = read_zxy(relative(pelvis, thigh))
    return {
        "hip_flexion": flexion,
        "hip_abduction": -side * abduction,
        "hip_rotation": side * rotation,
        "knee_flexion": knee_flexion,
    }, thigh @ about_z(-knee_flexion)


def read_foot(shank: Array, foot: Array, side: float) -> dict[str, Array]:
    """Read the ankle's angles (rad) that bring the foot's frame to ``foot``."""
    flexion, inversion, turn = read_zxy(relative(shank, foot))
    return {"ankle_flexion": flexion, "ankle_inversion": side * inversion, "ankle_rotation": side * turn}
