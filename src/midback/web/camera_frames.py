"""A frame as the browser sends it. In: the text of one message. Out: Frame, or InputError. Next: camera_routes.

The shape is that of a recording's frame, docs/landmark-recordings.md; what comes through a socket is believed as
little as a file that somebody gave.
"""

import json
from typing import Never

from midback.errors import InputError
from midback.movement.landmarks import Frame
from midback.share.landmark_shape import frame_of


def read_frame(text: str, number: int) -> Frame:
    """Return the frame of the ``number``-th message.

    Raises
    ------
    InputError : not JSON, a number that is not finite or too large, a list of another length
    """
    try:
        given = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        raise InputError(
            "The message is not JSON.", "Numbers are finite; what was not seen is null."
        ) from exc
    # Every message says how large its picture was: a camera that is turned changes it.
    if not isinstance(given, dict) or "size" not in given:
        raise InputError("The message is no frame.", "It is an object that names the picture's size.")
    return frame_of(number, given, (1, 1))


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)
