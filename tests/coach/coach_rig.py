"""A small session to test with, and a clock that beats like the page does."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from midback.catalogue.exercise import Dose
from midback.coach.event import Event, Kind
from midback.coach.fold import apply, opening
from midback.coach.script import Item, Preferences, Script
from midback.coach.state import SessionState

T0 = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

CAT_COW = Item(
    key="a",
    prescription_id="a",
    exercise_id="cat-cow",
    variant_id="floor",
    level=1,
    dose=Dose(seconds=40, repetitions=10, tempo_s=4.0),
)
NEEDLE = Item(
    key="b",
    exercise_id="thread-needle",
    variant_id="floor",
    level=0,
    dose=Dose(seconds=20, sets=2, rest_s=15),
    sides=("left", "right"),
)
OPENER = Item(key="c", exercise_id="wall-opener", variant_id="wall", level=0, dose=Dose(seconds=30))


def a_script(*items: Item, pain_before: int | None = 3, **preferences: Any) -> Script:
    """Return a script of these items, or of three usual ones."""
    return Script(
        items=items or (CAT_COW, NEEDLE, OPENER),
        preferences=Preferences(**preferences),
        pain_before=pain_before,
    )


class Player:
    """Plays a script: keeps the log, and the state folded event by event."""

    def __init__(self, script: Script, at: datetime = T0) -> None:
        self.script, self.at = script, at
        self.events: list[Event] = []
        self.state: SessionState = opening(script)
        self._ids = count(1)

    def send(self, kind: Kind, **data: Any) -> SessionState:
        """Send one event now."""
        event = Event(id=f"e{next(self._ids)}", at=self.at, kind=kind, data=data)
        self.events.append(event)
        self.state = apply(self.script, self.state, event)
        return self.state

    def wait(self, seconds: float, beat_s: float = 2.0) -> SessionState:
        """Let time pass with a heartbeat every ``beat_s``."""
        left = timedelta(seconds=seconds)
        while left > timedelta():
            step = min(left, timedelta(seconds=beat_s))
            self.at += step
            left -= step
            self.send("heartbeat")
        return self.state

    def sleep(self, seconds: float) -> None:
        """Let time pass without a sign of life."""
        self.at += timedelta(seconds=seconds)


def started(*items: Item, **preferences: Any) -> Player:
    """Return a player that has just begun."""
    player = Player(a_script(*items, **preferences))
    player.send("start")
    return player


def kinds(cues: Iterable[Any]) -> list[str]:
    """Return the ids of cues in order."""
    return [cue.id for cue in cues]
