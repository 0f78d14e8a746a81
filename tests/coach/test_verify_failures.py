"""What camera counters are known to get wrong. Each failure has its test."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verify_rig import bent, cat_cow, film, live, mirrored, moved, of

from midback.coach.verify.engine import Verifier
from midback.coach.verify.notes import Armed, Counted, Phase, Refused
from midback.coach.verify.recording import verify
from midback.movement.landmarks import Frame, nobody

CLIP = film("cat-cow-left").frames


def later(frames: tuple[Frame, ...], by: float) -> list[Frame]:
    return [replace(frame, t=frame.t + by) for frame in frames]


def reasons(frames: list[Frame]) -> list[str]:
    return [refused.reason.message_id for refused in verify(of(frames), cat_cow()).refusals]


@pytest.mark.parametrize("name", ["childs-pose", "push-ups", "sit-ups", "sitting-three-quarter"])
def test_getting_into_position_counts_nothing(name: str) -> None:
    """Whatever comes before, nothing counts until the start is held, and then as much as without it."""
    before = film(name).frames
    end = before[-1].t + 0.1
    frames = [*before, *later(CLIP, end)]
    found = verify(of(frames), cat_cow())
    assert found.repetitions == 2
    assert all(event.t >= end for event in found.events)
    _, notes = live(frames)
    assert all(note.t >= end for note in notes if isinstance(note, Counted | Phase))


def test_arms_only_where_the_body_is_slow() -> None:
    """Somebody who walks about on hands and knees is asked to keep still, and is not counted."""
    frames = [moved(frame, right=0.15 * np.sin(3 * frame.t)) for frame in CLIP]
    verifier, notes = live(frames)
    assert not any(isinstance(note, Armed) for note in notes)
    assert verifier.count == 0
    assert "camera.still-first" in {note.reason.message_id for note in notes if isinstance(note, Refused)}


@pytest.mark.parametrize(
    ("right", "down", "part"),
    [(-0.6, 0, "shoulder"), (0.35, 0, "hip"), (0, 0.4, "knee"), (0, 1.0, "shoulder")],
)
def test_out_of_the_picture_counts_nothing(right: float, down: float, part: str) -> None:
    """The network goes on guessing beyond the edge; the verifier does not, and names the part."""
    frames = [moved(frame, right, down) for frame in CLIP]
    assert verify(of(frames), cat_cow()).repetitions == 0
    assert reasons(frames) == [f"camera.out-of-view-{part}"]


def test_leaving_drops_what_was_half_done() -> None:
    """Who goes away in the second cow and is back in the third has done one cycle, and begins anew."""
    frames = [nobody(f.t, f.size) if 4.6 < f.t < 6.8 else f for f in CLIP]
    found = verify(of(frames), cat_cow())
    assert found.repetitions == 1
    assert [event.phase for event in found.events] == ["cow", "cat", "cow", "cow", "cat"]
    assert [refused.reason.message_id for refused in found.refusals] == ["camera.no-body"]
    assert found.refusals[0].t == pytest.approx(4.6, abs=0.1)
    assert found.refusals[0].until == pytest.approx(6.8, abs=0.1)


def test_a_blink_of_the_camera_is_no_leaving() -> None:
    """Half a second without a body, or without frames, changes nothing."""
    for frames in (
        [nobody(f.t, f.size) if 4.0 < f.t < 4.5 else f for f in CLIP],
        [f for f in CLIP if not 4.0 < f.t < 4.5],
    ):
        assert verify(of(frames), cat_cow()).repetitions == 2
        assert not reasons(frames)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.floats(-0.1, 0.1), st.floats(0.2, 4.0))
def test_trembling_at_a_threshold_counts_nothing(seed: int, middle: float, hz: float) -> None:
    """A back that sways by four hundredths of the trunk, noise included, is at rest; so is a frame that is far off."""
    rng = np.random.default_rng(seed)
    t = np.arange(180) / 15
    values = middle + 0.017 * np.sin(2 * np.pi * hz * t) + rng.normal(0, 0.002, 180).clip(-0.003, 0.003)
    values[rng.integers(10, 170)] += 0.4
    verifier, notes = live(bent(values))
    assert verifier.count == 0
    assert not [note for note in notes if isinstance(note, Phase)]


@settings(max_examples=6)
@given(st.integers(0, 2**32 - 1))
def test_trembling_about_the_neutral_adds_nothing(seed: int) -> None:
    """Between real cycles the back may tremble in the middle for as long as it likes."""
    rng = np.random.default_rng(seed)
    cycle = 0.07 * np.sin(2 * np.pi * np.arange(60) / 60)
    rest = rng.normal(0, 0.006, 60)
    values = np.concatenate([np.zeros(15), cycle, rest, cycle, rest, cycle, rest])
    verifier, _ = live(bent(values))
    assert verifier.count == 3
    assert verify(of(bent(values)), cat_cow()).repetitions == 3


def test_a_new_set_begins_at_nothing() -> None:
    """Each set has its verifier: it starts at 0, with the neutral that is known and not with half a cycle."""
    first, _ = live(CLIP)
    second = Verifier(cat_cow(), neutral=first.neutral)
    assert (second.count, second.phase, second.armed) == (0, None, False)
    for frame in later(CLIP, 60.0):
        second.step(frame)
    assert second.count == 2


def test_a_nod_is_no_cat_cow() -> None:
    """Head up and down by 27 degrees, four times, over a still back: nothing, with the gate open all the time."""
    nod = film("nod-on-all-fours")
    ears = np.array([f.point("nose")[1] - f.point("left_shoulder")[1] for f in nod.frames])
    trunk = float(np.hypot(*(nod.frames[0].middle("shoulder") - nod.frames[0].middle("hip"))))
    assert np.ptp(ears) > 0.2 * trunk
    found = verify(nod, cat_cow())
    assert (found.repetitions, found.events, found.refusals) == (0, (), ())
    assert found.quality > 0.9


def test_two_people_are_asked_to_be_one() -> None:
    """With somebody else in view nothing counts, and it is said."""
    frames = [replace(frame, people=2) for frame in CLIP]
    assert verify(of(frames), cat_cow()).repetitions == 0
    assert reasons(frames) == ["camera.more-people"]


def test_somebody_who_comes_and_stays_ends_the_counting() -> None:
    """One doubtful look of the detector is let pass; who is still there at the next one is company."""
    doubtful = [replace(frame, people=2) if 4.0 <= frame.t < 6.0 else frame for frame in CLIP]
    assert verify(of(doubtful), cat_cow()).repetitions == 2
    staying = [replace(frame, people=2) if frame.t >= 4.0 else frame for frame in CLIP]
    assert verify(of(staying), cat_cow()).repetitions == 1
    assert reasons(staying) == ["camera.more-people"]


def test_left_and_right_swapped_counts_the_same() -> None:
    """A person seen from the other side, or taken for one half-way, is the same person."""
    half = [mirrored(frame) if frame.t > 5 else frame for frame in CLIP]
    assert verify(of([mirrored(frame) for frame in CLIP]), cat_cow()).repetitions == 2
    # The body jumps across the picture here: half a cycle may be lost, none may be won.
    assert verify(of(half), cat_cow()).repetitions in (1, 2)


@pytest.mark.parametrize("light", [0.0, 0.02, 0.05])
def test_near_darkness_counts_nothing(light: float) -> None:
    """However good the guessed pose looks."""
    frames = [replace(frame, light=light) for frame in CLIP]
    assert verify(of(frames), cat_cow()).repetitions == 0
    assert reasons(frames) == ["camera.too-dark"]


def test_a_front_view_is_sent_to_the_side() -> None:
    """Where the shoulders are as wide as the trunk is long, the outline of the back tells nothing."""
    frames = []
    for frame in CLIP:
        image = frame.image.copy()
        image[11, 0] += 150
        image[23, 0] += 150
        image[12, 0] -= 150
        image[24, 0] -= 150
        frames.append(replace(frame, image=image))
    assert reasons(frames) == ["camera.look-from-the-side"]
    assert verify(of(frames), cat_cow()).repetitions == 0


def test_standing_and_bending_over_is_no_all_fours() -> None:
    """Straight knees and hands above the floor: the same trunk, another posture."""
    frames = []
    for frame in CLIP:
        image = frame.image.copy()
        for side in (0, 1):
            image[27 + side] = image[25 + side] + (image[25 + side] - image[23 + side])
        frames.append(replace(frame, image=image))
    assert reasons(frames) == ["camera.not-all-fours"]
