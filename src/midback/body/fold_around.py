"""What else is known around the gaps in the input. In: Digest, a window. Out: Around. Next: fold_gaps.

Switches become stretches here, and a stretch ends where it stops being believable: at a suspend, where the
samples end, where hands on the machine contradict a lock.
"""

from bisect import bisect_left
from dataclasses import dataclass

from .exposure import Activity
from .fold_digest import Digest
from .fold_layers import showing
from .fold_spans import Track
from .fold_trips import legs_between
from .fold_worth import (
    AFTER_LOCK,
    LONGEST_ABSENCE,
    LONGEST_SWITCH,
    NEVER_ENDED,
    PERSON_SURE,
    REACH,
    SUSTAINED,
    UNSEEN,
    Atom,
)
from .situation import speaks_for_presence

_PRESENCE = ("fullscreen", "inhibitor", "camera_in_use", "call")
_TOLD: dict[str, Activity] = {
    "sitting": "sitting",
    "standing": "standing",
    "driving": "driving",
    "moving": "moving",
    "away": "away",
}


@dataclass(frozen=True, slots=True)
class Absence:
    """A lock or a suspend: from which host, whether it only goes on, and whether its end was told."""

    source: str
    host: str
    goes_on: bool
    told_end: bool


class Around:
    """What speaks for presence and absence in a window, apart from input and camera."""

    def __init__(self, digest: Digest, start: float, end: float) -> None:
        self.digest = digest
        low, high = start - REACH, end + REACH
        self.absences = Track([*_locks(digest, low, high), *_suspends(digest, low, high)])
        self.presence = {source: Track(_switches(digest, source, low, high)) for source in _PRESENCE}
        self.meetings = Track((a, b, "") for a, b in digest.meetings if b > low and a < high)
        # A gap reaches beyond the window, and what lies there bounds what is bare inside.
        driving, moving = legs_between(digest, low, high)
        self.driving_legs, self.words_told = driving, words_told(digest, low, high)
        self.driving, self.moving, self.words = Track(driving), Track(moving), Track(self.words_told)


def words_told(digest: Digest, start: float, end: float) -> list[Atom]:
    """Return the person's words on a window as stretches without overlap: the later start wins.

    Of two that start together the shorter wins, so that the order in which they were said does not matter.
    """
    said: list[Atom] = [
        (at, -minus_until, (_TOLD[activity], ("person",), PERSON_SURE))
        for at, minus_until, activity in digest.words
        if -minus_until > start and at < end
    ]
    return showing(said)


def _locks(digest: Digest, low: float, high: float) -> list[tuple[float, float, Absence]]:
    found: list[tuple[float, float, Absence]] = []
    for (source, host), said in digest.switches.items():
        if source != "lock":
            continue
        for place in range(bisect_left(said, (low,)), bisect_left(said, (high,))):
            at, on, _ = said[place]
            if not on:
                continue
            following = said[place + 1] if place + 1 < len(said) else None
            end = at + LONGEST_ABSENCE
            told = following is not None and following[0] <= end
            if following is not None and told:
                end = following[0]
            believed = _until_hands(digest, host, at, end)
            # Longer ago than any absence lasts, an earlier lock without an end says nothing of this one.
            goes_on = place > 0 and said[place - 1][1] and at - said[place - 1][0] <= LONGEST_ABSENCE
            told = told and believed == end and following is not None and not following[1]
            if believed > at:
                found.append((at, believed, Absence("lock", host, goes_on, told)))
    return found


def _suspends(digest: Digest, low: float, high: float) -> list[tuple[float, float, Absence]]:
    found: list[tuple[float, float, Absence]] = []
    for host, said in digest.sleeps.items():
        for place in range(bisect_left(said, (low,)), bisect_left(said, (high,))):
            at, asleep = said[place]
            if not asleep:
                continue
            end = at + LONGEST_ABSENCE
            following = said[place + 1] if place + 1 < len(said) and said[place + 1][0] <= end else None
            if following is not None:
                end = following[0]
            if following is None or following[1]:
                # Nobody told of the waking: the next sample or key did.
                if digest.seen.reaches(at + UNSEEN, at + UNSEEN) and digest.seen.reaches(at, at):
                    end = min(end, at + UNSEEN)
                for woken in (digest.seen.after(at), digest.hands.after(at)):
                    end = end if woken is None else min(end, woken)
            end = _until_hands(digest, host, at, end)
            if end > at:
                found.append((at, end, Absence("suspend", host, goes_on=False, told_end=False)))
    return found


def _until_hands(digest: Digest, host: str, at: float, end: float) -> float:
    """Return how long a lock or suspend is believed: until hands are on that machine for a while."""
    # Hands on a machine that has no name may be on this one.
    for hands in (digest.hands_of.get(host), digest.hands_of.get("")) if host else (digest.hands,):
        for a, b in hands.inside(at + AFTER_LOCK, end) if hands is not None else ():
            if b - a >= SUSTAINED:
                end = a
                break
    return end


def _switches(digest: Digest, source: str, low: float, high: float) -> list[tuple[float, float, str]]:
    found: list[tuple[float, float, str]] = []
    for (name, host), said in digest.switches.items():
        if name != source:
            continue
        for place in range(bisect_left(said, (low,)), bisect_left(said, (high,))):
            at, on, reason = said[place]
            if not on or (source == "inhibitor" and not speaks_for_presence(reason)):
                continue
            end = at + LONGEST_SWITCH
            if place + 1 < len(said) and said[place + 1][0] <= end:
                end = said[place + 1][0]
            else:
                end = min(at + NEVER_ENDED, _seen_until(digest, at))
            for other, sleeps in digest.sleeps.items():
                if other == host or not other or not host:
                    slept = bisect_left(sleeps, (at,))
                    while slept < len(sleeps) and not sleeps[slept][1]:
                        slept += 1
                    end = min(end, sleeps[slept][0]) if slept < len(sleeps) else end
            if end > at:
                found.append((at, end, source))
    return found


def _seen_until(digest: Digest, at: float) -> float:
    """Return how long a switch that nobody ended is believed: as long as samples go on."""
    seen = digest.seen
    place = bisect_left(seen.ends, at - UNSEEN)
    if place < len(seen.starts) and seen.starts[place] <= at + UNSEEN:
        return max(at, seen.ends[place]) + UNSEEN
    return at + UNSEEN
