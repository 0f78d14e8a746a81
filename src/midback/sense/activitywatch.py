"""ActivityWatch's away and active times. In: its export, or a running server. Out: `activitywatch` evidence. Next: app.

What it calls active is input within three minutes, which is not sitting: the fold decides what it is worth. Plain
HTTP, no package of theirs. Everything an answer holds is looked at before anything of it is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from midback.body.evidence import Evidence
from midback.errors import Phrase

BASE_URL = "http://127.0.0.1:5600"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What ActivityWatch told. evidence: in order of time; hosts: machines it speaks of; notes: for the person."""

    evidence: tuple[Evidence, ...]
    hosts: tuple[str, ...]
    notes: tuple[Phrase, ...]


def read_export(data: bytes) -> Found:
    """Read an export file (all buckets, or one); raise InputError with nothing kept when it is not sound."""
    raise NotImplementedError


def fetch_since(
    base_url: str, since: datetime, now: datetime, token: str | None = None, *, anywhere: bool = False
) -> Found:
    """Ask a running server for everything since ``since`` less some hours read again.

    ``anywhere`` : the person named this address, so it need not be this machine.

    Raises
    ------
    Unavailable : nobody answers there, or not in time
    InputError : the address is not on this machine, or the answer is not sound; nothing of it is kept
    """
    raise NotImplementedError
