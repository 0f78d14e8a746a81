"""Why it hurts: a day's load over its hours, muscles as bands, sliders, and what stands behind each number.

In: app.why. Out: HTML; the sliders ask api.why, or send this page's own form where there are no scripts. Next: the
person.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import today_of
from midback.app.intake import read_intake
from midback.app.screening import current_clearance
from midback.errors import NotFound

from ..flash import flash
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import in_language

if TYPE_CHECKING:
    from ..why_view import WhyView

router = APIRouter(include_in_schema=False)


@router.get("/why")
def today(request: Request) -> Response:
    """Show today."""
    return _show(request, today_of(house_of(request).clock))


@router.get("/why/{day}")
def one_day(request: Request, day: str) -> Response:
    """Show one day."""
    try:
        return _show(request, date.fromisoformat(day))
    except ValueError as exc:
        raise NotFound(
            "{text!r} is not a day.", "Days look like 2026-03-02.", values={"text": day[:40]}
        ) from exc


def _show(request: Request, day: date) -> Response:
    house, person = house_of(request), identify(request)
    this_day = today_of(house.clock)
    if day > this_day or day < this_day - timedelta(days=3660):
        raise NotFound(
            "{day} is not a day that can be shown.",
            "Days from today back to ten years ago.",
            values={"day": day.isoformat()},
        )
    begun = read_intake(house, person) is not None
    clearance = current_clearance(house, person)
    return render(
        request,
        "why.html",
        day=day,
        held_back=clearance.level if clearance and clearance.level in ("stop", "ask-first") else "",
        before=day - timedelta(days=1),
        after=None if day == this_day else day + timedelta(days=1),
        w=_view(request, day, is_today=day == this_day) if begun else None,
        step=("/intake", _("Tell about you and your day")),
        t=in_language,
        flash=flash(request),
    )


def _view(request: Request, day: date, *, is_today: bool) -> "WhyView":
    # The body model is loaded when somebody asks why: a start does without it.
    from ..why_asked import answer, read_day
    from ..why_behind import claims_of, constants_of, eases_of, notes_of, parts_of_body, subject_of
    from ..why_day import day_view
    from ..why_held import held_view, starts_of
    from ..why_sliders import read_held
    from ..why_view import WhyView

    known = read_day(request, day, fresh=True)
    held = read_held(request.query_params, starts_of(known.usual))
    return WhyView(
        day=day_view(request, known.told, known.sitting, is_today=is_today),
        held=held_view(
            request, known.told, known.usual, held, answer(request, known, held, is_today=is_today)
        ),
        subject=subject_of(known.told.person),
        eases=eases_of(request),
        parts=parts_of_body(),
        claims=claims_of(request),
        notes=notes_of(request, known.told),
        constants=constants_of(request),
    )
