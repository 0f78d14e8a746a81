"""Two BlazePose networks in, one `.task` bundle out. Next: vendor writes it; browser and Python read it.

A bundle is a zip of TFLite models, stored and not packed, so that a runtime can use them where they lie.
MediaPipe takes a model only with metadata that says how a pixel becomes its input; the published networks have none.

A TFLite file is a flatbuffer. Its offsets point forward only, and a Builder grows towards the front. So the old
file stays at the end, byte for byte, and a new root table in front of it names the old parts and the new metadata.
Table slots are those of TensorFlow's schema.fbs and MediaPipe's metadata_schema.fbs.
"""

import io
import struct
import zipfile
from typing import Final

from flatbuffers import Builder
from flatbuffers.table import Table

DETECTOR: Final = "pose_detector.tflite"
LANDMARKS: Final = "pose_landmarks_detector.tflite"
# input = (pixel - mean) / std: the detector wants -1..1, the landmark network 0..1.
NORMALIZATION: Final = {DETECTOR: (127.5, 127.5), LANDMARKS: (0.0, 255.0)}
# No file inside says when it was made: the same networks give the same bytes on any day.
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)

# table Model
VERSION, OPERATOR_CODES, SUBGRAPHS, DESCRIPTION, BUFFERS, METADATA_BUFFER, METADATA, SIGNATURES = range(8)
KEPT: Final = (OPERATOR_CODES, SUBGRAPHS, DESCRIPTION, METADATA_BUFFER, SIGNATURES)
# The networks' own buffers are aligned to 16 bytes, counted from the end of the file.
ALIGNMENT: Final = 16
OFFSET: Final = 4
NAME: Final = b"TFLITE_METADATA"


class NotAModel(ValueError):
    """These bytes are not a TFLite model, or one that needs nothing more."""


def bundle(detector: bytes, landmarks: bytes) -> bytes:
    """Return the `.task` bundle of a detector and a landmark network; raise NotAModel for other bytes."""
    members = {DETECTOR: detector, LANDMARKS: landmarks}
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, model in members.items():
            entry = zipfile.ZipInfo(name, NO_DATE)
            # Whoever builds, on whatever system: ZipInfo would write the builder's own.
            entry.create_system = 3
            archive.writestr(entry, with_metadata(model, normalization(*NORMALIZATION[name])))
    return sink.getvalue()


def normalization(mean: float, std: float) -> bytes:
    """Return a ModelMetadata flatbuffer that says: input = (pixel - mean) / std."""
    builder = Builder(256)
    means, stds = (_floats(builder, value) for value in (mean, std))
    options = _table(builder, 2, references={0: means, 1: stds})
    # ProcessUnit: 1 is the union's NormalizationOptions.
    builder.StartObject(2)
    builder.PrependUint8Slot(0, 1, 0)
    builder.PrependUOffsetTRelativeSlot(1, options, 0)
    unit = builder.EndObject()
    tensor = _table(builder, 7, references={4: _references(builder, [unit])})
    graph = _table(builder, 9, references={2: _references(builder, [tensor])})
    root = _table(builder, 8, references={3: _references(builder, [graph])})
    builder.Finish(root, b"M001")
    return bytes(builder.Output())


def with_metadata(model: bytes, metadata: bytes) -> bytes:
    """Return a TFLite model that also carries metadata; the model itself is its end, byte for byte.

    It is followed by nothing but the zeros that make its length a multiple of 16. Raises NotAModel.
    """
    if model[4:8] != b"TFL3":
        raise NotAModel("The file does not begin like a TFLite model.")
    old = model + bytes(-len(model) % ALIGNMENT)
    root = Table(old, struct.unpack_from("<I", old)[0])
    entries = _targets(root, METADATA, len(old))
    if any(_name(old, len(old) - entry) == NAME for entry in entries):
        raise NotAModel("The model says already how a pixel becomes its input.")

    builder = Builder(len(old) + len(metadata) + 64 * 1024)
    _put(builder, old)
    builder.minalign = ALIGNMENT
    builder.StartVector(1, len(metadata), ALIGNMENT)
    _put(builder, metadata)
    data = builder.EndVector()

    buffers = _targets(root, BUFFERS, len(old))
    name = builder.CreateString(NAME)
    builder.StartObject(2)
    builder.PrependUOffsetTRelativeSlot(0, name, 0)
    builder.PrependUint32Slot(1, len(buffers), 0)
    named = _references(builder, [*entries, builder.EndObject()])
    listed = _references(builder, [*buffers, _table(builder, 3, references={0: data})])
    (version,) = struct.unpack_from("<I", old, root.Pos + root.Offset(_slot(VERSION)))

    builder.StartObject(8)
    builder.PrependUint32Slot(VERSION, version, 0)
    builder.PrependUOffsetTRelativeSlot(BUFFERS, listed, 0)
    builder.PrependUOffsetTRelativeSlot(METADATA, named, 0)
    for slot in KEPT:
        if at := root.Offset(_slot(slot)):
            builder.PrependUOffsetTRelativeSlot(slot, len(old) - root.Indirect(root.Pos + at), 0)
    builder.Finish(builder.EndObject(), b"TFL3")
    return bytes(builder.Output())


def _slot(number: int) -> int:
    """Return where a table's vtable keeps the place of a field."""
    return 4 + 2 * number


def _targets(table: Table, slot: int, end: int) -> list[int]:
    """Return what a vector of references points to, counted from the end as a Builder counts."""
    at = table.Offset(_slot(slot))
    if not at:
        return []
    start, count = table.Vector(at), table.VectorLen(at)
    return [end - table.Indirect(start + OFFSET * number) for number in range(count)]


def _name(data: bytes, entry: int) -> bytes:
    """Return the name of an entry of metadata."""
    table = Table(data, entry)
    return bytes(table.String(table.Pos + table.Offset(_slot(0))))


def _put(builder: Builder, data: bytes) -> None:
    """Put bytes in front of what is there, as they are.

    The Builder's own way for bytes writes their number before them, which must not happen to a whole file.
    """
    builder.head -= len(data)
    builder.Bytes[builder.head : builder.head + len(data)] = data


def _floats(builder: Builder, value: float) -> int:
    builder.StartVector(4, 1, 4)
    builder.PrependFloat32(value)
    return int(builder.EndVector())


def _references(builder: Builder, targets: list[int]) -> int:
    builder.StartVector(OFFSET, len(targets), OFFSET)
    for target in reversed(targets):
        builder.PrependUOffsetTRelative(target)
    return int(builder.EndVector())


def _table(builder: Builder, slots: int, references: dict[int, int]) -> int:
    builder.StartObject(slots)
    for slot, target in references.items():
        builder.PrependUOffsetTRelativeSlot(slot, target, 0)
    return int(builder.EndObject())
