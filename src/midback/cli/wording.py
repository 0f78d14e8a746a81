"""Puts ids, reasons and lengths into the language of the command line. In: values. Out: words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from midback.catalogue.catalogue import Catalogue
from midback.catalogue.exercise import Exercise, Text
from midback.plan.changes import Change
from midback.plan.prescription import Prescription
from midback.reasons import Reason
from midback.share.words import Local, words_of

from .words import _, ngettext


@dataclass(frozen=True, slots=True)
class Speech:
    """A catalogue and the language to name its things in; English stands in where a text is missing."""

    catalogue: Catalogue
    language: str

    def pick(self, words: Mapping[str, str]) -> str:
        """Return a text keyed by language; an empty table gives an empty text."""
        return words.get(self.language) or words.get("en", "")

    def text(self, exercise: Exercise) -> Text:
        """Return an exercise's words."""
        return exercise.text.get(self.language) or exercise.text["en"]

    def title(self, exercise_id: str) -> str:
        """Name an exercise; one that is gone from the catalogue keeps its id."""
        exercise = self.catalogue.exercises.get(exercise_id)
        return self.text(exercise).title if exercise else exercise_id

    def reason(self, reason: Reason) -> str:
        """Put a reason into words."""
        return words_of(reason, self.catalogue, self.language, _)

    def dose(self, item: Prescription) -> str:
        """Say how much: sets, time or repetitions, sides."""
        dose = item.dose
        if dose.repetitions is not None:
            words = ngettext("{n} time", "{n} times", dose.repetitions).format(n=dose.repetitions)
        else:
            words = Local(_).seconds(dose.seconds)
        if dose.sets > 1:
            words = f"{dose.sets} x {words}"
        return words if item.sides == ("both",) else _("{dose} a side").format(dose=words)

    def day(self, day: date) -> str:
        """Say a day: Tuesday, 3 March."""
        return Local(_).day(day.isoformat())

    def status(self, status: str) -> str:
        """Say what became of an item."""
        return {
            "done": _("done"),
            "partly": _("partly"),
            "skipped": _("skipped"),
            "now": _("now"),
            "later": "",
        }.get(status, status)

    def change(self, change: Change) -> str:
        """Say what changed against the plan before."""
        sentence = {
            "added": _("{exercise}: new"),
            "removed": _("{exercise}: not today"),
            "more": _("{exercise}: one step up"),
            "less": _("{exercise}: one step down"),
            "range": _("{exercise}: another range"),
            "variant": _("{exercise}: done another way"),
            "moved": _("{exercise}: at another time"),
        }[change.kind]
        return sentence.format(exercise=self.title(change.exercise_id))


def number_words(value: float, digits: int = 0) -> str:
    """Write a number with the language's decimal sign."""
    return Local(_).decimal(f"{value:.{digits}f}")


def minutes_words(minutes: float) -> str:
    """Say minutes: 45 min, 1 h 52."""
    return Local(_).minutes(minutes)


def activity_words(activity: str) -> str:
    """Name an activity."""
    return {
        "sitting": _("sitting"),
        "standing": _("standing"),
        "driving": _("driving"),
        "moving": _("moving"),
        "away": _("away"),
        "unknown": _("not known"),
    }.get(activity, activity)
