"""One cell of a diary's table. In: text and its line. Out: a day, a score, a switch, or an error. Next: diary_file."""

from datetime import date, datetime
from typing import Final, NoReturn

from midback.errors import InputError, Phrase

from .diary import WORST

SWITCH: Final = "programme_on"
PHASES: Final = {"baseline": 0, "programme": 1}
EMPTY: Final = frozenset({"", "na", "nan", "null", "none"})
NONE: Final = -1
SHOWN: Final = 40  # characters of a bad value that are repeated


def day_of(line: int, text: str, now: datetime) -> tuple[int, str]:
    """Return a day's number, and the offset from UTC of a timestamp."""
    when: datetime | None = None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            refuse(line, "date", text, Phrase("It looks like 2026-03-02."), Phrase("Correct that line."))
        day = when.date()
    aware = when is not None and when.tzinfo is not None
    if (when > now) if aware and when is not None else day > now.date():
        raise InputError(
            "Line {line}: {day} is in the future.",
            "A diary holds days that have been.",
            "Correct the date, or the clock of this computer.",
            values={"line": line, "day": day.isoformat()},
        )
    return day.toordinal(), when.strftime("%z") if aware and when is not None else ""


def score_of(line: int, text: str) -> int:
    """Return a score, or NONE where there is no answer."""
    if text.lower() in EMPTY:
        return NONE
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not (0 <= value <= WORST and value == int(value)):
        refuse(
            line,
            "pain",
            text,
            Phrase("It is a whole number from 0 to 10; a day without an answer is left empty."),
            Phrase("Correct that line."),
        )
    return int(value)


def switch_of(line: int, text: str, phase: int) -> int:
    """Return 1 or 0 for a day with or without the programme, or NONE where that is not told."""
    if text.lower() in EMPTY:
        return NONE
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value not in (0, 1):
        refuse(
            line,
            SWITCH,
            text,
            Phrase("It is 0 or 1, and empty in the baseline."),
            Phrase("Correct that line."),
        )
    if phase == PHASES["baseline"]:
        if value:
            refuse(
                line,
                SWITCH,
                text,
                Phrase("The programme is not on in the baseline."),
                Phrase("Leave it empty there."),
            )
        return NONE
    return int(value)


def refuse(line: int, column: str, seen: str, rule: Phrase, step: Phrase) -> NoReturn:
    """Raise InputError naming the line, the column and what stands there."""
    said = (
        Phrase("Line {line}: {column} is {seen!r}.", {"line": line, "column": column, "seen": seen[:SHOWN]})
        if seen
        else Phrase("Line {line}: {column} is empty.", {"line": line, "column": column})
    )
    raise InputError(said, rule, step)
