"""A day read once for many steps of a slider. In: a day, positions. Out: WhyDay, Effect. Next: pages.why, api.why.

Reading a day takes longer than working out what a slider does, so the few days that were opened last are kept beside
the server for some minutes. Opening the page reads anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.requests import Request

from midback.app.house import House
from midback.app.why import Basis, basis_of, why_day_of, why_effect
from midback.app.why_effect import course_as_was
from midback.app.why_told import Angles, Group, WhyDay

from .guard import identify
from .render import house_of
from .why_held import effect_view
from .why_sliders import Held
from .why_view import Effect

KEPT_DAYS = 3
KEPT_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Known:
    """A day as it was read, and when.

    usual : how the person mostly sat that day ; sitting : the effort of sitting like that, by group
    course : the mid-back over the day as it was
    """

    basis: Basis
    told: WhyDay
    usual: Angles
    sitting: Mapping[Group, float]
    course: tuple[tuple[datetime, float], ...]
    at: datetime


def read_day(request: Request, day: date, *, fresh: bool = False) -> Known:
    """Return a day, as it was read a moment ago unless ``fresh``."""
    house, person = house_of(request), identify(request)
    kept = _kept(request)
    found = kept.get((person, day))
    if not fresh and found and house.clock.now() - found.at < KEPT_FOR:
        return found
    known = _read(house, person, day)
    kept.pop((person, day), None)
    kept[person, day] = known
    for old in list(kept)[:-KEPT_DAYS]:
        kept.pop(old, None)
    return known


def answer(request: Request, known: Known, held: Held, *, is_today: bool) -> Effect:
    """Return what one position of the sliders comes to."""
    effect = why_effect(known.basis, held.angles, held.spacing_min)
    return effect_view(request, known.told, effect, known.course, is_today=is_today)


def _read(house: House, person: str, day: date) -> Known:
    basis = basis_of(house, person, day)
    told = why_day_of(house, basis)
    return Known(
        basis=basis,
        told=told,
        usual=told.mostly,
        sitting=told.sitting,
        course=course_as_was(basis),
        at=house.clock.now(),
    )


def _kept(request: Request) -> dict[tuple[str, date], Known]:
    state = request.app.state
    if not hasattr(state, "why_days"):
        state.why_days = {}
    days: dict[tuple[str, date], Known] = state.why_days
    return days
