"""ActivityWatch's away and active times. In: its export, or a running server. Out: `activitywatch` evidence. Next: app.

What it calls active is input within three minutes, which is not sitting: the fold decides what it is worth. Plain
HTTP, no package of theirs. An answer is kept whole or not at all.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import quote, urlencode

from midback.body.evidence import FIRST_YEAR, LAST_YEAR, LONGEST_STRETCH, Evidence
from midback.errors import InputError, NotFound, Phrase

from .fetch import Address, fetch, is_here, read_address

BASE_URL = "http://127.0.0.1:5600"
LARGEST_EXPORT = 64 * 1024 * 1024
LARGEST_ANSWER = 16 * 1024 * 1024
MOST_BUCKETS = 200
MOST_EVENTS = 200_000
PAGE = 5_000
ANSWER_S = 20.0
# An event grows while it lasts, and being away is written down afterwards: what is this recent is read again.
AGAIN = timedelta(hours=6)

_Key = tuple[str, datetime]
_Heard = tuple[timedelta, Literal["afk", "not-afk"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What ActivityWatch told. evidence: in order of time; hosts: machines it speaks of; notes: for the person."""

    evidence: tuple[Evidence, ...]
    hosts: tuple[str, ...]
    notes: tuple[Phrase, ...]


def read_export(data: bytes) -> Found:
    """Read an export: all buckets or one, as ActivityWatch writes it.

    Raises
    ------
    InputError : no export, too large, no bucket of away and active times, or an event that cannot be; nothing is
        kept then
    """
    if len(data) > LARGEST_EXPORT:
        raise InputError(
            "The export is larger than {most} MB.",
            "midback needs the bucket aw-watcher-afk alone.",
            "Export that bucket: in ActivityWatch, Raw Data, the bucket's menu, Export bucket as JSON.",
            values={"most": LARGEST_EXPORT // 2**20},
        )
    said = _json(data, Phrase("The file"), Phrase("Export it again as JSON."))
    buckets = said.get("buckets") if isinstance(said, dict) else None
    if not isinstance(buckets, dict):
        raise InputError(
            'The file has no "buckets".', "An export of ActivityWatch has.", "Export it again as JSON."
        )
    heard = _Listener()
    for bucket, host in _afk_buckets(buckets):
        heard.listen(bucket, host, buckets[bucket].get("events"))
    return heard.found()


def fetch_since(
    base_url: str, since: datetime, now: datetime, token: str | None = None, *, anywhere: bool = False
) -> Found:
    """Ask a running server for everything from ``since`` to ``now``, and some hours before it again.

    ``token`` : of servers that want one. ``anywhere`` : the person named this address, so it need not be this machine.

    Raises
    ------
    Unavailable : nobody answers there, or not in time
    InputError : the address is not on this machine, or the answer cannot be; nothing of it is kept
    """
    base = read_address(base_url)
    if not anywhere and not is_here(base.host):
        raise InputError(
            "{host} is not this computer.",
            "ActivityWatch is asked on this computer alone, unless you name another yourself.",
            values={"host": base.host},
        )
    # A whole hour, so that an event cut at the start is cut at the same instant the next time.
    start = (since.astimezone(UTC) - AGAIN).replace(minute=0, second=0, microsecond=0)
    # Later than now, so that the running event is not cut.
    end = now.astimezone(UTC) + timedelta(days=1)
    heard = _Listener()
    for bucket, host in _afk_buckets(_get(base, "buckets/", token)):
        _pages(heard, base, bucket, host, start, end, token)
    return heard.found()


def _pages(
    heard: "_Listener",
    base: Address,
    bucket: str,
    host: str,
    start: datetime,
    end: datetime,
    token: str | None,
) -> None:
    """Read one bucket's events from the newest back to ``start``."""
    while start < end:
        asked = urlencode({"limit": PAGE, "start": start.isoformat(), "end": end.isoformat()})
        events = _get(base, f"buckets/{quote(bucket, safe='', errors='replace')}/events?{asked}", token)
        oldest = heard.listen(bucket, host, events)
        if len(events) < PAGE or oldest is None:
            return
        if oldest >= end:
            raise InputError(
                "ActivityWatch tells the same events again and again.", "Each page is an older one."
            )
        end = oldest


def _get(base: Address, what: str, token: str | None) -> Any:
    headers = {"Accept": "application/json"}
    if token:
        if not token.isascii() or not token.isprintable():
            raise InputError("The token has signs in it that no token has.", "It is letters and digits.")
        headers["Authorization"] = f"Bearer {token}"
    root = base.path.split("?")[0].rstrip("/").removesuffix("/api/0")
    address = Address(base.secure, base.host, base.port, f"{root}/api/0/{what}", base.user)
    body = fetch(address, most_bytes=LARGEST_ANSWER, seconds=ANSWER_S, headers=headers, redirects=0)
    return _json(body, Phrase("The answer"))


def _json(data: bytes, what: Phrase, next_step: Phrase | str = "") -> Any:
    """Read JSON of a bounded number of parts; NaN and Infinity are no numbers."""
    wrong = Phrase("An export, or an answer of ActivityWatch, is JSON.")
    if data.count(b"{") + data.count(b"[") > 8 * MOST_EVENTS:
        raise InputError(
            "{what} has too many parts.",
            "At most {most} events are read.",
            values={"what": what, "most": MOST_EVENTS},
        )
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as exc:
        raise InputError("{what} is not valid JSON.", wrong, next_step, values={"what": what}) from exc


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _afk_buckets(said: Any) -> Iterator[tuple[str, str]]:
    """Yield id and host of the buckets of away and active times."""
    if not isinstance(said, dict) or not all(isinstance(about, dict) for about in said.values()):
        raise InputError("The list of buckets is not one.", "ActivityWatch names its buckets by their ids.")
    wanted = sorted(bucket for bucket, about in said.items() if about.get("type") == "afkstatus")
    if not wanted:
        raise NotFound(
            "ActivityWatch has no bucket of away and active times.",
            "It is called aw-watcher-afk and the name of the computer.",
            "Start aw-watcher-afk.",
        )
    if len(wanted) > MOST_BUCKETS:
        raise InputError(
            "There are {count} buckets.",
            "At most {most} are read.",
            values={"count": len(wanted), "most": MOST_BUCKETS},
        )
    for bucket in wanted:
        host = said[bucket].get("hostname")
        if not isinstance(host, str) or host in ("", "unknown"):
            host = bucket.removeprefix("aw-watcher-afk_")
        yield bucket, host[:200]


class _Listener:
    """Events by bucket and start; of two with the same start the longer one counts."""

    def __init__(self) -> None:
        self._kept: dict[_Key, _Heard] = {}
        self._strange = 0
        self._count = 0

    def listen(self, bucket: str, host: str, events: Any) -> datetime | None:
        """Take in events of one bucket; return the earliest start among them."""
        if not isinstance(events, list):
            raise _wrong("events", events)
        self._count += len(events)
        if self._count > MOST_EVENTS:
            raise InputError(
                "There are more than {most} events.",
                "More is not read at once.",
                values={"most": MOST_EVENTS},
            )
        oldest = None
        for event in events:
            if not isinstance(event, dict):
                raise _wrong("event", event)
            at, lasted, status = _at(event), _lasted(event), _status(event)
            oldest = at if oldest is None else min(oldest, at)
            if status is None:
                self._strange += 1
                continue
            known = self._kept.get((bucket, at))
            if lasted and (known is None or known[0] < lasted):
                self._kept[bucket, at] = (lasted, status, host)
        return oldest

    def found(self) -> Found:
        evidence = [
            Evidence(at=at, until=at + lasted, source="activitywatch", status=status, host=host)
            for (_, at), (lasted, status, host) in self._kept.items()
        ]
        evidence.sort(key=lambda one: (one.at, one.host, one.until or one.at))
        notes = []
        if self._strange:
            notes.append(
                Phrase(
                    "Events left out because they say neither away nor active: {count}.",
                    {"count": self._strange},
                )
            )
        hosts = tuple(sorted({one.host for one in evidence}))
        return Found(evidence=tuple(evidence), hosts=hosts, notes=tuple(notes))


def _at(event: dict[str, Any]) -> datetime:
    given = event.get("timestamp")
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) and len(given) < 60 else None
        if at is None or at.tzinfo is None:
            raise _wrong("timestamp", given)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise _wrong("timestamp", given) from exc
    if not FIRST_YEAR <= at.year < LAST_YEAR:
        raise _wrong("timestamp", given)
    # The server's own precision; an export may write more digits than an answer.
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _lasted(event: dict[str, Any]) -> timedelta:
    given = event.get("duration")
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _wrong("duration", given)
    if not 0 <= given <= LONGEST_STRETCH.total_seconds():  # not a number is neither more nor less
        raise _wrong("duration", given)
    return timedelta(seconds=given)


def _status(event: dict[str, Any]) -> Literal["afk", "not-afk"] | None:
    data = event.get("data")
    given = data.get("status") if isinstance(data, dict) else None
    if not isinstance(given, str):
        raise _wrong("status", given)
    if given == "afk":
        return "afk"
    return "not-afk" if given == "not-afk" else None


def _wrong(key: str, given: object) -> InputError:
    return InputError(
        "An event of ActivityWatch cannot be: {key} is {given!r}.",
        "Its timestamp is a time with an offset, its duration up to 31 days in seconds, its status a text.",
        "Nothing of it was kept.",
        values={"key": key, "given": str(given)[:60]},
    )
