"""The guided session in the browser. In: app.session. Out: the pages before, during, after, and their JSON.

The page posts what happens and is answered with where the session stands; docs/decisions says why there is no
socket. An event is committed before the answer leaves.
"""

from typing import Annotated, Any, get_args
from uuid import uuid4

from fastapi import APIRouter, Body, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from midback.app.intake import read_intake
from midback.app.screening import current_clearance, screen_due
from midback.app.session import (
    SessionView,
    list_instead,
    open_session,
    post_event,
    read_session,
    require_going_on,
)
from midback.app.session_after import outcome
from midback.app.session_before import before_session, report_worse
from midback.app.session_camera import session_camera_allowed
from midback.app.session_choice import Wish
from midback.catalogue.exercise import Place
from midback.coach.done import items_done
from midback.coach.script import SOUNDS, Sound
from midback.errors import SafetyStop
from midback.plan.answers import Intake
from midback.plan.selection import LENGTHS

from .api.problem import PROBLEMS
from .forms import Answers, Form
from .guard import identify
from .picture import picture
from .render import house_of, render
from .saying import in_language, item_title, say
from .session_words import (
    closed_name,
    instead_words,
    repetitions_words,
    seen_words,
    side_words,
    signs,
    skip_reasons,
    state_words,
    title_of,
)

router = APIRouter(tags=["session"], responses=PROBLEMS)

SessionId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class NewSession(BaseModel):
    """What a program sends to open a session."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="The sender's own; it opens once.")
    pain: int = Field(ge=0, le=10, description="Pain now, 0 to 10: every later pain is judged against it.")
    length_min: int | None = Field(None, description="3, 8 or 20 minutes of today's plan.")
    exercise: str | None = Field(None, max_length=64, description="One exercise alone, instead of a length.")
    variant: str | None = Field(None, max_length=64)
    sound: Sound | None = None
    gear: frozenset[str] | None = Field(None, description="At hand; left out: as in the intake.")
    places: frozenset[Place] | None = Field(None, description="Where they are; left out: as in the intake.")


class NewEvent(BaseModel):
    """One thing that happened in a session."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[A-Za-z0-9_.:-]{1,80}$", description="The sender's own; it counts once.")
    kind: str = Field(max_length=40)
    data: dict[str, Any] = Field(default_factory=dict)


@router.get("/session", include_in_schema=False)
def before(request: Request) -> Response:
    """Ask what a session starts with; after a warning sign nothing starts, and the page says whom to call."""
    house, person = house_of(request), identify(request)
    clearance = current_clearance(house, person)
    if clearance is not None and clearance.closed:
        return RedirectResponse("/stop", 303)
    return _before(request)


@router.post("/session", include_in_schema=False)
def begin(request: Request, form: Form) -> Response:
    """Open a session from the form, or go to the warning-sign check first."""
    house, person = house_of(request), identify(request)
    pain = form.pain("pain")
    if form.ticked("worse"):
        report_worse(house, person, pain)
        return RedirectResponse("/screen", 303)
    if pain is None:
        return _before(request, form)
    asked = form.ticked("asked")
    view = open_session(
        house,
        person,
        form.text("id", 64) or uuid4().hex,
        Wish(
            pain=pain,
            length_min=form.whole("length", 3, 20),
            exercise_id=form.text("exercise", 64) or None,
            variant_id=form.text("variant", 64) or None,
            prescription_id=form.text("item", 200) or None,
            gear=form.many("gear") if asked else None,
            places=frozenset(p for p in get_args(Place) if p in form.many("place")) or None
            if asked
            else None,
        ),
        form.one_of("sound", SOUNDS, house.settings.sound),
    )
    return RedirectResponse(f"/session/{view.id}", 303)


@router.get("/session/{session_id}", include_in_schema=False)
def play(request: Request, session_id: SessionId) -> Response:
    """Show the player, or what comes after when the exercises are over."""
    view = read_session(house_of(request), identify(request), session_id)
    if view.state.status in ("after", "closed"):
        return RedirectResponse(f"/session/{session_id}/after", 303)
    if view.state.status == "stopped":
        return RedirectResponse(f"/session/{session_id}/stop", 303)
    try:
        require_going_on(house_of(request), identify(request), session_id)
    except SafetyStop:
        first = _first_of_all(request)
        if first is None:
            raise
        return first
    item = view.state.item
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    return render(
        request,
        "session.html",
        view=view,
        state=state_words(request, view),
        figure=picture(request, exercise, item.variant_id, view.state.at_unit.side),
        skip_reasons=skip_reasons(),
        signs=signs(),
        camera_allowed=session_camera_allowed(house_of(request), identify(request)),
    )


@router.get("/session/{session_id}/after", include_in_schema=False)
def after(request: Request, session_id: SessionId) -> Response:
    """Show what was done against what was planned, ask how it was, and say what comes next."""
    house, person = house_of(request), identify(request)
    view = read_session(house, person, session_id)
    if view.state.status in ("waiting", "running", "paused"):
        return RedirectResponse(f"/session/{session_id}", 303)
    if view.state.status == "stopped":
        return RedirectResponse(f"/session/{session_id}/stop", 303)
    return _after(request, view)


@router.post("/session/{session_id}/after", include_in_schema=False)
def answer(request: Request, session_id: SessionId, form: Form) -> Response:
    """Keep how it was. Leaving it out is an answer too: nobody is asked twice on this page."""
    house, person = house_of(request), identify(request)
    view = read_session(house, person, session_id)
    if view.state.status == "after":
        data: dict[str, Any] = {
            "pain": form.pain("pain"),
            "effort": form.one_of("effort", ("easy", "ok", "hard", ""), "") or None,
        }
        post_event(house, person, session_id, "after", "after", data)
    return RedirectResponse(f"/session/{session_id}/after", 303)


@router.get("/session/{session_id}/stop", include_in_schema=False)
def stopped(request: Request, session_id: SessionId) -> Response:
    """Say what to do after a new warning sign."""
    house, person = house_of(request), identify(request)
    view = read_session(house, person, session_id)
    if view.state.status != "stopped" or view.state.stop is None:
        return RedirectResponse(f"/session/{session_id}", 303)
    intake = read_intake(house, person) or Intake()
    return render(
        request,
        "session_stop.html",
        view=view,
        reason=say(request, [view.state.stop]),
        sign=view.state.stop.message_id.removeprefix("plan.sign-"),
        country=house.catalogue.country(intake.country),
    )


@router.post("/api/session", status_code=201)
def api_open(request: Request, new: Annotated[NewSession, Body()]) -> dict[str, Any]:
    """Open a session; the same id again returns the one that is there."""
    house, person = house_of(request), identify(request)
    wish = Wish(
        pain=new.pain,
        length_min=new.length_min,
        exercise_id=new.exercise,
        variant_id=new.variant,
        gear=new.gear,
        places=new.places,
    )
    return state_words(request, open_session(house, person, new.id, wish, new.sound))


@router.get("/api/session/{session_id}")
def api_read(request: Request, session_id: SessionId) -> dict[str, Any]:
    """Return where a session stands now."""
    return state_words(request, read_session(house_of(request), identify(request), session_id))


@router.post("/api/session/{session_id}/events")
def api_event(request: Request, session_id: SessionId, event: Annotated[NewEvent, Body()]) -> dict[str, Any]:
    """Keep one event, then return where the session stands after it."""
    house, person = house_of(request), identify(request)
    return state_words(request, post_event(house, person, session_id, event.id, event.kind, event.data))


@router.get("/api/session/{session_id}/instead")
def api_instead(request: Request, session_id: SessionId) -> list[dict[str, Any]]:
    """Return what could be done instead of the exercise at hand."""
    return instead_words(request, list_instead(house_of(request), identify(request), session_id))


def _first_of_all(request: Request) -> Response | None:
    """Return the way to what comes before any exercise: help after a warning sign, or the screen."""
    house, person = house_of(request), identify(request)
    clearance = current_clearance(house, person)
    if screen_due(house, person).due:
        return RedirectResponse("/screen", 303)
    return RedirectResponse("/stop", 303) if clearance is not None and clearance.closed else None


def _before(request: Request, form: Answers | None = None) -> Response:
    """Ask what a session starts with; with a form, ask again for what it lacks and keep every other answer."""
    house, person = house_of(request), identify(request)
    given = request.query_params if form is None else form.data

    def named(field: str) -> str:
        value = given.get(field, "")
        return value[:200] if isinstance(value, str) else ""

    offer = before_session(house, person, named("exercise"), named("variant"), named("item"))
    clearance = current_clearance(house, person)
    length = named("length")
    asked = form is not None and form.ticked("asked")
    return render(
        request,
        "session_before.html",
        200 if form is None else 422,
        offer=offer,
        missing=form is not None,
        new_id=named("id") or uuid4().hex,
        lengths=LENGTHS,
        length=int(length) if length in ("3", "8", "20") else offer.length_min,
        places=form.many("place") if form and asked else offer.intake.places,
        gear=form.many("gear") if form and asked else offer.intake.gear,
        sound=house.settings.sound if form is None else form.one_of("sound", SOUNDS, house.settings.sound),
        shorter=say(request, [offer.shorter] if offer.shorter else []),
        exercise=named("exercise"),
        variant=named("variant"),
        item=named("item"),
        title=None if offer.exercise is None else title_of(offer.exercise, offer.variant_id),
        planned=None if offer.planned is None else item_title(request, offer.planned),
        due=say(request, offer.due.reasons),
        easy_only=clearance is not None and clearance.easy_only,
        in_language=in_language,
        catalogue=house.catalogue,
    )


def _after(request: Request, view: SessionView) -> Response:
    house = house_of(request)
    result = outcome(house, identify(request), view)
    return render(
        request,
        "session_after.html",
        view=view,
        lines=[
            {
                "title": title_of(house.catalogue.exercise(line.item.exercise_id), line.item.variant_id),
                "closed": closed_name(line.closed),
                "line": line,
                "sides": [(side_words(side.side), side) for side in line.sides],
            }
            for line in items_done(view.state)
        ],
        hurt=say(request, [view.state.hurt.reason]) if view.state.hurt else [],
        next_steps=[
            (title_of(e, e.variants[0].id), say(request, reasons)) for e, reasons in result.next_steps
        ],
        next_item=None if result.next_item is None else item_title(request, result.next_item),
        next_planned=result.next_item,
        ask_again_at=view.ask_again_at,
        repetitions_words=repetitions_words,
        seen_words=seen_words,
    )
