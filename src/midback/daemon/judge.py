"""What to say now. In: evidence, orders, what was said. Out: Say. Next: talk.

Exposure and interruptibility are asked apart, of the same core functions as everywhere else. What the person
said of the last day and the calendar come with the orders and lie over what was sensed.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from midback.body.evidence import Evidence
from midback.body.exposure import LONGEST_DRIVE, Activity, Bout, lay_over
from midback.body.fold import Folder
from midback.body.looks import Looks
from midback.body.situation import Situation, Situations
from midback.body.stillness import Still, still
from midback.plan.break_rule import BreakRule
from midback.plan.decide import Say, decide, sunk, with_planned
from midback.plan.interruptions import Interruptibility, Said, interruptibility
from midback.reasons import Reason

from .orders import NO_ORDERS, Orders

# How far back a stretch of stillness, or a drive that has ended, is looked for.
LOOK_BACK: Final = timedelta(hours=6)
# How much is kept in memory: a day for what is counted by day, and the day's edge.
KEPT: Final = timedelta(hours=26)
# Orders are made anew after every midnight. Where that failed twice, nobody knows any more what is open.
TRUSTED: Final = timedelta(days=2)
# An item of the plan may be done a little before its time, and stays open for the rest of the day.
EARLY_MIN: Final = 30


class Judge:
    """The folded day, the present situation, and what was said."""

    def __init__(self) -> None:
        self.orders: Orders = NO_ORDERS
        self.said: list[Said] = []
        self.exposure: Still | None = None
        self.interruptibility = Interruptibility()
        self._folder = Folder()
        self._situations = Situations()
        self.looks = Looks()
        self._zone: tzinfo | None = None
        self._forgot: datetime | None = None

    def obey(self, orders: Orders) -> None:
        """Take new orders."""
        self.orders = orders
        self._zone = _zone(orders.timezone)

    def add(self, evidence: Evidence) -> None:
        """Take one piece of evidence."""
        self._folder.add(evidence)
        self._situations.add(evidence)
        self.looks.add(evidence)

    def feel(self, evidence: Evidence) -> None:
        """Take a reading for the present situation alone, one that is not kept."""
        self._situations.add(evidence)

    def judge(self, now: datetime) -> Say:
        """Return what to say now."""
        orders = self.orders
        self.exposure = still(self.bouts(now - LOOK_BACK, now), now)
        local = now.astimezone(self._zone)
        minute = local.hour * 60 + local.minute
        worn = orders.worn is not None and now < orders.worn.until
        self.interruptibility = interruptibility(
            self.situation(now), orders.preferences, now, local.weekday(), minute, worn=worn
        )
        rule = self.rule(now)
        if rule is not None and orders.planned:
            open_now = [(exercise, way) for at, exercise, way in orders.planned if at - EARLY_MIN <= minute]
            rule = with_planned(rule, open_now)
        return decide(
            rule,
            self.exposure,
            self.interruptibility,
            orders.preferences,
            now,
            self.heard(),
            today=local.replace(hour=0, minute=0, second=0, microsecond=0),
            quiet_until=orders.quiet_until,
            besides=self.sunk(now),
        )

    def sunk(self, now: datetime) -> tuple[Reason, ...]:
        """Return that the camera saw the person sunk in this bout, as one more reason; none otherwise."""
        return () if self.exposure is None else sunk(self.looks, self.exposure, now)

    def doing(self, now: datetime) -> Activity | None:
        """Return what the body does now, as far as it is known."""
        return still(self.bouts(now - LOOK_BACK, now), now).activity

    def rule(self, now: datetime) -> BreakRule | None:
        """Return the rule while it can be gone by: until the next screening, and not from orders of long ago."""
        orders = self.orders
        if orders.made_at is None or abs(now - orders.made_at) > TRUSTED:
            return None
        if orders.rule_until is not None and now >= orders.rule_until:
            return None
        return orders.rule

    def is_open(self, movement: str, now: datetime) -> bool:
        """Say whether a movement may be spoken of now: the rule holds and has it, and nobody drives."""
        rule = self.rule(now)
        if rule is None or self.drives:
            return False
        named = {exercise for exercise, _way in (*rule.movements, *rule.on_the_road)}
        return not movement or movement in named | {exercise for _at, exercise, _way in self.orders.planned}

    @property
    def drives(self) -> bool:
        """Say whether somebody was driving when it was judged last."""
        at_the_wheel = self.exposure is not None and self.exposure.activity == "driving"
        return at_the_wheel or "driving" in self.interruptibility.holds

    def bouts(self, start: datetime, end: datetime) -> tuple[Bout, ...]:
        """Return what the body did, the person's word over what was sensed."""
        bouts = tuple(self._folder.bouts(start, end))
        for told in self._told(start, end):
            cut = replace(told, start=max(told.start, start), end=min(told.end, end))
            if cut.start < cut.end:
                bouts = lay_over(bouts, cut)
        return bouts

    def heard(self) -> list[Said]:
        """Return what was said and answered, here and on the pages, each once."""
        known = {(one.at, one.kind) for one in self.said}
        return [*self.said, *(one for one in self.orders.said if (one.at, one.kind) not in known)]

    def forget(self, now: datetime) -> None:
        """Let go of what is older than a day, once an hour."""
        if self._forgot is not None and now < self._forgot - KEPT:
            # The clock had been far ahead: what was forgotten by it would be forgotten for as long again.
            self._folder, self._situations, self.looks = Folder(), Situations(), Looks()
        if self._forgot is not None and abs(now - self._forgot) < timedelta(hours=1):
            return
        self._forgot = now
        self._folder.forget(now - KEPT)
        self.looks.forget(now - KEPT)
        self.said = [one for one in self.said if one.at >= now - KEPT]

    def local_day(self, at: datetime) -> str:
        """Return the person's date at an instant."""
        return at.astimezone(self._zone).date().isoformat()

    def _told(self, start: datetime, end: datetime) -> Iterable[Bout]:
        yield from (bout for bout in self.orders.bouts if bout.start < end and bout.end > start)
        since = self.orders.driving_since
        if since is not None and since < end <= since + LONGEST_DRIVE:
            yield Bout(start=since, end=end, activity="driving")

    def situation(self, now: datetime) -> Situation:
        """Return what goes on around the person, with what the person and the calendar say."""
        situation = self._situations.at(now)
        since = self.orders.driving_since
        if since is not None and since <= now <= since + LONGEST_DRIVE:
            situation = replace(situation, driving=True)
        if any(start <= now < end for start, end in self.orders.busy):
            situation = replace(situation, busy=True)
        return situation


def _zone(name: str | None) -> tzinfo | None:
    """Return a named zone, or None, which means the machine's own; an unknown name means that too."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        return None
