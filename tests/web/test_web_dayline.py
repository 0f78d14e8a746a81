"""The day's line under the mouse and the keyboard: the time is said while it is chosen, and nobody loses a word."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from web_rig import ME, Served, spool

from midback.app.clock import at_minute, today_of
from midback.app.exposures import add_bout, show_day

if TYPE_CHECKING:
    from playwright.sync_api import Page

Window = Callable[..., "Page"]


def edges(served: Served) -> list[tuple[str, str, bool]]:
    """Return each stretch of today: when it starts in Berlin, what it is, and whether the person said so."""
    zone = served.house.clock.zone
    bouts = show_day(served.house, ME).bouts
    return [(f"{b.start.astimezone(zone):%H:%M}", b.activity, b.evidence == ("person",)) for b in bouts]


def test_of_a_sensed_neighbour_only_the_part_it_is_given_is_the_persons_word(served_empty: Served) -> None:
    """An edge pulled back gives 20 minutes to the sitting that was sensed; the rest of it stays sensed."""
    house = served_empty.house
    start = at_minute(house.clock, today_of(house.clock), 540)
    steps = [start + timedelta(seconds=50 * n) for n in range(145)]
    spool(house, "evidence", *({"at": one, "source": "input", "idle_s": 0} for one in steps))
    show_day(house, ME)
    add_bout(house, ME, "moving", start + timedelta(minutes=40), start + timedelta(minutes=80))
    before, own, after = show_day(house, ME).bouts
    assert (before.activity, own.activity, after.activity) == ("sitting", "moving", "sitting")
    fields = {
        "id": own.id,
        "start": "09:40",
        "end": "10:20",
        "end_at": own.end.isoformat(),
        "start_minute": "600",
    }
    with served_empty.client() as client:
        assert client.post("/day/2026-03-04/move", data=fields).status_code == 200
    assert edges(served_empty) == [
        ("09:00", "sitting", False),
        ("09:40", "sitting", True),
        ("10:00", "moving", True),
        ("10:20", "sitting", False),
    ]


@pytest.mark.browser
def test_the_time_follows_the_edge_and_escape_takes_it_back(window: Window, served: Served) -> None:
    """Arrow keys show the time beside the edge and in the list, aloud too; Escape leaves all as it was."""
    page = window()
    page.goto(served.base + "/day")
    grip = page.locator(".grip[data-edge=end]").nth(1)
    rows = page.locator(".timeline summary .line-time")
    was = rows.all_text_contents()
    grip.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".edge-time").text_content() == "10:57"
    assert grip.get_attribute("aria-valuetext") == "10:57"
    assert rows.all_text_contents()[1:3] == ["09:00–10:57", "10:57–11:10"]
    assert page.locator(".timeline [data-long]").nth(1).text_content() == "1 h 57"
    page.keyboard.press("Escape")
    assert rows.all_text_contents() == was
    assert grip.get_attribute("aria-valuetext") == "10:52"
    page.keyboard.press("Tab")
    assert page.url.endswith("/day")
    assert edges(served)[2][0] == "10:52"


@pytest.mark.browser
def test_the_focus_is_on_the_edge_again_after_saving(window: Window, served: Served) -> None:
    """Enter saves, the page comes back, and the next arrow key goes on from there."""
    page = window()
    page.goto(served.base + "/day")
    page.locator(".grip[data-edge=end]").nth(1).focus()
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".grip:focus")
    assert page.locator(".grip:focus").get_attribute("aria-valuetext") == "10:57"
    page.keyboard.press("ArrowRight")
    assert page.locator(".edge-time").text_content() == "11:02"


@pytest.mark.browser
def test_the_mouse_shows_the_time_and_escape_ends_the_drag(window: Window, served: Served) -> None:
    """While the button is down the time stands above the edge; Escape and letting go keep nothing."""
    page = window()
    page.goto(served.base + "/day")
    box = page.locator(".grip[data-edge=end] rect").nth(1).bounding_box()
    assert box is not None
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 40, at[1], steps=4)
    chosen = page.locator(".edge-time").text_content()
    assert chosen
    assert chosen != "10:52"
    assert page.locator(".timeline summary .line-time").nth(1).text_content() == f"09:00–{chosen}"
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".timeline summary .line-time").nth(1).text_content() == "09:00–10:52"
    assert edges(served)[2][0] == "10:52"


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_short_stretches_have_grips_wide_enough(window: Window, served: Served, width: int) -> None:
    """Three stretches of two minutes side by side: every grip is 6 pixels or more, and none lies over another."""
    house = served.house
    for n, activity in enumerate(("standing", "moving", "away")):
        start = at_minute(house.clock, today_of(house.clock), 780 + 2 * n)
        add_bout(house, ME, activity, start, start + timedelta(minutes=2))
    page = window(width=width)
    page.goto(served.base + "/day")
    boxes = [one.bounding_box() for one in page.locator(".grip rect").all()]
    spans = sorted((box["x"], box["x"] + box["width"]) for box in boxes if box is not None)
    assert len(spans) == 16
    assert min(end - start for start, end in spans) >= 6
    assert all(b[0] - a[1] > -0.5 for a, b in pairwise(spans))


@pytest.mark.browser
def test_the_bar_has_a_legend_of_its_own_and_away_is_not_unknown(window: Window, served: Served) -> None:
    """Sitting has no tint of long stillness; what is on the bar is named; away and unknown look different."""
    house = served.house
    for activity, minute in (("away", 780), ("unknown", 800)):
        start = at_minute(house.clock, today_of(house.clock), minute)
        add_bout(house, ME, activity, start, start + timedelta(minutes=15))
    page = window()
    page.goto(served.base + "/day")
    look = """(name) => { const s = getComputedStyle(document.querySelector(`.dayline .${name}, .legend .${name}`));
        return [s.fill, s.strokeDasharray].join(); }"""
    names = ("bout-sitting", "bout-away", "bout-moving", "bout-driving", "mb-still-unknown", "mb-still-5")
    seen = [page.evaluate(look, name) for name in names]
    assert len(set(seen)) == len(names)
    legend = page.locator("[data-dayline] .legend").text_content() or ""
    assert all(word in legend for word in ("sitting", "driving", "moving", "away"))
