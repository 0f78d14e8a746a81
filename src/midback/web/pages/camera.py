"""The camera at the desk: permission by place, one's own upright, how it watches, what is kept.

In: app.camera_state. Out: HTML; seated.js measures by the API. Next: the background process goes by it.
"""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.calibrating import SECONDS, forget, history
from midback.app.camera_places import EVERY_MIN, grant, place_named, read_wishes, revoke, save_wishes
from midback.app.camera_state import camera_state, delete_recording, forget_place
from midback.app.clock import local
from midback.app.session_camera import allow_session_camera

from .. import i18n
from ..flash import flash, go
from ..forms import Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..seated_words import look_name, off_words, place_name

router = APIRouter(include_in_schema=False)


@router.get("/camera")
def camera(request: Request) -> Response:
    """Show where the camera may look, measure upright, and how it watches."""
    house, person = house_of(request), identify(request)
    state = camera_state(house, person)
    calibration = state.here.calibration
    return render(
        request,
        "camera.html",
        state=state,
        here=state.here,
        others=state.places[1:],
        upright=calibration.upright if calibration else None,
        slumped=calibration.slumped if calibration else None,
        threshold=round(100 * calibration.threshold) if calibration else 8,
        seconds=round(SECONDS),
        every=EVERY_MIN,
        off=off_words(state),
        last=_moment(request, state.last_at),
        last_look=look_name(state.last_look),
        earlier=[_moment(request, one.made_at) for one in history(house, person, state.here.place)[-2::-1]][
            :5
        ],
        place_name=place_name,
        moment_words=lambda at: _moment(request, at),
        flash=flash(request),
    )


@router.post("/camera/allow")
def allow(request: Request, form: Form) -> Response:
    """Let the camera look at a place."""
    grant(house_of(request), identify(request), form.text("place", 60))
    return go("/camera#upright", "camera-allowed")


@router.post("/camera/revoke")
def take_back(request: Request, form: Form) -> Response:
    """Take the permission of a place back, or that of exercises; all of them where neither is named."""
    house, person = house_of(request), identify(request)
    if form.ticked("sessions"):
        allow_session_camera(house, person, False)
    else:
        revoke(house, person, form.text("place", 60) or None)
    return go("/camera", "camera-revoked")


@router.post("/camera/here")
def here(request: Request, form: Form) -> Response:
    """Say that the person is at another place now."""
    house, person = house_of(request), identify(request)
    save_wishes(
        house,
        person,
        replace(read_wishes(house, person), place=form.text("elsewhere", 60) or form.text("place", 60)),
    )
    return go("/camera", "camera-here")


@router.post("/camera/watch")
def watch(request: Request, form: Form) -> Response:
    """Keep whether and how often it looks, and whether it may speak up by itself."""
    house, person = house_of(request), identify(request)
    was = read_wishes(house, person)
    wishes = replace(
        was,
        watch=form.ticked("watch"),
        every_min=form.whole("every_min", *EVERY_MIN) or was.every_min,
        say=form.ticked("say"),
        mark=form.ticked("mark"),
        device=form.text("device", 200) or was.device,
    )
    save_wishes(house, person, wishes)
    return go("/camera#watch", "settings")


@router.post("/camera/forget")
def forget_here(request: Request, form: Form) -> Response:
    """Forget what was measured at a place; ``all`` the place with its permissions."""
    house, person, place = house_of(request), identify(request), place_named(form.text("place", 60))
    if form.ticked("all"):
        forget_place(house, person, place)
    else:
        forget(house, person, place)
    return go("/camera", "camera-forgotten")


@router.post("/camera/recordings/delete")
def delete(request: Request, form: Form) -> Response:
    """Delete one recording of landmarks."""
    delete_recording(house_of(request), identify(request), form.text("id", 64))
    return go("/camera#recordings", "recording-gone")


def _moment(request: Request, instant: object) -> str:
    from datetime import datetime

    if not isinstance(instant, datetime):
        return ""
    at = local(house_of(request).clock, instant)
    return _("{day}, {time}").format(day=i18n.day_words(at.date()), time=i18n.time_words(at))
