"""Other pictures of the same movement give the same count, or a stated refusal; through our own networks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from pictures_rig import (
    Change,
    Rgb,
    after,
    blurred,
    compressed,
    covered,
    cropped,
    dimmed,
    doubled,
    gamma,
    mirrored,
    noisy,
    placed,
    resized,
)
from verify_rig import LABELS, cat_cow

from footage import Footage, footage  # noqa: F401 - a fixture
from midback.coach.verify.recording import Recording, Verified
from midback.sense.pictures.port import open_pictures
from midback.sense.pose.estimator import PoseEstimator

CLIP = "allfours/catcow_A_side_wanshape.mp4"
NEGATIVES = ("childs-pose", "pompes-classiques", "sit-ups")
PICTURES = list[tuple[float, Rgb]]

SAME: dict[str, Change] = {
    "240p": resized(240),
    "blur": blurred(3),
    "bright": gamma(0.5),
    "dim": gamma(2.5),
    "noise": noisy(20),
    "mirrored": mirrored,
    "right": placed(right=0.06),
    "left": placed(right=-0.06),
    "down": placed(down=0.06),
    "up": placed(down=-0.06),
    "nearer": placed(scale=1.1),
    "farther": placed(scale=0.9),
    "rolled": placed(roll=10),
    "rolled back": placed(roll=-10),
    "no head": cropped(left=0.3),
    "no hands": cropped(bottom=0.15),
}
HARDER: dict[str, Change] = {
    "120p": resized(120),
    "half the size": placed(scale=0.5),
    "rolled by 20": placed(roll=20),
    "JPEG of poor quality": compressed(10),
    "a chair before the head": covered(0.1, 0.2, 0.3, 0.6),
    "a bag before the hands": covered(0.2, 0.75, 0.45, 1.0),
    "a lamp before the trunk": covered(0.42, 0.2, 0.5, 0.6),
    "feet cut off": cropped(right=0.2),
    "mirrored, small, rolled, noisy": after(mirrored, resized(240), placed(roll=10, scale=0.8), noisy(12)),
}
ANYTHING = {name: SAME[name] for name in ("mirrored", "dim", "rolled")}


@dataclass
class Clips:
    """Clips decoded once, and one pair of networks."""

    find: Callable[[str], object]
    estimator: PoseEstimator
    kept: dict[str, PICTURES]

    def pictures(self, place: str, every: int) -> PICTURES:
        if place not in self.kept:
            with open_pictures(str(self.find(place))) as source:
                self.kept[place] = [(one.t, one.rgb.copy()) for n, one in enumerate(source) if n % every == 0]
        return self.kept[place]

    def count(self, pictures: Sequence[tuple[float, Rgb]], change: Change | None = None) -> Verified:
        recording = Recording(cat_cow())
        self.estimator.reset()
        for number, (t, rgb) in enumerate(pictures):
            shown = rgb if change is None else change(rgb, number)
            recording.add(self.estimator.look(shown, t, profile=True, people_every_s=2.0))
        return recording.finish()


@pytest.fixture(scope="module")
def clips(footage: Footage) -> Iterator[Clips]:  # noqa: F811
    clips = Clips(footage, PoseEstimator("full"), {})
    yield clips
    clips.estimator.close()


def off(found: Verified) -> float:
    """Return how far the phases are from their labels, in s; all of them have to be there."""
    assert [event.phase for event in found.events] == [name for name, _, _ in LABELS]
    return max(abs(event.t - at) for event, (_, at, _) in zip(found.events, LABELS, strict=True))


@pytest.mark.parametrize("name", SAME)
def test_the_same_movement_counts_the_same(clips: Clips, name: str) -> None:
    """Ten frames a second; size, focus, light, noise, side, place, distance, roll, head or hands cut off."""
    found = clips.count(clips.pictures(CLIP, 3), SAME[name])
    assert found.repetitions == 2
    assert off(found) < 0.3


@pytest.mark.slow
@pytest.mark.parametrize("name", HARDER)
def test_hard_pictures_count_the_same(clips: Clips, name: str) -> None:
    """Tiny, far, dim, hidden in part: more than is asked of a camera."""
    found = clips.count(clips.pictures(CLIP, 3), HARDER[name])
    assert found.repetitions == 2
    assert off(found) < 0.35


@pytest.mark.slow
def test_sixty_frames_a_second(clips: Clips) -> None:
    """With a blend of two frames between each two, the count is the same."""
    pictures = clips.pictures("./" + CLIP, 1)[:125]
    between = [
        (t + half / 60, rgb if not half else ((rgb.astype(np.uint16) + after_it) // 2).astype(np.uint8))
        for (t, rgb), (_, after_it) in zip(pictures, [*pictures[1:], pictures[-1]], strict=True)
        for half in (0, 1)
    ]
    found = clips.count(between)
    assert found.repetitions == 1
    assert [event.phase for event in found.events] == ["cow", "cat", "cow"]


@pytest.mark.parametrize("part", [0.1, 0.03])
def test_near_darkness_counts_nothing(clips: Clips, part: float) -> None:
    """A tenth of the light, with the noise of such pictures: nothing, and the reason is the dark."""
    found = clips.count(clips.pictures(CLIP, 3)[:60], after(dimmed(part), noisy(3)))
    assert found.repetitions == 0
    assert {refused.reason.message_id for refused in found.refusals} == {"camera.too-dark"}


def test_two_people_are_asked_to_be_one(clips: Clips) -> None:
    """Two who do the same face to face: nothing counts, and it is said why."""
    found = clips.count(clips.pictures(CLIP, 3)[:60], doubled)
    assert found.repetitions == 0
    assert {refused.reason.message_id for refused in found.refusals} == {"camera.more-people"}


def test_without_the_back_nothing_counts(clips: Clips) -> None:
    """A picture that ends below the back says that the back is out of view."""
    found = clips.count(clips.pictures(CLIP, 3), cropped(top=0.3))
    assert found.repetitions == 0
    assert "camera.out-of-view-back" in {refused.reason.message_id for refused in found.refusals}


@pytest.mark.parametrize("clip", NEGATIVES)
def test_other_movements_count_nothing(clips: Clips, clip: str) -> None:
    """Child's pose, push-ups and sit-ups are none, as filmed."""
    assert clips.count(clips.pictures(f"negatives/{clip}.mp4", 5)).repetitions == 0


@pytest.mark.slow
@pytest.mark.parametrize("clip", NEGATIVES)
@pytest.mark.parametrize("name", ANYTHING)
def test_other_movements_count_nothing_however_they_are_seen(clips: Clips, clip: str, name: str) -> None:
    """Nor are they in other pictures."""
    assert clips.count(clips.pictures(f"negatives/{clip}.mp4", 5), ANYTHING[name]).repetitions == 0
