"""The player with a camera, end to end: Chromium looks at a real clip, midback counts it, nothing leaves loopback."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from camera_rig import as_fake_camera
from session_browser import CHROMIUM, ME, Site, need_browser, running_site

from footage import Footage, footage
from midback.app.session import read_session
from midback.app.session_camera import allow_session_camera, session_camera_allowed
from midback.catalogue.exercise import Dose
from midback.coach.script import Item
from midback.movement.dorsal import dorsal_profile
from midback.vendored import FOLDER
from midback.web.entry import new_link_token

__all__ = ["footage"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (FOLDER / "pose_full.task").exists(), reason="The camera part is not built in."),
]

CATS = Item(
    key="a",
    exercise_id="cat-cow",
    variant_id="floor",
    level=0,
    dose=Dose(seconds=240, repetitions=60, tempo_s=4.0),
)
OPENER = Item(key="c", exercise_id="wall-opener", variant_id="wall", level=0, dose=Dose(seconds=120))
BREATHING = Item(key="b", exercise_id="breathing", variant_id="lying", level=0, dose=Dose(seconds=60))


@pytest.fixture(scope="module", name="site")
def a_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    need_browser()
    with running_site(tmp_path_factory.mktemp("camera")) as site:
        yield site


@pytest.fixture(scope="module", name="chromium")
def a_browser(site: Site, footage: Footage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    clip = as_fake_camera(
        footage("allfours/catcow_A_side_wanshape.mp4"), tmp_path_factory.mktemp("clip") / "cat.mjpeg"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={clip}",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(name="page")
def a_page(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.faults, page.asked, page.told = [], [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    context.on("request", lambda request: page.asked.append(request.url))
    page.on(
        "websocket", lambda line: line.on("framereceived", lambda text: page.told.append(json.loads(text)))
    )
    page.on("websocket", lambda line: page.asked.append(line.url))
    page.goto(f"{site.url}/enter?token={new_link_token(site.house.data_dir)}")
    yield page
    assert page.faults == []
    context.close()


def until(page: Any, holds: Any, seconds: float = 90) -> None:
    """Wait until something holds, while the page goes on."""
    for _ in range(int(seconds * 5)):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError(page.told[-1:])


def test_the_player_counts_a_real_cat_cow_and_nothing_leaves_loopback(page: Any, site: Site) -> None:
    """Asked once, the camera counts what the clip shows, phases in turn; a no takes it back; all asked is our own."""
    page.goto(site.session(CATS))
    session_id = page.url.rsplit("/", 1)[-1]
    assert not page.locator("#camera").is_visible()
    page.keyboard.press("c")
    page.locator("#camera-ask[open]").wait_for()
    assert not session_camera_allowed(site.house, ME)
    page.click("#camera-yes")
    until(page, lambda: page.told)
    assert page.get_attribute("#do-camera", "aria-pressed") == "true"
    page.keyboard.press("Space")

    until(page, lambda: page.told[-1]["seen"] >= 3, 120)
    state = read_session(site.house, ME, session_id).state
    assert state.unit_by_camera >= 3
    assert state.unit_seen_us > 0.5 * state.unit_us
    until(page, lambda: int(page.text_content("#number")) >= 3, 10)

    # Phases come in turn, and every count has both behind it.
    phases, counts, before = [], [], 0
    for told in page.told:
        if told["phase"] in ("Seen: round", "Seen: hollow") and phases[-1:] != [told["phase"]]:
            phases.append(told["phase"])
        if told["seen"] > before:
            counts.append(len(phases))
            before = told["seen"]
    assert before == len(counts)
    assert counts == sorted(set(counts))

    away = [url for url in page.asked if "://127.0.0.1:" not in url]
    assert away == []
    # The worker asks for nothing beyond this address even when told to.
    (worker,) = [one for one in page.workers if one.url.endswith("worker.mjs")]
    assert (
        worker.evaluate(
            "fetch('https://odml.pa.googleapis.com/v1/log', {method: 'POST'}).then(a => a.text())"
        )
        == ""
    )
    assert (
        worker.evaluate(
            "new Promise(done => { const ask = new XMLHttpRequest(); ask.onerror = () => done('refused');"
            "ask.onload = () => done('sent'); ask.open('POST', 'https://odml.pa.googleapis.com/v1/log'); ask.send() })"
        )
        == "refused"
    )
    page.faults[:] = [said for said in page.faults if "odml.pa" not in said]

    page.keyboard.press("c")
    assert page.locator("#camera").is_hidden()
    assert page.get_attribute("#do-camera", "aria-pressed") == "false"
    until(page, lambda: read_session(site.house, ME, session_id).state.looking_us == 0, 20)
    page.keyboard.press("c")
    until(page, lambda: page.locator("#camera-revoke").is_visible())
    page.click("#camera-revoke")
    until(page, lambda: not session_camera_allowed(site.house, ME))
    assert page.locator("#camera").is_hidden()


def test_an_exercise_that_cannot_be_checked_says_so_beside_the_picture(page: Any, site: Site) -> None:
    """On the breathing exercise the camera says that it cannot check it; the time runs as always."""
    allow_session_camera(site.house, ME, True)
    page.goto(site.session(BREATHING))
    page.keyboard.press("Space")
    page.keyboard.press("c")
    until(page, lambda: page.told and page.told[-1]["signal"] == "none")
    until(page, lambda: "cannot check" in (page.text_content("#camera-signal") or ""), 10)
    assert page.text_content("#camera-reason") == ""
    assert page.evaluate("document.body.dataset.status") == "running"
    page.click("#camera-hide")
    assert page.evaluate("getComputedStyle(document.getElementById('camera-video')).visibility") == "hidden"


def test_on_a_phone_the_bar_leaves_the_cameras_panel_in_view(page: Any, site: Site) -> None:
    """At 390 by 844, refusing and not yet tried on people: all of the panel stands above the bar, unscrolled."""
    allow_session_camera(site.house, ME, True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.session(OPENER))
    page.click("#do-main")
    page.click("#do-camera")
    until(page, lambda: page.text_content("#camera-reason") and page.text_content("#camera-signal"))
    panel, bar = page.locator("#camera").bounding_box(), page.locator(".s-bar").bounding_box()
    assert page.locator("#camera-revoke").is_visible()
    assert panel["y"] + panel["height"] <= bar["y"]


def test_the_browser_measures_the_back_as_python_does(page: Any, site: Site) -> None:
    """The same masks give the same 25 distances in both, and the same stations unknown."""
    rng = np.random.default_rng(4)
    cases = []
    for _ in range(30):
        height, width = (int(n) for n in rng.integers(30, 90, 2))
        y, x = np.mgrid[:height, :width]
        middle, spread = (
            rng.uniform(0.3, 0.7, 2) * (width, height),
            rng.uniform(0.1, 0.35, 2) * (width, height),
        )
        bumps = 0.1 * np.sin(x / rng.uniform(3, 15)) + rng.normal(0, 0.04, x.shape)
        far = np.hypot((x - middle[0]) / spread[0], (y - middle[1]) / spread[1])
        mask = np.clip(1.5 - far + bumps, 0, 1).astype(np.float32)
        # Hip and shoulder mostly on the body, the third anywhere.
        places = [middle + rng.uniform(-1.1, 1.1, 2) * spread for _ in range(2)]
        points = [np.round(at, 3).tolist() for at in (*places, rng.uniform(-0.1, 1.1, 2) * (width, height))]
        cases.append({"mask": mask.ravel().tolist(), "size": [width, height], "points": points})
    page.goto(f"{site.url}/settings")
    found = page.evaluate(
        "async (cases) => { const { dorsalProfile } = await import('/static/camera/profile.js');"
        "return cases.map(({ mask, size, points }) => dorsalProfile(Float32Array.from(mask), ...size, ...points)) }",
        cases,
    )
    known = 0
    for case, ours in zip(cases, found, strict=True):
        width, height = case["size"]
        mask = np.array(case["mask"], np.float32).reshape(height, width)
        theirs = dorsal_profile(mask, *(np.array(point) for point in case["points"]))
        got = np.array([np.nan if far is None else far for far in ours])
        np.testing.assert_array_equal(np.isnan(got), np.isnan(theirs))
        np.testing.assert_allclose(got, theirs, atol=1e-9)
        known += int(np.isfinite(got).sum())
    assert known > 200
