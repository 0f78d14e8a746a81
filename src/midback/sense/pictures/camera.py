"""A camera, read through PyAV: V4L2, AVFoundation, DirectShow. In: which one. Out: pictures. Next: sense.pose.

Nothing is kept and nothing is written; the camera is free again after ``close``. A picture that came while the
last one was looked at is thinned out by its own time, so a slow reader sees fewer pictures, not older ones.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from midback.errors import InputError, Unavailable
from midback.sense.pictures.picture import Picture, fitted

# What nearly every camera has; the driver is asked without a wish where it has not.
WISHES: Final[tuple[dict[str, str], ...]] = (
    {"video_size": "640x480", "framerate": "30"},
    {"video_size": "640x480"},
    {},
)
SYSTEMS: Final = {"linux": "video4linux2", "darwin": "avfoundation", "win32": "dshow"}
# A camera warms up with a few broken pictures; one that sends nothing else is of no use.
MOST_BROKEN: Final = 60

_NUMBERED = re.compile(r"camera(?::(\d{1,3}))?")


def names_a_camera(source: str | Path) -> bool:
    """Say whether a source is a camera: ``camera``, ``camera:1`` or a video device of the system."""
    text = str(source)
    return bool(_NUMBERED.fullmatch(text)) or bool(re.fullmatch(r"/dev/video\d{1,3}", text))


def device_of(source: str | Path, system: str = sys.platform) -> tuple[str, str]:
    """Return what PyAV opens for a camera: (device, input format).

    raises : InputError where the name is no camera's, Unavailable on a system without a way to one
    """
    text = str(source)
    if system not in SYSTEMS:
        raise Unavailable(
            "On this system midback knows no way to a camera.",
            "Cameras are read on Linux, macOS and Windows.",
            "Record a video with another program and give its file.",
        )
    if system == "linux" and re.fullmatch(r"/dev/video\d{1,3}", text):
        return text, SYSTEMS[system]
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None:
        raise InputError(
            "{name} is not the name of a camera.",
            "Cameras are called camera, camera:1 and so on.",
            values={"name": text[:60]},
        )
    number = int(numbered[1] or 0)
    if system == "linux":
        return f"/dev/video{number}", SYSTEMS[system]
    if system == "darwin":
        return f"{number}:none", SYSTEMS[system]
    named = [device.name for device in av.enumerate_input_devices(SYSTEMS[system])]
    if number >= len(named):
        raise _none(text)
    return f"video={named[number]}", SYSTEMS[system]


class Camera:
    """A camera as pictures, without an end of its own."""

    duration_s: float | None = None
    count: int | None = None

    def __init__(self, source: str | Path = "camera", *, fps: float | None = None) -> None:
        """Open the camera; raise Unavailable where there is none, it is busy, or it may not be used."""
        device, form = device_of(source)
        self.name = str(source)
        self.lost = 0
        self._wanted = fps
        self._container = _open(device, form, str(source))
        if not self._container.streams.video:
            self.close()
            raise _none(str(source))
        self._stream = self._container.streams.video[0]
        codec = self._stream.codec_context
        self.size = fitted(codec.width, codec.height)
        self.fps = float(self._stream.average_rate) if self._stream.average_rate else None

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures as they come; raise Unavailable where the camera goes away."""
        reformatter = VideoReformatter()
        start: float | None = None
        last, broken = float("-inf"), 0
        step = 0.0 if self._wanted is None else 1.0 / self._wanted
        try:
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    self.lost, broken = self.lost + 1, broken + 1
                    if broken > MOST_BROKEN:
                        raise
                    continue
                for frame in frames:
                    if frame.time is None:
                        continue
                    start = frame.time if start is None else start
                    t, broken = frame.time - start, 0
                    # A tenth of a step of slack: pictures never come quite in time.
                    if t <= last or t - last < 0.9 * step:
                        continue
                    last = t
                    small = reformatter.reformat(frame, *self.size, "rgba", interpolation="BILINEAR")
                    yield Picture(t, np.asarray(small.to_ndarray(), np.uint8)[..., :3])
        except (av.FFmpegError, OSError) as exc:
            raise Unavailable(
                "The camera stopped sending pictures.",
                "It was unplugged, or another program took it.",
                "Plug it in again and try once more.",
            ) from exc

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def close(self) -> None:
        """Set the camera free."""
        self._container.close()


def _open(device: str, form: str, said: str) -> Any:
    for wish in WISHES:
        try:
            return av.open(device, format=form, options=dict(wish))
        except FileNotFoundError as exc:
            raise _none(said) from exc
        except PermissionError as exc:
            raise Unavailable(
                "This program may not use the camera.",
                "The system decides who may.",
                "Allow it in the system's settings; on Linux your account has to be in the group video.",
            ) from exc
        except (av.FFmpegError, OSError, ValueError) as exc:
            why = exc
            if getattr(exc, "errno", None) == 16:  # EBUSY; av has no class of its own for it
                raise Unavailable(
                    "Another program is using the camera.",
                    "A camera serves one program at a time.",
                    "Close the other program, then try again.",
                ) from exc
    raise Unavailable(
        "The camera {name} sends no pictures midback can read.",
        "Another program may hold it, or its driver has no common format.",
        "Close other programs that use it, or try another camera, such as camera:1.",
        values={"name": said[:60]},
    ) from why


def _none(said: str) -> Unavailable:
    return Unavailable(
        "There is no camera {name}.",
        "Cameras are called camera, camera:1 and so on.",
        "Plug one in, or give a video file instead.",
        values={"name": said[:60]},
    )
