"""Prompts, what held them, and days of other lengths, as the spine and its strips draw them."""

from xml.etree import ElementTree as ET

import pytest

from midback.share.spine import draw_across, draw_down
from midback.share.spine_day import DaySpine, HeldBar, HourStep, Joint
from midback.share.spine_strip import draw_hours, draw_strip

parse = ET.fromstring  # our own drawings, nothing untrusted
NS = "{http://www.w3.org/2000/svg}"
HELD = HeldBar(602, 631, "held: you were on a call, 10:02 to 10:31")
DAY = DaySpine(
    hours=tuple(HourStep(hour, 40.0, str(hour)) for hour in range(8, 18)),
    joints=(Joint(632, "", False, "prompt & more", prompt=True), Joint(640, "Walk", True, "walked")),
    held=(HELD,),
)


@pytest.mark.parametrize("draw", [draw_down, draw_across])
def test_what_was_held_is_hollow_and_says_why(draw: object) -> None:
    """A held stretch has no filling and carries its reason; a prompt is a shape of its own, not a movement's."""
    assert callable(draw)
    root = parse(draw(DAY, title="t", desc="d"))
    (held,) = [r for r in root.iter(f"{NS}rect") if r.get("class") == "mb-held"]
    assert held.get("fill") == "none"
    assert held.findtext(f"{NS}title") == HELD.says
    (prompt,) = [p for p in root.iter(f"{NS}path") if p.get("class") == "mb-prompt"]
    assert prompt.findtext(f"{NS}title") == "prompt & more"
    assert len(list(root.iter(f"{NS}circle"))) == 1


@pytest.mark.parametrize("draw", [draw_down, draw_across])
def test_the_hours_of_a_day_with_a_change_of_clocks_keep_their_names(draw: object) -> None:
    """On the long day two o'clock comes twice."""
    assert callable(draw)
    long = DaySpine(
        hours=tuple(HourStep(hour, None, str(hour)) for hour in range(7)),
        names={3: "02", 4: "03", 5: "04", 6: "05", 7: "06"},
    )
    root = parse(draw(long, title="t", desc="d"))
    names = [text.text for text in root.iter(f"{NS}text")]
    assert names == (["00", "01", "02", "02", "03", "04", "05", "06"][:: 1 if len(names) == 8 else 3])


def test_strips_below_each_other_share_their_hours() -> None:
    """The same minute stands at the same place in every strip, whichever hours its day holds."""
    hours = range(6, 22)
    short = DaySpine(hours=tuple(HourStep(hour, 10.0, "") for hour in range(10, 12)), joints=DAY.joints)
    places = []
    for day in (DAY, short):
        root = parse(draw_strip(day, hours, title="t", desc="d"))
        (dot,) = root.iter(f"{NS}circle")
        places.append(dot.get("cx"))
        assert len([r for r in root.iter(f"{NS}rect") if "mb-hour" in r.get("class", "")]) == len(day.hours)
    assert places[0] == places[1]
    assert [t.text for t in parse(draw_hours(hours)).iter(f"{NS}text")] == [
        "06",
        "09",
        "12",
        "15",
        "18",
        "21",
    ]


def test_a_strip_of_a_long_day_stays_inside_and_goes_by_the_wall() -> None:
    """On the day with 25 hours ten o'clock stands below ten o'clock of other days, and nothing sticks out."""
    hours = range(7, 24)
    plain = DaySpine(
        hours=tuple(HourStep(hour, 5.0, "") for hour in hours), joints=(Joint(600, "Walk", True, "walked"),)
    )
    names = {place: f"{place - 1:02d}" for place in range(3, 26)}
    long = DaySpine(
        hours=tuple(HourStep(hour + 1, 5.0, "") for hour in hours),
        joints=(Joint(660, "Walk", True, "walked"),),
        names=names,
    )
    drawn = [draw_strip(day, hours, title="t", desc="d") for day in (plain, long)]
    assert drawn[0] == drawn[1]
