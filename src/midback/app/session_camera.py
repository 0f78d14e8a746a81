"""May a session use the camera? In: the person's yes or no. Out: whether it holds. Next: the player, its camera line.

A yes for exercises is one of its own: it does not let the posture watch look, and the watch's does not count here.
"""

from midback.errors import NotAllowed
from midback.store import camera_permissions
from midback.store.camera_permissions import CameraPermission
from midback.store.engine import reading

from .camera_places import SESSIONS, permission_in
from .house import House


def session_camera_allowed(house: House, person: str) -> bool:
    """Say whether the person let sessions use the camera."""
    with reading(house.engine).connect() as conn:
        return permission_in(conn, person, SESSIONS) is not None


def require_session_camera(house: House, person: str) -> None:
    """Raise NotAllowed unless sessions may use the camera."""
    if not session_camera_allowed(house, person):
        raise NotAllowed(
            "The camera is not allowed in sessions.",
            "midback asks before it is used for the first time.",
            "Switch it on in the session's page.",
        )


def allow_session_camera(house: House, person: str, allowed: bool) -> bool:
    """Keep the person's yes or no; twice is once. Return what holds now."""
    with house.engine.begin() as conn:
        now = house.clock.now()
        if not allowed:
            camera_permissions.revoke(conn, person, SESSIONS, now)
        elif permission_in(conn, person, SESSIONS) is None:
            # One that came from another computer ends here.
            camera_permissions.revoke(conn, person, SESSIONS, now)
            camera_permissions.add(conn, person, CameraPermission(place=SESSIONS, granted_at=now))
    return allowed
