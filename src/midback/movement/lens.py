"""A pinhole camera that looks at a body. In: places in a room. Out: pixels and camera axes. Next: ``synthetic``.

The room is that of ``skeleton`` in metres: x the way the person faces, y up, z to the person's right.
"""

from dataclasses import dataclass

import numpy as np

from midback.movement.rotation import Array, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Where a camera stands and what its picture is like.

    azimuth_deg : 0 in front of the person, 90 at their right side, -90 at their left, 180 behind
    distance_m : over the floor to what it looks at ; height_m : of the lens over the floor
    roll_deg : the camera turned about its own axis, so that the picture turns the other way
    wide_deg : horizontal angle of view, 60 to 70 for a webcam
    """

    azimuth_deg: float = 90.0
    distance_m: float = 3.0
    height_m: float = 0.8
    roll_deg: float = 0.0
    size: tuple[int, int] = (640, 480)
    wide_deg: float = 65.0

    @property
    def focal_px(self) -> float:
        """Return the focal length in pixels."""
        return float(self.size[0] / 2 / np.tan(np.radians(self.wide_deg) / 2))

    def aim(self, target: Array) -> "Aimed":
        """Turn the camera to a place (3,) m."""
        turn = np.radians(self.azimuth_deg)
        level = np.array([np.cos(turn), 0.0, np.sin(turn)])
        place = np.array([target[0], 0.0, target[2]]) + self.distance_m * level
        place[1] = self.height_m
        away = unit(np.asarray(target, dtype=float) - place)
        right = unit(np.cross(away, np.array([0.0, 1.0, 0.0])))
        down = np.cross(away, right)
        roll = np.radians(self.roll_deg)
        return Aimed(
            lens=self,
            place=place,
            axes=np.stack(
                [
                    np.cos(roll) * right + np.sin(roll) * down,
                    np.cos(roll) * down - np.sin(roll) * right,
                    away,
                ]
            ),
        )


@dataclass(frozen=True, slots=True)
class Aimed:
    """A camera that looks somewhere. ``place`` (3,) m ; ``axes`` (3, 3): right, down and away, as rows."""

    lens: Lens
    place: Array
    axes: Array

    def turn(self, vectors: Array) -> Array:
        """Return vectors (..., 3) along the camera's axes: right, down, away."""
        return np.asarray(vectors @ self.axes.T)

    def picture(self, points: Array) -> tuple[Array, Array]:
        """Return pixels (..., 2) and distance along the view (...,) m of places (..., 3) m."""
        seen = self.turn(points - self.place)
        far = np.maximum(seen[..., 2], 0.05)
        middle = np.array(self.lens.size) / 2
        return middle + self.lens.focal_px * seen[..., :2] / far[..., None], far
