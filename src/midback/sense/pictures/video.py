"""A video file, decoded by PyAV and scaled down while it is converted. In: a path. Out: pictures. Next: sense.pose."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from midback.errors import InputError
from midback.sense.pictures.picture import Picture, fitted


class Video:
    """A video file as pictures in the order of time."""

    def __init__(self, path: Path, *, fps: float | None = None) -> None:
        """Open the file; raise InputError where it holds no pictures."""
        try:
            self._container = av.open(
                f"file:{path.resolve()}", options={"protocol_whitelist": "file"}, metadata_errors="replace"
            )
        except (av.FFmpegError, ValueError) as exc:
            raise InputError("{name} is not a video.", values={"name": path.name}) from exc
        if not self._container.streams.video:
            raise InputError("{name} holds no pictures.", values={"name": path.name})
        self._stream = self._container.streams.video[0]
        self._wanted = fps
        self.name = path.name
        self.lost = 0
        codec = self._stream.codec_context
        self.size = fitted(codec.width, codec.height)
        self.fps = float(self._stream.average_rate) if self._stream.average_rate else None
        self.count = self._stream.frames or None
        length, base = self._stream.duration, self._stream.time_base
        self.duration_s = float(length * base) if length and base else None

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures."""
        reformatter = VideoReformatter()
        start: float | None = None
        for frame in self._container.decode(self._stream):
            width, height = fitted(frame.width, frame.height)
            start = frame.time if start is None else start
            small = reformatter.reformat(frame, width, height, "rgba", interpolation="BILINEAR")
            rgb = np.asarray(small.to_ndarray(), np.uint8)
            if frame.rotation:
                rgb = np.ascontiguousarray(np.rot90(rgb, frame.rotation // 90))
            yield Picture(frame.time - start, rgb[..., :3])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._container.close()
