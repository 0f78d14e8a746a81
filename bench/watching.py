"""What watching by the camera costs: whole looks in processes of their own, as the background process starts them.

python bench/watching.py                     six looks at the seated clip beside the repository
python bench/watching.py CLIP --looks 20

In: a clip of somebody at a desk. It is made into what a webcam delivers, 640x480 at 30 pictures a second as Motion
JPEG, so that decoding costs what it costs there; a camera's own driver is not in the figures. Out: CPU seconds of each
look with its start, its memory at the peak, what is left between two looks, and the average with one every 5 min.

A file is read as fast as it decodes, so a look takes less time here than before a camera; its work is the same.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
from figures import Figure, median
from process_tree import tree

from midback.daemon.look_process import LookProcess
from midback.daemon.orders import CameraOrders

EVERY_S = 300.0
CPU_AIM, SHARE_AIM = 1.5, 0.5
LONG_S, FPS, SIZE = 12, 30, (640, 480)
CLIP = Path(__file__).resolve().parents[2] / "shared/footage/seated_34/howard_seated_34view.m4v"


def as_a_webcam(clip: Path, target: Path) -> None:
    """Write the first seconds of a clip as a webcam delivers them."""
    with av.open(str(clip)) as given, av.open(str(target), "w") as made:
        stream: Any = made.add_stream("mjpeg", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuvj422p"
        pictures = [
            frame.reformat(*SIZE, format="yuvj422p") for frame in islice(given.decode(video=0), LONG_S * FPS)
        ]
        for number in range(LONG_S * FPS):
            frame = pictures[number % len(pictures)]
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def one_look(source: Path) -> dict[str, Any]:
    """Look once; return CPU seconds, seconds, peak memory (MB) and what was said."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    look = LookProcess(CameraOrders(device=str(source)))
    peak = 0.0
    while look.poll() is None:
        peak = max(peak, peak_mb(look.pid))
        time.sleep(0.005)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "s": time.perf_counter() - began,
        "mb": peak,
        "said": json.loads(look.line()),
        "left": len(tree(os.getpid())) - 1,
    }


def peak_mb(pid: int) -> float:
    """Return the most a process has had resident so far; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return 0.0


def measure(clip: Path = CLIP, looks: int = 6) -> list[Figure]:
    """Look several times and return the figures."""
    with tempfile.TemporaryDirectory(prefix="midback-bench-") as folder:
        source = Path(folder) / "webcam.avi"
        as_a_webcam(clip, source)
        found = [one_look(source) for _ in range(looks)]
    wrong = [one["said"] for one in found if one["said"].get("samples", 0) < 12]
    if wrong:
        sys.exit(f"a look had too few samples: {wrong[0]}")
    cpu = [round(one["cpu_s"], 3) for one in found]
    share = [round(100 * one / EVERY_S, 4) for one in cpu]
    return [
        Figure("CPU of a look, start included", median(cpu), "s", CPU_AIM, cpu),
        Figure("on average, one every 5 min", median(share), "%", SHARE_AIM, share),
        Figure(
            "memory at the peak of a look",
            max(one["mb"] for one in found),
            "MB",
            None,
            [round(one["mb"], 1) for one in found],
        ),
        Figure(
            "processes left between looks",
            max(one["left"] for one in found),
            "",
            0,
            [one["left"] for one in found],
        ),
    ]


def main() -> None:
    """Measure and print; fail where an aim is missed."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("clip", type=Path, nargs="?", default=CLIP)
    words.add_argument("--looks", type=int, default=6)
    given = words.parse_args()
    missed = False
    for figure in measure(given.clip, given.looks):
        aim = "" if figure.aim is None else f"at most {figure.aim:g} {figure.unit}"
        print(f"{figure.name:32} {figure.value:9.3f} {figure.unit:3} {aim:16} {figure.met:4} {figure.raw}")
        missed |= figure.met == "NO"
    sys.exit(missed)


if __name__ == "__main__":
    main()
