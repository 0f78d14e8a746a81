"""A camera, read through PyAV: V4L2, AVFoundation, DirectShow. In: which one. Out: pictures. Next: sense.pose.

Nothing is kept and nothing is written; the camera is free again after ``close``. Whoever looks slowly sees fewer
pictures, never older ones.
"""

import errno
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.device import enumerate_input_devices
from av.video.reformatter import Interpolation, VideoReformatter

from midback.errors import InputError, Unavailable
from midback.sense.pictures.closing import Closing
from midback.sense.pictures.naming import is_device, names_a_camera, number_of
from midback.sense.pictures.newest import Newest
from midback.sense.pictures.picture import Picture, fitted

# What nearly every camera has comes first; at last the driver is asked without a wish.
WISHES: Final[tuple[Mapping[str, str], ...]] = (
    {"video_size": "640x480", "framerate": "30"},
    {"video_size": "640x480", "framerate": "15"},
    {"video_size": "640x480"},
    {"framerate": "30"},
    {},
)
SYSTEMS: Final = {"linux": "video4linux2", "darwin": "avfoundation", "win32": "dshow"}
# A camera that sends no picture for so long (s) is gone, even if its driver does not say so.
PATIENCE: Final = 8.0
# Linux gives a camera several devices, of which some send no pictures: with no number given the first that does.
MOST_DEVICES: Final = 10

Open = Callable[[str, str, Mapping[str, str]], InputContainer]


def devices_of(source: str | Path, system: str = sys.platform) -> tuple[str, ...]:
    """Return the devices a camera's name may mean, in the order they are tried.

    raises : InputError where the name is no camera's, Unavailable where there is none or no way to one
    """
    text = str(source)
    if system not in SYSTEMS:
        raise Unavailable(
            "On this system midback knows no way to a camera.",
            "Cameras are read on Linux, macOS and Windows.",
            "Record a video with another program and give its file.",
        )
    if system == "linux" and is_device(text):
        return (text,)
    if is_device(text) or not names_a_camera(text):
        raise InputError(
            "{name} is not the name of a camera.",
            "Cameras are called camera, camera:1 and so on.",
            values={"name": text[:60]},
        )
    asked = number_of(text)
    number = asked or 0
    if system == "linux":
        last = MOST_DEVICES if asked is None else number + 1
        return tuple(f"/dev/video{each}" for each in range(number, last))
    if system == "darwin":
        return (f"{number}:none",)
    named = [device.name for device in enumerate_input_devices(SYSTEMS[system]) if _films(device.media_types)]
    if number >= len(named):
        raise _none(text)
    return (f"video={named[number]}",)


class Camera(Closing):
    """A camera as pictures, without an end of its own.

    lost : pictures that were cut short so far ; t is by this machine's clock, from the first picture
    """

    duration_s: float | None = None
    count: int | None = None

    def __init__(
        self,
        source: str | Path = "camera",
        *,
        fps: float | None = None,
        system: str = sys.platform,
        opener: Open | None = None,
    ) -> None:
        """Open the camera; raise Unavailable where there is none, it is busy, or it may not be used.

        fps : hand out at most so many pictures a second ; system, opener : how it is opened, other than here
        """
        self.name = str(source)
        self._wanted = fps
        container = _opened(devices_of(source, system), SYSTEMS[system], self.name, opener or _open)
        try:
            self._stream = container.streams.video[0]
            codec = self._stream.codec_context
            self.size = fitted(codec.width, codec.height)
            rate = self._stream.average_rate
            self.fps: float | None = float(rate) if rate else None
        except BaseException:
            container.close()
            raise
        self._newest = Newest(container, self._stream)

    @property
    def lost(self) -> int:
        """Return how many pictures were cut short so far."""
        return self._newest.dropped

    def __iter__(self) -> Iterator[Picture]:
        """Yield the newest picture each time; raise Unavailable where the camera goes away."""
        reformatter = VideoReformatter()
        start: float | None = None
        last, step = float("-inf"), (1 / self._wanted if self._wanted else 0.0)
        while True:
            try:
                taken = self._newest.take(PATIENCE)
            except (av.FFmpegError, OSError) as exc:
                raise _gone() from exc
            if taken is None:
                raise _gone()
            came, frame = taken
            start = came if start is None else start
            t = came - start
            # A tenth of slack: pictures never come quite in time.
            if t <= last or t - last < 0.9 * step:
                continue
            last = t
            wide, high = fitted(frame.width, frame.height)
            small = reformatter.reformat(
                frame, wide, high, "rgba", interpolation=Interpolation.BILINEAR, threads=1
            )
            yield Picture(t, np.asarray(small.to_ndarray(), np.uint8)[..., :3])

    def close(self) -> None:
        """Set the camera free."""
        self._newest.stop()


def _open(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
    return av.open(device, format=form, options=dict(wish))


def _opened(devices: tuple[str, ...], form: str, said: str, opener: Open) -> InputContainer:
    """Return the first device that sends pictures; else raise what stood in the way of the nearest one."""
    missing = _none(said).seen
    stood: Unavailable | None = None
    cause: Exception | None = None
    for device in devices:
        for wish in WISHES:
            try:
                container = opener(device, form, wish)
            except (av.FFmpegError, OSError, ValueError) as exc:
                why = _refusal(exc, said)
                # A device that is missing tells less than one that is busy.
                if stood is None or stood.seen == missing:
                    stood, cause = why, exc
                if getattr(exc, "errno", None) in (errno.EINVAL, None):
                    continue  # the wish cannot be met; another may
                break
            if container.streams.video:
                return container
            container.close()
            break
    raise stood or _none(said) from cause


def _refusal(exc: Exception, said: str) -> Unavailable:
    number = getattr(exc, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        return Unavailable(
            "midback may not use the camera.",
            "The system decides which programs may.",
            "Allow it in the system's privacy settings; on Linux your account has to be in the group video.",
        )
    if number == errno.EBUSY:
        return Unavailable(
            "Another program is using the camera.",
            "A camera serves one program at a time.",
            "Close the other program, then try again.",
        )
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTTY):
        return _none(said)
    return Unavailable(
        "The camera {name} sends no pictures midback can read.",
        "Another program may hold it, or its driver has no common format.",
        "Close other programs that use it, or try another camera, such as camera:1.",
        values={"name": said[:60]},
    )


def _none(said: str) -> Unavailable:
    if said == "camera":
        return Unavailable(
            "No camera was found.",
            "Cameras are called camera, camera:1 and so on.",
            "Plug one in, or give a video file instead.",
        )
    return Unavailable(
        "There is no camera {name}.",
        "Cameras are called camera, camera:1 and so on.",
        "Plug one in, or give a video file instead.",
        values={"name": said[:60]},
    )


def _gone() -> Unavailable:
    return Unavailable(
        "The camera stopped sending pictures.",
        "It was unplugged, or another program took it.",
        "Plug it in again and try once more.",
    )


def _films(kinds: list[str]) -> bool:
    return not kinds or "video" in kinds
