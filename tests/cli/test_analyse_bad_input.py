"""`midback analyse` and `record` on what is broken or hostile: a clear error or a right answer, never a hang."""

import gzip
import json
import os
import struct
import wave
import zlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from midback.movement.landmarks import Landmarks
from midback.share.landmark_file import write_landmarks
from seated_figure import SIZE, sitting

GREY = np.full((120, 160, 3), 90, np.uint8)


def film(path: Path, times: Sequence[float], picture: np.ndarray = GREY) -> str:
    """Write a film of one picture at these instants and return its path."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=25)
        stream.height, stream.width = picture.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for t in times:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(t * 1000), stream.codec_context.time_base
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return str(path)


def recording(path: Path, seconds: float = 2.0) -> str:
    frames = tuple(sitting(number / 10, 5.0) for number in range(int(seconds * 10)))
    write_landmarks(path, Landmarks(frames=frames, size=SIZE))
    return str(path)


def sound(path: Path) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\0\0" * 8000)


def vast_png(path: Path) -> None:
    """Write a picture of 60,000 x 60,000 pixels in a few hundred bytes, as a bomb does."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + piece(b"IHDR", head)
        + piece(b"IDAT", zlib.compress(b"\0" * 1000))
        + piece(b"IEND", b"")
    )


def truncated(path: Path) -> None:
    film(path, [number / 25 for number in range(40)])
    path.write_bytes(path.read_bytes()[:-1500])


BROKEN: dict[str, tuple[str, Any]] = {
    "nothing in it": ("a.mp4", lambda path: path.write_bytes(b"")),
    "zeros": ("a.mp4", lambda path: path.write_bytes(bytes(5000))),
    "text": ("a.mp4", lambda path: path.write_text("I am no film. " * 100)),
    "cut off before its index": ("a.mp4", truncated),
    "sound alone": ("a.wav", sound),
    "a list of other files": (
        "a.mp4",
        lambda path: path.write_text("ffconcat version 1.0\nfile '/etc/passwd'\n"),
    ),
    "a playlist": (
        "a.m3u8",
        lambda path: path.write_text("#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
    ),
    "a picture that is none": ("a.jpg", lambda path: path.write_bytes(b"\xff\xd8\xff nonsense")),
    "a picture of bombs": ("a.png", vast_png),
    "a folder of nothing": ("folder", lambda path: path.mkdir()),
    "another JSON": ("a.json", lambda path: path.write_text(json.dumps({"frames": []}))),
    "a packed nothing": ("a.json.gz", lambda path: path.write_bytes(gzip.compress(b""))),
    "a packed bomb": ("a.json.gz", lambda path: path.write_bytes(gzip.compress(b" " * 50_000_000))),
    "deep JSON": ("a.json", lambda path: path.write_text('{"format": ' + "[" * 100_000)),
    "a pipe": ("pipe", lambda path: os.mkfifo(path)),
    "a link to itself": ("link", lambda path: path.symlink_to(path)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_one_line(midback: Any, tmp_path: Path, name: str) -> None:
    """An error of exit code 2 (or 8 where it cannot be had), in one line, and nothing is written."""
    file, make = BROKEN[name]
    make(tmp_path / file)
    for command in (("analyse",), ("record", "-o", str(tmp_path / "out.json"))):
        said = midback(*command, str(tmp_path / file))
        assert said.code in (2, 8), said
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert said.err.startswith("midback: ")
        assert "mistake in midback" not in said.err
    assert [path.name for path in tmp_path.iterdir() if path.name not in (file, "config", "data")] == []


@pytest.mark.parametrize(
    "source", ["/dev/zero", "/dev/null", "nothing.mp4", "http://127.0.0.1:9/a.mp4", "../.."]
)
def test_what_is_no_file_of_pictures_is_not_waited_for(
    midback: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """A device without end, an address, a missing file: each is an error at once."""
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    said = midback("analyse", source)
    assert said.code in (2, 8), said
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda shape: shape["frames"][1].update(t=-1), "Frame 2"),
        (lambda shape: shape["frames"][1].update(t=0), "Frame 2"),
        (lambda shape: shape["frames"][0]["image"].pop(), "Frame 1"),
        (lambda shape: shape.update(size=[0, 0]), "size"),
        (lambda shape: shape.update(version=99), "version 99"),
    ],
)
def test_a_broken_recording_names_the_frame(midback: Any, tmp_path: Path, change: Any, words: str) -> None:
    """The line names the frame and the rule."""
    path = tmp_path / "a.json"
    recording(path)
    shape = json.loads(path.read_text())
    change(shape)
    path.write_text(json.dumps(shape))
    said = midback("analyse", str(path), "--exercise", "cat-cow")
    assert said.code == 2
    assert words in said.err


def test_uneven_instants_are_kept(midback: Any, tmp_path: Path) -> None:
    """A film of variable rate is as long as its instants say, and its gaps are counted."""
    source = film(tmp_path / "a.mp4", [0.0, 0.04, 0.08, 0.12, 0.16, 1.16, 1.2, 1.24, 1.28])
    found = json.loads(midback("analyse", source, "--json").out)
    assert found["quality"]["frames"] == 9
    assert found["quality"]["seconds"] == pytest.approx(1.28, abs=0.01)
    assert found["quality"]["gaps"] == 1
    assert (found["repetitions"], found["quality"]["seen"]) == (0, 0)


def test_four_thousand_pixels_are_scaled_down(midback: Any, tmp_path: Path) -> None:
    """A 4K film is looked at in a size that tells as much, in the same proportion."""
    source = film(tmp_path / "a.mp4", [0.0, 0.04, 0.08], np.full((2160, 3840, 3), 90, np.uint8))
    found = json.loads(midback("analyse", source, "--json").out)
    width, height = found["source"]["size"]
    assert max(width, height) <= 1280
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    assert found["quality"]["frames"] == 3


def test_darkness_is_said(midback: Any, tmp_path: Path) -> None:
    """Black pictures count nothing and are told."""
    source = film(tmp_path / "a.mp4", [number / 25 for number in range(5)], np.zeros_like(GREY))
    found = json.loads(midback("analyse", source, "--exercise", "cat-cow", "--json").out)
    assert found["quality"]["dark_frames"] == 5
    assert found["repetitions"] == 0


def test_one_broken_picture_does_not_spoil_a_folder(midback: Any, tmp_path: Path) -> None:
    """The others are looked at; the broken one is counted, or named in an error."""
    folder = tmp_path / "stills"
    folder.mkdir()
    for name in ("1.png", "2.png"):
        Image.fromarray(GREY).save(folder / name)
    (folder / "10.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    said = midback("analyse", str(folder), "--json")
    if said.code:
        assert (said.code, "10.png" in said.err) == (2, True)
    else:
        found = json.loads(said.out)
        assert [one["name"] for one in found["pictures"]] == ["1.png", "2.png"]
        assert found["quality"]["unreadable"] == 1


def test_what_is_read_is_never_written_over(midback: Any, tmp_path: Path) -> None:
    """Not by its own name, not through a link, and not what it is compared with."""
    source = recording(tmp_path / "a.json")
    before = Path(source).read_bytes()
    (tmp_path / "link.json").symlink_to(source)
    os.link(source, tmp_path / "hard.json")
    for out in ("a.json", "link.json", "hard.json"):
        said = midback("record", source, "-o", str(tmp_path / out))
        assert said.code == 2
        assert "not written over" in said.err
    assert Path(source).read_bytes() == before
    film(tmp_path / "film.mp4", [0.0])
    said = midback("analyse", str(tmp_path / "film.mp4"), "--annotated", str(tmp_path / "film.mp4"))
    assert said.code == 2


def test_places_are_looked_at_before_the_work(midback: Any, tmp_path: Path) -> None:
    """A folder that is not there, a folder in a file's place, another ending: said before anything is read."""
    source = recording(tmp_path / "a.json")
    (tmp_path / "dir.trc").mkdir()
    for out, code in (("nowhere/a.trc", 3), ("dir.trc", 2), ("a.txt", 2), ("", 2)):
        said = midback("analyse", source, "--trc", str(tmp_path / out))
        assert (said.code, said.out) == (code, ""), out
    assert midback("analyse", source, "--annotated", str(tmp_path / "a.mp4")).code == 2
    assert sorted(p.name for p in tmp_path.iterdir() if p.name not in ("config", "data")) == [
        "a.json",
        "dir.trc",
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--exercise", "nothing"), 3),
        (("--exercise", "cat-cow:flying"), 3),
        (("--exercise", "cat-cow:seated"), 2),
        (("--exercise", "breathing"), 2),
        (("--exercise", "cat-cow", "--sitting"), 2),
        (("--side", "up"), 2),
        (("--model", "huge"), 2),
        (("--calibrate", "nowhere"), 2),
        (("--fps", "0"), 2),
    ],
)
def test_words_that_fit_nothing_are_said(
    midback: Any, tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    """Each wrong word has its exit code and no result."""
    said = midback("analyse", recording(tmp_path / "a.json"), *options)
    assert (said.code, said.out) == (code, "")


def test_an_upright_that_shows_nobody_is_refused(midback: Any, tmp_path: Path) -> None:
    """A calibration that cannot be read is no calibration, and the line says what it needs."""
    empty = film(tmp_path / "a.mp4", [number / 25 for number in range(8)])
    said = midback("analyse", recording(tmp_path / "a.json"), "--calibrate", empty)
    assert said.code == 2
    assert "upright" in said.err
