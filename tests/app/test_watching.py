"""The background process's orders, the wishes they carry, and what it says of itself."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from midback.app.by_hand import log_exercise, mark_done
from midback.app.checkins import add_checkin
from midback.app.clock import SetClock
from midback.app.driving import arrived, drive_now
from midback.app.evidence import take_in
from midback.app.exposures import add_bout, show_day
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.later import put_off
from midback.app.orders import make_orders, orders_changed, write_orders
from midback.app.pauses import start_pause
from midback.app.refreshing import refresh
from midback.app.screening import answer_screen
from midback.app.today import show_today
from midback.app.watching import answer, read_watch, save_watch, watch_state
from midback.app.watching_texts import TAKE_OFF, TEXTS
from midback.body.evidence import Evidence
from midback.daemon import lock as daemon
from midback.daemon.orders import NO_ORDERS, ORDERS_FILE, read_orders, understand
from midback.daemon.state import STATE_FILE
from midback.daemon.texts import TEXTS as SPOKEN
from midback.errors import InputError, NotFound, Phrase, Unavailable
from midback.filelock import free_file, take_file
from midback.plan.answers import CheckIn, Intake
from midback.plan.interruptions import BreakPreferences
from midback.store import calendars, snapshot, watch_files
from midback.store.calendars import BusyTime, KeptCalendar
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def told(settled: House) -> House:
    """Return a settled house that tells the background process of every change."""
    return replace(settled, on_change=orders_changed)


def orders(house: House) -> dict[str, Any]:
    """Return the orders as they stand in the file."""
    read: dict[str, Any] = json.loads((house.data_dir / "watch" / "orders.json").read_text("utf-8"))
    return read


def test_the_words_are_those_of_the_background_process() -> None:
    """Every key and every English text is the background process's own."""
    assert {key: phrase.template for key, phrase in TEXTS.items()} == dict(SPOKEN)
    assert all(phrase.values is None for phrase in TEXTS.values())
    assert TAKE_OFF.values is not None


def test_the_orders_are_what_the_background_process_reads(told: House, clock: SetClock) -> None:
    """Rule, movements with words, wishes, texts, own bouts and planned items arrive as they were meant."""
    clock.at += timedelta(hours=3)
    add_bout(told, ME, "driving", clock.at - timedelta(hours=2), clock.at - timedelta(hours=1))
    write_orders(told, ME)
    path = told.data_dir / "watch" / "orders.json"
    assert path.stat().st_mode & 0o077 == 0
    read = understand(orders(told))
    shown = show_today(told, ME)
    assert read.rule is not None
    assert shown.break_rule is not None
    assert read.rule.after_s == shown.break_rule.after_s
    assert set(shown.break_rule.movements) <= set(read.rule.movements)
    assert read.planned
    assert read.rule.movements[0] == read.planned[0][1:]
    assert {exercise for exercise, _ in read.rule.movements} <= set(read.movements)
    assert all(title and cue for title, cue in read.movements.values())
    assert [(b.activity, b.end - b.start) for b in read.bouts] == [("driving", timedelta(hours=1))]
    assert read.texts["due"] == SPOKEN["due"]
    assert read.preferences == BreakPreferences()
    assert read.problem == ""


def test_the_orders_speak_the_persons_language(told: House) -> None:
    """Titles of movements are German where the settings say so."""
    german = make_orders(told.with_settings(told.settings.model_copy(update={"language": "de"})), ME)
    english = make_orders(told, ME)
    assert german["language"] == "de"
    assert make_orders(told.with_settings(told.settings.model_copy(update={"language": "xx"})), ME)["rule"]
    assert german["movements"]["stand-reach"] != english["movements"]["stand-reach"]


def test_orders_are_written_only_when_they_say_something_else(told: House, clock: SetClock) -> None:
    """Writing again changes nothing on the disk; another day's orders are written again."""
    assert not write_orders(told, ME) or not write_orders(told, ME)
    before = (told.data_dir / "watch" / "orders.json").stat().st_mtime_ns
    assert not write_orders(told, ME)
    assert (told.data_dir / "watch" / "orders.json").stat().st_mtime_ns == before
    clock.at += timedelta(days=1)
    assert write_orders(told, ME)


def _stopped(house: House) -> None:
    answer_screen(house, ME, frozenset({"saddle-numbness"}))


def _ill(house: House) -> None:
    start_pause(house, ME, "illness")


def _flare(house: House) -> None:
    start_pause(house, ME, "flare")


@pytest.mark.parametrize("rests", [_stopped, _ill, _flare])
def test_no_rule_while_nothing_may_be_asked(told: House, rests: Callable[[House], None]) -> None:
    """After a warning sign, while ill and in a flare the rule goes at once: it senses and never speaks."""
    write_orders(told, ME)
    assert orders(told)["rule"] is not None
    rests(told)
    assert orders(told)["rule"] is None
    assert orders(told)["movements"] == {}


def test_no_rule_before_the_first_screen(house: House, usual: Intake) -> None:
    """Before the questions were answered there is no rule; with the intake there is one."""
    write_orders(house, ME)
    assert orders(house)["rule"] is None
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    write_orders(house, ME)
    assert orders(house)["rule"] is not None


def test_every_change_reaches_the_orders(told: House, clock: SetClock, usual: Intake) -> None:
    """Wishes, driving, putting off, busy times and a new intake each stand in the orders when they return."""
    save_watch(
        told,
        ME,
        BreakPreferences(later_s=600, off=frozenset({"typing"}), hours={0: (540, 1020), 4: (1320, 360)}),
    )
    read = understand(orders(told))
    assert (read.preferences.later_s, read.preferences.off) == (600, {"typing"})
    # A night shift: hours that end before they start go on past midnight.
    assert read.preferences.hours == {0: (540, 1020), 4: (1320, 360)}
    drive_now(told, ME)
    assert understand(orders(told)).driving_since == clock.at
    clock.advance(minutes=30)
    arrived(told, ME)
    assert understand(orders(told)).driving_since is None
    put_off(told, ME, 60)
    assert understand(orders(told)).quiet_until == clock.at + timedelta(hours=1)
    save_intake(told, ME, replace(usual, places=frozenset({"cab"})))
    assert understand(orders(told)).rule != read.rule


def test_worse_pain_silences_until_the_screen_is_answered(told: House, clock: SetClock) -> None:
    """Pain that is clearly worse takes the rule away at once; answering the warning signs brings it back."""
    write_orders(told, ME)
    add_checkin(told, ME, CheckIn(at=clock.at, pain_now=6, worse=True))
    assert orders(told)["rule"] is None
    clock.advance(minutes=5)
    answer_screen(told, ME, frozenset())
    assert orders(told)["rule"] is not None


def test_what_was_done_is_not_planned_any_more(told: House) -> None:
    """A short movement marked as done leaves the orders' plan of the day."""
    write_orders(told, ME)
    planned = understand(orders(told)).planned
    item = next(i.item for i in show_today(told, ME).items if i.item.exercise_id == planned[0][1])
    mark_done(told, ME, item.id)
    assert len(understand(orders(told)).planned) == len(planned) - 1


def test_busy_times_come_without_titles(told: House, clock: SetClock) -> None:
    """The next two weeks' busy times are merged and named by nothing."""

    def busy(hours: float, length: float) -> BusyTime:
        start = clock.at + timedelta(hours=hours)
        return BusyTime(start=start, end=start + timedelta(hours=length), title="secret")

    for name, times in (("a", (busy(1, 2), busy(400, 1))), ("b", (busy(2, 2),))):
        with told.engine.begin() as connection:
            calendars.put(connection, ME, KeptCalendar(name=name, source=name, added_at=clock.at, busy=times))
    write_orders(told, ME)
    assert understand(orders(told)).busy == ((clock.at + timedelta(hours=1), clock.at + timedelta(hours=4)),)
    assert "secret" not in json.dumps(orders(told))


def test_a_change_is_made_though_orders_cannot_be_written(told: House) -> None:
    """Where the folder cannot be written what was asked for is done, and writing itself says why not."""
    folder = told.data_dir / "watch"
    if folder.exists():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    folder.write_text("in the way")
    save_watch(told, ME, BreakPreferences(prompts=False))
    assert not read_watch(told, ME).prompts
    with pytest.raises(Unavailable):
        write_orders(told, ME)


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        (BreakPreferences(pause_s=1), "pause in typing"),
        (BreakPreferences(later_s=7200), "Putting off"),
        (BreakPreferences(skip_cap=-1), "Skipping"),
        (BreakPreferences(off=frozenset({"driving"})), "driving cannot be switched off"),
        (BreakPreferences(off=frozenset({"noise"})), "no rule called"),  # type: ignore[arg-type]
        (BreakPreferences(hours={7: (0, 60)}), "weekday 7"),
        (BreakPreferences(hours={0: (600, 600)}), "weekday 0"),
    ],
)
def test_wishes_that_cannot_be_are_refused(house: House, wishes: BreakPreferences, says: str) -> None:
    """Numbers out of bounds, an unknown rule, driving and hours without length are refused by name."""
    with pytest.raises(InputError, match=says):
        save_watch(house, ME, wishes)
    assert read_watch(house, ME) == BreakPreferences()


def test_an_answer_on_the_page_is_kept_and_told(told: House, clock: SetClock) -> None:
    """Done says that the person moved; not sitting, that they stood all along; both stand in the orders."""
    clock.at += timedelta(hours=1)
    take_in(
        told,
        ME,
        [Evidence(at=clock.at - timedelta(minutes=n), source="input", idle_s=1.0) for n in range(40)],
    )
    answer(told, ME, "not-sitting", "stand-reach")
    assert {b.activity for b in show_day(told, ME).bouts} == {"standing"}
    clock.advance(minutes=5)
    answer(told, ME, "done", "stand-reach")
    assert show_day(told, ME).bouts[-1].activity == "moving"
    assert [row["kind"] for row in orders(told)["said"]] == ["not-sitting", "done"]
    assert [row.kind for row in show_day(told, ME).said] == ["not-sitting", "done"]
    with pytest.raises(InputError):
        answer(told, ME, "ignored")
    with pytest.raises(NotFound):
        answer(told, ME, "done", "no-such-thing")


def test_how_it_is_doing(house: House, clock: SetClock) -> None:
    """Never run: nothing is said. With a state and no lock: it does not run. With the lock: it runs."""
    assert watch_state(house) is None
    folder = house.data_dir / "watch"
    folder.mkdir()
    state = {
        "pid": 7,
        "started_at": "2026-03-02T06:00:00Z",
        "backend": None,
        "others": {"x11": "no display"},
        "signs": {"lock": "ok"},
        "notifier": "ok",
        "waiting": 3,
        "at": 5,
    }
    (folder / "state.json").write_text(json.dumps(state))
    found = watch_state(house)
    assert found is not None
    assert (found.running, found.backend, found.others) == (False, None, {"x11": Phrase("no display")})
    assert (found.started_at, found.at, found.waiting) == (datetime(2026, 3, 2, 6, tzinfo=UTC), None, 3)
    handle = take_file(folder / "watch.lock", {"pid": 8})
    assert handle is not None
    take_in(house, ME, [Evidence(at=clock.at, source="input", idle_s=1.0)])
    found = watch_state(house)
    free_file(handle)
    assert found is not None
    assert (found.running, found.pid, found.evidence_at) == (True, 8, clock.at)
    (folder / "state.json").write_text("{")
    assert watch_state(house) is None


def test_refresh_brings_all_in_step(told: House, clock: SetClock) -> None:
    """After midnight the refresh reads the files, plans the day and leaves orders of the day."""
    clock.at += timedelta(days=1)
    refresh(told, ME)
    made = understand(orders(told))
    assert made.made_at == clock.at
    assert made.rule is not None
    assert made != NO_ORDERS


def test_today_says_how_long_the_person_is_still(told: House, clock: SetClock) -> None:
    """Today carries the stretch that goes on, the drive, and how the sensing does."""
    clock.at += timedelta(hours=2)
    began = clock.at - timedelta(minutes=50)
    take_in(
        told,
        ME,
        [Evidence(at=began + timedelta(minutes=n), source="input", idle_s=1.0) for n in range(51)],
    )
    shown = show_today(told, ME)
    assert shown.still is not None
    assert shown.still.activity == "sitting"
    assert abs(shown.still.since - began) <= timedelta(minutes=1)
    assert shown.driving is None
    clock.advance(minutes=30)
    assert show_today(told, ME).still is None


def test_the_rule_ends_when_the_screen_is_due(told: House, clock: SetClock) -> None:
    """The orders say when the clearance ends by itself, and from that instant on the app gives no rule either."""
    write_orders(told, ME)
    until = understand(orders(told)).rule_until
    assert until is not None
    clock.at = until - timedelta(seconds=1)
    assert make_orders(told, ME)["rule"] is not None
    clock.at = until
    assert make_orders(told, ME)["rule"] is None
    assert make_orders(told, ME)["rule_until"] is None


def test_not_sitting_on_a_page_leaves_the_drive_before_it(told: House, clock: SetClock) -> None:
    """Not sitting corrects the stretch since the arrival, never the drive."""
    clock.at += timedelta(hours=2)
    add_bout(told, ME, "driving", clock.at - timedelta(hours=1), clock.at - timedelta(minutes=20))
    take_in(
        told,
        ME,
        [Evidence(at=clock.at - timedelta(minutes=n), source="input", idle_s=1.0) for n in range(20)],
    )
    answer(told, ME, "not-sitting")
    told_of = [bout for bout in show_day(told, ME).bouts if bout.end > clock.at - timedelta(hours=1)]
    assert [(bout.activity, bout.end - bout.start) for bout in told_of] == [
        ("driving", timedelta(minutes=40)),
        ("standing", timedelta(minutes=20)),
    ]


def test_what_was_done_starts_the_clock_anew(told: House, clock: SetClock) -> None:
    """The last movement of half a minute or more is an answer to the process; a disc that was sat on is none."""
    planned = {one.item.exercise_id: one.item for one in show_today(told, ME).items}
    item = planned["stand-reach"]
    mark_done(told, ME, item.id)
    at = clock.at
    assert [(one.kind, one.movement, one.at) for one in understand(orders(told)).said] == [
        ("done", "stand-reach", at)
    ]
    clock.advance(minutes=5)
    log_exercise(told, ME, "wobble-disc", 10)
    assert [one.movement for one in understand(orders(told)).said] == ["stand-reach"]
    clock.advance(hours=25)
    write_orders(told, ME)
    assert understand(orders(told)).said == ()


def test_old_orders_never_come_after_new_ones(told: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop that falls between making and writing orders stands in the file in the end."""
    write, stops = snapshot.write, []

    def slow_write(*given: Any) -> int:
        if not stops:
            stops.append(Thread(target=_stopped, args=(told,)))
            stops[0].start()
            stops[0].join(0.3)
        return write(*given)

    monkeypatch.setattr(snapshot, "write", slow_write)
    save_watch(told, ME, BreakPreferences(later_s=600))
    stops[0].join()
    assert orders(told)["rule"] is None
    assert orders(told)["preferences"]["later_s"] == 600


def test_orders_that_cannot_be_renewed_go(told: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a stop cannot be written into the orders there are none, so nothing more is said."""
    write_orders(told, ME)
    assert orders(told)["rule"] is not None

    def full(*_given: Any) -> int:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(snapshot, "write", full)
    _stopped(told)
    assert read_orders(told.data_dir / "watch" / "orders.json") == NO_ORDERS
    with pytest.raises(Unavailable):
        write_orders(told, ME)


def test_both_sides_name_the_same_files() -> None:
    """The background process may not import the store; what they share by name is the same."""
    ours = (watch_files.FOLDER, watch_files.LOCK_FILE, watch_files.ORDERS_FILE, watch_files.STATE_FILE)
    assert ours == (daemon.FOLDER, daemon.LOCK_FILE, ORDERS_FILE, STATE_FILE)
