"""``midback analyse``: what a film, stills, a camera or a recording shows. Out: Analysis. Next: cli.analyse.

One stream of frames goes through everything that looks at it; nothing keeps the frames, so an hour needs no more
memory than a minute. What the evidence does not carry is listed as not judged, with the reason.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from midback.body.seated import Sample
from midback.body.seated_judge import Look
from midback.catalogue.catalogue import Catalogue
from midback.catalogue.exercise import Exercise
from midback.coach.verify.gates import GATES
from midback.coach.verify.recording import Recording, Verified
from midback.errors import InputError
from midback.movement.landmarks import Frame
from midback.plan.performance import Side
from midback.reasons import Reason

from .analysis_checks import Checked, checkable, named_check, tried_check
from .analysis_posture import Posture, SideOn
from .analysis_quality import Quality
from .analysis_sitting import Own, Sitting, own_upright
from .analysis_source import FrameSource, Words

# Told now and then: (share done 0..1 or None, frames so far, instant in s).
Progress = Callable[[float | None, int, float], None]
TELL_EVERY: Final = 15
# Below this share of the frames a start position is a chance.
OFTEN: Final = 0.2


class Sink(Protocol):
    """Whatever else wants to see each frame: a recording, a `.trc`, a film's drawing."""

    def add(self, frame: Frame) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What one still shows."""

    name: str
    frame: Frame
    orientation: str | None
    sample: Sample | None
    look: Look | None
    side: SideOn | None
    trunk_rad: float | None = None
    head_rad: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What was found. ``stopped``: the person ended it early, and this is what was seen until then."""

    source: Words
    checked: Checked | None
    verified: Verified | None
    could_be: tuple[tuple[Exercise, str, float], ...]
    posture: Posture
    sitting: Sitting | None
    stills: tuple[Still, ...]
    quality: Quality
    not_judged: tuple[tuple[str, Reason], ...]
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for.

    exercise : ``cat-cow`` or ``cat-cow:floor`` ; sitting : posture at the desk ; calibrate : pictures, a film or a
    recording of the person's own upright ; fps : look at so many pictures a second at most ; seconds : stop then
    """

    exercise: str | None = None
    side: Side = "both"
    sitting: bool = False
    calibrate: Path | None = None
    model: str = "full"
    fps: float | None = None
    seconds: float | None = None

    @property
    def seat(self) -> bool:
        """Say whether sitting is asked for."""
        return self.sitting or self.calibrate is not None


def analyse(
    source: str | Path,
    wanted: Wanted,
    catalogue: Catalogue,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
    sinks: Sequence[Sink] = (),
) -> Analysis:
    """Look at everything in a source and say what it shows.

    progress : told now and then how far it is ; stop : asked at every frame whether to end with what there is

    Raises
    ------
    InputError : the source or what is wanted cannot be used ; NotFound : no such exercise
    Unavailable : the camera or a file of the camera part is missing
    """
    if wanted.exercise is not None and wanted.seat:
        raise InputError(
            "An exercise and sitting were both asked for.", "One of them is looked at.", "Leave one out."
        )
    checked = named_check(catalogue, wanted.exercise) if wanted.exercise else None
    own = _own(wanted.calibrate, wanted) if wanted.calibrate is not None else None
    if checked is None and not wanted.seat:
        checked = tried_check(catalogue)
    profile = checked is not None or bool(sinks)
    with FrameSource(source, model=wanted.model, fps=wanted.fps, profile=profile) as frames:
        return _Run(frames, wanted, catalogue, checked, own).through(progress, stop, sinks)


def _own(upright: Path, wanted: Wanted) -> Own:
    with FrameSource(upright, model=wanted.model, fps=wanted.fps) as frames:
        return own_upright(frames, frames.words.model)


class _Run:
    """One pass over the frames."""

    def __init__(
        self,
        frames: FrameSource,
        wanted: Wanted,
        catalogue: Catalogue,
        checked: Checked | None,
        own: Own | None,
    ) -> None:
        self.frames, self.wanted, self.checked = frames, wanted, checked
        self.still = frames.words.kind == "stills"
        self.posture = Posture(own.side if own else None)
        self.sitting = (
            Sitting(own.front if own else None, frames.words.model)
            if wanted.seat or (self.still and wanted.exercise is None)
            else None
        )
        check = checked.exercise.camera.check if checked is not None and not self.still else None
        self.counting = None if check is None else Recording(check, wanted.side)
        self.quality = Quality()
        self.stills: list[Still] = []
        self._able = checkable(catalogue) if not (self.still or wanted.exercise or wanted.seat) else []
        self._fits = [0] * len(self._able)

    def through(self, progress: Progress | None, stop: Callable[[], bool], sinks: Iterable[Sink]) -> Analysis:
        words, stopped, sinks = self.frames.words, False, tuple(sinks)
        most = self.wanted.seconds
        for number, frame in enumerate(self.frames):
            if stop():
                stopped = True
                break
            if most is not None and frame.t > most:
                break
            self._step(frame)
            for sink in sinks:
                sink.add(frame)
            if progress is not None and number % TELL_EVERY == 0:
                progress(_share(words, most, number, frame.t), number, frame.t)
        if self.sitting is not None and not self.still:
            self.sitting.finish()
        self.quality.lost = self.frames.lost
        verified = self.counting.finish() if self.counting is not None else None
        seen = max(1, self.quality.seen)
        fits = zip(self._able, self._fits, strict=True)
        return Analysis(
            source=words,
            checked=self.checked,
            verified=verified,
            could_be=tuple(
                (exercise, variant, count / seen)
                for (exercise, variant, _), count in fits
                if count > OFTEN * seen
            ),
            posture=self.posture,
            sitting=self.sitting,
            stills=tuple(self.stills),
            quality=self.quality,
            not_judged=not_judged(self),
            stopped=stopped,
        )

    def _step(self, frame: Frame) -> None:
        self.quality.add(frame)
        side = self.posture.add(frame)
        found = self.sitting.add(frame) if self.sitting is not None else None
        if self.counting is not None:
            self.counting.add(frame)
        if self._able and frame.seen:
            verdicts: dict[str, bool] = {}
            for number, (_, _, gates) in enumerate(self._able):
                for gate in gates:
                    if gate not in verdicts:
                        verdicts[gate] = GATES[gate](frame) is None
                    if not verdicts[gate]:
                        break
                else:
                    self._fits[number] += 1
        if self.still:
            self.stills.append(
                Still(
                    name=self.frames.name_of(frame.t),
                    frame=frame,
                    orientation=self.posture.now,
                    sample=found if isinstance(found, Sample) else None,
                    look=self.sitting.look_of(found) if self.sitting is not None and found else None,
                    side=side,
                    trunk_rad=None if side is None else self.posture.trunk_of(side),
                    head_rad=None if side is None else self.posture.head_of(side),
                )
            )


def not_judged(run: _Run) -> tuple[tuple[str, Reason], ...]:
    """Return what an analysis leaves open, and why."""
    found: list[tuple[str, Reason]] = []
    if run.still:
        found.append(("repetitions", Reason("analysis.stills-do-not-move")))
    elif run.wanted.seat:
        found.append(("repetitions", Reason("analysis.sitting-asked")))
    elif run.checked is not None and not run.checked.named:
        found.append(("other-exercises", Reason("analysis.name-exercise")))
    if run.checked is not None and run.checked.named and not run.checked.validated:
        found.append(("accuracy", Reason("analysis.not-validated")))
    if not run.posture.side_frames:
        found.append(("zones", Reason("analysis.not-from-side")))
    elif run.still:
        found.append(("zones", Reason("analysis.stills-have-no-time")))
    elif run.posture.upright is None:
        found.append(("zones", Reason("analysis.upright-unknown")))
    if run.sitting is not None and run.sitting.own is None:
        found.append(("slump", Reason("analysis.not-calibrated")))
    if run.quality.seen < run.quality.frames:
        found.append(("unseen", Reason("analysis.unseen", {"frames": run.quality.frames - run.quality.seen})))
    found.append(("back-curve", Reason("analysis.no-curve")))
    found.append(("rotation", Reason("analysis.no-rotation")))
    return tuple(found)


def _share(words: Words, most: float | None, number: int, t: float) -> float | None:
    if words.kind == "stills" and words.count:
        return min(1.0, number / words.count)
    whole = min((one for one in (words.seconds, most) if one), default=None)
    if whole:
        return min(1.0, t / whole)
    return min(1.0, number / words.count) if words.count else None
