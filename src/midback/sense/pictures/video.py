"""A video file, decoded by PyAV and scaled down while it is converted. In: a path. Out: pictures. Next: sense.pose.

A file may come from anywhere: containers that name other files (playlists) are not opened, no protocol but a
plain file is, and a picture larger than any camera's is refused before it is decoded. A damaged part is passed
over and counted; a file that is nothing but damage is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from midback.errors import InputError
from midback.sense.pictures.clock import USUAL, Clock
from midback.sense.pictures.closing import Closing
from midback.sense.pictures.picture import MOST_PIXELS, Picture, fitted
from midback.sense.pictures.upright import turn_of, turned

# Containers that hold their own pictures. Left out on purpose: playlists and scripts that open other files.
CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,ogg,gif,asf,mjpeg,mpjpeg,h264,hevc,"
    "yuv4mpegpipe,ivf,nut,dv,apng,webp_anim"
)
# So many damaged packets one after another, and the rest is taken as damaged too.
MOST_BROKEN: Final = 300
# A decoder holds a few pictures back; one that takes this many packets and gives none never will.
MOST_WITHOUT: Final = 2_000


class Video(Closing):
    """A video file as pictures in the order of time.

    lost : pictures that were damaged, out of turn or missing so far
    """

    def __init__(self, path: Path, *, fps: float | None = None) -> None:
        """Open the file and decode its first picture; raise InputError where there is none.

        fps : hand out at most so many pictures a second
        """
        self.name = path.name
        self.lost = 0
        self._path, self._wanted = path, fps
        self._container = self._open()
        try:
            self._stream = self._pick()
            self._frames: Iterator[VideoFrame] | None = self._decoded()
            first = next(self._frames, None)
            if first is None:
                raise InputError(
                    "No picture of {name} could be read.",
                    "The file is cut short or damaged.",
                    "Record it again, or copy it again from where it came.",
                    values={"name": self.name},
                )
        except BaseException:
            self.close()
            raise
        self._first: VideoFrame | None = first
        wide, high = self._shape(first)
        # Read once: asking a frame for its side data ties the two together, and memory would wait for a collection.
        self._turn = turn_of(first)
        self.size = (high, wide) if self._turn[0] else (wide, high)
        rate = self._stream.average_rate
        self.fps: float | None = float(rate) if rate and 0 < rate <= 1000 else None
        self.count: int | None = self._stream.frames or None
        length, base, whole = self._stream.duration, self._stream.time_base, self._container.duration
        self.duration_s: float | None = None
        if length and base:
            self.duration_s = float(length * base)
        elif whole:
            self.duration_s = whole / av.time_base

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures, once; t is by the file's own clock where it has one."""
        frames, self._frames = self._frames, None
        first, self._first = self._first, None
        if frames is None or first is None:
            return
        reformatter = VideoReformatter()
        clock = Clock(1 / self.fps if self.fps else USUAL)
        step, due = (1 / self._wanted if self._wanted else 0.0), 0.0
        read = 0
        frame: VideoFrame | None = first
        del first
        while frame is not None:
            read += 1
            t = clock.step(frame.time)
            if t is None:
                self.lost += 1
            # A little slack: at 30 pictures a second of which 15 are wanted, times are off by their rounding.
            elif t >= due - 0.1 * step:
                due = due + step if due + step > t else t + step
                yield Picture(t, self._upright(reformatter, frame))
            frame = next(frames, None)
        if self.count is not None:
            self.lost = max(self.lost, self.count - read)

    def _open(self) -> InputContainer:
        if self._path.stat().st_size == 0:
            raise InputError(
                "{name} is empty.", "A video holds at least one picture.", values={"name": self.name}
            )
        # The limit holds for the look into the file as well, before anything is known of its size.
        limits = {
            "protocol_whitelist": "file",
            "format_whitelist": CONTAINERS,
            "max_pixels": str(MOST_PIXELS),
        }
        try:
            return av.open(f"file:{self._path.resolve()}", options=limits, metadata_errors="replace")
        except PermissionError as exc:
            raise InputError(
                "{name} may not be read.",
                "The file belongs to somebody else.",
                "Copy it to your own folder.",
                values={"name": self.name},
            ) from exc
        except (av.FFmpegError, OSError, ValueError) as exc:
            raise InputError(
                "{name} is not a video that can be read.",
                "Videos such as MP4, MOV, WebM, MKV, AVI and GIF can be.",
                "Play it in a video player to see whether it is whole; record it again, or convert it.",
                values={"name": self.name},
            ) from exc

    def _pick(self) -> VideoStream:
        """Return the stream to look at: a cover on a piece of music is not one."""
        for stream in self._container.streams.video:
            if stream.disposition & Disposition.attached_pic:
                continue
            codec = stream.codec_context
            if codec is None:  # a coding that nothing here knows
                continue
            if codec.width * codec.height > MOST_PIXELS:
                raise InputError(
                    "The pictures of {name} are {width} x {height} pixels.",
                    "The most is {most} million pixels.",
                    "Convert it to a smaller size, such as 1280 x 720.",
                    values={
                        "name": self.name,
                        "width": codec.width,
                        "height": codec.height,
                        "most": MOST_PIXELS // 1_000_000,
                    },
                )
            return stream
        raise InputError(
            "{name} holds no moving pictures.",
            "midback looks at pictures; sound alone tells it nothing.",
            "Give a video, a picture or a folder of pictures.",
            values={"name": self.name},
        )

    def _decoded(self) -> Iterator[VideoFrame]:
        """Yield every frame that can be decoded whole."""
        broken = without = 0
        packets = self._container.demux(self._stream)
        while broken <= MOST_BROKEN and without <= MOST_WITHOUT:
            try:
                packet = next(packets)
            except (StopIteration, av.EOFError):
                return
            except (av.FFmpegError, ValueError):
                # The reader may find its way behind the damage, but this walk through the file has ended.
                broken += 1
                packets = self._container.demux(self._stream)
                continue
            try:
                frames = packet.decode()
            except av.EOFError:
                return
            except (av.FFmpegError, ValueError):
                self.lost, broken = self.lost + 1, broken + 1
                continue
            without += 1
            for frame in frames:
                if frame.is_corrupt or frame.width * frame.height > MOST_PIXELS:
                    self.lost += 1
                    continue
                broken = without = 0
                yield frame

    def _shape(self, frame: VideoFrame) -> tuple[int, int]:
        """Return width and height to scale a frame to, before it is turned; pixels are made square."""
        ratio = self._stream.sample_aspect_ratio
        wide = float(ratio) if ratio and 0.25 < ratio < 4 else 1.0
        return fitted(max(1, round(frame.width * wide)), frame.height)

    def _upright(self, reformatter: VideoReformatter, frame: VideoFrame) -> NDArray[np.uint8]:
        wide, high = self._shape(frame)
        # Four bytes a pixel: the networks' squares are cut from them where they lie.
        small = reformatter.reformat(
            frame, wide, high, "rgba", interpolation=Interpolation.BILINEAR, threads=1
        )
        return turned(np.asarray(small.to_ndarray(), np.uint8), self._turn)[..., :3]

    def close(self) -> None:
        """Let the file go."""
        self._frames = self._first = None
        self._container.close()
