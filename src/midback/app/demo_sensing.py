"""An invented day as sensors would tell it. In: the hours of a usual day. Out: evidence, and what was said.

Typing, a call, a film in the evening, the drive to work and home, breaks that were prompted: nothing is written
into the day itself, it is folded from evidence as a real one is. Next: ``demo`` lives four weeks of such days.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from midback.body.evidence import Evidence, Told
from midback.body.exposure import Bout
from midback.reasons import Reason
from midback.store.said import KeptHold, KeptSaid

MOVEMENTS = ("stand-reach", "chair-extension", "seated-rotation")
MINUTE = timedelta(minutes=1)
BREAK_MIN = 3
# The call of the afternoon, local minutes from the beginning of the bout it falls into.
CALL = (20, 45)
EVENING = 18


@dataclass(slots=True)
class SensedDay:
    """What one day brings."""

    evidence: list[Evidence] = field(default_factory=list)
    rows: list[KeptSaid | KeptHold] = field(default_factory=list)


def sensed_day(hours: tuple[Bout, ...], week: int, chance: random.Random, evening: datetime) -> SensedDay:
    """Return an invented day along its usual hours; in later weeks prompts are followed more often.

    evening : from then on sitting is a film and no work
    """
    day = SensedDay()
    sitting = 0
    for bout in hours:
        minutes = int((bout.end - bout.start) / MINUTE)
        if bout.activity == "driving":
            day.evidence += _drive(bout.start, minutes, chance)
        elif bout.activity == "sitting" and bout.start >= evening:
            day.evidence += _film(bout.start, minutes)
        elif bout.activity == "sitting":
            sitting += 1
            _work(day, bout.start, minutes, week, chance, call=sitting == 3)
        elif bout.activity in ("moving", "standing"):
            day.evidence.append(_told(bout.start, bout.end, bout))
    return day


def _work(
    day: SensedDay, start: datetime, minutes: int, week: int, chance: random.Random, *, call: bool
) -> None:
    """Add a stretch at the desk: typing, breaks that were prompted, perhaps a call."""
    if call:
        first, last = start + CALL[0] * MINUTE, start + CALL[1] * MINUTE
        day.evidence.append(Evidence(at=first, source="call", on=True, host="demo"))
        day.evidence.append(Evidence(at=last, source="call", on=False, host="demo"))
    still = 0
    minute = 0
    while minute < minutes:
        at = start + minute * MINUTE
        in_call = call and CALL[0] <= minute < CALL[1]
        day.evidence.append(Evidence(at=at, source="input", idle_s=float(chance.randint(0, 50)), host="demo"))
        if still >= 30 and call and minute == CALL[1]:
            day.rows.append(KeptHold(start=at - 12 * MINUTE, end=at, held=("call",)))
        if still >= 30 and not in_call and minute + BREAK_MIN < minutes:
            followed = chance.random() < 0.45 + 0.12 * week
            _prompt(day, at, followed, chance)
            still = 0 if followed else 18
            minute += BREAK_MIN if followed else 0
        minute += 1
        still += 1


def _prompt(day: SensedDay, at: datetime, followed: bool, chance: random.Random) -> None:
    """Add a prompt and what came of it."""
    movement = chance.choice(MOVEMENTS)
    because = (Reason("plan.break-usual", {"after_min": 30}),)
    day.rows.append(KeptSaid(at=at, kind="prompt", movement=movement, because=because))
    seen = at + timedelta(seconds=chance.randint(5, 40))
    if not followed:
        day.rows.append(KeptSaid(at=seen, kind=chance.choice(("later", "skip")), movement=movement))
        return
    back = seen + BREAK_MIN * MINUTE
    day.rows.append(KeptSaid(at=seen, kind="start", movement=movement))
    day.rows.append(KeptSaid(at=back, kind="done", movement=movement))
    day.evidence.append(Evidence(at=seen, until=back, source="person", activity="moving", host="demo"))


def _drive(start: datetime, minutes: int, chance: random.Random) -> Iterator[Evidence]:
    for minute in range(minutes):
        at = start + minute * MINUTE
        yield Evidence(at=at, until=at + MINUTE, source="trip", speed_kmh=float(chance.randint(35, 90)))


def _film(start: datetime, minutes: int) -> Iterator[Evidence]:
    """Yield an evening before the screen: hands off the keys, the film keeps it awake."""
    yield Evidence(at=start, source="inhibitor", on=True, reason="video", host="demo")
    for minute in range(minutes + 1):
        idle_s = 60.0 * (minute % 15)
        yield Evidence(at=start + minute * MINUTE, source="input", idle_s=idle_s, host="demo")
    yield Evidence(at=start + minutes * MINUTE, source="inhibitor", on=False, reason="video", host="demo")


def _told(start: datetime, end: datetime, bout: Bout) -> Evidence:
    """Return the person's word for a stretch that no sensor of a desk sees."""
    activity: Told = "standing" if bout.activity == "standing" else "moving"
    return Evidence(at=start, until=end, source="person", activity=activity, host="demo")
