"""One look of the camera, in a process of its own. In: what the orders say of the camera. Out: its line. Next: camera.

The process ends by itself: when it is done, when it takes too long, and when this one is gone, for its standard
input is a leash that breaks with its holder. So a kill of either side lets the camera go.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from midback.body.evidence import LONGEST_LINE

from .children import Child
from .orders import CameraOrders

# What the numerical libraries may start of threads: one burst needs none beside its own.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# A real one takes some 2 kB; a pipe holds 64 kB.
LONGEST_CALIBRATION = 60_000


class Look(Child, Protocol):
    """A look that was started."""

    def line(self) -> str:
        """Return what it said, once it has ended."""
        ...


StartLook = Callable[[CameraOrders], Look]


class LookProcess:
    """The process and the two pipes to it."""

    def __init__(self, orders: CameraOrders) -> None:
        """Start it; raise OSError where that cannot be."""
        import subprocess  # a megabyte that days without a camera do not need

        process: Any = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "midback.sense.look", "--leash", "--source", orders.device],
            env={**os.environ, **ONE_THREAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        self._process, self.pid = process, int(process.pid)
        with suppress(OSError):  # it is gone already, and says so by its end
            said = json.dumps(orders.calibration).encode()
            # More than the pipe holds would wait for a child that may never read.
            process.stdin.write((said if len(said) <= LONGEST_CALIBRATION else b"{}") + b"\n")
            process.stdin.flush()

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        code: int | None = self._process.poll()
        return code

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and let the pipes go."""
        code: int = self._process.wait(timeout)
        self._close()
        return code

    def line(self) -> str:
        """Return the one line it wrote, "" for none, and let the pipes go."""
        said = b""
        with suppress(OSError, ValueError):
            said = os.read(self._process.stdout.fileno(), LONGEST_LINE + 1)
        self._close()
        return said.decode("utf-8", "replace").strip()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                pipe.close()
