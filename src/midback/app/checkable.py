"""What a camera can do for an exercise of a session. In: catalogue and item. Next: verifying, and the page's words."""

from typing import Literal

from midback.catalogue.check import Check
from midback.coach.script import Item

from .house import House

Signal = Literal["tried", "untried", "none"]


def check_of(house: House, item: Item) -> Check | None:
    """Return how a camera checks an item, or None where it cannot."""
    camera = house.catalogue.exercise(item.exercise_id).camera
    return camera.check if camera.can_check(item.variant_id) else None


def signal_of(house: House, item: Item) -> Signal:
    """Say what a camera can do for an item: ``tried`` on recordings of people, ``untried``, or nothing."""
    if check_of(house, item) is None:
        return "none"
    return "tried" if house.catalogue.exercise(item.exercise_id).camera.validated else "untried"


def view_of(house: House, item: Item) -> str | None:
    """Return where the camera should look from: ``side``, ``front`` or ``back``."""
    return house.catalogue.exercise(item.exercise_id).camera.view
