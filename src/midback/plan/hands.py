"""Whether the hands rest at an instant, as far as samples tell. In: input samples. Out: seconds. Next: replay.

Between two samples anything can have happened: only a sample shows a pause, and with several machines that are
sampled in turn, only what all of them showed. A log need not name its machines. Samples of one machine agree
with each other: without new input the last input stays where it was. What does not agree is another machine.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from midback.body.evidence import Evidence

# Samples come at least once a minute; after this long the next one is overdue.
SILENT = timedelta(minutes=3)
# Samples that stopped this long ago say nothing any more, neither of typing nor of a pause.
SPENT = timedelta(minutes=10)
# Idle times are often rounded to seconds.
JITTER = timedelta(seconds=2)
# Nobody works at more machines at once; what contradicts itself more often says nothing anyway.
MOST_MACHINES = 50


@dataclass(slots=True)
class _Machine:
    """The newest sample of a machine and the last input it told of."""

    host: str
    at: datetime
    touched: datetime

    def agrees(self, at: datetime, touched: datetime) -> bool:
        """Say whether a sample can be this machine's next: the same last input, or one not yet seen."""
        same = abs(touched - self.touched) <= JITTER
        return at >= self.at and (same or touched >= self.at - JITTER)


class Hands:
    """The newest input sample of each machine."""

    def __init__(self) -> None:
        self._machines: list[_Machine] = []

    def add(self, evidence: Evidence) -> None:
        """Take a sample in; other evidence says nothing of the hands. Samples come in order of time."""
        if evidence.source != "input" or evidence.idle_s is None:
            return
        at = evidence.at
        # An idle time beyond all limits is as good as a day.
        touched = at - timedelta(seconds=min(evidence.idle_s, 86_400.0))
        self._machines = [one for one in self._machines if at - one.at < SPENT]
        known = [one for one in self._machines if one.host == evidence.host and one.agrees(at, touched)]
        if not known:
            if len(self._machines) >= MOST_MACHINES:
                self._machines.remove(min(self._machines, key=lambda one: one.at))
            self._machines.append(_Machine(evidence.host, at, touched))
            return
        # The one that stayed as it was, else the one whose turn it is.
        machine = min(known, key=lambda one: (abs(touched - one.touched) > JITTER, one.at))
        machine.at, machine.touched = at, max(machine.touched, touched)

    def sampled(self, now: datetime) -> bool:
        """Say whether any machine's samples still tell anything."""
        return any(now - one.at < SPENT for one in self._machines)

    def between(self, now: datetime) -> bool:
        """Say whether this is an instant between two samples, as far as anyone can know before the second."""
        newest = max((one.at for one in self._machines), default=None)
        return newest is not None and timedelta() < now - newest < SILENT

    def rest_s(self, now: datetime) -> float:
        """Return for how long the hands were seen to rest; 0 at an instant that is no sample."""
        awake = [one for one in self._machines if now - one.at < SILENT]
        if not any(one.at == now for one in awake):
            return 0.0
        seen_until = min(one.at for one in awake)
        return max(0.0, (seen_until - max(one.touched for one in awake)).total_seconds())
