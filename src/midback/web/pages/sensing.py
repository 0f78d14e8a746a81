"""Sensing: what is live and why the rest is not, what holds a prompt, when and how midback speaks.

In: app.watching. Out: HTML. Next: the background process goes by it; ``brought_in`` takes the forms of files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.activitywatch import BASE_URL
from midback.app.calendars import ShownCalendar, list_calendars
from midback.app.clock import local
from midback.app.evidence_kept import what_is_kept
from midback.app.trips import list_trips
from midback.app.watching import LIVE, WatchState, read_watch, save_watch, watch_state
from midback.errors import InputError, Phrase
from midback.plan.interruptions import ALWAYS, HOLDS, BreakPreferences, Hold

from .. import i18n
from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..sensing_words import back_end_name, rule_words, sign_name, sign_of, silent_words
from .brought_in import CALENDARS

router = APIRouter(include_in_schema=False)
SHOWN_TRIPS = 20


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing that may hold a prompt, in words. ``blind``: nothing on this computer can tell of it."""

    id: Hold
    name: str
    says: str
    on: bool
    fixed: bool
    blind: str


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One calendar in words."""

    id: str
    name: str
    source: str
    says: str
    fault: str


@router.get("/sensing")
def sensing(request: Request) -> Response:
    """Show what is sensed, by what, and how prompts behave."""
    house, person = house_of(request), identify(request)
    state, wishes = watch_state(house, person), read_watch(house, person)
    trips = list_trips(house, person)
    return render(
        request,
        "sensing.html",
        state=state,
        live=state is not None and state.running,
        silent=silent_words(state.silent) if state and state.running and state.silent else None,
        backend=back_end_name(state.backend) if state and state.backend else "",
        others=[(back_end_name(name), why.said(_)) for name, why in state.others.items()] if state else [],
        signs=[(sign_name(name), _blind(why)) for name, why in state.signs.items()] if state else [],
        since=_moment(request, state),
        refused=sum(file.refused for file in state.refused) if state else 0,
        wishes=wishes,
        rules=_rules(state, wishes),
        weekdays=[(n, i18n.weekday_name(n), *(_clocks(wishes.hours.get(n)) or ("", ""))) for n in range(7)],
        calendars=[_calendar(request, calendar) for calendar in list_calendars(house, person)],
        trips=trips[::-1][:SHOWN_TRIPS],
        more_trips=max(0, len(trips) - SHOWN_TRIPS),
        activitywatch=BASE_URL,
        evidence=what_is_kept(house, person),
        folder=str(house.data_dir / "watch"),
        flash=flash(request),
    )


def _moment(request: Request, state: WatchState | None) -> str:
    if state is None or state.evidence_at is None:
        return ""
    at = local(house_of(request).clock, state.evidence_at)
    return _("{day}, {time}").format(day=i18n.day_words(at.date()), time=i18n.time_words(at))


def _rules(state: WatchState | None, wishes: BreakPreferences) -> list[RuleLine]:
    signs: Mapping[str, Phrase] = state.signs if state else {}
    lines = []
    for hold in HOLDS:
        name, says = rule_words(hold)
        sign = sign_of(hold)
        blind = _blind(signs[sign]) if sign in signs else ""
        lines.append(RuleLine(hold, name, says, hold not in wishes.off, hold in ALWAYS, blind))
    return lines


def _blind(why: Phrase) -> str:
    """Say why a sign tells nothing here; "" for one that works."""
    return "" if why.template == LIVE else why.said(_)


def _clocks(hours: tuple[int, int] | None) -> tuple[str, str] | None:
    return None if hours is None else (i18n.clock_words(hours[0]), i18n.clock_words(hours[1]))


def _calendar(request: Request, shown: ShownCalendar) -> CalendarLine:
    clock = house_of(request).clock
    says = i18n.ngettext("{n} busy time ahead", "{n} busy times ahead", shown.busy).format(n=shown.busy)
    if shown.next_busy is not None:
        start = local(clock, shown.next_busy.start)
        says = _("{says}, the next on {day} at {time}").format(
            says=says, day=i18n.day_words(start.date()), time=i18n.time_words(start)
        )
    fault = " ".join(part for phrase in shown.fault if (part := phrase.said(_)))
    # Of a copy that was handed over, where it lies says nothing to anybody.
    handed = Path(shown.source).parent == (house_of(request).data_dir / CALENDARS).absolute()
    source = _("a copy of your file") if handed else shown.source
    return CalendarLine(shown.id, shown.name, source, says, fault)


@router.post("/sensing")
def save(request: Request, form: Form) -> Response:
    """Keep which rules hold and how midback speaks."""
    house, person = house_of(request), identify(request)
    was = read_watch(house, person)
    known = {"pause_s": (5, 600), "back_min": (0, 60), "notice_s": (0, 600), "later_min": (1, 60)}
    given = {name: form.whole(name, *bounds) for name, bounds in known.items()}
    later_cap, skip_cap = form.whole("later_cap", 0, 20), form.whole("skip_cap", 0, 50)
    wishes = replace(
        was,
        off=frozenset(hold for hold in HOLDS if hold not in form.many("rule")) - ALWAYS,
        pause_s=_or(given["pause_s"], was.pause_s),
        back_s=60 * _or(given["back_min"], was.back_s // 60),
        notice_s=_or(given["notice_s"], was.notice_s),
        later_s=60 * _or(given["later_min"], was.later_s // 60),
        later_cap=_or(later_cap, was.later_cap),
        skip_cap=_or(skip_cap, was.skip_cap),
        hours=_hours(form) if form.text("when", 10) == "hours" else {},
        prompts=form.ticked("prompts"),
        sound=form.ticked("sound"),
    )
    save_watch(house, person, wishes)
    return go("/sensing", "settings")


def _or(given: int | None, otherwise: int) -> int:
    return otherwise if given is None else given


def _hours(form: Answers) -> dict[int, tuple[int, int]]:
    """Return the hours of each weekday that has any; 00:00 as an end closes the day."""
    hours = {}
    for weekday in range(7):
        start, end = form.minute(f"from-{weekday}"), form.minute(f"until-{weekday}")
        if start is not None and end is not None:
            hours[weekday] = (start, end or 1440)
        elif start is not None or end is not None:
            raise InputError(
                "A time is missing on {weekday}.",
                "A day with hours has a beginning and an end; one without stays empty.",
                "Go back and fill it in.",
                values={"weekday": i18n.weekday_name(weekday)},
            )
    if not hours:
        raise InputError(
            "No hours were given.",
            "Without hours midback would never speak.",
            "Give the hours of one weekday at least, or choose any time.",
        )
    return hours
