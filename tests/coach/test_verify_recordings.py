"""Recorded people: cat-cow is counted as somebody who looked at it counted, and nothing else is."""

from dataclasses import replace

import numpy as np
import pytest
from verify_rig import LABELS, cat_cow, film, live, mirrored, of

from midback.coach.verify.notes import Phase
from midback.coach.verify.recording import Verified, verify
from midback.movement.landmarks import Frame

NEGATIVES = (
    "childs-pose",
    "push-ups",
    "sit-ups",
    "sitting-three-quarter",
    "sitting-side",
    "sitting-front-slumped",
    "sitting-front-upright",
    "nod-on-all-fours",
    "cat-cow-dark",
)


def shown(frames: list[Frame]) -> Verified:
    return verify(of(frames), cat_cow())


def phases(found: Verified) -> list[str]:
    return [event.phase for event in found.events]


def test_cat_cow_is_counted_as_it_was_labelled() -> None:
    """Three cats and two whole cycles; each phase begins within 0.3 s of its label, the first at the start."""
    found = verify(film("cat-cow-left"), cat_cow())
    assert found.repetitions == 2
    assert phases(found) == [name for name, _, _ in LABELS]
    assert found.events == tuple(sorted(found.events, key=lambda event: event.t))
    assert max(abs(event.t - at) for event, (_, at, _) in zip(found.events, LABELS, strict=True)) < 0.2
    assert [round(one.t - at, 1) for one, at in zip(found.counted, (3.5, 7.2), strict=True)] == [-0.1, 0.1]
    assert not found.refusals
    assert found.quality > 0.9


def test_live_counts_the_same() -> None:
    """As it happens the count is the same, half a second late at most; phases in the order they were."""
    frames = film("cat-cow-left").frames
    verifier, notes = live(frames)
    assert verifier.count == 2
    assert [note.phase for note in sorted((n for n in notes if isinstance(n, Phase)), key=lambda n: n.t)] == [
        name for name, _, _ in LABELS
    ]
    seen = []
    verifier, _ = live(())
    for frame in frames:
        verifier.step(frame)
        seen.append(verifier.count)
    first, second = (frames[seen.index(number)].t for number in (1, 2))
    assert 3.5 <= first <= 4.2
    assert 7.2 <= second <= 7.9


@pytest.mark.parametrize("name", NEGATIVES)
def test_nothing_else_is_cat_cow(name: str) -> None:
    """Child's pose, push-ups, sit-ups, sitting, nodding and darkness count nothing, live nor afterwards."""
    assert verify(film(name), cat_cow()).repetitions == 0
    assert live(film(name).frames)[0].count == 0


@pytest.mark.parametrize("name", [name for name in NEGATIVES if "nod" not in name and "childs" not in name])
def test_what_is_refused_is_told_why(name: str) -> None:
    """Where the gate is never open, one reason or more says so."""
    found = verify(film(name), cat_cow())
    assert found.refusals
    assert not found.events


@pytest.mark.parametrize(
    ("begin", "cycles", "order"),
    [
        (0.0, 2, ["cow", "cat", "cow", "cat", "cow", "cat"]),
        (1.4, 2, ["cat", "cow", "cat", "cow", "cat"]),
        (3.5, 1, ["cow", "cat", "cow", "cat"]),
        (5.4, 1, ["cat", "cow", "cat"]),
        (7.3, 0, ["cow", "cat"]),
    ],
)
def test_one_may_begin_in_either_phase(begin: float, cycles: int, order: list[str]) -> None:
    """Cow to cow or cat to cat: whichever was held at the start closes a cycle when it comes again."""
    frames = [frame for frame in film("cat-cow-left").frames if frame.t >= begin]
    assert (shown(frames).repetitions, phases(shown(frames))) == (cycles, order)
    assert live(frames)[0].count == cycles


def test_left_and_right_are_no_matter() -> None:
    """Mirrored, or with left and right mixed up by the network in every second frame, the count is the same."""
    frames = film("cat-cow-left").frames
    assert shown([mirrored(frame) for frame in frames]).repetitions == 2
    turned = [mirrored(frame) for frame in frames]
    mixed = [
        frame
        if n % 2
        else replace(
            frame, image=other.image * [-1, 1, 1] + [frame.size[0], 0, 0], world=other.world * [-1, 1, 1]
        )
        for n, (frame, other) in enumerate(zip(frames, turned, strict=True))
    ]
    assert shown(mixed).repetitions == 2


@pytest.mark.parametrize("speed", [0.35, 0.5, 0.75, 1.5, 2.0])
def test_slow_and_fast(speed: float) -> None:
    """At a third of the speed, and at twice it, the count is the same."""
    frames = [replace(frame, t=frame.t / speed) for frame in film("cat-cow-left").frames]
    assert shown(frames).repetitions == 2
    assert live(frames)[0].count == 2


@pytest.mark.parametrize("share", [0.2, 0.4, 0.5])
def test_dropped_frames(share: float) -> None:
    """With every fifth to every second frame lost at random the count is the same, and phases stay."""
    for seed in range(5):
        kept = np.random.default_rng(seed).random(150) >= share
        frames = [frame for frame, keep in zip(film("cat-cow-left").frames, kept, strict=True) if keep]
        found = shown(frames)
        assert (found.repetitions, live(frames)[0].count) == (2, 2)
        # What happens between two frames is dated by one of them.
        gap = max(np.diff([0.0, *(frame.t for frame in frames)]))
        off = max(abs(event.t - at) for event, (_, at, _) in zip(found.events, LABELS, strict=True))
        assert off < 0.2 + gap / 2


@pytest.mark.parametrize("fps", [5, 7.5, 60])
def test_frame_rates(fps: float) -> None:
    """Five frames a second count like sixty."""
    frames = film("cat-cow-left").frames
    if fps < 15:
        frames = frames[:: round(15 / fps)]
    else:
        frames = tuple(replace(frame, t=frame.t + part / 60) for frame in frames for part in range(4))
    assert (shown(list(frames)).repetitions, live(frames)[0].count) == (2, 2)


def test_the_neutral_does_not_care_how_long_a_phase_is_held() -> None:
    """Cats held five times as long move no boundary by more than a tenth of a second."""
    plain = verify(film("cat-cow-left"), cat_cow())
    t, frames, was = 0.0, [], 0.0
    for frame in film("cat-cow-left").frames:
        held = any(name == "cat" and begin + 0.3 <= frame.t <= end for name, begin, end in LABELS)
        t, was = t + (frame.t - was) * (5 if held else 1), frame.t
        frames.append(replace(frame, t=t))
    found = shown(frames)
    assert found.repetitions == 2
    assert found.neutral == pytest.approx(plain.neutral, abs=0.005)
    assert [e.phase for e in found.events] == [e.phase for e in plain.events]
