"""No pixel is written or sent: a watched hour in a network namespace without routes, and every file it left."""

import zlib
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from footage import Footage, footage  # noqa: F401
from midback.sense.pictures.port import open_pictures
from pixels import found_in, lived_apart, pixel_runs

CLIP = "seated_34/howard_seated_34view.m4v"
FPS, UPRIGHT = 25, 30
HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def clip(footage: Footage, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """Return what stands in for the camera: twelve seconds of somebody who sits upright, to and fro."""
    path = tmp_path_factory.mktemp("camera") / "desk.avi"
    with av.open(str(footage(CLIP))) as given, av.open(str(path), "w") as made:
        upright = list(islice(given.decode(video=0), UPRIGHT))
        stream: Any = made.add_stream("mjpeg", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = upright[0].width, upright[0].height, "yuvj420p"
        to_and_fro = [*upright, *upright[::-1]]
        for number in range(12 * FPS):
            frame = to_and_fro[number % len(to_and_fro)].reformat(format="yuvj420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return path


def test_a_watched_hour_writes_and_sends_no_pixel(tmp_path: Path, clip: Path) -> None:
    """Without any network the looks give their readings; nothing left, and no file holds a picture or part of one."""
    folders = {name: tmp_path / name for name in ("data", "tmp", "home")}
    for folder in folders.values():
        folder.mkdir()
    said = lived_apart(folders, str(HERE / "watched_hour.py"), str(folders["data"]), str(clip))
    assert said["looks"] == 6
    assert len(said["readings"]) == 6
    assert said["sent"] == 0
    assert said["files"] == []
    runs = pixel_runs(clip)
    assert len(runs) > 2000
    assert list(folders["data"].rglob("*.jsonl")) != []
    assert (folders["data"] / "midback.db").stat().st_size > 0
    assert found_in(tmp_path, runs) == []


@pytest.mark.parametrize("hidden", ["raw", "grey", "jpeg", "squeezed"])
def test_the_search_finds_what_it_looks_for(tmp_path: Path, clip: Path, hidden: str) -> None:
    """A picture left in a file is found: raw, in grey, as JPEG, and inside a compressed column."""
    from PIL import Image

    with open_pictures(clip) as given:
        rgb = next(iter(given)).rgb
    path = tmp_path / "left.bin"
    if hidden == "raw":
        path.write_bytes(b"{}" + rgb.tobytes())
    elif hidden == "grey":
        path.write_bytes(b"x" * 13 + rgb.mean(axis=2).astype(np.uint8).tobytes())
    elif hidden == "jpeg":
        with path.open("wb") as file:
            file.write(b"in a column")
            Image.fromarray(rgb).save(file, "JPEG")
    else:
        path.write_bytes(b"SQLite" + zlib.compress(rgb.tobytes(), 6))
    assert found_in(tmp_path, pixel_runs(clip, pictures=1)) != []
