"""What every sign offers. In: a desktop. Out: whether something holds now. Next: choose, the daemon.

A sign's module has ``NAME`` and ``open_sign()``, which raises Unavailable where nothing here tells. A sign that
dies later raises Unavailable from ``read``; whoever reads it closes it and opens it again another time.
"""

from typing import Protocol

from midback.body.evidence import Source


class Sign(Protocol):
    """Something that holds or does not, as the desktop tells it.

    name : the module's NAME
    source : the source of the evidence that it gives
    reason : the desktop's own words for why it holds, "" where it has none; fresh after each ``read``
    """

    name: str
    source: Source
    reason: str

    def read(self) -> bool:
        """Return whether it holds now; raise Unavailable when that cannot be told any more."""
        ...

    def close(self) -> None:
        """Let go of what is held; a second call does nothing."""
        ...
