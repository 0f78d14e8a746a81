"""ActivityWatch's times in. In: its export file, or a server that runs. Out: evidence kept. Next: ``exposures``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from midback.errors import Phrase, Unavailable
from midback.sense.activitywatch import BASE_URL, Found, fetch_since, read_export

from .evidence import take_in
from .house import House

__all__ = ["BASE_URL", "AddedTimes", "import_export", "import_live"]

FIRST_LOOK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTimes:
    """What was read: how many pieces, how many of them new, of which machines, from when to when."""

    pieces: int
    new: int
    hosts: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    notes: tuple[Phrase, ...] = ()


def import_export(house: House, person: str, data: bytes) -> AddedTimes:
    """Read an export file; raise InputError, with nothing kept, when it is not sound."""
    return _keep(house, person, read_export(data))


def import_live(
    house: House,
    person: str,
    base_url: str = BASE_URL,
    since: datetime | None = None,
    *,
    token: str | None = None,
    anywhere: bool = False,
) -> AddedTimes:
    """Ask a running server for the last 30 days, or since an instant.

    Raises Unavailable when it does not run or nobody answers, InputError when the address or the answer is not sound.
    """
    now = house.clock.now()
    try:
        found = fetch_since(base_url, since or now - FIRST_LOOK, now, token, anywhere=anywhere)
    except Unavailable as exc:
        if anywhere or not isinstance(exc.__cause__, ConnectionRefusedError):
            raise
        raise Unavailable(
            "ActivityWatch is not running on this computer.",
            "Nobody answers at {address}.",
            "Start ActivityWatch, or name a file that it exported.",
            values={"address": base_url},
        ) from exc
    return _keep(house, person, found)


def _keep(house: House, person: str, found: Found) -> AddedTimes:
    taken = take_in(house, person, found.evidence)
    return AddedTimes(
        pieces=len(found.evidence),
        new=taken.new,
        hosts=found.hosts,
        start=min((one.at for one in found.evidence), default=None),
        end=max((one.until or one.at for one in found.evidence), default=None),
        notes=found.notes,
    )
