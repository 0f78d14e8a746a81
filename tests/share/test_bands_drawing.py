"""The drawing of the bands: what it shows, says and never says."""

import re
from random import Random
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.body.bands import BACK, BANDS, FRONT, bands_of
from midback.body.subject import make_subject
from midback.body.working_posture import WorkingPosture, in_degrees
from midback.share.bands import NUMBERS, SHOWN, View, draw_bands, draw_views, percent
from midback.share.bands_ribbon import Ribbon, ribbons, tint_of, width_of
from midback.share.figure import path_of
from midback.share.figure_look import CLOTHES, HAIRS, SKINS, Look, stylesheet
from midback.share.outline_paths import ring_paths
from midback.share.spine_day import TINTS

SUBJECT = make_subject(mass_kg=70, stature_m=1.75)
SVG = "{http://www.w3.org/2000/svg}"
VIEWS: tuple[View, ...] = ("side", "back")


def drawing(posture: WorkingPosture, view: View, **more: object) -> ElementTree.Element:
    """Draw a posture and read the drawing."""
    text = draw_bands(posture, bands_of(SUBJECT, posture), view, **more)  # type: ignore[arg-type]
    return ElementTree.fromstring(text)  # noqa: S314 - our own text


DESK = in_degrees(head_flexion=30, thoracic_flexion=12, arms_forward=30, elbow=70)


def test_between_them_the_views_show_every_band() -> None:
    """The back view shows all bands of the back on both sides, the side view those of the front."""
    shown = {
        view: {group.get("data-band") for group in drawing(DESK, view).iter(f"{SVG}g")} - {None}
        for view in VIEWS
    }
    assert shown["back"] == set(BACK)
    assert set(FRONT) < shown["side"]
    assert shown["side"] | shown["back"] == set(BANDS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_screen_reader_hears_title_and_description(view: View) -> None:
    """The drawing is one image with a name and a text, both escaped."""
    root = drawing(DESK, view, title="Bands <now>", desc="The rhomboids & more")
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert [child.text for child in root[:2]] == ["Bands <now>", "The rhomboids & more"]


@pytest.mark.parametrize("view", VIEWS)
def test_words_beside_the_bands_are_the_ones_given_or_the_change_in_percent(view: View) -> None:
    """Every band shown has its words; a band without words has its change of length."""
    said = {"levator": "Levator, longer <b>"}
    words = [text.text for text in drawing(DESK, view, labels=said).iter(f"{SVG}text")]
    strain = dict(zip(BANDS, bands_of(SUBJECT, DESK).strain.tolist(), strict=True))
    expected = [said.get(name, percent(strain[name])) for layer in SHOWN[view] for name in layer]
    assert sorted(filter(None, words)) == sorted(expected)


@settings(max_examples=25)
@given(
    st.fixed_dictionaries(
        {
            "head_flexion": st.floats(-60, 90),
            "trunk_flexion": st.floats(-45, 90),
            "thoracic_flexion": st.floats(-30, 45),
            "arms_forward": st.floats(-45, 180),
            "elbow": st.floats(-10, 160),
            "arm_support": st.floats(0, 1),
            "back_rest": st.floats(0, 1),
        }
    ),
    st.sampled_from(VIEWS),
    st.booleans(),
)
def test_every_posture_a_person_may_ask_for_is_drawn_inside_the_picture(
    told: dict[str, float], view: View, seated: bool
) -> None:
    """No number is missing, and head, hands and words lie in the box."""
    root = drawing(in_degrees(**told), view, seated=seated)
    text = ElementTree.tostring(root, "unicode")
    assert "nan" not in text
    assert "inf" not in text
    left, top, width, height = map(float, str(root.get("viewBox")).split())
    for word in root.iter(f"{SVG}text"):
        assert left <= float(str(word.get("x"))) <= left + width
        assert top <= float(str(word.get("y"))) <= top + height
    for part in root.iter(f"{SVG}g"):
        if part.get("data-part") == "head":
            starts = re.findall(r"M(-?\d+) (-?\d+)", ElementTree.tostring(part, "unicode"))
            assert all(left <= int(x) <= left + width and top <= int(y) <= top + height for x, y in starts)


def test_longer_is_amber_thin_and_tight_and_shorter_teal_wide_and_slack() -> None:
    """Tint, width and shape go the same way as strain, so that colour never speaks alone."""
    strains = np.linspace(-0.4, 0.6, 41)
    tints, widths = [tint_of(s) for s in strains], [width_of(s, 10.0) for s in strains]
    assert tints == sorted(tints)
    assert (tints[0], tint_of(0.0), tints[-1]) == (0, 2, 5)
    assert widths == sorted(widths, reverse=True)
    course = [np.array([[0.0, 0.0], [0.0, 4000.0]])]

    def sway(strain: float) -> float:
        gloss = ElementTree.fromstring(f"<g>{ribbons([Ribbon(course, strain, 200.0)])[0]}</g>")[-1].get("d")  # noqa: S314
        xs = np.array(str(gloss).removeprefix("M").split(), dtype=float)[::2]
        return int((np.diff(np.sign(np.diff(xs))) != 0).sum())

    assert sway(-0.2) > 4 > sway(0.2)


def test_the_bands_are_never_red() -> None:
    """Every colour of a band is one of the look's tints from teal to amber: red stays with pain and stop."""
    for posture in (DESK, in_degrees(), in_degrees(thoracic_flexion=-15, arms_forward=-30)):
        for view in VIEWS:
            for group in drawing(posture, view).iter(f"{SVG}g"):
                if group.get("data-band"):
                    fills = {path.get("fill") for path in group} - {"none"}
                    assert fills <= set(TINTS)


def test_every_class_drawn_has_its_colour_in_the_dark_too() -> None:
    """Paths are painted by classes of the style sheets, in light and dark, besides their light colour for print."""
    known = set(re.findall(r"\.mb-([a-z-]+[0-9]?)\{", stylesheet())) | {f"still-{n}" for n in range(6)}
    known |= {"stroke-rest", "text-ink", "blades"}
    posture = in_degrees(head_flexion=20, arm_support=0.5, back_rest=0.5, arms_forward=20, elbow=80)
    for view in VIEWS:
        for element in drawing(posture, view).iter():
            if element.tag in (f"{SVG}path", f"{SVG}rect", f"{SVG}text") and element.get("class"):
                assert {name.removeprefix("mb-") for name in str(element.get("class")).split()} <= known


def test_the_same_person_upright_stands_behind_and_the_figure_is_the_persons_own() -> None:
    """The pale figure is there in every drawing, and skin, hair and clothes are those chosen."""
    for hair, skin, clothes in zip(HAIRS, SKINS, [*CLOTHES, "sky"], strict=True):
        look = Look(skin=skin, hair=hair, clothes=clothes)
        for view in VIEWS:
            root = drawing(DESK, view, look=look)
            assert str(root.get("class")).endswith(look.classes())
            assert [path for path in root.iter(f"{SVG}path") if path.get("data-part") == "upright"]


@pytest.mark.parametrize(
    ("strain", "said"), [(0.124, "+12 %"), (-0.041, "−4 %"), (0.002, "0 %"), (-0.004, "0 %")]
)
def test_a_change_of_length_is_written_in_whole_percent(strain: float, said: str) -> None:
    """Longer has a plus, shorter a minus, hardly any change neither."""
    assert percent(strain) == said


def test_both_views_in_one_go_are_the_views_one_by_one() -> None:
    """A person drawn once and turned round is the person drawn for each view, to the last number."""
    for posture in (DESK, in_degrees(head_flexion=60, trunk_flexion=-20, back_rest=0.5, arm_support=1)):
        bands = bands_of(SUBJECT, posture)
        for hair in HAIRS:
            look = Look(hair=hair)
            both = draw_views(posture, bands, {"side": "a", "back": "b"}, look, "c")
            assert both == {
                "side": draw_bands(posture, bands, "side", look, "a", "c"),
                "back": draw_bands(posture, bands, "back", look, "b", "c"),
            }


def test_from_the_side_the_far_arm_is_darker_and_from_behind_neither() -> None:
    """The arm that the body hides in part has the darker tones of skin and sleeve."""
    for view in VIEWS:
        dark = {
            str(group.get("data-part"))
            for group in drawing(DESK, view).iter(f"{SVG}g")
            if str(group.get("data-part")).endswith("arm")
            and any(str(path.get("class")).endswith("-far") for path in group)
        }
        assert dark == ({"right-arm"} if view == "side" else set())


@given(st.integers(1, 6), st.randoms(use_true_random=False))
def test_many_rings_are_written_as_each_alone(count: int, random: Random) -> None:
    """Points of no length and rings of different sizes too."""
    rings = [
        np.array(
            [[random.choice([0.0, 0.4, -7.5, random.uniform(-900, 900)]) for _ in "xy"] for _ in range(n)]
        )
        for n in (random.randint(3, 9) for _ in range(count))
    ]
    assert ring_paths(rings) == [path_of("closed", ring) for ring in rings]


def test_numbers_stand_before_the_words_where_a_list_names_the_bands() -> None:
    """Each label begins with its band's place in the list, and what a small picture leaves out is apart."""
    drawn = draw_views(DESK, bands_of(SUBJECT, DESK), {"side": "", "back": ""}, numbered=True)
    for view in VIEWS:
        texts = list(ElementTree.fromstring(drawn[view]).iter(f"{SVG}text"))  # noqa: S314 - our own text
        told = {int(str(text[0].text)): str(text[1].text).strip() for text in texts}
        strain = dict(zip(BANDS, bands_of(SUBJECT, DESK).strain.tolist(), strict=True))
        assert told == {NUMBERS[name]: percent(strain[name]) for layer in SHOWN[view] for name in layer}
        assert all((text[0].get("class"), text[1].get("class")) == ("mb-number", "mb-more") for text in texts)
