"""Exercises acted for a camera: the pieces that the laws of the dose are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from midback.catalogue import load_catalogue
from midback.catalogue.check import Check
from midback.catalogue.exercise import Dose, Exercise
from midback.catalogue.keyframe import Movement
from midback.coach.verify.recording import Recording, Verified
from midback.coach.verify.signals import SIGNALS
from midback.movement.acting import Act, Pace, Part, act
from midback.movement.landmarks import Landmarks
from midback.movement.lens import Lens
from midback.movement.synthetic import NONE, STILL, Noise, film

# What is allowed in the seconds of a hold: a second. In those of a rolling, which begins and ends slowly: three.
QUANTUM_S = {"hold": 1.5, "oscillation": 3.0}


@dataclass(frozen=True, slots=True)
class Case:
    """One way to do one exercise that a camera can check."""

    exercise: Exercise
    variant: str
    check: Check
    movement: Movement

    @property
    def name(self) -> str:
        """Return exercise and variant."""
        return f"{self.exercise.id}/{self.variant}"

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides it is done on."""
        return ("left", "right") if self.exercise.sides else ("both",)


def all_cases() -> Iterator[Case]:
    """List every variant that declares a signal; two that move the same way are one."""
    for exercise in load_catalogue().exercises.values():
        seen: list[Movement] = []
        for variant in exercise.variants:
            movement = exercise.movement_of(variant.id)
            check = exercise.camera.check
            if check is None or movement is None or not exercise.camera.can_check(variant.id):
                continue
            if not any(_same(movement, other) for other in seen):
                seen.append(movement)
                yield Case(exercise, variant.id, check, movement)


def _same(a: Movement, b: Movement) -> bool:
    return (a.keyframes, a.cycle_s) == (b.keyframes, b.cycle_s) and [
        (contact.point, contact.at) for contact in a.contacts
    ] == [(contact.point, contact.at) for contact in b.contacts]


CASES = {case.name: case for case in all_cases()}


@cache
def settled(name: str) -> bool:
    """Say whether the first keyframe is already the pose that is held."""
    case = CASES[name]
    if case.check.kind != "hold":
        return False
    frame = film(
        act(case.movement, [Part(cycles=1)], fps=1, pace=Pace(enter_s=0)),
        lens(case.check.views[0]),
        noise=NONE,
    )
    side = "right" if case.exercise.sides else "both"
    return SIGNALS[case.check.signal](frame.frames[0], side) > case.check.high


def every_movement() -> dict[str, tuple[Exercise, Movement]]:
    """List every movement of the catalogue, checked or not; two that move the same way are one."""
    found: dict[str, tuple[Exercise, Movement]] = {}
    for exercise in load_catalogue().exercises.values():
        for variant in exercise.variants:
            movement = exercise.movement_of(variant.id)
            known = (other for owner, other in found.values() if owner is exercise)
            if movement is not None and not any(_same(movement, other) for other in known):
                found[f"{exercise.id}/{variant.id}"] = (exercise, movement)
    return found


def some_work(exercise: Exercise, movement: Movement, seconds: float) -> Part:
    """Return about so much of a movement: a hold where it has one, cycles where not."""
    side = "right" if exercise.sides else "both"
    if exercise.camera.check is not None and exercise.camera.check.kind == "hold":
        return Part(side=side, hold_s=seconds)
    return Part(side=side, cycles=max(1, round(seconds / movement.cycle_s)))


def lens(azimuth: float, **how: float) -> Lens:
    """Return a camera three metres away at the height of a table."""
    return Lens(azimuth_deg=azimuth, **how)  # type: ignore[arg-type]


def part(case: Case, dose: Dose, side: str) -> Part:
    """Return one set of a dose on one side."""
    if case.check.kind == "hold":
        return Part(side=side, hold_s=dose.seconds, settled=settled(case.name))
    if dose.repetitions:
        return Part(side=side, cycles=dose.repetitions, cycle_s=dose.tempo_s)
    return Part(side=side, cycles=max(1, round(dose.seconds / case.movement.cycle_s)))


def small_part(case: Case, side: str) -> Part:
    """Return a short piece of the exercise, at full range."""
    if case.check.kind == "hold":
        return Part(side=side, hold_s=16, settled=settled(case.name))
    return Part(side=side, cycles=2)


def doses(exercise: Exercise) -> list[Dose]:
    """List the doses of every level, by time and by repetitions where it knows both, each once."""
    found: list[Dose] = []
    for level in exercise.levels:
        for by in exercise.dose_by:
            dose = level.dose(by)
            if all(
                (d.seconds, d.repetitions, d.range) != (dose.seconds, dose.repetitions, dose.range)
                for d in found
            ):
                found.append(dose)
    return found


def frames_a_second(done_s: float, number: int) -> float:
    """Return a frame rate from 10 to 60, other each time; what takes long is looked at less often."""
    if done_s > 90:
        return 5.0
    return (10.0, 12.0, 30.0, 10.0, 60.0, 15.0)[number % 6] if done_s <= 30 else 10.0


def watch(landmarks: Landmarks, check: Check, side: str = "both") -> tuple[Recording, Verified]:
    """Count a film live, and once more when all of it is known."""
    recording = Recording(check, side)  # type: ignore[arg-type]
    for frame in landmarks.frames:
        recording.add(frame)
    return recording, recording.finish()


def wrong(case: Case, done: Act, parts: list[Part], recording: Recording, verified: Verified) -> str:
    """Say what differs from what was acted, or nothing."""
    check = case.check
    if check.kind == "cycles":
        want = sum(one.cycles for one in parts)
        got = (recording.live.count, verified.repetitions)
        return "" if got == (want, want) else f"{got} repetitions of {want}"
    if check.kind == "oscillation":
        want = sum(one.cycles for one in parts)
        lasts = sum(end - start for start, end in done.spans)
        held = sum(hold.seconds for hold in verified.holds)
        off = abs(held - lasts) > QUANTUM_S["oscillation"] * len(parts)
        return (
            f"{verified.repetitions} of {want}, {held:.1f} s of {lasts:.1f}"
            if verified.repetitions != want or off
            else ""
        )
    got_holds = [(hold.side, round(hold.seconds, 1)) for hold in verified.holds]
    want_holds = [(one.side, end - start) for one, (start, end) in zip(parts, done.spans, strict=True)]
    fits = len(got_holds) == len(want_holds) and all(
        a == c and abs(b - d) <= QUANTUM_S["hold"]
        for (a, b), (c, d) in zip(got_holds, want_holds, strict=True)
    )
    return "" if fits else f"held {got_holds} of {want_holds}"


def seen_by(done: Act, azimuth: float, seed: int, noise: Noise = STILL, **how: float) -> Landmarks:
    """Film an act from one side."""
    return film(done, lens(azimuth, **how), seed=seed, noise=noise)
