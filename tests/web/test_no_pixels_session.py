"""No pixel of a session is written or sent: a real browser and a real clip in a network namespace without routes."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from camera_rig import as_fake_camera
from session_browser import need_browser

from footage import Footage, footage
from midback.vendored import FOLDER
from pixels import found_in, lived_apart, pixel_runs

__all__ = ["footage"]
HERE = Path(__file__).resolve().parent


@pytest.fixture
def left() -> Iterator[Path]:
    """Return a folder for all that is written, by a short name: Chromium's sockets have no long ones."""
    with TemporaryDirectory(prefix="mb-") as folder:
        yield Path(folder)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not (FOLDER / "pose_full.task").exists(), reason="The camera part is not built in.")
def test_a_session_before_the_camera_writes_and_sends_no_pixel(
    tmp_path: Path, left: Path, footage: Footage
) -> None:
    """It counts without any network; midback's files hold no picture, the browser's none of this camera."""
    need_browser()
    clip = as_fake_camera(footage("allfours/catcow_A_side_wanshape.mp4"), tmp_path / "cat.mjpeg")
    folders = {name: left / name for name in ("data", "browser", "tmp", "home")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    said = lived_apart(folders, str(HERE / "session_apart.py"), str(left), str(clip))
    assert said["seen"] >= 1
    assert said["interfaces"] == ["lo"]
    runs = pixel_runs(clip)
    assert len(runs) > 2000
    assert (folders["data"] / "midback.db").stat().st_size > 0
    assert found_in(folders["data"], runs) == []
    for name in ("browser", "tmp", "home"):
        assert found_in(folders[name], runs, pictures_may_be=True) == []
