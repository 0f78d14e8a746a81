"""One look: enough good samples and no more, an honest line, and a light that goes out early where nobody is."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.evidence import read_object
from midback.body.seated import Sample, seated_sample
from midback.body.seated_calibration import Calibration, numbers_of
from midback.body.seen import seen_in, seen_once
from midback.movement.landmarks import LANDMARKS, POINT, Frame, nobody
from midback.sense import look
from midback.sense.burst import (
    BLANK,
    CLOSE_S,
    EVERY_S,
    LONGEST_S,
    SETTLE_S,
    WANTED,
    Burst,
    calibration_of,
    take,
)
from midback.sense.pictures.port import Picture

SIZE = (640, 480)
FPS = 30
# Middle of the picture, in px: somebody at a desk, the hips below its edge.
POINTS = {
    "nose": (320, 175),
    "left_eye_inner": (332, 160),
    "left_eye": (338, 160),
    "left_eye_outer": (344, 160),
    "right_eye_inner": (308, 160),
    "right_eye": (302, 160),
    "right_eye_outer": (296, 160),
    "left_ear": (362, 168),
    "right_ear": (278, 168),
    "mouth_left": (335, 200),
    "mouth_right": (305, 200),
    "left_shoulder": (430, 300),
    "right_shoulder": (210, 300),
    "left_hip": (400, 620),
    "right_hip": (240, 620),
    "left_knee": (410, 700),
    "right_knee": (230, 700),
}


def person(t: float = 0.0, *, drop: float = 0.0, people: int = 1, light: float = 0.5, **moved: Any) -> Frame:
    """Return a frame of somebody; ``drop`` px the head sinks; ``moved`` places single points elsewhere."""
    image = np.full((len(LANDMARKS), 3), 470.0)
    for name, (x, y) in {**POINTS, **moved}.items():
        head = name.startswith(("nose", "left_e", "right_e", "mouth"))
        image[POINT[name], :2] = x, y + (drop if head else 0.0)
    world = np.zeros((len(LANDMARKS), 3))
    return Frame(
        t=t,
        image=image,
        world=world,
        visibility=np.ones(len(LANDMARKS)),
        score=0.99,
        size=SIZE,
        people=people,
        light=light,
    )


def standing(thigh: tuple[float, float, float] = (0.0, 0.4, 0.0)) -> Frame:
    """Return somebody further away, legs in view, whose thighs point as ``thigh`` in space."""
    legs = {
        "left_shoulder": (350, 150),
        "right_shoulder": (290, 150),
        "left_hip": (340, 250),
        "right_hip": (300, 250),
        "left_knee": (340, 330),
        "right_knee": (300, 330),
    }
    frame = person(**legs, nose=(320, 100))
    for side in ("left", "right"):
        frame.world[POINT[f"{side}_knee"]] = thigh
    return frame


@dataclass
class Screen:
    """Pictures that come as a camera's do, and what an estimator sees in each."""

    frames: Any = person
    seconds: float = 20.0
    fps: float = FPS
    lights: Any = lambda _t: 128
    looked: list[float] = field(default_factory=list)
    handed: int = 0

    def __iter__(self) -> Iterator[Picture]:
        for number in range(round(self.seconds * self.fps)):
            self.handed = number + 1
            t = number / self.fps
            yield Picture(t, np.full((48, 64, 3), self.lights(t), np.uint8))

    def look(self, _rgb: Any, t: float, *, people_every_s: float | None = None) -> Frame:
        """Return what the picture shows."""
        assert people_every_s is not None
        self.looked.append(t)
        frame: Frame = self.frames(t)
        return frame


def burst_of(screen: Screen) -> Burst:
    """Look at a screen."""
    return take(screen, screen)  # type: ignore[arg-type]


def upright() -> Calibration:
    """Return the calibration of the same person, undropped."""
    samples = [sample for n in range(40) if isinstance(sample := seated_sample(person(n / 8)), Sample)]
    return Calibration(upright=numbers_of(samples))


def test_a_look_takes_what_it_needs_and_drops_the_rest() -> None:
    """Fourteen samples over some six seconds, the first after the exposure settled; then the camera is let go."""
    screen = Screen()
    burst = burst_of(screen)
    assert len(burst.good) == len(screen.looked) == WANTED
    assert screen.looked[0] >= SETTLE_S
    apart = np.diff(screen.looked)
    assert apart.min() >= EVERY_S - CLOSE_S
    assert screen.looked[-1] < LONGEST_S
    assert screen.handed / FPS <= 1 + SETTLE_S + WANTED * (EVERY_S + 1 / FPS)


@pytest.mark.parametrize("fps", [5, 7.5, 10, 15, 24, 30, 60])
def test_any_rate_of_pictures_gives_enough_samples(fps: float) -> None:
    """A slow camera, and pictures thinned before they come, still make a look of fourteen samples."""
    burst = burst_of(Screen(fps=fps))
    assert len(burst.good) == WANTED
    assert burst.frames[-1].t <= LONGEST_S


def test_it_waits_while_the_brightness_moves() -> None:
    """A camera that is still finding its exposure is not looked through yet."""
    screen = Screen(lights=lambda t: min(200, 20 + 80 * t))
    burst_of(screen)
    assert screen.looked[0] >= 2.2


@pytest.mark.parametrize(
    ("frame", "why", "seen"),
    [
        (lambda t: nobody(t, SIZE, 0, 0.5), "nobody", "absent"),
        (lambda t: nobody(t, SIZE, 0, 0.01), "dark", "unclear"),
        (lambda t: nobody(t, SIZE, None, 0.5), "nobody", "unclear"),
    ],
)
def test_where_nobody_is_the_look_is_short(frame: Any, why: str, seen: str) -> None:
    """After five empty or dark pictures it ends; nobody is claimed only where bodies were looked for."""
    screen = Screen(frames=frame)
    burst = burst_of(screen)
    assert len(screen.looked) == BLANK
    said = burst.told(upright())
    assert (said["seen"], said["look"], said["reason"]) == (seen, "no-reading", why)
    assert "ratio" not in said


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (lambda t: person(t, people=2), "two-people"),
        (lambda t: person(t, left_ear=(362, -80)), "head-out"),
        (lambda t: person(t, left_shoulder=(700, 300)), "shoulder-out"),
    ],
)
def test_a_look_without_enough_says_why(frame: Any, why: str) -> None:
    """Two people, a head or shoulder out of the picture: no ratio, and the reason; the look is bounded."""
    screen = Screen(frames=frame, seconds=60)
    said = burst_of(screen).told(upright())
    assert (said["look"], said["reason"], said.get("ratio"), said.get("change")) == (
        "no-reading",
        why,
        None,
        None,
    )
    assert screen.handed / FPS <= LONGEST_S + EVERY_S + 0.1


@pytest.mark.parametrize(("drop", "look"), [(0.0, "upright"), (5.0, "upright"), (20.0, "slumped")])
def test_the_line_says_how_one_sits(drop: float, look: str) -> None:
    """The median ratio against the person's own upright; the line is evidence as the log has it."""
    said = burst_of(Screen(frames=lambda t: person(t, drop=drop))).told(upright())
    assert (said["seen"], said["look"], said["samples"]) == ("seated", look, WANTED)
    assert said["change"] == pytest.approx(-drop / 132, abs=1e-3)
    found = read_object({**json.loads(json.dumps(said)), "at": "2026-03-02T09:00:00Z"})
    assert (found.look, found.near, found.spread) == (look, 1.0, 0.0)


def test_without_a_calibration_there_is_a_ratio_and_no_judgement() -> None:
    """A look by hand before calibrating tells the numbers alone."""
    said = burst_of(Screen()).told(None)
    assert said["ratio"] == pytest.approx(132 / 220, abs=1e-3)
    assert "look" not in said
    assert "change" not in said


def test_another_picture_is_no_seat() -> None:
    """Where the picture does not fit the calibration, whoever is there may as well stand."""
    said = burst_of(Screen(frames=lambda t: replace(person(t), size=(640, 360)))).told(upright())
    assert (said["seen"], said["look"]) == ("unclear", "calibrate-again")


def test_standing_is_said_where_the_legs_say_so() -> None:
    """Hips and knees in view and thighs that hang in space too; a seat seen from the front is not called standing."""
    assert seen_once(standing()) == "standing"
    assert seen_once(standing(thigh=(0.0, 0.2, -0.35))) == "unclear"
    assert seen_once(person()) == "seated"
    assert seen_in([standing()] * 9 + [person()]) == "standing"
    assert seen_in([standing()] * 5 + [person()] * 5) == "unclear"
    assert seen_in([]) == "unclear"


def test_lying_or_on_all_fours_is_no_seat() -> None:
    """A level trunk is neither sitting at a desk nor standing."""
    level = {
        "left_hip": (450, 250),
        "right_hip": (450, 260),
        "left_shoulder": (200, 240),
        "right_shoulder": (200, 250),
    }
    assert seen_once(person(**level, nose=(150, 230))) == "unclear"


numbers = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


@given(said=st.dictionaries(st.sampled_from(["upright", "slumped", "model"]), numbers))
def test_what_is_no_calibration_is_none(said: dict[str, Any]) -> None:
    """Anything else than a calibration's numbers gives no calibration, and never an error."""
    assert calibration_of(said) is None


@pytest.mark.parametrize(("name", "value"), [("ratio", 0), ("ratio", math.nan), ("spread", 1e200)])
def test_a_calibration_of_nonsense_is_none(name: str, value: float) -> None:
    """A whole calibration with one number that nothing can be compared with counts as none."""
    said = asdict(upright())
    said["upright"][name] = value
    assert calibration_of(said) is None


def test_a_calibration_comes_through_json_whole() -> None:
    """The orders carry it as JSON, and the look reads the same one."""
    whole = upright()
    assert math.isfinite(whole.upright.ratio)
    from midback.store import codec

    assert calibration_of(json.loads(json.dumps(codec.dump(whole)))) == whole


def test_a_source_that_is_none_is_no_reading(tmp_path: Any) -> None:
    """A file that is not there gives a line that says so."""
    said = look.look(str(tmp_path / "gone.mp4"), {})
    assert (said["seen"], said["look"], said["reason"]) == ("unclear", "no-reading", "no-picture")
