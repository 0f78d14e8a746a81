"""The annotated film: the pictures once more, with what was found drawn on. In: Analysis. Out: an mp4. Next: a person.

The film is decoded a second time, after the analysis, because only then is it known what counts. Between the two, 264
bytes a frame are kept: where the points were in the picture.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

import numpy as np

from midback.coach.verify.recording import Verified
from midback.errors import InputError
from midback.movement.landmarks import LANDMARKS, Frame
from midback.sense.pictures.annotate import AnnotatedFilm
from midback.sense.pictures.port import open_pictures
from midback.share.landmark_file import is_landmark_file

from .analysing import Analysis, Progress
from .analysis_source import is_camera


class Track:
    """Keeps where the points were in each frame."""

    def __init__(self) -> None:
        self._points = array("f")
        self.frames = 0

    def add(self, frame: Frame) -> None:
        """Take the next frame."""
        self._points.frombytes(frame.image[:, :2].astype(np.float32).tobytes())
        self.frames += 1

    def points(self, number: int) -> np.ndarray | None:
        """Return the points of a frame, (33, 2) px, or None where no body was seen."""
        size = 2 * len(LANDMARKS)
        row = np.array(self._points[number * size : (number + 1) * size], float).reshape(-1, 2)
        return row if np.isfinite(row[0]).all() else None


def require_pictures(source: str | Path) -> None:
    """Raise InputError where a source cannot be looked at a second time."""
    if is_camera(source) or is_landmark_file(Path(source)):
        raise InputError(
            "There is no film to draw on.",
            "An annotated film is made of a film or of stills.",
            "Leave --annotated out, or give a film.",
        )


def write_film(
    source: str | Path,
    out: Path,
    found: Analysis,
    track: Track,
    *,
    fps: float | None = None,
    words: Callable[[str], str] = str,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Write the film with skeleton, phase and count.

    words : puts the name of a phase into the person's language ; raises as ``open_pictures`` and ``AnnotatedFilm``
    """
    with open_pictures(source, fps=fps) as pictures:
        rate = found.quality.fps or pictures.fps or 1.0
        with AnnotatedFilm(out, pictures.size, rate) as film:
            for number, picture in enumerate(pictures):
                if number >= track.frames or stop():
                    break
                film.draw(
                    picture.t, picture.rgb, track.points(number), _told(found.verified, picture.t, words)
                )
                if progress is not None and number % 15 == 0:
                    progress(number / track.frames, number, picture.t)


def _told(verified: Verified | None, t: float, words: Callable[[str], str]) -> tuple[str, ...]:
    if verified is None:
        return ()
    phase = bisect_right([event.t for event in verified.events], t)
    count = sum(one.t <= t for one in verified.counted)
    held = next((one for one in verified.holds if one.began_t <= t <= one.t), None)
    named = words(verified.events[phase - 1].phase) if phase else ""
    return (named, f"{t - held.began_t:.0f} s" if held else str(count))
