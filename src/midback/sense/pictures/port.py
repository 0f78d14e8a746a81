"""The port of pictures: what a camera, a video and a folder of stills have in common. Next: sense.pose."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from midback.errors import InputError, MidbackError
from midback.sense.pictures.naming import names_a_camera
from midback.sense.pictures.picture import Picture as Picture


class Pictures(Protocol):
    """A source of pictures.

    name : in words, never a path ; size : width, height in px as pictures are handed out
    duration_s, count, fps : what is known of it before it was read, else None
    lost : how many pictures could not be read so far
    Iterating yields each picture once, in the order of time.
    """

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def duration_s(self) -> float | None: ...
    @property
    def count(self) -> int | None: ...
    @property
    def fps(self) -> float | None: ...
    @property
    def lost(self) -> int: ...
    def __iter__(self) -> Iterator[Picture]: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def close(self) -> None: ...


def open_pictures(source: str | Path, *, fps: float | None = None) -> Pictures:
    """Open a video, a folder of stills, a still or a camera ("camera", "camera:1", /dev/video0).

    fps : hand out at most so many pictures a second
    raises : InputError where it is not what can be looked at, Unavailable where a camera cannot be had
    """
    text = str(source)
    if names_a_camera(text):
        from midback.sense.pictures.camera import Camera

        return Camera(text, fps=fps)
    path = Path(source)
    try:
        if path.is_dir():
            from midback.sense.pictures.images import Stills

            return Stills(path)
        if path.is_file():
            from midback.sense.pictures.images import Stills, is_still

            if is_still(path):
                return Stills(path)
            from midback.sense.pictures.video import Video

            return Video(path, fps=fps)
    except (OSError, ValueError) as exc:
        if isinstance(exc, MidbackError):
            raise
        raise InputError(
            "{name} cannot be read.", "A recording lies on this computer.", values={"name": path.name[:80]}
        ) from exc
    raise InputError(
        "There is no file or folder {name}.",
        "A recording is a video file, a picture or a folder of pictures on this computer; a camera is called camera.",
        "Give its whole path.",
        values={"name": path.name[:80]},
    )
