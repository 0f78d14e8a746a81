"""Somebody who sits, for tests: a stick figure before a camera at its side, and the numbers of one who faces it."""

import math
from typing import Any, Final

import numpy as np

from midback.movement.landmarks import LANDMARKS, POINT, Frame

SIZE: Final = (640, 480)
PIXELS: Final = 400.0  # a metre
# What is measured of an upright person who faces the camera: a Sample's and a calibration's.
FACING: Final[dict[str, Any]] = {
    "ratio": 0.64,
    "shoulder_width": 0.5,
    "middle": (0.5, 0.6),
    "ears": (0.5, 0.3),
    "roll": 0.0,
    "head_roll": 0.0,
    "yaw": 0.0,
    "nod": -0.05,
    "ear_width": 0.42,
    "eyes": 0.77,
    "mouth": 0.4,
    "brow": 0.35,
    "aspect": 4 / 3,
}


def sitting(t: float, lean: float, eye_line: float = 15.0, *, faces: int = 1, light: float = 0.5) -> Frame:
    """Return somebody who sits, seen from the side.

    lean : degrees the trunk leans forward ; eye_line : degrees the line from ear to eye climbs
    faces : 1 to the right of the picture, -1 to its left
    """
    across = np.array([0.0, 0.0, 1.0])
    hip = np.zeros(3)
    shoulder = hip + 0.5 * _up(lean, faces)
    ear = shoulder + 0.22 * _up(lean + 5, faces)
    eye = ear + 0.08 * np.array(
        [faces * math.cos(math.radians(eye_line)), -math.sin(math.radians(eye_line)), 0.0]
    )
    nose = eye + np.array([0.03 * faces, 0.03, 0.0])
    knee = hip + np.array([0.42 * faces, 0.0, 0.0])
    ankle = knee + np.array([0.0, 0.42, 0.0])
    elbow = shoulder + np.array([0.05 * faces, 0.28, 0.0])
    wrist = elbow + np.array([0.25 * faces, 0.0, 0.0])
    middle = {
        "hip": (hip, 0.1),
        "shoulder": (shoulder, 0.17),
        "ear": (ear, 0.07),
        "eye": (eye, 0.03),
        "knee": (knee, 0.1),
        "ankle": (ankle, 0.1),
        "elbow": (elbow, 0.18),
        "wrist": (wrist, 0.15),
    }
    world = np.tile(nose, (len(LANDMARKS), 1))
    for name, number in POINT.items():
        side = "left" if "left" in name else "right" if "right" in name else ""
        part = next((part for part in middle if part in name), None)
        if part is None and ("heel" in name or "foot" in name):
            part = "ankle"
        if part is not None:
            point, half = middle[part]
            # Who faces the picture's right has their left away from the camera.
            world[number] = point + across * half * (1 if side == "left" else -1) * faces
    image = world * PIXELS
    image[:, :2] += (SIZE[0] / 2, SIZE[1] * 0.7)
    image[:, 0] += image[:, 2] * 0.1
    return Frame(
        t=t,
        image=image,
        world=world,
        visibility=np.full(len(LANDMARKS), 0.99),
        score=0.99,
        size=SIZE,
        people=1,
        light=light,
    )


def turned(frame: Frame, degrees: float, axis: str = "z") -> Frame:
    """Return the same body turned about an axis of the picture through its hips."""
    angle, (one, two) = math.radians(degrees), {"z": (0, 1), "x": (1, 2), "y": (0, 2)}[axis]
    turn = np.eye(3)
    turn[one, one] = turn[two, two] = math.cos(angle)
    turn[one, two], turn[two, one] = -math.sin(angle), math.sin(angle)
    world = frame.world @ turn.T
    image = world * PIXELS
    image[:, :2] += (SIZE[0] / 2, SIZE[1] / 2)
    return Frame(
        t=frame.t,
        image=image,
        world=world,
        visibility=frame.visibility,
        score=frame.score,
        size=frame.size,
        people=frame.people,
        light=frame.light,
    )


def _up(lean: float, faces: int) -> np.ndarray:
    return np.array([faces * math.sin(math.radians(lean)), -math.cos(math.radians(lean)), 0.0])
