"""Moving figures for pages.

In: exercise, variant, side, the person's look. Out: still SVG and address. Next: pages.

Figures need NumPy, so the drawing code is loaded when the first one is asked for, never at the start.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from starlette.requests import Request

from midback.catalogue.exercise import Exercise

from .render import house_of
from .saying import text_of

if TYPE_CHECKING:
    from midback.share.figure_look import Look


Size = Literal["full", "thumb"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: its first still, where its movement is served, and its description."""

    svg: str
    src: str
    label: str


def look_of(request: Request) -> "Look":
    """Return the figure's skin, hair and clothes as chosen in the settings; unknown ones fall back."""
    settings = house_of(request).settings
    return look_named(settings.skin, settings.hair, settings.clothes)


def dark_look(look: "Look") -> "Look":
    """Return a look whose drawings stand alone on a dark page.

    An image does not follow the page's style sheet.
    """
    from midback.share.figure_look import CLOTHES, SCENE, Look

    class DarkLook(Look):
        def colours(self) -> dict[str, str]:
            top, top_far, legs, legs_far = CLOTHES[self.clothes][4:]
            scene = {name: dark for name, (_light, dark) in SCENE.items()}
            worn = {"top": top, "top-far": top_far, "legs": legs, "legs-far": legs_far}
            return super().colours() | worn | scene

    return DarkLook(skin=look.skin, hair=look.hair, clothes=look.clothes)


def look_named(skin: str, hair: str, clothes: str) -> "Look":
    """Return a look from its ids; an id that is not known becomes the usual one."""
    from midback.share.figure_look import CLOTHES, HAIRS, SKINS, Look

    usual = Look()
    return Look(
        skin=skin if skin in SKINS else usual.skin,
        hair=hair if hair in HAIRS else usual.hair,
        clothes=clothes if clothes in CLOTHES else usual.clothes,
    )


class _ById:
    """An exercise for a cache: the same loaded exercise is the same key."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def __hash__(self) -> int:
        return hash((self.exercise.id, self.exercise.version))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.exercise is other.exercise


@lru_cache(maxsize=256)
def _drawn(
    key: _ById, variant: str, side: str, look: "Look", size: Size, title: str, at: float | None
) -> str:
    from midback.share.figure import still

    return still(key.exercise, variant, side=side, look=look, size=size, title=title, at=at)


def still_of(
    request: Request,
    exercise: Exercise,
    variant: str,
    side: str = "both",
    size: Size = "full",
    *,
    dark: bool = False,
    at: float | None = None,
) -> str:
    """Return the still of one variant as SVG; "" for what does not move.

    dark : for a dark page, as an image
    at : s from the start of the movement; without it, its most telling pose
    """
    if exercise.movement_of(variant) is None:
        return ""
    title = text_of(exercise).variants[variant].picture
    look = look_of(request)
    return _drawn(_ById(exercise), variant, side, dark_look(look) if dark else look, size, title, at)


def picture(request: Request, exercise: Exercise, variant: str, side: str = "both") -> Picture | None:
    """Return a figure for a page, or None for what does not move."""
    svg = still_of(request, exercise, variant, side)
    if not svg:
        return None
    return Picture(
        svg, figure_url(request, exercise, variant, side, "json"), text_of(exercise).variants[variant].picture
    )


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small still: its address in light, and in dark; ``""`` where one of them is not needed."""

    light: str
    dark: str


def thumb(request: Request, exercise: Exercise, variant: str) -> Thumb | None:
    """Return a small still for a list, drawn only when the browser shows it; None for what does not move."""
    if exercise.movement_of(variant) is None:
        return None
    side = "left" if exercise.sides else "both"
    theme = house_of(request).settings.theme
    light, dark = (
        figure_url(request, exercise, variant, side, "svg", f"thumb&theme={name}")
        for name in ("light", "dark")
    )
    return Thumb("" if theme == "dark" else light, "" if theme == "light" else dark)


def key_poses(request: Request, exercise: Exercise, variant: str, side: str = "both") -> tuple[str, ...]:
    """Return the addresses of up to three stills that tell a movement in its order; none for a visit."""
    movement = exercise.movement_of(variant)
    if movement is None:
        return ()
    state: dict[str, object] = {}
    chosen: list[tuple[float, dict[str, object]]] = []
    for frame in movement.keyframes:
        moved: dict[str, object] = {"pelvis": frame.pelvis} if frame.pelvis else {}
        for part, changes in (("pose", frame.pose), ("reach", frame.reach), ("props", frame.props)):
            moved |= {f"{part}.{name}": value for name, value in changes.items()}
        state = state | moved
        # A hold looks like the pose before it, and coming back looks like the start.
        if frame.key and all(state != seen for _at, seen in chosen):
            chosen.append((frame.at_s, state))
    address = figure_url(request, exercise, variant, side, "svg")
    return tuple(f"{address}&at={at:g}" for at, _state in chosen[:3])


@lru_cache(maxsize=1)
def drawing_mark() -> str:
    """Return a mark of the code that poses and draws: a drawing kept by a browser is never older than it."""
    package = Path(__file__).parent.parent
    files = sorted((*package.glob("movement/*.py"), *package.glob("share/figure*.py")))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def figure_url(
    request: Request, exercise: Exercise, variant: str, side: str, kind: str, size: str = ""
) -> str:
    """Return the address of a figure; it changes with whatever changes the drawing, so it may be kept."""
    settings = house_of(request).settings
    look = f"{settings.skin}-{settings.hair}-{settings.clothes}"
    version = f"{drawing_mark()}-{exercise.version}-{look}"
    more = f"&size={size}" if size else ""
    return f"/figures/{exercise.id}/{variant}.{kind}?side={side}{more}&v={version}"
