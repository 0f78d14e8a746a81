"""The check-in: pain, symptoms, where, what it makes hard.

In: forms. Out: one check-in. Next: progression.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.checkins import add_checkin, checkins_of_today, remove_checkin
from midback.app.intake import read_intake
from midback.plan.answers import CheckIn, Intake
from midback.share.bodymap import draw_body

from ..flash import flash, go
from ..forms import Form, local_path
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import in_language

router = APIRouter(include_in_schema=False)


@router.get("/checkin")
def ask(request: Request) -> Response:
    """Show the check-in; only the first question is meant for every day."""
    return _form(request)


def _form(request: Request, empty: bool = False) -> Response:
    """Show the form; ``empty``: it came back with nothing in it."""
    house, person = house_of(request), identify(request)
    intake = read_intake(house, person) or Intake()
    regions = [(key, in_language(term.name)) for key, term in house.catalogue.regions.items()]
    today = checkins_of_today(house, person)
    return render(
        request,
        "checkin.html",
        422 if empty else 200,
        empty=empty,
        regions=regions,
        body=draw_body(
            dict(regions), frozenset(), title=_("Body, front and back"), front=_("front"), back=_("back")
        ),
        symptoms=[(key, in_language(term.name)) for key, term in house.catalogue.symptoms.items()],
        activities=intake.activities,
        today=today,
        flash=flash(request),
    )


@router.post("/checkin/now")
def one_tap(request: Request, form: Form) -> Response:
    """Keep pain now, in one tap from Today."""
    house = house_of(request)
    pain = form.pain("pain_now")
    if pain is None:
        return _form(request, empty=True)
    kept = add_checkin(house, identify(request), CheckIn(at=house.clock.now(), pain_now=pain))
    return go(local_path(form.text("next", 200)) + "#pain", "checkin", kept.id)


@router.post("/checkin")
def save(request: Request, form: Form) -> Response:
    """Keep a whole check-in. When things are worse, the warning-sign questions come next.

    One in which nothing was entered is not kept, and the page says so.
    """
    house, person = house_of(request), identify(request)
    intake = read_intake(house, person) or Intake()
    psfs = {
        name: score
        for number, name in enumerate(intake.activities)
        if (score := form.whole(f"psfs-{number}", 0, 10)) is not None
    }
    worse = form.ticked("worse")
    entered = CheckIn(
        at=house.clock.now(),
        pain_now=form.pain("pain_now"),
        pain_average=form.pain("pain_average"),
        pain_worst=form.pain("pain_worst"),
        symptoms=form.many("symptoms"),
        regions=form.many("regions"),
        psfs=psfs,
        worse=worse,
        note=form.text("note"),
    )
    if entered == CheckIn(at=entered.at):
        return _form(request, empty=True)
    kept = add_checkin(house, person, entered)
    return go("/screen", "worse") if worse else go("/", "checkin", kept.id)


@router.post("/checkin/undo")
def take_back(request: Request, form: Form) -> Response:
    """Take a check-in back."""
    remove_checkin(house_of(request), identify(request), form.text("id", 200))
    return go("/", "undone")
