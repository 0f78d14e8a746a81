"""MediaPipe 0.10.21 as an oracle: which footage, what it said of it, and how to ask it. Next: tests, recorder, bench.

What it said is kept as numbers in tests/fixtures/oracle, so that the tests need neither MediaPipe nor its
environment; ``tests/oracle/record_landmarks.py`` writes them.
"""

import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from midback.movement.landmarks import POINT
from midback.sense.pictures.port import open_pictures
from midback.vendored import pose_bundle

HERE = Path(__file__).resolve().parent
WORKER = HERE / "oracle" / "mediapipe_worker.py"
KEPT = HERE / "fixtures" / "oracle"
# The Python of an environment with tests/oracle/mediapipe.txt.
VARIABLE = "MEDIAPIPE_PYTHON"
# Of the frames that were looked at, so many apart are kept.
EVERY = 10
# An image's numbers are kept in tenths of a px, the world's in mm.
UNITS = (10, 1000)
Rgb = NDArray[np.uint8]
Points = NDArray[np.float64]
Body = tuple[Points, Points]


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of footage: a video from its start, or a folder of stills. seconds : None for all of it."""

    name: str
    place: str
    seconds: float | None = None
    stills: bool = False


CLIPS = (
    Clip("cat-cow", "allfours/catcow_A_side_wanshape.mp4"),
    Clip("childs-pose", "negatives/childs-pose.mp4", seconds=5.0),
    Clip("push-ups", "negatives/pompes-classiques.mp4", seconds=5.0),
    Clip("sit-ups", "negatives/sit-ups.mp4", seconds=5.0),
    Clip("seated-three-quarter", "seated_34/howard_seated_34view.m4v", seconds=10.0),
    Clip("seated-front", "seated_front/via_A", stills=True),
    Clip("seated-side", "seated_side", stills=True),
)


def pictures(clip: Clip, folder: Path) -> Iterator[tuple[float, Rgb]]:
    """Yield time and picture of the footage in a folder."""
    if clip.stills:
        for path in sorted(Path(folder, clip.place).rglob("*.jpg")):
            with open_pictures(path) as source:
                yield from ((0.0, picture.rgb) for picture in source)
        return
    with open_pictures(Path(folder, clip.place)) as source:
        for picture in source:
            if clip.seconds is not None and picture.t >= clip.seconds:
                return
            yield picture.t, picture.rgb


def kept(clip: Clip, number: int) -> bool:
    """Say whether a frame's numbers are kept."""
    return clip.stills or number % EVERY == 0


def ask(python: str, model: str, shown: Iterable[Rgb], *, still: bool) -> Iterator[Body | None]:
    """Yield what MediaPipe says of pictures of one size; ``still`` looks at each anew."""
    worker = subprocess.Popen(
        [python, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    sink = worker.stdin

    def feed() -> None:
        order: dict[str, Any] = {}
        for rgb in shown:
            if not order:
                size = [rgb.shape[1], rgb.shape[0]]
                order = {"bundle": str(pose_bundle(model)), "model": model, "size": size}
                order |= {"still": still, "smooth": False}
                sink.write(json.dumps(order).encode() + b"\n")
            sink.write(np.ascontiguousarray(rgb).tobytes())
        sink.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        for line in worker.stdout:
            answer = json.loads(line)
            yield answer and (np.array(answer["image"])[:, :2], np.array(answer["world"]))
    finally:
        feeder.join()
        worker.stdout.close()
        if worker.wait():
            raise RuntimeError("MediaPipe ended with an error.")


@dataclass(frozen=True, slots=True)
class Said:
    """What MediaPipe says of a clip, by frame number; a body is (image (33, 2) px, world (33, 3) m), None nobody.

    alone : each kept frame looked at anew
    followed : kept frames of all, the body followed from one to the next; empty for stills
    unsure : how far it is from itself when no byte of a picture changes by more than one, in trunk lengths
    """

    alone: dict[int, Body | None]
    followed: dict[int, Body | None]
    unsure: float


def said(python: str, model: str, clip: Clip, folder: Path) -> Said:
    """Ask MediaPipe about a clip, its own smoothing of landmarks off."""
    shown = [np.ascontiguousarray(rgb) for _t, rgb in pictures(clip, folder)]
    numbers = [number for number in range(len(shown)) if kept(clip, number)]
    alone: dict[int, Body | None] = {}
    # All pictures of one size at once: to start MediaPipe takes longer than to look.
    for size in {shown[number].shape for number in numbers}:
        these = [number for number in numbers if shown[number].shape == size]
        answers = ask(python, model, [shown[number] for number in these], still=True)
        alone |= dict(zip(these, answers, strict=True))
    if clip.stills:
        return Said(alone, {}, 0.0)
    followed = dict(enumerate(ask(python, model, shown, still=False)))
    again = dict(enumerate(ask(python, model, map(shaken, shown), still=False)))
    unsure = difference(followed, again).image
    return Said(alone, {number: followed[number] for number in numbers}, unsure)


def shaken(rgb: Rgb) -> Rgb:
    """Return a picture that no eye tells from another: each byte one more, one less or the same."""
    change = np.random.default_rng(rgb[0, 0, 0]).integers(-1, 2, rgb.shape, dtype=np.int16)
    return np.clip(rgb + change, 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two answers are apart, mean over points and frames. image : trunk lengths ; world : m.

    frames : in which both saw a body ; one : in which only one did
    """

    image: float
    world: float
    frames: int
    one: int


def difference(theirs: dict[int, Body | None], ours: dict[int, Body | None]) -> Difference:
    """Compare two answers of the same frames; the trunk is theirs."""
    image, world, one = [], [], 0
    for number, other in theirs.items():
        body = ours[number]
        if other is None or body is None:
            one += other is not body
            continue
        image.append(np.linalg.norm(body[0] - other[0], axis=1).mean() / trunk(other[0]))
        world.append(np.linalg.norm(body[1] - other[1], axis=1).mean())
    return Difference(float(np.mean(image)), float(np.mean(world)), len(image), one)


def trunk(points: Points) -> float:
    """Return the distance from the middle of the shoulders to that of the hips."""
    shoulder, hip = (
        (points[POINT[f"left_{part}"]] + points[POINT[f"right_{part}"]]) / 2 for part in ("shoulder", "hip")
    )
    return float(np.linalg.norm(shoulder - hip))


def write(model: str, clip: Clip, answer: Said) -> Path:
    """Keep an answer: tenths of a px and mm, so that a file stays small."""
    shape = {
        "program": "mediapipe 0.10.21",
        "model": model,
        "clip": clip.place,
        "alone": _as_data(answer.alone),
        "followed": _as_data(answer.followed),
        "unsure": round(answer.unsure, 5),
    }
    path = KEPT / f"{clip.name}.{model}.json.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without a date inside, so that the same numbers give the same file.
    path.write_bytes(gzip.compress(json.dumps(shape, separators=(",", ":")).encode(), 9, mtime=0))
    return path


def read(model: str, clip: Clip) -> Said:
    """Return what was kept."""
    shape = json.loads(gzip.decompress((KEPT / f"{clip.name}.{model}.json.gz").read_bytes()))
    return Said(_of_data(shape["alone"]), _of_data(shape["followed"]), shape["unsure"])


def oracle_python() -> str | None:
    """Return the Python that has MediaPipe, as the environment names it."""
    return os.environ.get(VARIABLE) or None


def _as_data(bodies: dict[int, Body | None]) -> dict[str, Any]:
    return {
        str(number): None
        if body is None
        else [
            np.rint(part * unit).astype(int).ravel().tolist() for part, unit in zip(body, UNITS, strict=True)
        ]
        for number, body in sorted(bodies.items())
    }


def _of_data(data: dict[str, Any]) -> dict[int, Body | None]:
    return {
        int(number): None
        if parts is None
        else (np.array(parts[0]).reshape(33, 2) / UNITS[0], np.array(parts[1]).reshape(33, 3) / UNITS[1])
        for number, parts in data.items()
    }
