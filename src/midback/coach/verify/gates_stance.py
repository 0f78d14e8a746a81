"""How the body has to be: on its knees, upright, standing, on its back. In: a frame. Next: ``gates``.

Told by the way the trunk faces in space, which was right on every still of every posture, and by which joint is
above which. All leave room for a camera that is not level.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.landmarks import Frame
from midback.movement.rotation import Array
from midback.reasons import Reason

from .bearing import length, middle, sides_seen, spot, torso_normal, turned, unit, uprightness

DOWN: Final = np.array([0.0, 1.0, 0.0])
# World torso normal's y: supine -.87..-.99, prone and all fours +.93..+1, upright about 0; less where it turns.
SUPINE: Final = -0.5
PRONE: Final = 0.1
UPRIGHT: Final = 0.6
# Cosine between the thigh and the trunk's own way down: 1 standing straight, .6 on well bent knees, 0 on a chair.
STANDING: Final = 0.35
# Of the thigh's length that the knee is below the hip, on hands and knees: 1 is straight down.
KNEELING: Final = 0.5
# Of the forearm's length that the wrist is below the elbow: 1 is an arm that hangs.
HANGING: Final = 0.75
# Of the trunk's length over the floor that lies along the picture: 1 is seen straight from its side.
LENGTHWAYS: Final = 0.95


def _thighs(frame: Frame, way: Array) -> float:
    """Return the mean cosine of both thighs, hip to knee, with a way in space of length one."""
    along = 0.0
    for side in ("left", "right"):
        along += float(unit(spot(frame, f"{side}_knee") - spot(frame, f"{side}_hip")) @ way) / 2
    return along


def on_knees(frame: Frame) -> Reason | None:
    """Refuse what is not chest down over the knees; one hand may be anywhere."""
    down = torso_normal(frame)[1] > PRONE and uprightness(frame) < UPRIGHT
    return None if down and _thighs(frame, DOWN) > KNEELING else Reason("camera.not-all-fours")


def upright(frame: Frame) -> Reason | None:
    """Refuse a trunk that is not upright."""
    ok = uprightness(frame) > UPRIGHT and abs(torso_normal(frame)[1]) < UPRIGHT
    return None if ok else Reason("camera.not-upright")


def standing(frame: Frame) -> Reason | None:
    """Refuse a body that does not stand: thighs more across the trunk than along it."""
    trunk = unit(middle(frame, "hip") - middle(frame, "shoulder"))
    return upright(frame) or (None if _thighs(frame, trunk) > STANDING else Reason("camera.not-standing"))


def supine(frame: Frame) -> Reason | None:
    """Refuse a body that does not lie on its back."""
    return None if torso_normal(frame)[1] < SUPINE else Reason("camera.not-on-back")


def not_side_on(frame: Frame) -> Reason | None:
    """Refuse a lying or kneeling trunk seen from its side, where one shoulder hides the other."""
    ahead = middle(frame, "shoulder") - middle(frame, "hip")
    share = abs(float(ahead[0])) / max(math.hypot(ahead[0], ahead[2]), 1e-9)
    return None if share < LENGTHWAYS else Reason("camera.look-from-the-front")


def across(frame: Frame) -> Reason | None:
    """Refuse a view from the front or the back, in which a reach forward cannot be seen."""
    return None if abs(turned(frame)) > 0.5 else Reason("camera.look-from-the-side")


def hands_forward(frame: Frame) -> Reason | None:
    """Refuse arms that hang: their forearms do not point at what is pulled."""
    for arm in sides_seen(frame):
        forearm = spot(frame, f"{arm}_wrist") - spot(frame, f"{arm}_elbow")
        if forearm[1] > HANGING * length(forearm):
            return Reason("camera.hands-not-forward")
    return None


GATES: Final[dict[str, Callable[[Frame], Reason | None]]] = {
    "on-knees": on_knees,
    "upright": upright,
    "standing": standing,
    "supine": supine,
    "not-side-on": not_side_on,
    "across": across,
    "hands-forward": hands_forward,
}
