"""The background process's files, read as far as they were written. In: DATA/watch. Out: evidence kept, rows said.

What was read and how far are one transaction, so a line counts once however often either side is killed. Only
whole lines are read; one that is of no use is counted with its number and why, and stops nothing.
"""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from midback.body.evidence import FIRST_YEAR, LAST_YEAR, LONGEST_LINE, Evidence, read_line
from midback.errors import Conflict, InputError, Unavailable
from midback.plan.interruptions import HOLDS
from midback.reasons import Reason
from midback.store import faults, said
from midback.store import spool as kept
from midback.store.engine import reading
from midback.store.said import LONGEST_HOLD, KeptHold, KeptSaid
from midback.store.spool import LineFault, SpoolFile
from midback.store.watch_files import folder_of

from .evidence import take_in_within
from .house import House

KEPT_FOR: Final = timedelta(days=2)
# One transaction reads this much: some 10,000 lines, little memory, and nobody waits long for the database.
CHUNK = 1_000_000
HEAD = 4096
LONGEST_REASONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came in. ``lines`` were read, ``new`` of them told something new, ``refused`` were of no use."""

    lines: int = 0
    new: int = 0
    refused: int = 0


class UnreadableError(Unavailable):
    """A file that cannot be read: another owner's, or on a disk that fails."""


def import_spool(house: House, person: str) -> Imported:
    """Read what the background process wrote since the last time; remove files that are read and old.

    Raises Conflict when the database is busy, Unavailable when it or a file cannot be used; nothing is lost. A file
    that cannot be read keeps no other from being read; the first of them is raised when all were tried.
    """
    total = Imported()
    unreadable: Unavailable | None = None
    folder = folder_of(house.data_dir)
    with reading(house.engine).connect() as conn:
        known = {file.file: file for file in kept.listed(conn, person)}
    for path in sorted((*folder.glob("evidence-*.jsonl"), *folder.glob("said-*.jsonl"))):
        if not path.is_file():  # a folder has no lines, and a pipe no end
            continue
        if _nothing_new(path, known.get(path.name)):
            _tidy(house, person, path)
            continue
        more = True
        while more:
            try:
                with house.engine.begin() as conn:
                    step, more = _read_some(conn, person, path)
            except UnreadableError as exc:
                unreadable = unreadable or exc
                break
            total = Imported(
                lines=total.lines + step.lines,
                new=total.new + step.new,
                refused=total.refused + step.refused,
            )
        else:
            _tidy(house, person, path)
    if unreadable is not None:
        raise unreadable
    return total


def catch_up(house: House, person: str) -> None:
    """Read what there is before a day is shown; while that cannot be, the day is shown as it is known."""
    try:
        import_spool(house, person)
    except (Conflict, Unavailable):
        # Nothing is lost: the lines stay in their files, and the next one who asks reads them.
        return


def spool_faults(house: House, person: str) -> tuple[SpoolFile, ...]:
    """Return the files in which lines were refused."""
    with reading(house.engine).connect() as conn:
        return tuple(file for file in kept.listed(conn, person) if file.refused)


def _nothing_new(path: Path, known: SpoolFile | None) -> bool:
    try:
        return known is not None and path.stat().st_size == known.read and _head(path) == known.head
    except OSError:
        return True


def _read_some(conn: Connection, person: str, path: Path) -> tuple[Imported, bool]:
    """Read one chunk of whole lines; say whether there is more."""
    try:
        size, head = path.stat().st_size, _head(path)
        state = kept.get(conn, person, path.name)
        if size < state.read or (state.head and head != state.head):
            # Another file by the same name: it is read from its start, and what is known counts once.
            state = SpoolFile(file=path.name, head=head)
            kept.put(conn, person, state)
        with path.open("rb") as file:
            file.seek(state.read)
            data = file.read(CHUNK)
    except FileNotFoundError:  # read and removed by somebody else a moment ago
        return Imported(), False
    except OSError as exc:
        fault = faults.of_system(exc, str(path))
        raise UnreadableError(*fault.phrases) from exc
    end = data.rfind(b"\n") + 1
    if end == 0:
        if len(data) < CHUNK:  # the last line is still being written
            return Imported(), False
        end = len(data)  # no line is as long as this: it is passed over piece by piece
    evidence: list[Evidence] = []
    rows: list[KeptSaid | KeptHold] = []
    wrong: list[LineFault] = []
    lines = data[:end].split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    for number, raw in enumerate(lines, state.lines + 1):
        if not raw.strip():
            continue
        try:
            text = _text(raw)
            if path.name.startswith("evidence-"):
                evidence.append(read_line(text))
            else:
                rows.append(read_said(text))
        except InputError as exc:
            wrong.append(_fault(number, exc))
    new = take_in_within(conn, person, evidence).new + said.keep(conn, person, rows)
    kept.put(
        conn,
        person,
        replace(
            state,
            head=head,
            read=state.read + end,
            lines=state.lines + len(lines),
            refused=state.refused + len(wrong),
            faults=(*state.faults, *wrong),
        ),
    )
    return Imported(lines=len(lines), new=new, refused=len(wrong)), state.read + end < size


def _head(path: Path) -> str:
    """Return what tells the file from another one of its name: its first line."""
    with path.open("rb") as file:
        line = file.read(HEAD).partition(b"\n")
    return hashlib.sha256(line[0]).hexdigest()[:32] if line[1] else ""


def _text(raw: bytes) -> str:
    if len(raw) > LONGEST_LINE:
        raise InputError("The line is longer than {most} characters.", values={"most": LONGEST_LINE})
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise InputError("The line is not UTF-8 text.", "One JSON object a line.") from exc


def _fault(number: int, error: InputError) -> LineFault:
    seen, rule, _ = error.phrases
    values = {**(seen.values or {}), **(rule.values or {})}
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
    return LineFault(line=number, seen=seen.template, rule=rule.template, values=plain)


def _tidy(house: House, person: str, path: Path) -> None:
    """Remove a file that is read to its end and two days old."""
    try:
        day = date.fromisoformat(path.stem.partition("-")[2])
    except ValueError:
        return
    if house.clock.now().astimezone(UTC).date() - day <= KEPT_FOR:
        return
    with house.engine.begin() as conn:
        state = kept.get(conn, person, path.name)
        try:
            if path.stat().st_size != state.read:
                return
            path.unlink()
        except OSError:
            return  # still open elsewhere, or not ours to remove: another time
        kept.forget(conn, person, path.name)


def read_said(text: str) -> KeptSaid | KeptHold:
    """Read a line of what was said, answered or held; raise InputError as ``read_line`` does."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise InputError("The line is not JSON.", "One JSON object a line.") from exc
    if not isinstance(told, dict):
        raise InputError("The line is not a JSON object.", "One JSON object a line.")
    if "held" in told:
        return _hold(told)
    kind, movement = told.get("kind"), told.get("movement", "")
    if kind not in said.KINDS:
        raise InputError(
            "The kind is {kind!r}.",
            "Known: {known}.",
            values={"kind": str(kind)[:60], "known": ", ".join(said.KINDS)},
        )
    if not isinstance(movement, str) or len(movement) > 64 or not (movement == "" or movement.isprintable()):
        raise InputError("The movement has no usable name.", "It is the id of an exercise.")
    return KeptSaid(
        at=_instant(told, "at"), kind=kind, movement=movement, because=tuple(_reasons(told.get("because")))
    )


def _hold(told: dict[str, Any]) -> KeptHold:
    start, end = _instant(told, "from"), _instant(told, "until")
    if not timedelta() <= end - start <= LONGEST_HOLD:
        raise InputError("The stretch ends before it starts.", "It lasts at most a week.")
    given = told["held"]
    if not isinstance(given, list) or not given or any(one not in HOLDS for one in given):
        raise InputError("What held is not known.", "Known: {known}.", values={"known": ", ".join(HOLDS)})
    return KeptHold(start=start, end=end, held=tuple(hold for hold in HOLDS if hold in given))


def _reasons(told: object) -> Iterator[Reason]:
    for pair in (told if isinstance(told, list) else [])[:LONGEST_REASONS]:
        if isinstance(pair, list) and pair and isinstance(pair[0], str):
            values = pair[1] if len(pair) > 1 and isinstance(pair[1], dict) else {}
            plain = {
                name[:80]: value[:200] if isinstance(value, str) else value
                for name, value in values.items()
                if isinstance(value, str | int | float) and not isinstance(value, bool) and _is_finite(value)
            }
            yield Reason(pair[0][:80], plain)


def _is_finite(value: str | float) -> bool:
    """Say whether a value can be kept: a number that is none, or larger than any, cannot."""
    return not isinstance(value, float) or math.isfinite(value)


def _instant(told: dict[str, Any], key: str) -> datetime:
    try:
        at = datetime.fromisoformat(str(told.get(key)))
        if at.tzinfo is None:
            raise ValueError(key)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise InputError(
            "{key} is {given!r}.",
            "Times are ISO 8601 with an offset, such as 2026-03-02T09:00:00+01:00.",
            values={"key": key, "given": str(told.get(key))[:60]},
        ) from exc
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise InputError("The year is {year}.", "Years from 2000 to 2200 are read.", values={"year": at.year})
    return at
