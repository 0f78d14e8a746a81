"""The rules of other programs, and the error of anybody's sitting minutes against the truth.

Their rule is "present while the last input is less than X ago". To be fair they are told of locks and suspends
too, and each comes twice: as it is, and with absence dated back to the last input, as ActivityWatch does it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime

from scenarios import Scenario

from midback.body.evidence import Evidence
from midback.body.fold import fold

PEERS: dict[str, float] = {
    "Workrave 5 s": 5,
    "Stretchly 20 s": 20,
    "Sane Break 120 s": 120,
    "ActivityWatch, Sane Break 180 s": 180,
    "Stretchly, BreakTimer, Sane Break 5 min": 300,
}
Spans = list[tuple[float, float]]


def midback(scenario: Scenario, evidence: Iterable[Evidence]) -> Spans:
    """Return when the fold says the person sat."""
    bouts = fold(evidence, scenario.start, scenario.end)
    return [(b.start.timestamp(), b.end.timestamp()) for b in bouts if b.activity == "sitting"]


def peer(evidence: Sequence[Evidence], within_s: float, dated_back: bool) -> Spans:
    """Return when a program with such a rule says the person was there."""
    inputs = sorted(
        {e.at.timestamp() - (e.idle_s or 0) for e in evidence if e.source == "input"}
        | {at.timestamp() for e in evidence if e.status == "not-afk" for at in (e.at, e.until) if at}
    )
    watched = [(e.at.timestamp(), e.until.timestamp()) for e in evidence if e.status == "not-afk" and e.until]
    present: Spans = []
    for place, at in enumerate(inputs):
        following = inputs[place + 1] if place + 1 < len(inputs) else at + within_s
        if following - at < within_s:
            present.append((at, following))
        elif not dated_back:
            present.append((at, at + within_s))
    present = _union(present + watched)
    return _without(present, _gone(evidence))


def error_minutes(spans: Spans, truth: Sequence[tuple[datetime, datetime, str]]) -> float:
    """Return the minutes that are wrong: sitting that was none, and none that was sitting."""
    really = _union([(a.timestamp(), b.timestamp()) for a, b, what in truth if what == "sitting"])
    low, high = truth[0][0].timestamp(), truth[-1][1].timestamp()
    said = _union([(max(a, low), min(b, high)) for a, b in spans if b > low and a < high])
    both = sum(max(0.0, min(b, d) - max(a, c)) for a, b in said for c, d in really)
    return (_length(said) + _length(really) - 2 * both) / 60


def errors(scenario: Scenario, evidence: tuple[Evidence, ...]) -> dict[str, float]:
    """Return the wrong minutes of midback and of every peer on one scenario."""
    found = {"midback": error_minutes(midback(scenario, evidence), scenario.truth)}
    for name, within in PEERS.items():
        found[name] = error_minutes(peer(evidence, within, dated_back=False), scenario.truth)
        found[f"{name}, dated back"] = error_minutes(peer(evidence, within, dated_back=True), scenario.truth)
    return found


def table(scenarios: Iterable[Scenario], evidence_of: object = None) -> dict[str, float]:
    """Return the summed errors of everybody over scenarios."""
    total: dict[str, float] = {}
    for scenario in scenarios:
        evidence = evidence_of(scenario.evidence) if callable(evidence_of) else scenario.evidence
        for name, minutes in errors(scenario, evidence).items():
            total[name] = total.get(name, 0.0) + minutes
    return total


def best_peer(errors_of: dict[str, float]) -> tuple[str, float]:
    """Return the peer with the least error."""
    return min(((name, error) for name, error in errors_of.items() if name != "midback"), key=lambda x: x[1])


def _gone(evidence: Sequence[Evidence]) -> Spans:
    gone: Spans = []
    for source, host in {(e.source, e.host) for e in evidence if e.source in ("lock", "suspend")}:
        other = "lock" if source == "lock" else "resume"
        said = sorted(
            (e.at.timestamp(), e.on is True or e.source == "suspend")
            for e in evidence
            if e.source in (source, other) and e.host == host
        )
        times = [at for at, _ in said]
        for at, on in said:
            if on:
                place = bisect_right(times, at)
                gone.append((at, times[place] if place < len(times) else at))
    return _union(gone)


def _union(spans: Iterable[tuple[float, float]]) -> Spans:
    joined: Spans = []
    for a, b in sorted(spans):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def _without(spans: Spans, gone: Spans) -> Spans:
    for c, d in gone:
        spans = [part for a, b in spans for part in ((a, min(b, c)), (max(a, d), b)) if part[1] > part[0]]
    return spans


def _length(spans: Spans) -> float:
    return sum(b - a for a, b in spans)
