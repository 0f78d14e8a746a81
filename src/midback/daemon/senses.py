"""What this machine tells, as evidence. In: idle back end, signs, clock. Out: Evidence. Next: judge, spool.

Idle time is read every few seconds and told when hands come back, else once a minute. A switch is told when it
changes and again while it is on, so that one whose teller died is known as stale. What cannot be read is said
to be unknown and tried again, less and less often: silence is never taken for "always active".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from midback.body.evidence import SWITCHES, Evidence, Source
from midback.errors import Phrase, Unavailable
from midback.sense.idle.choose import Chosen, choose
from midback.sense.idle.port import IdleBackend
from midback.sense.signs.choose import Signs, open_signs
from midback.sense.signs.port import Sign

from .clock import Now

TELL_INPUT_S: Final = 55.0
TELL_SWITCH_S: Final = 110.0
# Hands are back when idle time fell although it was this long.
WAS_IDLE_S: Final = 45.0
SIGNS_EVERY_S: Final = 45.0
SIGNS_OWED_S: Final = 15.0
FIRST_RETRY_S, LAST_RETRY_S = 15.0, 60.0
# What never worked here is looked for less often: looking costs more than reading.
LAST_LOOK_S: Final = 3600.0
# Without a clock that tells sleep apart, a hole this long between two rounds is taken for sleep.
HOLE_S: Final = 90.0
SLEPT_S: Final = 5.0

OpenBackend = Callable[[], Chosen]
OpenSigns = Callable[[IdleBackend | None], Signs]


@dataclass(slots=True)
class _Retry:
    """When to try again what failed."""

    due: float = 0.0
    wait_s: float = FIRST_RETRY_S
    most_s: float = LAST_RETRY_S

    def failed(self, monotonic: float) -> None:
        self.due = monotonic + self.wait_s
        self.wait_s = min(2 * self.wait_s, self.most_s)


class Senses:
    """The live back end and signs, and what they told last.

    live : the back end's name, "" when idle time is unknown
    felt : the last reading of idle time, whether it was told or not
    others, unknown : name of a back end or a sign -> why it tells nothing here
    """

    def __init__(self, open_backend: OpenBackend = choose, open_signs: OpenSigns = open_signs) -> None:
        self.live = ""
        self.others: dict[str, Phrase] = {}
        self.unknown: dict[str, Phrase] = {}
        self._open_backend, self._open_signs = open_backend, open_signs
        self._backend: IdleBackend | None = None
        self._signs: dict[str, Sign] = {}
        self._on: dict[str, tuple[bool, float]] = {}
        self._retry, self._retry_signs = _Retry(), _Retry(most_s=LAST_LOOK_S)
        self._last: Now | None = None
        self.felt: Evidence | None = None
        self._told = float("-inf")
        self._told_at: datetime | None = None
        self._before: tuple[datetime, float] | None = None
        self._signs_read = float("-inf")

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the names of the signs that are read."""
        return tuple(self._signs)

    def holds(self, source: Source) -> bool:
        """Say whether a sign of a source held when it was read last; where none tells, it does not."""
        return any(
            sign.source == source and self._on.get(name, (False, 0.0))[0]
            for name, sign in self._signs.items()
        )

    def read(self, now: Now, *, owed: bool = False) -> list[Evidence]:
        """Return what is new since the last round; while a prompt is ``owed`` every reading is told."""
        told = [*self._slept(now), *self._input(now, owed)]
        if now.monotonic - self._signs_read >= (SIGNS_OWED_S if owed else SIGNS_EVERY_S):
            self._signs_read = now.monotonic
            told += self._switches(now)
        self._last = now
        return told

    def look(self, now: Now) -> list[Evidence]:
        """Return what is not from this very instant yet: nothing is said on what was true some seconds ago."""
        told = list(self._input(now, True)) if self._told != now.monotonic else []
        if self._signs_read != now.monotonic:
            self._signs_read = now.monotonic
            told += self._switches(now)
        return told

    def close(self) -> None:
        """Let go of everything that is open."""
        if self._backend is not None:
            self._backend.close()
            self._backend = None
        for sign in self._signs.values():
            sign.close()
        self._signs.clear()

    def _slept(self, now: Now) -> Iterator[Evidence]:
        """Tell that the machine slept between two rounds."""
        last = self._last
        if last is None:
            return
        if now.asleep_s is not None and last.asleep_s is not None:
            slept = now.asleep_s - last.asleep_s > SLEPT_S
        else:
            slept = (now.wall - last.wall).total_seconds() - (now.monotonic - last.monotonic) > HOLE_S
        if slept and now.wall > last.wall:
            yield Evidence(at=last.wall + timedelta(seconds=1), source="suspend")
            yield Evidence(at=now.wall, source="resume")
            # Whatever was on before may be off now: everything is told anew.
            self._on.clear()
            self._told = self._signs_read = float("-inf")
            self._before = None

    def _input(self, now: Now, tell: bool) -> Iterator[Evidence]:
        self.felt = None
        if self._backend is None and now.monotonic >= self._retry.due:
            self._choose(now)
        if self._backend is None:
            return
        try:
            idle_s = round(self._backend.idle_s(), 1)
        except Unavailable as exc:
            # Tried again in the next round but one; until then idle time is unknown.
            self._drop(exc)
            self._retry = _Retry()
            self._retry.failed(now.monotonic)
            return
        before = self._before
        self._before = now.wall, idle_s
        self.felt = Evidence(at=now.wall, source="input", idle_s=idle_s)
        back = before is not None and before[1] >= WAS_IDLE_S and idle_s < before[1]
        if self._told != now.monotonic and (back or tell or now.monotonic - self._told >= TELL_INPUT_S):
            if back and before is not None and self._told_at != before[0] < now.wall:
                yield Evidence(at=before[0], source="input", idle_s=before[1])
            self._told, self._told_at = now.monotonic, now.wall
            yield self.felt

    def _choose(self, now: Now) -> None:
        chosen = self._open_backend()
        self._backend, self.live, self.others = chosen.backend, chosen.live, dict(chosen.others)
        self._before, self._told = None, float("-inf")
        if self._backend is None:
            self._retry.failed(now.monotonic)

    def _drop(self, exc: Unavailable) -> None:
        if self._backend is not None:
            self._backend.close()
        self.others[self.live] = _why(exc)
        self._backend, self.live = None, ""

    def _switches(self, now: Now) -> Iterator[Evidence]:
        if now.monotonic >= self._retry_signs.due and (not self._signs or self.unknown):
            self._open_missing(now)
        for name, sign in tuple(self._signs.items()):
            try:
                on = sign.read()
            except Unavailable as exc:
                sign.close()
                del self._signs[name]
                self._on.pop(name, None)
                self.unknown[name] = _why(exc)
                self._retry_signs = _Retry(now.monotonic + FIRST_RETRY_S, most_s=LAST_LOOK_S)
                continue
            yield from self._tell(sign, on, now)

    def _open_missing(self, now: Now) -> None:
        """Open the signs anew, keeping those that are open already."""
        found = self._open_signs(self._backend)
        for sign in found.live:
            if sign.name in self._signs:
                sign.close()
            else:
                self._signs[sign.name] = sign
        self.unknown = {name: why for name, why in found.others.items() if name not in self._signs}
        self._retry_signs.failed(now.monotonic)

    def _tell(self, sign: Sign, on: bool, now: Now) -> Iterator[Evidence]:
        before = self._on.get(sign.name)
        changed = before is None or before[0] != on
        again = on and before is not None and now.monotonic - before[1] >= TELL_SWITCH_S
        if not changed and not again:
            return
        self._on[sign.name] = on, now.monotonic
        if sign.source in SWITCHES:
            yield Evidence(at=now.wall, source=sign.source, on=on, reason=sign.reason if on else "")
        elif sign.source == "suspend" and changed and (on or before is not None):
            yield Evidence(at=now.wall, source="suspend" if on else "resume")


def _why(exc: Unavailable) -> Phrase:
    return exc.phrases[0]
