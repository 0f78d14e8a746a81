"""How one sat on a day, ready for a page: dots under the spine, and in words. In: app.drift. Out: SittingPicture.

Next: pages.day, pages.span.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from midback.app.drift import BoutDrift, DayDrift, DayNumbers, Reading
from midback.app.exposures import DayExposure
from midback.body.drift import middle_of
from midback.share.spine_day import DaySpine
from midback.share.spine_looks import LookPoint, draw_looks
from midback.share.wording import MESSAGES

from . import i18n
from .dayaxis import DayAxis
from .daypicture import axis_of
from .i18n import _

# Changes below this are what two pictures of one posture differ by.
TELLS = 0.02
# Why a look gave no reading that is not about the person.
CLOSED = frozenset({"no-camera", "failed", "hung", "no-picture", "stopped"})


@dataclass(frozen=True, slots=True)
class SittingPicture:
    """The looks of a day drawn for narrow and wide pages, and what they come to; ``empty``: it never looked."""

    narrow: str
    wide: str
    words: tuple[str, ...]
    empty: bool


def draw_sitting(request: Request, day: DayExposure, spine: DaySpine, drift: DayDrift) -> SittingPicture:
    """Draw the looks of a day."""
    axis = axis_of(request, day)
    points = [
        LookPoint(axis.place(one.at), one.change, _run(drift.bouts, one), look_words(axis, one))
        for one in drift.readings
    ]
    told = sum(point.change is not None for point in points)
    desc = i18n.ngettext("{n} reading on this day.", "{n} readings on this day.", told).format(n=told)

    def drawn(width: float) -> str:
        return draw_looks(
            spine,
            points,
            title=_("How you sat, against your own upright"),
            desc=desc,
            upright=_("your own upright"),
            lower=_("lower"),
            width=width,
        )

    return SittingPicture(
        narrow=drawn(360.0),
        wide=drawn(820.0),
        words=tuple(bout_words(axis, bout) for bout in drift.bouts),
        empty=not points,
    )


def look_words(axis: DayAxis, one: Reading) -> str:
    """Say what one look saw, or why it gave no reading."""
    time = i18n.clock_words(axis.wall(axis.place(one.at)))
    if one.change is not None:
        return _("{time}: {change}").format(time=time, change=change_words(one.change))
    if one.seen == "absent":
        return _("{time}: nobody there").format(time=time)
    if one.reason in CLOSED:
        return _("{time}: no reading, the camera could not look").format(time=time)
    why = MESSAGES.get(f"seated.{one.reason}")
    return _("{time}: no reading. {why}").format(time=time, why=_(why) if why else "").rstrip()


def bout_words(axis: DayAxis, bout: BoutDrift) -> str:
    """Say how one stretch of sitting went."""
    found = bout.drift
    times = {
        "start": i18n.clock_words(axis.wall(axis.place(bout.start))),
        "end": i18n.clock_words(axis.wall(axis.place(bout.end))),
    }
    if found.per_hour is None or found.first is None or found.later is None:
        return i18n.ngettext(
            "{start} to {end}: {n} reading, too few to say how it changed.",
            "{start} to {end}: {n} readings, too few to say how it changed.",
            found.looks,
        ).format(n=found.looks, **times)
    said = _("{start} to {end}: at first {first}, later {later}.").format(
        first=change_words(found.first), later=change_words(found.later), **times
    )
    if not found.clear:
        return _("{said} Whether it changed is not clear from {n} readings.").format(said=said, n=found.looks)
    low, high = sorted((abs(found.low or 0.0), abs(found.high or 0.0)))
    places = {
        "said": said,
        "rate": percent(abs(found.per_hour)),
        "low": percent(low),
        "high": percent(high),
    }
    if found.per_hour < 0:
        return _("{said} You sank by {rate} an hour ({low} to {high}).").format(**places)
    return _("{said} You rose by {rate} an hour ({low} to {high}).").format(**places)


def change_words(change: float) -> str:
    """Say a change against one's own upright."""
    if abs(change) < TELLS:
        return _("as your own upright")
    if change < 0:
        return _("{percent} lower").format(percent=percent(-change))
    return _("{percent} taller").format(percent=percent(change))


def percent(share: float) -> str:
    """Say a share in per cent."""
    return _("{n} %").format(n=i18n.number_words(100 * share, 0 if share >= 0.0995 else 1))


def span_words(days: Sequence[DayNumbers]) -> list[str]:
    """Say what the looks of several days come to; nothing where the camera never gave a reading."""
    told = [day for day in days if day.middle is not None]
    if not told:
        return []
    middle = sorted(day.middle for day in told if day.middle is not None)[len(told) // 2]
    said = [
        i18n.ngettext(
            "On {n} day the camera gave readings: in the middle {change}.",
            "On {n} days the camera gave readings: in the middle {change}.",
            len(told),
        ).format(n=len(told), change=change_words(middle))
    ]
    return [*said, *_drift_words(told)]


def _drift_words(days: Sequence[DayNumbers]) -> list[str]:
    """Say how one sank or rose over stretches of sitting: only what the days agree on, and from how many."""
    slopes = [day.per_hour for day in days if day.per_hour is not None]
    if not slopes:
        return []
    stretches = sum(day.bouts for day in days if day.per_hour is not None)
    on = i18n.ngettext("on {n} day", "on {n} days", len(slopes)).format(n=len(slopes))
    long = i18n.ngettext(
        "{n} stretch of sitting {on} was long enough to say how it went.",
        "{n} stretches of sitting {on} were long enough to say how they went.",
        stretches,
    ).format(n=stretches, on=on)
    found = middle_of(slopes)
    if not found.clear or found.low is None or found.high is None:
        unclear = i18n.ngettext(
            "Whether you sank is not clear from {n} day.",
            "Whether you sank is not clear from {n} days.",
            len(slopes),
        )
        return [long, unclear.format(n=len(slopes))]
    low, high = sorted((abs(found.low), abs(found.high)))
    word = _("In the middle you rose by {rate} an hour ({low} to {high}).")
    if found.middle < 0:
        word = _("In the middle you sank by {rate} an hour ({low} to {high}).")
    return [long, word.format(rate=percent(abs(found.middle)), low=percent(low), high=percent(high))]


def _run(bouts: Sequence[BoutDrift], one: Reading) -> int:
    for number, bout in enumerate(bouts):
        if bout.start <= one.at <= bout.end:
            return number
    return -1
