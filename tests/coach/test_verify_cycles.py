"""Laws of counting there and back, whatever the person's neutral, range, tempo and pauses."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from verify_rig import cat_cow

from midback.coach.verify.cycles import Cycles
from midback.coach.verify.notes import Counted, Note, Phase
from midback.coach.verify.turns import Turns

FPS = 15.0
PAUSES = st.lists(st.floats(0.5, 6.0), min_size=14, max_size=14)


def way(levels: Sequence[float], pauses: Sequence[float], ramp_s: float) -> np.ndarray:
    """Return a signal that is held at each level in turn, with smooth ways between."""
    parts, here = [], levels[0]
    ease = (1 - np.cos(np.linspace(0, np.pi, max(2, round(ramp_s * FPS))))) / 2
    for level, pause in zip(levels, pauses, strict=False):
        parts += [here + (level - here) * ease, np.full(round(pause * FPS), level)]
        here = level
    return np.concatenate(parts)


def count(values: np.ndarray, **known: float) -> tuple[Cycles, list[Note]]:
    counter, notes = Cycles(cat_cow(), "both", **known), list[Note]()
    for number, value in enumerate(values):
        notes += counter.step(number / FPS, float(value))
    return counter, notes


def twice(values: np.ndarray) -> tuple[int, int]:
    """Return the count live, and with the ends known afterwards."""
    first, _ = count(values)
    again = Cycles(cat_cow(), "both", fixed=first.turns.ends)
    for number, value in enumerate(values):
        again.step(number / FPS, float(value))
    return first.count, again.count


@given(
    st.integers(1, 6),
    st.floats(-0.15, 0.15),
    st.floats(0.035, 0.12),
    st.floats(0.4, 3.0),
    PAUSES,
    st.sampled_from([1, -1]),
    st.integers(0, 999),
)
def test_whole_cycles_are_counted(
    cycles: int, neutral: float, half: float, ramp_s: float, pauses: list[float], first: int, seed: int
) -> None:
    """Cat to cat and cow to cow, however long anything is held: as many as were done, live and afterwards."""
    levels = [neutral + first * half * (-1) ** n for n in range(2 * cycles + 1)]
    values = way(levels, pauses, ramp_s)
    values = values + np.random.default_rng(seed).normal(0, 0.002, len(values))
    assert twice(values) == (cycles, cycles)
    # The last half does not make a whole one.
    assert twice(values[: -round((pauses[2 * cycles] + 0.6 * ramp_s) * FPS)]) == (cycles - 1, cycles - 1)


@given(
    st.integers(1, 6),
    st.floats(-0.1, 0.1),
    st.floats(0.04, 0.12),
    st.floats(0.4, 3.0),
    st.sampled_from([1, -1]),
)
def test_from_the_middle_and_back(
    cycles: int, neutral: float, half: float, ramp_s: float, first: int
) -> None:
    """Who begins in the middle has done a cycle when back in the middle, through both."""
    levels = [neutral, *[neutral + first * half * (-1) ** n for n in range(2 * cycles)], neutral]
    assert twice(way(levels, [1.0] * 20, ramp_s)) == (cycles, cycles)


@given(st.floats(-0.1, 0.1), st.floats(0.0, 0.024), st.floats(0.4, 3.0))
def test_less_than_the_least_range_is_none(neutral: float, half: float, ramp_s: float) -> None:
    """A back that moves by less than cat and cow are apart is not counted."""
    counter, notes = count(way([neutral + half * (-1) ** n for n in range(12)], [1.0] * 12, ramp_s))
    assert (counter.count, notes) == (0, [])


@given(st.floats(-0.1, 0.1), st.floats(0.04, 0.12))
def test_one_way_only_is_no_cycle(neutral: float, half: float) -> None:
    """With the neutral known, cat and back to the middle, again and again, is not cat-cow."""
    values = way([neutral, neutral + half] * 6, [1.0] * 12, 0.8)
    again = Cycles(cat_cow(), "both", fixed=(neutral + half, neutral - half))
    assert (
        sum(isinstance(n, Counted) for t, v in enumerate(values) for n in again.step(t / FPS, float(v))) == 0
    )


@given(st.floats(0.02, 0.25))
def test_a_phase_has_its_shortest_time(seconds: float) -> None:
    """A jerk the other way that is over in less than a phase's shortest time is no phase."""
    rest = np.full(30, -0.06)
    jerk = np.full(max(1, round(seconds * FPS)), 0.08)
    counter = Cycles(cat_cow(), "both", fixed=(0.08, -0.06))
    values = np.concatenate([rest, jerk, rest, jerk, rest])
    notes = [n for t, v in enumerate(values) for n in counter.step(t / FPS, float(v))]
    assert [note.phase for note in notes if isinstance(note, Phase)] == ["cow"]
    assert counter.count == 0


@pytest.mark.parametrize("factor", [0.6, 0.8, 1.0, 1.5])
def test_repetitions_of_other_sizes_count(factor: float) -> None:
    """Among usual repetitions one of little more than half their range still counts, and one of half as much again."""
    levels = [0.07 * sign for sign in (-1, 1) * 3] + [-0.07 * factor, 0.07 * factor, -0.07 * factor, 0.07]
    assert twice(way(levels, [1.0] * 12, 0.8)) == (4, 4)


def test_a_phase_is_dated_on_the_way() -> None:
    """At 60 % of the way from the neutral to its furthest, live and afterwards, slow or fast."""
    for ramp_s in (0.5, 1.0, 2.0):
        values = way([-0.06, 0.06, -0.06, 0.06], [1.5] * 4, ramp_s)
        counter = Cycles(cat_cow(), "both", fixed=(0.06, -0.06))
        notes = [n for t, v in enumerate(values) for n in counter.step(t / FPS, float(v))]
        found = [note.t for note in notes if isinstance(note, Phase)]
        along = np.arccos(1 - 2 * 0.8) / np.pi * ramp_s
        wanted = [0.0, *((number + 1) * (ramp_s + 1.5) + along for number in range(3))]
        assert found == pytest.approx(wanted, abs=0.15)


def test_the_range_and_the_time_of_each_are_told() -> None:
    """A repetition carries its range in trunk lengths and its seconds, for comparing it with the first ones."""
    values = way([-0.06, 0.08, -0.06, 0.04, -0.06], [1.0] * 5, 1.0)
    _, notes = count(values)
    done = [note for note in notes if isinstance(note, Counted)]
    assert [note.number for note in done] == [1, 2]
    assert [note.range for note in done] == pytest.approx([0.14, 0.10], abs=0.005)
    assert [note.seconds for note in done] == pytest.approx([4.9, 4.0], abs=0.4)


def test_a_session_that_goes_on_keeps_its_neutral_and_learns() -> None:
    """After a pause the neutral is known at once; when the person sits down elsewhere it follows in a few turns."""
    counter, _ = count(way([-0.06, 0.06, -0.06], [1.0] * 3, 0.8))
    neutral = counter.neutral
    counter.begin()
    assert counter.neutral == neutral
    assert counter.phase == 0
    later = way([0.04 + 0.06 * (-1) ** n for n in range(14)], [1.0] * 14, 0.8)
    for number, value in enumerate(later):
        counter.step(100 + number / FPS, float(value))
    assert counter.neutral == pytest.approx(0.04, abs=0.005)
    assert counter.count >= 1 + 4


@given(st.lists(st.floats(-0.2, 0.2), min_size=1, max_size=80))
def test_the_middle_lies_between(values: list[float]) -> None:
    """The neutral is never outside of what was seen, and there is none before a swing."""
    turns = Turns(0.05)
    for value in values:
        turns.step(value)
    if turns.ends is None:
        assert max(values) - min(values) < 0.05 + 1e-9 or len(values) == 1
    else:
        high, low = turns.ends
        assert min(values) <= low <= high <= max(values)


def test_a_phase_held_for_ever_begins_anew() -> None:
    """Who rests in one phase for more than half a minute has stopped: what was half done is dropped."""
    values = way([-0.06, 0.06, -0.06], [1.0, 40.0, 1.0], 0.8)
    counter = Cycles(cat_cow(), "both", fixed=(0.06, -0.06))
    for number, value in enumerate(values):
        counter.step(number / FPS, float(value))
    assert counter.count == 0
