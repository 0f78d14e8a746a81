"""Something got worse: what, when, after which movement, how much; and the list, each until it is over.

In: forms. Out: one entry in the open. Next: the warning-sign questions, then the plan goes by it.
"""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.adverse import AdverseEvent, list_events, report, resolve
from midback.app.clock import at_minute, local, minute_of, today_of

from ..flash import flash, go
from ..forms import Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import text_of
from ..session_words import signs

router = APIRouter(include_in_schema=False)
JUST_NOW = timedelta(minutes=2)


@router.get("/worse")
def worse(request: Request) -> Response:
    """Show the form and everything that got worse."""
    house, person = house_of(request), identify(request)
    exercises = house.catalogue.exercises
    return render(
        request,
        "worse.html",
        events=list_events(house, person),
        severities=severity_names(),
        named=dict(severity_names()),
        what_of=what_of,
        exercises=[("", _("not by one exercise"))] + [(e.id, text_of(e).title) for e in exercises.values()],
        names={e.id: text_of(e).title for e in exercises.values()},
        exercise=request.query_params.get("exercise", "")[:64],
        now=local(house.clock),
        today=today_of(house.clock),
        flash=flash(request),
    )


def severity_names() -> list[tuple[str, str]]:
    """Return how much something can have got worse: id and name."""
    return [("mild", _("a little")), ("moderate", _("clearly")), ("severe", _("badly"))]


def what_of(event: AdverseEvent) -> str:
    """Say what got worse: the person's words, or the warning sign that ended a session."""
    return dict(signs()).get(event.what.removeprefix("plan.sign-"), event.what)


@router.post("/worse")
def keep(request: Request, form: Form) -> Response:
    """Keep what got worse in the open, and bring the warning-sign questions back."""
    house, person = house_of(request), identify(request)
    now = house.clock.now()
    day, minute = form.day("day"), form.minute("time")
    at = now
    if day is not None or minute is not None:
        hour = minute_of(local(house.clock)) if minute is None else minute
        at = at_minute(house.clock, day or today_of(house.clock), hour)
        # The form names minutes: what is said to be this minute has been.
        at = now if now < at <= now + JUST_NOW else at
    report(
        house,
        person,
        AdverseEvent(
            at=at,
            what=form.text("what"),
            exercise_id=form.text("exercise", 64) or None,
            severity=form.one_of("severity", ("mild", "moderate", "severe"), "mild"),
        ),
    )
    return go("/screen", "worse")


@router.post("/worse/over")
def is_over(request: Request, form: Form) -> Response:
    """Say that something that got worse is over."""
    resolve(house_of(request), identify(request), form.text("id", 200))
    return go("/worse#list", "resolved")
