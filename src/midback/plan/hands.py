"""Whether the hands rest at an instant, as far as samples tell. In: input samples. Out: seconds. Next: replay.

Between two samples anything can have happened: only a sample shows a pause. Where several machines are
sampled in turn, the one that has not been touched for a while counts as left alone until its next sample.
"""

from datetime import datetime, timedelta

from midback.body.evidence import Evidence

LEFT_ALONE_S = 120.0
# Samples come at least once a minute; after this long the next one is overdue.
SILENT = timedelta(minutes=3)
# Samples that stopped this long ago say nothing any more, neither of typing nor of a pause.
SPENT = timedelta(minutes=10)


class Hands:
    """The newest input sample of each machine."""

    def __init__(self) -> None:
        self._samples: dict[str, tuple[datetime, float]] = {}

    def add(self, evidence: Evidence) -> None:
        """Take a sample in; other evidence says nothing of the hands."""
        if evidence.source != "input" or evidence.idle_s is None:
            return
        before = self._samples.get(evidence.host)
        # Of two samples at one instant the one that saw input counts.
        if before is not None and before[0] == evidence.at:
            self._samples[evidence.host] = (evidence.at, min(before[1], evidence.idle_s))
        elif before is None or before[0] < evidence.at:
            self._samples[evidence.host] = (evidence.at, evidence.idle_s)

    def sampled(self, now: datetime) -> bool:
        """Say whether any machine's samples still tell anything."""
        return any(now - at < SPENT for at, _ in self._samples.values())

    def between(self, now: datetime) -> bool:
        """Say whether this is an instant between two samples, as far as anyone can know before the second."""
        newest = max((at for at, _ in self._samples.values()), default=None)
        return newest is not None and timedelta() < now - newest < SILENT

    def rest_s(self, now: datetime) -> float:
        """Return for how long the hands are known to rest: 0 where input since the last sample is possible."""
        rests: list[float] = []
        fresh = False
        for host, (at, idle_s) in tuple(self._samples.items()):
            if now - at >= SPENT:
                del self._samples[host]
                continue
            seen_now = at == now
            fresh = fresh or seen_now
            known = seen_now or idle_s >= LEFT_ALONE_S
            rests.append(idle_s + (now - at).total_seconds() if known else 0.0)
        return min(rests) if fresh else 0.0
