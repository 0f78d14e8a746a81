"""A log file replayed without a database. In: bytes of a log, any size, any order. Out: Replayed. Next: doors.

The file is read twice, a line at a time: once to find what can be used and when it was, once in order of time.
Between the two only 16 bytes a line are kept, so that a file of any size is read in little memory.
"""

import tempfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import BinaryIO, Final

import numpy as np

from midback.body.evidence import LONGEST_LINE, Evidence, read_line
from midback.errors import InputError, Unavailable
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import USUAL_RULE
from midback.plan.interruptions import BreakPreferences
from midback.plan.replay import Replay, replay

# Nine years of a sample a minute. A file with more lines, of use or not, or more bytes is read up to here, and
# says so: a device or a pipe may have no end.
MOST_LINES: Final = 5_000_000
MOST_BYTES: Final = 2_000_000_000
MOST_REFUSED: Final = 1000
# A character has at most four bytes.
LONGEST_BYTES: Final = 4 * LONGEST_LINE
CHUNK: Final = 1 << 20
REPORT_EVERY: Final = 2000

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A replay with the lines it could not use: (line number from 1, why); at most ``MOST_REFUSED`` of them.

    refused_more : how many more there were
    """

    replay: Replay
    refused: tuple[tuple[int, InputError], ...]
    refused_more: int = 0


def replay_log(
    stream: BinaryIO,
    rule: BreakRule | None = USUAL_RULE,
    preferences: BreakPreferences | None = None,
    zone: tzinfo | None = UTC,
    progress: Progress | None = None,
) -> Replayed:
    """Replay a log; ``progress`` is told now and then how much is done, 0..1.

    Raises
    ------
    InputError : nothing in it can be used
    """
    tell = progress or _nobody
    with ExitStack() as open_files:
        log = _Log(stream if stream.seekable() else open_files.enter_context(_kept(stream)))
        log.look_over(tell)
        if not log.offsets:
            first = log.refused[0][1] if log.refused else None
            raise InputError(
                "Nothing in this log can be used. {first}",
                "A log is JSON Lines: one piece of evidence a line.",
                "docs/sensing.md shows every kind of line.",
                values={"first": first.phrases[0] if first else ""},
            )
        found = replay(log.in_order(tell), rule, preferences, zone)
    return Replayed(replay=found, refused=tuple(log.refused), refused_more=log.refused_more)


def _nobody(share: float) -> None:
    """Nobody waits to hear how much is done."""


@contextmanager
def _kept(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Put what can be read only once into a file that is gone afterwards."""
    with tempfile.TemporaryFile() as kept:
        try:
            # One byte more than is read of it, so that it is known to have been longer.
            while kept.tell() <= MOST_BYTES and (chunk := stream.read(CHUNK)):
                kept.write(chunk)
        except OSError as exc:
            raise Unavailable(
                "{path} cannot be written: {fault}.",
                "",
                "Check the folder's permissions and the free space.",
                values={"path": tempfile.gettempdir(), "fault": exc.strerror},
            ) from exc
        yield kept


class _Log:
    """Where the usable lines of a file begin, when they were, and which ones cannot be used."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.instants, self.offsets = array("d"), array("q")
        self.refused: list[tuple[int, InputError]] = []
        self.refused_more = 0

    def look_over(self, tell: Progress) -> None:
        """Read the whole file once."""
        size = self.stream.seek(0, 2)
        self.stream.seek(0)
        offset = number = 0
        while line := self.stream.readline(LONGEST_BYTES + 1):
            number += 1
            start, offset = offset, offset + len(line)
            if len(line) > LONGEST_BYTES and not line.endswith(b"\n"):
                offset += self._skip(MOST_BYTES - offset)
            if number % REPORT_EVERY == 0:
                tell(0.4 * offset / max(size, 1))
            if number > MOST_LINES:
                why = InputError("The log has more than {most} lines.", values={"most": MOST_LINES})
                self._refuse(number, why)
                return
            if offset > MOST_BYTES:
                why = InputError("The file is larger than {n} MB.", values={"n": MOST_BYTES // 1_000_000})
                self._refuse(number, why)
                return
            try:
                one = _read(line)
            except InputError as exc:
                self._refuse(number, exc)
                continue
            if one is not None:
                self.instants.append(one.at.timestamp())
                self.offsets.append(start)

    def in_order(self, tell: Progress) -> Iterator[Evidence]:
        """Yield the evidence in order of time; lines of one instant in the file's order."""
        instants = np.frombuffer(self.instants)
        offsets = np.frombuffer(self.offsets, dtype=np.int64)
        sorted_already = bool(np.all(instants[:-1] <= instants[1:]))
        order = None if sorted_already else np.argsort(instants, kind="stable")
        place = -1
        for number in range(len(offsets)):
            offset = int(offsets[number if order is None else order[number]])
            if offset != place:
                self.stream.seek(offset)
            line = self.stream.readline(LONGEST_BYTES + 1)
            place = offset + len(line)
            if number % REPORT_EVERY == 0:
                tell(0.4 + 0.6 * number / len(offsets))
            one = _read(line)
            if one is not None:
                yield one

    def _skip(self, most: int) -> int:
        """Read to the end of a line without keeping it, or beyond ``most`` bytes; return how many that were."""
        skipped = 0
        while skipped <= most and (rest := self.stream.readline(CHUNK)):
            skipped += len(rest)
            if rest.endswith(b"\n"):
                break
        return skipped

    def _refuse(self, number: int, why: InputError) -> None:
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((number, why))
        else:
            self.refused_more += 1


def _read(line: bytes) -> Evidence | None:
    """Read a line of the file; None for an empty one."""
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as exc:
        raise InputError("The line is not text.", "Text is UTF-8.") from exc
    return read_line(text) if text else None
