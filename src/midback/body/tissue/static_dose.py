"""What holding still takes up, with no safe floor, exactly. In: dose, effort, seconds. Out: dose. Next: advance, day.

    dose' = g (1 - dose) - leak dose
    g = (1 - moving) / ET(effort)       ET(effort) = b0 effort^b1, the published endurance curve of the group
    leak = 1 / recovery + moving / relief

What is derived: g. An effort held fills the dose by its share of the time it could be held for at all, as cumulative
load is usually added up; the curve is a power law, so every effort above none counts, as the oxygen of a back muscle
falls at every effort tested (2 to 30 %) and no effort was found that can be held without end, not even 5 %. Below
about 15 % the curve goes on where few were measured.

What is bounded, not known: the recovery. Discomfort of sitting still rises in the fourth hour, so it cannot be much
shorter than two hours; a usual morning starts about rested, so it cannot be much longer than five.

What cannot be derived: how much faster movement clears it (the relief). No number was found. It acts by the minute
and by nothing else: a break has no worth of its own beyond its minutes and when they fall, so the law favours no
schedule by its form. Both are the project's assumptions, grade D, with a wide spread.
"""

import numpy as np

from midback.body.tissue.state import Array


def gain(target: Array, moving: Array | None, factor_s: Array, power: Array) -> Array:
    """Return g, 1/s, of a target 0..1; ``factor_s`` and ``power`` are b0 (s) and b1 (below 0) of the curve."""
    found: Array = np.power(target, -power) / factor_s
    return found if moving is None else found * (1.0 - moving)


def leak(moving: Array | None, recovery_s: Array, relief_s: Array) -> Array:
    """Return the rate at which the dose goes, 1/s."""
    return 1.0 / recovery_s if moving is None else 1.0 / recovery_s + moving / relief_s


def after(dose: Array, gained: Array, leaking: Array, seconds: Array) -> Array:
    """Return the dose after ``seconds`` of steady gain and leak, 1/s; shapes broadcast."""
    rate = gained + leaking
    found: Array = dose + (dose - gained / rate) * np.expm1(-rate * seconds)
    return found
