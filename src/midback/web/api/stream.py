"""API: the day as it goes, by server-sent events. In: a GET that stays open. Out: text/event-stream.

    event: day                      the day is not what it was; ask for what you show of it again
    id: 5f0c2ad1
    data: {"mark": "5f0c2ad1"}

    : still here                    every 20 s, so that both sides notice a broken line

The first event tells the mark of the moment; a client that comes back with ``Last-Event-ID`` hears of the day
only if it changed meanwhile. The stream is not in the API's description, because it has no end. Next:
static/live.js.
"""

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from ..guard import identify
from ..pulse import Pulse
from ..sensed import Looker
from .problem import PROBLEMS

router = APIRouter(prefix="/api", responses=PROBLEMS)


@router.get("/day/stream", include_in_schema=False)
async def stream(request: Request) -> StreamingResponse:
    """Follow the day until the page is closed or the server stops."""
    pulse = _pulse_of(request)
    known = request.headers.get("last-event-id", "")[:64]
    return StreamingResponse(_events(pulse, known), media_type="text/event-stream")


async def _events(pulse: Pulse, known: str) -> AsyncIterator[str]:
    yield "retry: 4000\n\n"
    async for mark in pulse.follow(known):
        if mark:
            yield f"event: day\nid: {mark}\ndata: {json.dumps({'mark': mark})}\n\n"
        else:
            yield ": still here\n\n"


def _pulse_of(request: Request) -> Pulse:
    """Return the one pulse of the app, made when the first page follows."""
    state = request.app.state
    pulse: Pulse | None = getattr(state, "pulse", None)
    if pulse is None:
        person = identify(request)
        looker = Looker(lambda: state.house, person)
        pulse = state.pulse = Pulse(looker.look, lambda: bool(getattr(state, "stopping", bool)()))
    return pulse
