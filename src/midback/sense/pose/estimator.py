"""Pose estimation: follow one body from picture to picture. In: RGB and its time. Out: Frame. Next: coach, body.

Nothing of a picture is written. In memory the square that the networks last saw stays until the next look
overwrites it or the estimator is closed, and the mask of the body in it where that was asked for.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from midback.errors import InputError
from midback.movement.dorsal import dorsal_profile, trunk_in_view
from midback.movement.landmarks import Frame, nobody
from midback.movement.rotation import Array
from midback.sense.pose.company import people_with
from midback.sense.pose.detector import Detector
from midback.sense.pose.landmarker import SIDE, Landmarker, Pose
from midback.sense.pose.networks import open_networks
from midback.sense.pose.steady import Steady
from midback.sense.pose.warp import Region, Rgb
from midback.vendored import pose_bundle

Mask = NDArray[np.float32]
# Every so many pixels are enough to say how bright a picture is.
_SPARSE: Final = 8


class PoseEstimator:
    """The two networks of a model, and the region in which the body was last."""

    def __init__(self, model: str = "full", mask: bool = False, threads: int = 1) -> None:
        """Load ``lite`` or ``full``; with ``mask`` every look can be asked for ``mask_of_last``."""
        detector, landmarker = open_networks(pose_bundle(model), threads)
        self._detector, self._landmarker = Detector(detector), Landmarker(landmarker)
        self._with_mask = mask
        self._steady = Steady()
        self.reset()

    def reset(self) -> None:
        """Forget where the body was."""
        self._steady.forget()
        self._region: Region | None = None
        self._people: int | None = None
        self._detected_at: float | None = None
        self._last: tuple[Mask, Region] | None = None

    def look(
        self,
        rgb: Rgb,
        t: float,
        *,
        still: bool = False,
        profile: bool = False,
        people_every_s: float | None = None,
    ) -> Frame:
        """Return what one picture shows.

        rgb : (H, W, 3) uint8 ; t : s, kept as it is
        still : look for a body anew rather than where it was ; profile : measure the outline of the back too
        people_every_s : count the bodies again when so many seconds have passed
        """
        if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8 or min(rgb.shape[:2]) < 1:
            raise InputError("A picture here is an array of (height, width, 3) bytes.")
        size = (rgb.shape[1], rgb.shape[0])
        light = float(rgb[::_SPARSE, ::_SPARSE].mean() / 255)
        region = None if still else self._region
        self._region = self._last = None
        due = people_every_s is not None and (
            self._detected_at is None or not 0 <= t - self._detected_at < people_every_s
        )
        if region is None or due:
            found = self._detector.find(rgb)
            self._people, self._detected_at = found.people, t
            region = region or found.region
        if region is None or not region.sensible(size):
            return nobody(t, size, self._people, light)
        score, pose = self._landmarker.look(rgb, region)
        if pose is None:
            self._steady.forget()
            return nobody(t, size, self._people, light)
        if due:
            self._people = people_with(self._detector, rgb, pose.image)
        if still:
            self._steady.forget()
        self._region = self._following(pose.circle, t, size)
        mask = self._landmarker.mask() if profile or self._with_mask else None
        if mask is not None and self._with_mask:
            self._last = (mask, region)
        back = _outline(mask, pose, region) if profile and mask is not None else None
        return Frame(
            t=t,
            image=pose.image,
            world=pose.world,
            visibility=pose.visibility,
            score=score,
            size=size,
            profile=back,
            people=self._people,
            light=light,
        )

    def _following(self, circle: Array, t: float, size: tuple[int, int]) -> Region | None:
        """Return where to look in the next picture; None where the body's circle makes no sense."""
        seen = Region.around(circle[0], circle[1], margin=1.0)
        if not seen.sensible(size):
            self._steady.forget()
            return None
        middle, rim = self._steady.step(circle, t, seen.side)
        following = Region.around(middle, rim)
        return following if following.sensible(size) else None

    def mask_of_last(self) -> tuple[Mask, Region] | None:
        """Return the body's mask (256, 256) of the last look and the region it covers, or None."""
        return self._last

    def close(self) -> None:
        """Let the networks go."""
        self.reset()
        del self._detector, self._landmarker


def _outline(mask: Mask, pose: Pose, region: Region) -> Array:
    points = [region.within(point) * SIDE for point in trunk_in_view(pose.image, pose.visibility)]
    return dorsal_profile(mask, *points)
