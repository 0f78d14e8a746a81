"""What a figure is made of: shapes, and groups of them in order of depth. Next: all that draws figures, ``figure``."""

from dataclasses import dataclass

from midback.share.figure_outline import Array


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn thing: ``points`` (T, P, 2) on the screen, y up; ``kind`` closed, line or polygon; its
    colour's name."""

    id: str
    kind: str
    colour: str
    points: Array
    opacity: float = 1.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes drawn together; ``depth`` (T,) decides what hides what; ``edge`` names the shapes that get an
    edge."""

    id: str
    shapes: tuple[Shape, ...]
    depth: Array
    edge: tuple[str, ...] = ()
