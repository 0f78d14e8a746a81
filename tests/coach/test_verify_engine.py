"""The engine around the counters: what it says, in which order, and what it takes as a frame."""

import json
from dataclasses import replace

import numpy as np
import pytest
from verify_rig import bent, cat_cow, film, live, of

from midback.catalogue.exercise import Dose
from midback.coach.verify.engine import Verifier
from midback.coach.verify.notes import Armed, Counted, Refused, as_data
from midback.coach.verify.recording import verify
from midback.movement.landmarks import Frame, nobody

CLIP = film("cat-cow-left").frames


def test_every_note_is_data() -> None:
    """Notes go over a wire as plain data, reasons by their ids."""
    gone = [nobody(f.t, f.size) if f.t > 8.5 else f for f in CLIP]
    _, notes = live(gone)
    data = json.loads(json.dumps([as_data(note) for note in notes]))
    assert {one["kind"] for one in data} == {"armed", "phase", "counted", "refused"}
    refused = [one for one in data if one["kind"] == "refused"]
    assert refused[0] | {"t": 0} == {
        "kind": "refused",
        "t": 0,
        "until": None,
        "reason": {"id": "camera.no-body", "values": {}},
    }
    assert refused[-1]["until"] == pytest.approx(CLIP[-1].t, abs=0.01)


def test_a_refusal_has_a_beginning_and_an_end() -> None:
    """It is told when it begins, and again with its end; live there is at most one at a time."""
    gone = [nobody(f.t, f.size) if 3.0 < f.t < 5.0 else f for f in CLIP]
    _, notes = live(gone)
    refused = [note for note in notes if isinstance(note, Refused)]
    assert [note.until is None for note in refused] == [True, False]
    assert refused[0].t == refused[1].t
    assert [isinstance(note, Armed) for note in notes].count(True) == 2


def test_time_does_not_go_back() -> None:
    """A frame that comes late, or twice, says nothing and changes nothing."""
    verifier = Verifier(cat_cow())
    for n, frame in enumerate(CLIP):
        verifier.step(frame)
        if n % 7 == 0:
            assert verifier.step(frame) == ()
            assert verifier.step(replace(CLIP[n // 2], t=frame.t - 0.2)) == ()
    assert verifier.count == 2
    shuffled = of([frame for pair in zip(CLIP, CLIP, strict=True) for frame in pair])
    assert verify(shuffled, cat_cow()).repetitions == 2


@pytest.mark.parametrize(
    ("dose", "done"), [(Dose(seconds=16, repetitions=4, tempo_s=4.0), 0.5), (None, None)]
)
def test_coverage_is_the_part_of_the_dose(dose: Dose | None, done: float | None) -> None:
    """Two of four are half; without a dose there is no part; more than all is all."""
    assert verify(of(CLIP), cat_cow(), dose=dose).coverage == done
    assert verify(of(CLIP), cat_cow(), dose=Dose(seconds=4, repetitions=1, tempo_s=4.0)).coverage == 1.0


def test_without_an_outline_it_says_that_it_cannot_tell() -> None:
    """A body without a profile of its back counts nothing, and the reason is not its posture."""
    found = verify(of([replace(frame, profile=None) for frame in CLIP]), cat_cow())
    assert found.repetitions == 0
    assert [refused.reason.message_id for refused in found.refusals] == ["camera.unclear"]
    holes = np.random.default_rng(0).random((len(CLIP), 25)) < 0.1
    torn = [
        replace(f, profile=np.where(hole, np.nan, f.profile)) for f, hole in zip(CLIP, holes, strict=True)
    ]
    assert verify(of(torn), cat_cow()).repetitions == 2


def test_nothing_is_kept_of_an_hour() -> None:
    """What the engine holds does not grow with the time it looks."""

    def held(verifier: Verifier) -> int:
        counter = verifier.counters["both"]
        return sum(len(value) for value in vars(counter).values() if hasattr(value, "__len__")) + sum(
            len(value) for value in vars(counter.turns).values() if hasattr(value, "__len__")
        )

    cycle = 0.07 * np.sin(2 * np.pi * np.arange(60) / 60)
    few, many = Verifier(cat_cow()), Verifier(cat_cow())
    for verifier, cycles in ((few, 8), (many, 40)):
        for frame in bent(np.tile(cycle, cycles)):
            verifier.step(frame)
    assert many.count >= 39
    assert held(many) <= held(few) + 3


def test_a_repetition_is_told_once_and_soon() -> None:
    """The count grows with the note, within half a second of the phase that closes the cycle."""
    verifier, numbers = Verifier(cat_cow()), []
    for frame in CLIP:
        told = [note for note in verifier.step(frame) if isinstance(note, Counted)]
        numbers += [note.number for note in told]
        assert verifier.count == len(numbers)
        assert all(frame.t - note.t < 0.7 for note in told)
    assert numbers == [1, 2]


def test_frames_without_anything_are_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An empty recording, and one with nobody, come out as nothing without a word of an error."""
    empty: list[Frame] = []
    assert verify(of(empty), cat_cow()).repetitions == 0
    nothing = verify(of([nobody(n / 10, (640, 480)) for n in range(50)]), cat_cow())
    assert (nothing.repetitions, nothing.neutral, nothing.quality) == (0, None, 0.0)
    assert [refused.reason.message_id for refused in nothing.refusals] == ["camera.no-body"]
