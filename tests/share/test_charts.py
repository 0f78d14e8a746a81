"""Charts draw what was given, leave out what was not, and say the same in a table."""

import math
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.share.calendar import DayMark, Mark, draw_calendar
from midback.share.charts import Series, bar_chart, line_chart, nice_top, scale

parse = ET.fromstring  # our own drawings, nothing untrusted
NS = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.none() | st.floats(0, 500, allow_nan=False), min_size=1, max_size=90)
WORDS = {"title": "Pain <now>", "desc": "0 & 10", "first_column": "Day"}


def labels(n: int) -> list[str]:
    """Return a name for each day."""
    return [f"day {i}" for i in range(n)]


def numbers(path: str) -> list[float]:
    """Return every number of a path or attribute."""
    return [float(found) for found in re.findall(r"-?\d+\.?\d*", path)]


@given(VALUES)
def test_every_line_chart_is_well_formed_and_its_table_says_all(values: list[float | None]) -> None:
    """Whatever the numbers, the drawing is XML, and each day has one row with its value or a word."""
    chart = line_chart([Series("a", values)], labels(len(values)), missing="no answer", **WORDS)
    root = parse(chart.svg)
    assert root.findtext(f"{NS}title") == "Pain <now>"
    assert root.findtext(f"{NS}desc") == "0 & 10"
    assert [row[1] for row in chart.rows] == ["no answer" if v is None else f"{v:g}" for v in values]


@given(VALUES)
def test_a_missing_day_is_a_gap_and_never_a_zero(values: list[float | None]) -> None:
    """There is a mark for every known value and for nothing else."""
    chart = line_chart([Series("a", values[:60])], labels(len(values[:60])), **WORDS)
    marks = parse(chart.svg).findall(f".//{NS}g[@class='mb-marks mb-fill-move']/*")
    assert len(marks) == sum(v is not None for v in values[:60])


def test_a_line_breaks_where_a_day_is_missing_unless_it_may_bridge() -> None:
    """Two stretches are two paths; what is asked only now and then may be joined."""
    values = [1.0, 2.0, None, 3.0, 4.0]
    broken = line_chart([Series("a", values)], labels(5), **WORDS)
    joined = line_chart([Series("a", values)], labels(5), bridge=True, **WORDS)
    assert broken.svg.count("mb-line") == 2
    assert joined.svg.count("mb-line") == 1


def test_lines_differ_by_mark_and_dash_as_well_as_by_colour() -> None:
    """Three lines have three marks, and all but the first a dash of their own."""
    chart = line_chart([Series(n, [1.0, 2.0]) for n in "abc"], labels(2), **WORDS)
    assert {"<circle", "<rect", "l3.4 6h-6.8z"} <= {
        m for m in ("<circle", "<rect", "l3.4 6h-6.8z") if m in chart.svg
    }
    assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', chart.svg))) == 2
    assert chart.columns == ("Day", "a", "b", "c")


@given(VALUES, st.none() | st.floats(1, 60))
def test_bars_stand_on_the_ground_and_inside_the_drawing(
    values: list[float | None], target: float | None
) -> None:
    """Each bar ends at the base line and none is taller than the drawing; nothing and zero have no bar."""
    chart = bar_chart(
        values, labels(len(values)), second_column="min", target=target, target_says="aim", **WORDS
    )
    bars = [r for r in parse(chart.svg).iter(f"{NS}rect") if "mb-bar" in r.get("class", "")]
    assert len(bars) == sum(bool(v) for v in values)
    for bar in bars:
        y, height = float(bar.get("y", "nan")), float(bar.get("height", "nan"))
        assert y + height == pytest.approx(220, abs=0.2)
        assert y >= 37.9
    assert len(chart.rows) == len(values)


@given(st.floats(0, 1e6))
def test_the_scale_ends_at_a_round_number_above(largest: float) -> None:
    """The top is at or above the largest value and at most five times it, or 1."""
    top = nice_top(largest)
    assert top >= largest
    assert top == 1 or top <= 5 * largest
    assert not math.isnan(top)


def test_a_calendar_puts_each_day_under_its_weekday() -> None:
    """Sunday 1 March stands in the last column of the first row, Monday in the first of the second."""
    days = [DayMark(date(2026, 3, 1) + timedelta(days=n), "done", "20 min") for n in range(2)]
    chart = draw_calendar(
        days,
        weekdays=list("MTWTFSS"),
        second_column="Done",
        day_words=date.isoformat,
        month_words=lambda month: "Mar" if month == 3 else str(month),
        **WORDS,
    )
    assert "Mar" in [text.text for text in parse(chart.svg).iter(f"{NS}text")]
    circles = [
        (float(c.get("cx", "nan")), float(c.get("cy", "nan"))) for c in parse(chart.svg).iter(f"{NS}circle")
    ]
    (sunday_x, sunday_y), (monday_x, monday_y) = circles
    assert sunday_x > monday_x
    assert sunday_y < monday_y
    assert chart.rows == (("2026-03-01", "20 min"), ("2026-03-02", "20 min"))


@given(st.floats(-2, 3, allow_nan=False))
def test_the_knob_of_a_scale_never_leaves_its_line(value: float) -> None:
    """Values outside the ends are drawn at the ends."""
    knob = next(parse(scale(value, title="t", desc="d")).iter(f"{NS}circle"))
    assert 10 <= float(knob.get("cx", "nan")) <= 310


def test_words_cannot_break_out_of_a_drawing() -> None:
    """Names are escaped: a name with angle brackets stays a name."""
    evil = '"><script>alert(1)</script>'
    chart = line_chart(
        [Series(evil, [1.0]), Series("b", [2.0])], [evil], title=evil, desc=evil, first_column=evil
    )
    assert "<script" not in chart.svg
    parse(chart.svg)


@pytest.mark.parametrize("mark", ["done", "partly", "paused", "none"])
def test_every_day_of_a_calendar_keeps_its_number(mark: Mark) -> None:
    """Whatever became of a day, its number can be read."""
    chart = draw_calendar(
        [DayMark(date(2026, 3, 17), mark, "x")],
        weekdays=list("MTWTFSS"),
        second_column="Done",
        day_words=date.isoformat,
        **WORDS,
    )
    assert "17" in [text.text for text in parse(chart.svg).iter(f"{NS}text")]


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=120), min_size=2, max_size=3))
def test_no_name_of_a_line_is_cut(names: list[str]) -> None:
    """Long names take more lines; every word of them is there, and the drawing grows with them."""
    chart = line_chart([Series(name, [1.0]) for name in names], ["day"], **WORDS)
    root = parse(chart.svg)
    shown = "".join(text.text or "" for text in root.iter(f"{NS}text") if "mb-name" in text.get("class", ""))
    assert "".join(shown.split()) == "".join("".join(names).split())
    assert float(root.get("viewBox", "").split()[3]) >= 250


def test_a_single_line_or_bar_says_its_unit() -> None:
    """What the scale counts stands above it."""
    for chart in (
        line_chart([Series("a", [1.0])], ["day"], unit="percent", **WORDS),
        bar_chart([1.0], ["day"], second_column="min", unit="percent", **WORDS),
    ):
        assert "percent" in [text.text for text in parse(chart.svg).iter(f"{NS}text")]
