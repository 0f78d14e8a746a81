"""Where and how the camera may look. In: the person's yes or no, by place. Out: permission, wishes, orders for it.

A place is a name of theirs: desk, kitchen, docking station. Without a yes for the place nothing looks, and a yes
that came with an archive from another computer does not count here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from midback.body.evidence import write_instant
from midback.errors import InputError
from midback.store import calibrations, camera_permissions, codec, preferences
from midback.store.camera_permissions import CameraPermission
from midback.store.engine import reading
from midback.store.watch_files import read_instant

from .house import House

WISHES: Final = "camera"
# When an archive came in; what was granted before does not hold on this computer. Never in an archive itself.
ELSEWHERE: Final = "camera.brought-in-at"
DESK: Final = "desk"
# Exercises have a yes of their own, kept among those of the places: no place may bear its name.
SESSIONS: Final = "session"
DEVICE: Final = "camera"
# A look costs about a second and a half of one core: 300 s between two keeps the average at half a percent.
EVERY_MIN: Final = (2, 60)
LONGEST_PLACE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraWishes:
    """How the posture watch behaves.

    place : where the person is; its permission and calibration hold
    watch : whether it looks by itself now and then ; every_min : how often
    say : whether slumping alone may bring a notice; off, it is one more reason in a prompt that is due anyway
    mark : whether a quiet notice shows while it looks
    device : which camera the background process opens, as ``open_pictures`` takes it
    """

    place: str = DESK
    watch: bool = True
    every_min: int = 5
    say: bool = False
    mark: bool = True
    device: str = DEVICE


def place_named(place: str) -> str:
    """Return the name of a place as it is kept; raise InputError for none."""
    name = " ".join(place.split())
    if not name or len(name) > LONGEST_PLACE or not name.isprintable():
        raise InputError(
            "{place!r} is not a name for a place.",
            "A place is 1 to {longest} characters, such as desk or kitchen.",
            values={"place": place[:60], "longest": LONGEST_PLACE},
        )
    if name == SESSIONS:
        raise InputError(
            "{place!r} is not a name for a place.",
            "It stands for exercises, which have a yes of their own.",
            "Choose another name.",
            values={"place": name},
        )
    return name


def grant(house: House, person: str, place: str) -> CameraPermission:
    """Let the camera look at a place, and make that the place where the person is; twice is once."""
    place, now = place_named(place), house.clock.now()
    with house.engine.begin() as conn:
        held = permission_in(conn, person, place)
        if held is None:
            camera_permissions.revoke(conn, person, place, now)
            held = camera_permissions.add(conn, person, CameraPermission(place=place, granted_at=now))
        _write(conn, person, replace(wishes_in(conn, person), place=place))
    house.changed(person)
    return held


def revoke(house: House, person: str, place: str | None = None) -> int:
    """Take the permission of a place back, of every place without one; return how many ended."""
    named = None if place is None else place_named(place)
    with house.engine.begin() as conn:
        ended = camera_permissions.revoke(conn, person, named, house.clock.now())
    house.changed(person)
    return ended


def permission_for(house: House, person: str, place: str) -> CameraPermission | None:
    """Return the permission that holds for a place, or None."""
    with reading(house.engine).connect() as conn:
        return permission_in(conn, person, place_named(place))


def permission_in(conn: Connection, person: str, place: str) -> CameraPermission | None:
    """Like ``permission_for``, inside an open transaction."""
    held = camera_permissions.current(conn, person, place)
    brought = read_instant(preferences.read(conn, person, ELSEWHERE))
    return None if held is None or (brought is not None and held.granted_at <= brought) else held


def ask_again_in(conn: Connection, person: str, now: datetime) -> None:
    """Let no permission granted so far hold here: it was given on another computer."""
    preferences.write(conn, person, ELSEWHERE, write_instant(now))
    # A clock that was ahead there, or an archive that says so, must not make a yes hold here one day.
    for one in camera_permissions.listed(conn, person):
        if one.revoked_at is None and one.granted_at > now:
            camera_permissions.revoke(conn, person, one.place, now)


def read_wishes(house: House, person: str) -> CameraWishes:
    """Return how the posture watch behaves."""
    with reading(house.engine).connect() as conn:
        return wishes_in(conn, person)


def wishes_in(conn: Connection, person: str) -> CameraWishes:
    """Like ``read_wishes``, inside an open transaction; what cannot be read any more is the default."""
    kept = preferences.read(conn, person, WISHES)
    try:
        wishes = CameraWishes() if kept is None else codec.load(CameraWishes, kept)
    except InputError:
        return CameraWishes()
    return replace(wishes, place=DESK) if wishes.place == SESSIONS else wishes


def save_wishes(house: House, person: str, wishes: CameraWishes) -> CameraWishes:
    """Check and keep how the posture watch behaves; raise InputError naming what does not fit."""
    low, high = EVERY_MIN
    if isinstance(wishes.every_min, bool) or not low <= wishes.every_min <= high:
        raise InputError(
            "The camera cannot look every {given} min.",
            "A whole number from {low} to {high}.",
            values={"given": wishes.every_min, "low": low, "high": high},
        )
    if not wishes.device.isprintable() or not 0 < len(wishes.device) <= 200:
        raise InputError("{device!r} is not a camera.", values={"device": wishes.device[:60]})
    with house.engine.begin() as conn:
        _write(conn, person, replace(wishes, place=place_named(wishes.place)))
    house.changed(person)
    return wishes


def known_places(house: House, person: str) -> tuple[str, ...]:
    """Return every place the camera was ever allowed or calibrated at, the present one first."""
    with reading(house.engine).connect() as conn:
        here = wishes_in(conn, person).place
        others = {one.place for one in camera_permissions.listed(conn, person)}
        others |= calibrations.places(conn, person)
    return (here, *sorted(others - {here, SESSIONS}))


def camera_orders_in(conn: Connection, person: str) -> dict[str, Any]:
    """Return what the background process has to know of the camera; nothing is allowed where nobody said so."""
    wishes = wishes_in(conn, person)
    held = permission_in(conn, person, wishes.place)
    try:
        kept = calibrations.current(conn, person, wishes.place)
    except InputError:  # numbers that nothing can be compared with: without any, nothing is looked at
        kept = None
    return {
        "allowed": held is not None and wishes.watch,
        "place": wishes.place,
        "device": wishes.device,
        "every_s": 60 * wishes.every_min,
        "calibration": None if kept is None else codec.dump(kept.calibration),
        "say": wishes.say,
        "mark": wishes.mark,
    }


def _write(conn: Connection, person: str, wishes: CameraWishes) -> None:
    preferences.write(conn, person, WISHES, codec.dump(wishes))
