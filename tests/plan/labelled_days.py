"""Days with a label for every stretch, typing and reading apart, and the evidence machines would have left.

Labels come first, evidence is worked out from them; nothing here knows how prompts are decided. Inputs while
typing are at most 25 s apart; while reading a touch of the wheel comes every 35 to 200 s.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from midback.body.evidence import Evidence

SITTING = frozenset({"typing", "reading", "call", "film", "phone", "meeting"})
# Where a prompt would disturb, or worse.
NOT_NOW = frozenset({"typing", "call", "film", "drive"})
# Where the hands rest and nothing speaks against a prompt.
OPEN = frozenset({"reading", "phone"})
KINDS: dict[str, tuple[int, int]] = {
    "typing": (3, 50),
    "reading": (1, 30),
    "call": (5, 60),
    "film": (10, 90),
    "lunch": (20, 60),
    "steps": (2, 6),
    "phone": (3, 15),
    "suspend": (3, 60),
    "drive": (15, 150),
    "meeting": (15, 45),
}
OFTEN = ("typing",) * 5 + ("reading",) * 4


@dataclass(frozen=True)
class Stretch:
    """Seconds since the day's beginning, and what they were."""

    start: float
    end: float
    label: str


@dataclass(frozen=True)
class LabelledDay:
    """What really happened and what was seen of it, in order of time."""

    begun: datetime
    stretches: tuple[Stretch, ...]
    evidence: tuple[Evidence, ...]

    def label(self, at: datetime) -> str:
        """Return what happened at an instant."""
        second = (at - self.begun).total_seconds()
        return next((one.label for one in self.stretches if one.start <= second < one.end), "over")

    def pauses(self, start: float, end: float) -> list[float]:
        """Return the seconds of the samples between two that show hands at rest while nothing else goes on."""
        found = []
        for one in self.evidence:
            second = (one.at - self.begun).total_seconds()
            rests = one.source == "input" and (one.idle_s or 0.0) >= 30
            if rests and start <= second < end and self.label(one.at) in OPEN:
                found.append(second)
        return found

    def sat(self) -> list[tuple[float, float]]:
        """Return the unbroken stretches of sitting."""
        runs: list[tuple[float, float]] = []
        for one in self.stretches:
            if one.label in SITTING:
                joins = bool(runs) and runs[-1][1] == one.start
                runs = [*runs[:-1], (runs[-1][0], one.end)] if joins else [*runs, (one.start, one.end)]
        return runs


def labelled_day(seed: int, hours: float = 9, idle_alone: bool = False) -> LabelledDay:
    """Make a day; ``idle_alone`` leaves out all but the samples of idle time."""
    rng = random.Random(seed)  # noqa: S311 - the same days every time
    step = rng.choice((5, 10, 15, 20, 30, 60, 60))
    stretches = _stretches(rng, hours * 3600)
    seen = _Seen(rng, datetime(2026, 3, 2, 8, 0, rng.randint(0, 59), tzinfo=UTC))
    for place, stretch in enumerate(stretches):
        seen.leave(stretch, stretches[place - 1].label if place else "", _label(stretches, place + 1))
    if rng.random() < 0.6:
        seen.look(stretches)
    evidence = [] if idle_alone else seen.evidence
    evidence += seen.samples(rng.uniform(0, step), step, stretches[-1].end)
    return LabelledDay(seen.begun, tuple(stretches), tuple(sorted(evidence, key=lambda one: one.at)))


def _label(stretches: list[Stretch], place: int) -> str:
    return stretches[place].label if place < len(stretches) else ""


def _stretches(rng: random.Random, length: float) -> list[Stretch]:
    found: list[Stretch] = []

    def add(label: str, minutes: float) -> None:
        start = found[-1].end if found else 0.0
        found.append(Stretch(start, start + minutes * 60, label))

    while not found or found[-1].end < length:
        label = rng.choice((*OFTEN, *KINDS))
        minutes = rng.randint(*KINDS[label])
        if label != "drive":
            add(label, minutes)
            continue
        add("steps", 2)
        while minutes > 0:
            part = min(minutes, rng.randint(10, 70))
            part = minutes if minutes - part < 5 else part
            add("drive", part)
            minutes -= part
            if minutes > 0:  # a fuel pump in the middle of the drive, or a stop that is one
                halt = rng.choice((2, 3, 8, 15))
                add("stop" if halt > 5 else "drive", halt)
        add("steps", 3)
    return found


class _Seen:
    """What machines notice of the stretches."""

    def __init__(self, rng: random.Random, begun: datetime) -> None:
        self.rng, self.begun = rng, begun
        self.evidence: list[Evidence] = []
        self.inputs: list[float] = [0.0]
        self.off: list[tuple[float, float]] = []

    def at(self, second: float) -> datetime:
        return self.begun + timedelta(seconds=second)

    def note(self, second: float, source: Any, **fields: Any) -> None:
        until = fields.pop("until", None)
        end = None if until is None else self.at(until)
        self.evidence.append(Evidence(at=self.at(second), until=end, source=source, **fields))

    def touch(self, start: float, end: float, low: float, high: float) -> None:
        at = start
        while at < end:
            self.inputs.append(at)
            at += self.rng.uniform(low, high)

    def switch(self, stretch: Stretch, source: Any, **fields: Any) -> None:
        self.note(stretch.start, source, on=True, **fields)
        self.note(stretch.end, source, on=False, **fields)

    def leave(self, stretch: Stretch, before: str, after: str) -> None:
        start, end = stretch.start, stretch.end
        on_the_road = ("drive", "stop")
        match stretch.label:
            case "typing":
                self.touch(start, end, 0.3, 25)
            case "reading":
                self.touch(start + self.rng.uniform(31, 90), end, 35, 200)
            case "call":
                self.touch(start + self.rng.uniform(5, 60), end, 20, 400)
                self.switch(stretch, self.rng.choice(("call", "camera_in_use")))
            case "film":
                self.switch(stretch, "inhibitor", reason="video")
            case "lunch" if self.rng.random() < 0.6:
                self.switch(stretch, "lock")
                self.inputs.append(end - 0.5)
            case "meeting":
                self.note(start, "calendar", until=end, on=True)
            case "suspend":
                self.off.append((start, end))
                self.note(start, "suspend")
                self.note(end, "resume")
            case "drive" | "stop":
                self.off.append((start, end))
                if before not in on_the_road:
                    self.note(start, "suspend")
                if after not in on_the_road:
                    self.note(end, "resume")
                halted = stretch.label == "stop" or end - start <= 180
                at = start
                while at < end:
                    speed = 0.0 if halted else float(self.rng.randint(20, 120))
                    self.note(at, "trip", until=min(at + 60, end), speed_kmh=speed)
                    at += 60

    def look(self, stretches: list[Stretch]) -> None:
        """Let the camera look now and then wherever the machine is on."""
        for one in stretches:
            seen = "seated" if one.label in SITTING - {"call"} else "absent"
            at = one.start + self.rng.uniform(1, 60)
            while at < one.end and one.label not in ("call", "suspend", "drive", "stop"):
                self.note(at, "camera", seen=seen)
                at += self.rng.choice((60, 120, 300))

    def samples(self, first: float, step: float, end: float) -> list[Evidence]:
        self.inputs.sort()
        found, place, at = [], 0, first
        while at < end:
            while place + 1 < len(self.inputs) and self.inputs[place + 1] <= at:
                place += 1
            if not any(low <= at < high for low, high in self.off):
                idle = round(at - self.inputs[place], 1)
                found.append(Evidence(at=self.at(at), source="input", idle_s=idle))
            at += step
        return found
