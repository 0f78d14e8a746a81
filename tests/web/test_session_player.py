"""The session page in a real browser: the contract's lines that are about what is seen, heard and pressed."""

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from session_browser import (
    CAT,
    CHROMIUM,
    COUNTED,
    ME,
    NEEDLE,
    OPENER,
    Site,
    need_browser,
    running_site,
)

from midback.app.session import read_session

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", name="site")
def a_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    need_browser()
    with running_site(tmp_path_factory.mktemp("player")) as site:
        yield site


@pytest.fixture(scope="module", name="chromium")
def a_browser(site: Site) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(name="page")
def a_page(chromium: Any, site: Site) -> Iterator[Any]:
    page = let_in(chromium, site)
    yield page
    assert page.faults == []
    page.context.close()


def let_in(browser: Any, site: Site, **options: Any) -> Any:
    """Open a page with a fresh link."""
    from midback.web.entry import new_link_token

    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{site.url}/enter?token={new_link_token(site.house.data_dir)}")
    return page


def state_of(site: Site, address: str) -> Any:
    """Return where a session stands, as the program knows it."""
    return read_session(site.house, ME, address.rsplit("/", 1)[-1]).state


def begin(page: Any, address: str) -> None:
    """Open the player and start by the keyboard."""
    page.goto(address)
    page.keyboard.press("Space")
    until(page, "document.body.dataset.status === 'running'")


def until(page: Any, expression: str, seconds: float = 20) -> None:
    """Wait until an expression holds. The page's policy forbids the polling Playwright would inject."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(40)


def phase(page: Any, name: str) -> None:
    """Wait for a phase."""
    until(page, f"document.body.dataset.phase === '{name}'")


def test_line_1_before_asks_pain_place_gear_and_length(page: Any, site: Site) -> None:
    """Pain has to be answered, 3, 8 and 20 minutes can be chosen, and the session opens at that length."""
    page.goto(f"{site.url}/session")
    assert page.locator("input[name=pain]").count() == 11
    assert page.locator("input[name=pain]:checked").count() == 0
    assert page.locator("input[name=length]").evaluate_all("all => all.map(one => one.value)") == [
        "3",
        "8",
        "20",
    ]
    page.get_by_role("button", name="Begin").click()
    assert page.get_by_role("alert").is_visible()
    page.faults.clear()  # the browser notes the answer 422
    page.locator("input[name=pain][value='2']").check(force=True)
    page.locator("input[name=length][value='3']").check(force=True)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/session/[0-9a-f]{32}$"))
    assert state_of(site, page.url).status == "waiting"


def test_line_1_worse_pain_leads_to_the_warning_signs(page: Any, site: Site) -> None:
    """New or clearly worse pain goes to the screen, not into a session."""
    page.goto(f"{site.url}/session")
    page.locator("input[name=pain][value='6']").check(force=True)
    page.locator("input[name=worse]").check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/screen")
    page.goto(f"{site.url}/session")
    assert page.get_by_role("link", name="Answer them").is_visible()
    site.screen()


def test_line_2_title_figure_cue_purpose_and_dose_are_seen(page: Any, site: Site) -> None:
    """The figure moves, one short cue stands under it, beside it title, purpose, dose and the countdown."""
    begin(page, site.session(CAT, OPENER, ready_s=5))
    assert page.locator("#phase").inner_text() == "Get ready"
    assert page.locator("#title").inner_text() == "Cat-cow, on hands and knees"
    assert "30 s" in page.locator("#dose").inner_text()
    assert page.locator("#purpose").inner_text()
    assert len(page.locator("#cue").inner_text().split()) <= 12
    phase(page, "work")
    until(page, "document.querySelector('#figure svg')")
    before = page.locator("#figure svg").inner_html()
    page.wait_for_timeout(600)
    assert page.locator("#figure svg").inner_html() != before
    assert len(page.locator("#cue").inner_text().split()) <= 12
    assert page.locator("#next-title").inner_text().startswith("Wall opener")
    until(page, "document.querySelector('#next-still svg')")


def test_line_3_the_figure_of_the_other_side_is_mirrored(page: Any, site: Site) -> None:
    """Left and right ask for their own figure, and the page names the side."""
    begin(page, site.session(NEEDLE))
    assert page.locator("#which").inner_text() == "left side"
    assert "side=left" in str(page.locator("#figure").get_attribute("src"))
    page.keyboard.press("ArrowRight")
    phase(page, "change")
    assert page.locator("#phase").inner_text() == "Change sides"
    assert "Other side: right" in page.locator("#cue").inner_text()
    assert "side=right" in str(page.locator("#figure").get_attribute("src"))


def test_line_4_rest_shows_what_is_next_and_its_length_can_be_changed(page: Any, site: Site) -> None:
    """Rest counts down with the next picture; + and - change it by 15 s; S skips it without a reason."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    page.keyboard.press("ArrowRight")
    phase(page, "rest")
    assert page.locator("#title").inner_text().startswith("Wall opener")
    assert page.locator("#next-still svg").count() == 1
    page.keyboard.press("+")
    until(page, "parseInt(document.querySelector('#number').textContent) > 20")
    page.keyboard.press("-")
    until(page, "parseInt(document.querySelector('#number').textContent) <= 15")
    page.keyboard.press("s")
    phase(page, "work")
    assert state_of(site, address).key == "b"


def test_line_5_and_9_the_whole_session_by_keyboard_alone(page: Any, site: Site) -> None:
    """Space, arrows, S with a reason, H with a number, 1, M, ?, L, to the end page and its answers."""
    address = site.session(CAT, COUNTED, OPENER)
    begin(page, address)
    page.keyboard.press("Space")
    until(page, "document.body.dataset.status === 'paused'")
    page.keyboard.press("Space")
    until(page, "document.body.dataset.status === 'running'")
    page.keyboard.press("m")
    until(page, "document.querySelector('#sound-name').textContent === 'Silent'")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open]')")
    until(page, "document.body.dataset.status === 'running'")
    page.keyboard.press("s")
    page.locator("[data-reason='no-time']").wait_for()
    page.locator("[data-reason='no-time']").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#title').textContent.includes('on a chair')")
    phase(page, "work")
    page.keyboard.press("1")
    until(page, "document.querySelector('#number').textContent === '1'")
    page.keyboard.press("ArrowLeft")
    until(page, "document.querySelector('#title').textContent.includes('hands and knees')")
    page.keyboard.press("ArrowRight")
    phase(page, "rest")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("h")
    page.locator("[data-pain='4']").wait_for()
    page.locator("[data-pain='4']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#hurts-said:not([hidden])")
    assert page.locator("#hurts-verdict").inner_text() == "Go on, smaller"
    page.keyboard.press("Enter")
    until(page, "document.body.dataset.status === 'running'")
    state = state_of(site, address)
    assert state.records["d"].range_scale < 1
    assert state.records["d"].by_hand == {"both": 1}
    page.keyboard.press("l")
    page.locator("#list [data-end]").wait_for()
    page.locator("#list [data-end]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/after")
    page.locator("input[name=pain][value='2']").focus()
    page.keyboard.press("Space")
    page.locator("input[name=effort][value='ok']").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your session").wait_for()
    assert state_of(site, address).pain_after == 2


def test_line_5_something_else_with_the_same_purpose(page: Any, site: Site) -> None:
    """Skipping for want of room offers what can stand in; choosing it goes on with that."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    page.get_by_role("button", name="Skip").click()
    page.locator("[data-reason='no-space']").click()
    page.locator("#instead-list button", has_text="on a chair").click()
    until(page, "document.querySelector('#title').textContent.includes('on a chair')")
    until(page, "document.body.dataset.status === 'running'")
    state = state_of(site, address)
    assert state.records["a"].skipped == "no-space"
    assert state.item.variant_id == "seated"


def test_line_6_a_new_sign_ends_the_session_and_shows_what_to_do(page: Any, site: Site) -> None:
    """Chest pain: the session ends, the country's emergency number is there, the screen is due."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    page.get_by_role("button", name="This hurts").click()
    page.locator("[data-sign='chest-pain']").click()
    page.wait_for_url("**/stop")
    assert page.locator("a[href='tel:999']").is_visible()
    assert page.get_by_role("alert").is_visible()
    page.goto(f"{site.url}/session")
    assert page.get_by_role("link", name="Answer them").is_visible()
    site.screen()


def test_line_7_plus_one_counts_and_pacing_counts(page: Any, site: Site) -> None:
    """Repetitions are counted at the movement's pace, and +1 adds one at once."""
    address = site.session(COUNTED)
    begin(page, address)
    assert page.locator("#unit").text_content() == "of 6"
    page.get_by_role("button", name="One repetition more").click()
    until(page, "document.querySelector('#number').textContent === '1'")
    until(page, "document.querySelector('#number').textContent === '2'")
    assert state_of(site, address).repetitions == 2


def test_line_8_after_shows_sides_apart_and_lays_no_blame(page: Any, site: Site) -> None:
    """Done against planned for each side, pain before and after, what comes next, and no word of guilt."""
    address = site.session(NEEDLE)
    begin(page, address)
    page.wait_for_timeout(2300)
    page.keyboard.press("ArrowRight")
    phase(page, "change")
    page.keyboard.press("ArrowRight")
    phase(page, "work")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/after")
    text = page.locator("main").inner_text()
    assert re.search(r"left side\s+[23] s of 20 s", text)
    assert re.search(r"right side\s+0 s of 20 s", text)
    page.locator("input[name=pain][value='3']").check(force=True)
    page.get_by_role("button", name="Keep").click()
    text = page.locator("main").inner_text()
    assert "Pain before" in text
    assert "What comes next, and why" in text
    for word in ("fail", "missed", "should have", "only did", "!"):
        assert word not in text


def test_line_9_live_regions_speak_at_phases_and_never_every_second(page: Any, site: Site) -> None:
    """Over several seconds of work nothing is announced; a new phase is, politely."""
    page.goto(site.session(CAT, OPENER))
    page.evaluate(
        """() => { window.heard = []; for (const id of ['polite', 'assertive']) new MutationObserver(() =>
        window.heard.push([id, document.getElementById(id).textContent.trim()])).observe(
        document.getElementById(id), {childList: true, characterData: true, subtree: true}); }"""
    )
    page.keyboard.press("Space")
    until(page, "window.heard.length > 0")
    page.wait_for_timeout(4200)
    assert page.evaluate("window.heard") == [["polite", "Begin."]]
    page.keyboard.press("ArrowRight")
    until(page, "window.heard.length > 1")
    assert page.evaluate("window.heard[1]") == ["polite", "Rest. Next: Wall opener."]
    assert page.locator("#banner").get_attribute("role") == "status"


def test_line_9_keys_can_be_switched_off_and_focus_is_seen(page: Any, site: Site) -> None:
    """Letter keys can be turned off; what has the focus is outlined."""
    begin(page, site.session(CAT, OPENER))
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    until(page, "document.body.dataset.status === 'running'")
    page.keyboard.press("s")
    assert not page.locator("#skip").is_visible()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.evaluate("localStorage.clear()")


def test_line_10_reduced_motion_steps_and_keeps_play(chromium: Any, site: Site) -> None:
    """With less motion asked for, the figure shows stepped key poses and a Play button moves it."""
    page = let_in(chromium, site, reduced_motion="reduce")
    begin(page, site.session(CAT, OPENER))
    play = page.locator("#figure .mb-play")
    play.wait_for()
    assert page.evaluate("document.querySelector('#figure').stepped") is True
    play.click()
    assert page.evaluate("document.querySelector('#figure').stepped") is False
    page.keyboard.press("Space") if page.evaluate("document.activeElement === document.body") else None
    assert page.faults == []
    page.context.close()


def test_line_10_and_13_tones_sound_and_silence_is_silent(page: Any, site: Site) -> None:
    """The start tone sounds with tones; with silence nothing does; the words are on the screen either way."""
    begin(page, site.session(CAT, OPENER))
    until(page, "document.documentElement.dataset.lastTone === 'start'")
    page.keyboard.press("m")
    until(page, "document.querySelector('#sound-name').textContent === 'Silent'")
    page.evaluate("delete document.documentElement.dataset.lastTone")
    page.keyboard.press("ArrowRight")
    phase(page, "rest")
    page.keyboard.press("ArrowRight")
    phase(page, "work")
    assert page.evaluate("document.documentElement.dataset.lastTone") is None
    assert page.locator("#cue").inner_text()


def test_line_11_a_reload_shows_the_right_second(page: Any, site: Site) -> None:
    """After a reload the page goes on where the program is, without a press."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    page.wait_for_timeout(2500)
    page.reload()
    until(page, "document.body.dataset.status === 'running'")
    shown = int(page.locator("#number").text_content())
    assert abs(shown - state_of(site, address).remaining_us / 1_000_000) <= 1.5


def test_line_11_a_laptop_that_slept_did_not_exercise(page: Any, site: Site) -> None:
    """After a gap the page says so, stands at the confirmed second, and goes on when asked."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    page.wait_for_timeout(2200)
    site.clock.shift += timedelta(minutes=40)
    until(page, "document.body.dataset.status === 'paused'")
    assert "gap" in page.locator("#cue").inner_text()
    state = state_of(site, address)
    assert state.paused_by == "gap"
    assert state.unit_us < 6_000_000
    page.keyboard.press("Space")
    until(page, "document.body.dataset.status === 'running'")


def test_line_11_a_lost_answer_is_sent_again_and_counts_once(page: Any, site: Site) -> None:
    """The server hears the event, the answer is lost: the page repeats it, and it counts once."""
    address = site.session(CAT, OPENER)
    begin(page, address)
    lost = []

    def lose_first(route: Any) -> None:
        if json.loads(route.request.post_data)["kind"] == "extend" and not lost:
            lost.append(True)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/events", lose_first)
    page.keyboard.press("+")
    until(page, "parseInt(document.querySelector('#number').textContent) > 30")
    page.unroute("**/events")
    assert lost
    assert state_of(site, address).work_us == 45_000_000
    page.faults.clear()  # the browser notes the request that was aborted


def test_line_14_jump_list_and_later(page: Any, site: Site) -> None:
    """The list leads to any exercise; "later" puts this one at the end."""
    address = site.session(CAT, NEEDLE, OPENER)
    begin(page, address)
    page.get_by_role("button", name="List").click()
    page.locator("#items button", has_text="Wall opener").click()
    until(page, "document.querySelector('#title').textContent.startsWith('Wall opener')")
    until(page, "document.body.dataset.status === 'running'")
    page.keyboard.press("l")
    page.get_by_role("button", name="Do it later").click()
    until(page, "!document.querySelector('#title').textContent.startsWith('Wall opener')")
    assert state_of(site, address).order[-1] == "b"


def test_line_14_one_exercise_alone(page: Any, site: Site) -> None:
    """From the library one exercise is opened by its name."""
    page.goto(f"{site.url}/session?exercise=wall-opener")
    assert "Wall opener" in page.locator("h1").inner_text()
    assert page.locator("input[name=length]").count() == 0
    page.locator("input[name=pain][value='1']").check(force=True)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/session/[0-9a-f]{32}$"))
    assert [item.exercise_id for item in state_of(site, page.url).items.values()] == ["wall-opener"]


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_player_fits_every_width(chromium: Any, site: Site, width: int) -> None:
    """Nothing runs out of the page sideways, and the controls are inside it."""
    page = let_in(chromium, site, viewport={"width": width, "height": 844})
    begin(page, site.session(CAT, OPENER))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for control in ("do-main", "do-hurts", "do-skip", "do-back", "do-next", "do-list"):
        box = page.locator(f"#{control}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 44
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_axe(chromium: Any, site: Site, scheme: str) -> None:
    """axe-core finds nothing serious before, in, after, and in the dialogs, in both themes."""
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = let_in(chromium, site, color_scheme=scheme)
    axe = axe_module.Axe()

    def serious(where: str) -> list[str]:
        found = axe.run(page).response["violations"]
        return [
            f"{where}: {v['id']} {v['nodes'][0]['html'][:90]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]

    page.goto(f"{site.url}/session")
    found = serious("before")
    begin(page, site.session(CAT, OPENER))
    found += serious("player")
    for key, dialog in (("h", "hurts"), ("s", "skip"), ("l", "list"), ("?", "help")):
        page.keyboard.press(key)
        page.wait_for_selector(f"#{dialog}[open]")
        found += serious(dialog)
        page.keyboard.press("Escape")
        until(page, "document.body.dataset.status === 'running'")
    page.keyboard.press("l")
    page.locator("#list [data-end]").click()
    page.wait_for_url("**/after")
    found += serious("after")
    assert found == []
    page.context.close()
