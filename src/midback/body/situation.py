"""What goes on around the person right now. In: Evidence. Out: Situation. Next: plan.interruptions.

This is the other question, kept apart from exposure: not what the body does but what a prompt would disturb.
"""

from bisect import bisect_right, insort
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from .evidence import Evidence
from .fold_spans import Spans
from .fold_worth import LONGEST_STRETCH, LONGEST_SWITCH

# A sample older than this says nothing of now.
STALE: Final = timedelta(minutes=3)
# Without a sign of life for this long a machine's switches are not believed any more. Longer than what ends a
# stretch of stillness: a call must not be forgotten while a break is still owed.
SILENT: Final = timedelta(minutes=6)
# A call or a film that ended this second: there is a word to say, a window to close.
LINGERS: Final = timedelta(seconds=10)
# An entry longer than this is a holiday or a conference, no meeting that a prompt would disturb.
LONGEST_MEETING: Final = timedelta(hours=8)
# A red light, a fuel pump: a drive is not over before this.
DRIVE_GOES_ON: Final = timedelta(minutes=5)
FAST_KMH: Final = 15.0
WALKING_KMH: Final = 2.0
# Without input for this long, and with nothing that kept the person there, input means coming back.
GONE: Final = timedelta(minutes=10)
# A lock shorter than this is no absence.
SHORT_LOCK: Final = timedelta(minutes=2)
# A switch not told of for this long was forgotten, whatever else lives on; a trip this long is no drive.
FORGOTTEN: Final = timedelta(seconds=LONGEST_SWITCH)
LONGEST_DRIVE: Final = timedelta(seconds=LONGEST_STRETCH)
# So many samples hold one of each machine that is sampled in turn.
SEVERAL: Final = 30
# What is older than this is forgotten: nothing that goes on now began before it.
KEPT: Final = timedelta(hours=24)
FORGET_EVERY: Final = timedelta(hours=1)
# Inhibitors for these keep the machine awake, not the person there.
NOT_PRESENCE: Final = (
    "audio",
    "music",
    "download",
    "upload",
    "backup",
    "update",
    "build",
    "copy",
    "caffeine",
)
_NAMES: Final = {
    "input": "idle",
    "activitywatch": "idle",
    "call": "call",
    "camera_in_use": "camera_in_use",
    "inhibitor": "film",
    "fullscreen": "full_screen",
    "dnd": "do_not_disturb",
    "calendar": "busy",
    "trip": "driving",
    "person": "driving",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a prompt would meet.

    idle_s : seconds since the last input on any machine; None when no machine tells
    film : an idle inhibitor that speaks for somebody watching; busy : the calendar
    halted : a trip is being recorded, and it stands still
    back_at : when the person last came back to the machine; None when they were never seen to
    known : the fields that any evidence so far told about; what is not in it is False for want of knowledge
    """

    idle_s: float | None = None
    call: bool = False
    camera_in_use: bool = False
    film: bool = False
    full_screen: bool = False
    do_not_disturb: bool = False
    busy: bool = False
    driving: bool = False
    halted: bool = False
    back_at: datetime | None = None
    known: frozenset[str] = frozenset()


class Situations:
    """The evidence of the last day, asked what goes on at an instant."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._latest: datetime | None = None
        self._samples: list[tuple[datetime, datetime]] = []  # at, last input
        self._switches: dict[tuple[str, str], list[tuple[datetime, bool, str]]] = {}
        self._ends: list[datetime] = []  # suspended
        self._signs = Spans(SILENT.total_seconds())  # any point of evidence: a machine that lives
        self._stretches: list[tuple[datetime, datetime, str, str]] = []
        self._back: list[datetime] = []
        self._looks: list[tuple[datetime, str]] = []
        self._forgotten = datetime(1970, 1, 1, tzinfo=UTC)

    def add(self, evidence: Evidence) -> None:
        """Take one piece of evidence in; late pieces of the last day find their place."""
        at, source = evidence.at, evidence.source
        if source in _NAMES:
            self._known.add(_NAMES[source])
        if evidence.until is not None:
            what: str = evidence.activity or evidence.status or ""
            until = evidence.until
            if source == "trip":
                speed = evidence.speed_kmh or 0.0
                until = min(until, at + LONGEST_DRIVE)
                what = "fast" if speed >= FAST_KMH else "slow" if speed >= WALKING_KMH else "stop"
            meets = bool(evidence.on) and evidence.until - at <= LONGEST_MEETING
            if source != "calendar" or meets:
                insort(self._stretches, (at, until, source, what))
            if source == "activitywatch":
                self._signs.add(at.timestamp(), evidence.until.timestamp())
            elif source == "person" and what in ("away", "moving"):
                insort(self._back, evidence.until)
        else:
            self._signs.add(at.timestamp(), at.timestamp())
        if source == "input":
            self._add_sample(at, at - timedelta(seconds=min(evidence.idle_s or 0.0, 1e7)))
        elif source in ("suspend", "resume"):
            if source == "suspend":
                insort(self._ends, at)
            else:
                insort(self._back, at)
        elif source == "camera" and evidence.seen != "unclear":
            place = bisect_right(self._looks, (at, "~"))
            if evidence.seen != "absent" and place and self._looks[place - 1][1] == "absent":
                insort(self._back, at)
            insort(self._looks, (at, str(evidence.seen)))
        elif evidence.on is not None and evidence.until is None:
            self._add_switch(evidence)
        if self._latest is None or at > self._latest:
            self._latest = at
            self._forget(at - KEPT)

    def at(self, now: datetime) -> Situation:
        """Return what goes on at an instant, from the evidence of up to then."""
        trips = [s for s in self._stretches if s[2] == "trip" and s[0] <= now]
        words = [s for s in self._stretches if s[2] == "person" and s[0] <= now < s[1]]
        driving = _on_the_road(trips, now)
        if words:
            driving = max(words)[3] == "driving"
        back = [at for at in self._back if at <= now]
        return Situation(
            idle_s=self._idle_s(now),
            call=self._is_on("call", now),
            camera_in_use=self._is_on("camera_in_use", now),
            film=self._is_on("inhibitor", now),
            full_screen=self._is_on("fullscreen", now),
            do_not_disturb=self._is_on("dnd", now),
            busy=any(s[2] == "calendar" and s[0] <= now < s[1] for s in self._stretches),
            driving=driving,
            halted=any(s[3] == "stop" and now < s[1] for s in trips),
            back_at=back[-1] if back else None,
            known=frozenset(self._known),
        )

    def _add_sample(self, at: datetime, last: datetime) -> None:
        before = bisect_right(self._samples, (at, at))
        earlier = self._samples[max(0, before - SEVERAL) : before]
        # On whichever machine: who types on one has not come back to it from the other.
        touched = max((input_at for _, input_at in earlier), default=None)
        gone = touched is not None and last - touched >= GONE and last > earlier[-1][0]
        if gone and not (self._is_on("call", last) or self._is_on("inhibitor", last)):
            insort(self._back, last)
        insort(self._samples, (at, last))

    def _add_switch(self, evidence: Evidence) -> None:
        at, on = evidence.at, bool(evidence.on)
        said = self._switches.setdefault((evidence.source, evidence.host), [])
        if evidence.source == "lock" and not on:
            place = bisect_right(said, (at, True, "\uffff"))
            if place and said[place - 1][1] and at - said[place - 1][0] >= SHORT_LOCK:
                insort(self._back, at)
        insort(said, (at, on, evidence.reason))

    def _is_on(self, source: str, now: datetime) -> bool:
        """Say whether a switch holds on any machine; a machine that fell silent holds nothing."""
        for (name, _host), said in self._switches.items():
            place = bisect_right(said, (now, True, "\uffff"))
            if name != source or not place:
                continue
            at, on, reason = said[place - 1]
            if not on and place > 1 and timedelta() <= now - at < LINGERS:
                _, on, reason = said[place - 2]
            if not on or (source == "inhibitor" and not speaks_for_presence(reason)):
                continue
            slept = bisect_right(self._ends, now) > bisect_right(self._ends, at)
            if not slept and now - at <= FORGOTTEN and not self._silent(at, now):
                return True
        return False

    def _silent(self, since: datetime, now: datetime) -> bool:
        """Say whether all machines were silent for a while between two instants."""
        signs, at = self._signs, since.timestamp()
        place = bisect_right(signs.starts, at) - 1
        return place < 0 or now.timestamp() - max(at, signs.ends[place]) > signs.join

    def _idle_s(self, now: datetime) -> float | None:
        place = bisect_right(self._samples, (now, now))
        fresh = [last for at, last in self._samples[max(0, place - 200) : place] if now - at <= STALE]
        if fresh:
            return max(0.0, (now - max(fresh)).total_seconds())
        for at, until, source, status in reversed(self._stretches):
            if source == "activitywatch" and at <= now <= until:
                return 0.0 if status == "not-afk" else (now - at).total_seconds()
        return None

    def _forget(self, before: datetime) -> None:
        if before < self._forgotten + FORGET_EVERY:
            return
        self._forgotten = before
        self._signs.forget(before.timestamp())
        self._samples = [sample for sample in self._samples if sample[0] >= before]
        self._ends = [at for at in self._ends if at >= before]
        self._back = self._back[-20:]
        self._looks = [look for look in self._looks if look[0] >= before]
        self._stretches = [stretch for stretch in self._stretches if stretch[1] >= before]
        for key, said in self._switches.items():
            old = bisect_right(said, (before, True, "\uffff"))
            self._switches[key] = said[max(0, old - 1) :]


def speaks_for_presence(reason: str) -> bool:
    """Say whether an inhibitor's reason speaks for a person being there: a film does, a download does not."""
    lowered = reason.lower()
    return not any(word in lowered for word in NOT_PRESENCE)


def _on_the_road(trips: list[tuple[datetime, datetime, str, str]], now: datetime) -> bool:
    """Say whether a drive goes on: fast within 5 min, or slow ever since, as in a jam."""
    goes_on: datetime | None = None
    for at, until, _source, pace in trips:
        if pace == "fast" or (pace == "slow" and goes_on is not None and at <= goes_on):
            goes_on = max(until + DRIVE_GOES_ON, goes_on or until)
    return goes_on is not None and now < goes_on
