"""What is done on Today: put off, something else, done, worn, answered. In: forms. Out: back to the page."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.by_hand import mark_done, undo
from midback.app.checkins import dismiss
from midback.app.clock import local
from midback.app.later import pass_over, put_off
from midback.app.watching import answer
from midback.app.wear import start_wear, stop_wear

from ..flash import go
from ..forms import Form, local_path
from ..guard import identify
from ..i18n import time_words
from ..render import house_of

router = APIRouter(include_in_schema=False)


@router.post("/today/later")
def later(request: Request, form: Form) -> Response:
    """Ask again in ten minutes, or take that back."""
    back = form.ticked("take_back")
    put_off(house_of(request), identify(request), 0 if back else 10)
    return go("/", "undone") if back else go("/", "later", "1")


@router.post("/today/other")
def other(request: Request, form: Form) -> Response:
    """Offer something else."""
    pass_over(house_of(request), identify(request), form.text("item", 200))
    return go("/", "other")


@router.post("/today/done")
def done(request: Request, form: Form) -> Response:
    """Note an item as done without the player."""
    minutes = form.number("minutes", 0, 600)
    kept = mark_done(house_of(request), identify(request), form.text("item", 200), minutes)
    return go("/", "marked", kept.session_id)


@router.post("/today/undo")
def take_back(request: Request, form: Form) -> Response:
    """Take back what was noted as done."""
    undo(house_of(request), identify(request), form.text("session", 200))
    return go("/", "undone")


@router.post("/today/wear")
def wear(request: Request, form: Form) -> Response:
    """Start the band's or the disc's timer."""
    start_wear(house_of(request), identify(request), form.text("item", 200))
    return go("/", "worn")


@router.post("/today/unwear")
def unwear(request: Request) -> Response:
    """Stop the timer and keep the minutes."""
    kept = stop_wear(house_of(request), identify(request))
    return go("/", "unworn", kept.session_id)


@router.post("/prompt")
def answer_prompt(request: Request, form: Form) -> Response:
    """Keep the answer to a prompt; starting leads to the movement."""
    movement = form.text("movement", 64)
    house = house_of(request)
    given = answer(house, identify(request), form.text("answer", 20), movement)
    if given.said.kind == "start" and movement:
        return go(f"/session?{urlencode({'exercise': movement})}")
    back = local_path(form.text("next", 200))
    if given.bout is not None:
        return go(back, "stood", time_words(local(house.clock, given.bout.start)))
    if given.again_at is not None:
        return go(back, "again", time_words(local(house.clock, given.again_at)))
    return go(back, "not-sitting" if given.said.kind == "not-sitting" else "answered")


@router.post("/today/dismiss")
def not_today(request: Request, form: Form) -> Response:
    """Do not ask a question again today."""
    dismiss(house_of(request), identify(request), form.text("question", 40))
    return go("/", "dismissed")
