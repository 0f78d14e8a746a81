"""Days as they really go, with the truth of every minute and the evidence that machines would have left.

Truth comes first: a person types, reads, talks, leaves. What the sensors saw is worked out from that, with the
jitter that real ones have. Nothing here knows how the fold reads it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from midback.body.evidence import Evidence
from midback.body.exposure import Activity

BERLIN = ZoneInfo("Europe/Berlin")
Truth = tuple[datetime, datetime, Activity]


@dataclass
class Machine:
    """A machine with its own input, seen by our samples, by ActivityWatch, or by both."""

    host: str = ""
    step_s: tuple[float, float] = (5, 60)
    sampled: bool = True
    watched: bool = False
    inputs: list[datetime] = field(default_factory=list)
    off: list[tuple[datetime, datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class Scenario:
    """A name, the evidence, and what really happened."""

    name: str
    evidence: tuple[Evidence, ...]
    truth: tuple[Truth, ...]

    @property
    def start(self) -> datetime:
        return self.truth[0][0]

    @property
    def end(self) -> datetime:
        return self.truth[-1][1]


class Day:
    """A day in the making: verbs move its clock on, and leave truth and evidence behind."""

    def __init__(self, name: str, seed: int, start: datetime, **machine: object) -> None:
        self.name, self.rng = name, random.Random(f"{name}{seed}")  # noqa: S311
        self.now = start.astimezone(UTC)
        self.begun = self.now
        self.truth: list[Truth] = []
        self.evidence: list[Evidence] = []
        self.machines = [Machine(**machine)]  # type: ignore[arg-type]
        self.at = self.machines[0]
        self.camera: list[tuple[datetime, datetime]] = []

    # What the person does

    def spend(self, minutes: float, activity: Activity) -> None:
        """Do something that leaves no input."""
        end = self.now + timedelta(minutes=minutes)
        self.truth.append((self.now, end, activity))
        self.now = end

    def type(self, minutes: float, activity: Activity = "sitting") -> None:
        """Type and click, with pauses to think of up to 40 s."""
        start, end = self.now, self.now + timedelta(minutes=minutes)
        at = start
        while at < end:
            self.at.inputs.append(at)
            pause = self.rng.choice((0.3, 1, 2, 4, 8, 15, 40)) * self.rng.uniform(0.5, 1)
            at += timedelta(seconds=pause)
        self.spend(minutes, activity)

    def read(self, minutes: float, every: tuple[float, float] = (1, 8)) -> None:
        """Read, with a touch of the wheel every few minutes."""
        start, end = self.now, self.now + timedelta(minutes=minutes)
        at = start
        while at < end:
            self.at.inputs.append(at)
            at += timedelta(minutes=self.rng.uniform(*every))
        self.spend(minutes, "sitting")

    def about(self, minutes: float) -> float:
        """Return minutes as they turn out."""
        return minutes * self.rng.uniform(0.85, 1.2)

    # What machines notice

    def note(self, source: str, after_s: float = 0.0, **fields: object) -> None:
        """Write a line of evidence at the day's clock."""
        at = self.now + timedelta(seconds=after_s)
        self.evidence.append(Evidence(at=at, source=source, **fields))  # type: ignore[arg-type]

    def stretch(self, source: str, start: datetime, end: datetime, **fields: object) -> None:
        """Write a stretch of evidence."""
        self.evidence.append(Evidence(at=start, until=end, source=source, **fields))  # type: ignore[arg-type]

    def drive(self, minutes: float, speeds: tuple[float, float] = (30, 100)) -> None:
        """Drive, with a red light now and then; the phone records the way minute by minute."""
        end = self.now + timedelta(minutes=minutes)
        at = self.now
        while at < end:
            until = min(end, at + timedelta(seconds=self.rng.uniform(20, 90)))
            halted = self.rng.random() < 0.15
            self.stretch("trip", at, until, speed_kmh=0.0 if halted else round(self.rng.uniform(*speeds)))
            at = until
        self.spend(minutes, "driving")

    def walk(self, minutes: float) -> None:
        """Walk with the phone recording."""
        self.stretch(
            "trip", self.now, self.now + timedelta(minutes=minutes), speed_kmh=self.rng.uniform(3, 5.5)
        )
        self.spend(minutes, "moving")

    def sleep(self, minutes: float, activity: Activity = "away", told: bool = True) -> None:
        """Shut the lid; the machine may or may not have time to say so."""
        start = self.now
        if told:
            self.note("suspend", 2)
        self.spend(minutes, activity)
        self.at.off.append((start + timedelta(seconds=3), self.now))
        if told:
            self.note("resume")

    def watch(self, minutes_from: datetime) -> None:
        """Let the camera look every 5 min from an instant until now."""
        self.camera.append((minutes_from, self.now))

    def done(self) -> Scenario:
        """Work out what the sensors saw, in the order a careless log might have it."""
        for machine in self.machines:
            machine.inputs.sort()
            if machine.sampled:
                self.evidence += self._samples(machine)
            if machine.watched:
                self.evidence += self._watched(machine)
        for start, end in self.camera:
            self.evidence += self._looks(start, end)
        self.rng.shuffle(self.evidence)
        return Scenario(self.name, tuple(self.evidence), tuple(self.truth))

    def _samples(self, machine: Machine) -> list[Evidence]:
        found: list[Evidence] = []
        step = self.rng.uniform(*machine.step_s)
        at, place, last = self.begun, 0, None
        while at < self.now:
            while place < len(machine.inputs) and machine.inputs[place] <= at:
                last = machine.inputs[place]
                place += 1
            if last is not None and not any(start <= at < end for start, end in machine.off):
                idle = round((at - last).total_seconds(), 3)
                found.append(Evidence(at=at, source="input", idle_s=idle, host=machine.host))
            at += timedelta(seconds=step * self.rng.uniform(0.95, 1.05))
        return found

    def _watched(self, machine: Machine) -> list[Evidence]:
        """ActivityWatch: input within 180 s is one event, away is back-dated and starts 1 ms later."""
        found: list[Evidence] = []
        millisecond = timedelta(milliseconds=1)
        host = machine.host or "desk"
        runs: list[list[datetime]] = []
        for at in machine.inputs:
            if runs and (at - runs[-1][1]).total_seconds() < 180:
                runs[-1][1] = at
            else:
                runs.append([at, at + millisecond])
        for place, (start, end) in enumerate(runs):
            found.append(
                Evidence(
                    at=start,
                    until=max(end, start + millisecond),
                    source="activitywatch",
                    status="not-afk",
                    host=host,
                )
            )
            until = runs[place + 1][0] if place + 1 < len(runs) else self.now
            slept = [off for off in machine.off if start < off[0] < until]
            until = min([until, *(off[0] for off in slept)])
            if until - end > timedelta(seconds=180):
                found.append(
                    Evidence(
                        at=end + millisecond, until=until, source="activitywatch", status="afk", host=host
                    )
                )
        return found

    def _looks(self, start: datetime, end: datetime) -> list[Evidence]:
        found: list[Evidence] = []
        at = start + timedelta(seconds=self.rng.uniform(5, 200))
        while at < end:
            truth = next((what for a, b, what in self.truth if a <= at < b), "away")
            seen = {"sitting": "seated", "standing": "standing"}.get(truth, "absent")
            if self.rng.random() < 0.15:
                seen = "unclear"
            found.append(Evidence(at=at, source="camera", seen=seen))  # type: ignore[arg-type]
            at += timedelta(seconds=300 * self.rng.uniform(0.9, 1.1))
        return found


def _at(hour: int, minute: int = 0, day: datetime | None = None) -> datetime:
    day = day or datetime(2026, 3, 2, tzinfo=BERLIN)
    return day.replace(hour=hour, minute=minute)


def typing(seed: int) -> Scenario:
    day = Day("typing", seed, _at(9))
    day.type(day.about(110))
    return day.done()


def reading(seed: int) -> Scenario:
    day = Day("reading", seed, _at(9))
    day.type(day.about(20))
    day.read(day.about(45))
    day.type(day.about(10))
    day.read(day.about(30), every=(3, 9))
    day.type(day.about(10))
    return day.done()


def long_page(seed: int) -> Scenario:
    day = Day("a page for 12 minutes", seed, _at(14))
    day.read(day.about(20), every=(2, 7))
    day.at.inputs.append(day.now)
    day.spend(12, "sitting")
    day.read(day.about(20), every=(2, 7))
    day.type(15)
    return day.done()


def reading_seen(seed: int) -> Scenario:
    day = Day("reading before the camera", seed, _at(10))
    start = day.now
    day.type(day.about(15))
    day.spend(day.about(28), "sitting")
    day.type(day.about(10))
    day.spend(day.about(17), "sitting")
    day.type(day.about(12))
    day.watch(start)
    return day.done()


def call(seed: int) -> Scenario:
    day = Day("a call", seed, _at(10))
    day.type(day.about(15))
    day.note("call", active_on := 0.0, on=True)
    day.note("camera_in_use", active_on + 1, on=True)
    for _ in range(3):
        day.spend(day.about(14), "sitting")
        day.at.inputs.append(day.now)
    day.note("call", on=False)
    day.note("camera_in_use", on=False)
    day.type(day.about(25))
    return day.done()


def call_never_ended(seed: int) -> Scenario:
    day = Day("a call whose end nobody told", seed, _at(15))
    day.type(day.about(10))
    day.note("call", on=True)
    day.spend(day.about(32), "sitting")
    day.at.inputs.append(day.now)
    day.sleep(day.about(50))
    day.type(day.about(30))
    return day.done()


def walking_call(seed: int) -> Scenario:
    day = Day("a call on foot", seed, _at(11))
    start = day.now
    day.type(day.about(20))
    day.note("call", on=True)
    day.spend(1, "moving")
    day.walk(day.about(22))
    day.spend(1, "moving")
    day.note("call", on=False)
    day.type(day.about(20))
    day.watch(start)
    return day.done()


def film(seed: int) -> Scenario:
    day = Day("a film with a pause", seed, _at(20))
    day.type(day.about(6))
    day.note("fullscreen", on=True)
    day.note("inhibitor", 2, on=True, reason="video")
    day.spend(day.about(50), "sitting")
    day.at.inputs.append(day.now)
    day.note("inhibitor", 1, on=False, reason="video")
    day.spend(day.about(9), "moving")
    day.at.inputs.append(day.now)
    day.note("inhibitor", 1, on=True, reason="video")
    day.spend(day.about(48), "sitting")
    day.note("inhibitor", on=False, reason="video")
    day.at.inputs.append(day.now + timedelta(seconds=20))
    day.note("fullscreen", 25, on=False)
    day.spend(1, "sitting")
    day.note("lock", 10, on=True)
    day.spend(25, "away")
    return day.done()


def film_alone(seed: int) -> Scenario:
    day = Day("a film in an empty room", seed, _at(20))
    start = day.now
    day.note("inhibitor", 2, on=True, reason="Playing video")
    day.type(2)
    day.spend(day.about(25), "sitting")
    day.spend(day.about(35), "away")
    day.spend(day.about(15), "sitting")
    day.note("inhibitor", on=False, reason="Playing video")
    day.type(5)
    day.watch(start)
    return day.done()


def download(seed: int) -> Scenario:
    day = Day("a download while out", seed, _at(17))
    day.type(day.about(25))
    day.note("inhibitor", on=True, reason="download")
    day.spend(day.about(55), "away")
    day.note("inhibitor", on=False, reason="download")
    day.type(day.about(15))
    return day.done()


def lunch_locked(seed: int) -> Scenario:
    day = Day("lunch, locked by hand", seed, _at(11, 30))
    day.type(day.about(30))
    day.note("lock", 3, on=True)
    day.spend(day.about(45), "away")
    day.note("lock", on=False)
    day.type(day.about(40))
    return day.done()


def lunch_open(seed: int) -> Scenario:
    day = Day("lunch, not locked", seed, _at(11, 30))
    day.type(day.about(30))
    day.spend(day.about(40), "away")
    day.type(day.about(40))
    return day.done()


def lunch_auto(seed: int) -> Scenario:
    day = Day("lunch, locked by itself", seed, _at(11, 30))
    day.type(day.about(30))
    wait = day.rng.choice((300, 600, 900))
    day.note("lock", wait, on=True)
    day.spend(day.about(40), "away")
    day.note("lock", on=False)
    day.type(day.about(40))
    return day.done()


def lock_forgotten(seed: int) -> Scenario:
    day = Day("a lock whose end nobody told", seed, _at(13))
    day.type(day.about(20))
    day.note("lock", 4, on=True)
    day.spend(day.about(18), "away")
    day.type(day.about(15))
    day.read(day.about(20), every=(2, 6))
    day.type(day.about(15))
    return day.done()


def startled(seed: int) -> Scenario:
    day = Day("locked while reading, unlocked at once", seed, _at(13))
    day.type(day.about(20))
    day.note("lock", 300, on=True)
    day.note("lock", 318, on=False)
    day.spend(5.4, "sitting")
    day.type(day.about(20))
    return day.done()


def suspends(seed: int) -> Scenario:
    day = Day("lid shut, with and without word", seed, _at(9))
    day.type(day.about(30))
    day.sleep(day.about(25))
    day.type(day.about(30))
    day.sleep(day.about(50), told=False)
    day.type(day.about(20))
    return day.done()


def stairs(seed: int) -> Scenario:
    day = Day("flights of steps", seed, _at(9))
    start = day.now
    for _ in range(4):
        day.type(day.about(24))
        day.spend(day.rng.uniform(3, 6), "moving")
    day.type(10)
    day.watch(start)
    return day.done()


def stairs_locked(seed: int) -> Scenario:
    day = Day("steps, locked or told", seed, _at(9))
    for place in range(4):
        day.type(day.about(24))
        minutes = day.rng.uniform(3, 6)
        if place % 2:
            day.note("lock", 2, on=True)
            day.spend(minutes, "moving")
            day.note("lock", on=False)
        else:
            day.stretch("person", day.now, day.now + timedelta(minutes=minutes), activity="moving")
            day.spend(minutes, "moving")
    day.type(10)
    return day.done()


def coffee(seed: int) -> Scenario:
    day = Day("coffee that nobody saw", seed, _at(9))
    day.type(day.about(35))
    day.spend(day.rng.uniform(3, 7), "moving")
    day.type(day.about(35))
    return day.done()


def phone(seed: int) -> Scenario:
    day = Day("a phone in the hand", seed, _at(16))
    start = day.now
    day.type(day.about(15))
    day.spend(day.about(8), "sitting")
    day.type(day.about(15))
    day.spend(day.about(16), "sitting")
    day.type(day.about(15))
    day.watch(start)
    return day.done()


def standing_desk(seed: int) -> Scenario:
    day = Day("a desk to stand at", seed, _at(9))
    start = day.now
    day.type(day.about(40))
    day.type(day.about(35), activity="standing")
    day.type(day.about(40))
    day.watch(start)
    return day.done()


def drive_with_stops(seed: int) -> Scenario:
    day = Day("a drive with stops", seed, _at(7, 30))
    day.type(10)
    day.note("lock", 3, on=True)
    day.spend(day.about(5), "moving")
    day.drive(day.about(55))
    day.spend(day.about(8), "standing")
    day.drive(day.about(40), speeds=(60, 130))
    day.spend(day.about(6), "moving")
    day.note("lock", on=False)
    day.type(day.about(40))
    return day.done()


def ride(seed: int) -> Scenario:
    day = Day("as a passenger", seed, _at(17))
    day.type(day.about(20))
    day.sleep(4, "moving")
    start = day.now
    day.drive(day.about(35))
    day.at.off.append((start, day.now))
    day.type(day.about(20))
    return day.done()


def meeting(seed: int) -> Scenario:
    day = Day("a meeting in the calendar", seed, _at(13, 40))
    day.type(20)
    day.stretch("calendar", day.now, day.now + timedelta(minutes=45), on=True, title="Review")
    day.spend(day.about(44), "sitting")
    day.type(day.about(30))
    return day.done()


def told(seed: int) -> Scenario:
    day = Day("what the person says", seed, _at(13))
    day.type(day.about(20))
    day.stretch("person", day.now, day.now + timedelta(minutes=35), activity="sitting")
    day.spend(35, "sitting")
    day.type(day.about(15))
    day.stretch("person", day.now, day.now + timedelta(minutes=20), activity="standing")
    day.type(20, activity="standing")
    day.type(day.about(15))
    return day.done()


def two_machines(seed: int) -> Scenario:
    day = Day("two machines", seed, _at(9), host="desk")
    other = Machine(host="laptop")
    day.machines.append(other)
    desk = day.at
    for _ in range(2):
        day.at = desk
        day.type(day.about(20))
        day.note("lock", 2, on=True, host="desk")
        day.spend(0.3, "sitting")
        day.at = other
        day.type(day.about(18))
        day.read(day.about(16), every=(2, 7))
        day.note("lock", on=False, host="desk")
    return day.done()


def two_unnamed(seed: int) -> Scenario:
    scenario = two_machines(seed)
    unnamed = tuple(replace(piece, host="") for piece in scenario.evidence)
    return replace(scenario, name="two machines without names", evidence=unnamed)


def activitywatch(seed: int) -> Scenario:
    day = Day("ActivityWatch alone", seed, _at(9), sampled=False, watched=True, host="desk")
    day.type(day.about(40))
    day.read(day.about(35), every=(2, 8))
    day.type(day.about(20))
    day.spend(day.about(40), "away")
    day.type(day.about(30))
    return day.done()


def both(seed: int) -> Scenario:
    day = Day("ActivityWatch beside our own", seed, _at(9), watched=True)
    day.type(day.about(40))
    day.read(day.about(30), every=(2, 7))
    day.note("call", on=True)
    day.spend(day.about(26), "sitting")
    day.note("call", on=False)
    day.type(day.about(20))
    day.note("lock", 3, on=True)
    day.spend(day.about(40), "away")
    day.note("lock", on=False)
    day.type(day.about(20))
    return day.done()


def clock_set_back(seed: int) -> Scenario:
    """At 10:30 the clock says 10:00 again: the half hour is there twice, and the second is kept as truth."""
    day = Day("the clock set back", seed, _at(9))
    day.type(90)
    kept = len(day.truth)
    day.now -= timedelta(minutes=30)
    day.type(70)
    day.truth[kept - 1] = (day.begun, day.truth[kept][0], "sitting")
    return day.done()


def clock_forward(seed: int) -> Scenario:
    day = Day("the clock set forward", seed, _at(9))
    day.type(40)
    day.at.off.append((day.now, day.now + timedelta(minutes=45)))
    day.spend(45, "unknown")
    day.type(40)
    return day.done()


def _changing(name: str, seed: int, date: datetime) -> Scenario:
    day = Day(name, seed, date)
    day.type(day.about(50))
    day.note("inhibitor", on=True, reason="video")
    day.spend(day.about(95), "sitting")
    day.note("inhibitor", on=False, reason="video")
    day.type(day.about(20))
    day.note("lock", 3, on=True)
    day.spend(60, "away")
    return day.done()


def spring(seed: int) -> Scenario:
    return _changing("the night of 23 hours", seed, datetime(2026, 3, 29, 0, 40, tzinfo=BERLIN))


def autumn(seed: int) -> Scenario:
    return _changing("the night of 25 hours", seed, datetime(2026, 10, 25, 0, 40, tzinfo=BERLIN))


def working_day(seed: int) -> Scenario:
    """Eight hours with everything in them."""
    day = Day("a whole day", seed, _at(8, 30), watched=True)
    start = day.now
    day.type(day.about(50))
    day.spend(day.rng.uniform(3, 6), "moving")
    day.read(day.about(40))
    day.note("call", on=True)
    day.spend(day.about(35), "sitting")
    day.note("call", on=False)
    day.type(day.about(45))
    day.note("lock", day.rng.choice((3, 300)), on=True)
    day.spend(day.about(45), "away")
    day.note("lock", on=False)
    day.type(day.about(40))
    day.spend(day.about(14), "sitting")
    day.type(day.about(30), activity="standing")
    day.read(day.about(35))
    day.spend(day.rng.uniform(5, 9), "moving")
    day.type(day.about(50))
    day.watch(start)
    day.note("lock", 3, on=True)
    day.spend(5, "moving")
    day.drive(day.about(30))
    return day.done()


BUILDERS: tuple[Callable[[int], Scenario], ...] = (
    typing, reading, long_page, reading_seen, call, call_never_ended, walking_call, film, film_alone, download
    , lunch_locked, lunch_open, lunch_auto, lock_forgotten, startled, suspends, stairs, stairs_locked, coffee
    , phone, standing_desk, drive_with_stops, ride, meeting, told, two_machines, two_unnamed, activitywatch, both
    , clock_set_back, clock_forward, spring, autumn, working_day,
)  # fmt: skip


def corpus(seeds: int = 3) -> tuple[Scenario, ...]:
    """Return every scenario, as often as there are seeds."""
    return tuple(build(seed) for seed in range(seeds) for build in BUILDERS)


def idle_alone(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return what a program that knows only input would have."""
    return tuple(piece for piece in evidence if piece.source in ("input", "activitywatch"))
