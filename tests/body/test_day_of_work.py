"""Days lived through: steps, means over time, what is used up, and how activities are usually held."""

import numpy as np
import pytest

from midback.body.day_of_work import DOINGS, HELD, STEP_S, Lived, line_up, live, stack_efforts, used_up
from midback.body.statics import load_of
from midback.body.subject import make_subject
from midback.body.tissue import GROUPS, Effort, TissueState, advance, rested, tiredness, tissue_parameters
from midback.body.usual_efforts import efforts_of, usual_postures, within
from midback.body.working_posture import RANGES_DEG, UPRIGHT, in_degrees
from midback.catalogue.constants import load_constants

MID = GROUPS.index("mid-back")
SAT, STOOD, DROVE, MOVED, BREAK, AWAY, UNKNOWN = range(len(DOINGS))


def test_lines_cut_stretches_and_pad_with_nothing() -> None:
    """No step is longer than told, a day keeps its length, and a shorter day ends in steps of no time."""
    lines = line_up([[("sitting", 1000.0), ("break", 60.0)], [("away", 10.0)]])
    assert lines.dt.max() <= STEP_S
    np.testing.assert_allclose(lines.dt.sum(axis=1), [1060.0, 10.0])
    assert lines.what[0].tolist() == [SAT] * 4 + [BREAK]
    assert lines.dt[1].tolist() == [10.0, 0.0, 0.0, 0.0, 0.0]


def test_a_mean_is_over_time_and_not_over_steps() -> None:
    """A short step counts by its length: 100 s from 0 to 0.2 and 300 s at 0.2 come to 0.175."""
    used = np.array([0.0, 0.2, 0.2, 0.2])[None, :, None] * np.ones(len(GROUPS))
    lived = Lived(used=used, dt=np.array([[100.0, 300.0, 0.0]]), end=rested((1,)))
    np.testing.assert_allclose(lived.mean, np.full((1, len(GROUPS)), 0.175))
    np.testing.assert_allclose(lived.peak, np.full((1, len(GROUPS)), 0.2))


def test_a_day_is_its_steps_by_the_laws_of_time() -> None:
    """Sitting, a break and sitting again end where ``advance`` ends, and what is used up is that state's."""
    efforts = efforts_of(make_subject(sex="f"))
    lived = live(line_up([[("sitting", 1500.0), ("break", 120.0), ("sitting", 600.0)]]), efforts)
    state = rested()
    for doing, seconds in ((SAT, 1500.0), (BREAK, 120.0), (SAT, 600.0)):
        assert efforts.moving is not None
        one = Effort(
            fraction=efforts.fraction[doing], flexion=efforts.flexion[doing], moving=efforts.moving[doing]
        )
        state = advance(state, one, seconds)
    np.testing.assert_allclose(lived.used[0, -1], used_up(state), rtol=1e-9)
    np.testing.assert_allclose(lived.end.dose[0], state.dose, rtol=1e-9)


def test_the_give_of_tissue_counts_at_the_mid_back_alone() -> None:
    """Used up is tiredness, and where the back has given way more of the mid-back and of no other group."""
    most = float(tissue_parameters().asymptote)
    state = TissueState(
        fatigue=np.array([0.1, 0.2, 0.3]), dose=np.array([0.3, 0.2, 0.1]),
        creep_fast=np.asarray(most / 4), creep_slow=np.asarray(most / 4),
    )  # fmt: skip
    more, plain = used_up(state), tiredness(state)
    assert more[MID] == pytest.approx(1 - 0.5 * (1 - plain[MID]))
    np.testing.assert_array_equal(np.delete(more, MID), np.delete(plain, MID))


def test_moving_and_breaks_ask_for_nothing_with_blood_flowing() -> None:
    """Held activities keep their efforts; of the others only moving and breaks move."""
    held = {
        name: Effort(fraction=np.full(3, 0.1 * (n + 1)), flexion=np.array(0.2)) for n, name in enumerate(HELD)
    }
    whole = stack_efforts(held)
    np.testing.assert_allclose(whole.fraction[:, 0], [0.1, 0.2, 0.3, 0, 0, 0, 0])
    assert whole.moving is not None
    assert whole.moving.tolist() == [0, 0, 0, 1, 1, 0, 0]
    np.testing.assert_allclose(whole.flexion[[MOVED, BREAK, AWAY, UNKNOWN]], 0)


def test_sinking_adds_what_the_constants_say() -> None:
    """Half of sitting sunk is half of it; other activities are as they were."""
    upright, half = usual_postures(), usual_postures(0.5)
    adds = load_constants()["sunk-adds"].value
    assert isinstance(adds, tuple)
    for name, more in zip(RANGES_DEG, adds, strict=True):
        gained = float(getattr(half["sitting"], name) - getattr(upright["sitting"], name))
        assert gained == pytest.approx(0.5 * more)
    assert half["driving"] == upright["driving"]
    assert efforts_of(make_subject(), half).fraction[SAT, MID] > efforts_of(make_subject()).fraction[SAT, MID]


def test_what_is_put_together_stays_what_people_can_do() -> None:
    """Sums beyond a range end at its end, so that statics takes them."""
    far = usual_postures(20.0)["sitting"]
    assert np.degrees(far.head_flexion) == pytest.approx(RANGES_DEG["head_flexion"][1])
    assert np.all(np.isfinite(load_of(make_subject(), far).moment))
    inside = in_degrees(head_flexion=20, back_rest=0.4)
    assert within(inside) == inside


def test_own_postures_stand_in_for_the_usual_ones() -> None:
    """Sitting upright asks of the mid-back what upright asks, and standing stays usual."""
    own = efforts_of(make_subject(), {"sitting": UPRIGHT})
    assert own.fraction[SAT, MID] == pytest.approx(float(tissue_parameters().mid_back_upright))
    np.testing.assert_array_equal(own.fraction[STOOD], efforts_of(make_subject()).fraction[STOOD])
    assert own.fraction[DROVE, MID] > own.fraction[SAT, MID]
