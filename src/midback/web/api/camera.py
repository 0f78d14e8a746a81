"""API: the camera at the desk, for its page and for programs. In: frames of landmarks. Out: a calibration, a look.

Pictures never come here: a frame is the 33 points a browser found, as docs/landmark-recordings.md shows them.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field

from midback.app import calibrating
from midback.app.calibrating import KeptCalibration
from midback.app.camera_places import read_wishes
from midback.app.camera_state import CameraState, camera_state
from midback.movement.landmarks import Frame
from midback.share.landmark_shape import frame_of

from ..guard import identify
from ..render import house_of
from ..seated_words import look_shape
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["camera"], responses=PROBLEMS)
MOST_FRAMES = 700
SIZE = (640, 480)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SeenBody(_Body):
    """Frames of landmarks of some seconds, and where; the place where the person is without one."""

    frames: list[dict[str, Any]] = Field(max_length=MOST_FRAMES)
    place: str | None = Field(None, max_length=40)
    device: str = Field("", max_length=200)


class CalibrationBody(SeenBody):
    """The same for a calibration: which posture is shown."""

    posture: Literal["upright", "slumped"] = "upright"


@router.get("/camera")
def state(request: Request) -> CameraState:
    """Return where the camera may look, what is calibrated there, and how the watch stands."""
    return camera_state(house_of(request), identify(request))


@router.post("/camera/calibrations", status_code=201)
def calibrate(request: Request, body: Annotated[CalibrationBody, Body()]) -> KeptCalibration:
    """Measure upright, or the slump after it, from frames of 20 s; refuses with what to change."""
    house, person = house_of(request), identify(request)
    taken = calibrating.taken_from(_frames(body), body.device)
    keep = calibrating.calibrate if body.posture == "upright" else calibrating.calibrate_slumped
    return keep(house, person, _place(request, body), taken)


@router.post("/camera/looks")
def look(request: Request, body: Annotated[SeenBody, Body()]) -> dict[str, Any]:
    """Say what frames of a few seconds come to against the person's own upright; nothing of it is kept."""
    taken = calibrating.taken_from(_frames(body), body.device)
    found = calibrating.look_at(house_of(request), identify(request), _place(request, body), taken)
    return look_shape(request, found)


def _frames(body: SeenBody) -> list[Frame]:
    return [frame_of(number, shape, SIZE) for number, shape in enumerate(body.frames, 1)]


def _place(request: Request, body: SeenBody) -> str:
    return body.place or read_wishes(house_of(request), identify(request)).place
