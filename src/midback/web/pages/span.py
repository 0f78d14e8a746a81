"""A week or a month of days, each a small spine with its totals. In: app.exposures. Out: HTML. Next: the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import today_of
from midback.app.drift import drifts_of, numbers_of
from midback.app.exposures import DayExposure
from midback.app.intake import read_intake
from midback.app.spans import MONTH, WEEK, Span, SpanDay, show_days, sum_up
from midback.body.exposure import STILL
from midback.errors import NotFound
from midback.plan.answers import Intake
from midback.share.spine import draw_week
from midback.share.spine_day import DaySpine
from midback.share.spine_strip import draw_hours, draw_strip

from .. import i18n
from ..daypicture import spine_of, totals_words
from ..driftpicture import span_words
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..timeline import marks

router = APIRouter(include_in_schema=False)
LENGTHS = {"week": WEEK, "month": MONTH}


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a span, in words and as a strip. ``known``: something was sensed or entered."""

    day: date
    name: str
    strip: str
    known: bool
    usual: bool
    still: str
    longest: str
    changes: str
    prompts: str


@router.get("/day/week")
def week(request: Request, until: str = "") -> Response:
    """Show seven days that end with ``until``, today when none is named."""
    return _show(request, "week", until)


@router.get("/day/month")
def month(request: Request, until: str = "") -> Response:
    """Show thirty days that end with ``until``, today when none is named."""
    return _show(request, "month", until)


def _show(request: Request, kind: str, until: str) -> Response:
    house, person = house_of(request), identify(request)
    last, length = _last(request, until), LENGTHS[kind]
    days = show_days(house, person, last, length)
    span = sum_up(days)
    intake = read_intake(house, person) or Intake()
    spines = [
        spine_of(request, day, wake=intake.wake, sleep=intake.sleep, marks=marks(request, day))
        for day in days
    ]
    hours = _hours(spines)
    rows = [
        _row(summed, day, spine, hours) for summed, day, spine in zip(span.days, days, spines, strict=True)
    ]
    sitting = [numbers_of(one) for one in drifts_of(house, person, days)]
    today = today_of(house.clock)
    later = min(today, last + timedelta(days=length))
    return render(
        request,
        "span.html",
        kind=kind,
        title=_("A week of days") if kind == "week" else _("A month of days"),
        first=days[0].day,
        last=last,
        rows=rows[::-1],
        hours=draw_hours(hours),
        picture=_picture(days, spines) if kind == "week" else "",
        summary=[*_summary(span), *span_words(sitting)],
        earlier=days[0].day - timedelta(days=1),
        later=None if last >= today else later,
    )


def _last(request: Request, until: str) -> date:
    today = today_of(house_of(request).clock)
    if not until:
        return today
    try:
        last = date.fromisoformat(until)
    except ValueError as exc:
        raise NotFound(
            "{text!r} is not a day.", "Days look like 2026-03-02.", values={"text": until[:40]}
        ) from exc
    if not today - timedelta(days=3660) <= last <= today:
        raise NotFound(
            "{day} is not a day that can be shown.",
            "Days from today back to ten years ago.",
            values={"day": last.isoformat()},
        )
    return last


def _hours(spines: Sequence[DaySpine]) -> range:
    """Return the hours that all strips share."""
    shown = [int(spine.hour_name(hour.hour)) for spine in spines for hour in spine.hours]
    return range(min(shown), max(shown) + 1) if shown else range(6, 24)


def _row(summed: SpanDay, day: DayExposure, spine: DaySpine, hours: range) -> DayRow:
    name = i18n.day_words(day.day)
    return DayRow(
        day=day.day,
        name=name,
        strip=draw_strip(
            spine, hours, title=name, desc=totals_words(day) or _("Nothing is known of this day.")
        ),
        known=bool(day.bouts),
        usual=day.usual,
        still=i18n.duration_words(_still(summed)),
        longest=i18n.duration_words(summed.longest_still_s),
        changes=i18n.ngettext("{n} change", "{n} changes", summed.changes).format(n=summed.changes),
        prompts=i18n.ngettext("{n} prompt", "{n} prompts", summed.prompts).format(n=summed.prompts)
        if summed.prompts
        else "",
    )


def _still(day: SpanDay) -> float:
    return sum(day.seconds[activity] for activity in STILL)


def _picture(days: Sequence[DayExposure], spines: Sequence[DaySpine]) -> str:
    named = [
        (i18n.weekday_name(day.day.weekday())[:2], spine) for day, spine in zip(days, spines, strict=True)
    ]
    return draw_week(
        named,
        title=_("A week of days"),
        desc=_(
            "Each column is a day; amber steps are hours of long stillness, teal dots are movements done."
        ),
    )


def _summary(span: Span) -> list[str]:
    """Say what the days come to; the usual day says nothing about days that nobody told of."""
    told, longest = [day for day in span.days if day.known], span.longest
    if longest is None:
        return []
    still = sum(_still(day) for day in told) / len(told)
    varied = max(told, key=lambda day: day.changes)
    said = [
        i18n.ngettext("Something is known of {n} day.", "Something is known of {n} days.", len(told)).format(
            n=len(told)
        ),
        _("On such a day you were still for {long}.").format(long=i18n.duration_words(still)),
        _("The longest stretch without a break was {long}, on {day}.").format(
            long=i18n.duration_words(longest.longest_still_s), day=i18n.day_words(longest.day)
        ),
    ]
    if varied.changes:
        said.append(
            _("The most varied day was {day}: {n} changes of position.").format(
                day=i18n.day_words(varied.day), n=varied.changes
            )
        )
    return said
