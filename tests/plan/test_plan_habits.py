"""Streaks that pause, a strength that bends, and when to be seen."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core_rig import MONDAY, pauses
from midback.plan.answers import CheckIn, Pause
from midback.plan.escalation import daily_pain, escalate
from midback.plan.habits import is_paused, streak, strength
from midback.plan.progression import Decision

done_days = st.frozensets(st.integers(-40, 0).map(lambda n: MONDAY + timedelta(days=n)))


def days(*ago: int) -> frozenset[date]:
    return frozenset(MONDAY - timedelta(days=n) for n in ago)


def test_a_streak_counts_back_from_today_or_yesterday() -> None:
    """Today counts once it is done; not yet done, it breaks nothing."""
    assert streak(days(0, 1, 2), (), MONDAY) == 3
    assert streak(days(1, 2), (), MONDAY) == 2
    assert streak(days(2, 3), (), MONDAY) == 0
    assert streak(frozenset(), (), MONDAY) == 0


def test_a_streak_steps_over_pauses() -> None:
    """Days of illness, flare and travel neither count nor break."""
    ill = Pause(start=MONDAY - timedelta(days=4), end=MONDAY - timedelta(days=2), why="illness")
    assert streak(days(1, 5, 6), (ill,), MONDAY) == 3
    assert streak(days(1, 5, 6), (), MONDAY) == 1
    endless = Pause(start=MONDAY - timedelta(days=9), end=None, why="travel")
    assert streak(days(10, 11), (endless,), MONDAY) == 2


@given(done_days, pauses())
def test_strength_is_a_score_that_bends(done: frozenset[date], paused: tuple[Pause, ...]) -> None:
    """It lies in 0..1; one more day done never lowers it; one day missed never takes more than its part."""
    value = strength(done, paused, MONDAY)
    assert 0 <= value < 1
    assert strength(done | {MONDAY}, paused, MONDAY) >= value
    tomorrow = strength(done, paused, MONDAY + timedelta(days=1))
    assert tomorrow >= 0.94 * value


@given(done_days)
def test_a_paused_time_changes_nothing(done: frozenset[date]) -> None:
    """A pause after the last day done keeps streak and strength as they were."""
    paused = Pause(start=MONDAY + timedelta(days=1), end=None, why="flare")
    later = MONDAY + timedelta(days=30)
    assert is_paused(later, [paused])
    with_today = done | {MONDAY}
    assert streak(with_today, [paused], later) == streak(with_today, [], MONDAY)
    assert strength(with_today, [paused], later) == strength(with_today, [], MONDAY)


def test_strength_is_a_half_after_13_days() -> None:
    """Done every day for 13 days the strength is one half."""
    assert abs(strength(days(*range(13)), (), MONDAY) - 0.5) < 1e-9


def checkins(pains: dict[int, int | None]) -> list[CheckIn]:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    return [CheckIn(at=noon - timedelta(days=ago), pain_average=pain) for ago, pain in pains.items()]


def test_worse_by_two_for_seven_days_escalates() -> None:
    """Every answered day of the last seven at least two above the usual: be seen. One better day: not yet."""
    before = dict.fromkeys(range(7, 20), 3)
    worse = dict.fromkeys(range(7), 5)
    assert [r.message_id for r in escalate(checkins({**before, **worse}), MONDAY)] == ["plan.worse-week"]
    assert escalate(checkins({**before, **worse, 3: 4}), MONDAY) == ()


def test_unanswered_days_neither_escalate_nor_calm() -> None:
    """Three answers in a week are too few to say anything; an unanswered day is no day without pain."""
    before = dict.fromkeys(range(7, 20), 3)
    assert escalate(checkins({**before, 0: 6, 1: 6, 2: 6}), MONDAY) == ()
    some: dict[int, int | None] = {**before, 0: 6, 1: 6, 2: None, 3: 6, 5: 6}
    assert len(escalate(checkins(some), MONDAY)) == 1
    assert daily_pain(checkins({0: None})) == {}


def test_no_change_at_the_end_of_the_trial_escalates() -> None:
    """After 28 days less than a point better than in the first week: one-on-one guidance."""
    start = MONDAY - timedelta(days=27)
    same = dict.fromkeys(range(28), 4)
    assert [r.message_id for r in escalate(checkins(same), MONDAY, start)] == ["plan.trial-unchanged"]
    better = {**same, **dict.fromkeys(range(7), 3)}
    assert escalate(checkins(better), MONDAY, start) == ()
    assert escalate(checkins(same), MONDAY, start + timedelta(days=1)) == ()


def test_an_exercise_that_rests_for_pain_is_named() -> None:
    """The hand-over mentions what rests because it hurt twice."""
    reasons = escalate([], MONDAY, decisions={"cat-cow": Decision(level=0, status="rest")})
    assert [dict(r.values) for r in reasons] == [{"exercise": "cat-cow"}]
