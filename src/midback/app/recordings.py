"""Recordings of landmarks: made into a file the person names, or kept with their data. Next: cli.record, pages.

Opt-in: nothing is recorded unless a person asks. What is kept is numbers in the published shape, never a picture, and
each can be deleted.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from midback.app.analysis_source import FrameSource
from midback.app.camera_state import delete_recording
from midback.app.house import House
from midback.beside import write_whole
from midback.errors import InputError, NotFound
from midback.share.landmark_file import LandmarkWriter
from midback.store import landmark_recordings
from midback.store.landmark_recordings import LandmarkRecording

Progress = Callable[[float | None, int, float], None]
TELL_EVERY = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded. ``seen``: frames with a body ; stopped : the person ended it early"""

    frames: int
    seen: int
    seconds: float
    source: str
    stopped: bool


def record(
    source: str | Path,
    out: Path,
    *,
    model: str = "full",
    fps: float | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Recorded:
    """Write the landmarks of a source to a file, as docs/landmark-recordings.md shows.

    Raises InputError where the source cannot be used, Unavailable where it cannot be had or written.
    """
    number, seen, first, last, stopped = 0, 0, 0.0, 0.0, False
    with FrameSource(source, model=model, fps=fps, profile=True) as frames:
        words = frames.words
        told = source_words(frames)
        with LandmarkWriter(out, model=words.model, source=told, size=words.size) as writer:
            for number, frame in enumerate(frames, 1):
                first = frame.t if number == 1 else first
                if stop():
                    stopped = True
                    break
                if seconds is not None and frame.t > seconds:
                    break
                writer.add(frame)
                last, seen = frame.t, seen + frame.seen
                if progress is not None and number % TELL_EVERY == 0:
                    progress(frame.t / words.seconds if words.seconds else None, number, frame.t)
            number = writer.frames
    return Recorded(frames=number, seen=seen, seconds=last - first, source=told, stopped=stopped)


def keep(
    house: House,
    person_id: str,
    source: str | Path,
    *,
    name: str = "",
    model: str = "full",
    fps: float | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> LandmarkRecording:
    """Record a source and keep it with the person's data; raise as ``record``, and InputError where it is too long."""
    # Beside the rest of the person's data: what a kill leaves behind goes with it when all is deleted.
    with TemporaryDirectory(prefix="recording-", dir=house.data_dir) as folder:
        out = Path(folder) / "recording.json"
        done = record(source, out, model=model, fps=fps, seconds=seconds, progress=progress, stop=stop)
        if not done.frames:
            raise InputError("There was nothing to keep: no picture was seen.")
        content = _packed(out)
    made = LandmarkRecording(
        name=name or done.source[:200],
        made_at=house.clock.now(),
        source=done.source,
        seconds=done.seconds,
        frames=done.frames,
    )
    with house.engine.begin() as connection:
        return landmark_recordings.add_packed(connection, person_id, made, content)


def recordings(house: House, person_id: str) -> tuple[LandmarkRecording, ...]:
    """Return what is kept, oldest first."""
    with house.engine.connect() as connection:
        return landmark_recordings.listed(connection, person_id)


def take_out(house: House, person_id: str, recording_id: str, out: Path) -> None:
    """Write a kept recording to a file; raise NotFound where there is none by that id."""
    with house.engine.connect() as connection:
        text = landmark_recordings.text_of(connection, person_id, recording_id)
    if text is None:
        raise _none(recording_id)
    write_whole(out, text.encode())


def delete(house: House, person_id: str, recording_id: str) -> None:
    """Forget a recording; raise NotFound where there is none by that id."""
    if not delete_recording(house, person_id, recording_id):
        raise _none(recording_id)


def source_words(frames: FrameSource) -> str:
    """Say what a source is without naming it: "film, 640 x 360, 30 fps"."""
    words = frames.words
    width, height = words.size
    rate = f", {words.fps:.4g} fps" if words.fps else ""
    return f"{words.kind}, {width} x {height}{rate}"


def _packed(path: Path) -> bytes:
    packer = zlib.compressobj(6)
    with path.open("rb") as file:
        pieces = [packer.compress(piece) for piece in iter(lambda: file.read(1 << 20), b"")]
    return b"".join([*pieces, packer.flush()])


def _none(recording_id: str) -> NotFound:
    return NotFound(
        "There is no recording {id}.",
        "",
        "`midback recordings` lists them.",
        values={"id": recording_id[:60]},
    )
