"""The camera's line of a session. In: frames of landmarks, one a message. Out: what they count. Next: app.verifying.

The picture stays in the browser. The guard has checked host, origin and key before a socket gets here. What the
camera needs is loaded with its first socket, and one session has one camera: a second one takes over.
"""

import time
from itertools import count
from typing import TYPE_CHECKING, Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Body, Path, Request
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from midback.app.session_camera import allow_session_camera
from midback.errors import Conflict, InputError, MidbackError, NotAllowed, NotFound

from .api.problem import PROBLEMS
from .guard import identify
from .i18n import _
from .render import house_of

if TYPE_CHECKING:
    from midback.app.verifying import Watch

router = APIRouter(tags=["session"], responses=PROBLEMS)

# Why a line was cut, beyond what the protocol itself names.
BAD_DATA: Final = 1007
TOO_FAST: Final = 1008
OUR_FAULT: Final = 1011
NEWER_CAMERA: Final = 4001
NOT_ALLOWED: Final = 4003
NO_SESSION: Final = 4004
OVER: Final = 4009

FRAMES_A_SECOND: Final = 60.0
AT_ONCE: Final = 120.0


class Allowance:
    """How many frames may still come: so many a second, and a handful at once after a rest."""

    def __init__(self, now: float) -> None:
        self.left, self.at = AT_ONCE, now

    def take(self, now: float) -> bool:
        """Use one up; False when there is none left."""
        self.left = min(AT_ONCE, self.left + (now - self.at) * FRAMES_A_SECOND) - 1
        self.at = now
        return self.left >= 0


class Permission(BaseModel):
    """Whether sessions may use the camera."""

    model_config = ConfigDict(extra="forbid")
    allowed: bool


@router.post("/api/camera/session")
def api_allow(request: Request, wish: Annotated[Permission, Body()]) -> Permission:
    """Keep whether sessions may use the camera; a no cuts the lines that are open within a second."""
    house, person = house_of(request), identify(request)
    return Permission(allowed=allow_session_camera(house, person, wish.allowed))


@router.websocket("/session/{session_id}/camera")
async def camera(
    socket: WebSocket, session_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
) -> None:
    """Count what the camera sees until the page hangs up, the session is over, or another camera takes over."""
    await socket.accept()
    open_lines: dict[str, WebSocket] = socket.app.state.cameras
    older = open_lines.get(session_id)
    open_lines[session_id] = socket
    if older is not None:
        await _hang_up(older, NEWER_CAMERA, "another window has the camera now")
    watch: Watch | None = None
    try:
        watch = await run_in_threadpool(_watch, socket, session_id)
        await _listen(socket, watch)
    except WebSocketDisconnect:
        pass
    except NotFound:
        await _hang_up(socket, NO_SESSION, "no such session")
    except NotAllowed as exc:
        await _hang_up(socket, NOT_ALLOWED, exc.said(_)[0])
    except Conflict:
        await _hang_up(socket, OVER, "the session is over")
    except MidbackError as exc:
        await _hang_up(socket, OVER, exc.said(_)[0])
    except Exception:
        await _hang_up(socket, OUR_FAULT, "a fault of midback")
        raise
    finally:
        if open_lines.get(session_id) is socket:
            del open_lines[session_id]
            if watch is not None:
                await run_in_threadpool(_close, watch)


async def _listen(socket: WebSocket, watch: "Watch") -> None:
    from .camera_frames import read_frame
    from .camera_words import seen_words

    allowance = Allowance(time.monotonic())
    for number in count(1):
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        if not allowance.take(time.monotonic()):
            await _hang_up(socket, TOO_FAST, "too many frames a second")
            return
        try:
            frame = read_frame(message.get("text") or "", number)
        except InputError as exc:
            await _hang_up(socket, BAD_DATA, exc.said(_)[0])
            return
        seen = await run_in_threadpool(watch.take, frame)
        if socket.application_state is WebSocketState.DISCONNECTED:
            return  # another camera took over while this frame was looked at
        await socket.send_json({"t": frame.t} | seen_words(socket, seen))


def _watch(socket: WebSocket, session_id: str) -> "Watch":
    from midback.app.verifying import Watch

    return Watch(house_of(socket), identify(socket), session_id, uuid4().hex[:16])


def _close(watch: "Watch") -> None:
    try:
        watch.close()
    except MidbackError:
        return  # the session is over: nobody counts in it any more


async def _hang_up(socket: WebSocket, code: int, why: str) -> None:
    """Close a line with its reason, unless it is closed already."""
    try:
        # A close frame holds 123 bytes.
        await socket.close(code, why.encode()[:120].decode(errors="ignore"))
    except (RuntimeError, WebSocketDisconnect):
        return
