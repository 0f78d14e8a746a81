"""The annotated film: as long, as fast and as large as what it was made of, and drawn on."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from full_disk import full_after
from midback.errors import Unavailable
from midback.sense.pictures import annotate
from midback.sense.pictures.annotate import AnnotatedFilm
from seated_figure import SIZE, sitting

GREY = np.full((SIZE[1], SIZE[0], 3), 128, np.uint8)


def read(path: Path) -> tuple[list[float], list[np.ndarray], Fraction]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        frames = list(film.decode(stream))
        return (
            [frame.time for frame in frames],
            [frame.to_ndarray(format="rgb24") for frame in frames],
            stream.average_rate,
        )


@pytest.mark.parametrize("codecs", [av.codecs_available, frozenset({"mpeg4"})], ids=["first", "mpeg4"])
def test_instants_and_size_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codecs: frozenset[str]
) -> None:
    """Pictures at uneven instants come out at the same instants, by whichever encoder there is."""
    monkeypatch.setattr(annotate.av, "codecs_available", codecs)
    times = [0.0, 0.04, 0.08, 0.2, 0.24]
    with AnnotatedFilm(tmp_path / "a.mp4", SIZE, 25) as film:
        for t in times:
            film.draw(t, GREY, sitting(t, 10).image[:, :2], ("cat", "2"))
    found, pictures, _ = read(tmp_path / "a.mp4")
    np.testing.assert_allclose(found, times, atol=0.001)
    assert pictures[0].shape == GREY.shape
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_skeleton_and_words_are_drawn_and_nothing_else(tmp_path: Path) -> None:
    """The trunk's line is light green, the words stand at the top left, the rest stays as it was."""
    body = sitting(0.0, 10)
    with AnnotatedFilm(tmp_path / "a.mp4", SIZE, 25) as film:
        film.draw(0.0, GREY, body.image[:, :2], ("cat",))
        film.draw(0.04, GREY, None, ())
    _, (drawn, bare), _ = read(tmp_path / "a.mp4")
    middle = ((body.point("left_hip") + body.point("left_shoulder")) / 2).astype(int)
    red, green, _blue = drawn[middle[1], middle[0]].astype(int)
    assert green - red > 40
    assert drawn[10:40, 10:40].max() > 200
    assert np.abs(bare.astype(int) - 128).max() < 12
    assert np.abs(drawn[-60:, -60:].astype(int) - 128).max() < 12


def test_a_picture_of_another_size_is_fitted(tmp_path: Path) -> None:
    """Stills of two sizes make one film; odd sides are cut by one."""
    with AnnotatedFilm(tmp_path / "a.mp4", (321, 241), 1) as film:
        film.draw(0.0, np.full((241, 321, 3), 200, np.uint8), None, ())
        film.draw(1.0, np.full((480, 100, 3), 200, np.uint8), None, ())
    times, pictures, _ = read(tmp_path / "a.mp4")
    assert times == pytest.approx([0.0, 1.0], abs=0.001)
    assert {picture.shape for picture in pictures} == {(240, 320, 3)}
    assert pictures[1][:, :40].max() < 30


def test_a_fault_leaves_nothing_behind(tmp_path: Path) -> None:
    """The film of before stays, nothing is left beside it, and a place that is none is an error at once."""
    (tmp_path / "a.mp4").write_bytes(b"before")
    with pytest.raises(AttributeError), AnnotatedFilm(tmp_path / "a.mp4", SIZE, 25) as film:
        film.draw(0.0, None, None, ())  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert (tmp_path / "a.mp4").read_bytes() == b"before"
    with pytest.raises(Unavailable, match="cannot be written"):
        AnnotatedFilm(tmp_path / "nowhere" / "a.mp4", SIZE, 25)


@pytest.mark.parametrize("size", [0, 600, 200_000])
def test_a_full_disk_is_said_and_leaves_no_picture(tmp_path: Path, size: int) -> None:
    """Wherever the disk runs full, an earlier film stays whole and no half film lies beside it."""
    noise = np.random.default_rng(1).integers(0, 256, (8, *GREY.shape)).astype(np.uint8)
    out = tmp_path / "a.mp4"
    out.write_bytes(b"earlier")

    def write() -> None:
        with AnnotatedFilm(out, SIZE, 30) as film:
            for number, picture in enumerate(noise):
                film.draw(number / 30, picture, None, ())

    with full_after(size), pytest.raises(Unavailable):
        write()
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [out]
