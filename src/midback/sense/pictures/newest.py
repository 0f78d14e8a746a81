"""The newest picture of a source that does not wait. In: packets as they come. Out: the latest frame. Next: camera.

A thread of its own takes the packets off the camera, so that they never pile up while a picture is looked at; what
is not fetched in time is dropped unseen. Cameras send each picture whole, so only the newest is decoded.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

# Pictures that build on one another, should a camera send such, are kept from the last whole one on.
MOST: Final = 120


class Newest:
    """A thread that reads a camera and keeps what its newest picture needs."""

    def __init__(
        self, container: InputContainer, stream: VideoStream, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to read."""
        self._container, self._stream, self._clock = container, stream, clock
        self._news = threading.Condition()
        self._packets: deque[tuple[float, Packet[VideoStream]]] = deque(maxlen=MOST)
        self._ended = False
        self._error: Exception | None = None
        self.dropped = 0
        self._thread = threading.Thread(target=self._read, daemon=True, name="camera")
        self._thread.start()

    def take(self, patience_s: float) -> tuple[float, VideoFrame] | None:
        """Return the newest frame and when it came, waiting for one; None where the camera has ended.

        raises : av.FFmpegError where it broke down, TimeoutError where nothing came for ``patience_s``
        """
        until = self._clock() + patience_s
        while True:
            with self._news:
                while not self._packets and not self._ended:
                    left = until - self._clock()
                    if left <= 0:
                        raise TimeoutError("no picture came")
                    self._news.wait(min(left, 0.5))
                waiting = list(self._packets)
                self._packets.clear()
                if not waiting:
                    if self._error is not None:
                        raise self._error
                    return None
            # Cameras warm up with pictures that are cut short; the next one will do.
            newest = None
            for came, packet in waiting:
                try:
                    frames = packet.decode()
                except (av.FFmpegError, ValueError):
                    self.dropped += 1
                    continue
                for frame in frames:
                    newest = (came, frame)
            if newest is not None:
                return newest

    def stop(self) -> None:
        """Set the camera free as soon as the picture under way is read."""
        self._ended = True
        if self._thread is not threading.current_thread():
            self._thread.join(2.0)

    def _read(self) -> None:
        try:
            for packet in self._container.demux(self._stream):
                if self._ended:
                    break
                if not packet.size:
                    continue
                with self._news:
                    if packet.is_keyframe:
                        self._packets.clear()
                    self._packets.append((self._clock(), packet))
                    self._news.notify()
        except Exception as exc:
            self._error = exc
        finally:
            with self._news:
                self._ended = True
                self._news.notify()
            self._container.close()
