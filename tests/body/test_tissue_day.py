"""A day at once is the day piece by piece; its peaks and means are those of the curves; blocks change nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tissue_days import G, fractions, parts, shares, states

from midback.body.tissue import (
    Effort,
    TissueState,
    advance,
    creep_of,
    draw_tissue,
    rested,
    run_between,
    run_day,
    sample_day,
)
from midback.body.tissue import day as day_module
from midback.errors import InputError

PIECES = 6


def day_parts(shape):
    """Draw efforts, flexion, moving and times of a batch of days."""
    each = (*shape, PIECES)
    return st.tuples(
        arrays(float, (*each, G), elements=fractions),
        arrays(float, each, elements=shares),
        arrays(float, each, elements=shares),
        arrays(float, each, elements=st.floats(0.0, 6_000.0)),
    )


def at(state: TissueState, t: int) -> TissueState:
    return TissueState(
        fatigue=state.fatigue[..., t, :],
        dose=state.dose[..., t, :],
        creep_fast=state.creep_fast[..., t],
        creep_slow=state.creep_slow[..., t],
    )


def close(one, other, rtol=1e-9, atol=1e-11):
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=atol)


@given(states((3,)), day_parts((3,)))
@settings(max_examples=30)
def test_a_day_is_its_pieces_one_after_the_other(state, day):
    """The states at all ends are those of ``advance``, and the last is the last."""
    asked, bent, moving, dt = day
    found = run_day(state, asked, bent, dt, moving=moving)
    assert found.states is not None
    close(parts(at(found.states, 0)), parts(state), atol=0, rtol=0)
    for t in range(PIECES):
        effort = Effort(fraction=asked[:, t], flexion=bent[:, t], moving=moving[:, t])
        state = advance(state, effort, dt[:, t])
        close(parts(at(found.states, t + 1)), parts(state))
    close(parts(found.last), parts(at(found.states, PIECES)), atol=0, rtol=0)


@given(states((3,)), day_parts((3,)))
@settings(max_examples=25)
def test_blocks_change_nothing(state, day):
    """One person and one piece at a time, or all at once: the same answer, kept states or not."""
    asked, bent, moving, dt = day
    whole = run_day(state, asked, bent, dt, moving=moving)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day_module, "PEOPLE", 2)
        patch.setattr(day_module, "PIECES", 2)
        apart = run_day(state, asked, bent, dt, moving=moving, keep=False)
    assert apart.states is None
    close(parts(apart.last), parts(whole.last))
    for one, other in ((apart.peak, whole.peak), (apart.mean, whole.mean)):
        close(
            (one.fatigue, one.dose, one.creep), (other.fatigue, other.dose, other.creep), rtol=1e-7, atol=1e-9
        )


@given(states(), day_parts(()))
@settings(max_examples=40)
def test_peak_and_mean_are_those_of_the_curve(state, day):
    """Sampled ten thousand times, the curve has the same mean, and nowhere more than the peak."""
    asked, bent, moving, dt = day
    dt = dt + 30.0
    found = run_day(state, asked, bent, dt, moving=moving)
    _, fine = sample_day(found, asked, bent, dt, float(dt.sum()) / 10_000, moving=moving)
    for values, peak, mean in (
        (fine.fatigue, found.peak.fatigue, found.mean.fatigue),
        (fine.dose, found.peak.dose, found.mean.dose),
        (creep_of(fine)[:, None], found.peak.creep[None], found.mean.creep[None]),
    ):
        assert (values <= peak + 1e-9).all()
        assert (values.max(axis=0) >= peak - 5e-3).all()
        # The instants lie evenly but for the last, which ends a shorter step.
        middles = 0.5 * (values[1:-1] + values[:-2])
        np.testing.assert_allclose(middles.mean(axis=0), mean, atol=2e-3)


def test_the_peak_of_creep_may_lie_inside_a_piece():
    """A fast part that rises while the slow one falls makes a hump that no end of a piece shows."""
    begin = replace(rested(), creep_slow=np.array(0.05))
    dt = np.array([3600.0])
    found = run_day(begin, np.zeros((1, G)), np.array([0.5]), dt)
    assert found.states is not None
    ends = creep_of(found.states)
    _, fine = sample_day(found, np.zeros((1, G)), np.array([0.5]), dt, 1.0)
    assert found.peak.creep > ends.max() + 1e-4
    assert found.peak.creep == pytest.approx(creep_of(fine).max(), abs=1e-7)


@pytest.mark.parametrize("parts_of_day", [1, 3, 1000])
def test_a_day_in_one_step_or_a_thousand_agrees(parts_of_day):
    """Bouts cut into equal parts end in the same state, with the same peak and mean."""
    rng = np.random.default_rng(2)
    asked, bent = rng.uniform(0, 0.4, (5, G)), rng.uniform(0, 1, 5)
    dt = rng.uniform(60, 3600, 5)
    whole = run_day(rested(), asked, bent, dt)
    cut = run_day(
        rested(),
        np.repeat(asked, parts_of_day, axis=0),
        np.repeat(bent, parts_of_day),
        np.repeat(dt / parts_of_day, parts_of_day),
    )
    close(parts(cut.last), parts(whole.last), rtol=1e-10)
    np.testing.assert_allclose(cut.mean.fatigue, whole.mean.fatigue, rtol=1e-9)
    np.testing.assert_allclose(cut.peak.dose, whole.peak.dose, rtol=1e-10)


def test_leading_axes_broadcast():
    """Two people, three days, one clock: the batch is that of all arguments, constants too."""
    rng = np.random.default_rng(3)
    asked, bent = rng.uniform(0, 0.3, (2, 1, 4, G)), rng.uniform(0, 1, (3, 4))
    found = run_day(rested(), asked, bent, np.full(4, 600.0))
    assert found.states is not None
    assert found.states.fatigue.shape == (2, 3, 5, G)
    assert found.mean.creep.shape == (2, 3)
    single = run_day(rested(), asked[1, 0], bent[2], np.full(4, 600.0))
    close(parts(single.last), [part[1, 2] for part in parts(found.last)])
    known = draw_tissue(np.random.default_rng(1), 7)
    drawn = run_day(rested(), asked[0, 0], bent[0], np.full(4, 600.0), known)
    assert drawn.last.creep_slow.shape == (7,)
    one = type(known)(**{name: getattr(known, name)[4] for name in known.__dataclass_fields__})
    close(
        parts(run_day(rested(), asked[0, 0], bent[0], np.full(4, 600.0), one).last),
        [part[4] for part in parts(drawn.last)],
    )


def test_a_day_without_pieces_or_people_is_an_empty_answer():
    """No pieces: the beginning is the end, and there is no mean. No people: arrays of no length."""
    found = run_day(rested(), np.zeros((0, G)), np.zeros(0), np.zeros(0))
    assert found.last.fatigue.tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(found.mean.dose).all()
    nobody = run_day(rested((0,)), np.zeros((0, 4, G)), np.zeros((0, 4)), np.ones(4))
    assert nobody.peak.fatigue.shape == (0, G)


@given(states((2,)), day_parts((2,)), arrays(bool, (2, PIECES)), arrays(bool, (2, PIECES)))
@settings(max_examples=40)
def test_a_day_with_holes_is_bracketed(state, day, dark, unbent):
    """Whatever was done in a hole, up to the heaviest known, lies between low and high; known days are both."""
    asked, bent, moving, dt = day
    dark[:, 0] = unbent[:, 0] = False
    torn, straight = asked.copy(), bent.copy()
    torn[dark], straight[unbent] = np.nan, np.nan
    between = run_between(state, torn, straight, dt, moving=moving)
    real = np.minimum(asked, np.nanmax(torn, axis=1, keepdims=True))
    truth = run_day(
        state, real, np.minimum(bent, np.nanmax(straight, axis=1, keepdims=True)), dt, moving=moving
    )
    for low, true, high in zip(
        parts(between.low.last), parts(truth.last), parts(between.high.last), strict=True
    ):
        assert (low <= true + 1e-9).all()
        assert (true <= high + 1e-9).all()
    if not (dark.any() or unbent.any()):
        assert between.low is between.high


def test_after_a_hole_the_bracket_closes():
    """What is not known about the morning matters little by the evening."""
    asked = np.full((3, G), 0.05)
    asked[0] = np.nan
    wide = run_between(rested(), asked[:2], np.full(2, 0.3), np.array([3600.0, 60.0]))
    late = run_between(rested(), asked, np.full(3, 0.3), np.array([3600.0, 60.0, 8 * 3600.0]))
    first = wide.high.last.dose - wide.low.last.dose
    assert (first > 0.02).all()
    assert (late.high.last.dose - late.low.last.dose < 0.1 * first).all()


def test_without_a_bracket_a_hole_stays_unknown():
    """run_day itself takes nothing for rest: the group is NaN after the hole, in the peak and mean too."""
    asked = np.full((3, G), 0.05)
    asked[1, 0] = np.nan
    found = run_day(rested(), asked, np.zeros(3), np.full(3, 60.0))
    assert found.states is not None
    assert np.isnan(found.states.fatigue[:, 0]).tolist() == [False, False, True, True]
    assert np.isnan(found.mean.dose).tolist() == np.isnan(found.peak.dose).tolist() == [True, False, False]


def test_a_day_of_which_nothing_is_known_asks_for_what_is_usual():
    """With nothing to take as the most, the error says so; with what is usual there is a bracket."""
    dark = np.full((2, G), np.nan)
    with pytest.raises(InputError, match="usual"):
        run_between(rested(), dark, np.zeros(2), np.ones(2))
    usual = Effort(fraction=np.full(G, 0.06), flexion=np.array(0.4))
    found = run_between(rested(), dark, np.full(2, np.nan), np.full(2, 600.0), usual=usual)
    assert (found.high.last.dose > found.low.last.dose).all()


def test_samples_lie_on_the_curve_and_end_with_the_day():
    """Every ten minutes and at the end; beyond the end of a shorter day nothing is told."""
    asked, bent = np.full((2, 2, G), 0.08), np.full((2, 2), 0.5)
    dt = np.array([[1000.0, 500.0], [300.0, 300.0]])
    found = run_day(rested(), asked, bent, dt)
    instants, fine = sample_day(found, asked, bent, dt, 600.0)
    assert instants.tolist() == [0.0, 600.0, 1200.0, 1500.0]
    assert np.isnan(creep_of(fine)).tolist() == [[False] * 4, [False, False, True, True]]
    close([fine.fatigue[0, -1]], [found.last.fatigue[0]])
    straight = advance(rested(), Effort(fraction=np.full(G, 0.08), flexion=np.array(0.5)), 600.0)
    close([fine.dose[0, 1], fine.dose[1, 1]], [straight.dose, straight.dose])


@pytest.mark.parametrize("every", [0.0, -5.0, np.nan, 1e-9])
def test_samples_that_cannot_be_are_refused(every):
    """No step, a step backwards, or more samples than anybody draws."""
    found = run_day(rested(), np.zeros((1, G)), np.zeros(1), np.full(1, 3600.0))
    with pytest.raises(InputError, match="Samples"):
        sample_day(found, np.zeros((1, G)), np.zeros(1), np.full(1, 3600.0), every)


def test_pieces_that_do_not_fit_are_refused():
    """Wrong numbers of pieces, missing axes and a negative time are told by name."""
    with pytest.raises(InputError, match="shapes"):
        run_day(rested(), np.zeros((4, G)), np.zeros(5), np.ones(4))
    with pytest.raises(InputError, match="shapes"):
        run_day(rested(), np.zeros(G), np.zeros(4), np.ones(4))
    with pytest.raises(InputError, match="-3"):
        run_day(rested(), np.zeros((1, G)), np.zeros(1), np.array([-3.0]))
    found = run_day(rested(), np.zeros((1, G)), np.zeros(1), np.ones(1), keep=False)
    with pytest.raises(InputError, match="keep"):
        sample_day(found, np.zeros((1, G)), np.zeros(1), np.ones(1), 1.0)
