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

from midback.sense.pictures.port import open_pictures
from midback.vendored import pose_bundle

HERE = Path(__file__).resolve().parent
WORKER = HERE / "oracle" / "mediapipe_worker.py"
KEPT = HERE / "fixtures" / "oracle"
# The Python of an environment with tests/oracle/mediapipe.txt.
VARIABLE = "MEDIAPIPE_PYTHON"
# Of the frames that were looked at, so many apart are kept.
EVERY = 10
Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of footage: a video from its start, or a folder of stills. seconds : None for all of it."""

    name: str
    place: str
    seconds: float | None = None
    stills: bool = False


CLIPS = (
    Clip("cat-cow", "allfours/catcow_A_side_wanshape.mp4"),
    Clip("childs-pose", "negatives/childs-pose.mp4"),
    Clip("push-ups", "negatives/pompes-classiques.mp4"),
    Clip("sit-ups", "negatives/sit-ups.mp4"),
    Clip("seated-three-quarter", "seated_34/howard_seated_34view.m4v", seconds=15.0),
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


def ask(python: str, model: str, shown: Iterable[Rgb], *, still: bool, smooth: bool = False) -> Iterator[Any]:
    """Yield what MediaPipe says of pictures of one size: None, or image (33, 3) px and world (33, 3) m."""
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
                order |= {"still": still, "smooth": smooth}
                sink.write(json.dumps(order).encode() + b"\n")
            sink.write(np.ascontiguousarray(rgb).tobytes())
        sink.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        for line in worker.stdout:
            yield json.loads(line)
    finally:
        feeder.join()
        worker.stdout.close()
        if worker.wait():
            raise RuntimeError("MediaPipe ended with an error.")


def said(python: str, model: str, clip: Clip, folder: Path, *, smooth: bool = False) -> dict[int, Any]:
    """Ask MediaPipe about a clip; return frame number -> its answer, of the frames that are kept."""
    if clip.stills:
        return dict(_said_of_stills(python, model, clip, folder))
    answers = ask(python, model, (rgb for _t, rgb in pictures(clip, folder)), still=False, smooth=smooth)
    return {number: answer for number, answer in enumerate(answers) if kept(clip, number)}


def _said_of_stills(python: str, model: str, clip: Clip, folder: Path) -> Iterator[tuple[int, Any]]:
    """Ask about all stills of one size at once: to start MediaPipe takes longer than to look."""
    stills = [rgb for _t, rgb in pictures(clip, folder)]
    for size in {rgb.shape for rgb in stills}:
        numbers = [number for number, rgb in enumerate(stills) if rgb.shape == size]
        answers = ask(python, model, [stills[number] for number in numbers], still=True)
        yield from zip(numbers, answers, strict=True)


def write(model: str, clip: Clip, answers: dict[int, Any]) -> Path:
    """Keep MediaPipe's answers: tenths of a px and mm, so that a file stays small."""
    frames = {
        number: None
        if answer is None
        else {
            "image": np.rint(np.array(answer["image"])[:, :2] * 10).astype(int).ravel().tolist(),
            "world": np.rint(np.array(answer["world"]) * 1000).astype(int).ravel().tolist(),
        }
        for number, answer in sorted(answers.items())
    }
    shape = {"program": "mediapipe 0.10.21", "model": model, "clip": clip.place, "frames": frames}
    path = KEPT / f"{clip.name}.{model}.json.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without a date inside, so that the same numbers give the same file.
    path.write_bytes(gzip.compress(json.dumps(shape, separators=(",", ":")).encode(), 9, mtime=0))
    return path


def read(model: str, clip: Clip) -> dict[int, tuple[NDArray[np.float64], NDArray[np.float64]] | None]:
    """Return what was kept: frame number -> image (33, 2) px and world (33, 3) m, None where it saw nobody."""
    shape = json.loads(gzip.decompress((KEPT / f"{clip.name}.{model}.json.gz").read_bytes()))
    return {
        int(number): None
        if frame is None
        else (np.array(frame["image"]).reshape(33, 2) / 10, np.array(frame["world"]).reshape(33, 3) / 1000)
        for number, frame in shape["frames"].items()
    }


def oracle_python() -> str | None:
    """Return the Python that has MediaPipe, as the environment names it."""
    return os.environ.get(VARIABLE) or None
