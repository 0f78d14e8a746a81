"""Every page in a real browser: accessible in both themes, at home on a phone, silent towards the world."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from web_rig import ME, Served

from midback.app.clock import SetClock, at_minute, today_of
from midback.app.exposures import add_bout

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Window = Callable[..., "Page"]

PAGES = (
    "/",
    "/why",
    "/screen",
    "/screen?back=1",
    "/intake",
    "/library",
    "/library/thread-needle",
    "/library/massage",
    "/checkin",
    "/progress",
    "/day",
    "/day/2026-03-03",
    "/day/week",
    "/day/month",
    "/drive?hours=7",
    "/sensing",
    "/camera",
    "/care",
    "/setup",
    "/week",
    "/things",
    "/sources",
    "/settings",
    "/settings/delete",
    "/about",
    "/nope",
)


def faults(page: "Page") -> list[str]:
    """Return what axe finds serious or critical on a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.")
    # Policy forbids pages to load scripts from elsewhere; axe comes in through the debugger, not the page.
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(window: Window, served: Served, theme: str) -> None:
    """No page has a serious or critical fault for people who use assistive technology."""
    page = window(theme=theme)
    said = {}
    for path in PAGES:
        page.goto(served.base + path)
        if found := faults(page):
            said[path] = found
    assert said == {}


def test_nothing_scrolls_sideways(window: Window, served: Served) -> None:
    """At 320, 390, 768 and 1440 pixels no page is wider than its window."""
    page = window()
    wide = []
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        for path in PAGES:
            page.goto(served.base + path)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                wide.append((width, path, over))
    assert wide == []


def test_nothing_is_asked_for_elsewhere_and_nothing_is_blocked(window: Window, served: Served) -> None:
    """Every request stays on loopback, and the strict policy blocks nothing of our own pages."""
    page = window()
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    for path in PAGES:
        if path != "/nope":
            page.goto(served.base + path)
            page.wait_for_load_state("load")
    assert hosts == {"127.0.0.1"}
    assert complaints == []


def test_today_is_light(window: Window, served: Served) -> None:
    """Today weighs at most 150 kB with style, scripts and the figure."""
    page = window()
    page.goto("about:blank")
    page.goto(served.base + "/")
    page.wait_for_load_state("networkidle")
    bodies = page.evaluate(
        "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
        ".map(e => [e.name, e.encodedBodySize])"
    )
    assert len(bodies) >= 4
    assert sum(size for _name, size in bodies) <= 150_000, bodies


def test_one_check_in_without_any_script(window: Window, served: Served) -> None:
    """Pain now takes one tap and can be taken back, with scripts switched off."""
    page = window(scripts=False)
    page.goto(served.base + "/")
    page.get_by_role("button", name="4", exact=True).click()
    assert page.get_by_role("status").inner_text().startswith("Kept")
    assert page.get_by_role("button", name="4", exact=True).get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("button", name="4", exact=True).get_attribute("aria-pressed") == "false"


def test_the_menu_works_by_keyboard_on_a_phone(window: Window, served: Served) -> None:
    """The skip link comes first, and More opens, closes with Escape, and leads on."""
    page = window(width=390)
    page.goto(served.base + "/progress")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    more = page.locator("details.more summary")
    more.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Settings").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("details.more").get_attribute("open") is None
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Settings").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings")


def test_an_edge_of_the_day_moves_by_keyboard_and_by_drag(
    window: Window, served: Served, clock: SetClock
) -> None:
    """A stretch is corrected with the arrow keys and by dragging; undo brings it back."""
    page = window()
    page.goto(served.base + "/day")
    first = page.locator("form[data-bout]").first
    assert first.get_attribute("data-start") == "480"
    grip = page.locator(".grip[data-edge=start]").first
    grip.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("form[data-bout]").first.get_attribute("data-start") == "490"
    clock.advance(seconds=5)
    box = page.locator(".grip[data-edge=start]").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 10, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    moved = int(page.locator("form[data-bout]").first.get_attribute("data-start") or 0)
    assert moved > 490
    page.get_by_role("button", name="Undo", exact=True).click()
    assert page.locator("form[data-bout]").first.get_attribute("data-start") == "490"


def test_grips_of_short_neighbours_do_not_cover_each_other(
    window: Window, served: Served, clock: SetClock
) -> None:
    """Where five minutes follow five minutes, each edge still has a place of its own to be pressed."""
    day = today_of(clock)
    for minute in (600, 605, 610):
        start, end = at_minute(clock, day, minute), at_minute(clock, day, minute + 5)
        add_bout(served.house, ME, "moving" if minute == 605 else "sitting", start, end)
    page = window(width=390)
    page.goto(served.base + "/day")
    page.locator(".grip rect").first.wait_for(state="attached")
    areas = page.evaluate(
        """() => [...document.querySelectorAll('.grip rect')]
             .map((area) => [area.x.baseVal.value, area.x.baseVal.value + area.width.baseVal.value])"""
    )
    assert len(areas) >= 6
    assert all(begin < end for begin, end in areas)
    assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(sorted(areas)))


def test_the_body_map_answers_to_taps_and_to_the_list(window: Window, served: Served) -> None:
    """A tap on the drawing ticks the list; ticking the list lights the drawing."""
    page = window()
    page.goto(served.base + "/checkin")
    page.locator(".part[data-region=neck]").click()
    assert page.locator("#r-neck").is_checked()
    page.locator("#r-chest").check()
    assert "on" in (page.locator(".part[data-region=chest]").get_attribute("class") or "")
