"""Why in a real browser: sliders by keyboard, at once and in order, for ears, on a phone, on paper."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from web_rig import Served

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
Window = Callable[..., "Page"]

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def opened(window: Window, served: Served, **how: object) -> "Page":
    """Open the page."""
    page = window(**how)
    page.goto(served.base + "/why")
    return page


def test_a_slider_moves_figure_numbers_and_day_by_keyboard(window: Window, served: Served) -> None:
    """An arrow key changes the words at once, the figure and the numbers follow; the rest is said once, politely."""
    page = opened(window, served)
    side = page.locator("[data-drawn=side]")
    before, neck = side.inner_html(), page.locator("[data-put=neck]").inner_text()
    slider = page.get_by_role("slider", name="Head and neck")
    slider.focus()
    start = int(slider.input_value())
    for _step in range(4):
        page.keyboard.press("PageUp")
    assert int(slider.input_value()) > start
    assert slider.get_attribute("aria-valuetext") == f"{slider.input_value()}° forward"
    expect(page.locator("#why-said")).not_to_be_empty()
    assert side.inner_html() != before
    assert page.locator("[data-put=neck]").inner_text() != neck
    assert (
        page.locator("#why-said")
        .inner_text()
        .startswith("Neck: " + page.locator("[data-put=neck]").inner_text())
    )
    page.wait_for_url(f"**/why?*head={slider.input_value()}*")
    breaks = page.locator("[data-drawn=breaks]").inner_html()
    page.get_by_role("slider", name="A short break").focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-put=breaks]")).to_contain_text("every 10 min")
    assert page.locator("[data-drawn=breaks]").inner_html() != breaks
    assert page.evaluate("document.activeElement.name") == "breaks"


def test_buttons_set_whole_shapes_and_usual_brings_back(window: Window, served: Served) -> None:
    """A phone in the hand moves the sliders, upright sets them to nothing, and "My usual" is as it began."""
    page = opened(window, served)
    values = "[...document.querySelectorAll('form[data-why] input[type=range]')].map((s) => s.value)"
    usual = page.evaluate(values)
    figure, neck = (
        page.locator("[data-drawn=side]").inner_html(),
        page.locator("[data-put=neck]").inner_text(),
    )
    page.get_by_role("button", name="Phone in hand").click()
    assert page.locator("#w-head").input_value() == "45"
    page.get_by_role("button", name="Upright", exact=True).click()
    expect(page.locator("output[for=w-arms]")).to_have_text("hanging")
    assert page.evaluate(values)[:6] == ["0"] * 6
    page.get_by_role("button", name="My usual").click()
    assert page.evaluate(values) == usual
    expect(page.locator("[data-put=neck]")).to_have_text(neck)
    assert page.locator("[data-drawn=side]").inner_html() == figure


def test_a_trunk_that_leans_back_is_said_as_the_server_says_it(window: Window, served: Served) -> None:
    """Below upright the script's words are those of the page opened there, and upright is upright."""
    page = opened(window, served)
    said, slider = page.locator("output[for=w-trunk]"), page.get_by_role("slider", name="Trunk")
    slider.fill("0")
    expect(said).to_have_text("upright")
    slider.fill("-20")
    expect(said).to_have_text("leaning 20° back")
    page.goto(served.base + "/why?trunk=-20")
    expect(said).to_have_text("leaning 20° back")


def test_an_old_answer_never_lies_over_a_newer_one(window: Window, served: Served) -> None:
    """While one answer is slow, many steps become one more question, and the last position is what is shown."""
    page = opened(window, served)
    asked: list[str] = []

    def slow(route: "Route") -> None:
        asked.append(route.request.url)
        page.wait_for_timeout(150) if len(asked) == 1 else None
        head = route.request.url.split("head=")[1].split("&")[0]
        body = {"drawings": {}, "texts": {"neck": f"at {head}"}, "said": head}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    page.route("**/api/why/effect*", slow)
    page.evaluate(
        """() => { const s = document.getElementById('w-head');
        for (let n = 1; n <= 30; n++) { s.value = n; s.dispatchEvent(new Event('input', {bubbles: true})); } }"""
    )
    expect(page.locator("[data-put=neck]")).to_have_text("at 30")
    expect(page.locator("#why-said")).to_have_text("30")
    assert len(asked) == 2


def test_a_server_that_is_away_leaves_the_figure_and_offers_the_button(
    window: Window, served: Served
) -> None:
    """Nothing vanishes; it is said, and the plain form is there again."""
    page = opened(window, served)
    figure = page.locator("[data-drawn=side]").inner_html()
    page.route("**/api/why/effect*", lambda route: route.abort())
    page.get_by_role("slider", name="Trunk").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Show it").wait_for(state="visible")
    assert "does not answer" in (page.locator("#why-said").text_content() or "")
    assert page.locator("[data-drawn=side]").inner_html() == figure


def test_it_works_without_any_script(window: Window, served: Served) -> None:
    """The same sliders send a form; the page comes back with them where they were put."""
    page = opened(window, served, scripts=False)
    neck = page.locator("[data-put=neck]").inner_text()
    page.locator("#w-head").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Show it").click()
    assert page.locator("#w-head").input_value() == "75"
    assert page.locator("[data-put=neck]").inner_text() != neck
    page.get_by_role("button", name="Upright", exact=True).click()
    assert page.locator("#w-head").input_value() == "0"


def test_axe_finds_nothing_with_everything_unfolded(window: Window, served: Served) -> None:
    """Not even a minor fault, with all that is behind the numbers open, in the dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.")
    page = opened(window, served, theme="dark")
    page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(fault["id"], node["target"]) for fault in found for node in fault["nodes"]] == []


def test_nothing_scrolls_sideways_from_a_small_phone_to_a_desk(window: Window, served: Served) -> None:
    """From 320 to 1440 pixels, folded and unfolded."""
    page = opened(window, served)
    for width in (320, 390, 640, 760, 900, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVER) <= 0, width
        page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        assert page.evaluate(OVER) <= 0, (width, "unfolded")


def test_on_a_phone_the_figure_stays_in_sight_while_a_slider_moves(window: Window, served: Served) -> None:
    """Scrolled to the last slider of the posture, the figure is still on the screen, and above it."""
    page = opened(window, served, width=390)
    page.locator("#w-back_rest").evaluate(
        "(slider) => slider.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    figure, slider = (page.locator(place).bounding_box() for place in (".why-figures", "#w-back_rest"))
    assert figure is not None
    assert slider is not None
    assert figure["y"] >= -1
    assert figure["y"] + figure["height"] <= slider["y"] + 1


def test_on_paper_sliders_are_a_sentence_and_the_hours_a_table(window: Window, served: Served) -> None:
    """Printed, the figure and the table stand there, the position in words, and nothing that could be pressed."""
    page = opened(window, served)
    page.get_by_role("button", name="Upright", exact=True).click()
    expect(page.locator("[data-put=in-words]")).to_contain_text("Head and neck upright")
    page.emulate_media(media="print")
    assert page.locator("input[type=range]:visible").count() == 0
    assert page.locator("main button:visible").count() == 0
    assert page.locator("[data-drawn=side] svg").is_visible()
    assert page.get_by_text("Drawn here: Head and neck").is_visible()
    assert page.locator(".print-only table").is_visible()


def test_nothing_moves_by_itself(window: Window, served: Served) -> None:
    """With and without reduced motion there is no animation and no transition on the page's own parts."""
    page = opened(window, served)
    for motion in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=motion)
        page.get_by_role("slider", name="Upper arms").focus()
        page.keyboard.press("PageUp")
        assert (
            page.evaluate("document.getAnimations().filter((a) => a.effect.target.closest('main')).length")
            == 0
        )


def test_the_menu_has_why_second_and_it_fits_a_small_phone(window: Window, served: Served) -> None:
    """Second after Today, marked as the page one is on, and no name is cut at 320 pixels."""
    page = opened(window, served, width=320)
    names = page.locator(".nav > a span").all_inner_texts()
    assert names[:2] == ["Today", "Why"]
    assert page.locator(".nav > a[aria-current=page] span").inner_text() == "Why"
    cut = page.evaluate(
        "[...document.querySelectorAll('.nav > a')].filter((a) => a.scrollWidth > a.clientWidth).length"
    )
    assert cut == 0
