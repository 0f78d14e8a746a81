"""Fronts are drawn from what nothing else undercuts, every point with its name."""

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from midback.share.pareto import Panel, Point, draw_fronts, front_of

parse = ET.fromstring  # our own drawing, nothing untrusted
POINTS = st.lists(
    st.builds(
        Point,
        name=st.text(
            st.characters(categories=("Lu", "Ll", "Nd", "Zs"), include_characters="<&'"),
            min_size=1,
            max_size=12,
        ),
        cost=st.floats(0, 200),
        left=st.floats(0.01, 1),
        kind=st.sampled_from(("ours", "peer", "fixed", "none")),
    ),
    min_size=1,
    max_size=14,
)


@given(POINTS)
def test_no_point_undercuts_the_front_and_each_of_the_others_is_undercut(points: list[Point]) -> None:
    """A point stands on the front exactly when none is at most as high in both and different."""
    front = front_of(points)
    for point in points:
        beaten = any(
            other.cost <= point.cost
            and other.left <= point.left
            and (other.cost, other.left) != (point.cost, point.left)
            for other in points
        )
        on_it = (point.cost, point.left) in {(one.cost, one.left) for one in front}
        assert on_it is not beaten


@settings(max_examples=25)
@given(POINTS)
def test_the_drawing_is_whole_and_names_every_point(points: list[Point]) -> None:
    """It is XML that stands by itself, and has one text for each point, whatever lies on top of what."""
    svg = draw_fronts([Panel("Mean", "share", points)], "interruptions", "a title", "what it shows")
    root = parse(svg)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for point in points:
        assert point.name in texts
    assert "prefers-color-scheme:dark" in svg
