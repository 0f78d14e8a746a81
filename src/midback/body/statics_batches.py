"""Many postures a few thousand at a time. In: subject, posture with leading axes. Out: flat pieces. Next: statics.

Working in pieces keeps memory flat whatever the number of postures, and the arrays of a piece in the fast memory.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from midback.body.subject import Subject
from midback.body.working_posture import WorkingPosture

T = TypeVar("T", Subject, WorkingPosture)


def leading(*values: Subject | WorkingPosture) -> tuple[int, ...]:
    """Return the shape that all fields of all values broadcast to."""
    return np.broadcast_shapes(*(np.shape(getattr(v, f.name)) for v in values for f in fields(v)))


def pieces(
    subject: Subject, posture: WorkingPosture, lead: tuple[int, ...], step: int
) -> Iterator[tuple[slice, Subject, WorkingPosture]]:
    """Yield ``step`` postures at a time, fields (step,), with where they stand when all axes are made one."""
    size = int(np.prod(lead, dtype=int))
    flat_subject, flat_posture = _flat(subject, lead), _flat(posture, lead)
    for start in range(0, size, step):
        part = slice(start, start + step)
        yield part, _cut(flat_subject, part), _cut(flat_posture, part)


def _flat(value: T, lead: tuple[int, ...]) -> T:
    """Return a value with fields (size,); what is the same for all stays () and costs nothing."""
    arrays = {field.name: np.asarray(getattr(value, field.name), dtype=float) for field in fields(value)}
    flat = {
        name: array.reshape(()) if array.size == 1 else np.broadcast_to(array, lead).reshape(-1)
        for name, array in arrays.items()
    }
    return replace(value, **flat)


def _cut(value: T, part: slice) -> T:
    arrays = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(value, **{name: array[part] if array.ndim else array for name, array in arrays.items()})
