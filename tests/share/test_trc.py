"""`.trc`: an independent reader, written from the format's description, finds in it what was put in."""

from pathlib import Path

import numpy as np
import pytest

from full_disk import full_after
from midback.errors import Unavailable
from midback.movement.landmarks import LANDMARKS, POINT, nobody
from midback.share.trc import MARKERS, TrcWriter, marker
from seated_figure import SIZE, sitting


def read_trc(path: Path) -> tuple[dict[str, str], dict[str, np.ndarray], np.ndarray]:
    """Read by the rules of the format: header, markers by name (T, 3), times."""
    lines = path.read_text("utf-8").split("\n")
    kind = lines[0].split("\t")
    assert kind[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    header = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    names = lines[3].split("\t")
    assert names[:2] == ["Frame#", "Time"]
    assert set(names[3::3]) | set(names[4::3]) <= {""}
    markers = names[2::3]
    assert lines[4].split("\t") == [
        *("", ""),
        *(f"{axis}{number}" for number in range(1, len(markers) + 1) for axis in "XYZ"),
    ]
    rows = [line.split("\t") for line in lines[5:] if line]
    assert {len(row) for row in rows} <= {2 + 3 * len(markers)}
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert int(header["NumFrames"]) == int(header["OrigNumFrames"]) == len(rows)
    assert int(header["NumMarkers"]) == len(markers)
    width = 1 + 3 * len(markers)
    values = np.array([[float(cell) for cell in row[1:]] for row in rows]).reshape(-1, width)
    points = values[:, 1:].reshape(-1, len(markers), 3)
    return header, {name: points[:, number] for number, name in enumerate(markers)}, values[:, 0]


def test_another_reader_finds_every_point(tmp_path: Path) -> None:
    """Metres, y up, z towards the camera, names of Pose2Sim, a gap where nobody was seen."""
    frames = [sitting(0.0, 0), nobody(0.04, SIZE), sitting(0.08, 30)]
    with TrcWriter(tmp_path / "a.trc") as writer:
        for frame in frames:
            writer.add(frame)
    header, points, times = read_trc(tmp_path / "a.trc")
    assert [path.name for path in tmp_path.iterdir()] == ["a.trc"]
    assert header["Units"] == "m"
    assert float(header["DataRate"]) == float(header["CameraRate"]) == pytest.approx(25)
    np.testing.assert_allclose(times, [0.0, 0.04, 0.08])
    assert np.isnan(points["LHip"][1]).all()
    assert (
        "\t\t" not in (tmp_path / "a.trc").read_text().split("\n", 5)[5]
    )  # OpenSim refuses a row that ends so
    for name, number in POINT.items():
        for row in (0, 2):
            expected = frames[row].world[number] * (1, -1, -1)
            np.testing.assert_allclose(points[marker(name)][row], expected, atol=6e-6)
    assert points["Nose"][0][1] > points["LShoulder"][0][1] > points["LHip"][0][1] > points["LAnkle"][0][1]


def test_the_markers_are_pose2sim_s_for_blazepose() -> None:
    """Sides are one letter, words run together, the mouth and the toes have names of their own."""
    known = """Nose LEyeInner LEye LEyeOuter REyeInner REye REyeOuter LEar REar LMouth RMouth LShoulder RShoulder
    LElbow RElbow LWrist RWrist LPinky RPinky LIndex RIndex LThumb RThumb LHip RHip LKnee RKnee LAnkle RAnkle
    LHeel RHeel LBigToe RBigToe"""
    assert known.split() == list(MARKERS)
    assert len(set(MARKERS)) == len(LANDMARKS)


def test_nothing_stands_there_when_it_went_wrong(tmp_path: Path) -> None:
    """A fault leaves the file of before, and no file beside it; a place that is none is an error at once."""
    (tmp_path / "a.trc").write_text("before")
    with pytest.raises(AttributeError), TrcWriter(tmp_path / "a.trc") as writer:
        writer.add(None)  # type: ignore[arg-type]
    assert (tmp_path / "a.trc").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.trc"]
    with pytest.raises(Unavailable, match="cannot be written"):
        TrcWriter(tmp_path / "nowhere" / "a.trc")


def test_no_frame_is_a_file_of_none(tmp_path: Path) -> None:
    """An empty recording is written and read as one."""
    with TrcWriter(tmp_path / "a.trc"):
        pass
    header, points, times = read_trc(tmp_path / "a.trc")
    assert header["NumFrames"] == "0"
    assert times.size == points["Nose"].size == 0


@pytest.mark.parametrize("size", [0, 600, 9_000])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, size: int) -> None:
    """Wherever the disk runs full, an earlier file of that name stays whole and nothing lies beside it."""
    out = tmp_path / "walk.trc"
    out.write_bytes(b"earlier")

    def write() -> None:
        with TrcWriter(out) as writer:
            for number in range(60):
                writer.add(sitting(number / 30, 5))

    with full_after(size), pytest.raises(Unavailable):
        write()
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [out]


def test_a_name_too_long_is_said_before_the_work(tmp_path: Path) -> None:
    """A name that leaves no room for its neighbour is refused when the writer is made."""
    with pytest.raises(Unavailable, match="cannot be written"):
        TrcWriter(tmp_path / f"{250 * 'a'}.trc")
    assert not list(tmp_path.iterdir())
