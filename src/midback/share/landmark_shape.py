"""One frame of a recording, and how it stands in the file. docs/landmark-recordings.md shows it.

In: a ``Frame``, or a value out of a file, believed in nothing. Out: the other. Next: landmark_file.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from midback.errors import InputError, Phrase
from midback.movement.landmarks import LANDMARKS, STATIONS, Frame, nobody
from midback.movement.rotation import Array

MOST_SIDE: Final = 16_384
LONGEST_S: Final = 360_000.0
_FARTHEST: Final = {"image": 1e6, "world": 100.0}
_FRAME: Final = frozenset({"t", "image", "world", "visibility", "score"})
_MAY: Final = _FRAME | {"profile", "people", "light", "size"}
_NUMBERS: Final = frozenset({int, float, type(None)})


def shape_frame(frame: Frame) -> dict[str, Any]:
    """Return a frame as a recording holds it; points that were not seen are null."""
    return {
        "t": round(frame.t, 6),
        "image": _listed(frame.image, 2) if frame.seen else None,
        "world": _listed(frame.world, 4) if frame.seen else None,
        "visibility": _listed(frame.visibility, 3),
        "score": round(float(frame.score), 4),
        "profile": None if frame.profile is None else _listed(frame.profile, 4),
        "people": frame.people,
        "light": None if frame.light is None else round(float(frame.light), 4),
    }


def _listed(values: Array, places: int) -> list[float | None]:
    flat = np.round(np.asarray(values, float).ravel(), places).tolist()
    return [value if value == value else None for value in flat]  # NaN differs from itself


def frame_of(number: int, shape: Any, size: tuple[int, int]) -> Frame:
    """Return the frame that stands in a file as the ``number``-th; raise InputError naming the rule."""
    if not isinstance(shape, dict) or not _FRAME <= shape.keys() <= _MAY:
        wanted = ", ".join(sorted(_FRAME))
        others = ", ".join(sorted(_MAY - _FRAME))
        rule = Phrase(
            "A frame is an object with {keys}, and of others only {others}.",
            {"keys": wanted, "others": others},
        )
        raise bad_frame(number, rule)
    t = _number(number, shape, "t", LONGEST_S)
    score = _number(number, shape, "score", 1.0)
    people, light = shape.get("people"), shape.get("light")
    if people is not None and (type(people) is not int or not 0 <= people <= 1000):
        raise bad_frame(number, Phrase("`people` is a whole number or null."))
    if light is not None:
        light = _number(number, shape, "light", 1.0)
    if "size" in shape:
        size = size_of(shape["size"], number)
    if shape["image"] is None:
        return nobody(t, size, people, light)
    visibility = _row(number, shape["visibility"], "visibility", len(LANDMARKS))
    if ((visibility < 0) | (visibility > 1)).any():
        raise bad_frame(number, Phrase("`visibility` is between 0 and 1."))
    profile = shape.get("profile")
    return Frame(
        t=t,
        image=_points(number, shape["image"], "image"),
        world=_points(number, shape["world"], "world"),
        visibility=visibility,
        score=score,
        size=size,
        profile=None if profile is None else _row(number, profile, "profile", len(STATIONS), 100.0),
        people=people,
        light=light,
    )


def _points(number: int, values: Any, name: str) -> Array:
    if values is None:
        return np.full((len(LANDMARKS), 3), np.nan)
    return _row(number, values, name, 3 * len(LANDMARKS), _FARTHEST[name]).reshape(-1, 3)


def _row(number: int, values: Any, name: str, length: int, most: float = np.inf) -> Array:
    if not isinstance(values, list) or len(values) != length or not _NUMBERS.issuperset(map(type, values)):
        rule = Phrase(
            "`{name}` is a list of {length} numbers; null is what was not seen.",
            {"name": name, "length": length},
        )
        raise bad_frame(number, rule)
    try:
        row = np.array(values, dtype=np.float64)
    except OverflowError:
        row = np.array([np.inf])
    if np.isinf(row).any() or (np.abs(row) > most).any():
        raise bad_frame(number, Phrase("A number in `{name}` is out of all bounds.", {"name": name}))
    return row


def _number(number: int, shape: Mapping[str, Any], name: str, most: float) -> float:
    value = shape[name]
    if type(value) not in (int, float) or not 0 <= value <= most:
        rule = Phrase("`{name}` is a number from 0 to {most}.", {"name": name, "most": most})
        raise bad_frame(number, rule)
    return float(value)


def size_of(value: Any, number: int = 0) -> tuple[int, int]:
    """Return a size that stands in a file; raise InputError where it is none."""
    fits = (
        isinstance(value, list)
        and len(value) == 2
        and all(type(side) is int and 1 <= side <= MOST_SIDE for side in value)
    )
    if not fits:
        rule = Phrase(
            "`size` is the width and height of the picture, whole numbers up to {most}.", {"most": MOST_SIDE}
        )
        if number:
            raise bad_frame(number, rule)
        raise InputError("`size` cannot be used.", rule)
    return value[0], value[1]


def bad_frame(number: int, rule: Phrase) -> InputError:
    """Return the error about one frame, counted from 1."""
    return InputError(Phrase("Frame {number} of the recording cannot be used.", {"number": number}), rule)
