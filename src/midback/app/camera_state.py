"""How the camera stands: places, permissions, calibrations, recordings. In: what is kept. Out: one view.

Next: the page of the camera, `midback camera state`.
"""

from dataclasses import dataclass
from datetime import datetime

from midback.body.seated_calibration import Calibration
from midback.store import calibrations, camera_permissions, landmark_recordings
from midback.store.engine import reading
from midback.store.landmark_recordings import LandmarkRecording
from midback.store.watch_files import STATE_FILE, folder_of, read_object, watcher

from .camera_now import CameraNow, camera_now
from .camera_places import SESSIONS, CameraWishes, permission_in, wishes_in
from .house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceState:
    """One place. here : the person is there by their own word ; allowed_at : None without permission

    made_at, device, calibration : of its newest calibration ; before : how many earlier ones are kept
    """

    place: str
    here: bool
    allowed_at: datetime | None = None
    made_at: datetime | None = None
    device: str = ""
    calibration: Calibration | None = None
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraState:
    """The camera as it stands.

    sessions_allowed : exercises may use the camera, which is a yes of its own
    off : why the background process does not look, an id of its own; "" while it may, None where none runs
    looking : since when a look goes on ; last_at, last_look : the newest look
    again : the last looks agree that the picture is another one than at the calibration
    """

    wishes: CameraWishes
    places: tuple[PlaceState, ...]
    recordings: tuple[LandmarkRecording, ...] = ()
    sessions_allowed: bool = False
    off: str | None = None
    looking: datetime | None = None
    last_at: datetime | None = None
    last_look: str = ""
    again: bool = False

    @property
    def here(self) -> PlaceState:
        """Return the place where the person is."""
        return self.places[0]


def camera_state(house: House, person: str) -> CameraState:
    """Return how the camera stands; the place where the person is comes first."""
    told = read_object(folder_of(house.data_dir) / STATE_FILE) or {}
    running = watcher(house.data_dir) is not None
    now = camera_now(told.get("camera"), running=running)
    with reading(house.engine).connect() as conn:
        wishes = wishes_in(conn, person)
        kept = calibrations.listed(conn, person)
        named = {one.place for one in kept} | {one.place for one in camera_permissions.listed(conn, person)}
        places = []
        for place in (wishes.place, *sorted(named - {wishes.place, SESSIONS})):
            held = permission_in(conn, person, place)
            mine = [one for one in kept if one.place == place]
            newest = mine[-1] if mine else None
            places.append(
                PlaceState(
                    place=place,
                    here=place == wishes.place,
                    allowed_at=held.granted_at if held else None,
                    made_at=newest.made_at if newest else None,
                    device=newest.device if newest else "",
                    calibration=newest.calibration if newest else None,
                    before=max(0, len(mine) - 1),
                )
            )
        recordings = landmark_recordings.listed(conn, person)
        sessions = permission_in(conn, person, SESSIONS)
    told_now = now or CameraNow()
    return CameraState(
        wishes=wishes,
        places=tuple(places),
        recordings=recordings,
        sessions_allowed=sessions is not None,
        off=None if now is None or not running else now.off,
        looking=told_now.looking,
        last_at=told_now.last,
        last_look=told_now.look,
        again=told_now.calibrate_again,
    )


def delete_recording(house: House, person: str, recording_id: str) -> bool:
    """Delete one recording of landmarks; return whether it was there."""
    with house.engine.begin() as conn:
        return landmark_recordings.remove(conn, person, recording_id)


def forget_place(house: House, person: str, place: str) -> int:
    """Forget permissions and calibrations of a place; return how many rows that were."""
    with house.engine.begin() as conn:
        gone = camera_permissions.clear(conn, person, place) + calibrations.clear(conn, person, place)
    house.changed(person)
    return gone
