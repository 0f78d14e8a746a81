"""Diaries of any number of people from a table. In: lines of CSV, the present. Out: Diaries. Next: analysis.

The table is read line by line and kept as small numbers, and nothing is returned before the last line was read: a file
that is wrong anywhere gives no half result. Columns: person, date, pain, phase; programme_on where weeks were drawn.
"""

import csv
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import numpy as np

from midback.errors import InputError, Phrase

from .diary import Diary
from .diary_cell import NONE, PHASES, SHOWN, SWITCH, day_of, refuse, score_of, switch_of

REQUIRED: Final = ("person", "date", "pain", "phase")
LONGEST: Final = 3650  # days of one diary


@dataclass(slots=True)
class _Rows:
    """One person's rows as they stand in the file; offset : of the first timestamp, "" for plain dates."""

    offset: str
    offset_line: int
    day: "array[int]" = field(default_factory=lambda: array("i"))
    pain: "array[int]" = field(default_factory=lambda: array("b"))
    phase: "array[int]" = field(default_factory=lambda: array("b"))
    on: "array[int]" = field(default_factory=lambda: array("b"))
    line: "array[int]" = field(default_factory=lambda: array("l"))


def read_diaries(lines: Iterable[str], now: datetime) -> list[Diary]:
    """Read a table of diaries, people in the order of the file; raise InputError naming the line that is wrong.

    lines : text lines; a byte order mark, semicolons or tabs, and CRLF are fine; now : aware, in the reader's zone
    """
    people: dict[str, _Rows] = {}
    table = _table(lines)
    header = next(table, None)
    if header is None:
        raise InputError(
            "The file is empty.",
            "The first line names the columns: person,date,pain,phase.",
            "Write one line a day below it.",
        )
    place = _columns(header[1])
    for number, row in table:
        _take(people, place, number, row, now)
    if not people:
        raise InputError(
            "There is no day in the file, only the names of the columns.",
            "A diary has one line a day.",
            "Write one line a day: person, date, pain, phase.",
        )
    return [_diary(person, rows) for person, rows in people.items()]


def _table(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with their line."""
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")
    while first and not first.strip():
        first = next(source, "")
    delimiter = max(",;\t", key=first.count)

    def whole() -> Iterator[str]:
        if first:
            yield first
        yield from source

    reader = csv.reader(whole(), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as exc:
        raise InputError(
            "Line {line} cannot be read: {fault}.",
            "Each line holds values with commas between them.",
            "Look at that line, at its quotation marks first.",
            values={"line": reader.line_num + 1, "fault": str(exc)},
        ) from exc


def _columns(header: list[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    for name in (*REQUIRED, SWITCH):
        if names.count(name) > 1:
            raise InputError(
                "The column {name} is there {n} times.",
                "Each column has its own name.",
                "Leave one of them.",
                values={"name": name, "n": names.count(name)},
            )
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(
            "The first line has no column {missing}; it has {found}.",
            "The columns are person, date, pain, phase, and programme_on where weeks were drawn by chance.",
            "Name the columns in the first line.",
            values={"missing": ", ".join(missing), "found": ", ".join(n[:SHOWN] for n in names[:12])},
        )
    return {name: names.index(name) for name in (*REQUIRED, SWITCH) if name in names}


def _take(people: dict[str, _Rows], place: dict[str, int], line: int, row: list[str], now: datetime) -> None:
    def cell(name: str) -> str:
        at = place.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    person = cell("person")
    if not person:
        refuse(
            line,
            "person",
            person,
            Phrase("Each line names a person."),
            Phrase("Write a name or a number there."),
        )
    day, offset = day_of(line, cell("date"), now)
    phase = PHASES.get(cell("phase").lower(), NONE)
    if phase == NONE:
        refuse(
            line, "phase", cell("phase"), Phrase("It is baseline or programme."), Phrase("Correct that line.")
        )
    rows = people.get(person)
    if rows is None:
        rows = people[person] = _Rows(offset, line)
    elif rows.offset != offset:
        raise InputError(
            "Line {line}: {person} has days in two time zones, {new} here and {old} in line {before}.",
            "A day is a day of the place where the person was.",
            "Write plain dates such as 2026-03-02.",
            values={
                "line": line,
                "person": person[:SHOWN],
                "new": offset or "none",
                "old": rows.offset or "none",
                "before": rows.offset_line,
            },
        )
    rows.day.append(day)
    rows.pain.append(score_of(line, cell("pain")))
    rows.phase.append(phase)
    rows.on.append(switch_of(line, cell(SWITCH), phase))
    rows.line.append(line)


def _diary(person: str, rows: _Rows) -> Diary:
    """Put one person's rows in order; raise InputError where a day is there twice or the phases are mixed."""
    day, line = np.array(rows.day), np.array(rows.line)
    order = np.argsort(day, kind="stable")
    day, line = day[order], line[order]
    pain, phase, on = (np.array(column)[order] for column in (rows.pain, rows.phase, rows.on))
    again = np.flatnonzero(np.diff(day) == 0)
    if len(again):
        at = int(again[0])
        raise InputError(
            "Line {line}: {person} has {day} twice; it is in line {before} too.",
            "A day has one line.",
            "Keep one of them.",
            values={
                "line": int(line[at + 1]),
                "person": person[:SHOWN],
                "day": date.fromordinal(int(day[at])).isoformat(),
                "before": int(line[at]),
            },
        )
    length = int(day[-1] - day[0]) + 1
    if length > LONGEST:
        raise InputError(
            "{person} has days from {first} to {last}.",
            "A diary covers at most ten years.",
            "Check the dates, in line {line} and line {other} first.",
            values={
                "person": person[:SHOWN],
                "first": date.fromordinal(int(day[0])).isoformat(),
                "last": date.fromordinal(int(day[-1])).isoformat(),
                "line": int(line[0]),
                "other": int(line[-1]),
            },
        )
    programme = np.flatnonzero(phase == PHASES["programme"])
    start = int(programme[0]) if len(programme) else len(day)
    late = np.flatnonzero(phase[start:] == PHASES["baseline"])
    if len(late):
        raise InputError(
            "Line {line}: {person} has a day of the baseline after the programme began in line {before}.",
            "The baseline comes before the programme.",
            "Correct the phase; days off within the programme have programme_on 0.",
            values={
                "line": int(line[start + late[0]]),
                "person": person[:SHOWN],
                "before": int(line[start]),
            },
        )
    first = int(day[0])
    from_ = int(day[start]) - first if len(programme) else length
    answered = pain != NONE
    return Diary(
        person,
        date.fromordinal(first),
        (day[answered] - first).astype(np.int64),
        pain[answered].astype(np.float64),
        from_,
        length,
        _switched(person, day - first, line, phase, on, length, answered),
    )


def _switched(
    person: str,
    day: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    line: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    phase: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    on: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    length: int,
    answered: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
) -> "np.ndarray[tuple[int], np.dtype[np.float64]] | None":
    """Return for each day whether the programme was on; a day without a line is as the day before it."""
    if (on == NONE).all():
        return None
    gap = np.flatnonzero((phase == PHASES["programme"]) & (on == NONE) & answered)
    if len(gap):
        raise InputError(
            "Line {line}: programme_on is empty, and other days of {person} have it.",
            "Each day of the programme says 1 or 0.",
            "Fill it in, or leave the whole column empty.",
            values={"line": int(line[gap[0]]), "person": person[:SHOWN]},
        )
    known = on != NONE
    switched = np.full(length, np.nan)
    switched[day[known]] = on[known]
    begun = int(day[known][0])
    last = np.maximum.accumulate(np.where(np.isnan(switched), 0, np.arange(length)))
    switched[begun:] = switched[last[begun:]]
    return switched
