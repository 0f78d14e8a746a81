"""A frame as the browser sends it. In: the text of one message. Out: Frame, or ValueError. Next: camera_routes.

Everything is bounded before it becomes a number of ours: what comes through a socket is not to be trusted more
than what comes through a form.
"""

import json
import math
from collections.abc import Sequence
from typing import Any, Final, Never

import numpy as np

from midback.movement.landmarks import LANDMARKS, STATIONS, Frame, nobody
from midback.movement.rotation import Array

POINTS: Final = len(LANDMARKS)
FIELDS: Final = frozenset(
    {"t", "size", "score", "image", "world", "visibility", "profile", "people", "light"}
)


def read_frame(text: str) -> Frame:
    """Return the frame of one message.

    Raises
    ------
    ValueError : not JSON, a number that is not finite or too large, a list of the wrong length
    """
    try:
        given = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        raise ValueError("not JSON") from exc
    if not isinstance(given, dict) or not set(given) <= FIELDS:
        raise ValueError("not a frame")
    t = _number(given.get("t"), 0, 1e6, "t")
    size = given.get("size")
    if not isinstance(size, list) or len(size) != 2:
        raise ValueError("size")
    width, height = (int(_number(one, 16, 16_384, "size")) for one in size)
    people, light = given.get("people"), given.get("light")
    people = None if people is None else int(_number(people, 0, 100, "people"))
    light = None if light is None else _number(light, 0, 1, "light")
    if given.get("image") is None:
        return nobody(t, (width, height), people, light)
    profile = given.get("profile")
    return Frame(
        t=t,
        image=_numbers(given.get("image"), 3 * POINTS, 1e5, "image").reshape(POINTS, 3),
        world=_numbers(given.get("world"), 3 * POINTS, 100, "world").reshape(POINTS, 3),
        visibility=_numbers(given.get("visibility"), POINTS, 1, "visibility"),
        score=_number(given.get("score"), 0, 1, "score"),
        size=(width, height),
        profile=None if profile is None else _profile(profile),
        people=people,
        light=light,
    )


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def _number(value: Any, least: float, most: float, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(name)
    return float(value)


def _numbers(values: Any, length: int, most: float, name: str) -> Array:
    if not isinstance(values, list) or len(values) != length:
        raise ValueError(name)
    return np.array([_number(value, -most, most, name) for value in values])


def _profile(values: Sequence[Any]) -> Array:
    if not isinstance(values, list) or len(values) != len(STATIONS):
        raise ValueError("profile")
    return np.array([math.nan if v is None else _number(v, -10, 10, "profile") for v in values])
