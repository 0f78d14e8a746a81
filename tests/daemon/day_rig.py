"""A machine and a person to live a day through: every clock, sensor and notice as the day says. Stand-ins all."""

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from midback.body.evidence import Evidence, Source, read_log
from midback.daemon.camera import Camera
from midback.daemon.children import Children
from midback.daemon.clock import Now
from midback.daemon.notify import Notice, Notifier, Pressed
from midback.daemon.senses import Senses
from midback.daemon.spool import Spool
from midback.daemon.watch import Watch
from midback.errors import Unavailable
from midback.sense.idle.choose import Chosen
from midback.sense.signs.choose import Signs
from midback.sense.signs.suspend import Suspend

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def at(hour: float) -> datetime:
    """Return an instant of the day."""
    return MIDNIGHT + timedelta(hours=hour)


@dataclass
class Machine:
    """What the machine tells now.

    ahead : how far the wall clock is ahead of what a good one would say
    broken : what cannot be read: "idle", or the name of a sign
    full : the disk takes no more bytes
    """

    awake_s: float = 0.0
    asleep_s: float | None = 0.0
    ahead: timedelta = timedelta()
    last_input_s: float = 0.0
    on: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    full: bool = False
    open: int = 0

    def clock(self) -> Now:
        """Return what the clocks say."""
        slept = self.asleep_s or 0.0
        return Now(
            MIDNIGHT + timedelta(seconds=self.awake_s + slept) + self.ahead, self.awake_s, self.asleep_s
        )

    def write(self, handle: int, data: bytes) -> int:
        """Write to the file, or fail as a full disk does."""
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(handle, data)


@dataclass
class Hands:
    """The idle back end of the machine."""

    machine: Machine
    name: str = "stand-in"

    def idle_s(self) -> float:
        """Return the seconds since the last input."""
        if "idle" in self.machine.broken:
            raise Unavailable("The X server has gone.")
        return self.machine.awake_s - self.machine.last_input_s

    def close(self) -> None:
        """Count it as closed."""
        self.machine.open -= 1


@dataclass
class Switch:
    """One sign of the machine."""

    machine: Machine
    name: str
    source: Source
    reason: str = ""
    ways: tuple[str, ...] = ()

    def read(self) -> bool:
        """Return whether it is on."""
        if self.name in self.machine.broken:
            raise Unavailable("The bus has gone.")
        return self.name in self.machine.on

    def close(self) -> None:
        """Count it as closed."""
        self.machine.open -= 1


SWITCHES: tuple[tuple[str, Source], ...] = (
    ("lock", "lock"),
    ("call", "call"),
    ("film", "inhibitor"),
    ("dnd", "dnd"),
)


def senses_of(machine: Machine) -> Senses:
    """Return the senses of a machine."""

    def open_backend() -> Chosen:
        if "idle" in machine.broken:
            return Chosen(backend=None)
        machine.open += 1
        return Chosen(backend=Hands(machine), live="stand-in")

    def open_signs(_idle: object) -> Signs:
        live = tuple(Switch(machine, name, source) for name, source in SWITCHES if name not in machine.broken)
        machine.open += len(live)
        return Signs(live=live, suspend=Suspend())

    return Senses(open_backend, open_signs)


@dataclass
class Desk:
    """A notification service whose notices a test answers.

    shown : every notice with the instant it was shown
    """

    machine: Machine
    dead: bool = False
    shown: list[tuple[datetime, Notice]] = field(default_factory=list)
    standing: dict[str, tuple[Notice, Pressed]] = field(default_factory=dict)

    def show(self, notice: Notice, pressed: Pressed) -> str:
        """Show a notice."""
        if self.dead:
            raise Unavailable("The notification service has gone.")
        self.shown.append((self.machine.clock().wall, notice))
        name = str(len(self.shown))
        self.standing[name] = notice, pressed
        return name

    def withdraw(self, name: str) -> None:
        """Take a notice away."""
        self.standing.pop(name, None)

    def close(self) -> None:
        """Do nothing."""

    def press(self, key: str) -> None:
        """Press a button of the newest notice that has it."""
        for notice, pressed in reversed(tuple(self.standing.values())):
            if key in dict(notice.buttons):
                return pressed(key)
        raise AssertionError(f"no notice has the button {key}")

    @property
    def prompts(self) -> list[datetime]:
        """Return when prompts were shown."""
        return [when for when, notice in self.shown if "start" in dict(notice.buttons)]


@dataclass
class Errand:
    """A child process that ends as it is told."""

    code: int | None = 0

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self.code

    def kill(self) -> None:
        """End it."""
        self.code = -9

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code."""
        return self.code or 0


class Day:
    """One loop on one machine, lived through as a test says."""

    def __init__(
        self,
        folder: Path,
        start: Callable[[Sequence[str]], Any] | None = None,
        sync: Callable[[int], None] | None = None,
        notifier: Notifier | None = None,
        camera: Callable[[], Camera] = Camera,
    ) -> None:
        self.folder = folder
        self.machine = Machine()
        self.desk = Desk(self.machine)
        self.inbox: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
        self.started: list[tuple[str, ...]] = []
        self._start, self._sync = start, sync
        self.notifier = notifier
        self._camera = camera
        self.watch = self.new_watch()
        self.rounds = 0

    def new_watch(self) -> Watch:
        """Return a loop, as a new process would make it."""

        def start(words: Sequence[str]) -> Any:
            self.started.append(tuple(words))
            return self._start(words) if self._start else Errand()

        return Watch(
            self.folder,
            self.inbox,
            clock=self.machine.clock,
            senses=senses_of(self.machine),
            notifier=self.notifier or self.desk,
            spool=Spool(self.folder / "watch", self.machine.write, self._sync or (lambda _handle: None)),
            children=Children(self.folder, start),
            camera=self._camera(),
        )

    def live(self, seconds: float, typing: bool = False) -> None:
        """Let time go by; while typing, the hands are on the keys at every moment."""
        until = self.machine.awake_s + seconds
        while self.machine.awake_s < until:
            if typing:
                self.machine.last_input_s = self.machine.awake_s
            wait = self.watch.step()
            self.rounds += 1
            while True:
                try:
                    item = self.inbox.get_nowait()
                except Empty:
                    break
                assert item is not None
                self.watch.answer(*item)
            self.machine.awake_s = min(until, self.machine.awake_s + wait) if wait else self.machine.awake_s

    def work(self, seconds: float, pause_s: float = 60.0) -> None:
        """Type for four minutes and pause for ``pause_s``, over and over."""
        until = self.machine.awake_s + seconds
        while self.machine.awake_s < until:
            self.live(min(240.0, until - self.machine.awake_s), typing=True)
            self.live(min(pause_s, max(0.0, until - self.machine.awake_s)))

    def sleep(self, seconds: float) -> None:
        """Close the lid and open it again."""
        assert self.machine.asleep_s is not None
        self.machine.asleep_s += seconds

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what the files hold; every line of them can be read."""
        found, refused = read_log(self.lines("evidence"))
        assert refused == ()
        return found

    def lines(self, kind: str) -> list[str]:
        """Return the lines of the files of a kind."""
        files = sorted((self.folder / "watch").glob(f"{kind}-*.jsonl"))
        return [line for file in files for line in file.read_text("utf-8").splitlines()]
