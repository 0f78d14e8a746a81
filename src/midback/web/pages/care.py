"""Hands-on care: massage within the budget, and kinds of professionals.

In: app.care. Out: HTML. Next: the person.
"""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.care import (
    Alternative,
    CareWishes,
    Visit,
    add_visit,
    care_summary,
    remove_visit,
    save_care_wishes,
)
from midback.app.clock import today_of
from midback.app.intake import read_intake
from midback.app.massage_dates import MOST_WEEKS
from midback.errors import InputError
from midback.plan.answers import Intake

from .. import i18n
from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import grade_words, in_language, text_of

router = APIRouter(include_in_schema=False)
CLAIMS = ("massage-dose", "massage-monthly", "massage-cheaper")


def worked_on_names() -> list[tuple[str, str]]:
    """Return what a visit may have worked on: id and name."""
    return [
        ("release", _("releasing tight spots")),
        ("stretching", _("stretching")),
        ("mid-back", _("mid-back")),
        ("neck", _("neck")),
        ("shoulders", _("shoulders")),
        ("chest", _("chest")),
    ]


@router.get("/care")
def care(request: Request) -> Response:
    """Show this month's visits against the budget, and whom else to ask."""
    house, person = house_of(request), identify(request)
    names = dict(worked_on_names())
    exercises = house.catalogue.exercises
    summary = care_summary(house, person)
    asked = request.query_params.get("visit", "")
    changing = next((v for v in summary.visits if v.id == asked), None)
    return render(
        request,
        "care.html",
        summary=summary,
        month=i18n.month_name(summary.month.month),
        intake=read_intake(house, person) or Intake(),
        worked_on=worked_on_names(),
        names=names,
        money=lambda amount: (
            f"{i18n.number_words(amount, 0 if amount == int(amount) else 2)} {summary.currency}"
        ),
        professionals=[
            (key, in_language(p.name), in_language(p.note))
            for key, p in house.catalogue.professionals.items()
        ],
        kinds={key: in_language(p.name) for key, p in house.catalogue.professionals.items()},
        claims=[
            (
                in_language(c.text),
                in_language(c.research),
                c.grade,
                grade_words(c.grade),
                c.said_by == "articles",
            )
            for key in CLAIMS
            if (c := house.catalogue.claims.get(key)) is not None
        ],
        most_weeks=MOST_WEEKS,
        changing=changing,
        form=changing or _blank(request, today_of(house.clock)),
        massage=text_of(exercises["massage"]) if "massage" in exercises else None,
        today=today_of(house.clock),
        flash=flash(request),
    )


def _blank(request: Request, today: date) -> Visit:
    """Return an empty visit: one that has been today, or one to book on the day that was proposed."""
    try:
        return Visit(day=date.fromisoformat(request.query_params["book"]), minutes=60, done=False)
    except (KeyError, ValueError):
        return Visit(day=today, minutes=60)


@router.post("/care")
def keep(request: Request, form: Form) -> Response:
    """Keep a visit, done or booked."""
    house, person = house_of(request), identify(request)
    day = form.day("day")
    if day is None:
        raise InputError("The day is missing.", "A visit has a day.", "Go back and fill it in.")
    summary = care_summary(house, person)
    kept = add_visit(
        house,
        person,
        Visit(
            day=day,
            id=form.text("id", 64),
            kind=form.one_of("kind", ("massage", "professional"), "massage"),
            profession=form.text("profession", 64),
            minute=form.minute("time"),
            place=form.text("place", 500),
            done=form.one_of("done", ("yes", "no"), "yes") == "yes",
            minutes=form.number("minutes", 0, 480) or 0.0,
            cost=form.number("cost", 0, 100_000) or 0.0,
            currency=summary.currency,
            worked_on=tuple(key for key, _name in worked_on_names() if key in form.many("worked_on")),
            pain_before=form.pain("pain_before"),
            pain_after=form.pain("pain_after"),
            note=form.text("note"),
        ),
    )
    return go("/care", "visit", kept.id)


@router.post("/care/wishes")
def wish(request: Request, form: Form) -> Response:
    """Keep how often a massage is wanted, and what it is compared with."""
    names, costs = form.listed("other"), form.listed("other_cost")
    others = [
        Alternative(name=name, monthly=Answers.of({"cost": cost}).number("cost", 0, 100_000) or 0.0)
        for name, cost in zip(names, costs, strict=False)
        if name
    ]
    wishes = CareWishes(every_weeks=form.whole("every_weeks", 1, MOST_WEEKS), alternatives=tuple(others))
    save_care_wishes(house_of(request), identify(request), wishes)
    return go("/care", "settings")


@router.post("/care/undo")
def take_back(request: Request, form: Form) -> Response:
    """Take a visit back."""
    remove_visit(house_of(request), identify(request), form.text("id", 200))
    return go("/care", "undone")
