"""The page of the camera at the desk: a yes by place, measuring, looking, and what is kept."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from web_rig import ME, Served

from footage import Footage, footage
from midback.app.calibrating import current_calibration
from midback.app.camera_places import permission_for, read_wishes
from midback.app.session_camera import session_camera_allowed
from midback.daemon.lock import hold_watch
from midback.movement.landmarks import POINT
from midback.store import landmark_recordings
from midback.store.landmark_recordings import LandmarkRecording

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["footage"]

# A bust in px of a picture of 640 by 480; the rest of the body lies below it.
BUST = {
    "nose": (320, 160),
    "left_ear": (355, 152),
    "right_ear": (285, 152),
    "left_eye_outer": (347, 140),
    "right_eye_outer": (293, 140),
    "left_eye": (338, 140),
    "right_eye": (302, 140),
    "mouth_left": (334, 185),
    "mouth_right": (306, 185),
    "left_shoulder": (405, 262),
    "right_shoulder": (235, 262),
}


def frames(count: int, sunk: float = 0.0, **more: Any) -> list[dict[str, Any]]:
    """Return frames of somebody as the browser sends them; ``sunk`` px of the head towards the shoulders."""
    rng = np.random.default_rng(3)
    found = []
    for number in range(count):
        points = np.full((33, 3), 600.0)
        for name, (x, y) in BUST.items():
            head = 0 if "shoulder" in name else sunk
            points[POINT[name]] = (x, y + head, 0)
        points[:, :2] += rng.normal(0, 0.8, (33, 2))
        frame = {
            "t": number / 8,
            "size": [640, 480],
            "image": points.ravel().round(2).tolist(),
            "world": None,
        }
        found.append(frame | {"visibility": [1.0] * 33, "score": 1.0, "people": 1, "light": 0.4} | more)
    return found


def text(page: str) -> str:
    """Return a page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_asks_first_and_says_what_it_keeps(served: Served) -> None:
    """Nobody allowed anything: the terms and a form, no button that starts a camera."""
    with served.client() as client:
        page = client.get("/camera").text
        assert "May the camera look?" in page
        assert "writes or sends a picture" in text(page)
        assert "data-seat" not in page
        assert "/camera" in client.get("/sensing").text
        assert "/camera" in client.get("/settings").text


def test_a_yes_and_one_click_back(served: Served) -> None:
    """Allowed at a place, the page can measure; one form takes it back."""
    with served.client() as client:
        page = client.post("/camera/allow", data={"place": "kitchen"}).text
        assert "Allowed at kitchen" in page
        assert 'data-seat="upright"' in page
        assert permission_for(served.house, ME, "kitchen") is not None
        page = client.post("/camera/revoke", data={"place": "kitchen"}).text
        assert "Taken back" in page
        assert permission_for(served.house, ME, "kitchen") is None


def test_measured_and_looked_at_by_the_api(served: Served) -> None:
    """Frames of twenty seconds become a calibration; a few more are upright or sunk; nothing else is kept."""
    with served.client() as client:
        client.post("/camera/allow", data={"place": "desk"})
        made = client.post("/api/camera/calibrations", json={"frames": frames(150), "device": "Cam"})
        assert made.status_code == 201
        assert made.json()["place"] == "desk"
        upright = client.post("/api/camera/looks", json={"frames": frames(14)}).json()
        assert (upright["kind"], upright["name"]) == ("upright", "Upright")
        sunk = client.post("/api/camera/looks", json={"frames": frames(14, sunk=18)}).json()
        assert sunk["kind"] == "slumped"
        assert sunk["change"].startswith("−")
        assert "below your own upright" in sunk["reasons"][0]
        slump = client.post(
            "/api/camera/calibrations", json={"frames": frames(150, sunk=18), "posture": "slumped"}
        )
        assert slump.status_code == 201
        page = text(client.get("/camera").text)
        assert "from 150 samples at desk" in page
        assert "Your slump is known too" in page
        assert client.get("/api/camera").json()["places"][0]["device"] == "Cam"
        client.post("/camera/forget", data={"place": "desk"})
        assert current_calibration(served.house, ME, "desk") is None


def test_a_bad_measuring_is_refused_with_what_to_change(served: Served) -> None:
    """In the dark, with somebody else, or with frames that are none: a refusal in words, nothing kept."""
    with served.client() as client:
        dark = client.post("/api/camera/calibrations", json={"frames": frames(150, light=0.01)})
        assert dark.status_code == 422
        assert "Turn up the light" in dark.json()["next"]
        two = client.post("/api/camera/calibrations", json={"frames": frames(150, people=2)})
        assert "alone" in two.json()["next"]
        none = client.post("/api/camera/calibrations", json={"frames": [{"t": 0}]})
        assert none.status_code == 422
        assert client.get("/api/camera").json()["places"][0]["calibration"] is None


def test_how_it_watches_and_where_is_kept(served: Served) -> None:
    """Switches, minutes and the place are the person's; speaking up by itself is off until asked for."""
    with served.client() as client:
        assert not read_wishes(served.house, ME).say
        client.post("/camera/watch", data={"watch": "1", "say": "1", "every_min": "12", "device": "camera:1"})
        wishes = read_wishes(served.house, ME)
        assert (wishes.watch, wishes.say, wishes.mark, wishes.every_min) == (True, True, False, 12)
        client.post("/camera/here", data={"place": "kitchen"})
        client.post("/camera/allow", data={"place": "desk"})
        client.post("/camera/here", data={"place": "kitchen"})
        page = client.get("/camera").text
        assert "May the camera look?" in page
        assert "I am here" in page
        client.post("/camera/forget", data={"place": "desk", "all": "1"})
        assert permission_for(served.house, ME, "desk") is None


def test_what_the_background_process_says_is_shown(served: Served) -> None:
    """Why it does not look, and that the picture is another one, stand on the page."""
    folder = served.house.data_dir / "watch"
    folder.mkdir(parents=True, exist_ok=True)
    said = {"off": "battery", "looking": None, "last": "2026-03-04T15:00:00Z", "look": "calibrate-again"}
    (folder / "state.json").write_text(
        json.dumps({"pid": 1, "camera": said | {"calibrate_again": True}}), "utf-8"
    )
    with served.client() as client:
        client.post("/camera/allow", data={"place": "desk"})
        client.post("/api/camera/calibrations", json={"frames": frames(150)})
        with hold_watch(served.house.data_dir):
            page = text(client.get("/camera").text)
        gone = text(client.get("/camera").text)
    assert "It does not look now. The computer runs on battery." in page
    assert "The last looks do not fit" in page
    # What the state said last is not believed of a process that is gone.
    assert "The background process is not running" in gone
    assert "The last looks do not fit" not in gone


def test_the_yes_of_exercises_is_taken_back_here_too(served: Served) -> None:
    """It stands among the places as what it is, with one click back."""
    words = "Exercises may use the camera too"
    with served.client() as client:
        assert words not in client.get("/camera").text
        client.post("/api/camera/session", json={"allowed": True})
        page = client.get("/camera").text
        assert words in page
        assert 'value="session"' not in page
        assert words not in client.post("/camera/revoke", data={"sessions": "1"}).text
    assert not session_camera_allowed(served.house, ME)


def test_a_recording_can_be_deleted(served: Served) -> None:
    """It is listed with its size, and gone after the click."""
    with served.house.engine.begin() as conn:
        kept = landmark_recordings.add(
            conn,
            ME,
            LandmarkRecording(name="cat and cow", made_at=served.house.clock.now(), seconds=30),
            "{}",
        )
    with served.client() as client:
        assert "cat and cow" in client.get("/camera").text
        assert "cat and cow" not in client.post("/camera/recordings/delete", data={"id": kept.id}).text


@pytest.fixture(scope="module")
def filmed(footage: Footage, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """Chromium whose camera sees one upright still of a real person."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("There is no Chromium on this machine.")
    film: Path = tmp_path_factory.mktemp("film") / "upright.mjpeg"
    stills = sorted(footage("seated_front/via_A/notSlouching").glob("*.jpg"))
    film.write_bytes(stills[5].read_bytes() * 300)
    options = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=[*options, f"--use-file-for-fake-video-capture={film}"]
        )
        yield running
        running.close()
    film.unlink()


@pytest.mark.browser
def test_the_browser_measures_and_looks(filmed: "Browser", served: Served) -> None:
    """A real browser finds the person, midback keeps the numbers, and the next look is upright; no request leaves."""
    context = filmed.new_context(permissions=["camera"])
    context.set_default_timeout(90_000)
    asked: list[str] = []
    faults: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served.link())
    page.goto(f"{served.base}/camera")
    page.click("text=Yes, allow it here")
    page.click("[data-seat=upright]")
    page.wait_for_url("**/camera?done=camera-measured*")
    kept = current_calibration(served.house, ME, "desk")
    assert kept is not None
    assert kept.device
    assert kept.calibration.upright.samples >= 40
    page.click("[data-seat=look]")
    page.locator(".seat-number", has_text="%").wait_for()
    assert page.inner_text(".seat-name") == "Upright"
    context.close()
    assert faults == []
    assert all(url.startswith((served.base, "data:", "blob:")) for url in asked)
