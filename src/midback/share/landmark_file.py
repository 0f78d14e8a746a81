"""A recording of landmarks as a JSON file, read and written frame by frame. docs/landmark-recordings.md shows it.

In: a file somebody gave, believed in nothing; or frames to write. Out: ``Frame`` by ``Frame``, so that an hour needs
no more memory than a second; or the file, written beside and renamed. Next: app.analysing, app.recordings.
"""

import gzip
import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from midback.beside import WrittenBeside, unwritable
from midback.errors import InputError, Phrase, Unavailable
from midback.movement.landmarks import LANDMARKS, Frame, Landmarks

from .json_stream import JsonStream
from .landmark_shape import bad_frame, frame_of, shape_frame, size_of

FORMAT: Final = "midback-landmarks"
VERSION: Final = 1
#: What is taken from a file at most; ten hours at 30 frames a second are about 1,080,000 frames.
MOST_FRAMES: Final = 1_200_000
_HEAD: Final = frozenset({"format", "version", "model", "source", "size", "points"})
_GZIP: Final = b"\x1f\x8b"


def is_landmark_file(path: Path) -> bool:
    """Say whether a file looks like a recording: a regular file that begins as JSON or gzip does."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            return False
        with path.open("rb") as file:
            begin = file.read(64)
    except OSError:
        return False
    return begin.startswith(_GZIP) or begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


class LandmarkFile:
    """A recording that is being read. Iterating it again reads it anew.

    size : (width, height) px ; model : ``lite``, ``full`` or another's word ; source : words

    Raises InputError where it is none, naming the frame (counted from 1) and the rule; Unavailable where it cannot
    be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        head = self._read_head()
        self.size = size_of(head["size"])
        self.model = _words(head, "model")
        self.source = _words(head, "source")

    def __iter__(self) -> Iterator[Frame]:
        with self._opened() as binary:
            stream, read = JsonStream(binary), set[str]()
            for key in stream.members():
                if key in read or key not in {*_HEAD, "frames"}:
                    raise _unexpected(key)
                read.add(key)
                if key != "frames":
                    stream.value()
                    continue
                before = -1.0
                for number, shape in enumerate(stream.elements(), 1):
                    _require_few(number)
                    frame = frame_of(number, shape, self.size)
                    if frame.t <= before:
                        raise bad_frame(number, Phrase("`t` has to grow from frame to frame."))
                    before = frame.t
                    yield frame

    def _read_head(self) -> dict[str, Any]:
        head: dict[str, Any] = {}
        with self._opened() as binary:
            stream = JsonStream(binary)
            for key in stream.members():
                if key == "frames":
                    if head.keys() >= _HEAD:
                        break
                    # Another program sorted the keys: what is missing may follow, behind frames that are frames.
                    for number, shape in enumerate(stream.elements(), 1):
                        _require_few(number)
                        frame_of(number, shape, (1, 1))
                    head["frames"] = True
                elif key not in _HEAD and "format" not in head:
                    raise _another()
                elif key in head or key not in _HEAD:
                    raise _unexpected(key)
                else:
                    head[key] = stream.value()
                    _check_format(head)
            else:
                if "frames" not in head:
                    raise InputError(
                        "`frames` is missing.", "A recording of landmarks has it.", "Is the file whole?"
                    )
        missing = sorted(_HEAD - head.keys())
        if missing:
            raise InputError(
                "`{key}` is missing.", "A recording of landmarks has it.", values={"key": missing[0]}
            )
        if head["points"] != list(LANDMARKS):
            raise InputError(
                "`points` does not name the 33 points in the order of BlazePose.",
                "docs/landmark-recordings.md has the list.",
            )
        return head

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                raise InputError(
                    "{path} is not a file.",
                    "A recording is a file of JSON, with gzip or without.",
                    values={"path": self._path.name},
                )
            binary = self._path.open("rb")
            packed = binary.read(2) == _GZIP
            binary.seek(0)
        except OSError as exc:
            raise Unavailable(
                "{path} cannot be read: {fault}.",
                "",
                "Check the path.",
                values={"path": self._path, "fault": exc.strerror or exc},
            ) from exc
        with binary:
            if packed:
                with gzip.GzipFile(fileobj=binary, mode="rb") as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield binary


def read_landmarks(path: Path) -> Landmarks:
    """Return a whole recording; raise InputError naming the frame and the rule, Unavailable without the file."""
    file = LandmarkFile(path)
    return Landmarks(frames=tuple(file), size=file.size, source=file.source, model=file.model)


class LandmarkWriter(WrittenBeside):
    """Writes a recording frame by frame, beside ``path``; it takes the path's place when it is closed without a fault.

    size : (width, height) px of the recording; that of the first frame when left out

    A name that ends in ``.gz`` is packed. Numbers are rounded: px to 2 places, m to 4, shares to 4.
    """

    def __init__(
        self, path: Path, *, model: str = "full", source: str = "", size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(path)
        self._model, self._source = model, source
        self._wanted = size
        self._size: tuple[int, int] | None = None
        self.frames = 0
        try:
            self._raw = self._beside.open("xb")
        except OSError as exc:
            raise unwritable(path, exc) from exc
        packed = path.name.endswith(".gz")
        # The time of packing and the name stay out, so that the same landmarks are the same file.
        self._file = (
            cast(BinaryIO, gzip.GzipFile("", "wb", 6, self._raw, mtime=0))
            if packed
            else cast(BinaryIO, self._raw)
        )

    def add(self, frame: Frame) -> None:
        """Write one frame; raise Unavailable where the disk is full."""
        if self._size is None:
            self._begin(self._wanted or frame.size)
        shape = shape_frame(frame)
        if frame.size != self._size:
            shape["size"] = list(frame.size)
        self._write((",\n" if self.frames else "\n").encode() + _dumped(shape))
        self.frames += 1

    def close(self) -> None:
        """Finish the file and put it in its place; raise Unavailable, and leave nothing, where that cannot be."""
        try:
            if self._size is None:
                self._begin(self._wanted or (1, 1))
            self._write(b"\n]}\n")
            self._file.close()
            self._raw.close()
            self._put()
        except OSError as exc:
            self.drop()
            raise unwritable(self._path, exc) from exc
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Leave nothing behind."""
        for file in (self._file, self._raw):
            with suppress(OSError, ValueError):  # on a full disk the last of it cannot be written either
                file.close()
        super().drop()

    def _begin(self, size: tuple[int, int]) -> None:
        self._size = size
        head = {
            "format": FORMAT,
            "version": VERSION,
            "model": self._model,
            "source": self._source,
            "size": list(size),
            "points": list(LANDMARKS),
        }
        self._write(_dumped(head)[:-1] + b',"frames":[')

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as exc:
            raise unwritable(self._path, exc) from exc


def write_landmarks(path: Path, recording: Landmarks) -> None:
    """Write a whole recording; raise Unavailable where the place cannot be written."""
    writer = LandmarkWriter(path, model=recording.model, source=recording.source, size=recording.size)
    with writer:
        for frame in recording.frames:
            writer.add(frame)


def _dumped(shape: Mapping[str, Any]) -> bytes:
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _require_few(number: int) -> None:
    if number > MOST_FRAMES:
        raise bad_frame(number, Phrase("A recording has at most {most} frames.", {"most": MOST_FRAMES}))


def _words(head: Mapping[str, Any], name: str) -> str:
    value = head[name]
    if not isinstance(value, str) or len(value) > 200:
        raise InputError("`{name}` cannot be used.", "It is a short text.", values={"name": name})
    return value


def _check_format(head: Mapping[str, Any]) -> None:
    if head.get("format", FORMAT) != FORMAT:
        raise _another()
    version = head.get("version", VERSION)
    if type(version) is not int or version != VERSION:
        raise InputError(
            "The recording has version {version}.",
            "This midback knows version {known}.",
            values={"version": str(version)[:20], "known": VERSION},
        )


def _another() -> InputError:
    return InputError(
        "This is not a recording of landmarks.",
        'A recording says "format": "{format}".',
        "`midback record` makes one.",
        values={"format": FORMAT},
    )


def _unexpected(key: str) -> InputError:
    return InputError(
        "The key {key!r} is not expected.",
        "A recording holds, once each: {keys}.",
        values={"key": key[:60], "keys": ", ".join(sorted(_HEAD | {"frames"}))},
    )
