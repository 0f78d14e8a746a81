"""Words for what the core and the catalogue hold as ids.

In: ids and reasons. Out: the language's words. Next: pages.
"""

from collections.abc import Iterable, Mapping

from starlette.requests import HTTPConnection, Request

from midback.catalogue.exercise import Dose, Exercise, Text
from midback.plan.prescription import Prescription
from midback.reasons import Reason
from midback.share.words import words_of

from . import i18n
from .i18n import _
from .render import house_of


def text_of(exercise: Exercise) -> Text:
    """Return an exercise's words in the language of the page."""
    return exercise.text.get(i18n.language()) or exercise.text[i18n.SOURCE_LANGUAGE]


def in_language(texts: Mapping[str, str]) -> str:
    """Return the text of the page's language from a table keyed by language; "" from an empty table."""
    return texts.get(i18n.language()) or texts.get(i18n.SOURCE_LANGUAGE, "")


def say(request: HTTPConnection, reasons: Iterable[Reason]) -> list[str]:
    """Put reasons into words, each once, in their order."""
    catalogue = house_of(request).catalogue
    return list(dict.fromkeys(words_of(reason, catalogue, i18n.language(), i18n._) for reason in reasons))


def activity_name(activity: str) -> str:
    """Name an activity of the day."""
    names = {
        "sitting": _("sitting"),
        "standing": _("standing"),
        "driving": _("driving"),
        "moving": _("moving"),
        "away": _("away"),
        "unknown": _("not known"),
    }
    return names.get(activity, activity)


def purpose_name(purpose: str) -> str:
    """Name what an exercise is for."""
    names = {
        "extension": _("Straighten and extend"),
        "mobility": _("Move freely"),
        "rotation": _("Turn"),
        "release": _("Ease tight spots"),
        "opening": _("Open the chest"),
        "strength": _("Get stronger"),
        "variety": _("Change position"),
        "easy": _("Breathe and rest"),
        "care": _("Hands-on care"),
    }
    return names.get(purpose, purpose)


def side_name(side: str) -> str:
    """Name a side of the body."""
    return {"left": _("left"), "right": _("right")}.get(side, _("both sides"))


def slot_name(slot: str) -> str:
    """Name a part of the day."""
    return {
        "morning": _("morning"),
        "day": _("during the day"),
        "evening": _("evening"),
        "night": _("night"),
    }.get(slot, slot)


def resistance_name(resistance: str) -> str:
    """Name how strong a band is."""
    return {"light": _("light band"), "medium": _("medium band"), "heavy": _("strong band")}.get(
        resistance, ""
    )


def grade_words(grade: str) -> str:
    """Say what an evidence grade means, in a few words."""
    return {
        "A": _("several good trials"),
        "A-": _("good trials, with limits"),
        "B": _("one good trial, or an uncertain summary"),
        "B-": _("trials of something close to it"),
        "C": _("laboratory, observation or a model"),
        "D": _("experience of experts"),
        "X": _("no support found, or contradicted"),
    }.get(grade, grade)


def dose_words(dose: Dose, sides: int = 1) -> str:
    """Say a dose: "45 s", "2 times 12 repetitions", "40 s each side"."""
    if dose.repetitions is not None:
        one = i18n.ngettext("{n} repetition", "{n} repetitions", dose.repetitions).format(n=dose.repetitions)
    else:
        one = i18n.duration_words(dose.seconds)
    if dose.sets > 1:
        one = _("{sets} times {one}").format(sets=dose.sets, one=one)
    if sides > 1:
        one = _("{one} each side").format(one=one)
    band = resistance_name(dose.resistance)
    return f"{one}, {band}" if band else one


def item_title(request: Request, item: Prescription) -> str:
    """Name a planned item: title and variant."""
    return movement_title(request, item.exercise_id, item.variant_id)


def movement_title(request: Request, exercise_id: str, variant_id: str) -> str:
    """Name a movement: title and variant; an id the catalogue does not know stays as it is."""
    exercise = house_of(request).catalogue.exercises.get(exercise_id)
    if exercise is None:
        return exercise_id
    text = text_of(exercise)
    if len(exercise.variants) == 1 or variant_id not in text.variants:
        return text.title
    return f"{text.title}, {text.variants[variant_id].name}"


def minutes_words(minutes: float) -> str:
    """Say planned minutes; less than one is said in seconds, and nothing is made longer than it is."""
    return i18n.duration_words(60 * round(minutes) if minutes >= 1 else round(60 * minutes))


def evidence_name(source: str) -> str:
    """Name what a stretch of the day rests on."""
    return {
        "person": _("your own word"),
        "usual-day": _("your usual day"),
        "input": _("keyboard and mouse"),
        "inhibitor": _("a film or call that keeps the screen awake"),
        "lock": _("the locked screen"),
        "suspend": _("the sleeping computer"),
        "resume": _("the computer waking up"),
        "call": _("a call"),
        "camera_in_use": _("the camera in use by another program"),
        "fullscreen": _("something that fills the screen"),
        "dnd": _("do not disturb"),
        "camera": _("the camera"),
        "activitywatch": _("ActivityWatch"),
        "trip": _("a trip"),
        "session": _("a guided session"),
        "calendar": _("the calendar"),
    }.get(source, source)


def hold_name(hold: str) -> str:
    """Say what held a prompt back, as it goes on after "held:"."""
    return {
        "typing": _("you were typing"),
        "call": _("you were on a call"),
        "camera-in-use": _("another program used the camera"),
        "film": _("a film was on"),
        "full-screen": _("something filled the screen"),
        "do-not-disturb": _("do not disturb was on"),
        "calendar": _("your calendar said busy"),
        "outside-hours": _("outside the hours you set"),
        "just-back": _("you had just come back"),
        "worn": _("the band or disc was on"),
        "driving": _("you were driving"),
    }.get(hold, hold)


def answer_name(answer: str) -> str:
    """Name what the person answered to a prompt."""
    return {
        "start": _("start"),
        "done": _("done"),
        "later": _("in 5 minutes"),
        "skip": _("skip"),
        "not-sitting": _("not sitting"),
        "ignored": _("no answer"),
    }.get(answer, answer)


def sureness(confidence: float) -> str:
    """Say how sure a stretch is (0..1)."""
    if confidence >= 0.95:
        return _("certain")
    if confidence >= 0.8:
        return _("quite sure")
    if confidence >= 0.6:
        return _("likely")
    return _("a guess")
