"""Somebody who sits before a camera, made up of points in space, so that laws can turn and move both.

Metres about the middle of the shoulders: x to the person's left, y up, z towards the camera. The build is that of a
grown person of middle height; the camera is a laptop's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from midback.body.seated import Miss, Sample, readings
from midback.movement.landmarks import LANDMARKS, POINT, Frame
from midback.movement.rotation import Array

SIZE: Final = (640, 480)
FOCAL: Final = 560.0
# One sample of a still person is off by so much, in shoulder widths: the spread of the ratio on real stills is 0.02.
NOISE: Final = 0.012


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Lengths in m."""

    shoulders: float = 0.38
    neck: float = 0.245
    ears: float = 0.155
    nose: float = 0.11
    eyes: float = 0.11
    mouth: float = 0.055


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """How they sit: slump 0..1, turns of the head in rad (nod + looks down), the whole body nearer or aside in m."""

    slump: float = 0.0
    nod: float = 0.0
    turn: float = 0.0
    nearer: float = 0.0
    aside: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the camera stands: how far and how high over the shoulders in m, how it is turned in rad."""

    far: float = 0.75
    high: float = 0.12
    pan: float = 0.0
    tilt: float = 0.0
    roll: float = 0.0
    level: bool = False


UPRIGHT: Final = Sitting()
DESK: Final = Seat()


def sit(build: Build = Build(), how: Sitting = UPRIGHT) -> Array:
    """Return the 33 points in space."""
    half = build.shoulders / 2
    points = np.full((len(LANDMARKS), 3), 0.0)

    def put(name: str, x: float, y: float, z: float) -> None:
        points[POINT[name]] = (x, y, z)

    # Sinking, the trunk comes down and back and rounds; the head goes forward and stays level, eyes on the screen.
    sunk, forward = 0.075 * how.slump, 0.07 * how.slump
    ears = np.array([0.0, build.neck - sunk, 0.02 + forward])
    head = {
        "nose": (0.0, -0.03, build.nose),
        "left_ear": (build.ears / 2, 0.0, 0.0),
        "left_eye": (build.eyes / 3, 0.025, build.nose * 0.8),
        "left_eye_inner": (build.eyes / 6, 0.025, build.nose * 0.82),
        "left_eye_outer": (build.eyes / 2, 0.025, build.nose * 0.72),
        "mouth_left": (build.mouth / 2, -0.075, build.nose * 0.85),
    }
    turned = _about(1, how.turn) @ _about(0, how.nod)
    for name, place in head.items():
        put(name, *(ears + turned @ np.array(place)))
        mirror = name.replace("left", "right")
        if mirror != name:
            put(mirror, *(ears + turned @ (np.array(place) * (-1, 1, 1))))
    for side, sign in (("left", 1), ("right", -1)):
        put(f"{side}_shoulder", sign * half, 0.0, 0.0)
        put(f"{side}_elbow", sign * half * 1.15, -0.3, 0.06)
        for part in ("wrist", "pinky", "index", "thumb"):
            put(f"{side}_{part}", sign * half * 0.7, -0.35, 0.28)
        put(f"{side}_hip", sign * 0.1, -0.5, 0.02)
        for part in ("knee", "ankle", "heel", "foot_index"):
            put(f"{side}_{part}", sign * 0.12, -0.55, 0.42)
    points += (how.aside, -0.035 * how.slump, how.nearer - 0.05 * how.slump)
    return points


def seen(points: Array, seat: Seat = DESK, *, size: tuple[int, int] = SIZE, t: float = 0.0) -> Frame:
    """Return the frame a camera makes of points; it is aimed at the neck unless it is ``level``."""
    eye = np.array([0.0, seat.high, seat.far])
    aim = np.array([0.0, 0.1, 0.0])
    down = 0.0 if seat.level else float(np.arctan2(seat.high - aim[1], seat.far))
    turned = _about(2, seat.roll) @ _about(0, down + seat.tilt) @ _about(1, seat.pan)
    local = (points - eye) @ turned.T
    depth = -local[:, 2]
    scale = FOCAL * size[0] / SIZE[0]
    image = np.empty_like(points)
    image[:, 0] = size[0] / 2 + scale * local[:, 0] / depth
    image[:, 1] = size[1] / 2 - scale * local[:, 1] / depth
    image[:, 2] = 0.0
    return Frame(
        t=t,
        image=image,
        world=points,
        visibility=np.ones(len(points)),
        score=1.0,
        size=size,
        people=1,
        light=0.4,
    )


def shaken(frame: Frame, rng: np.random.Generator, noise: float = NOISE) -> Frame:
    """Return a frame whose points are off by so many shoulder widths."""
    width = float(np.hypot(*(frame.point("left_shoulder") - frame.point("right_shoulder"))))
    off = rng.normal(0.0, noise * width, frame.image.shape)
    return replace(frame, image=frame.image + off)


def burst(
    frame: Frame, count: int = 14, seed: int = 0, noise: float = NOISE
) -> tuple[tuple[Sample, ...], tuple[Miss, ...]]:
    """Return the readings of a burst of one posture."""
    rng = np.random.default_rng(seed)
    return readings([shaken(replace(frame, t=0.25 * number), rng, noise) for number in range(count)])


def moved(
    frame: Frame, *, shift: tuple[float, float] = (0.0, 0.0), scale: float = 1.0, roll: float = 0.0
) -> Frame:
    """Return the frame of the picture shifted (of its sides), scaled and rolled (rad) about its middle."""
    middle = np.array(frame.size) / 2
    c, s = np.cos(roll), np.sin(roll)
    points = (frame.image[:, :2] - middle) @ np.array([[c, s], [-s, c]]) * scale + middle
    image = frame.image.copy()
    image[:, :2] = points + np.array(shift) * frame.size
    return replace(frame, image=image)


def names_of(reasons: Sequence[object]) -> list[str]:
    """Return the ids of reasons without their room."""
    return [str(getattr(reason, "message_id", "")).partition(".")[2] for reason in reasons]


def _about(axis: int, angle: float) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    a, b = [(1, 2), (2, 0), (0, 1)][axis]
    turned = np.eye(3)
    turned[a, a] = turned[b, b] = c
    turned[a, b], turned[b, a] = -s, s
    return turned
