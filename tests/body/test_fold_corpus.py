"""Sitting minutes against the truth, beside the rules of other programs, on days whose every minute is known."""

from itertools import pairwise

import pytest
from peers import best_peer, error_minutes, errors, table
from scenarios import BUILDERS, Scenario, corpus, idle_alone

from midback.body.fold import fold

CORPUS = corpus(2)


def test_with_all_evidence_the_error_is_at_most_a_quarter_of_the_best_peers() -> None:
    """Over the corpus midback's wrong sitting minutes are at most a quarter of the best peer's."""
    found = table(CORPUS)
    name, least = best_peer(found)
    assert found["midback"] <= least / 4, f"{found['midback']:.0f} min, {name}: {least:.0f} min"


def test_with_idle_time_alone_midback_is_no_worse_than_the_best_peer() -> None:
    """Where only input is known, midback's error is not above the best peer's."""
    found = table(CORPUS, idle_alone)
    assert found["midback"] <= best_peer(found)[1]


@pytest.mark.parametrize("scenario", corpus(1), ids=lambda scenario: scenario.name)
def test_no_scenario_is_far_from_the_truth(scenario: Scenario) -> None:
    """With all evidence no scenario is wrong by more than a tenth and a short coffee that nobody saw."""
    length = (scenario.end - scenario.start).total_seconds() / 60
    found = errors(scenario, scenario.evidence)
    assert found["midback"] <= 0.1 * length + 3


@pytest.mark.parametrize("scenario", corpus(1), ids=lambda scenario: scenario.name)
def test_bouts_tile_the_scenario(scenario: Scenario) -> None:
    """Every scenario comes back as bouts without hole or overlap, in order, each with its evidence."""
    bouts = fold(scenario.evidence, scenario.start, scenario.end)
    assert bouts[0].start == scenario.start
    assert bouts[-1].end == scenario.end
    for bout, following in pairwise(bouts):
        assert bout.start < bout.end == following.start
        assert bout.activity != following.activity
    assert all(bout.evidence and 0 < bout.confidence <= 1 for bout in bouts if bout.activity != "unknown")


def test_nobody_sits_while_driving_or_away() -> None:
    """A drive is driving to within a minute at its ends, whatever the machines say."""
    drives = [build(1) for build in BUILDERS if build.__name__ in ("drive_with_stops", "ride")]
    for scenario in drives:
        bouts = fold(scenario.evidence, scenario.start, scenario.end)
        said = [(b.start.timestamp(), b.end.timestamp()) for b in bouts if b.activity == "driving"]
        # Read driving as the thing to be right about.
        renamed = [(a, b, "sitting" if what == "driving" else "other") for a, b, what in scenario.truth]
        assert error_minutes(said, renamed) <= 2


def test_wrong_minutes_are_counted_both_ways() -> None:
    """The measure itself: sitting that was none and none that was sitting both count."""
    scenario = corpus(1)[0]
    low, high = scenario.start.timestamp(), scenario.end.timestamp()
    whole = (high - low) / 60
    assert error_minutes([(low, high)], scenario.truth) == pytest.approx(0)
    assert error_minutes([], scenario.truth) == pytest.approx(whole)
    assert error_minutes([(low, high)], [(scenario.start, scenario.end, "away")]) == pytest.approx(whole)
