"""Recordings of landmarks the person asked to keep: numbers in the published JSON shape, compressed, never pictures."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from midback.errors import InputError

from .camera_tables import landmark_recordings as table
from .ids import new_id
from .rules import require_amount, require_id, require_text

# Compressed; about an hour at 30 fps. And a bound on what unpacks, for archives come from anywhere.
LARGEST: Final = 64 * 2**20
LARGEST_TEXT: Final = 512 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkRecording:
    """What is known of one recording without reading it. ``source`` in words; ``size`` bytes as kept."""

    name: str
    made_at: datetime
    source: str = ""
    seconds: float = 0.0
    frames: int = 0
    size: int = 0
    id: str = ""


def add(connection: Connection, person_id: str, recording: LandmarkRecording, text: str) -> LandmarkRecording:
    """Keep a recording with its JSON text; return it with its id and size.

    Raises InputError where it is too large.
    """
    return add_packed(connection, person_id, recording, zlib.compress(text.encode(), 6))


def add_packed(
    connection: Connection, person_id: str, recording: LandmarkRecording, content: bytes
) -> LandmarkRecording:
    """Keep a recording whose text is compressed already."""
    require_id("id", recording.id or None)
    require_text(200, name=recording.name, source=recording.source)
    require_amount(seconds=recording.seconds, frames=recording.frames)
    if len(content) > LARGEST:
        raise InputError(
            "The recording has {size} MB.",
            "At most {most} MB are kept.",
            "Record a shorter one.",
            values={"size": len(content) // 2**20, "most": LARGEST // 2**20},
        )
    kept = replace(recording, id=recording.id or new_id(), size=len(content))
    connection.execute(
        insert(table).values(
            person_id=person_id,
            id=kept.id,
            name=kept.name,
            made_at=kept.made_at,
            source=kept.source,
            seconds=kept.seconds,
            frames=kept.frames,
            content=content,
        )
    )
    return kept


def text_of(connection: Connection, person_id: str, recording_id: str) -> str | None:
    """Return the JSON text of a recording, or None where there is no such recording."""
    content = packed(connection, person_id, recording_id)
    return None if content is None else unpack(content)


def packed(connection: Connection, person_id: str, recording_id: str) -> bytes | None:
    """Return the compressed text of a recording, or None."""
    mine = (table.c.person_id == person_id) & (table.c.id == recording_id)
    found: bytes | None = connection.execute(select(table.c.content).where(mine)).scalar()
    return found


def unpack(content: bytes) -> str:
    """Return the text of compressed content; raise InputError for what is none."""
    try:
        opened = zlib.decompressobj()
        text = opened.decompress(content, LARGEST_TEXT)
        if not opened.eof or opened.unused_data:
            raise InputError(
                "The recording is not whole, or too large.", "", "Use the file as it was written."
            )
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as exc:
        raise InputError("The recording cannot be read.", "", "Use the file as it was written.") from exc


def listed(connection: Connection, person_id: str) -> tuple[LandmarkRecording, ...]:
    """Return all recordings without their content, oldest first."""
    columns = [column for column in table.c if column.name != "content"]
    query = select(*columns, func.length(table.c.content).label("size")).where(table.c.person_id == person_id)
    rows = connection.execute(query.order_by(table.c.made_at, table.c.id))
    return tuple(_recording(row) for row in rows)


def contents(connection: Connection, person_id: str) -> Iterator[tuple[LandmarkRecording, bytes]]:
    """Yield all recordings with their compressed content, one at a time, oldest first."""
    for one in listed(connection, person_id):
        content = packed(connection, person_id, one.id)
        if content is not None:
            yield one, content


def remove(connection: Connection, person_id: str, recording_id: str) -> bool:
    """Forget a recording; return whether it was there."""
    mine = (table.c.person_id == person_id) & (table.c.id == recording_id)
    return connection.execute(delete(table).where(mine)).rowcount > 0


def clear(connection: Connection, person_id: str) -> int:
    """Forget all recordings; return how many there were."""
    return connection.execute(delete(table).where(table.c.person_id == person_id)).rowcount


def _recording(row: Any) -> LandmarkRecording:
    return LandmarkRecording(
        id=row.id,
        name=row.name,
        made_at=row.made_at,
        source=row.source,
        seconds=row.seconds,
        frames=row.frames,
        size=row.size,
    )
