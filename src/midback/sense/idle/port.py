"""What every idle back end offers. In: a desktop. Out: seconds without input. Next: choose, the daemon.

A back end module has ``NAME`` and ``open_backend()``, which raises Unavailable where it cannot work: what was
seen, the rule, the next step. A back end that dies later raises Unavailable from ``idle_s``; whoever reads it
closes it and chooses again. It never answers 0 for "I do not know".
"""

from typing import Protocol


class IdleBackend(Protocol):
    """One live source of idle time."""

    name: str

    def idle_s(self) -> float:
        """Return the seconds since the last key or pointer event; raise Unavailable when the source died."""
        ...

    def close(self) -> None:
        """Let go of what is held; a second call does nothing."""
        ...
