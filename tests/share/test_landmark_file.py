"""A recording of landmarks: what is written is read again, and a hostile file is refused, never waited for."""

import gzip
import json
import os
import re
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from full_disk import full_after
from midback.errors import InputError, Unavailable
from midback.movement.landmarks import LANDMARKS, Frame, Landmarks, nobody
from midback.share import landmark_file
from midback.share.landmark_file import (
    LandmarkFile,
    LandmarkWriter,
    is_landmark_file,
    read_landmarks,
    write_landmarks,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "landmark-recordings.md"
SIZE = (640, 360)


def shown() -> Any:
    """Return the example of the page."""
    found = re.search(r"<!-- landmark recording -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found is not None
    return json.loads(found[1])


def frame(t: float, seed: int = 0, profile: bool = True) -> Frame:
    random = np.random.default_rng(seed)
    image, world = random.normal(200, 80, (33, 3)), random.normal(0, 0.4, (33, 3))
    image[3] = np.nan
    return Frame(
        t=t,
        image=image,
        world=world,
        visibility=random.uniform(0, 1, 33),
        score=0.97,
        size=SIZE,
        profile=np.where(np.arange(25) > 22, np.nan, random.uniform(0, 0.4, 25)) if profile else None,
        people=1,
        light=0.5,
    )


def of(path: Path, shape: Any) -> Path:
    path.write_text(shape if isinstance(shape, str) else json.dumps(shape), "utf-8")
    return path


def test_the_page_s_example_is_a_recording(tmp_path: Path) -> None:
    """The worked example is read as the page tells it: one frame with a body, one without."""
    read = read_landmarks(of(tmp_path / "a.json", shown()))
    first, second = read.frames
    assert (read.size, read.model, read.source) == ((640, 360), "full", "a film, 640 x 360, 30 fps")
    assert first.seen
    assert first.point("left_hip").tolist() == [330.2, 133.8]
    assert first.profile is not None
    assert np.isnan(first.profile[-3:]).all()
    assert np.isnan(first.world).all()
    assert (second.seen, second.t, second.people, second.light) == (False, 0.033333, 0, 0.02)
    assert shown()["points"] == list(LANDMARKS)


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    """Landmarks come back to the rounding of the page, packed or not, and nothing else stands in the folder."""
    frames = (frame(0.0, 1), nobody(0.04, SIZE), frame(0.08, 2, profile=False))
    write_landmarks(tmp_path / name, Landmarks(frames=frames, size=SIZE, source="a film", model="lite"))
    read = read_landmarks(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (read.size, read.source, read.model) == (SIZE, "a film", "lite")
    for was, came in zip(frames, read.frames, strict=True):
        assert (came.t, came.seen, came.people, came.light) == (was.t, was.seen, was.people, was.light)
        np.testing.assert_allclose(came.image, was.image, atol=0.0051)
        np.testing.assert_allclose(came.world, was.world, atol=0.000051)
        np.testing.assert_allclose(came.visibility, was.visibility, atol=0.00051)
    assert read.frames[0].profile is not None
    assert read.frames[2].profile is None


def test_the_same_landmarks_are_the_same_file(tmp_path: Path) -> None:
    """Packing leaves no time and no name in the file."""
    recording = Landmarks(frames=(frame(0.0),), size=SIZE)
    for name in ("a.json.gz", "b.json.gz"):
        write_landmarks(tmp_path / name, recording)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """Whatever stops the writing, the file of before stands as it was, and nothing beside it."""
    path = of(tmp_path / "a.json", "before")
    twisted = replace(frame(0.0), world=np.full((33, 3), np.inf))
    with pytest.raises(ValueError, match="JSON"), LandmarkWriter(path) as writer:
        writer.add(twisted)
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert path.read_text() == "before"


def test_a_recording_without_frames_is_one(tmp_path: Path) -> None:
    """Nothing recorded is no fault of the file."""
    write_landmarks(tmp_path / "a.json", Landmarks(frames=(), size=SIZE))
    assert read_landmarks(tmp_path / "a.json").frames == ()
    assert LandmarkFile(tmp_path / "a.json").size == SIZE


@pytest.mark.parametrize("spacing", [{"indent": 2}, {"sort_keys": True}, {"separators": (",", ":")}])
def test_any_layout_is_read(tmp_path: Path, spacing: Any) -> None:
    """Other programs may indent the file or sort its keys."""
    path = of(tmp_path / "a.json", json.dumps(shown(), **spacing))
    assert len(read_landmarks(path).frames) == 2


def wrong(change: Any) -> Any:
    shape = shown()
    change(shape)
    return shape


FAULTS: dict[str, tuple[Any, str]] = {
    "nothing": ("", "{ is missing|too soon"),
    "a list": ([], "{ is missing"),
    "another file": ({"a": 1}, "not a recording of landmarks"),
    "a key of its own": (wrong(lambda s: s.update(frames_per_day=1)), "'frames_per_day' is not expected"),
    "cut off": (json.dumps(shown())[:-20], "Is the file whole"),
    "two files": (json.dumps(shown()) + "{}", "follows the end"),
    "another format": (wrong(lambda s: s.update(format="x")), "not a recording of landmarks"),
    "a newer version": (wrong(lambda s: s.update(version=2)), "version 2"),
    "no size": (wrong(lambda s: s.pop("size")), "`size` is missing"),
    "no frames": (wrong(lambda s: s.pop("frames")), "`frames` is missing"),
    "size of zero": (wrong(lambda s: s.update(size=[0, 4])), "`size` cannot be used"),
    "size of truth": (wrong(lambda s: s.update(size=[True, 4])), "`size` cannot be used"),
    "size for memory": (wrong(lambda s: s.update(size=[10**9, 10**9])), "`size` cannot be used"),
    "other points": (wrong(lambda s: s["points"].reverse()), "`points` does not name"),
    "a long source": (wrong(lambda s: s.update(source="x" * 201)), "`source` cannot be used"),
    "a frame of text": (wrong(lambda s: s["frames"].insert(1, "x")), "Frame 2 .* A frame is an object"),
    "an unknown key": (
        wrong(lambda s: s["frames"][1].update(path="/etc")),
        "Frame 2 .* A frame is an object",
    ),
    "negative time": (wrong(lambda s: s["frames"][0].update(t=-1)), "Frame 1 .* `t` is a number from 0"),
    "time that is text": (wrong(lambda s: s["frames"][0].update(t="0")), "Frame 1 .* `t` is a number"),
    "time that stands": (wrong(lambda s: s["frames"][1].update(t=0.0)), "Frame 2 .* `t` has to grow"),
    "too few numbers": (wrong(lambda s: s["frames"][0]["image"].pop()), "Frame 1 .* `image` is a list of 99"),
    "a number in quotes": (wrong(lambda s: s["frames"][0]["image"].__setitem__(0, "1")), "a list of 99"),
    "truth for a number": (wrong(lambda s: s["frames"][0]["image"].__setitem__(0, True)), "a list of 99"),
    "a list in a list": (wrong(lambda s: s["frames"][0]["image"].__setitem__(0, [1])), "a list of 99"),
    "a point far away": (wrong(lambda s: s["frames"][0]["image"].__setitem__(0, 1e7)), "out of all bounds"),
    "a huge whole number": (
        wrong(lambda s: s["frames"][0]["image"].__setitem__(0, 10**400)),
        "out of all bounds",
    ),
    "visibility of 2": (wrong(lambda s: s["frames"][0]["visibility"].__setitem__(0, 2)), "`visibility`"),
    "score of 2": (wrong(lambda s: s["frames"][0].update(score=2)), "`score` is a number from 0"),
    "half a person": (wrong(lambda s: s["frames"][0].update(people=0.5)), "`people` is a whole number"),
    "NaN": (json.dumps(shown()).replace("0.998", "NaN"), "NaN stands where a number should be"),
    "infinity": (json.dumps(shown()).replace("0.998", "1e999"), "Frame 1 .* `score` is a number"),
    "a number without end": (json.dumps(shown()).replace("0.998", "9" * 5000), "a number is too long"),
    "a doubled key": (json.dumps(shown()).replace('"score": 0.998', '"t": 1, "t": 2'), "stands twice"),
    "deep nesting": ('{"format": ' + "[" * 200_000, "nested too deeply|too long"),
    "endless space": ('{"format": ' + " " * 10_000_000, "too long"),
    "an endless word": ('{"format": "' + "x" * 10_000_000, "too long"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_recording_is_refused_by_its_rule(tmp_path: Path, name: str) -> None:
    """Each fault is an InputError that names the frame and the rule."""
    shape, words = FAULTS[name]
    with pytest.raises(InputError, match=words):
        read_landmarks(of(tmp_path / "a.json", shape))


def test_a_bomb_is_put_out(tmp_path: Path) -> None:
    """A gigabyte of space packed into a megabyte is refused after the first quarter of a megabyte."""
    path = tmp_path / "bomb.json.gz"
    space = b" " * 2**20
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b'{"format": ')
        for _ in range(64):
            file.write(space)
    tracemalloc.start()
    with pytest.raises(InputError, match="too long"):
        read_landmarks(path)
    assert tracemalloc.get_traced_memory()[1] < 8e6
    tracemalloc.stop()


def test_an_hour_is_read_in_the_memory_of_a_second(tmp_path: Path) -> None:
    """Reading frame by frame, the memory does not grow with the file."""
    path = tmp_path / "long.json"
    with LandmarkWriter(path) as writer:
        for number in range(1500):
            writer.add(frame(number / 30, number % 7))
    tracemalloc.start()
    assert sum(1 for _ in LandmarkFile(path)) == 1500
    assert tracemalloc.get_traced_memory()[1] < 2e6 < path.stat().st_size
    tracemalloc.stop()


def test_too_many_frames_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording has its bounds, so that nobody waits for a file without end."""
    monkeypatch.setattr(landmark_file, "MOST_FRAMES", 1)
    with pytest.raises(InputError, match=r"Frame 2 .* at most 1 frames"):
        read_landmarks(of(tmp_path / "a.json", shown()))


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe nobody writes to and a device without end are told apart before they are opened."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        assert not is_landmark_file(path)
        with pytest.raises(InputError, match="is not a file"):
            LandmarkFile(path)
    assert not is_landmark_file(tmp_path / "nothing")
    with pytest.raises(Unavailable, match="cannot be read"):
        LandmarkFile(tmp_path / "nothing")


def test_a_broken_pack_is_refused(tmp_path: Path) -> None:
    """A gzip file that was cut off, and one that is none behind its first bytes."""
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(json.dumps(shown()).encode())[:-40])
    with pytest.raises(InputError):
        read_landmarks(path)
    path.write_bytes(b"\x1f\x8b\x08nonsense that is no gzip at all")
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_landmarks(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_recording_never_does_worse_than_an_error(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever bytes are changed, it is read or refused by an InputError."""
    content = bytearray(json.dumps(shown()).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.json"
    path.write_bytes(bytes(content))
    with suppress(InputError):
        assert read_landmarks(path).size[0] > 0


@pytest.mark.parametrize("name", ["walk.json", "walk.json.gz"])
@pytest.mark.parametrize("size", [0, 600, 9_000])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, name: str, size: int) -> None:
    """Wherever the disk runs full, an earlier file of that name stays whole and nothing lies beside it."""
    out = tmp_path / name
    out.write_bytes(b"earlier")
    walk = Landmarks(frames=tuple(frame(number / 30, number) for number in range(60)), size=SIZE)
    with full_after(size), pytest.raises(Unavailable):
        write_landmarks(out, walk)
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [out]


def test_what_stands_before_the_head_is_believed_no_more(tmp_path: Path) -> None:
    """Sorted keys put the frames first: ten million packed numbers in their place are refused at the first."""
    path = tmp_path / "bomb.json"
    with gzip.open(path, "wb", 1) as file:
        file.write(b'{"format":"midback-landmarks","frames":[')
        file.write(b"1," * 10_000_000)
    with pytest.raises(InputError, match="Frame 1 "):
        LandmarkFile(path)
