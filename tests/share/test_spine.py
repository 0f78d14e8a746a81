"""The spine tells how long stillness lasted, what was done, where now is; the body map its areas."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.catalogue.load import load_catalogue
from midback.share.bodymap import BACK, FRONT, draw_body
from midback.share.spine import draw_across, draw_down, draw_week
from midback.share.spine_day import TINTS, BoutBar, DaySpine, HourStep, Joint, known_parts, still_runs, tint

parse = ET.fromstring  # our own drawings, nothing untrusted
NS = "{http://www.w3.org/2000/svg}"
STILL = ("sitting", "standing", "driving")
KNOWN = (*STILL, "moving", "away")
HOURS = range(7, 23)
BARS = st.lists(
    st.tuples(st.integers(400, 1300), st.integers(1, 200), st.sampled_from(KNOWN)), max_size=8
).map(lambda rows: [(float(s), float(s + length), a) for s, length, a in rows])


def test_stillness_adds_up_over_hours_and_activities() -> None:
    """Driving from 8 to 9 and sitting on to 10:52 is one run: 60 minutes at nine, 172 at the end."""
    bars = [(480.0, 540.0, "driving"), (540.0, 652.0, "sitting")]
    assert still_runs(bars, (7, 8, 9, 10), STILL, KNOWN) == (None, 60.0, 120.0, 172.0)


def test_moving_ends_a_run() -> None:
    """After ten minutes of moving the count begins anew."""
    bars = [(480.0, 540.0, "sitting"), (540.0, 550.0, "moving"), (550.0, 600.0, "sitting")]
    assert still_runs(bars, (8, 9), STILL, KNOWN) == (60.0, 50.0)


def test_only_what_is_known_of_an_hour_is_tinted() -> None:
    """Sitting from 8:40 to 9:30 is known for a third of one hour and half of the next."""
    bars = [(520.0, 570.0, "sitting"), (600.0, 660.0, "unknown")]
    (seven, eight, nine, ten) = known_parts(bars, (7, 8, 9, 10), KNOWN)
    assert (seven, ten) == ((), ())
    assert eight == (pytest.approx((2 / 3, 1.0)),)
    assert nine == (pytest.approx((0.0, 0.5)),)
    day = DaySpine(hours=(HourStep(8, 20.0, "8", eight),))
    for draw, axis in ((draw_down, 1), (draw_across, 0)):
        root = parse(draw(day, title="t", desc="d"))
        (step,) = [r for r in root.iter(f"{NS}rect") if "mb-hour" in r.get("class", "")]
        assert "mb-still-unknown" in step.get("class", "")
        (part,) = root.iter(f"{NS}path")
        points = [tuple(map(float, p.split())) for p in part.get("d", "").strip("MZ").split("L")]
        side = float(step.get("height" if axis else "width", "0"))
        low, high = min(p[axis] for p in points), max(p[axis] for p in points)
        assert (low, high) == (pytest.approx(side / 6, abs=0.1), pytest.approx(side / 2, abs=0.1))


@pytest.mark.parametrize("draw", [draw_down, draw_across])
def test_the_hour_that_begins_stands_where_now_would(draw: object) -> None:
    """At ten sharp the line for now is level with the name of ten; at half past it is half an hour on."""
    place = "y1" if draw is draw_down else "x1"
    lines, names = {}, {}
    for now in (600.0, 630.0):
        root = parse(draw(replace(spine(now), joints=()), title="t", desc="d"))
        (line,) = [one for one in root.iter(f"{NS}line") if one.get("stroke-width") == "1.5"]
        lines[now] = float(line.get(place, "0"))
        for text in root.iter(f"{NS}text"):
            if text.get("class") == "mb-label":
                names[text.text] = float(text.get(place[0], "0"))
    shift = 4 if draw is draw_down else 0  # a baseline lies below the middle of its letters
    hour = (names["13"] - names["10"]) / 3
    assert names["10"] - shift == pytest.approx(lines[600.0], abs=0.2)
    assert lines[630.0] - lines[600.0] == pytest.approx(hour / 2, abs=0.2)


def test_the_time_of_now_is_not_printed_over_a_name() -> None:
    """Beside a movement at the same minute, the time stands alone and the line ends before the dot."""
    day = replace(spine(490.0), joints=(Joint(488, "Wall opener", True, "done"),))
    root = parse(draw_down(day, title="t", desc="d"))
    heights = {text.text: float(text.get("y", "0")) for text in root.iter(f"{NS}text")}
    if "Wall opener" in heights:
        assert abs(heights["Wall opener"] - heights["now 16:35"]) >= 11
    (dot,) = root.iter(f"{NS}circle")
    (line,) = [one for one in root.iter(f"{NS}line") if one.get("stroke-width") == "1.5"]
    assert float(line.get("x2", "0")) < float(dot.get("cx", "0"))


@given(BARS)
def test_a_run_is_never_longer_than_the_day_up_to_then_nor_negative(
    bars: list[tuple[float, float, str]],
) -> None:
    """Each hour's run lies between nothing and the time since the first bout."""
    begin = min((start for start, _end, _a in bars), default=0.0)
    for hour, run in zip(HOURS, still_runs(bars, HOURS, STILL, KNOWN), strict=True):
        assert run is None or 0 <= run <= max(0.0, hour * 60 + 60 - begin)


@given(st.floats(0, 600), st.floats(0, 600))
def test_longer_stillness_is_never_a_calmer_tint(one: float, other: float) -> None:
    """The tint grows with time; not known is no tint at all."""
    low, high = sorted((one, other))
    assert 0 <= (tint(low) or 0) <= (tint(high) or 0) < len(TINTS)
    assert tint(None) is None


def spine(now: float | None = 995.0) -> DaySpine:
    """Return a small day."""
    return DaySpine(
        hours=tuple(HourStep(h, 30.0 if h < 12 else None, f"{h}: <still>") for h in HOURS),
        bars=(BoutBar(480, 652, "sitting", "sitting"), BoutBar(652, 670, "moving", "moving")),
        joints=(Joint(490, "Cat & cow", True, "done"), Joint(1200, "Towel", False, "planned")),
        now=now,
        now_says="now 16:35",
    )


@pytest.mark.parametrize("draw", [draw_down, draw_across])
def test_a_day_has_an_hour_a_step_its_movements_and_now(draw: object) -> None:
    """Sixteen hours are sixteen steps; done joints are filled, planned ones hollow; one line is now."""
    root = parse(draw(spine(), title="Your <day>", desc="d"))
    assert root.findtext(f"{NS}title") == "Your <day>"
    steps = [r for r in root.iter(f"{NS}rect") if "mb-hour" in r.get("class", "")]
    assert len(steps) == len(HOURS)
    kinds = [c.get("class") for c in root.iter(f"{NS}circle")]
    assert sorted(k or "" for k in kinds) == ["mb-joint mb-joint-done", "mb-joint mb-joint-held"]
    assert len([g for g in root.iter(f"{NS}g") if g.get("class") == "mb-now"]) == 1


@pytest.mark.parametrize("draw", [draw_down, draw_across])
def test_another_day_has_no_now(draw: object) -> None:
    """Only today has a line for now, and a day about which nothing is known can be drawn."""
    assert "mb-now" not in draw(spine(None), title="t", desc="d")
    parse(draw(DaySpine(hours=()), title="t", desc="d"))


def test_bouts_differ_by_shape_not_by_colour_alone() -> None:
    """Sitting, standing, driving and moving are drawn differently."""
    drawn = {
        activity: draw_down(
            DaySpine(hours=spine().hours, bars=(BoutBar(480, 500, activity, activity),)), title="", desc=""
        ).split("</title>")[-1]
        for activity in (*STILL, "moving")
    }
    assert len(set(drawn.values())) == 4


def test_a_week_is_seven_small_spines() -> None:
    """Each day is a column with its name."""
    root = parse(draw_week([(name, spine()) for name in "MTWTFSS"], title="t", desc="d"))
    assert [t.text for t in root.iter(f"{NS}text")] == list("MTWTFSS")
    assert len([r for r in root.iter(f"{NS}rect") if "mb-hour" in r.get("class", "")]) == 7 * len(HOURS)


def test_the_body_map_has_every_area_of_the_catalogue() -> None:
    """Each area that can be chosen is drawn once, and a marked one carries a cross as well as a colour."""
    regions = load_catalogue().regions
    assert set(BACK) | set(FRONT) == set(regions)
    root = parse(draw_body(dict.fromkeys(regions, "x"), {"neck"}, title="b", front="f", back="b"))
    for region in regions:
        shapes = [p for p in root.iter(f"{NS}path") if p.get("data-region") == region]
        part, cross = shapes
        assert ("on" in (part.get("class") or "")) is (region == "neck")
        assert (cross.get("visibility") == "hidden") is (region != "neck")
