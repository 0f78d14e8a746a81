"""What every sign offers. In: a desktop. Out: whether something holds now. Next: choose, the daemon.

A sign's module has ``NAME`` and ``open_sign()``, which raises Unavailable where nothing here tells. A sign that
dies later raises Unavailable from ``read``; whoever reads it closes it and opens it again another time.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from midback.body.evidence import Source
from midback.errors import Phrase, Unavailable
from midback.sense.idle.bus import Buses
from midback.sense.idle.choose import why
from midback.sense.idle.port import IdleBackend


class Sign(Protocol):
    """Something that holds or does not, as the desktop tells it.

    name : the module's NAME
    source : the source of the evidence that it gives
    ways : how it is told here
    reason : the desktop's own words for why it holds, "" where it has none; fresh after each ``read``
    """

    name: str
    source: Source
    ways: tuple[str, ...]
    reason: str

    def read(self) -> bool:
        """Return whether it holds now; raise Unavailable when that cannot be told any more."""
        ...

    def close(self) -> None:
        """Let go of what is held; a second call does nothing."""
        ...


class Desktop:
    """What signs share: the buses, and the live idle back end, which may tell of inhibitors itself."""

    def __init__(self, idle: IdleBackend | None = None) -> None:
        self.idle = idle
        self.buses = Buses()


# One way of telling: answers whether it holds and, where there are any, the words for why.
Way = Callable[[], tuple[bool, str]]


class AnyWay:
    """A sign that several services tell: it holds when one of those that answer says so."""

    def __init__(self, name: str, source: Source, desktop: Desktop, ways: Mapping[str, Way]) -> None:
        """Keep the ways that answer now; raise Unavailable with every refusal when none does."""
        self.name, self.source, self.reason = name, source, ""
        self._desktop = desktop
        self._ways = dict(ways)
        refused: dict[str, Unavailable] = {}
        for way, ask in ways.items():
            try:
                _told(way, ask)
            except Unavailable as exc:
                refused[way] = exc
                del self._ways[way]
        if not self._ways:
            self.close()
            raise all_refuse(refused)
        self.ways = tuple(self._ways)

    def read(self) -> bool:
        """Return whether it holds; raise Unavailable when nobody answers any more."""
        refused: dict[str, Unavailable] = {}
        for way, ask in self._ways.items():
            try:
                holds, self.reason = _told(way, ask)
            except Unavailable as exc:
                refused[way] = exc
                continue
            if holds:
                return True
        self.reason = ""
        if len(refused) == len(self._ways):
            raise all_refuse(refused)
        return False

    def close(self) -> None:
        """Close the buses; other signs that share them connect again by themselves."""
        self._desktop.buses.close()


def _told(name: str, ask: Way) -> tuple[bool, str]:
    """Ask one way; an answer of a shape that its service never gives is no answer."""
    try:
        return ask()
    except (TypeError, ValueError, IndexError, AttributeError) as exc:
        raise Unavailable("{name} answers in another shape.", values={"name": name}) from exc


def all_refuse(refused: Mapping[str, Unavailable]) -> Unavailable:
    """Return one error that says why each way does not tell, the same words once."""
    phrases: list[Phrase] = []
    for phrase in map(why, refused.values()):
        if phrase not in phrases:
            phrases.append(phrase)
    names = [f"way{number}" for number in range(len(phrases))]
    return Unavailable(
        Phrase(" ".join(f"{{{name}}}" for name in names), dict(zip(names, phrases, strict=True)))
    )
