"""When to interrupt stillness, and with what, as a value. In: breaks, or the body's state. Next: decide.

Nothing but the standard library stands here and in ``decide``: the background process reads them.
"""

from dataclasses import dataclass

from midback.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakRule:
    """When a break is due and which movements fit.

    after_s : unbroken stillness before a short break is due
    length_s : length of the short break
    hourly_s : length of the longer break each hour
    movements : (exercise id, variant id), best first, that fit the place
    on_the_road : the same for a lay-by, after a drive; where there is none, ``movements`` serve
    """

    after_s: int
    length_s: int
    hourly_s: int
    movements: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    rule_version: int = 1
    on_the_road: tuple[tuple[str, str], ...] = ()
