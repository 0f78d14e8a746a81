"""Short processes that do the heavy work. In: the orders' age, a page to open. Out: children, reaped. Next: cli.

The loop itself never opens the database: `midback watch --refresh` takes in what was written and leaves new
orders, then exits. There is one refresh at a time, and no child outlives the loop.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

OLD: Final = timedelta(days=1)
FIRST_RETRY_S, LAST_RETRY_S = 60.0, 3600.0
# A refresh that takes longer hangs: on a database that is locked, or a disk that is gone.
LONGEST_S = 300.0


class Child(Protocol):
    """A process that was started."""

    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


Start = Callable[[Sequence[str]], Child]


class Children:
    """The processes the loop has started."""

    def __init__(self, data_dir: Path, start: Start | None = None) -> None:
        self._start = start or (lambda words: start_midback(data_dir, words))
        self._refresh: Child | None = None
        self._began = 0.0
        self._due, self._wait_s = 0.0, FIRST_RETRY_S
        self._pages: list[tuple[Child, Callable[[], None]]] = []

    @property
    def busy(self) -> bool:
        """Say whether a child is running."""
        return self._refresh is not None or bool(self._pages)

    def keep_fresh(
        self, made_at: datetime | None, wall: datetime, monotonic: float, *, new_day: bool
    ) -> None:
        """Start a refresh when the orders are missing, a day old or of another day; never two at once."""
        wanted = made_at is None or new_day or abs(wall - made_at) > OLD
        if wanted and self._refresh is None and monotonic >= self._due:
            # Counted as failed until newer orders are there.
            self._due = monotonic + self._wait_s
            self._wait_s = min(2 * self._wait_s, LAST_RETRY_S)
            with suppress(OSError):
                self._refresh, self._began = self._start(("watch", "--refresh")), monotonic
        elif not wanted:
            self._due, self._wait_s = 0.0, FIRST_RETRY_S

    def open_page(self, path: str, failed: Callable[[], None]) -> None:
        """Open a page of the running server in the browser; ``failed`` is called if that did not work."""
        try:
            self._pages.append((self._start(("link", "--open", path)), failed))
        except OSError:
            failed()

    def reap(self, monotonic: float) -> None:
        """Take the end of those that ended."""
        if self._refresh is not None:
            if self._refresh.poll() is not None:
                self._refresh = None
            elif monotonic - self._began > LONGEST_S:
                self._refresh.kill()
        for page, failed in tuple(self._pages):
            code = page.poll()
            if code is not None:
                self._pages.remove((page, failed))
                if code:
                    failed()

    def close(self) -> None:
        """End those that still run."""
        for child in (self._refresh, *(page for page, _failed in self._pages)):
            if child is not None and child.poll() is None:
                child.kill()
                child.wait()
        self._refresh, self._pages = None, []


def start_midback(data_dir: Path, words: Sequence[str]) -> Child:
    """Start a command of midback on a data folder, without a terminal."""
    import subprocess  # a megabyte that most days do not need

    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "midback", *words],
        env={**os.environ, "MIDBACK_DATA_DIR": str(data_dir)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
