"""What is known of this moment, in words, and a mark of it. In: app.exposures, app.watching. Out: the strip of Now.

Next: pages.today, pages.day, api.stream.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from starlette.requests import Request

from midback.app.clock import local
from midback.app.driving import driving_since
from midback.app.exposures import DayExposure, show_day
from midback.app.house import House
from midback.app.watching import WatchState, read_watch, watch_state
from midback.body.exposure import STILL, Bout
from midback.body.stillness import still
from midback.errors import MidbackError
from midback.plan.interruptions import ANSWERS

from . import i18n
from .guard import identify
from .i18n import _
from .render import house_of
from .saying import evidence_name, say, text_of

#: The mark turns at least this often, so that the line of now moves on by itself.
NOW_MOVES = timedelta(minutes=5)
# A prompt waits on the page for this long; later ones are the background process's to bring.
WAITS = timedelta(minutes=20)
HOLE = timedelta(minutes=3)
# Without anything that senses, what was known this long ago says nothing of now.
OLD = timedelta(minutes=5)
# Amber asks for attention; before this a stretch asks for none.
SAID_FROM_S, LONG_S = 20 * 60, 30 * 60


@dataclass(frozen=True, slots=True)
class NowStrip:
    """One line about now.

    live : something senses ; tone : still for long, fine or unknown, as it says
    looking : that the camera is open at this moment, "" while it is closed
    calibrate : that its picture is another one than it was, "" otherwise
    """

    says: str
    tone: Literal["still", "fine", "unknown"]
    live: bool
    next_href: str = ""
    next_says: str = ""
    looking: str = ""
    calibrate: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A prompt that waits for an answer, in words. ``key`` tells it from the one before."""

    key: str
    title: str
    why: tuple[str, ...]
    movement: str
    later_says: str
    may_later: bool
    may_skip: bool
    sound: bool


def now_strip(request: Request, day: DayExposure) -> NowStrip:
    """Say what the body does now and what that rests on, or that it is not known and how it could be."""
    state = watch_state(house_of(request), identify(request))
    strip = _doing_now(request, day, state)
    camera = state.camera if state is not None else None
    if camera is None:
        return strip
    looking = _("The camera looks for a few seconds. No picture is kept.") if camera.looking else ""
    moved = _("Your camera or your seat seems to have moved, so its looks tell nothing for now.")
    return replace(strip, looking=looking, calibrate=moved if camera.calibrate_again else "")


def _doing_now(request: Request, day: DayExposure, state: WatchState | None) -> NowStrip:
    house = house_of(request)
    now = still(day.bouts, house.clock.now())
    live = state is not None and state.running and state.backend is not None
    if now.activity is None or day.usual:
        return _not_known(request, state, live=live)
    last = [bout for bout in day.bouts if bout.start <= house.clock.now()][-1]
    if not live and house.clock.now() - last.end > OLD:
        return _not_known(request, state, live=live)
    says = _("{doing} since {time}, by {what}.").format(
        doing=doing(now.activity),
        time=i18n.time_words(local(house.clock, _began(day.bouts, last))),
        what=", ".join(evidence_name(name) for name in last.evidence),
    )
    if now.activity in STILL and now.still_s >= SAID_FROM_S:
        says = _("{says} {long} without a break.").format(says=says, long=i18n.duration_words(now.still_s))
    long = now.activity in STILL and now.still_s >= LONG_S
    return NowStrip(says, "still" if long else "fine", live)


def _began(bouts: Sequence[Bout], last: Bout) -> datetime:
    """Return when the last activity began, over holes that are a matter of bookkeeping."""
    began = last.start
    for bout in reversed([bout for bout in bouts if bout.start < last.start]):
        if bout.activity != last.activity or began - bout.end > HOLE:
            break
        began = bout.start
    return began


def _not_known(request: Request, state: WatchState | None, *, live: bool) -> NowStrip:
    if live and state is not None:
        if state.evidence_at is None:
            says = _("I do not know whether you sit: nothing has come in yet.")
        else:
            time = i18n.time_words(local(house_of(request).clock, state.evidence_at))
            says = _("I do not know whether you sit: nothing has come in since {time}.").format(time=time)
        return NowStrip(says, "unknown", True)
    if state is None or not state.running:
        says = _("Nothing is sensed now: sensing does not run, so I do not know whether you sit.")
        return NowStrip(says, "unknown", False, "/sensing", _("How to start it"))
    says = _("I do not know whether you sit: nothing here tells how long keyboard and mouse were idle.")
    return NowStrip(says, "unknown", False, "/sensing", _("Why, and what helps"))


def due_prompt(request: Request, day: DayExposure) -> Due | None:
    """Return the prompt that nobody answered yet; one that is long past, or that moving overtook, is over."""
    house = house_of(request)
    asked = [one for one in day.said if one.kind == "prompt"]
    if not asked or house.clock.now() - asked[-1].at > WAITS:
        return None
    last = asked[-1]
    if any(one.at >= last.at and one.kind not in ("prompt", "notice") for one in day.said):
        return None
    if any(bout.activity in ("moving", "away", "driving") and bout.end > last.at for bout in day.bouts):
        return None
    wishes = read_watch(house, identify(request))
    answers = [one.kind for one in day.said if one.kind in ANSWERS and one.kind != "ignored"]
    put_off = 0
    for kind in reversed(answers):
        if kind != "later":
            break
        put_off += 1
    exercise = house.catalogue.exercises.get(last.movement)
    name = text_of(exercise).title if exercise else _("Stand up and move")
    return Due(
        key=last.at.isoformat(),
        title=name,
        why=tuple(say(request, last.because)),
        movement=last.movement if exercise else "",
        later_says=_("In {n} minutes").format(n=round(wishes.later_s / 60)),
        may_later=put_off < wishes.later_cap,
        may_skip=answers.count("skip") < wishes.skip_cap,
        sound=wishes.sound and house.settings.sound != "silent",
    )


def doing(activity: str) -> str:
    """Name an activity at the beginning of a sentence."""
    return {
        "sitting": _("Sitting"),
        "standing": _("Standing"),
        "driving": _("Driving"),
        "moving": _("Moving"),
        "away": _("Away"),
    }.get(activity, activity)


class Looker:
    """Looks whether the day changed: at files first, which costs next to nothing, and only then at the day."""

    def __init__(self, house: Callable[[], House], person: str) -> None:
        self._house, self._person = house, person
        self._files: tuple[object, ...] = ()
        self._mark, self._sure = "", False

    def look(self) -> str:
        """Take in what was sensed and return the mark of the day; an older mark while the database is busy."""
        house = self._house()
        turn = int(house.clock.now().timestamp() // NOW_MOVES.total_seconds())
        files = (turn, *_stats(house))
        if files != self._files or not self._sure:
            # A file may show a change a moment before the database does: what was seen is looked at once more.
            self._sure = files == self._files
            try:
                self._mark = day_mark(house, self._person)
                self._files = files
            except MidbackError:
                self._sure = False
        return self._mark


def day_mark(house: House, person: str) -> str:
    """Return a short mark that is another one when a page about today would look different."""
    now = house.clock.now()
    day = show_day(house, person)
    shown = (
        int(now.timestamp() // NOW_MOVES.total_seconds()),
        day.day,
        [(b.start, _to_the_minute(b.end), b.activity, b.evidence) for b in day.bouts],
        day.movements,
        day.said,
        [(h.start, _to_the_minute(h.end), h.held) for h in day.held],
        driving_since(house, person),
        _state(house, person),
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _state(house: House, person: str) -> object:
    """Return what of the background process a page shows."""
    state = watch_state(house, person)
    if state is None:
        return None
    camera = state.camera
    looks = None if camera is None else (camera.looking, camera.calibrate_again, camera.last)
    return state.running, state.backend, state.notifier, state.silent, state.signs, looks


def _to_the_minute(at: datetime) -> datetime:
    """Cut seconds: a stretch that goes on grows with every sample, and a page shows minutes."""
    return at.replace(second=0, microsecond=0)


def _stats(house: House) -> list[tuple[str, int, int]]:
    """Return size and time of the files that change when the day does."""
    found = []
    for path in sorted((*_glob(house.data_dir / "watch"), *house.data_dir.glob("midback.db*"))):
        try:
            stat = path.stat()
        except OSError:
            continue
        if not path.name.endswith("-shm"):
            found.append((path.name, stat.st_size, stat.st_mtime_ns))
    return found


def _glob(folder: Path) -> list[Path]:
    return [path for pattern in ("*.jsonl", "state.json") for path in folder.glob(pattern)]
