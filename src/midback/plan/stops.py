"""The stops of a long drive. In: how long, when it begins, which law is told beside it. Out: Stops.

A stop for the back at least every two hours, and beside it what professional drivers owe by law. It counts
no driving time and keeps no record: it is no tachograph. Next: app.driving, where the lay-by's movements are
chosen.

References: Regulation (EC) No 561/2006, article 7 (45 min after 4 h 30, or 15 and then 30 min within them);
49 CFR 395.3(a)(3)(ii) (30 min without driving after 8 h of driving).
"""

from dataclasses import dataclass
from typing import Final, Literal

from midback.errors import InputError
from midback.reasons import Reason

from .breaks import CAB_AFTER_S, CAB_LENGTH_S

RULE_VERSION = 1
Region = Literal["eu", "us", "other"]
# Longer than anyone drives in one go; what is longer is a slip of the finger.
LONGEST_MIN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What the law of a region asks of professional drivers, minutes.

    parts : the lengths a break may be split into, in order; the last one is due when ``after_min`` is reached
    """

    after_min: int
    parts: tuple[int, ...]
    reason: Reason


LAWS: Final[dict[Region, Law]] = {
    "eu": Law(after_min=270, parts=(15, 30), reason=Reason("plan.stop-eu", {}, RULE_VERSION)),
    "us": Law(after_min=480, parts=(30,), reason=Reason("plan.stop-us", {}, RULE_VERSION)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop. ``minute``: local minute of the day it begins, may pass 1440; ``driven_min``: driven by then.

    length_min : for the back; ``legal_min`` : what of the legal break is planned at this stop, 0 for nothing
    """

    minute: int
    driven_min: int
    length_min: int
    legal_min: int
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """The plan of a drive: its stops, the local minute of arrival, and what is to be known about it."""

    stops: tuple[Stop, ...]
    arrive: int
    reasons: tuple[Reason, ...]


def plan_stops(minutes: int, leave: int, region: Region = "other") -> Stops:
    """Plan the stops of a drive.

    Parameters
    ----------
    minutes : minutes at the wheel, stops not counted
    leave : local minute of the day it begins
    region : whose law for professional drivers is told beside it

    Raises
    ------
    InputError : the drive is not between a minute and a day long, or does not begin on a day
    """
    if not 0 < minutes <= LONGEST_MIN:
        raise InputError(
            "The drive is {minutes} minutes long.",
            "A drive is planned from 1 minute to 24 hours.",
            values={"minutes": minutes},
        )
    if not 0 <= leave < 1440:
        raise InputError(
            "The drive begins at minute {leave} of the day.",
            "A day has minutes from 0 to 1439.",
            values={"leave": leave},
        )
    law = LAWS.get(region)
    stops: list[Stop] = []
    driven, now = 0, leave
    for part in _parts(minutes, law):
        driven, now = driven + part, now + part
        legal = _due_by_law(law, driven, minutes, stops)
        length = max(CAB_LENGTH_S // 60, legal)
        stops.append(_stop(now, driven, part, length, legal, law))
        now += length
    reasons = [law.reason if law else Reason("plan.stop-own-law", {}, RULE_VERSION)]
    if not stops:
        reasons.insert(0, Reason("plan.stop-none", {}, RULE_VERSION))
    reasons.append(Reason("plan.stop-no-tachograph", {}, RULE_VERSION))
    return Stops(stops=tuple(stops), arrive=now + minutes - driven, reasons=tuple(reasons))


def _parts(minutes: int, law: Law | None) -> list[int]:
    """Return the driving before each stop: equal parts of each legal stretch, none over two hours."""
    most = CAB_AFTER_S // 60
    stretch = law.after_min if law else minutes
    found: list[int] = []
    left = minutes
    while left > 0:
        leg = min(stretch, left)
        pieces = -(-leg // most)
        found += [leg * (number + 1) // pieces - leg * number // pieces for number in range(pieces)]
        left -= leg
    return found[:-1]  # the last part ends with arriving


def _due_by_law(law: Law | None, driven: int, minutes: int, stops: list[Stop]) -> int:
    """Return the part of the legal break that a stop can be: the last at the limit, the others before it."""
    if law is None or minutes <= law.after_min:
        return 0
    done, within = divmod(driven, law.after_min)
    if within == 0:
        return law.parts[-1]
    if minutes <= (done + 1) * law.after_min:  # the rest of the drive ends within the limit
        return 0
    taken = sum(1 for stop in stops if stop.driven_min > done * law.after_min)
    return law.parts[taken] if taken < len(law.parts) - 1 else 0


def _stop(minute: int, driven: int, part: int, length: int, legal: int, law: Law | None) -> Stop:
    because = [Reason("plan.stop-here", {"length_min": length, "after_min": part}, RULE_VERSION)]
    if law and legal:
        # Before the limit nothing is owed yet: a stop there may only count for it.
        at_limit = driven % law.after_min == 0
        named = (
            "plan.stop-part"
            if not at_limit
            else "plan.stop-rest"
            if len(law.parts) > 1
            else "plan.stop-legal"
        )
        because.append(Reason(named, {"length_min": legal}, RULE_VERSION))
    return Stop(minute=minute, driven_min=driven, length_min=length, legal_min=legal, because=tuple(because))
