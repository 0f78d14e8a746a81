"""Progress: pain, minutes, sides, variety, habit, decisions.

In: app.progress. Out: charts with tables. Next: the person.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import today_of
from midback.app.exposures import show_day
from midback.app.intake import read_intake
from midback.app.progress import Progress, show_progress
from midback.catalogue.exercise import Exercise
from midback.plan.answers import Intake
from midback.share.calendar import DayMark, Mark, draw_calendar
from midback.share.charts import Chart, Series, Tone, bar_chart, line_chart, scale
from midback.share.spine import draw_week

from .. import i18n
from ..daypicture import spine_of
from ..flash import flash
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import say, side_name, text_of

router = APIRouter(include_in_schema=False)
WINDOWS = (28, 90, 365)


@router.get("/progress")
def progress(request: Request) -> Response:
    """Show how it is going over 28, 90 or 365 days."""
    house, person = house_of(request), identify(request)
    asked = request.query_params.get("days", "28")
    days = int(asked) if asked in {str(n) for n in WINDOWS} else 28
    shown = show_progress(house, person, days)
    exercises = house.catalogue.exercises
    done = {total.exercise_id for total in shown.exercises} & set(exercises)
    return render(
        request,
        "progress.html",
        days=days,
        windows=WINDOWS,
        shown=shown,
        pain=_pain(shown)
        if any(p.now is not None or p.average is not None or p.worst is not None for p in shown.pain)
        else None,
        minutes=_minutes(shown) if any(shown.minutes) else None,
        variety=_variety(shown) if any(v is not None for v in shown.variety) else None,
        still=_still(shown) if any(v is not None for v in shown.longest_still_min) else None,
        psfs=_psfs(shown) if shown.psfs else None,
        calendar=_calendar(shown),
        habit=scale(
            shown.strength,
            title=_("Strength of habit"),
            desc=_("{n} of 100").format(n=round(shown.strength * 100)),
            low_says=_("new"),
            high_says=_("second nature"),
        ),
        week=_week(request),
        totals=[
            (
                text_of(exercises[t.exercise_id]).title if t.exercise_id in exercises else t.exercise_id,
                t.exercise_id,
                t.times,
                _sides(exercises.get(t.exercise_id), t.seconds),
            )
            for t in shown.exercises
        ],
        decisions=[
            (text_of(exercises[key]).title, key, say(request, decision.reasons))
            for key, decision in shown.decisions.items()
            if key in done and decision.reasons
        ],
        flash=flash(request),
    )


def _sides(exercise: Exercise | None, seconds: Mapping[str, float]) -> list[tuple[str, str]]:
    """Return the time by side in words; without a side's name for what has no sides."""
    if exercise is not None and not exercise.sides:
        return [("", i18n.duration_words(sum(seconds.values())))]
    return [(side_name(side), i18n.duration_words(s)) for side, s in sorted(seconds.items())]


def _labels(shown: Progress) -> list[str]:
    return [_("{day} {month}").format(day=d.day, month=i18n.month_name(d.month)[:3]) for d in shown.days]


def _pain(shown: Progress) -> Chart:
    return line_chart(
        [
            Series(_("worst"), [p.worst for p in shown.pain], "load"),
            Series(_("average"), [p.average for p in shown.pain], "attend"),
            Series(_("now"), [p.now for p in shown.pain], "ink"),
        ],
        _labels(shown),
        title=_("Pain"),
        desc=_("0 is none, 10 the worst you can imagine. A day without an answer is a gap."),
        first_column=_("Day"),
        top=10,
        missing=_("no answer"),
    )


def _minutes(shown: Progress) -> Chart:
    return bar_chart(
        [round(m, 1) for m in shown.minutes],
        _labels(shown),
        title=_("Minutes of movement a day"),
        desc=_("Minutes that count towards the day, with the number you aim for as a line."),
        first_column=_("Day"),
        second_column=_("Minutes"),
        unit=_("minutes"),
        target=shown.target_minutes,
        target_says=_("aim {n}").format(n=shown.target_minutes),
        number=lambda v: i18n.number_words(v, 0 if v == int(v) else 1),
    )


def _variety(shown: Progress) -> Chart:
    return line_chart(
        [Series(_("variety"), [None if v is None else 100 * v for v in shown.variety], "move")],
        _labels(shown),
        title=_("Variety of position"),
        desc=_("0 is one position all day, 100 an even mix of sitting, standing and moving."),
        first_column=_("Day"),
        top=100,
        area=True,
        unit=_("percent"),
        number=lambda v: i18n.number_words(v),
        missing=_("not known"),
    )


def _still(shown: Progress) -> Chart:
    return bar_chart(
        shown.longest_still_min,
        _labels(shown),
        title=_("Longest time without a break"),
        desc=_("Minutes of the longest stretch of sitting, driving or standing still, day by day."),
        first_column=_("Day"),
        second_column=_("Minutes"),
        tone="attend",
        unit=_("minutes"),
        number=lambda v: i18n.number_words(v),
        missing=_("not known"),
    )


def _psfs(shown: Progress) -> Chart:
    labels = _labels(shown)
    place = {day: n for n, day in enumerate(shown.days)}
    tones: tuple[Tone, ...] = ("move", "attend", "ink")
    series = []
    for number, (name, scores) in enumerate(list(shown.psfs.items())[:3]):
        values: list[float | None] = [None] * len(labels)
        for day, score in scores:
            if day in place:
                values[place[day]] = score
        series.append(Series(name, values, tones[number]))
    return line_chart(
        series,
        labels,
        title=_("What it makes hard"),
        desc=_("0: cannot do it. 10: as well as before."),
        first_column=_("Day"),
        top=10,
        bridge=True,
        missing=_("no answer"),
    )


def _calendar(shown: Progress) -> Chart:
    marks = []
    for day, minutes in list(zip(shown.days, shown.minutes, strict=True))[-84:]:
        mark, says = _mark_of(shown, day, minutes)
        marks.append(DayMark(day, mark, says))
    return draw_calendar(
        marks,
        title=_("Days"),
        desc=_(
            "Filled: the minutes you aim for. Filled at the foot: some. A bar: paused. A ring: nothing noted."
        ),
        weekdays=[i18n.weekday_name(n)[:2] for n in range(7)],
        first_column=_("Day"),
        second_column=_("What was done"),
        day_words=i18n.day_words,
        month_words=lambda month: i18n.month_name(month)[:3],
    )


def _mark_of(shown: Progress, day: date, minutes: float) -> tuple[Mark, str]:
    if minutes >= shown.target_minutes:
        return "done", _("{n} min, as many as you aim for").format(n=round(minutes))
    if minutes > 0 or day in shown.done_days:
        return "partly", _("{n} min").format(n=round(minutes))
    if any(p.start <= day and (p.end is None or day <= p.end) for p in shown.pauses):
        return "paused", _("paused")
    return "none", _("nothing noted")


def _week(request: Request) -> str:
    house, person = house_of(request), identify(request)
    intake = read_intake(house, person) or Intake()
    today = today_of(house.clock)
    days = []
    for back in range(6, -1, -1):
        day = show_day(house, person, today - timedelta(days=back))
        spine = spine_of(request, day, wake=intake.wake, sleep=intake.sleep)
        days.append((i18n.weekday_name(day.day.weekday())[:2], spine))
    return draw_week(
        days,
        title=_("The last seven days"),
        desc=_(
            "Each column is a day; amber steps are hours of long stillness, teal dots are movements done."
        ),
    )
