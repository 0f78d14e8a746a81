"""Recordings of landmarks in an archive, out and back in. In: store. Out: ArchivedRecording. Next: archive."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from midback.errors import InputError
from midback.store import landmark_recordings
from midback.store.landmark_recordings import LandmarkRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecording:
    """A recording of landmarks: numbers, never pictures. ``content`` is its JSON, by zlib and in Base64."""

    id: str
    name: str
    made_at: datetime
    source: str = ""
    seconds: float = 0.0
    frames: int = 0
    content: str = ""


def archived_recordings(connection: Connection, person: str) -> Iterator[ArchivedRecording]:
    """Yield the recordings of a person, oldest first."""
    for kept, content in landmark_recordings.contents(connection, person):
        yield ArchivedRecording(
            id=kept.id,
            name=kept.name,
            made_at=kept.made_at,
            source=kept.source,
            seconds=kept.seconds,
            frames=kept.frames,
            content=b64encode(content).decode(),
        )


def put_recording(connection: Connection, person: str, told: ArchivedRecording) -> None:
    """Keep a recording of an archive; raise InputError for what holds no landmarks."""
    recording = LandmarkRecording(
        id=told.id,
        name=told.name,
        made_at=told.made_at,
        source=told.source,
        seconds=told.seconds,
        frames=told.frames,
    )
    landmark_recordings.add_packed(connection, person, recording, _packed(told.content))


def _packed(content: str) -> bytes:
    """Return the compressed landmarks of a recording; raise InputError for what holds none."""
    try:
        packed = b64decode(content, validate=True)
    except ValueError as exc:
        raise InputError("The recording is not Base64.", "", "Leave it as it was exported.") from exc
    landmark_recordings.unpack(packed)
    return packed
