"""Evidence in, the day out: no order, split or repetition makes a difference, and the person's word wins."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.app.clock import SetClock
from midback.app.evidence import refold_where_old, take_in, take_in_within
from midback.app.evidence_kept import forget_evidence, what_is_kept
from midback.app.exposures import add_bout, move_bout, remove_bout, show_day, start_now, undo_last
from midback.app.house import House
from midback.app.intake import read_intake, save_intake
from midback.app.planning import replan
from midback.body.evidence import Evidence, Told
from midback.body.exposure import Bout, join
from midback.body.fold import REACH, fold
from midback.catalogue.load import load_catalogue
from midback.errors import NotFound
from midback.plan.answers import UsualBout
from midback.settings import Settings
from midback.store import sensed
from midback.store.engine import open_database
from midback.store.people import DEFAULT_PERSON as ME
from midback.store.people import ensure_person
from strategies import as_kept, evidence_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = timedelta(days=1)
whens = st.integers(-2 * 86_400, 2 * 86_400).map(lambda s: NOON + timedelta(seconds=s))
near = st.integers(-3600 * 5, 3600 * 5).map(lambda s: NOON + timedelta(seconds=s))


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in memory that laws use again and again."""
    folder = tmp_path_factory.mktemp("lasting")
    clock = SetClock(NOON + 30 * DAYS)
    house = House(open_database("sqlite://"), load_catalogue(), clock, Settings(data_dir=folder), folder)
    with house.engine.begin() as connection:
        ensure_person(connection, ME, NOON)
    yield house
    house.engine.dispose()


def typing(start: datetime, minutes: float, every_s: int = 30) -> list[Evidence]:
    """Return samples of somebody who types."""
    return [
        Evidence(at=start + timedelta(seconds=s), source="input", idle_s=1.0)
        for s in range(0, int(minutes * 60) + 1, every_s)
    ]


def told(start: datetime, minutes: float, activity: Told) -> Evidence:
    """Return the person's word for a stretch, as evidence."""
    return Evidence(at=start, until=start + timedelta(minutes=minutes), source="person", activity=activity)


@st.composite
def imports(draw: st.DrawFn) -> tuple[list[Evidence], list[list[Evidence]]]:
    """Draw evidence, and the same in another order, cut into imports, some of it twice."""
    stints = draw(st.lists(st.tuples(whens, st.integers(1, 90)), max_size=2))
    given_ = draw(st.lists(evidence_of(whens), max_size=10))
    given_ += [one for start, minutes in stints for one in typing(start, minutes, 300)]
    shuffled = draw(st.permutations(given_)) if given_ else []
    cuts = sorted(draw(st.lists(st.integers(0, len(given_)), max_size=4)))
    pieces = [
        list(shuffled[first:last]) for first, last in zip([0, *cuts], [*cuts, len(given_)], strict=True)
    ]
    return given_, [*pieces, list(shuffled[: len(given_) // 2])]


@given(imports())
@settings(max_examples=40)
def test_any_split_and_order_of_imports_gives_the_same_day(
    lasting: House, told_in: tuple[list[Evidence], list[list[Evidence]]]
) -> None:
    """Imports in any order, in any pieces and twice over, give the bouts of one import."""
    all_, pieces = told_in
    with lasting.engine.connect() as connection:
        take_in_within(connection, ME, all_)
        at_once = sensed.listed(connection, ME)
        connection.rollback()
    with lasting.engine.connect() as connection:
        for piece in pieces:
            take_in_within(connection, ME, piece)
        in_pieces = sensed.listed(connection, ME)
        connection.rollback()
    assert in_pieces == at_once


@given(st.lists(evidence_of(near), max_size=10), st.lists(near, max_size=2))
@settings(max_examples=40)
def test_the_cache_is_the_fold(lasting: House, some: list[Evidence], starts: list[datetime]) -> None:
    """What is kept of a day is what one fold of all its evidence says, cut at midnight of UTC only."""
    all_ = [*some, *(one for start in starts for one in typing(start, 40, 300))]
    with lasting.engine.connect() as connection:
        take_in_within(connection, ME, all_)
        cached = sensed.listed(connection, ME)
        connection.rollback()
    whole = fold(as_kept(all_), NOON - 4 * DAYS, NOON + 8 * DAYS)
    assert activities(cached) == activities(b for b in whole if b.activity != "unknown")


def activities(bouts: Iterable[Bout]) -> list[tuple[datetime, datetime, str]]:
    """Return what a day says, without where the cache was cut at midnight."""
    return [(b.start, b.end, b.activity) for b in join(tuple(bouts))]


def test_what_is_sensed_is_the_day_and_the_word_lies_over_it(house: House, clock: SetClock) -> None:
    """Typing is sitting; the person's word covers what it says and takes nothing else away."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(hours=3), 180))
    day = show_day(house, ME)
    assert [b.activity for b in day.bouts] == ["sitting"]
    assert not day.usual
    assert day.exposure.seconds["sitting"] == pytest.approx(3 * 3600, abs=90)
    add_bout(house, ME, "moving", NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    day = show_day(house, ME)
    assert [b.activity for b in day.bouts] == ["sitting", "moving", "sitting"]
    assert day.exposure.longest_still_s == pytest.approx(3600, abs=90)
    assert len({b.id for b in day.bouts}) == 3


def test_the_usual_day_gives_way_to_the_first_thing_sensed(settled: House, clock: SetClock) -> None:
    """Five minutes of evidence are the day; without any the usual day stands in; confirmed it lies beneath."""
    intake = read_intake(settled, ME)
    assert intake is not None
    from dataclasses import replace

    from midback.app.exposures import keep_usual_day

    save_intake(
        settled, ME, replace(intake, usual_day=(UsualBout(start=540, end=1020, activity="standing"),))
    )
    clock.at = NOON
    assert show_day(settled, ME).usual
    keep_usual_day(settled, ME)
    take_in(settled, ME, typing(NOON - timedelta(hours=1), 30))
    day = show_day(settled, ME)
    assert not day.usual
    assert [b.activity for b in day.bouts] == ["standing", "sitting", "standing"]


def test_a_sensed_stretch_is_corrected_by_the_persons_word(house: House, clock: SetClock) -> None:
    """Moving a sensed stretch writes what is right and that the rest is not known; undo shows what was sensed."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(hours=2), 120))
    before = show_day(house, ME).bouts
    sitting = before[0]
    assert sitting.id.startswith("sensed:")
    half = sitting.start + timedelta(hours=1)
    moved = move_bout(house, ME, sitting.id, half, sitting.end, "standing").bouts
    assert [(b.activity, b.start, b.end) for b in moved] == [("standing", half, sitting.end)]
    undo_last(house, ME)
    assert show_day(house, ME).bouts == before
    remove_bout(house, ME, sitting.id)
    assert show_day(house, ME).bouts == ()
    with pytest.raises(NotFound):
        remove_bout(house, ME, sitting.id)
    undo_last(house, ME)
    assert show_day(house, ME).bouts == before


@pytest.mark.parametrize(
    "name", ["sensed:", "sensed:x", "sensed:2026-03-02T09:00:00", "sensed:9999-12-31T23:59:59Z"]
)
def test_a_name_nobody_gave_is_not_found(house: House, name: str) -> None:
    """A sensed stretch that is not there, or a name that is none, raises NotFound."""
    with pytest.raises(NotFound):
        move_bout(house, ME, name, NOON - DAYS, NOON)


def test_late_evidence_leaves_the_correction_alone(house: House, clock: SetClock) -> None:
    """What the person corrected stays, whatever other machines tell later."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(hours=2), 60))
    move_bout(house, ME, show_day(house, ME).bouts[0].id, NOON - timedelta(hours=2), NOON, "standing")
    take_in(house, ME, typing(NOON - timedelta(hours=3), 180, every_s=60))
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting", "standing"]


def test_one_tap_corrects_the_stretch_that_goes_on(house: House, clock: SetClock) -> None:
    """ "Standing" while typing is sensed speaks of the present stretch, not of the last hour."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(minutes=25), 25))
    day = start_now(house, ME, "standing")
    assert [b.activity for b in day.bouts] == ["standing"]
    assert day.exposure.seconds["standing"] == pytest.approx(25 * 60, abs=90)


def test_a_day_over_midnight_of_utc_is_one_stretch(house: House, clock: SetClock) -> None:
    """Where the cache is cut at midnight of UTC, the day at home shows one stretch."""
    midnight = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
    clock.at = midnight + timedelta(hours=5)
    take_in(house, ME, typing(midnight - timedelta(minutes=30), 60))
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting"]


def test_yesterdays_longest_bout_feeds_the_plan(settled: House, clock: SetClock) -> None:
    """A sensed stretch of two hours brings breaks sooner today, and the plan says so."""
    monday = clock.at
    take_in(settled, ME, typing(monday, 150, every_s=60))
    clock.at = monday + DAYS
    view = replan(settled, ME)
    said = {r.message_id: r.values for item in view.plan.on(clock.at.date()) for r in item.reasons}
    said |= {r.message_id: r.values for r in view.plan.reasons}
    assert any("longest_min" in values for values in said.values()), said


def test_everything_sensed_can_be_forgotten(house: House, clock: SetClock) -> None:
    """All evidence goes, and what it came to; the person's own word stays."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(hours=2), 60))
    add_bout(house, ME, "driving", NOON - timedelta(minutes=30), NOON)
    kept = what_is_kept(house, ME)
    assert kept.lines == forget_evidence(house, ME) == 121
    assert [b.activity for b in show_day(house, ME).bouts] == ["driving"]
    assert what_is_kept(house, ME).lines == 0


def test_a_better_fold_makes_old_days_better(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the fold changed, all days are worked out again, once."""
    clock.at = NOON
    take_in(house, ME, typing(NOON - timedelta(hours=2), 60))
    assert not refold_where_old(house, ME)
    with house.engine.begin() as connection:
        sensed.clear(connection, ME)
    assert show_day(house, ME).bouts == ()
    monkeypatch.setattr("midback.app.evidence.FOLD_VERSION", 2)
    assert refold_where_old(house, ME)
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting"]
    assert not refold_where_old(house, ME)


def test_evidence_from_far_apart_folds_only_what_it_touches(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pieces a year apart fold the days around each, not the year between."""
    from midback.app import evidence as module

    folded: list[datetime] = []
    true = module._fold_run

    def seen(conn: object, person: str, days: list[datetime]) -> None:
        folded.extend(days)
        true(conn, person, days)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_fold_run", seen)
    take_in(house, ME, [*typing(NOON, 5), *typing(NOON - 365 * DAYS, 5)])
    assert len(folded) <= 2 * (2 * REACH / DAYS + 3)


def test_nothing_of_an_import_that_fails_is_kept(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing the bouts fails, the evidence is not there either, and the next import brings both."""
    clock.at = NOON + DAYS
    with monkeypatch.context() as patch:
        patch.setattr(sensed, "replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_in(house, ME, typing(NOON, 30))
    assert what_is_kept(house, ME).lines == 0
    take_in(house, ME, typing(NOON, 30))
    assert [b.activity for b in show_day(house, ME, NOON.date()).bouts] == ["sitting"]
