"""The drawings of Why's day: what is not known is neither little nor much, and every hour says its sentence."""

import re

from hypothesis import given
from hypothesis import strategies as st

from midback.web.whypicture import TINT_FROM, Axis, LoadRow, draw_breaks, draw_load, tint_of

SHARES = st.lists(st.none() | st.floats(0.0, 3.0), min_size=1, max_size=25)


def drawn(shares: list[float | None]) -> str:
    """Draw one row."""
    row = LoadRow(
        name="Mid-back",
        tall=100.0,
        shares=tuple(shares),
        says=tuple(f"hour <{n}>" for n in range(len(shares))),
    )
    axis = Axis(start=0.0, names=tuple(f"{n:02d}" for n in range(len(shares))))
    return draw_load(axis, [row], title="A day", desc="")


@given(SHARES)
def test_every_hour_is_one_mark_that_says_its_sentence(shares: list[float | None]) -> None:
    """As many marks as hours, inside the drawing, the unknown ones grey and low, and words safe to put in a page."""
    svg = drawn(shares)
    marks = re.findall(
        r'<rect class="mb-still-(\w+)"[^>]*y="([\d.-]+)" width="[\d.]+" height="([\d.]+)"', svg
    )
    assert [tint == "unknown" for tint, _y, _high in marks] == [share is None for share in shares]
    assert all(float(y) >= 0 and 4.0 <= float(high) <= 100.0 for _tint, y, high in marks)
    assert svg.count("hour &lt;") == len(shares)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_drawn_as_less(one: float, other: float) -> None:
    """Tint and height agree in their order, and no tint lies beyond the six from teal to amber."""
    low, high = sorted((one, other))
    assert 0 <= int(tint_of(low)) <= int(tint_of(high)) <= len(TINT_FROM) == 5
    heights = [float(high) for high in re.findall(r'height="([\d.]+)" rx', drawn([low, high]))]
    assert heights[0] <= heights[1]


def test_a_gap_parts_the_course_of_a_day() -> None:
    """Where nothing is known, no line is drawn across."""
    axis = Axis(start=0.0, names=("00", "01", "02"))
    points = [(0.0, 0.1), (30.0, 0.4), (60.0, None), (90.0, 0.2), (120.0, 0.3)]
    svg = draw_breaks(axis, points, points, names=("was", "is"), title="t", desc="d")
    assert svg.count('class="mb-line') == 2
    assert svg.count('class="mb-still-3" fill="#e6cd97" fill-opacity="0.55" d=') == 2


def test_the_hour_that_is_not_over_ends_before_now() -> None:
    """No bar reaches past the line of now, and hours that are over keep their width."""
    row = LoadRow(name="Mid-back", tall=90.0, shares=(0.5, 0.5, 0.5), says=("", "", ""))
    drawn = draw_load(
        Axis(start=420.0, names=("07", "08", "09"), now=560.0, now_says="now"), [row], title="", desc=""
    )
    line = float(re.findall(r'<line x1="([0-9.]+)"', drawn)[0])
    bars = [
        (float(x), float(wide))
        for x, wide in re.findall(
            r'<rect class="mb-still-\d" fill="[^"]+" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"', drawn
        )
    ]
    assert len(bars) == 3
    assert bars[0][1] == bars[1][1] > bars[2][1] > 3.0
    assert all(x + wide < line for x, wide in bars)
