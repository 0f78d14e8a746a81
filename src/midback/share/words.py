"""A reason becomes a sentence. In: Reason, catalogue, language. Next: the doors, PDF and calendar.

Placeholders say by their names how they are written:

    {exercise}, {..._exercise}   title            {gear}, {place}, {condition}   name
    {variant}                    its name         {habit}        the person's own words
    {sign}, {do}                 a warning sign, and what to do about it
    {gate}                       why a gate of {exercise} holds, from the exercise's own file
    {emergency}                  the number to call in that country
    {..._min}  "1 h 52"          {..._s}  "45 s", "2 min"      {..._date}  "Tuesday, 3 March"
    anything else                as it is
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import TypeVar

from midback.catalogue import Catalogue
from midback.reasons import Reason, Value

from .wording import MESSAGES, N_
from .wording.triage import SIGNS

Translate = Callable[[str], str]
T = TypeVar("T")

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
DATE = N_("{weekday}, {day} {month}")
HOURS_MINUTES = N_("{hours} h {minutes}")
HOURS = N_("{hours} h")
MINUTES = N_("{minutes} min")
SECONDS = N_("{seconds} s")
MINUTES_SECONDS = N_("{minutes} min {seconds} s")
DECIMAL = N_("decimal sign|.")
OLD_REASON = N_("A reason given by an earlier version.")


@dataclass(frozen=True, slots=True)
class Local:
    """How dates and durations are written; every part can be replaced by a door that knows better."""

    translate: Translate

    def decimal(self, number: str) -> str:
        """Return a written number with the language's decimal sign."""
        return number.replace(".", self.translate(DECIMAL).rpartition("|")[2])

    def day(self, iso: str) -> str:
        """Write an ISO date: "Tuesday, 3 March"."""
        day = date.fromisoformat(iso)
        weekday, month = self.translate(WEEKDAYS[day.weekday()]), self.translate(MONTHS[day.month - 1])
        return self.translate(DATE).format(weekday=weekday, day=day.day, month=month)

    def minutes(self, minutes: float) -> str:
        """Write minutes: "20 min", "1 h", "1 h 52"."""
        hours, rest = divmod(round(minutes), 60)
        if hours and rest:
            return self.translate(HOURS_MINUTES).format(hours=hours, minutes=f"{rest:02d}")
        if hours:
            return self.translate(HOURS).format(hours=hours)
        return self.translate(MINUTES).format(minutes=rest)

    def seconds(self, seconds: float) -> str:
        """Write seconds: "45 s", "2 min", "2 min 30 s"."""
        minutes, rest = divmod(round(seconds), 60)
        if not minutes:
            return self.translate(SECONDS).format(seconds=rest)
        if not rest:
            return self.translate(MINUTES).format(minutes=minutes)
        return self.translate(MINUTES_SECONDS).format(minutes=minutes, seconds=rest)


def words_of(
    reason: Reason,
    catalogue: Catalogue,
    language: str = "en",
    translate: Translate = str,
    local: Local | None = None,
) -> str:
    """Return a reason as a sentence in a language; ids the catalogue no longer knows stay as they are."""
    if reason.message_id == "gate":
        return _gate(catalogue, language, reason.values, str(reason.values.get("condition", "")))
    english = MESSAGES.get(reason.message_id)
    if english is None:
        return translate(OLD_REASON)
    written = local or Local(translate)
    names = placeholders(english)
    if not names <= set(reason.values):
        return translate(OLD_REASON)
    filled = {name: _write(name, reason.values, catalogue, language, written) for name in names}
    return translate(english).format_map(filled)


def placeholders(message: str) -> frozenset[str]:
    """Return the names of a message's placeholders."""
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name)


def _write(
    name: str, values: Mapping[str, Value], catalogue: Catalogue, language: str, written: Local
) -> str:
    value = values[name]
    if isinstance(value, int | float):
        return _number(name, value, written)
    if name == "exercise" or name.endswith("_exercise"):
        exercise = catalogue.exercises.get(value)
        return _pick(exercise.text, language).title if exercise else value
    if name.endswith("_date"):
        return written.day(value)
    if name == "variant":
        exercise = catalogue.exercises.get(str(values.get("exercise")))
        texts = _pick(exercise.text, language).variants if exercise else {}
        return texts[value].name if value in texts else value
    if name in ("gear", "place"):
        term = (catalogue.gear if name == "gear" else catalogue.places).get(value)
        return _pick(term.name, language) if term else value
    if name == "condition":
        condition = catalogue.conditions.get(value)
        return _pick(condition.name, language) if condition else value
    if name in ("sign", "do"):
        return _sign(value, name, catalogue, language, written.translate)
    if name == "gate":
        return _gate(catalogue, language, values, value)
    if name == "emergency":
        return catalogue.country(value).emergency
    return value


def _number(name: str, value: float, written: Local) -> str:
    if name.endswith("_min"):
        return written.minutes(value)
    if name.endswith("_s"):
        return written.seconds(value)
    return written.decimal(f"{value:g}")


def _sign(question_id: str, part: str, catalogue: Catalogue, language: str, translate: Translate) -> str:
    for question in catalogue.triage:
        if question.id == question_id:
            return _pick(question.text if part == "sign" else question.do, language)
    return translate(SIGNS[question_id]) if part == "sign" and question_id in SIGNS else ""


def _gate(catalogue: Catalogue, language: str, values: Mapping[str, Value], condition: str) -> str:
    exercise = catalogue.exercises.get(str(values.get("exercise", "")))
    for gate in exercise.gates if exercise else ():
        if gate.condition == condition:
            return _pick(gate.reason, language)
    known = catalogue.conditions.get(condition)
    return _pick(known.name, language) if known else condition


def _pick(texts: Mapping[str, T], language: str) -> T:
    return texts[language] if language in texts else texts["en"]
