"""How somebody sits before a camera, from one frame's landmarks. In: Frame. Out: Sample or why not. Next: seated_judge.

The ratio is how far the middle of the ears stands above the middle of the shoulders, along the normal of the
shoulder line, in widths of the shoulders: shifting, scaling or rolling the whole picture leaves it alone. It is a
number of one person before one camera and says nothing by itself; only its change against that person's own upright
does. Seen from the side there are angles in place of it, of the picture and not of the spine.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.movement.rotation import Array

Miss = Literal["nobody", "dark", "two-people", "head-out", "shoulder-out", "from-the-side", "back-turned"]
MISSES: Final[tuple[Miss, ...]] = get_args(Miss)
Stance = Literal["seated", "standing", "absent", "unclear"]

# Brightness (0..1) below which the pose is not to be trusted; rooms by a screen alone are about twice as bright.
DARK: Final = 0.06
# The networks put points a little outside the picture where a body goes on there: so much is taken for seen.
MARGIN: Final = 0.03
SURE: Final = 0.5
# Seen from the side the shoulders lie behind one another: widths of the shoulders, in lengths of the trunk.
SIDE_WIDTH: Final = 0.3
NARROW: Final = 0.04
# The nose stands out as far as three quarters of the ears' distance, so this turns its offset into an angle.
NOSE_REACH: Final = 1.5
HEAD: Final = ("nose", "left_ear", "right_ear", "left_eye", "right_eye")
SHOULDERS: Final = ("left_shoulder", "right_shoulder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facing:
    """What is measured of somebody who faces the camera more or less, in one frame or as the middle of many.

    ratio : see above ; shoulder_width : of the picture's width
    middle : x, y of the middle of the shoulders, in widths of the picture ; ears : the same of the ears
    roll : rad, of the shoulder line, + where the person's left is lower
    head_roll : rad, of the ears' line against the shoulders'
    yaw : rad, about; + turned to the person's left
    nod : how far the nose stands above the middle of the ears, in shoulder widths
    ear_width : in shoulder widths ; eyes : outer corners, in ear widths ; mouth : in ear widths
    brow : eyes above the nose, in distances of the eyes
    aspect : width of the picture by its height
    light : mean brightness 0..1, None where it is not known
    """

    ratio: float
    shoulder_width: float
    middle: tuple[float, float]
    ears: tuple[float, float]
    roll: float
    head_roll: float
    yaw: float
    nod: float
    ear_width: float
    eyes: float
    mouth: float
    brow: float
    aspect: float
    light: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Facing):
    """One frame of somebody who faces the camera.

    t : s ; quality : 0..1, the network's word that there is a body ; torso : whether the hips are in view too
    """

    t: float
    quality: float
    torso: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One frame of somebody seen from the side; rad, + towards where they face.

    trunk : of the line from hip to shoulder against the vertical, + leaning forward
    neck : of the line from shoulder to ear against the vertical; 90 degrees less it stands for the
        craniovertebral angle
    faces : which side of the picture they look to
    """

    t: float
    trunk: float
    neck: float
    faces: Literal["left", "right"]
    quality: float


def seated_sample(frame: Frame) -> Sample | Miss:
    """Return what one frame shows of somebody who sits facing the camera, or why it shows nothing."""
    if (why := _hidden(frame)) is not None:
        return why
    left, right = frame.point("left_shoulder"), frame.point("right_shoulder")
    across = left - right
    width = float(np.hypot(*across))
    ear_line = frame.point("left_ear") - frame.point("right_ear")
    ear_span = float(np.hypot(*ear_line))
    if width < NARROW * frame.size[0] or ear_span <= 0 or _from_side(frame, width):
        return "from-the-side"
    # Facing the camera the person's left is on the picture's right.
    if across[0] < 0:
        return "back-turned"
    along = across / width
    up = np.array([along[1], -along[0]])
    ears, shoulders, nose = frame.middle("ear"), frame.middle("shoulder"), frame.point("nose")
    eyes = float(np.hypot(*(frame.point("left_eye_outer") - frame.point("right_eye_outer"))))
    mouth = float(np.hypot(*(frame.point("mouth_left") - frame.point("mouth_right"))))
    offset = float((nose - ears) @ along) / (ear_span / 2)
    unit = frame.size[0]
    return Sample(
        t=frame.t,
        ratio=float((ears - shoulders) @ up) / width,
        quality=float(frame.score),
        shoulder_width=width / unit,
        middle=(float(shoulders[0]) / unit, float(shoulders[1]) / unit),
        ears=(float(ears[0]) / unit, float(ears[1]) / unit),
        roll=math.atan2(along[1], along[0]),
        head_roll=_turn(math.atan2(ear_line[1], ear_line[0]) - math.atan2(along[1], along[0])),
        yaw=math.atan(offset / NOSE_REACH),
        nod=float((nose - ears) @ up) / width,
        ear_width=ear_span / width,
        eyes=eyes / ear_span,
        mouth=mouth / ear_span,
        brow=float((frame.middle("eye") - nose) @ up) / eyes if eyes > 0 else 0.0,
        aspect=frame.size[0] / frame.size[1],
        torso=_inside(frame, ("left_hip", "right_hip")),
        light=frame.light,
    )


def side_sample(frame: Frame) -> Side | Miss:
    """Return the angles of one frame of somebody seen from the side, trunk in view, or why there are none."""
    if not frame.seen:
        return "dark" if _dark(frame) else "nobody"
    if _dark(frame):
        return "dark"
    if (frame.people or 0) > 1:
        return "two-people"
    if not _inside(frame, ("nose", "left_ear", "right_ear")):
        return "head-out"
    if not _inside(frame, (*SHOULDERS, "left_hip", "right_hip")):
        return "shoulder-out"
    ears, shoulders, hips = frame.middle("ear"), frame.middle("shoulder"), frame.middle("hip")
    faces = 1.0 if frame.point("nose")[0] >= ears[0] else -1.0
    return Side(
        t=frame.t,
        trunk=_lean(shoulders - hips, faces),
        neck=_lean(ears - shoulders, faces),
        faces="right" if faces > 0 else "left",
        quality=float(frame.score),
    )


def seen_from_side(frame: Frame) -> bool:
    """Say whether a pose is seen from the side, so that ``side_sample`` has the better word."""
    if not frame.seen:
        return False
    width = float(np.hypot(*(frame.point("left_shoulder") - frame.point("right_shoulder"))))
    return _from_side(frame, width)


def stance(frame: Frame) -> Stance:
    """Say what the evidence log asks of a frame: seated, standing, absent, or that it cannot be told.

    Standing is claimed only where hips and knees are in view and the thighs hang straight; whoever has a head and
    shoulders before a camera and no legs in view is taken to sit.
    """
    if not frame.seen:
        return "unclear" if _dark(frame) else "absent"
    if _dark(frame):
        return "unclear"
    legs = ("left_hip", "right_hip", "left_knee", "right_knee")
    if _inside(frame, (*SHOULDERS, *legs)):
        trunk = float(np.hypot(*(frame.middle("shoulder") - frame.middle("hip"))))
        thigh = frame.middle("knee") - frame.middle("hip")
        if trunk > 0 and thigh[1] > 0.6 * trunk and abs(thigh[0]) < 0.35 * thigh[1]:
            return "standing"
    return "seated" if _inside(frame, ("nose", *SHOULDERS)) else "unclear"


def readings(frames: Iterable[Frame]) -> tuple[tuple[Sample, ...], tuple[Miss, ...]]:
    """Return the samples of many frames, and why the others gave none, each in its order."""
    found: list[Sample] = []
    misses: list[Miss] = []
    for frame in frames:
        one = seated_sample(frame)
        if isinstance(one, Sample):
            found.append(one)
        else:
            misses.append(one)
    return tuple(found), tuple(misses)


def _hidden(frame: Frame) -> Miss | None:
    if _dark(frame):
        return "dark"
    if not frame.seen:
        return "nobody"
    if frame.people is not None and frame.people > 1:
        return "two-people"
    if not _inside(frame, HEAD):
        return "head-out"
    if not _inside(frame, SHOULDERS) or not _sure(frame, SHOULDERS):
        return "shoulder-out"
    return None


def _dark(frame: Frame) -> bool:
    return frame.light is not None and frame.light < DARK


def _inside(frame: Frame, names: Iterable[str]) -> bool:
    """Say whether points lie in the picture: geometry, because the networks are sure of hidden points too."""
    width, height = frame.size
    low = np.array([-MARGIN * width, -MARGIN * height])
    high = np.array([width, height]) - low
    points = frame.image[[POINT[name] for name in names], :2]
    return bool(np.all(points >= low) and np.all(points <= high))


def _sure(frame: Frame, names: Iterable[str]) -> bool:
    seen = frame.visibility[[POINT[name] for name in names]]
    return bool(np.all(~np.isfinite(seen) | (seen >= SURE)))


def _from_side(frame: Frame, width: float) -> bool:
    trunk = float(np.hypot(*(frame.middle("shoulder") - frame.middle("hip"))))
    return bool(_inside(frame, ("left_hip", "right_hip")) and width < SIDE_WIDTH * trunk)


def _lean(line: Array, faces: float) -> float:
    return math.atan2(float(line[0]) * faces, -float(line[1]))


def _turn(angle: float) -> float:
    return math.remainder(angle, 2 * math.pi)
