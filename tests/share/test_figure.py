"""The figure as SVG and as numbers, for every exercise and variant."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import midback.web
from midback.catalogue import load_catalogue
from midback.catalogue.keyframe import Keyframe, Movement, View
from midback.errors import InputError, NotFound
from midback.share.figure import animate, path_of, still, still_movement
from midback.share.figure_look import CLOTHES, HAIRS, SKINS, Look, stylesheet
from midback.share.figure_outline import camera

EXERCISES = load_catalogue().exercises
NAMES = [
    f"{exercise.id}/{variant.id}"
    for exercise in EXERCISES.values()
    for variant in exercise.variants
    if exercise.movement_of(variant.id) is not None
]
every = pytest.mark.parametrize("name", NAMES)
SVG = "{http://www.w3.org/2000/svg}"


def split(name: str):
    """Return exercise and variant id."""
    exercise_id, variant = name.split("/")
    return EXERCISES[exercise_id], variant


@every
def test_a_still_is_plain_svg_with_a_name(name):
    """It parses, carries role, title and view box, and has neither styles nor scripts nor numbers that are
    not."""
    text = still(*split(name), title="Sitting & turning <now>")
    root = ElementTree.fromstring(text)  # noqa: S314 - our own output
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Sitting & turning <now>"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "g", "path"}
    assert all("style" not in element.attrib for element in root.iter())
    assert not any(key.startswith("on") for element in root.iter() for key in element.attrib)
    assert "nan" not in text
    assert len(text) < 45_000


@every
def test_a_still_lies_within_its_box(name):
    """Where every path begins is inside the view box, at the start and in the telling pose."""
    exercise, variant = split(name)
    for at in (None, 0.0):
        root = ElementTree.fromstring(still(exercise, variant, at=at))  # noqa: S314 - our own output
        _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
        for path in root.iter(f"{SVG}path"):
            for x, y in re.findall(r"M(-?\d+) (-?\d+)", path.get("d", "")):
                assert -5 <= float(x) <= width + 5
                assert -5 <= float(y) <= height + 5


@every
def test_frames_have_one_structure(name):
    """Each shape has one frame or as many as the others, all of one length; index and times fit them."""
    figure = animate(*split(name))
    shapes = [shape for group in figure["groups"] for shape in group["shapes"]]
    counts = {len(shape["frames"]) for shape in shapes if "frames" in shape}
    assert counts <= {1, max(counts)}
    for shape in shapes:
        if "of" in shape:
            assert any(other["id"] == shape["of"] for other in shapes)
            continue
        assert len({len(frame) for frame in shape["frames"]}) == 1
        assert len(shape["frames"][0]) % 2 == 0
        assert all(isinstance(number, int) for frame in shape["frames"] for number in frame)
    assert len(figure["times"]) == len(figure["index"])
    assert max(figure["index"]) == max(counts) - 1
    assert figure["index"][0] == figure["index"][-1], "the cycle closes"
    assert figure["times"] == sorted(figure["times"])
    assert figure["times"][-1] == figure["duration_s"]
    ids = sorted(group["id"] for group in figure["groups"])
    assert figure["order"][0]["at"] == 0
    assert all(sorted(order["ids"]) == ids for order in figure["order"])
    assert all(set(group["edge"]) <= {shape["id"] for shape in group["shapes"]} for group in figure["groups"])


@every
def test_the_numbers_are_small(name):
    """One cycle stays below 50 kB and lists a key pose at the start."""
    figure = animate(*split(name))
    assert len(json.dumps(figure, separators=(",", ":"))) < 50_000
    assert figure["keyposes"][0]["at"] == 0


@pytest.mark.parametrize("name", ["cat-cow/floor", "thread-needle/floor", "seated-rotation/chair"])
def test_the_other_side_is_the_mirrored_picture(name):
    """Drawn for the left, every limb of the figure is where its twin was, seen in a mirror."""
    right, left = (animate(*split(name), side=side) for side in ("right", "left"))
    assert right["viewBox"] == left["viewBox"]
    width = right["viewBox"][2]

    def first(figure, shape_id):
        shape = next(s for g in figure["groups"] for s in g["shapes"] if s["id"] == shape_id)
        return np.array(shape["frames"][0]).reshape(-1, 2)

    for side, other in (("left", "right"), ("right", "left")):
        for part in ("forearm", "shank", "foot"):
            a, b = first(right, f"{side}-{part}"), first(left, f"{other}-{part}")
            assert a[:, 0].min() == pytest.approx(width - b[:, 0].max(), abs=2)
            assert a[:, 1].min() == pytest.approx(b[:, 1].min(), abs=2)


def test_a_smaller_range_is_drawn_to_the_same_scale():
    """The box does not change with the range, so a smaller movement looks smaller."""
    exercise = EXERCISES["cat-cow"]
    assert animate(exercise, "floor", range_scale=0.5)["viewBox"] == animate(exercise, "floor")["viewBox"]
    assert animate(exercise, "floor", range_scale=0.5)["groups"] != animate(exercise, "floor")["groups"]


def test_the_region_at_work_reads_without_colour():
    """What is lit has an outline and ticks besides its pale field."""
    figure = animate(EXERCISES["cat-cow"], "floor")
    lit = [s for g in figure["groups"] for s in g["shapes"] if s["id"].startswith("lit-thoracic")]
    assert {s["kind"] for s in lit} == {"closed", "ring", "line"}


@pytest.mark.parametrize("hair", HAIRS)
@pytest.mark.parametrize("azimuth", range(0, 360, 30))
def test_hair_is_drawn_from_any_side(hair, azimuth):
    """Whatever the view, hair is a finite outline, and from behind it covers most of the head's height."""
    movement = Movement(
        cycle_s=1.0, keyframes=(Keyframe(at_s=0.0),), view=View(azimuth=azimuth, elevation=8.0)
    )
    text = still_movement(movement, look=Look(hair=hair))
    assert "nan" not in text
    if hair in {"short", "long", "bun", "grey", "covered"}:
        assert 'class="mb-hair"' in text


def test_drawing_loads_no_masked_arrays():
    """A server that draws keeps 1.4 MB less: NumPy brings masked arrays with the first plain `unique`."""
    code = (
        "import sys; from midback.share.figure import still; from midback.catalogue import load_catalogue\n"
    )
    code += "still(load_catalogue().exercise('cat-cow'), 'floor'); print('numpy.ma' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_choices_are_many_and_checked():
    """There are at least five skins, five kinds of hair and four sets of clothes; others are refused by
    name."""
    assert len(SKINS) >= 5
    assert len(HAIRS) >= 5
    assert len(CLOTHES) >= 4
    with pytest.raises(InputError, match="turquoise"):
        Look(skin="turquoise")
    plum = still(EXERCISES["cat-cow"], "floor", look=Look("ebony", "covered", "plum"))
    assert 'class="mb-figure mb-skin-ebony mb-hair-covered mb-clothes-plum"' in plum
    assert SKINS["ebony"][0] in plum


def test_the_stylesheet_is_in_step():
    """static/figure.css is what figure_look writes, and names every class a drawing uses."""
    css = (Path(midback.web.__file__).parent / "static" / "figure.css").read_text()
    assert css == stylesheet()
    used = {c for name in NAMES for c in re.findall(r'class="(mb-[a-z-]+)"', still(*split(name)))}
    assert all(f".{name}{{" in css for name in used), used


def test_what_does_not_move_has_no_figure():
    """A visit has no moving figure and says so."""
    with pytest.raises(NotFound):
        still(EXERCISES["massage"], "visit")


def test_a_thumb_is_lighter():
    """The small drawing leaves out shades and shadow."""
    exercise = EXERCISES["wall-opener"]
    assert len(still(exercise, "wall", size="thumb")) < len(still(exercise, "wall"))
    assert "mb-shade" not in still(exercise, "wall", size="thumb")


def test_a_camera_looks_the_right_way():
    """From their right side, the person faces to the right of the picture; from the front, their right is
    left."""
    side, front = camera(90, 0), camera(0, 0)
    np.testing.assert_allclose(side.flat(np.array([1.0, 0, 0])), [1, 0], atol=1e-12)
    np.testing.assert_allclose(front.flat(np.array([0, 0, 1.0])), [-1, 0], atol=1e-12)
    assert side.depth(np.array([0, 0, 1.0])) == pytest.approx(1)


def test_paths_pass_through_their_points():
    """A smooth ring, a polygon and a thread visit every point and close only where they should."""
    points = np.array([[0, 0], [30, 0], [30, 40], [0, 40]])
    assert path_of("polygon", points) == "M0 0l30 0l0 40l-30 0z"
    assert path_of("thread", points) == "M0 0l30 0l0 40l-30 0"
    ring = path_of("closed", points)
    ends = [tuple(map(int, c.split()[-2:])) for c in re.findall(r"c([-\d ]+)", ring)]
    assert ends == [(30, 0), (0, 40), (-30, 0), (0, -40)]
    assert ring.endswith("z")
    assert not path_of("line", points).endswith("z")
