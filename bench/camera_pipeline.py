"""Our Python pipeline beside MediaPipe 0.10.21 with the same networks and beside the bare networks, in one run.

python bench/camera_pipeline.py --mediapipe ENVIRONMENT/bin/python
python bench/camera_pipeline.py --mediapipe ... --video FILE --rounds 9 --frames 60

In: an environment with tests/oracle/mediapipe.txt, and a video of one person. Out: CPU a frame and resident memory of
each, raw and as medians, and their ratios. Each contender is a process of its own that lives through all rounds;
in a round each gets the same pictures, one contender after the other. The first round warms up and is not counted.

CPU is that of the whole process, all threads, from handing a picture over to having the landmarks; decoding the video
is not in it, for anyone. Memory is VmRSS after the last round. `--mask` compares with the body's mask as well: the
outline of the back here, MediaPipe's segmentation there. What it needs is not everywhere, so `run.py` leaves it out.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from figures import Figure, median

ROOT = Path(__file__).resolve().parent.parent
WORKER = ROOT / "tests" / "oracle" / "mediapipe_worker.py"
CONTENDER = ROOT / "bench" / "camera_contender.py"
VIDEO = ROOT.parent / "shared" / "footage" / "allfours" / "catcow_A_side_wanshape.mp4"
KINDS = ("midback", "mediapipe", "networks")
# Ratios of our CPU and memory to theirs, of our CPU to the landmark network's alone.
AIM_CPU, AIM_MEMORY, AIM_NETWORKS = 1.0, 0.7, 1.4


class Contender:
    """A process that is fed pictures and says what each took."""

    def __init__(self, kind: str, python: str, model: str, size: tuple[int, int], mask: bool) -> None:
        """Start it and give it its order."""
        from midback.vendored import pose_bundle

        script = WORKER if kind == "mediapipe" else CONTENDER
        self._process = subprocess.Popen(
            [python, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        order = {"kind": kind, "bundle": str(pose_bundle(model)), "model": model, "size": size, "mask": mask}
        # MediaPipe as it is by default: its smoothing is part of what it does for a person.
        self._send(json.dumps({**order, "still": False, "smooth": True}).encode() + b"\n")

    def look(self, pictures: list[bytes]) -> tuple[float, int]:
        """Return the mean CPU of a picture in ms, and in how many pictures there was no body."""
        assert self._process.stdout is not None
        spent, empty = 0.0, 0
        for picture in pictures:
            self._send(picture)
            line = self._process.stdout.readline()
            if not line:
                sys.exit("a contender ended with an error")
            answer: dict[str, Any] | None = json.loads(line)
            empty += answer is None
            spent += answer["cpu"] if answer else 0.0
        return 1000 * spent / max(1, len(pictures) - empty), empty

    def resident_mb(self) -> float:
        """Return VmRSS."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()


def decoded(video: Path, count: int) -> tuple[list[bytes], tuple[int, int]]:
    """Return pictures of a video as bytes, cut or padded to 640 x 480, and that size."""
    from midback.sense.pictures.port import open_pictures

    width, height = 640, 480
    shown = []
    with open_pictures(video) as source:
        for picture in source:
            high, wide = picture.rgb.shape[:2]
            left, top = max(0, (wide - width) // 2), max(0, (high - height) // 2)
            cut = picture.rgb[top : top + height, left : left + width]
            whole = np.zeros((height, width, 3), np.uint8)
            whole[: cut.shape[0], : cut.shape[1]] = cut
            shown.append(whole.tobytes())
            if len(shown) == count:
                break
    return shown, (width, height)


def measure(model: str, python: str, video: Path, rounds: int, frames: int, mask: bool) -> list[Figure]:
    """Run the rounds with one model; return the figures."""
    pictures, size = decoded(video, frames)
    running = {
        kind: Contender(kind, python if kind == "mediapipe" else sys.executable, model, size, mask)
        for kind in KINDS
    }
    cpu: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(rounds + 1):
        # Another one begins each round, so that none always has the warmest or the busiest machine.
        for kind in KINDS[number % 3 :] + KINDS[: number % 3]:
            spent, empty = running[kind].look(pictures)
            if empty:
                print(f"{kind} {model}: no body in {empty} of {len(pictures)} pictures", file=sys.stderr)
            if number:
                cpu[kind].append(round(spent, 3))
    memory = {kind: round(contender.resident_mb(), 1) for kind, contender in running.items()}
    for contender in running.values():
        contender.end()
    name = f"{model}{', mask' if mask else ''}"
    made = [Figure(f"{name}: {kind}: CPU a frame", median(raw), "ms", None, raw) for kind, raw in cpu.items()]
    made += [
        Figure(f"{name}: {kind}: resident", value, "MB", None, [value]) for kind, value in memory.items()
    ]
    for other, aim in (("mediapipe", AIM_CPU), ("networks", AIM_NETWORKS)):
        # Of the same round, so that a busy moment of the machine falls on both.
        raw = [round(a / b, 3) for a, b in zip(cpu["midback"], cpu[other], strict=True)]
        made.append(
            Figure(f"{name}: CPU against {other}", median(raw), "x", None if mask and aim > 1 else aim, raw)
        )
    share = round(memory["midback"] / memory["mediapipe"], 3)
    made.append(Figure(f"{name}: memory against mediapipe", share, "x", AIM_MEMORY, [share]))
    return made


def main() -> None:
    """Measure both models and print; fail where an aim is missed."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--mediapipe", required=True, help="the Python of an environment with MediaPipe")
    words.add_argument("--video", type=Path, default=VIDEO, help="one person, the whole body in view")
    words.add_argument("--rounds", type=int, default=9)
    words.add_argument("--frames", type=int, default=60)
    words.add_argument("--models", nargs="+", default=["lite", "full"])
    words.add_argument("--mask", action="store_true", help="with the body's mask")
    given = words.parse_args()
    missed = False
    for model in given.models:
        for figure in measure(model, given.mediapipe, given.video, given.rounds, given.frames, given.mask):
            aim = "" if figure.aim is None else f"at most {figure.aim:g} {figure.unit}"
            print(
                f"{figure.name:38} {figure.value:8.2f} {figure.unit:3} {aim:14} {figure.met:4} {figure.raw}"
            )
            missed |= figure.met == "NO"
    sys.exit(missed)


if __name__ == "__main__":
    main()
