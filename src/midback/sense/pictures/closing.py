"""A source of pictures that is let go at the end of a ``with``. In: close(). Next: camera, images, video."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """What holds a file or a camera until ``close``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""
