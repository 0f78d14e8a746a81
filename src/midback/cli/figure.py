"""`midback figure`: one exercise as a picture. In: app.library, share.figure. Out: SVG."""

from pathlib import Path

from midback.app.library import show_exercise, variant_of
from midback.errors import InputError, Unavailable
from midback.plan.performance import Side
from midback.settings import Settings
from midback.share.figure import still
from midback.share.figure_look import CLOTHES, HAIRS, SKINS, Look

from .door import opened
from .wording import Speech

SIDES: tuple[Side, ...] = ("both", "left", "right")


def draw(exercise_id: str, variant_id: str | None, side: str, at: float | None, out: Path | None) -> None:
    """Write the picture to a file or to standard output."""
    named = next((known for known in SIDES if known == side), None)
    if named is None:
        raise InputError(
            "{side!r} is not a side.", "Known: {known}.", values={"side": side, "known": ", ".join(SIDES)}
        )
    with opened() as door:
        it = show_exercise(door.house, door.person, exercise_id).exercise
        variant = variant_of(it, variant_id)
        if it.movement_of(variant.id) is None:
            raise InputError(
                "{exercise} is nothing to draw.",
                "It is done by or with others.",
                "Choose another one.",
                values={"exercise": it.id},
            )
        look = _look(door.house.settings)
        title = Speech(door.house.catalogue, door.language).title(it.id)
        picture = still(it, variant.id, side=named, look=look, at=at, title=title)
    if out is None:
        print(picture)
        return
    try:
        out.write_text(picture, "utf-8")
    except OSError as exc:
        raise Unavailable(
            "{out} cannot be written: {fault}.",
            "",
            "Check the path.",
            values={"out": out, "fault": exc.strerror},
        ) from exc


def _look(settings: Settings) -> Look:
    """Return the person's choice; what is not known any more becomes the usual one."""
    usual = Look()
    return Look(
        skin=settings.skin if settings.skin in SKINS else usual.skin,
        hair=settings.hair if settings.hair in HAIRS else usual.hair,
        clothes=settings.clothes if settings.clothes in CLOTHES else usual.clothes,
    )
