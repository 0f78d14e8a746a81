"""Keys of a terminal, or lines of a pipe. In: standard input. Out: a key, or a whole line. Next: session."""

import os
import queue
import sys
import threading
from types import TracebackType
from typing import Protocol, TextIO


class Keys(Protocol):
    """Where keys come from. ``single``: a key has effect by itself, without Enter."""

    single: bool

    def key(self, wait_s: float) -> str:
        """Wait so long for a key; "" when none came."""
        ...

    def line(self) -> str:
        """Wait for a line and return it without its end; "" also when there is no more."""
        ...


class PipeKeys:
    """Lines that are piped in: the first letter of each is the key. At their end it goes on alone."""

    single = False

    def __init__(self, source: TextIO) -> None:
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.ended = False
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source: TextIO) -> None:
        for line in source:
            self.lines.put(line.rstrip("\r\n"))
        self.lines.put(None)

    def _next(self, wait_s: float | None) -> str:
        if self.ended:
            if wait_s:
                threading.Event().wait(wait_s)
            return ""
        try:
            line = self.lines.get(timeout=wait_s)
        except queue.Empty:
            return ""
        self.ended = line is None
        return line or ""

    def key(self, wait_s: float) -> str:
        return self._next(wait_s)[:1].lower()

    def line(self) -> str:
        return self._next(None)


class TerminalKeys:
    """Single keys of a terminal, on POSIX by termios and on Windows by msvcrt."""

    single = True

    def __enter__(self) -> "TerminalKeys":
        self._raw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cooked()

    if sys.platform == "win32":

        def _raw(self) -> None:
            pass

        def _cooked(self) -> None:
            pass

        def key(self, wait_s: float) -> str:
            import msvcrt
            import time

            until = time.monotonic() + wait_s
            while time.monotonic() < until:
                if msvcrt.kbhit():
                    return msvcrt.getwch().lower()
                time.sleep(0.02)
            return ""

    else:

        def _raw(self) -> None:
            import termios
            import tty

            self.fd = sys.stdin.fileno()
            self.before = termios.tcgetattr(self.fd)
            tty.setcbreak(self.fd)

        def _cooked(self) -> None:
            import termios

            termios.tcsetattr(self.fd, termios.TCSADRAIN, self.before)

        def key(self, wait_s: float) -> str:
            import select

            ready, _, _ = select.select([self.fd], [], [], wait_s)
            if not ready:
                return ""
            typed = os.read(self.fd, 16).decode(errors="ignore")
            arrows = {"\x1b[C": "n", "\x1b[D": "b"}
            return arrows.get(typed, typed[:1].lower())

    def line(self) -> str:
        self._cooked()
        try:
            return sys.stdin.readline().rstrip("\r\n")
        finally:
            self._raw()
