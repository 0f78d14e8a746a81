"""The corpus of days as they really go, replayed: prompts come at openings and nowhere else."""

import importlib
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from midback.body.evidence import Evidence
from midback.body.situation import speaks_for_presence
from midback.plan.breaks import USUAL_RULE
from midback.plan.replay import replay

BODY = Path(__file__).resolve().parents[1] / "body"
SWITCHED = frozenset({"call", "camera_in_use", "inhibitor", "fullscreen"})
PAUSE = timedelta(seconds=30)
AFTER = timedelta(seconds=USUAL_RULE.after_s)
Span = tuple[datetime, datetime]


@pytest.fixture(scope="module")
def corpus() -> Iterator[Any]:
    """The scenarios that the fold is measured with; they live beside its tests."""
    sys.path.append(str(BODY))
    try:
        yield importlib.import_module("scenarios")
    finally:
        sys.path.remove(str(BODY))


def switched_on(evidence: list[Evidence], end: datetime) -> list[Span]:
    """Return when a call, a film or the camera was on, as the log itself says; the last one to its end."""
    began: dict[str, datetime] = {}
    spans: list[Span] = []
    for one in evidence:
        if one.source == "suspend":  # whatever was on is not any more
            spans += [(start, one.at) for start in began.values()]
            began.clear()
        if one.source not in SWITCHED or not speaks_for_presence(one.reason):
            continue
        if one.on:
            began.setdefault(one.source, one.at)
        elif one.source in began:
            spans.append((began.pop(one.source), one.at))
    return [*spans, *((start, end) for start in began.values())]


def inside(at: datetime, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


@pytest.mark.parametrize("seed", range(3))
def test_no_prompt_into_a_call_a_film_typing_or_a_drive(corpus: Any, seed: int) -> None:
    """With all evidence none of them; with idle time alone none within half a minute of an input."""
    given = 0
    for build in corpus.BUILDERS:
        scenario = build(seed)
        for evidence in (scenario.evidence, corpus.idle_alone(scenario.evidence)):
            ordered = sorted(evidence, key=lambda one: one.at)
            everything = len(evidence) == len(scenario.evidence)
            spans = switched_on(ordered, scenario.end)
            drives = [(start, end) for start, end, what in scenario.truth if what == "driving" and everything]
            touched = [one.at - timedelta(seconds=one.idle_s) for one in ordered if one.idle_s is not None]
            for prompt in replay(ordered, USUAL_RULE).prompts:
                given += 1
                assert not inside(prompt.at, spans), scenario.name
                assert not inside(prompt.at, drives), scenario.name
                second = timedelta(seconds=1)  # samples round
                assert not any(prompt.at - PAUSE + second < at < prompt.at for at in touched), scenario.name
    assert given > 100


@pytest.mark.parametrize("seed", range(3))
def test_no_long_bout_without_a_prompt(corpus: Any, seed: int) -> None:
    """Within ten minutes of the first sample that shows a pause with nothing against it, there was one."""
    long = 0
    for build in corpus.BUILDERS:
        scenario = build(seed)
        ordered = sorted(scenario.evidence, key=lambda one: one.at)
        busy = [(one.at, one.until) for one in ordered if one.source == "calendar" and one.until]
        spans = [*switched_on(ordered, scenario.end), *busy]
        touched = [one.at - timedelta(seconds=one.idle_s) for one in ordered if one.idle_s is not None]
        # With machines sampled in turn a pause shows only when each has been sampled in it: up to a minute more.
        pause = 3 * PAUSE if "two machines" in scenario.name else PAUSE
        prompts = [prompt.at for prompt in replay(ordered, USUAL_RULE).prompts]
        for start, end in still_runs(scenario.truth):
            samples = [one.at for one in ordered if one.source == "input" and start + AFTER <= one.at < end]
            pauses = [at for at in samples if not inside(at, spans) and rests(at, touched, pause)]
            if pauses:
                long += 1
                latest = pauses[0] + timedelta(minutes=10)
                assert any(start <= prompt <= latest for prompt in prompts), (scenario.name, start, pauses[0])
    assert long > 10


def rests(at: datetime, touched: list[datetime], pause: timedelta) -> bool:
    """Say whether no machine was touched for so long before."""
    return not any(at - pause < one <= at for one in touched)


def still_runs(truth: tuple[tuple[datetime, datetime, str], ...]) -> list[Span]:
    """Return the unbroken stretches of sitting or standing still."""
    runs: list[Span] = []
    for start, end, what in truth:
        if what in ("sitting", "standing"):
            joins = bool(runs) and runs[-1][1] == start
            runs = [*runs[:-1], (runs[-1][0], end)] if joins else [*runs, (start, end)]
    return runs
