"""How the person wants to be spoken to, how the background process is doing, and answers given on a page.

In: wishes, state.json, an answer. Out: preferences, WatchState, rows of what was said. Next: the doors; ``orders``
tells the background process.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from midback.body.evidence import Evidence
from midback.body.exposure import Bout
from midback.errors import InputError, Phrase, phrase_of
from midback.plan.interruptions import ALWAYS, ANSWERS, HOLDS, BreakPreferences
from midback.store import codec, preferences, said
from midback.store import evidence as kept_evidence
from midback.store.engine import reading
from midback.store.people import DEFAULT_PERSON
from midback.store.said import KeptSaid
from midback.store.spool import SpoolFile
from midback.store.watch_files import ORDERS_FILE, STATE_FILE, folder_of, read_instant, read_object, watcher

from .camera_now import CameraNow, camera_now
from .evidence import take_in_within
from .exposures import put_bout
from .house import House
from .orders import WISHES, orders_changed, watch_in, write_orders
from .silence import Silent, silent_in
from .spool import spool_faults
from .still_now import still_in

__all__ = [
    "Answered",
    "WatchState",
    "answer",
    "check_watch",
    "orders_changed",
    "read_watch",
    "save_watch",
    "watch_state",
    "write_orders",
]

A_MINUTE = timedelta(minutes=1)
# What a number may be: from, to.
# What the state says of a sign that works.
LIVE: Final = "ok"
BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "pause_s": (5, 600),
    "back_s": (0, 3600),
    "notice_s": (0, 600),
    "later_s": (60, 3600),
    "later_cap": (0, 20),
    "skip_cap": (0, 50),
}
NAMES: Final = {
    "pause_s": Phrase("A pause in typing (seconds)"),
    "back_s": Phrase("Quiet after coming back (seconds)"),
    "notice_s": Phrase("Notice before a break (seconds)"),
    "later_s": Phrase("Putting off (seconds)"),
    "later_cap": Phrase("Putting off, times in a row"),
    "skip_cap": Phrase("Skipping, times a day"),
}


#: Why midback senses and asks nothing: the questions were not answered, they are due again, they say to be seen
#: first, the answers about the person are missing, they rest, nothing is planned, or they wish it so.


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """How the background process is doing, as far as it says.

    running : whether it holds its lock now; backend : what tells idle time, None when nothing does ("unknown")
    others : back ends that do not work here, and why; ``signs`` : the same; ``LIVE`` for what works
    notifier : "ok", or why nothing can be shown; "" when it does not say
    spool, orders : "ok", or why its files cannot be written or read; ``waiting`` : lines kept in memory for that
    at : when it said so; ``evidence_at`` : the end of the newest evidence kept
    orders_at : when the orders it goes by were made; ``silent`` : why nothing will be asked, None when it may be
    refused : files with lines that were of no use ; camera : what the camera does, None where it does not say
    """

    running: bool
    pid: int = 0
    started_at: datetime | None = None
    backend: str | None = None
    others: dict[str, Phrase] = field(default_factory=dict)
    signs: dict[str, Phrase] = field(default_factory=dict)
    notifier: str = ""
    spool: str = ""
    orders: str = ""
    waiting: int = 0
    at: datetime | None = None
    evidence_at: datetime | None = None
    orders_at: datetime | None = None
    silent: Silent | None = None
    refused: tuple[SpoolFile, ...] = ()
    camera: CameraNow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of an answer.

    said : the row kept; ``bout`` : the stretch that is now the person's own word, None without one
    again_at : when what was put off is asked again
    """

    said: KeptSaid
    bout: Bout | None = None
    again_at: datetime | None = None


def read_watch(house: House, person: str) -> BreakPreferences:
    """Return how the person wants to be spoken to."""
    with reading(house.engine).connect() as conn:
        return watch_in(conn, person)


def save_watch(house: House, person: str, wishes: BreakPreferences) -> BreakPreferences:
    """Check and keep how the person wants to be spoken to; raise InputError naming what does not fit."""
    check_watch(wishes)
    with house.engine.begin() as conn:
        preferences.write(conn, person, WISHES, codec.dump(wishes))
    house.changed(person)
    return wishes


def check_watch(wishes: BreakPreferences) -> None:
    """Raise InputError for wishes that cannot be gone by."""
    for name, (low, high) in BOUNDS.items():
        value = getattr(wishes, name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InputError(
                "{name} cannot be {value!r}.",
                "A whole number from {low} to {high}.",
                "Change it and save again.",
                values={"name": NAMES[name], "value": value, "low": low, "high": high},
            )
    if unknown := sorted(set(wishes.off) - set(HOLDS)):
        raise InputError(
            "There is no rule called {rule!r}.",
            "Known: {known}.",
            values={"rule": str(unknown[0])[:60], "known": ", ".join(HOLDS)},
        )
    if wishes.off & ALWAYS:
        raise InputError(
            "The rule for driving cannot be switched off.", "Nothing is ever asked of you while driving.", ""
        )
    for day, (start, end) in wishes.hours.items():
        if not (0 <= day <= 6 and 0 <= start <= 1440 and 0 <= end <= 1440 and start != end):
            raise InputError(
                "The hours of weekday {day} are {start} to {end}.",
                "They start and end at different times; hours that end before they start go on past midnight.",
                "Correct the times.",
                values={"day": day, "start": start, "end": end},
            )


def watch_state(house: House, person: str = DEFAULT_PERSON) -> WatchState | None:
    """Return how the background process is doing, or None when it never ran here."""
    folder = folder_of(house.data_dir)
    holder, told = watcher(house.data_dir), read_object(folder / STATE_FILE)
    if holder is None and told is None:
        return None
    told = told or {}
    orders = read_object(folder / ORDERS_FILE) or {}
    with reading(house.engine).connect() as conn:
        span = kept_evidence.span(conn, person)
        silent = silent_in(conn, house, person, orders)
    pid = told.get("pid") if holder is None else holder.get("pid", told.get("pid"))
    backend = told.get("backend")
    return WatchState(
        running=holder is not None,
        pid=pid if isinstance(pid, int) else 0,
        started_at=read_instant(told.get("started_at")),
        backend=backend if isinstance(backend, str) and backend else None,
        others=_reasons(told.get("others")),
        signs=_reasons(told.get("signs")),
        notifier=_text(told.get("notifier")),
        spool=_text(told.get("spool")),
        orders=_text(told.get("orders")),
        waiting=waiting if isinstance(waiting := told.get("waiting"), int) else 0,
        at=read_instant(told.get("at")),
        evidence_at=span[1] if span else None,
        orders_at=read_instant(orders.get("made_at")),
        silent=silent,
        refused=spool_faults(house, person),
        camera=camera_now(told.get("camera"), running=holder is not None),
    )


def answer(house: House, person: str, kind: str, movement: str = "") -> Answered:
    """Keep an answer given on a page: start, done, later, skip or not-sitting.

    ``done`` says that the person moved just now, ``not-sitting`` that they stood while midback thought they sat:
    that is a stretch of their own, which ``undo_last`` takes back. The rest says nothing of the body. The
    background process reads it from the orders.

    Raises InputError for another answer or a movement nobody knows.
    """
    now = house.clock.now()
    if kind not in ANSWERS or kind == "ignored":
        raise InputError(
            "{kind!r} is not an answer.",
            "Known: {known}.",
            values={"kind": kind[:60], "known": ", ".join(a for a in ANSWERS if a != "ignored")},
        )
    if movement:
        house.catalogue.exercise(movement)
    row = KeptSaid(at=now, kind=kind, movement=movement)
    with house.engine.begin() as conn:
        said.keep(conn, person, (row,))
        take_in_within(conn, person, _evidence_of(row))
        bout = _stood(conn, house, person, now) if kind == "not-sitting" else None
        again = now + timedelta(seconds=watch_in(conn, person).later_s) if kind == "later" else None
    house.changed(person)
    return Answered(said=row, bout=bout, again_at=again)


def _evidence_of(row: KeptSaid) -> Iterable[Evidence]:
    """Say what an answer tells of the body: having moved tells of a minute, for nobody said how long."""
    if row.kind == "done":
        yield Evidence(at=row.at - A_MINUTE, until=row.at, source="person", activity="moving", host="page")


def _stood(conn: Connection, house: House, person: str, now: datetime) -> Bout | None:
    """Keep that the whole present stretch, without the drive before it, was standing."""
    found = still_in(conn, house, person)
    if found is None or found.here_since >= now:
        return None
    return put_bout(conn, house, person, "standing", found.here_since, now)


def _text(told: object) -> str:
    return told[:300] if isinstance(told, str) else ""


def _reasons(told: object) -> dict[str, Phrase]:
    said = told.items() if isinstance(told, dict) else ()
    return {str(name)[:60]: why for name, data in said if (why := phrase_of(data)) is not None}
