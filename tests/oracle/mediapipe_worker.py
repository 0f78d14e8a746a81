"""MediaPipe 0.10.21 with midback's networks, in an environment of its own. In: pictures. Out: its landmarks.

Runs where tests/oracle/mediapipe.txt is installed, started by tests/oracle/mediapipe_oracle.py. On standard input:
one line of JSON {"bundle", "model", "size": [w, h], "still", "smooth"}, then pictures of h * w * 3 bytes until the end.
On standard output, for each: a line of JSON, null or {"image": 33 x 3 px, "world": 33 x 3 m, "cpu": s}.
"""

import json
import os
import sys
import tempfile
import time
import zipfile
from pathlib import Path

os.environ["GLOG_minloglevel"] = "3"  # noqa: SIM112
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import mediapipe as mp
import numpy as np
from mediapipe.python import solution_base

# Where MediaPipe's graph looks for its networks, below its resource folder.
DETECTOR = "mediapipe/modules/pose_detection/pose_detection.tflite"
LANDMARKS = "mediapipe/modules/pose_landmark/pose_landmark_{}.tflite"
COMPLEXITY = {"lite": 0, "full": 1}


def open_pose(bundle, model, still, smooth, mask=False):
    """Return MediaPipe's own pipeline on the two networks of a bundle, and the folder they lie in."""
    folder = tempfile.TemporaryDirectory(prefix="midback-oracle-")
    with zipfile.ZipFile(bundle) as members:
        for name, place in (
            ("pose_detector.tflite", DETECTOR),
            ("pose_landmarks_detector.tflite", LANDMARKS.format(model)),
        ):
            target = Path(folder.name, place)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(members.read(name))
    # It would take its own detector, which is another file, and fetch the lite network from a server.
    set_folder = solution_base.resource_util.set_resource_dir
    solution_base.resource_util.set_resource_dir = lambda _own: set_folder(folder.name)
    mp.solutions.pose._download_oss_pose_landmark_model = lambda _complexity: None
    pose = mp.solutions.pose.Pose(
        static_image_mode=still,
        model_complexity=COMPLEXITY[model],
        smooth_landmarks=smooth,
        enable_segmentation=mask,
    )
    return pose, folder


def main():
    """Read the order, then answer each picture."""
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    width, height = order["size"]
    pose, folder = open_pose(
        order["bundle"], order["model"], order["still"], order["smooth"], order.get("mask", False)
    )
    scale = np.array([width, height, width])
    while data := source.read(width * height * 3):
        picture = np.frombuffer(data, np.uint8).reshape(height, width, 3)
        began = time.process_time()
        found = pose.process(picture)
        cpu = time.process_time() - began
        line = None
        if found.pose_landmarks is not None:
            image = np.array([(p.x, p.y, p.z) for p in found.pose_landmarks.landmark]) * scale
            world = np.array([(p.x, p.y, p.z) for p in found.pose_world_landmarks.landmark])
            line = {"image": image.round(3).tolist(), "world": world.round(5).tolist(), "cpu": cpu}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    pose.close()
    folder.cleanup()


if __name__ == "__main__":
    main()
