"""`python -m midback.sense.look`: one look at the desk, in a process of its own. Out: one JSON line. Next: daemon, cli.

It opens the camera, looks for some seconds, closes it, prints what the evidence log says of it and ends. Nothing is
written and nothing stays. A limit of the system ends it whatever hangs; with ``--leash`` its standard input is
one line of JSON, the calibration, and then stays open for as long as somebody wants the look.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from typing import Any, Final

from midback.errors import MidbackError, Unavailable

LIMIT_S: Final = 18
LONGEST_CALIBRATION: Final = 100_000
LEFT: Final = 3


def main(words: list[str] | None = None) -> int:
    """Look once and print the line; return 0 whenever there is a line."""
    asked = _asked(words)
    _end_after(asked.limit)
    calibration: dict[str, Any] = {}
    if asked.leash:
        calibration = _read_calibration()
        threading.Thread(target=_hold_leash, daemon=True).start()
    began = time.monotonic()
    said = look(asked.source, calibration, settle=not asked.no_settling)
    print(json.dumps({**said, "took_s": round(time.monotonic() - began, 2)}), flush=True)
    return 0


def look(source: str, calibration: dict[str, Any], *, settle: bool = True) -> dict[str, Any]:
    """Return what one look says, as an object of the evidence log without its time.

    source : as ``open_pictures`` takes it; "camera" is the first one
    """
    # Before NumPy: a look is over before more threads than one would pay.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from .burst import EVERY_S, SETTLE_S, calibration_of, take
    from .pictures.port import open_pictures
    from .pose.estimator import PoseEstimator

    try:
        estimator = PoseEstimator(model="lite", threads=1)
        with open_pictures(source, fps=2 / EVERY_S) as pictures:
            burst = take(pictures, estimator, settle_s=SETTLE_S if settle else 0.0)
    except MidbackError as exc:
        why = "no-camera" if isinstance(exc, Unavailable) else "no-picture"
        return {"source": "camera", "seen": "unclear", "look": "no-reading", "reason": why, "said": str(exc)}
    return burst.told(calibration_of(calibration))


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="midback.sense.look")
    parser.add_argument("--source", default="camera")
    parser.add_argument("--limit", type=int, default=LIMIT_S)
    parser.add_argument("--leash", action="store_true")
    parser.add_argument("--no-settling", action="store_true")
    return parser.parse_args(words)


def _end_after(seconds: int) -> None:
    """Have the system end this process, even in the middle of a driver's call that does not return."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(1, seconds))
    else:
        timer = threading.Timer(max(1, seconds), os._exit, (LEFT,))
        timer.daemon = True
        timer.start()


def _read_calibration() -> dict[str, Any]:
    line = sys.stdin.buffer.readline(LONGEST_CALIBRATION)
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _hold_leash() -> None:
    """End at once when whoever wanted the look is gone: the camera is not open for nobody."""
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as leash:
        while leash.read(64):
            pass
    os._exit(LEFT)


if __name__ == "__main__":
    sys.exit(main())
