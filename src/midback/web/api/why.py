"""API: why it hurts, for the page's sliders and for programs. In: a position, a day. Out: numbers, drawings, words.

Shares are of one, angles degrees, everything else SI; every interval is 90 %. It is a model's word. The body model is
loaded by the first question, not by the start of the server.
"""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from midback.app.clock import today_of
from midback.app.why_told import Angles, WhyDay, WhyPosture

from ..guard import identify
from ..render import house_of
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["why"], responses=PROBLEMS)
Degrees = Annotated[float, Query(ge=-90, le=180)]
Share = Annotated[float, Query(ge=0, le=1)]


@router.get("/why/effect")
def effect(request: Request, day: date | None = None) -> JSONResponse:
    """Return what the page draws and says for one position of its sliders: SVG and sentences by their places."""
    from ..why_asked import answer, read_day
    from ..why_held import starts_of
    from ..why_sliders import read_held

    this_day = today_of(house_of(request).clock)
    known = read_day(request, day or this_day)
    held = read_held(request.query_params, starts_of(known.usual))
    found = answer(request, known, held, is_today=(day or this_day) == this_day)
    content: dict[str, Any] = {
        "drawings": dict(found.drawings),
        "texts": dict(found.texts),
        "said": found.said,
    }
    # It crosses no network, so that packing would only take time.
    return JSONResponse(content, headers={"Content-Encoding": "identity", "Cache-Control": "no-store"})


@router.get("/why/posture")
def posture(
    request: Request,
    head_flexion: Degrees = 0.0,
    trunk_flexion: Degrees = 0.0,
    thoracic_flexion: Degrees = 0.0,
    arms_forward: Degrees = 0.0,
    elbow: Degrees = 0.0,
    arm_support: Share = 0.0,
    back_rest: Share = 0.0,
) -> WhyPosture:
    """Return what a posture asks of the person, level by level and band by band."""
    from midback.app.why import read_person, why_posture

    angles = Angles(
        head_flexion=head_flexion,
        trunk_flexion=trunk_flexion,
        thoracic_flexion=thoracic_flexion,
        arms_forward=arms_forward,
        elbow=elbow,
        arm_support=arm_support,
        back_rest=back_rest,
    )
    return why_posture(read_person(house_of(request), identify(request)), angles)


@router.get("/why/days/{day}")
def one_day(request: Request, day: date) -> WhyDay:
    """Return one local day: its load over the hours, what drove it, how the person is or was held."""
    from midback.app.why import why_day

    return why_day(house_of(request), identify(request), day)
