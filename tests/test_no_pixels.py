"""No pixel is written or sent: a watched hour in a network namespace without routes, and every file it left."""

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from footage import Footage, footage  # noqa: F401
from midback.sense.pictures.port import open_pictures

CLIP = "seated_34/howard_seated_34view.m4v"
FPS, UPRIGHT = 25, 30
HERE = Path(__file__).resolve().parent
# How pictures and films begin, wherever in a file.
MAGIC = {
    "JPEG": b"\xff\xd8\xff",
    "PNG": b"\x89PNG\r\n",
    "GIF": b"GIF8",
    "TIFF": b"II*\x00",
    "MP4": b"ftyp",
    "Matroska": b"\x1a\x45\xdf\xa3",
    "NumPy": b"\x93NUMPY",
}
RUN = 24  # bytes of a row that no text and no number happens to be


def without_network() -> list[str]:
    """Return the words before a command that take the network away; skip where that cannot be, fail in CI."""
    words = ["unshare", "--net", "--map-root-user"]
    for given in (words[:2], words):
        if shutil.which("unshare") and subprocess.run([*given, "true"], capture_output=True).returncode == 0:
            return given
    said = "no network namespace can be made here"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a folder, and what is compressed inside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, data
            place = data.find(b"\x78\x9c")
            while place >= 0:
                with suppress(zlib.error):
                    yield f"{path.name}:{place}", zlib.decompressobj().decompress(data[place:], 50_000_000)
                place = data.find(b"\x78\x9c", place + 1)


def pixel_runs(clip: Path, pictures: int = 400) -> set[bytes]:
    """Return runs of neighbouring pixels of a clip, in colour and in grey, at the size it is looked at."""
    runs: set[bytes] = set()
    with open_pictures(clip) as given:
        for number, picture in enumerate(given):
            if number >= pictures:
                break
            if number % 20:
                continue
            rgb = np.ascontiguousarray(picture.rgb)
            grey = rgb.mean(axis=2).astype(np.uint8)
            planes = (rgb.reshape(len(rgb), -1), grey, rgb[..., ::-1].reshape(len(rgb), -1), rgb[..., 1])
            for plane in planes:
                for row in np.ascontiguousarray(plane)[::6]:
                    for start in range(0, len(row) - RUN, 48):
                        run = row[start : start + RUN].tobytes()
                        # A flat wall is a run of one number, which an empty page of a database is too.
                        if len(set(run)) > 6:
                            runs.add(run)
    return runs


def found_in(folder: Path, runs: set[bytes]) -> list[str]:
    """Return what of pictures the files of a folder hold."""
    found = []
    for name, data in files_of(folder):
        found += [f"{name}: {kind}" for kind, magic in MAGIC.items() if magic in data]
        windows = {data[place : place + RUN] for place in range(len(data) - RUN + 1)}
        found += [f"{name}: pixels"] * bool(windows & runs)
    return found


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
    environment = {
        **os.environ,
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["tmp"]),
        "XDG_CACHE_HOME": str(folders["home"] / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [
            *without_network(),
            sys.executable,
            str(HERE / "watched_hour.py"),
            str(folders["data"]),
            str(clip),
        ],
        cwd=folders["tmp"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
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
