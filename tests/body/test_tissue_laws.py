"""Laws of time: pieces may be cut anywhere, rest brings down, more never leaves less, and states stay in bounds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tissue_days import G, efforts, fractions, laid_out, parts, seconds, shares, slopes, states

from midback.body.tissue import (
    Effort,
    TissueState,
    advance,
    at_rest,
    creep_of,
    draw_tissue,
    rested,
    tiredness,
    tissue_parameters,
)
from midback.body.tissue.fatigue import FEW
from midback.errors import InputError

ROUNDING = 1e-11


def close(one: TissueState, other: TissueState) -> None:
    for a, b in zip(parts(one), parts(other), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=ROUNDING)


@given(states(), efforts(), seconds, seconds)
def test_a_piece_may_be_cut_anywhere(state, effort, a, b):
    """advance(a + b) is advance(a), then advance(b), through every change of law."""
    close(advance(state, effort, a + b), advance(advance(state, effort, a), effort, b))


@given(states(), efforts(), st.integers(2, 60), st.floats(1.0, 20_000.0))
@settings(max_examples=25)
def test_a_thousand_steps_agree_with_one(state, effort, count, whole):
    """Rounding does not pile up over many equal steps."""
    step = state
    for _ in range(count):
        step = advance(step, effort, whole / count)
    close(advance(state, effort, whole), step)


@given(states(), efforts())
def test_no_time_changes_nothing(state, effort):
    """dt = 0 is the identity, to the last bit."""
    for before, after in zip(parts(state), parts(advance(state, effort, 0.0)), strict=True):
        np.testing.assert_array_equal(before, after)


@given(states(), efforts(), seconds)
def test_states_stay_in_their_bounds(state, effort, dt):
    """Shares stay within 0..1, and creep within what a full bend comes to."""
    after = advance(state, effort, dt)
    for share in (after.fatigue, after.dose, tiredness(after)):
        assert ((share >= -ROUNDING) & (share <= 1 + ROUNDING)).all()
    assert 0 <= creep_of(after) <= tissue_parameters().asymptote + ROUNDING


@given(states(), st.floats(0.0, 1.0), st.floats(0.0, 5_000.0), st.floats(0.0, 5_000.0))
def test_recovery_is_monotone(state, moving, a, b):
    """At rest, still or moving, every part only falls, and the longer the lower."""
    rest = at_rest(moving=moving)
    short, long = advance(state, rest, a), advance(state, rest, a + b)
    for before, sooner, later in zip(parts(state), parts(short), parts(long), strict=True):
        assert (sooner <= before + ROUNDING).all()
        assert (later <= sooner + ROUNDING).all()


@given(states(), efforts(), st.tuples(fractions, fractions, fractions), shares, seconds)
def test_more_never_leaves_less(state, effort, more, bent, dt):
    """More effort never leaves less fatigue or dose, more bend never less creep."""
    harder = replace(
        effort,
        fraction=effort.fraction + np.array(more),
        flexion=np.minimum(effort.flexion + bent, 1.0),
    )
    for less, much in zip(parts(advance(state, effort, dt)), parts(advance(state, harder, dt)), strict=True):
        assert (much >= less - ROUNDING).all()


@given(states(), states(), efforts(), seconds)
def test_who_begins_higher_never_ends_lower(one, other, effort, dt):
    """The order of two states stays: what was behind does not overtake."""
    pairs = zip(parts(one), parts(other), strict=True)
    fatigue, dose, fast, slow = (np.maximum(a, b) for a, b in pairs)
    higher = TissueState(fatigue=fatigue, dose=dose, creep_fast=fast, creep_slow=slow)
    for low, high in zip(parts(advance(one, effort, dt)), parts(advance(higher, effort, dt)), strict=True):
        assert (high >= low - ROUNDING).all()


@given(states(), efforts(), shares, seconds)
def test_moving_never_leaves_more(state, effort, more, dt):
    """The same load with more movement leaves no more behind."""
    still = np.asarray(0.0 if effort.moving is None else effort.moving)
    moved = replace(effort, moving=np.minimum(still + more, 1.0))
    for a, b in zip(parts(advance(state, effort, dt)), parts(advance(state, moved, dt)), strict=True):
        assert (b <= a + ROUNDING).all()


@settings(max_examples=25)
@given(states((6,)), efforts((6,)), st.lists(seconds, min_size=6, max_size=6))
def test_a_batch_is_its_members(state, effort, dt):
    """A batch gives what single calls give, to the last few bits, though single pieces take another way."""
    assert 6 * G > FEW >= G
    together = advance(state, effort, np.array(dt))
    for n, length in enumerate(dt):
        alone = advance(
            TissueState(
                fatigue=state.fatigue[n], dose=state.dose[n],
                creep_fast=state.creep_fast[n], creep_slow=state.creep_slow[n],
            ),
            Effort(
                fraction=effort.fraction[n], flexion=effort.flexion[n],
                moving=None if effort.moving is None else effort.moving[n],
            ),
            length,
        )  # fmt: skip
        for many, one in zip(parts(together), parts(alone), strict=True):
            np.testing.assert_allclose(many[n], one, rtol=1e-10, atol=1e-13)


@given(states(), efforts())
@settings(max_examples=20)
def test_the_closed_form_solves_the_written_laws(state, effort):
    """Over 5 s, a hundred small steps of the laws as written come to the same state."""
    known, values = tissue_parameters(), laid_out(state)
    step = 0.05
    for _ in range(100):
        first = slopes(values, effort, known)
        values = values + step * slopes(values + step / 2 * first, effort, known)
    # A change of law inside a step costs the plain rule some of its order, and it alone.
    np.testing.assert_allclose(laid_out(advance(state, effort, 5.0)), values, atol=2e-5)


def test_there_is_no_safe_floor():
    """Every effort above none leaves a dose, two per cent of strength too, and it still grows in the fourth hour."""
    for fraction in (0.001, 0.01, 0.02, 0.05):
        held = Effort(fraction=np.full(G, fraction), flexion=np.array(0.0))
        hours = np.stack([advance(rested(), held, 3600.0 * h).dose for h in range(5)])
        assert (np.diff(hours, axis=0) > 0).all()


def test_a_break_has_no_worth_beyond_its_minutes():
    """Ten half minutes of movement in a row are one of five minutes: the form of the law favours no schedule."""
    tired = advance(rested(), Effort(fraction=np.full(G, 0.06), flexion=np.array(0.5)), 7200.0)
    moving, split = at_rest(moving=1.0), tired
    for _ in range(10):
        split = advance(split, moving, 30.0)
    close(split, advance(tired, moving, 300.0))


def test_what_is_unknown_stays_unknown_and_spreads_no_further():
    """NaN in one group's effort makes that group's fatigue and dose NaN, and nothing else."""
    effort = Effort(fraction=np.array([0.1, np.nan, 0.1]), flexion=np.array(0.3))
    after = advance(rested(), effort, 60.0)
    assert np.isnan(after.fatigue).tolist() == np.isnan(after.dose).tolist() == [False, True, False]
    assert creep_of(after) > 0
    bent = advance(rested(), Effort(fraction=np.full(3, 0.1), flexion=np.array(np.nan)), 60.0)
    assert np.isnan(creep_of(bent))
    assert np.isfinite(bent.fatigue).all()


@given(states((4,)), efforts((4,)), seconds, arrays(bool, (4, G)), arrays(bool, (4,)), st.booleans())
@settings(max_examples=40)
def test_what_is_known_is_as_if_nothing_were_unknown(state, effort, dt, dark, unbent, begun):
    """NaN anywhere in efforts, bends or the beginning is NaN in what hangs on it; all else is to the last bit."""
    fraction, flexion = np.where(dark, np.nan, effort.fraction), np.where(unbent, np.nan, effort.flexion)
    torn = replace(state, dose=np.where(dark, np.nan, state.dose)) if begun else state
    whole = advance(state, effort, dt)
    found = advance(torn, replace(effort, fraction=fraction, flexion=flexion), dt)
    for one, other, hidden in zip(parts(found), parts(whole), (dark, dark, unbent, unbent), strict=True):
        assert np.isnan(one[hidden]).all()
        np.testing.assert_array_equal(one[~hidden], other[~hidden])


@pytest.mark.parametrize(
    ("effort", "dt", "named"),
    [
        (Effort(fraction=np.zeros(G), flexion=np.array(0.0)), -1.0, "-1"),
        (Effort(fraction=np.zeros(G), flexion=np.array(0.0)), np.nan, "nan"),
        (Effort(fraction=np.zeros(G), flexion=np.array(0.0)), np.inf, "inf"),
        (Effort(fraction=np.full(G, -0.1), flexion=np.array(0.0)), 1.0, "fraction"),
        (Effort(fraction=np.full(G, 30.0), flexion=np.array(0.0)), 1.0, "fraction"),
        (Effort(fraction=np.full(G, np.inf), flexion=np.array(0.0)), 1.0, "fraction"),
        (Effort(fraction=np.zeros(2), flexion=np.array(0.0)), 1.0, "groups"),
        (Effort(fraction=np.zeros(G), flexion=np.array(45.0)), 1.0, "flexion"),
        (Effort(fraction=np.zeros(G), flexion=np.array(0.0), moving=np.array(2.0)), 1.0, "moving"),
        (Effort(fraction=np.zeros((2, G)), flexion=np.zeros(5)), 1.0, "shapes"),
        (Effort(fraction=np.array(["much"] * G), flexion=np.array(0.0)), 1.0, "fraction"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(effort, dt, named):
    """A negative time, a share outside its range and shapes that do not fit are told by what they are."""
    with pytest.raises(InputError, match=named):
        advance(rested(), effort, dt)


def test_a_state_that_cannot_be_is_refused():
    """A share above 1, or one group too few, is no state."""
    still = at_rest()
    with pytest.raises(InputError, match=r"fatigue is 1\.5"):
        advance(replace(rested(), fatigue=np.full(G, 1.5)), still, 1.0)
    with pytest.raises(InputError, match="groups"):
        advance(replace(rested(), dose=np.zeros(2)), still, 1.0)


def test_draws_of_the_constants_have_their_middle_and_spread():
    """Drawn sets have the packaged values as median, their spread, and stay within what can be."""
    drawn, known = draw_tissue(np.random.default_rng(5), 20_000), tissue_parameters()
    np.testing.assert_allclose(np.median(drawn.tire, axis=0), known.tire, rtol=0.02)
    np.testing.assert_allclose(drawn.tire.std(axis=0), [0.00485, 0.00302, 0.00455], rtol=0.05)
    np.testing.assert_allclose(np.median(drawn.endurance_power, axis=0), known.endurance_power, rtol=0.02)
    assert (drawn.rest_multiplier >= 1).all()
    assert ((drawn.fast_share > 0) & (drawn.fast_share <= 1)).all()
    after = advance(rested(), Effort(fraction=np.full(G, 0.1), flexion=np.array(0.4)), 3600.0, drawn)
    assert after.fatigue.shape == (20_000, G)
    assert creep_of(after).shape == (20_000,)
