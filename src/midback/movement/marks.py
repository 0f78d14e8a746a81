"""The 33 BlazePose points on our skeleton. In: ``Body``. Out: places in fractions of stature. Next: ``synthetic``.

Face after the proportions of Farkas, Anthropometry of the Head and Face, 2nd ed. (1994), for a head of our
skeleton's size; knuckles as parts of the hand.
"""

from typing import Final

import numpy as np

from midback.movement.forward import Body, sign
from midback.movement.landmarks import LANDMARKS, POINT
from midback.movement.rotation import Array, apply
from midback.movement.skeleton import SIDES

# From the centre of the head: forward, up, towards the side named.
FACE: Final = {
    "nose": (0.066, -0.017, 0.0),
    "eye_inner": (0.053, -0.001, 0.010),
    "eye": (0.051, -0.001, 0.018),
    "eye_outer": (0.046, -0.002, 0.026),
    "ear": (-0.006, -0.008, 0.044),
    "mouth": (0.054, -0.036, 0.014),
}
# From the wrist: towards the fingers, towards the thumb.
KNUCKLES: Final = {"pinky": (0.050, -0.022), "index": (0.056, 0.014), "thumb": (0.034, 0.026)}
JOINTS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel")


def place_marks(body: Body) -> Array:
    """Return where the points of BlazePose are on a body, (..., 33, 3)."""
    marks = np.full((*body.points.shape[:-2], len(LANDMARKS), 3), np.nan)
    head, centre = body.frame("head_base"), body.point("head")

    def face(name: str, side: float) -> Array:
        return np.asarray(centre + apply(head, np.array(FACE[name]) * [1.0, 1.0, side]))

    marks[..., POINT["nose"], :] = face("nose", 0.0)
    for side in SIDES:
        s = sign(side)
        for name in ("eye_inner", "eye", "eye_outer", "ear"):
            marks[..., POINT[f"{side}_{name}"], :] = face(name, s)
        marks[..., POINT[f"mouth_{side}"], :] = face("mouth", s)
        for joint in JOINTS:
            marks[..., POINT[f"{side}_{joint}"], :] = body.point(f"{side}_{joint}")
        marks[..., POINT[f"{side}_foot_index"], :] = body.point(f"{side}_toe")
        hand, wrist = body.frame(f"{side}_hand"), body.point(f"{side}_wrist")
        for knuckle, (along, thumbward) in KNUCKLES.items():
            marks[..., POINT[f"{side}_{knuckle}"], :] = (
                wrist - along * hand[..., :, 1] + s * thumbward * hand[..., :, 2]
            )
    return marks
