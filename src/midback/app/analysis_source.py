"""Where the frames of an analysis come from. In: a film, stills, a camera or a recording of landmarks. Next: analysing.

A recording is read frame by frame as it stands; in everything else the networks look at each picture, and nothing of
the picture is kept.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from midback.movement.landmarks import Frame
from midback.sense.pictures.port import open_pictures
from midback.sense.pose.estimator import PoseEstimator
from midback.share.landmark_file import LandmarkFile, is_landmark_file

Kind = Literal["film", "stills", "camera", "landmarks"]
# How often the bodies in view are counted anew: the detector costs as much as half a look.
PEOPLE_EVERY_S = 2.0
CAMERA = "camera"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known of a source. name : words, never a path ; count, seconds, fps : None where not known before."""

    kind: Kind
    name: str
    size: tuple[int, int]
    model: str
    count: int | None = None
    seconds: float | None = None
    fps: float | None = None


class FrameSource:
    """Frames, one after another, once.

    profile : measure the outline of the back too ; raises as ``open_pictures`` and ``LandmarkFile`` do
    """

    def __init__(
        self, source: str | Path, *, model: str = "full", fps: float | None = None, profile: bool = False
    ) -> None:
        path = Path(source)
        self._profile, self._estimator = profile, None
        self._pictures = None
        if not is_camera(source) and is_landmark_file(path):
            self._recording = LandmarkFile(path)
            self.words = Words(
                kind="landmarks",
                name=path.name,
                size=self._recording.size,
                model=self._recording.model,
            )
            return
        self._pictures = pictures = open_pictures(source, fps=fps)
        self._names: list[str] = [one.name for one in getattr(pictures, "paths", ())]
        kind: Kind = "camera" if is_camera(source) else "stills" if self._names else "film"
        self.words = Words(
            kind=kind,
            name=pictures.name,
            size=pictures.size,
            model=model,
            count=pictures.count,
            seconds=None if kind == "stills" else pictures.duration_s,
            fps=pictures.fps,
        )
        try:
            self._estimator = PoseEstimator(model)
        except BaseException:
            pictures.close()
            raise

    @property
    def lost(self) -> int:
        """Return how many pictures could not be read so far."""
        return 0 if self._pictures is None else self._pictures.lost

    def name_of(self, t: float) -> str:
        """Return the name of the still at t."""
        with suppress(IndexError):
            return self._names[round(t)]
        return ""

    def __iter__(self) -> Iterator[Frame]:
        if self._pictures is None or self._estimator is None:
            yield from self._recording
            return
        stills = self.words.kind == "stills"
        for picture in self._pictures:
            yield self._estimator.look(
                picture.rgb,
                picture.t,
                still=stills,
                profile=self._profile,
                people_every_s=None if stills else PEOPLE_EVERY_S,
            )

    def close(self) -> None:
        """Let the source and the networks go."""
        if self._pictures is not None:
            self._pictures.close()
        if self._estimator is not None:
            self._estimator.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_camera(source: str | Path) -> bool:
    """Say whether the words name a camera: ``camera``, ``camera:1`` or a device such as ``/dev/video0``."""
    words = str(source)
    return words == CAMERA or words.startswith((f"{CAMERA}:", "/dev/video"))
