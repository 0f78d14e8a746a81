"""The present stillness, from bouts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midback.body.exposure import ACTIVITIES, Activity, Bout
from midback.body.stillness import Still, still

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def bouts(*lengths: tuple[Activity, float]) -> list[Bout]:
    """Return bouts one after the other, of so many minutes each."""
    found: list[Bout] = []
    at = MORNING
    for activity, minutes in lengths:
        end = at + timedelta(minutes=minutes)
        found.append(Bout(start=at, end=end, activity=activity))
        at = end
    return found


def now(*lengths: tuple[Activity, float]) -> Still:
    """Return the stillness at the end of such bouts."""
    made = bouts(*lengths)
    return still(made, made[-1].end)


def test_sitting_standing_and_driving_are_one_stillness() -> None:
    """Changing the chair for the car is no break."""
    found = now(("moving", 5), ("sitting", 20), ("driving", 15), ("standing", 5))
    assert (found.activity, found.still_s) == ("standing", 40 * 60)
    assert found.since == MORNING + timedelta(minutes=5)
    assert found.arrived_at == MORNING + timedelta(minutes=40)


def test_the_stretch_here_begins_after_the_drive() -> None:
    """The same stillness without the drive before it; while driving, and without a drive, it is all of it."""
    assert now(("sitting", 20), ("driving", 15), ("sitting", 5)).here_since == MORNING + timedelta(minutes=35)
    assert now(("sitting", 20), ("driving", 15)).here_since == MORNING
    assert now(("driving", 15), ("moving", 5), ("sitting", 9)).here_since == MORNING + timedelta(minutes=20)
    assert now(("moving", 5)).here_since is None


def test_what_ends_a_stillness_and_what_does_not() -> None:
    """30 s of movement, 2 min away and 5 min unseen end it; less does not, and does not count."""
    for activity, short, long in (("moving", 0.4, 0.5), ("away", 1.9, 2.0), ("unknown", 4.9, 5.0)):
        bridged = now(("sitting", 20), (activity, short), ("sitting", 10))  # type: ignore[arg-type]
        assert (bridged.since, bridged.still_s, bridged.back_at) == (MORNING, 30 * 60, None)
        ended = now(("sitting", 20), (activity, long), ("sitting", 10))  # type: ignore[arg-type]
        assert ended.still_s == 10 * 60
        assert ended.back_at == ended.since == MORNING + timedelta(minutes=20 + long)


def test_short_things_together_are_a_break() -> None:
    """Ten seconds of movement twice are less than a break, with an absence in between they are one."""
    parts: list[tuple[Activity, float]] = [("moving", 0.2), ("unknown", 2.5), ("away", 1.5), ("unknown", 1)]
    assert now(("sitting", 20), *parts, ("sitting", 3)).still_s == 180


def test_movement_of_the_last_hour_is_counted_to_the_second() -> None:
    """Only what lies in the last 60 minutes counts."""
    assert now(("moving", 10), ("sitting", 55)).moved_s_last_hour == 5 * 60


def test_nothing_and_the_unseen_present_are_no_stillness() -> None:
    """Without bouts, while away, and after 5 min that nobody saw, there is none; a minute ago is still now."""
    assert still([], MORNING) == Still()
    assert now(("sitting", 30), ("away", 10)).since is None
    assert now(("sitting", 30), ("away", 10)).activity == "away"
    made = bouts(("sitting", 30))
    assert still(made, made[-1].end + timedelta(minutes=1)).activity == "sitting"
    assert still(made, made[-1].end + timedelta(minutes=6)) == Still()


@given(st.lists(st.tuples(st.sampled_from(ACTIVITIES), st.floats(0.1, 90)), min_size=1, max_size=12))
def test_stillness_is_never_longer_than_the_time_since(lengths: list[tuple[Activity, float]]) -> None:
    """Seconds of stillness fit between its beginning and now, and what lies after now does not matter."""
    found = now(*lengths)
    made = bouts(*lengths)
    end = made[-1].end
    assert (found.since is None) == (found.still_s == 0)
    if found.since is not None:
        assert found.still_s <= (end - found.since).total_seconds() + 1e-6
    later = Bout(start=end, end=end + timedelta(hours=1), activity="moving")
    assert still([later, *made], end) == found
