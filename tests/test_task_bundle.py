"""The bundle writer: what MediaPipe asks for is there, and the networks themselves are as published."""

import hashlib
import io
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
from flatbuffers.table import Table

from midback.vendored import pose_bundle
from scripts import load_script

writer = load_script("build_hooks/task_bundle.py")
MEMBERS = {"pose_detector.tflite": (127.5, 127.5), "pose_landmarks_detector.tflite": (0.0, 255.0)}
LITERT = pytest.importorskip(
    "ai_edge_litert.interpreter", reason="the pose runtime is not made for this system"
)


def members(bundle: bytes) -> dict[str, bytes]:
    """Return what is in a bundle."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def lite() -> dict[str, bytes]:
    """Return the members of the bundle the build wrote."""
    return members(pose_bundle("lite").read_bytes())


@pytest.fixture(scope="module")
def originals(lite: dict[str, bytes]) -> dict[str, bytes]:
    """Return the networks as published: each is the end of its member."""
    found = {}
    for name, member in lite.items():
        at = member.index(b"TFL3", 8) - 4
        found[name] = member[at:]
    return found


def field(table: Table, number: int) -> int:
    """Return where a field of a table lies."""
    at = table.Offset(4 + 2 * number)
    assert at, f"field {number} is missing"
    return int(table.Pos + at)


def child(table: Table, number: int) -> Table:
    """Follow a reference to a table."""
    return Table(table.Bytes, table.Indirect(field(table, number)))


def children(table: Table, number: int) -> list[Table]:
    """Follow a vector of references."""
    at = field(table, number) - table.Pos
    start = table.Vector(at)
    return [Table(table.Bytes, table.Indirect(start + 4 * i)) for i in range(table.VectorLen(at))]


def numbers(table: Table, number: int) -> list[float]:
    """Read a vector of 32-bit floats."""
    at = field(table, number) - table.Pos
    return list(struct.unpack_from(f"<{table.VectorLen(at)}f", table.Bytes, table.Vector(at)))


def metadata(model: bytes) -> bytes:
    """Return the buffer that the entry TFLITE_METADATA names."""
    root = Table(model, struct.unpack_from("<I", model)[0])
    entry = children(root, 6)[-1]
    assert entry.String(field(entry, 0)) == b"TFLITE_METADATA"
    (number,) = struct.unpack_from("<I", model, field(entry, 1))
    buffer = children(root, 4)[number]
    at = field(buffer, 0) - buffer.Pos
    return bytes(model[buffer.Vector(at) : buffer.Vector(at) + buffer.VectorLen(at)])


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_says_how_a_pixel_becomes_its_input(lite: dict[str, bytes], name: str) -> None:
    """The first input of each network carries NormalizationOptions with its mean and spread."""
    written = metadata(lite[name])
    assert written[4:8] == b"M001"
    root = Table(written, struct.unpack_from("<I", written)[0])
    (unit,) = children(children(children(root, 3)[0], 2)[0], 4)
    assert written[field(unit, 0)] == 1
    options = child(unit, 1)
    assert (numbers(options, 0), numbers(options, 1)) == tuple([value] for value in MEMBERS[name])


def test_the_networks_are_kept_byte_for_byte(originals: dict[str, bytes]) -> None:
    """Behind the metadata lies what was published, as the build wrote it down, and at most 15 zeros."""
    notice = pose_bundle("lite").with_name("NOTICE").read_text("utf-8")
    for original in originals.values():
        lengths = [
            original[: len(original) - cut] for cut in range(16) if not any(original[len(original) - cut :])
        ]
        assert any(hashlib.sha256(one).hexdigest() in notice for one in lengths)


def test_the_same_networks_give_the_same_bytes(originals: dict[str, bytes]) -> None:
    """Written now, the bundle is the one the build wrote, and written again it is the same."""
    detector, landmarks = (originals[name] for name in MEMBERS)
    once = writer.bundle(detector, landmarks)
    assert writer.bundle(detector, landmarks) == once
    assert once == pose_bundle("lite").read_bytes()


def test_members_are_stored_where_a_runtime_can_use_them(lite: dict[str, bytes]) -> None:
    """Nothing is packed, and nothing tells when or on what system it was written."""
    with zipfile.ZipFile(pose_bundle("lite")) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == list(MEMBERS)
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 3)}


@pytest.mark.parametrize(
    ("name", "side"), [("pose_detector.tflite", 224), ("pose_landmarks_detector.tflite", 256)]
)
def test_metadata_changes_no_number(
    lite: dict[str, bytes], originals: dict[str, bytes], name: str, side: int
) -> None:
    """With and without metadata a network answers the same to the same picture."""
    picture = np.random.default_rng(4).random((1, side, side, 3), dtype=np.float32)
    for new, old in zip(run(lite[name], picture), run(originals[name], picture), strict=True):
        np.testing.assert_array_equal(new, old)


def run(content: bytes, picture: Any) -> list[Any]:
    """Run a network once."""
    network = LITERT.Interpreter(model_content=content)
    network.allocate_tensors()
    network.set_tensor(network.get_input_details()[0]["index"], picture)
    network.invoke()
    return [network.get_tensor(output["index"]) for output in network.get_output_details()]


def test_what_is_no_model_is_refused(originals: dict[str, bytes], lite: dict[str, bytes]) -> None:
    """Other bytes, and a model that has its metadata already, give an error rather than a broken bundle."""
    with pytest.raises(writer.NotAModel):
        writer.with_metadata(b"\0" * 64, b"")
    with pytest.raises(writer.NotAModel):
        writer.with_metadata(lite["pose_detector.tflite"], b"")
