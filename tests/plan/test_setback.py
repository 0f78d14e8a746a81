"""What got worse with an exercise makes it rest or easier until it is over, and never more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midback.catalogue.load import load_catalogue
from midback.plan.performance import Performance, SideDone
from midback.plan.progression import progress
from midback.plan.setback import SEVERITIES, Setback, ease

EXERCISES = load_catalogue().exercises
ROW = EXERCISES["band-row"]
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


def done(days_ago: float, level: int = 1, pain: int = 2, next_day: int | None = 2) -> Performance:
    """One complete time, felt as given."""
    dose = ROW.levels[level].dose()
    return Performance(
        exercise_id=ROW.id,
        variant_id=ROW.variants[0].id,
        level=level,
        range_scale=1.0,
        dose=dose,
        at=NOW - timedelta(days=days_ago),
        sides=(SideDone(side="both", planned_s=dose.seconds, done_s=dose.seconds),),
        pain_before=2,
        pain_during=pain,
        pain_after=pain,
        pain_next_day=next_day,
        effort="ok",
    )


def setback(severity: str, days_ago: float = 1, resolved_on: date | None = None) -> Setback:
    """Something that got worse with the row."""
    return Setback(
        exercise_id=ROW.id, at=NOW - timedelta(days=days_ago), severity=severity, resolved_on=resolved_on
    )


def decide(performances: tuple[Performance, ...], *setbacks: Setback) -> object:
    """What comes next, in the light of what got worse."""
    return ease(progress(ROW, performances, TODAY, NOW), ROW, performances, setbacks, TODAY)


WELL = (done(6), done(4), done(2))


def test_three_good_times_go_up_without_a_setback() -> None:
    """The rule that the others are measured against."""
    assert decide(WELL).level == 2
    assert decide(WELL) == progress(ROW, WELL, TODAY, NOW)


def test_severe_and_not_over_rests() -> None:
    """However well the numbers look; and it says since when, and how it ends."""
    decision = decide(WELL, setback("severe"))
    assert (decision.status, decision.level) == ("rest", 0)
    assert decision.rest_until > TODAY
    assert decision.reasons[0].message_id == "plan.worse-rest"
    assert "plan.step-up" not in {reason.message_id for reason in decision.reasons}


def test_moderate_and_not_over_is_one_level_lower_once() -> None:
    """Done again at the lower level, it does not sink further, nor does it rise."""
    decision = decide(WELL, setback("moderate"))
    assert (decision.status, decision.level) == ("easier", 0)
    more = (*(done(n, level=2) for n in (9, 8, 7)), *(done(n, level=1) for n in (3, 2, 1)))
    again = decide(more, setback("moderate", days_ago=6))
    assert again.level == 1


def test_moderate_at_the_lowest_level_has_a_smaller_range() -> None:
    """Where there is nothing lower, less range."""
    decision = decide((done(2, level=0),), setback("moderate"))
    assert (decision.level, decision.range_scale) == (0, 0.8)


def test_mild_holds_the_level() -> None:
    """Nothing goes up while it lasts."""
    decision = decide(WELL, setback("mild"))
    assert decision.level == 1
    assert decision.reasons[0].message_id == "plan.worse-hold"


def test_over_begins_again_lower_and_is_then_forgotten() -> None:
    """The first time after it is easier; once done, the numbers decide."""
    over = setback("severe", days_ago=4, resolved_on=TODAY)
    assert (decide(WELL[:2], over).status, decide(WELL[:2], over).level) == ("easier", 0)
    gone = replace(over, resolved_on=TODAY - timedelta(days=3))
    assert decide(WELL, gone) == decide(WELL)


def test_it_counts_for_its_own_exercise_alone() -> None:
    """Another exercise's setback changes nothing here."""
    other = replace(setback("severe"), exercise_id="cat-cow")
    assert decide(WELL, other) == decide(WELL)


def test_one_that_was_never_done_may_rest_too() -> None:
    """The person's word counts without any session."""
    assert decide((), setback("severe")).status == "rest"
    assert decide((), setback("moderate")).range_scale < 1


@given(
    performances=st.lists(
        st.builds(
            done,
            st.floats(0.1, 40),
            st.integers(0, len(ROW.levels) - 1),
            st.integers(0, 10),
            st.none() | st.integers(0, 10),
        ),
        max_size=6,
    ).map(lambda ps: tuple(sorted(ps, key=lambda p: p.at))),
    setbacks=st.lists(
        st.builds(
            setback,
            st.sampled_from(SEVERITIES),
            st.floats(0, 40),
            st.none() | st.dates(TODAY - timedelta(days=40), TODAY),
        ),
        max_size=4,
    ),
)
def test_a_setback_never_raises_anything(
    performances: tuple[Performance, ...], setbacks: list[Setback]
) -> None:
    """Level and range are at most those without it, a rest stays a rest, and what is severe and lasts rests."""
    without, decision = decide(performances), decide(performances, *setbacks)
    assert decision.level <= without.level
    assert decision.range_scale <= without.range_scale
    assert without.status != "rest" or decision.status == "rest"
    if any(s.severity == "severe" and s.resolved_on is None for s in setbacks):
        assert decision.status == "rest"
