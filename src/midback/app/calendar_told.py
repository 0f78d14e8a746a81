"""What a calendar was told of each time, so that a change is known as one. Next: ``calendar_out`` keeps it.

In: what was told before, the times of now. Out: for each time how often it changed and when, those that are gone,
and what to remember. Nothing of a time is remembered but when it was and a digest of what it said.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from midback.errors import InputError
from midback.store.codec import dump, instant_text, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was last told of one time.

    digest : of what it said; empty once it was told that the time is gone
    start, end : instants as ISO text in UTC, or dates for whole days
    """

    kind: str
    day: date
    start: str
    end: str
    digest: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The state of now: by key what is told of the times there are, of those gone, and all to remember."""

    here: Mapping[str, Told]
    gone: Mapping[str, Told]
    kept: Mapping[str, Told]


def digest_of(said: object) -> str:
    """Return a short digest of a JSON-able value."""
    text = json.dumps(dump(said), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def revise(
    before: Mapping[str, Told], now: datetime, told: Iterable[tuple[str, Told]], first: date, last: date
) -> Revision:
    """Compare what is told of the days ``first`` to ``last`` with what was told before.

    What differs is one further in its sequence and changed now; what was told of these days and is not there any more
    is gone, and comes back one further too. Days before ``first`` are forgotten, those after ``last`` stay as told.
    """
    here: dict[str, Told] = {}
    for key, fresh in told:
        was = before.get(key)
        if was is None:
            here[key] = replace(fresh, sequence=0, changed_at=now)
        elif was.digest == fresh.digest:
            here[key] = replace(fresh, sequence=was.sequence, changed_at=was.changed_at)
        else:
            here[key] = replace(fresh, sequence=was.sequence + 1, changed_at=now)
    gone: dict[str, Told] = {}
    later: dict[str, Told] = {}
    for key, was in before.items():
        if key in here or was.day < first:
            continue
        if was.day > last:
            later[key] = was
        elif was.digest:
            gone[key] = replace(was, digest="", sequence=was.sequence + 1, changed_at=now)
        else:
            gone[key] = was
    return Revision(here=here, gone=gone, kept={**later, **gone, **here})


def moment_text(at: datetime | date) -> str:
    """Write an instant or a date."""
    return instant_text(at) if isinstance(at, datetime) else at.isoformat()


def read_moment(text: str) -> datetime | date:
    """Read what ``moment_text`` wrote."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def read_told(data: object) -> dict[str, Told]:
    """Read what was remembered; what cannot be read is as if nothing had been told."""
    try:
        return load(dict[str, Told], data or {})
    except InputError:
        return {}


def write_told(kept: Mapping[str, Told]) -> dict[str, Any]:
    """Return what to remember as JSON-able data."""
    return {key: dump(told) for key, told in kept.items()}
