"""How bending long makes passive tissue give way, and how it comes back, exactly. In: bend, seconds. Out: two parts.

In full flexion the spine bends on by a first-order law (McGill and Brown 1992, lumbar: 9.4 min towards 6.24 degrees,
5.5 degrees after 20 min), here towards that much times the share of the full bend. It comes back otherwise: half the
stiffness within two minutes, the rest takes over half an hour. So there are two parts with a share of the target each.
A part below its target rises with the loading time, so that their sum rises by the one published law; a part above
its target falls with its own time of recovery, fast or slow, whether the target is zero or only lower than before.
A part never crosses its target, so its law is settled at the start of a piece and the solution is exact.

Measured at the lumbar spine: no creep of the thoracic spine was found, hence the wide spread.
"""

import numpy as np

from midback.body.tissue.state import Array


def part_after(part: Array, target: Array, loading_s: Array, recovery_s: Array, seconds: Array) -> Array:
    """Return one part of the creep, rad, after ``seconds`` of a steady target, rad; shapes broadcast."""
    apart = part - target
    time = np.where(apart < 0, loading_s, recovery_s)
    found: Array = part + apart * np.expm1(-seconds / time)
    return found
