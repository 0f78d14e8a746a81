"""What the background process leaves for app. In: evidence and what was said. Out: whole lines in DATA/watch.

One file a kind and a UTC day, only ever added to. A line stands in the file before the next thing happens, so
a killed process loses none; a full disk keeps the lines in memory until there is room.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final, Literal, get_args

from midback.body.evidence import Evidence, read_line, write_instant, write_line
from midback.errors import InputError
from midback.plan.interruptions import Said
from midback.reasons import Reason

from .orders import said_of

Kind = Literal["evidence", "said"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SYNC_EVERY_S = 60.0
# Some days of evidence; beyond it every second line of the older half goes. Said lines are few and always kept.
MOST_WAITING = 20_000
BATCH = 500


@dataclass(slots=True)
class _Row:
    """The lines of one kind that are not in a file yet, and the file that is open."""

    kind: Kind
    waiting: deque[tuple[date, str]] = field(default_factory=deque)
    day: date | None = None
    handle: int = -1


class Spool:
    """The two rows of files of one folder.

    problem : why the last line could not be written; "" while all is well
    """

    def __init__(
        self,
        folder: Path,
        write: Callable[[int, bytes], int] = os.write,
        sync: Callable[[int], None] = os.fsync,
    ) -> None:
        self.folder = folder
        self.problem = ""
        self._write, self._sync = write, sync
        self._rows = {kind: _Row(kind) for kind in KINDS}
        self._synced = float("-inf")
        self._unsynced = False

    @property
    def waiting(self) -> int:
        """Return how many lines are in memory because they could not be written."""
        return sum(len(row.waiting) for row in self._rows.values())

    def add(self, evidence: Evidence) -> None:
        """Write a piece of evidence."""
        row = self._rows["evidence"]
        row.waiting.append((evidence.at.astimezone(UTC).date(), write_line(evidence)))
        if len(row.waiting) > MOST_WAITING:
            half = MOST_WAITING // 2
            lines = list(row.waiting)
            row.waiting = deque([*lines[:half:2], *lines[half:]])
        self._unsynced = True
        self._drain(row)

    def add_said(self, at: datetime, kind: str, movement: str = "", because: Sequence[Reason] = ()) -> None:
        """Write one thing that was said or answered; it is on the disk when this returns, if it can be."""
        line = {
            "at": write_instant(at),
            "kind": kind,
            "movement": movement,
            "because": [[reason.message_id, dict(reason.values)] for reason in because],
        }
        self._add_said(at, line)

    def add_held(self, start: datetime, end: datetime, holds: Sequence[str]) -> None:
        """Write a stretch in which a prompt was held, and what held it."""
        line = {"from": write_instant(start), "until": write_instant(end), "held": list(holds)}
        self._add_said(start, line)

    def flush(self, monotonic: float) -> None:
        """Write what waits, and put it on the disk at most once a minute."""
        for row in self._rows.values():
            self._drain(row)
        if self._unsynced and monotonic - self._synced >= SYNC_EVERY_S:
            self._synced, self._unsynced = monotonic, False
            self._put_on_disk(self._rows["evidence"])

    def close(self) -> None:
        """Write what waits and close the files."""
        for row in self._rows.values():
            self._drain(row)
            self._put_on_disk(row)
            self._close(row)

    def recent_evidence(self, since: datetime, until: datetime) -> Iterator[Evidence]:
        """Yield the evidence of the files from an instant on; lines of no use are left out."""
        for line in self._recent("evidence", since, until):
            try:
                found = read_line(line)
            except InputError:
                continue
            if found.at >= since:
                yield found

    def recent_said(self, since: datetime, until: datetime) -> Iterator[Said]:
        """Yield what the files say was said from an instant on; holds and lines of no use are left out."""
        for line in self._recent("said", since, until):
            try:
                said = said_of(json.loads(line))
            except (ValueError, RecursionError):
                continue
            if said is not None and said.at >= since:
                yield said

    def _add_said(self, at: datetime, line: Mapping[str, object]) -> None:
        row = self._rows["said"]
        text = json.dumps(line, ensure_ascii=False, separators=(", ", ": "))
        row.waiting.append((at.astimezone(UTC).date(), text))
        self._drain(row)
        self._put_on_disk(row)

    def _drain(self, row: _Row) -> None:
        """Write the lines that wait, as many as fit."""
        while row.waiting:
            day = row.waiting[0][0]
            # Days may be mixed where a clock jumped: only the front ones of one day go together.
            _same, front = next(groupby(islice(row.waiting, BATCH), key=itemgetter(0)))
            batch = [line for _day, line in front]
            data = "".join(line + "\n" for line in batch).encode()
            try:
                self._open(row, day)
                written = self._write(row.handle, data)
            except OSError as exc:
                self.problem = exc.strerror or type(exc).__name__
                self._close(row)
                return
            for _ in range(data[:written].count(b"\n")):
                row.waiting.popleft()
            if written < len(data):
                self.problem = "the disk is full"
                self._cut(row, data[:written])
                return
        if not self.waiting:
            self.problem = ""

    def _cut(self, row: _Row, written: bytes) -> None:
        """Take the beginning of a line back that did not fit as a whole; nobody reads behind the last newline."""
        torn = len(written) - (written.rfind(b"\n") + 1)
        if torn:
            with suppress(OSError):  # then opening the file again closes the line by a newline
                os.ftruncate(row.handle, os.fstat(row.handle).st_size - torn)
        self._close(row)

    def _open(self, row: _Row, day: date) -> None:
        """Open the file of a day for adding, and close a line that was cut short by a newline."""
        if row.handle >= 0 and row.day == day:
            return
        self._close(row)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{row.kind}-{day.isoformat()}.jsonl"
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        row.handle, row.day = handle, day
        size = os.lseek(handle, 0, os.SEEK_END)
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":
                self._write(handle, b"\n")

    def _put_on_disk(self, row: _Row) -> None:
        if row.handle >= 0:
            try:
                self._sync(row.handle)
            except OSError as exc:
                self.problem = exc.strerror or type(exc).__name__

    def _close(self, row: _Row) -> None:
        if row.handle >= 0:
            handle, row.handle, row.day = row.handle, -1, None
            os.close(handle)

    def _recent(self, kind: Kind, since: datetime, until: datetime) -> Iterator[str]:
        day = since.astimezone(UTC).date()
        while day <= until.astimezone(UTC).date():
            try:
                text = (self.folder / f"{kind}-{day.isoformat()}.jsonl").read_bytes()
            except OSError:
                text = b""
            yield from text.decode("utf-8", "replace").splitlines()
            day += timedelta(days=1)
