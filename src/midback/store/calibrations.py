"""The person's own upright before the camera of a place. Earlier ones stay: the newest of a place counts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from midback.body.seated_calibration import Calibration
from midback.errors import InputError

from .camera_tables import calibrations as table
from .codec import dump, load
from .ids import new_id
from .rules import require_id, require_text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCalibration:
    """One calibration. ``device`` is the camera in words, "" where it has no name."""

    place: str
    made_at: datetime
    calibration: Calibration
    device: str = ""
    id: str = ""


def add(connection: Connection, person_id: str, kept: KeptCalibration) -> KeptCalibration:
    """Keep a calibration and return it with its id."""
    require_id("id", kept.id or None)
    require_id("place", kept.place)
    require_text(200, device=kept.device)
    kept = kept if kept.id else replace(kept, id=new_id())
    connection.execute(
        insert(table).values(
            person_id=person_id,
            id=kept.id,
            place=kept.place,
            made_at=kept.made_at,
            device=kept.device,
            numbers=dump(kept.calibration),
        )
    )
    return kept


def change(connection: Connection, person_id: str, calibration_id: str, calibration: Calibration) -> None:
    """Put other numbers in the place of a calibration's: its slump was shown later."""
    mine = (table.c.person_id == person_id) & (table.c.id == calibration_id)
    connection.execute(update(table).where(mine).values(numbers=dump(calibration)))


def current(connection: Connection, person_id: str, place: str) -> KeptCalibration | None:
    """Return the newest calibration of a place, or None."""
    mine = (table.c.person_id == person_id) & (table.c.place == place)
    row = connection.execute(
        select(table).where(mine).order_by(table.c.made_at.desc(), table.c.id.desc())
    ).first()
    return None if row is None else _kept(row)


def listed(connection: Connection, person_id: str, place: str | None = None) -> tuple[KeptCalibration, ...]:
    """Return the calibrations of a place, of all places without one, oldest first."""
    mine = table.c.person_id == person_id
    if place is not None:
        mine &= table.c.place == place
    query = select(table).where(mine).order_by(table.c.made_at, table.c.id)
    return tuple(_kept(row) for row in connection.execute(query))


def places(connection: Connection, person_id: str) -> frozenset[str]:
    """Return the places where anything was calibrated, whatever stands in it."""
    query = select(table.c.place).where(table.c.person_id == person_id).distinct()
    return frozenset(connection.scalars(query))


def remove(connection: Connection, person_id: str, calibration_id: str) -> bool:
    """Forget one calibration; return whether it was there."""
    mine = (table.c.person_id == person_id) & (table.c.id == calibration_id)
    return connection.execute(delete(table).where(mine)).rowcount > 0


def clear(connection: Connection, person_id: str, place: str | None = None) -> int:
    """Forget the calibrations of a place, of all places without one; return how many there were."""
    mine = table.c.person_id == person_id
    if place is not None:
        mine &= table.c.place == place
    return connection.execute(delete(table).where(mine)).rowcount


def _kept(row: Any) -> KeptCalibration:
    try:
        calibration = load(Calibration, row.numbers)
    except InputError as exc:
        seen, rule, _ = exc.phrases
        raise InputError(
            "What was calibrated at {place} cannot be used. {seen}",
            rule,
            "`midback camera forget --everywhere` forgets it; then calibrate again.",
            values={"place": row.place, "seen": seen},
        ) from exc
    return KeptCalibration(
        id=row.id, place=row.place, made_at=row.made_at, device=row.device, calibration=calibration
    )
