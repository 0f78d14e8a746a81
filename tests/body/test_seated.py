"""A slump is told from a camera that moved, a head that turns and somebody who comes nearer; nobody is blamed."""

import math
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seated_body import DESK, Build, Seat, Sitting, burst, moved, names_of, seen, sit

from midback.body.seated import MISSES, Miss, Sample, seated_sample, seen_from_side, side_sample, stance
from midback.body.seated_calibration import DROP, LEAST_DROP, Calibration, numbers_of
from midback.body.seated_judge import Look, judge
from midback.errors import InputError
from midback.movement.landmarks import Frame, nobody
from midback.movement.rotation import Array
from midback.share.wording import MESSAGES
from strategies import anything

UPRIGHT = seen(sit())
CALIBRATION = Calibration(upright=numbers_of(burst(UPRIGHT, 60, seed=99)[0]))
seeds = st.integers(0, 10_000)


def look(frame: Frame, seed: int = 0, calibration: Calibration = CALIBRATION) -> Look:
    """Return what a burst of one posture comes to."""
    samples, misses = burst(frame, seed=seed)
    return judge(samples, calibration, misses)


def sample(frame: Frame) -> Sample:
    """Return the sample of a frame that gives one."""
    found = seated_sample(frame)
    assert isinstance(found, Sample)
    return found


@given(
    st.tuples(st.floats(-0.06, 0.06), st.floats(-0.06, 0.06)),
    st.floats(0.9, 1.1),
    st.floats(-10, 10).map(math.radians),
    st.floats(0, 1),
)
def test_the_ratio_does_not_know_where_the_picture_lies(
    shift: tuple[float, float], scale: float, roll: float, slump: float
) -> None:
    """Shifted, scaled and rolled, a picture of any posture has the same ratio, to rounding."""
    frame = seen(sit(how=Sitting(slump=slump)))
    found = seated_sample(moved(frame, shift=shift, scale=scale, roll=roll))
    assert isinstance(found, Sample)
    assert found.ratio == pytest.approx(sample(frame).ratio, abs=1e-9)
    assert found.nod == pytest.approx(sample(frame).nod, abs=1e-9)
    assert found.yaw == pytest.approx(sample(frame).yaw, abs=1e-9)


@given(
    st.tuples(st.floats(-0.06, 0.06), st.floats(-0.06, 0.06)),
    st.floats(0.9, 1.1),
    st.floats(-10, 10).map(math.radians),
    seeds,
)
def test_a_picture_that_lies_elsewhere_is_upright(
    shift: tuple[float, float], scale: float, roll: float, seed: int
) -> None:
    """Shifts of 6 %, scales of 10 % and rolls of 10 degrees leave somebody who sits upright upright."""
    assert look(moved(UPRIGHT, shift=shift, scale=scale, roll=roll), seed).kind == "upright"


@given(st.floats(-0.3, 0.5), st.floats(0.6, 0.95), st.floats(-0.12, 0.12), seeds)
def test_a_camera_that_stands_elsewhere_is_no_slump(high: float, far: float, tilt: float, seed: int) -> None:
    """Raised, lowered, nearer, farther or tipped: whoever sits upright is never called slumped."""
    found = look(seen(sit(), Seat(high=high, far=far, tilt=tilt)), seed)
    assert found.kind != "slumped", found


@given(st.floats(-0.6, 0.6), st.floats(-1.2, 1.2), st.floats(-0.3, 0.3), seeds)
def test_a_head_that_moves_is_no_slump(nod: float, turn: float, aside: float, seed: int) -> None:
    """Looking down, up, aside or sitting beside the middle is never called slumped."""
    assert look(seen(sit(how=Sitting(nod=nod, turn=turn, aside=aside))), seed).kind != "slumped"


@given(
    st.floats(0.5, 1), st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)), st.floats(-0.1, 0.1), seeds
)
def test_sinking_is_seen_in_a_picture_that_moved_a_little(
    slump: float, shift: tuple[float, float], roll: float, seed: int
) -> None:
    """A clear slump is called one although the picture was pushed a little."""
    found = look(moved(seen(sit(how=Sitting(slump=slump))), shift=shift, roll=roll), seed)
    assert found.kind == "slumped"
    assert found.change is not None
    assert found.change < -DROP


@given(seeds)
def test_a_third_nearer_is_nearer_and_not_slumped(seed: int) -> None:
    """Coming so near that the shoulders are 30 % wider is told apart, with how much."""
    found = look(seen(sit(how=Sitting(nearer=DESK.far * (1 - 1 / 1.3)))), seed)
    assert found.kind == "nearer"
    assert found.reasons[0].values["percent"] == pytest.approx(30, abs=4)


def test_sinking_while_coming_nearer_says_both() -> None:
    """The ratio fell and the shoulders grew: slumped, and how much nearer."""
    found = look(seen(sit(how=Sitting(slump=0.8, nearer=0.2))))
    assert (found.kind, names_of(found.reasons)) == ("slumped", ["slumped", "nearer"])


@pytest.mark.parametrize(
    ("points", "seat", "why"),
    [
        (sit(Build(shoulders=0.27, neck=0.2, ears=0.15, nose=0.09)), DESK, "other-person"),
        (sit(), Seat(far=1.6), "other-size"),
        (sit(), Seat(roll=math.radians(22)), "tilted"),
        (sit(Build(neck=0.30)), DESK, "higher"),
    ],
)
def test_what_does_not_fit_asks_for_a_calibration(points: Array, seat: Seat, why: str) -> None:
    """Another person, chair, tilt or place in the picture is not measured by the old upright."""
    found = look(seen(points, seat))
    assert (found.kind, names_of(found.reasons)) == ("calibrate-again", [why])


@pytest.mark.parametrize("shift", [(0.3, 0.0), (-0.3, 0.0), (0.0, 0.34), (0.0, -0.16)])
def test_sinking_where_nobody_sinks_to_asks_for_a_calibration(shift: tuple[float, float]) -> None:
    """The ratio fell and the shoulders lie far aside, far below or higher: the camera moved, whatever else."""
    far = Seat(far=1.3)
    calibration = Calibration(upright=numbers_of(burst(seen(sit(), far), 60)[0]))
    slumped = seen(sit(how=Sitting(slump=0.6)), far)
    assert look(slumped, calibration=calibration).kind == "slumped"
    found = look(moved(slumped, shift=shift), calibration=calibration)
    assert (found.kind, names_of(found.reasons)) == ("calibrate-again", ["moved"])


def test_another_camera_or_model_is_not_compared() -> None:
    """A picture of another shape, or numbers of another network, ask for a calibration of their own."""
    wide = look(seen(sit(), size=(1280, 720)))
    assert names_of(wide.reasons) == ["other-camera"]
    other = judge(burst(UPRIGHT)[0], CALIBRATION, model="full")
    assert (other.kind, names_of(other.reasons)) == ("calibrate-again", ["other-model"])
    assert judge(burst(UPRIGHT)[0], None).kind == "calibrate-again"


def dark(frame: Frame) -> Frame:
    """Return the frame of a room without light."""
    return replace(frame, light=0.02)


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (nobody(0.0, (640, 480), light=0.4), "nobody"),
        (nobody(0.0, (640, 480), light=0.01), "dark"),
        (dark(UPRIGHT), "dark"),
        (replace(UPRIGHT, people=2), "two-people"),
        (moved(UPRIGHT, shift=(0.0, -0.3)), "head-out"),
        (moved(UPRIGHT, shift=(0.35, 0.0)), "shoulder-out"),
        (moved(UPRIGHT, roll=math.pi / 2, scale=0.3), None),
        (seen(sit() @ np.diag([-1.0, 1.0, 1.0])), "back-turned"),
    ],
)
def test_why_there_is_no_reading(frame: Frame, why: str | None) -> None:
    """Each frame that shows no posture says why, and a burst of them says the same."""
    found = seated_sample(frame)
    assert (found if isinstance(found, str) else None) == why
    if why is not None:
        told = look(frame)
        assert (told.kind, told.ratio, names_of(told.reasons)) == ("no-reading", None, [why])


def test_a_hidden_shoulder_gives_no_sample() -> None:
    """Where the network itself doubts a shoulder, the ratio would be a guess."""
    visibility = UPRIGHT.visibility.copy()
    visibility[12] = 0.2
    assert seated_sample(replace(UPRIGHT, visibility=visibility)) == "shoulder-out"


def test_few_or_unsteady_samples_say_nothing() -> None:
    """Fewer than twelve, or samples that jump about, are no reading."""
    assert names_of(judge(burst(UPRIGHT, 11)[0], CALIBRATION).reasons) == ["too-few"]
    jumping = [*burst(UPRIGHT, 7)[0], *burst(seen(sit(how=Sitting(slump=1))), 7)[0]]
    assert names_of(judge(jumping, CALIBRATION).reasons) == ["unsteady"]


def test_a_passing_second_person_ends_the_reading_only_when_there_mostly() -> None:
    """One frame with two people is left out; most of them with two is no reading."""
    samples, _ = burst(UPRIGHT)
    assert judge(samples, CALIBRATION, ["two-people"]).kind == "upright"
    assert names_of(judge(samples, CALIBRATION, ["two-people"] * 20).reasons) == ["two-people"]


def test_every_reason_has_its_words() -> None:
    """Whatever a sample misses is worded, so no page shows an id."""
    assert set(get_args(Miss)) == set(MISSES)
    assert all(f"seated.{why}" in MESSAGES for why in MISSES)


@given(st.floats(0.02, 0.45))
def test_ones_own_slump_sets_the_threshold_between_its_bounds(own: float) -> None:
    """A shown slump may lower what is called slumped to 6 %, and raises it never."""
    up = CALIBRATION.upright
    threshold = Calibration(upright=up, slumped=replace(up, ratio=(1 - own) * up.ratio)).threshold
    assert LEAST_DROP <= threshold <= DROP
    assert threshold == DROP or threshold <= max(LEAST_DROP, own / 2) + 1e-12


@given(seeds, st.floats(0, 1))
def test_the_interval_holds_the_true_change(seed: int, slump: float) -> None:
    """The change without noise lies in the interval that a noisy burst gives."""
    frame = seen(sit(how=Sitting(slump=slump)))
    found = look(frame, seed)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= sample(frame).ratio / sample(UPRIGHT).ratio - 1 <= found.high


def test_a_calibration_of_too_little_is_refused() -> None:
    """Five samples, or a picture upside down, are no upright."""
    with pytest.raises(InputError, match="Only 5 pictures"):
        numbers_of(burst(UPRIGHT, 5)[0])
    with pytest.raises(InputError, match="not above"):
        numbers_of([replace(one, ratio=-0.4) for one in burst(UPRIGHT, 20)[0]])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("ratio", value) for value in (0, -0.6, 1e-320, math.nan, math.inf, 1e308)),
        *(("spread", value) for value in (-0.1, math.nan, 1e200)),
        *(("shoulder_width", 0), ("aspect", 0.0), ("samples", 0), ("yaw", math.nan), ("light", math.inf)),
        *(("middle", (0.5, math.nan)), ("ears", (1e300, 0.3))),
    ],
)
def test_a_calibration_that_nothing_can_be_compared_with_is_refused(name: str, value: Any) -> None:
    """Numbers of a file that was edited by hand are named, with the rule, before anything is divided by them."""
    with pytest.raises(InputError, match=f"{name} of a calibration is .* It lies between "):
        replace(CALIBRATION.upright, **{name: value})


@given(anything(Calibration))
def test_whatever_calibration_there_is_a_look_has_numbers(calibration: Calibration) -> None:
    """No calibration that can be made lets a look fail, or say a number that is none."""
    assert math.isfinite(calibration.threshold)
    found = judge(burst(UPRIGHT, 14)[0], calibration)
    for number in (found.change, found.low, found.high, found.size):
        assert number is not None
        assert math.isfinite(number)


def test_the_stance_needs_legs_to_be_standing() -> None:
    """A head and shoulders sit; hips and knees in view and straight stand; nobody is absent, the dark unclear."""
    assert stance(UPRIGHT) == "seated"
    tall = sit()
    tall[25:33, 1] = -1.0
    tall[25:33, 2] = 0.0
    assert stance(seen(tall, Seat(far=3.0))) == "standing"
    assert stance(nobody(0.0, (640, 480), light=0.4)) == "absent"
    assert stance(nobody(0.0, (640, 480), light=0.01)) == "unclear"
    assert stance(moved(UPRIGHT, shift=(0.0, -0.4))) == "unclear"


def test_the_side_has_angles_and_no_ratio() -> None:
    """Seen from the side the trunk's lean and the neck's are those of the picture, whichever way one faces."""
    points = sit()
    for turn, faces in ((math.pi / 2, "right"), (-math.pi / 2, "left")):
        c, s = math.cos(turn), math.sin(turn)
        frame = seen(
            points @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]]), Seat(far=2.5, high=-0.1, level=True)
        )
        assert seated_sample(frame) == "from-the-side"
        assert seen_from_side(frame)
        side = side_sample(frame)
        assert not isinstance(side, str)
        assert side.faces == faces
        assert side.trunk == pytest.approx(math.atan2(-0.02, 0.5), abs=0.02)
        assert side.neck == pytest.approx(math.atan2(0.02, 0.245), abs=0.02)


def test_leaning_on_an_elbow_is_no_tilted_camera() -> None:
    """Shoulders that slope while the head stays level are a lean: no reading, and nothing to calibrate."""
    points = sit()
    points[11, 1] += 0.07
    points[12, 1] -= 0.07
    found = look(seen(points))
    assert (found.kind, names_of(found.reasons)) == ("no-reading", ["leaning"])
