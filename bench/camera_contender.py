"""One contender of camera_pipeline, in a process of its own: our pipeline, or the bare networks. Next: camera_pipeline.

The same speech as tests/oracle/mediapipe_worker.py. On standard input: a line of JSON {"kind", "bundle", "model",
"size": [w, h]}, then pictures of h * w * 3 bytes until the end. On standard output, for each: {"cpu": s}.
Reading a picture and writing a line are not measured.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Rgb = np.ndarray[Any, np.dtype[np.uint8]]


def ours(model: str, profile: bool) -> Callable[[Rgb, float], object]:
    """Return one look of our pipeline, which follows the body from picture to picture."""
    from midback.sense.pose.estimator import PoseEstimator

    estimator = PoseEstimator(model)
    return lambda rgb, t: estimator.look(rgb, t, profile=profile)


def networks(bundle: str) -> Callable[[Rgb, float], object]:
    """Return one run of the landmark network on a picture that is already as the network wants it."""
    from midback.sense.pose.networks import open_networks

    _detector, landmarker = open_networks(Path(bundle))
    noise = np.random.default_rng(1).random((1, 256, 256, 3), dtype=np.float32)
    return lambda _rgb, _t: landmarker.run(noise)


def main() -> None:
    """Read the order, then look at each picture and say what it took."""
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    width, height = order["size"]
    look = networks(order["bundle"]) if order["kind"] == "networks" else ours(order["model"], order["mask"])
    # As midback's own sources hand pictures out: a fourth, unused byte beside each pixel's three.
    words = np.zeros((height, width, 4), np.uint8)
    picture, number = words[:, :, :3], 0
    while data := source.read(width * height * 3):
        picture[...] = np.frombuffer(data, np.uint8).reshape(height, width, 3)
        began = time.process_time()
        look(picture, number / 30)
        cpu = time.process_time() - began
        number += 1
        sys.stdout.write(json.dumps({"cpu": cpu}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
