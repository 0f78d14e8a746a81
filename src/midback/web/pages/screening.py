"""The warning-sign screen.

In: app.screening. Out: questions, what they led to, the way back. Next: intake, Today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import today_of
from midback.app.intake import read_intake
from midback.app.screening import (
    WayBack,
    answer_screen,
    current_clearance,
    needs_explanation,
    questions,
    screen_due,
)
from midback.catalogue.triage import TriageQuestion
from midback.plan.answers import Intake
from midback.plan.triage import EXPLAIN_WITHIN

from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..render import house_of, render
from ..saying import in_language, say

router = APIRouter(include_in_schema=False)
# What opens the plan again after somebody was seen: by whom, when, and that they may exercise.
SEEN = ("seen_by", "seen_on", "may_exercise")
GIVEN = (*SEEN, "changed_because")


@dataclass(frozen=True, slots=True)
class Group:
    """Questions shown together."""

    title: str
    lead: str
    questions: tuple[TriageQuestion, ...]


def _groups(request: Request) -> list[Group]:
    house = house_of(request)
    groups: dict[str, list[TriageQuestion]] = {}
    for question in questions(house):
        groups.setdefault(question.group, []).append(question)
    named = house.catalogue.triage_groups
    return [
        Group(
            in_language(named[group].title) if group in named else group,
            in_language(named[group].lead) if group in named else "",
            tuple(listed),
        )
        for group, listed in groups.items()
    ]


def _form(
    request: Request,
    said: Mapping[str, str],
    *,
    explain: Literal["", "needed", "perhaps"] = "",
    missing: bool = False,
    back: bool = False,
    unseen: Sequence[str] = (),
    form: Answers | None = None,
) -> Response:
    """Show the questions with what was ``said`` to them; a form that lacks something keeps all of it."""
    house, person = house_of(request), identify(request)
    clearance = current_clearance(house, person)
    return render(
        request,
        "screen.html",
        200 if form is None else 422,
        groups=_groups(request),
        answered=said,
        unseen=unseen,
        given={field: form.text(field) if form else "" for field in GIVEN},
        explain=explain,
        missing=missing,
        back=back,
        held=clearance is not None and clearance.level in ("stop", "ask-first"),
        due=say(request, screen_due(house, person).reasons),
        first=clearance is None,
        today=today_of(house.clock),
        in_language=in_language,
        flash=flash(request),
    )


@router.get("/screen")
def ask(request: Request) -> Response:
    """Ask every warning-sign question on one page.

    ``?back=1`` adds who saw the person, and when. ``?mistake=1`` starts from the answers of the last day, of
    which one was wrong; older ones are asked anew.
    """
    house, person = house_of(request), identify(request)
    clearance = current_clearance(house, person)
    if (
        request.query_params.get("mistake") == "1"
        and clearance is not None
        and house.clock.now() - clearance.at < EXPLAIN_WITHIN
    ):
        said = {q.id: "yes" if q.id in clearance.yes else "no" for q in questions(house)}
        return _form(request, said, explain="perhaps" if clearance.holding else "")
    return _form(request, {}, back=request.query_params.get("back") == "1")


@router.post("/screen")
def answer(request: Request, form: Form) -> Response:
    """Keep the answers and go on to what they allow. A question left out is never taken for "no"."""
    house, person = house_of(request), identify(request)
    asked = questions(house)
    back = form.ticked("back")
    said = {q.id: text for q in asked if (text := form.text(f"q-{q.id}", 10)) in ("yes", "no")}
    yes = frozenset(key for key, text in said.items() if text == "yes")
    unseen = [field for field in SEEN if not form.text(field)] if back else []
    if unseen or len(said) < len(asked):
        return _form(request, said, missing=len(said) < len(asked), back=back, unseen=unseen, form=form)
    because = form.text("changed_because", 1000)
    way_back: WayBack = {
        "seen_by": form.text("seen_by", 200) or None,
        "seen_on": form.day("seen_on"),
        "may_exercise": form.ticked("may_exercise"),
    }
    if not because and needs_explanation(house, person, yes, **way_back):
        return _form(request, said, explain="needed", back=back, form=form)
    clearance = answer_screen(house, person, yes, **way_back, changed_because=because or None)
    if clearance.level in ("stop", "ask-first"):
        return go("/stop")
    return go("/" if read_intake(house, person) else "/intake")


@router.get("/stop")
def stopped(request: Request) -> Response:
    """Say whom to call and what now, and show the way back."""
    house, person = house_of(request), identify(request)
    clearance = current_clearance(house, person)
    if clearance is None or clearance.level not in ("stop", "ask-first"):
        return go("/")
    intake = read_intake(house, person) or Intake()
    return render(
        request,
        "stop.html",
        clearance=clearance,
        reasons=say(request, clearance.reasons),
        reported=[q for q in questions(house) if q.id in clearance.holding],
        country=house.catalogue.country(intake.country),
        countries=[(c.code, in_language(c.name), c.emergency) for c in house.catalogue.countries.values()],
        in_language=in_language,
    )
