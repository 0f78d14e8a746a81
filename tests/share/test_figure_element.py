"""<mb-figure> in a real browser: it plays, pauses, seeks, steps for reduced motion, and keeps the drawing it
was given."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import midback.web
from midback.catalogue import load_catalogue
from midback.share.figure import animate, path_of, still

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
SCRIPTS = Path(midback.web.__file__).parent / "static"
HOME = "http://midback.test"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed"),
]


def page_text(src: str) -> str:
    """Return a page with one figure and its drawing, under the strict policy of the real pages."""
    drawing = still(load_catalogue().exercises["cat-cow"], "floor", at=0.0, title="Cat-cow")
    return (
        '<!doctype html><html lang="en"><title>t</title><script type="module" src="/figure.js"></script>'
        f'<mb-figure src="{src}">{drawing}</mb-figure></html>'
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """Start Debian's Chromium once."""
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def open_page(browser: sync_api.Browser, src: str = "/cat.json", **options: str) -> sync_api.Page:
    """Open the page with every request answered from here; what breaks the policy is collected."""
    page = browser.new_page(**options)
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))

    def answer(route: sync_api.Route) -> None:
        path = route.request.url.removeprefix(HOME)
        exercises = load_catalogue().exercises
        if path == "/":
            route.fulfill(
                body=page_text(src),
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
        elif path.endswith(".js"):
            route.fulfill(path=SCRIPTS / path.removeprefix("/"), content_type="text/javascript")
        elif path.startswith("/cat.json"):
            side = "left" if "side=left" in path else "both"
            route.fulfill(json=animate(exercises["cat-cow"], "floor", side=side))
        elif path.startswith("/opener.json"):
            route.fulfill(json=animate(exercises["wall-opener"], "wall"))
        else:
            route.fulfill(status=404, body="none")

    page.route("**/*", answer)
    page.goto(HOME + "/")
    return page


def until(page: sync_api.Page, expression: str) -> None:
    """Ask until it is so; the page's own policy forbids the browser to be asked to wait for a script."""
    for _ in range(400):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never came true: {expression}")


def ready(page: sync_api.Page) -> None:
    """Wait until the numbers are there."""
    until(page, "document.querySelector('mb-figure').duration > 0")


def test_it_plays_and_pauses(browser):
    """Time goes on while it plays, stands still when paused, and nothing breaks the strict content policy."""
    page = open_page(browser)
    ready(page)
    until(page, "document.querySelector('mb-figure').t > 0.2")
    page.evaluate("document.querySelector('mb-figure').pause()")
    at = page.evaluate("[document.querySelector('mb-figure').t, document.querySelector('mb-figure').paused]")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.querySelector('mb-figure').t") == at[0]
    assert at[1] is True
    assert page.locator("mb-figure > svg").count() == 1
    assert page.locator("mb-figure > svg > title").text_content() == "Cat-cow"
    assert page.locator("mb-figure [style]").count() == 0
    assert page.problems == []
    page.close()


def test_a_key_pose_is_drawn_as_python_draws_it(browser):
    """Sought to a keyframe, the trunk passes through the same points as in the still of that moment."""
    page = open_page(browser)
    ready(page)
    page.evaluate("const f = document.querySelector('mb-figure'); f.pause(); f.seek(2.6)")
    figure = animate(load_catalogue().exercises["cat-cow"], "floor")
    chest = next(s for g in figure["groups"] for s in g["shapes"] if s["id"] == "chest")
    frame = figure["index"][figure["times"].index(2.6)]
    points = [sum(step[k] for step in chest["frames"][: frame + 1]) for k in range(len(chest["frames"][0]))]
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('mb-figure [data-part=trunk] path')]
             .map((path) => path.getAttribute('d'))"""
    )
    start = f"M{points[0]:.1f} {points[1]:.1f}C"
    assert any(d.startswith(start) and f"{points[2]:.1f} {points[3]:.1f}" in d for d in drawn)
    page.close()


def test_both_sides_know_the_same_curve(browser):
    """The browser's smooth ring has the handles of Python's, to the rounding."""
    page = open_page(browser)
    ready(page)
    points = [[0, 0], [300, 10], [310, 400], [-20, 380]]
    flat = json.dumps([n for point in points for n in point])
    text = page.evaluate(f"import('/figure-curve.js').then((m) => m.pathOf('closed', {flat}))")
    there = [[float(n) for n in piece.split()] for piece in text.removesuffix("Z").split("C")[1:]]
    here = path_of("closed", np.array(points)).removesuffix("z").split("c")[1:]
    x, y = 0.0, 0.0
    for absolute, relative in zip(there, here, strict=True):
        step = [float(n) for n in relative.split()]
        moved = [n + (x if k % 2 == 0 else y) for k, n in enumerate(step)]
        assert moved == pytest.approx(absolute, abs=0.6)
        x, y = absolute[4:]
    page.close()


def test_reduced_motion_steps_but_can_play(browser):
    """Someone who asked for less motion gets key poses and a Play button, and Play moves."""
    page = open_page(browser, reduced_motion="reduce")
    ready(page)
    poses = [pose["at"] for pose in animate(load_catalogue().exercises["cat-cow"], "floor")["keyposes"]]
    seen = page.evaluate("document.querySelector('mb-figure').t")
    assert seen in poses
    button = page.get_by_role("button", name="Play")
    button.click()
    until(page, f"![{','.join(map(str, poses))}].includes(document.querySelector('mb-figure').t)")
    page.get_by_role("button", name="Steps").click()
    page.close()


def test_without_numbers_the_drawing_stays(browser):
    """When the numbers cannot be had, the inline drawing is still there."""
    page = open_page(browser, "/gone.json")
    page.wait_for_selector("mb-figure[data-still]", state="attached")
    assert page.locator("mb-figure > svg path").count() > 20
    page.close()


def test_another_side_and_another_exercise(browser):
    """Changing side or source loads that figure; a source that fails never leaves the wrong picture
    standing."""
    page = open_page(browser)
    ready(page)
    page.evaluate("document.querySelector('mb-figure').setAttribute('side', 'left')")
    until(page, "document.querySelector('mb-figure').shownFrom.endsWith('side=left')")
    page.evaluate("document.querySelector('mb-figure').setAttribute('src', '/opener.json')")
    until(page, "document.querySelector('mb-figure').duration === 12")
    page.evaluate("document.querySelector('mb-figure').setAttribute('src', '/gone.json')")
    page.wait_for_selector("mb-figure[data-still]", state="attached")
    assert page.locator("mb-figure > svg").count() == 0
    page.close()
