"""From pictures to squares and from the networks' numbers to points, without a network."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.movement.rotation import Array
from midback.sense.pose.detector import SIDE, anchors, decoded
from midback.sense.pose.landmarker import HEAT, refined
from midback.sense.pose.steady import Steady
from midback.sense.pose.warp import Cutter, Region

places = st.floats(-300, 900)
sides = st.floats(20, 2000)
turns = st.floats(-math.pi, math.pi)


def test_there_is_an_anchor_for_every_answer() -> None:
    """The five layers have 28, 14 and thrice 7 cells a side with two anchors each: 2,254 in the middles of cells."""
    places = anchors()
    assert places.shape == (2254, 2)
    assert (places > 0).all()
    assert (places < 1).all()
    assert places[:3] * SIDE == pytest.approx(np.array([[4, 4], [4, 4], [12, 4]]))
    assert places[-1] * SIDE == pytest.approx([208, 208])
    assert places.mean(axis=0) == pytest.approx([0.5, 0.5])


@given(places, places, sides, turns, st.floats(-1, 2), st.floats(-1, 2))
def test_a_region_maps_out_and_back(x: float, y: float, side: float, turn: float, u: float, v: float) -> None:
    """What is taken from the square to the picture comes back to where it was."""
    region = Region(x, y, side, turn)
    assert region.within(region.outside(np.array([u, v]))) == pytest.approx([u, v], abs=1e-9)


@given(places, places, st.floats(10, 400), turns)
def test_a_body_stands_upright_in_its_region(x: float, y: float, reach: float, turn: float) -> None:
    """The middle of the body is the square's, and the rim above it lies straight up, whichever way the body lies."""
    rim = np.array([x + reach * math.sin(turn), y - reach * math.cos(turn)])
    region = Region.around(np.array([x, y]), rim)
    assert region.side == pytest.approx(2.5 * reach)
    assert region.within(np.array([x, y])) == pytest.approx([0.5, 0.5])
    assert region.within(rim) == pytest.approx([0.5, 0.1])


def test_a_region_without_a_body_is_not_looked_at() -> None:
    """Where the body's circle shrinks to a spot or flies away, the body is lost."""
    assert Region(320, 240, 300).sensible((640, 480))
    assert Region(-100, 700, 2000, 1.0).sensible((640, 480))
    assert Region(106, 395, 981).sensible((224, 224))  # a face close to a webcam
    assert not Region(320, 240, 0.5).sensible((640, 480))
    assert not Region(320, 240, 9000).sensible((640, 480))
    assert not Region(math.nan, 240, 300).sensible((640, 480))
    assert not Region(320, 240, math.nan).sensible((640, 480))


def slopes(high: int, wide: int) -> Array:
    """Return a picture whose red grows to the right and whose green grows down; blue is 200."""
    rgb = np.empty((high, wide, 3), np.uint8)
    rgb[..., 0] = np.arange(wide)[None, :]
    rgb[..., 1] = np.arange(high)[:, None]
    rgb[..., 2] = 200
    return rgb


@given(st.floats(90, 150), st.floats(70, 130), st.floats(30, 80), turns)
def test_a_cut_reads_the_picture_between_its_pixels(x: float, y: float, side: float, turn: float) -> None:
    """On a picture of slopes every cell shows its own place, to half a level of a byte and a 32nd of a pixel."""
    region = Region(x, y, side, turn)
    square = Cutter(16, 1.0).cut(slopes(200, 240), region)[0]
    v, u = np.mgrid[0:16, 0:16] / 16
    place = region.outside(np.stack([u, v], axis=-1))
    assert np.abs(square[..., :2] - place).max() < 0.6
    assert (square[..., 2] == 200).all()


def test_a_cut_of_the_whole_picture_is_the_picture() -> None:
    """With a cell for each pixel nothing is changed, and scale and offset are as asked."""
    rgb = np.random.default_rng(0).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    whole = Region(16, 16, 32)
    assert (Cutter(32, 1.0).cut(rgb, whole)[0] == rgb).all()
    assert Cutter(32, 2 / 255, -1.0).cut(rgb, whole)[0] == pytest.approx(rgb / 127.5 - 1, abs=1e-6)


def test_beyond_the_picture_there_is_black_or_its_rim() -> None:
    """The detector sees black around a picture that is no square; the landmarks' network sees the rim go on."""
    rgb = np.full((20, 40, 3), 90, np.uint8)
    rgb[0], rgb[-1] = 10, 250
    whole = Region.whole((40, 20))
    black = Cutter(40, 1.0).cut(rgb, whole)[0]
    assert (black[:10] == 0).all()
    assert (black[30:] == 0).all()
    assert (black[10:30] == rgb).all()
    rim = Cutter(40, 1.0).cut(rgb, whole, stretch=True)[0]
    assert (rim[:11] == 10).all()
    assert (rim[29:] == 250).all()
    assert (rim[11:29] == 90).all()


def test_a_region_far_outside_is_black() -> None:
    """A square that misses the picture altogether reads nothing of it."""
    rgb = np.full((20, 40, 3), 90, np.uint8)
    assert (Cutter(8, 1.0).cut(rgb, Region(5000, -7000, 30, 0.3)) == 0).all()


def test_pictures_with_room_for_a_fourth_byte_are_cut_alike() -> None:
    """Red, green and blue are read in place where four bytes a pixel lie behind them, with the same result."""
    padded = np.random.default_rng(1).integers(0, 256, (48, 64, 4)).astype(np.uint8)
    region = Region(30, 20, 50, 0.7)
    plain = Cutter(24, 1.0).cut(np.ascontiguousarray(padded[..., :3]), region)
    assert (Cutter(24, 1.0).cut(padded[..., :3], region) == plain).all()
    # As a decoder hands them out, with a few bytes more at the end of each line.
    lines = np.zeros((48, 64 * 4 + 16), np.uint8)
    lines[:, : 64 * 4] = padded.reshape(48, -1)
    decoder = np.ndarray((48, 64, 4), np.uint8, lines.data, 0, (64 * 4 + 16, 4, 1))
    assert (Cutter(24, 1.0).cut(decoder[..., :3], region) == plain).all()
    # A part of such a picture, or one with its colours turned round, is not taken for it.
    part, turned = padded[5:, 3:, :3], padded[..., 2::-1]
    for odd in (part, turned):
        plain = Cutter(24, 1.0).cut(np.ascontiguousarray(odd), region)
        assert (Cutter(24, 1.0).cut(odd, region) == plain).all()


def answer(place: tuple[float, float], which: int, score: float, boxes: Array, logits: Array) -> None:
    """Let one anchor answer for a body at a place of the square 0..1, a fifth of it wide."""
    middle = (np.array(place) - anchors()[which]) * SIDE
    boxes[which, :4] = (*middle, 0.2 * SIDE, 0.2 * SIDE)
    boxes[which, 4:8] = (*middle, middle[0], middle[1] - 0.2 * SIDE)
    logits[which] = math.log(score / (1 - score))


def test_answers_about_one_body_are_averaged_and_others_counted() -> None:
    """Three answers about one body and one about another: the region is the surer body's, and two are counted."""
    boxes, logits = np.zeros((2254, 12)), np.full(2254, -50.0)
    answer((0.30, 0.50), 10, 0.90, boxes, logits)
    answer((0.34, 0.50), 500, 0.90, boxes, logits)
    answer((0.32, 0.50), 1000, 0.60, boxes, logits)
    answer((0.80, 0.50), 2000, 0.70, boxes, logits)
    answer((0.10, 0.10), 2100, 0.40, boxes, logits)
    found = decoded(boxes, logits, anchors(), Region.whole((400, 400)))
    assert found.people == 2
    assert found.score == pytest.approx(0.9)
    assert found.region is not None
    assert found.region.x == pytest.approx(400 * 0.32)
    assert found.region.side == pytest.approx(2.5 * 0.2 * 400)
    assert found.region.turn == pytest.approx(0)


def test_without_a_sure_answer_there_is_nobody() -> None:
    """Scores below one half are no body, and numbers without bounds do no harm."""
    boxes, logits = np.zeros((2254, 12)), np.full(2254, -1e9)
    found = decoded(boxes, logits, anchors(), Region.whole((400, 300)))
    assert (found.region, found.people) == (None, 0)


def heat_about(x: float, y: float, *, peak: float = 3.0) -> Array:
    """Return logits (64, 64, 1) that are highest at a place in cells."""
    row, column = np.mgrid[0:HEAT, 0:HEAT]
    return (peak - 1.2 * ((column - x) ** 2 + (row - y) ** 2))[..., None]


@given(st.floats(6, 57), st.floats(6, 57))
def test_a_point_moves_to_the_middle_of_its_heat(x: float, y: float) -> None:
    """A point more than a cell off is drawn to where the heat is."""
    point = np.array([[x + 1.2, y - 1.2]]) / HEAT
    assert refined(point, heat_about(x, y)) * HEAT == pytest.approx(np.array([[x, y]]), abs=0.05)


def test_a_point_without_heat_or_outside_stays() -> None:
    """Where the heat is nowhere sure, or the point lies beyond the square, nothing is moved."""
    for point in ([[0.5, 0.5]], [[-0.2, 0.5]], [[0.5, 1.3]]):
        assert (refined(np.array(point), heat_about(32, 32, peak=-1.0)) == point).all()
    assert (refined(np.array([[1.01, 0.5]]), heat_about(63, 32)) == [[1.01, 0.5]]).all()


def test_at_the_rim_only_the_heat_inside_counts() -> None:
    """A window that hangs over the edge takes the cells there are, not those of the other edge."""
    heat = heat_about(0, 0)
    heat[-1, -1] = heat[0, -1] = heat[-1, 0] = 9.0
    assert (refined(np.array([[0.01, 0.01]]), heat) * HEAT < 0.6).all()


@pytest.mark.parametrize("rate", [10, 30, 60])
def test_a_still_body_stays_and_a_moving_one_is_followed(rate: int) -> None:
    """Jitter of 2 px about a still body is more than halved; a walk across the picture lags less than a tenth."""
    rng, steady = np.random.default_rng(2), Steady()
    still = np.array([[300.0, 200.0], [300.0, 80.0]])
    out = np.array([steady.step(still + rng.normal(0, 2, (2, 2)), n / rate, 240) for n in range(9 * rate)])
    assert out[rate:].std(axis=0).max() < 1.0
    walk = Steady()
    for n in range(2 * rate):
        moved = still + np.array([200 * n / rate, 0])
        followed = walk.step(moved, n / rate, 240)
    assert np.abs(followed - moved).max() < 24


def test_after_a_gap_the_body_may_be_anywhere() -> None:
    """When pictures were missing, or time went back, the next points are taken as they are."""
    for t in (5.0, 0.0, -1.0):
        steady = Steady()
        steady.step(np.zeros((2, 2)), 0.0, 100)
        assert (steady.step(np.full((2, 2), 70.0), t, 100) == 70).all()
