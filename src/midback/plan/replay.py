"""A log walked through as if it were happening now. In: evidence in order of time, a rule. Out: Replay.

At every instant only what was known by then is used; a stretch counts as known from its beginning. Nobody is
there to answer, so every prompt goes unanswered. What the log says in the end is the fold of all of it.
Next: app.replay, and the proof that prompts come when they should.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal

from midback.body.evidence import Evidence
from midback.body.exposure import ACTIVITIES, Activity, Bout
from midback.body.fold import Folder
from midback.body.looks import Looks
from midback.body.situation import Situations
from midback.body.stillness import Still, still
from midback.reasons import Reason

from .break_rule import BreakRule
from .decide import ARRIVED, Say, decide, sunk
from .hands import Hands
from .interruptions import (
    HOLDS,
    BreakPreferences,
    Hold,
    Interruptibility,
    Said,
    interruptibility,
)

# While nothing comes in, the clock is looked at this often, or every so many parts of the time it lasts.
TICK: Final = timedelta(seconds=30)
PART: Final = 40
# The longest look ahead without asking: evidence may show later that the body was still before.
LOOK = timedelta(minutes=5)
# What holds any prompt, whatever it is for. While one of these goes on, what the body does can wait.
LASTING: Final = frozenset(HOLDS) - {"just-back", "worn", "driving"}
# How much of the past the present stillness may rest on, and how much said is remembered.
BEHIND = timedelta(hours=12)
SAID = timedelta(hours=24)
# Bouts this old do not change any more by what comes in order of time.
SETTLED = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt that was given; ``movement`` is (exercise id, variant id)."""

    at: datetime
    movement: tuple[str, str]
    length_s: int
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A stretch in which a prompt was owed and not given, and everything that held it."""

    start: datetime
    end: datetime
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a log says: bouts that tile it, minutes by activity, prompts given and held."""

    bouts: tuple[Bout, ...]
    minutes: dict[Activity, float]
    prompts: tuple[Prompt, ...]
    held: tuple[Held, ...]


def replay(
    evidence: Iterable[Evidence],
    rule: BreakRule | None,
    preferences: BreakPreferences | None = None,
    zone: tzinfo | None = UTC,
) -> Replay:
    """Walk a log; ``evidence`` comes in order of ``at``. ``zone`` None is the machine's zone."""
    walk = _Walk(rule, preferences or BreakPreferences(), zone)
    for one in evidence:
        walk.take(one)
    return walk.end()


class _Walk:
    """The walk's state: what is known by ``now``, what was said, what is being held."""

    def __init__(self, rule: BreakRule | None, preferences: BreakPreferences, zone: tzinfo | None) -> None:
        self.rule, self.preferences, self.zone = rule, preferences, zone
        self.folder, self.situations, self.hands = Folder(), Situations(), Hands()
        self.looks = Looks()
        self.now = self.last = self.asked = self.unsettled = datetime.min.replace(tzinfo=UTC)
        self.look_at: datetime | None = None  # None before anything came in
        self.settled: list[Bout] = []
        self.said: list[Said] = []
        self.prompts: list[Prompt] = []
        self.held: list[Held] = []
        self.holding: Held | None = None

    def take(self, one: Evidence) -> None:
        """Know one more thing. Before the clock moves on, what is known by then is acted on."""
        if self.look_at is None:
            self.now = self.last = self.asked = self.unsettled = self.look_at = one.at
        if one.at > self.now:
            self._ask()
            for tick in self._ticks(one.at):
                self.now = tick
                self._ask()
            self.now = one.at
            self._settle()
        self.folder.add(one)
        self.situations.add(one)
        self.looks.add(one)
        self.hands.add(one)
        self.last = max(self.last, one.until or one.at)

    def end(self) -> Replay:
        """Act on the last instant, let the last stretches run out, and sum up."""
        found = list(self.settled)
        if self.look_at is not None:
            self._ask()
            for tick in self._ticks(self.last):
                self.now = tick
                self._ask()
            self._let_go(self.now)
            found += self.folder.bouts(self.unsettled, self.last)
        bouts = _joined(found)
        minutes: dict[Activity, float] = dict.fromkeys(ACTIVITIES, 0.0)
        for bout in bouts:
            minutes[bout.activity] += (bout.end - bout.start).total_seconds() / 60
        return Replay(bouts=bouts, minutes=minutes, prompts=tuple(self.prompts), held=tuple(self.held))

    def _ask(self) -> None:
        """Ask what to say now, unless nothing can be due yet."""
        if self.rule is None or self.look_at is None or self.now < self.look_at:
            return
        if self.hands.between(self.now):  # the next sample tells more
            return
        welcome = self._welcome()
        if self.holding is not None and self.now < self.asked + LOOK and LASTING & set(welcome.holds):
            self._hold(welcome.holds)
            return
        self.asked = self.now
        exposure = still(self.folder.bouts(self.now - BEHIND, self.now), self.now)
        besides = sunk(self.looks, exposure, self.now)
        say = decide(self.rule, exposure, welcome, self.preferences, self.now, self.said, besides=besides)
        if say.kind == "hold":
            self._hold(say.holds)
        else:
            self._let_go(self.now)
        if say.kind == "notice":
            self._say("notice", say)
        elif say.kind == "prompt" and say.movement is not None:
            self._say("prompt", say)
            self.prompts.append(
                Prompt(at=self.now, movement=say.movement, length_s=say.length_s, because=say.because)
            )
        self.look_at = self._next_look(say, exposure)

    def _welcome(self) -> Interruptibility:
        """Return what speaks against a prompt now, by what is known now."""
        situation = self.situations.at(self.now)
        if self.hands.sampled(self.now):
            situation = replace(situation, idle_s=self.hands.rest_s(self.now))
        local = self.now.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return interruptibility(situation, self.preferences, self.now, local.weekday(), minute)

    def _next_look(self, say: Say, exposure: Still) -> datetime:
        """Return the instant before which there is nothing to say."""
        arrived = exposure.arrived_at
        if self.holding is not None or (arrived is not None and self.now <= arrived + ARRIVED):
            return self.now
        if say.due is None:
            return self.now + LOOK
        soon = say.due - timedelta(seconds=self.preferences.notice_s)
        return min(max(self.now, soon), self.now + LOOK)

    def _say(self, kind: Literal["notice", "prompt"], say: Say) -> None:
        movement = say.movement[0] if say.movement else ""
        self.said = [one for one in self.said if self.now - one.at < SAID]
        self.said.append(Said(at=self.now, kind=kind, movement=movement))

    def _hold(self, holds: tuple[Hold, ...]) -> None:
        """Go on holding; a new stretch begins when something else than typing takes over."""
        if self.holding is not None and _lead(self.holding.holds) != _lead(holds):
            self._let_go(self.now)
        if self.holding is None:
            self.holding = Held(start=self.now, end=self.now, holds=holds)
        else:
            both = {*self.holding.holds, *holds}
            self.holding = replace(self.holding, holds=tuple(hold for hold in HOLDS if hold in both))

    def _let_go(self, now: datetime) -> None:
        if self.holding is not None and now > self.holding.start:
            self.held.append(replace(self.holding, end=now))
        self.holding = None

    def _ticks(self, until: datetime) -> Iterator[datetime]:
        """Yield instants before ``until`` at which to look though nothing came in.

        They come further apart the longer nothing is known, and not for long after the last stretch ended.
        """
        began = tick = self.now
        until = min(until, self.last + 3 * LOOK)
        while self.rule is not None:
            step = max(TICK, (tick - began) / PART)
            tick = max(tick + step, self.look_at or tick)
            if tick >= until:
                return
            yield tick

    def _settle(self) -> None:
        """Put aside the bouts that cannot change any more, so that a long log takes no more room."""
        if self.now - self.unsettled < 2 * SETTLED:
            return
        found = self.folder.bouts(self.unsettled, self.now - SETTLED)
        # The last bout may go on. One that fills all that time is cut, and joined again in the end.
        done = found[:-1] or found
        self.settled += done
        self.unsettled = done[-1].end
        self.folder.forget(self.unsettled)
        self.looks.forget(self.unsettled)


def _lead(holds: tuple[Hold, ...]) -> Hold:
    """Return what holds most lastingly: anything before typing, which comes and goes."""
    return next((hold for hold in holds if hold != "typing"), holds[0])


def _joined(bouts: Iterable[Bout]) -> tuple[Bout, ...]:
    """Return the bouts with those joined that were only cut where the settled ones end."""
    joined: list[Bout] = []
    for bout in bouts:
        last = joined[-1] if joined else None
        if last is not None and last.activity == bout.activity and last.end == bout.start:
            evidence = tuple(dict.fromkeys((*last.evidence, *bout.evidence)))
            sure = _weighted(last, bout)
            joined[-1] = replace(last, end=bout.end, evidence=evidence, confidence=sure)
        else:
            joined.append(bout)
    return tuple(joined)


def _weighted(one: Bout, other: Bout) -> float:
    """Return the confidence of two bouts together, each weighing as much as it lasts."""
    a, b = (one.end - one.start).total_seconds(), (other.end - other.start).total_seconds()
    return (one.confidence * a + other.confidence * b) / (a + b)
