"""``Landmarks``: a body as one camera saw it. Born in ``sense.pose``, a browser or ``synthetic``. Next: coach, body.

The points and their order are those of BlazePose (33 of them). Pixels of the picture: x to its right, y down, z
away from the camera in the same unit. World: metres about the middle of the hips, x and y as in the picture, z
away from the camera. ``left`` and ``right`` are the person's own. What was not seen is NaN, never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.movement.rotation import Array

LANDMARKS: Final = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
POINT: Final = {name: number for number, name in enumerate(LANDMARKS)}
# Where the dorsal profile is measured, as fractions of the way from the hip to the shoulder.
STATIONS: Final = np.linspace(0.0, 1.0, 25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One instant.

    t : s from the start of the source
    image : (33, 3) px ; world : (33, 3) m ; both NaN where there is no pose
    visibility : (33,) 0..1, of little worth for hidden points
    score : 0..1 that there is a body at all; 0 where no pose was found
    size : width, height of the picture in px
    profile : (25,) distance from the hip-shoulder line to the edge of the back at ``STATIONS``, in lengths of
        that line; None where no mask was looked at
    people : how many bodies the detector saw when it last looked; None where it never did
    light : mean brightness of the picture, 0..1; None where it is not known
    """

    t: float
    image: Array
    world: Array
    visibility: Array
    score: float
    size: tuple[int, int]
    profile: Array | None = None
    people: int | None = None
    light: float | None = None

    @property
    def seen(self) -> bool:
        """Say whether there is a pose."""
        return bool(self.score > 0 and np.isfinite(self.image[0, 0]))

    def point(self, name: str) -> Array:
        """Return one point of the picture, (2,) px."""
        return np.asarray(self.image[POINT[name], :2])

    def middle(self, part: str) -> Array:
        """Return the point halfway between left and right of a part, (2,) px."""
        return np.asarray((self.point(f"left_{part}") + self.point(f"right_{part}")) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """A recording: frames of one source in the order of time.

    frames : with t growing ; source : what it came from, in words, never a path ; model : ``lite`` or ``full``
    """

    frames: tuple[Frame, ...]
    size: tuple[int, int]
    source: str = ""
    model: str = "full"

    @property
    def t(self) -> Array:
        """Return the instants, (T,) s."""
        return np.array([frame.t for frame in self.frames])

    @property
    def image(self) -> Array:
        """Return the points of the picture, (T, 33, 3) px."""
        return _stack([frame.image for frame in self.frames], (0, len(LANDMARKS), 3))

    @property
    def world(self) -> Array:
        """Return the points of space, (T, 33, 3) m."""
        return _stack([frame.world for frame in self.frames], (0, len(LANDMARKS), 3))


def nobody(t: float, size: tuple[int, int], people: int | None = 0, light: float | None = None) -> Frame:
    """Return the frame of a picture in which no pose was found."""
    nothing = np.full((len(LANDMARKS), 3), np.nan)
    return Frame(
        t=t,
        image=nothing,
        world=nothing,
        visibility=np.zeros(len(LANDMARKS)),
        score=0.0,
        size=size,
        people=people,
        light=light,
    )


def _stack(rows: Sequence[Array], empty: tuple[int, ...]) -> Array:
    return np.stack(rows) if rows else np.empty(empty)
