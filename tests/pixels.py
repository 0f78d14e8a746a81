"""Do files hold pictures, or parts of them? In: a folder and a clip. Out: names. And a command without a network."""

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from midback.sense.pictures.port import open_pictures

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
HEAD = 8  # of which so many are looked for first, as one number


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


def lived_apart(folders: Mapping[str, Path], *command: str) -> dict[str, Any]:
    """Run a script of ours without any network, all it may write in ``folders`` (tmp, home); return what it printed."""
    environment = {
        **os.environ,
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["tmp"]),
        "XDG_CACHE_HOME": str(folders["home"] / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [*without_network(), sys.executable, *command],
        cwd=folders["tmp"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def files_of(folder: Path, *, inside: bool = True) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a folder, and what is compressed ``inside`` it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, data
            place = data.find(b"\x78\x9c") if inside else -1
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


def found_in(folder: Path, runs: set[bytes], *, pictures_may_be: bool = False) -> list[str]:
    """Return what of pictures the files of a folder hold.

    pictures_may_be : the folder is another program's, which has pictures of its own, and much that is compressed:
        only pixels of the clip are looked for, in its files as they are
    """
    heads = np.unique(np.frombuffer(b"".join(run[:HEAD] for run in runs), np.uint64))
    found = []
    for name, data in files_of(folder, inside=not pictures_may_be):
        if not pictures_may_be:
            found += [f"{name}: {kind}" for kind, magic in MAGIC.items() if magic in data]
        found += [f"{name}: pixels"] * _holds(data, heads, runs)
    return found


def _holds(data: bytes, heads: "np.typing.NDArray[np.uint64]", runs: set[bytes]) -> bool:
    """Say whether one of the runs stands anywhere in the data."""
    for shift in range(HEAD):
        numbers = (
            np.frombuffer(data, np.uint64, max(0, len(data) - shift) // HEAD, shift)
            if len(data) > shift
            else ()
        )
        for at in np.flatnonzero(np.isin(numbers, heads)).tolist():
            place = shift + at * HEAD
            if data[place : place + RUN] in runs:
                return True
    return False
