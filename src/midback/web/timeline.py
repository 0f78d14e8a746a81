"""What happened on a day, in one list: stretches, prompts, what was held and why, what was done.

In: app.exposures.DayExposure. Out: entries in words. Next: pages.day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from starlette.requests import Request

from midback.app.day_events import KeptHold, KeptSaid
from midback.app.exposures import DayExposure
from midback.body.exposure import Bout, from_person

from . import i18n
from .dayaxis import DayAxis
from .daypicture import Mark, axis_of
from .i18n import _
from .render import house_of
from .saying import activity_name, answer_name, evidence_name, hold_name, say, sureness, text_of

Kind = Literal["bout", "prompt", "held", "done"]
ASKED = ("notice", "prompt")
# An answer this long after a prompt was still an answer to it.
ANSWERED_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch that can be corrected: places in minutes since midnight, instants, and what it rests on.

    said : whose word it is: ``you``, ``sensed`` or ``usual``
    """

    id: str
    activity: str
    start: float
    end: float
    start_wall: int
    end_wall: int
    start_at: str
    end_at: str
    said: Literal["you", "sensed", "usual"]
    rests_on: str
    sure: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the day: when, what in words, and what stands behind it."""

    kind: Kind
    at: datetime
    time: str
    until: str
    what: str
    more: tuple[str, ...] = ()
    long: str = ""
    stretch: Stretch | None = None
    href: str = ""


def entries(request: Request, day: DayExposure) -> tuple[Entry, ...]:
    """Return the lines of a day in order of time; at one instant, stretches come first."""
    axis = axis_of(request, day)
    lines = [_bout(axis, bout) for bout in day.bouts]
    answers = [one for one in day.said if one.kind not in ASKED]
    lines += [_prompt(request, axis, one, answers) for one in day.said if one.kind == "prompt"]
    lines += [_held(axis, one) for one in day.held]
    catalogue = house_of(request).catalogue
    for at, exercise_id, seconds in day.movements:
        exercise = catalogue.exercises.get(exercise_id)
        name = text_of(exercise).title if exercise else exercise_id
        href = f"/library/{exercise_id}" if exercise else ""
        long = i18n.duration_words(seconds)
        lines.append(Entry("done", at, _time(axis, at), "", name, long=long, href=href))
    order = {"bout": 0, "held": 1, "prompt": 2, "done": 3}
    return tuple(sorted(lines, key=lambda line: (line.at, order[line.kind])))


def marks(request: Request, day: DayExposure) -> tuple[Mark, ...]:
    """Return what the drawing shows of prompts and holds."""
    axis = axis_of(request, day)
    found = [Mark(one.start, one.end, _held_words(axis, one)) for one in day.held]
    for one in day.said:
        if one.kind == "prompt":
            words = _("{time}, prompt: {name}").format(time=_time(axis, one.at), name=movement(request, one))
            found.append(Mark(one.at, None, words))
    return tuple(found)


def movement(request: Request, one: KeptSaid) -> str:
    """Name the movement of a prompt."""
    exercise = house_of(request).catalogue.exercises.get(one.movement)
    return text_of(exercise).title if exercise else _("a short break")


def _bout(axis: DayAxis, bout: Bout) -> Entry:
    said: Literal["you", "sensed", "usual"] = (
        "you" if from_person(bout) else "usual" if "usual-day" in bout.evidence else "sensed"
    )
    names = [evidence_name(name) for name in bout.evidence]
    stretch = Stretch(
        id=bout.id,
        activity=bout.activity,
        start=axis.place(bout.start),
        end=axis.place(bout.end),
        start_wall=axis.wall(axis.place(bout.start)),
        end_wall=axis.wall(axis.place(bout.end)),
        start_at=bout.start.isoformat(),
        end_at=bout.end.isoformat(),
        said=said,
        rests_on=", ".join(dict.fromkeys(names)),
        sure=sureness(bout.confidence),
    )
    return Entry(
        "bout",
        bout.start,
        _time(axis, bout.start),
        _time(axis, bout.end),
        activity_name(bout.activity),
        long=i18n.duration_words((bout.end - bout.start).total_seconds()),
        stretch=stretch,
    )


def _prompt(request: Request, axis: DayAxis, one: KeptSaid, answers: Sequence[KeptSaid]) -> Entry:
    given = next((a for a in answers if one.at <= a.at <= one.at + ANSWERED_WITHIN), None)
    more = say(request, one.because)
    if given is not None:
        words = _("You answered at {time}: {answer}.")
        more.append(words.format(time=_time(axis, given.at), answer=answer_name(given.kind)))
    what = _("Prompt: {name}").format(name=movement(request, one))
    return Entry("prompt", one.at, _time(axis, one.at), "", what, more=tuple(more))


def _held(axis: DayAxis, one: KeptHold) -> Entry:
    what = _("held: {why}").format(why=", ".join(hold_name(hold) for hold in one.held))
    long = i18n.duration_words((one.end - one.start).total_seconds())
    return Entry("held", one.start, _time(axis, one.start), _time(axis, one.end), what, long=long)


def _held_words(axis: DayAxis, one: KeptHold) -> str:
    return _("held: {why}, {start} to {end}").format(
        why=", ".join(hold_name(hold) for hold in one.held),
        start=_time(axis, one.start),
        end=_time(axis, one.end),
    )


def _time(axis: DayAxis, at: datetime) -> str:
    """Say the time of day; outside this day the nearer midnight, which is 24:00 at its end."""
    wall = axis.wall(axis.place(at))
    return "24:00" if wall == 1440 else i18n.clock_words(wall)
