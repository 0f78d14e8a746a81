"""One conversation: a quiet notice, the prompt, its answers, the guide, the reminder to take the band off."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from day_rig import MIDNIGHT, Day, Errand, at

from midback.body.fold import fold
from midback.daemon.texts import TEXTS, say, say_length
from midback.share.words import Local

RULE = {
    "after_s": 1500,
    "length_s": 60,
    "hourly_s": 300,
    "movements": [["stand-reach", "standing"], ["wall-slide", "wall"]],
    "reasons": [],
    "rule_version": 1,
}


def orders(folder: Path, **more: Any) -> None:
    """Leave orders, as app does."""
    path = folder / "watch" / "orders.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "version": 1,
        "made_at": MIDNIGHT.isoformat(),
        "timezone": "UTC",
        "rule": RULE,
        "movements": {"stand-reach": {"title": "Stand and reach", "cue": "Reach for the ceiling."}},
        **more,
    }
    part = path.with_suffix(".part")
    part.write_text(json.dumps(said))
    part.replace(path)


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """Return a loop with orders, at midnight."""
    orders(tmp_path)
    return Day(tmp_path)


def said_of(day: Day) -> list[tuple[str, str]]:
    """Return (kind, movement) of everything said."""
    return [(line["kind"], line["movement"]) for line in map(json.loads, day.lines("said")) if "kind" in line]


def until_prompt(day: Day) -> datetime:
    """Sit, with pauses in the typing, until a prompt stands on the screen; return when it came."""
    before = len(day.desk.prompts)
    for _ in range(120):
        day.live(20, typing=True)
        for _ in range(8):
            day.live(5)
            if len(day.desk.prompts) > before:
                assert "start" in dict(day.desk.shown[-1][1].buttons)
                return day.desk.prompts[-1]
    raise AssertionError("no prompt came within two hours")


def test_first_a_quiet_notice_then_the_prompt(day: Day) -> None:
    """The notice is of low urgency and has no buttons; the prompt names movement and time and has all four."""
    until_prompt(day)
    (early, notice), (late, prompt) = day.desk.shown
    assert timedelta(seconds=15) <= late - early <= timedelta(seconds=120)
    assert (notice.quiet, notice.buttons) == (True, ())
    assert (prompt.quiet, [key for key, _label in prompt.buttons]) == (
        False,
        ["start", "later", "skip", "not-sitting"],
    )
    assert prompt.text in [
        f"{n} min without a break. Stand and reach: Reach for the ceiling." for n in (25, 26)
    ]
    assert dict(prompt.buttons)["later"] == "In 5 min"
    assert said_of(day) == [("notice", "stand-reach"), ("prompt", "stand-reach")]


def test_start_guides_and_asks_at_the_end(day: Day) -> None:
    """Without a server the notification guides; after the length it asks, and Done is a line at once."""
    until_prompt(day)
    day.desk.press("start")
    day.live(5)
    assert day.desk.shown[-1][1].title == "Stand and reach, 1 min"
    day.live(90)
    assert [label for _key, label in day.desk.shown[-1][1].buttons] == ["Done", "Not done"]
    assert [notice.click for _when, notice in day.desk.shown[-3:]] == [
        "Start: Stand and reach",
        "Close",
        "Done: Stand and reach",
    ]
    day.desk.press("done")
    day.live(5)
    assert said_of(day)[-2:] == [("start", "stand-reach"), ("done", "stand-reach")]


def test_start_opens_the_page_of_a_running_server(tmp_path: Path) -> None:
    """Where a server runs its page is opened; where that fails the notification guides after all."""
    from midback.filelock import free_file, take_file

    codes = [0, 8]

    def start(words: Sequence[str]) -> Errand:
        return Errand(codes.pop(0)) if words[0] == "link" else Errand(0)

    orders(tmp_path)
    day = Day(tmp_path, start)
    server = take_file(tmp_path / "server.lock", {"pid": 1, "address": "http://127.0.0.1:8642"})
    assert server is not None
    until_prompt(day)
    day.desk.press("start")
    day.live(10)
    assert ("link", "--open", "/session?exercise=stand-reach&variant=standing") in day.started
    assert not [notice for _when, notice in day.desk.shown if notice.title.endswith(", 1 min")]
    until_prompt(day)
    day.desk.press("start")
    day.live(20)
    free_file(server)
    assert [notice.title for _when, notice in day.desk.shown if notice.title.endswith(", 1 min")] != []


def test_not_done_says_nothing_of_the_body(day: Day) -> None:
    """Not done closes the question: no line, no evidence, and it is not asked again."""
    until_prompt(day)
    day.desk.press("start")
    day.live(90)
    day.desk.press("not-done")
    day.live(60)
    assert said_of(day)[-1] == ("start", "stand-reach")
    assert [evidence for evidence in day.evidence() if evidence.source == "person"] == []
    assert day.desk.standing == {}


def test_what_the_page_knows_is_not_asked(tmp_path: Path) -> None:
    """After a page opened the question waits for it, and is not asked once the page says that it was done."""
    from midback.filelock import free_file, take_file

    orders(tmp_path)
    server = take_file(tmp_path / "server.lock", {"pid": 1, "address": "http://127.0.0.1:8642"})
    assert server is not None
    day = Day(tmp_path)
    asked = []
    for done_there in (True, False):
        until_prompt(day)
        day.desk.press("start")
        day.live(90)
        done = {"at": day.machine.clock().wall.isoformat(), "kind": "done", "movement": "stand-reach"}
        orders(tmp_path, said=[done] if done_there else [])
        day.live(200)
        asked.append(sum("done" in dict(notice.buttons) for _when, notice in day.desk.shown))
    free_file(server)
    assert asked == [0, 1]


def test_later_comes_again_until_the_cap(day: Day) -> None:
    """In five minutes is five minutes, three times in a row by default; then the button is not there."""
    until_prompt(day)
    for _ in range(3):
        pressed = day.machine.clock().wall
        day.desk.press("later")
        assert timedelta(minutes=5) <= until_prompt(day) - pressed <= timedelta(minutes=6, seconds=30)
    assert "later" not in dict(day.desk.shown[-1][1].buttons)


def test_skip_is_a_line_and_has_a_cap_a_day(tmp_path: Path) -> None:
    """Skipped means a new count from there; after the person's own cap the button is gone for the day."""
    orders(tmp_path, preferences={"skip_cap": 1})
    day = Day(tmp_path)
    until_prompt(day)
    day.desk.press("skip")
    day.live(5)
    assert said_of(day)[-1] == ("skip", "stand-reach")
    until_prompt(day)
    assert "skip" not in dict(day.desk.shown[-1][1].buttons)


def test_not_sitting_is_the_person_s_word(day: Day) -> None:
    """Not sitting makes the stretch a standing one since it began, and the evidence says who said so."""
    until_prompt(day)
    day.desk.press("not-sitting")
    day.live(30)
    told = [evidence for evidence in day.evidence() if evidence.source == "person"]
    assert [evidence.activity for evidence in told] == ["standing"]
    assert fold(day.evidence(), at(0.1), at(0.3))[0].activity == "standing"


def test_no_answer_is_ignored_and_taken_away(day: Day) -> None:
    """A prompt that nobody answers goes after three minutes and counts as ignored; so does one clicked away."""
    until_prompt(day)
    day.live(200)
    assert day.desk.standing == {}
    assert said_of(day)[-1] == ("ignored", "stand-reach")


def test_getting_up_takes_the_prompt_away(day: Day) -> None:
    """Whoever locks the screen and goes has done what was asked: nothing is held against them."""
    until_prompt(day)
    day.machine.on.add("lock")
    day.live(170)
    assert day.desk.standing == {}
    assert [kind for kind, _movement in said_of(day)] == ["notice", "prompt"]


def test_a_restart_goes_on_where_it_was(day: Day) -> None:
    """A new process knows the sitting before it and what was said, and asks no second time."""
    until_prompt(day)
    day.watch.close()
    prompts = len(day.desk.prompts)
    day.watch = day.new_watch()
    day.live(120)
    assert len(day.desk.prompts) == prompts
    assert day.watch.judge.exposure is not None
    assert day.watch.judge.exposure.still_s > 24 * 60


def test_what_cannot_be_shown_was_not_said(day: Day) -> None:
    """While no notification service answers no line says so, the state tells why, and the prompt comes later."""
    day.desk.dead = True
    day.work(24 * 60 - 60)
    day.live(10 * 60)
    assert said_of(day) == []
    state = json.loads((day.folder / "watch" / "state.json").read_text())
    assert state["notifier"] == "The notification service has gone."
    day.desk.dead = False
    day.live(10 * 60)
    assert [kind for kind, _movement in said_of(day)][:1] == ["prompt"]
    assert json.loads((day.folder / "watch" / "state.json").read_text())["notifier"] == "ok"


def test_the_band_comes_off_in_time(tmp_path: Path) -> None:
    """When the time of a band is over the person hears of it once, but not in a call."""
    until = MIDNIGHT + timedelta(minutes=10)
    orders(
        tmp_path, worn={"exercise": "posture-band", "until": until.isoformat(), "text": "Posture band: off."}
    )
    day = Day(tmp_path)
    day.machine.on.add("call")
    day.live(11 * 60)
    assert day.desk.shown == []
    day.machine.on.discard("call")
    day.live(11 * 60)
    assert [(notice.title, notice.text) for _when, notice in day.desk.shown] == [
        ("Time to take it off", "Posture band: off.")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"rule": None},
        {"preferences": {"prompts": False}},
        {"quiet_until": (MIDNIGHT + timedelta(days=1)).isoformat()},
        {"driving_since": MIDNIGHT.isoformat()},
        {"busy": [[MIDNIGHT.isoformat(), (MIDNIGHT + timedelta(hours=2)).isoformat()]]},
        {"preferences": {"hours": {"0": [540, 1020]}}},
        {"bouts": [[MIDNIGHT.isoformat(), (MIDNIGHT + timedelta(hours=2)).isoformat(), "moving"]]},
    ],
    ids=lambda more: next(iter(more)),
)
def test_orders_that_mean_silence(tmp_path: Path, more: dict[str, Any]) -> None:
    """No rule, no prompts, quiet, driving, a meeting, outside the hours, moving by their own word: silence."""
    orders(tmp_path, **more)
    day = Day(tmp_path)
    day.work(60 * 60)
    day.live(10 * 60)
    assert day.desk.prompts == []


def test_an_answer_on_a_page_is_heard(day: Day) -> None:
    """What was answered on a page comes with the orders: the prompt goes, and its count starts anew."""
    asked = until_prompt(day)
    answer = {"at": (asked + timedelta(seconds=5)).isoformat(), "kind": "skip", "movement": "stand-reach"}
    day.live(10)
    orders(day.folder, said=[answer, {"at": "never", "kind": "skip"}, 7])
    day.live(10)
    assert day.desk.standing == {}
    assert said_of(day)[-1][0] == "prompt"
    assert until_prompt(day) - asked >= timedelta(minutes=25)


def test_new_orders_are_obeyed_at_once(day: Day) -> None:
    """Orders written while the loop runs count from the next round on."""
    orders(day.folder, preferences={"prompts": False})
    day.live(60)
    assert not day.watch.judge.orders.preferences.prompts
    (day.folder / "watch" / "orders.json").write_text("{ broken")
    day.live(60)
    assert day.watch.judge.orders.rule is None
    assert json.loads((day.folder / "watch" / "state.json").read_text())["orders"] != "ok"


def test_a_refresh_after_midnight_and_never_two(tmp_path: Path) -> None:
    """Orders of another local day are renewed; while one refresh runs there is no second."""
    running = Errand(None)
    orders(tmp_path, timezone="Europe/Berlin", made_at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC).isoformat())
    day = Day(tmp_path, lambda _words: running)
    day.live(120)
    assert day.started == [("watch", "--refresh")]
    running.code = 0
    orders(tmp_path, timezone="Europe/Berlin", made_at=day.machine.clock().wall.isoformat())
    day.live(600)
    assert day.started == [("watch", "--refresh")]


@pytest.mark.parametrize("broken", ["{", "{nobody}", "{title!x}", "{0}", "{title.x.y}"])
def test_a_translation_that_cannot_be_filled_gives_way(broken: str) -> None:
    """A text is always said; one that cannot be filled gives way to the English one."""
    assert say({"guide": broken}, "guide", title="Reach", length="1 min") == "Reach, 1 min"


@pytest.mark.parametrize(("seconds", "words"), [(45, "45 s"), (300, "5 min"), (150, "2 min 30 s")])
def test_a_length_is_said_as_everywhere_else(seconds: int, words: str) -> None:
    """Whole minutes are minutes, in the person's words."""
    assert say_length({}, seconds) == words == Local(str).seconds(seconds)
    assert say_length({"minutes": "{minutes} Minuten"}, 300) == "5 Minuten"


def test_every_text_is_filled_by_what_it_is_given() -> None:
    """The English texts hold no place that nobody fills."""
    places = dict.fromkeys(
        ("title", "cue", "still_min", "later_min", "length", "minutes", "seconds", "what"), "x"
    )
    for key, text in TEXTS.items():
        assert say({}, key, **places) == text.format(**places)


def drive_begins(day: Day, minutes: float = 0) -> None:
    """The person says on a page that they drive, since so many minutes."""
    since = day.machine.clock().wall - timedelta(minutes=minutes)
    orders(day.folder, driving_since=since.isoformat())


def test_nothing_stands_on_the_screen_while_driving(day: Day) -> None:
    """A prompt, the guide and the question at the end all go when a drive begins, and nothing follows them."""
    until_prompt(day)
    drive_begins(day)
    day.live(10)
    assert day.desk.standing == {}
    orders(day.folder)
    until_prompt(day)
    day.desk.press("start")
    day.live(5)
    drive_begins(day)
    day.live(400)
    assert day.desk.standing == {}
    assert "finish" not in [kind for kind, _movement in said_of(day)]
    assert not [notice for _when, notice in day.desk.shown if "done" in dict(notice.buttons)]


def test_what_is_closed_meanwhile_goes_from_the_screen(day: Day) -> None:
    """A stop takes the prompt and the guide away; so does a movement that is not open any more."""
    for less in ({"rule": None}, {"rule": {**RULE, "movements": [["walk", "indoors"]]}}):
        orders(day.folder)
        until_prompt(day)
        orders(day.folder, **less)
        day.live(10)
        assert [one for one, _pressed in day.desk.standing.values() if "Stand and reach" in one.text] == []


def test_was_it_done_waits_for_the_end_of_a_call(day: Day) -> None:
    """The question does not ring into a call; ten minutes later it is none any more."""
    until_prompt(day)
    day.desk.press("start")
    day.machine.on.add("call")
    day.live(300)
    assert not [notice for _when, notice in day.desk.shown if "done" in dict(notice.buttons)]
    day.machine.on.remove("call")
    day.live(120)
    assert [notice for _when, notice in day.desk.shown if "done" in dict(notice.buttons)]


def test_done_is_the_person_s_word_for_having_moved(day: Day) -> None:
    """Done after the guide makes the time it took a moving one, as the same answer on a page does."""
    until_prompt(day)
    day.desk.press("start")
    began = day.machine.clock().wall
    day.live(90)
    day.desk.press("done")
    day.live(5)
    (told,) = [evidence for evidence in day.evidence() if evidence.source == "person"]
    assert told.activity == "moving"
    assert told.until is not None
    assert told.until - told.at == timedelta(seconds=60)
    assert abs(told.at - began) <= timedelta(seconds=5)


def test_no_prompt_after_the_screening_is_due(day: Day) -> None:
    """The rule ends when the next screening is due, without anybody writing new orders."""
    orders(day.folder, rule_until=at(0.3).isoformat())
    day.work(3600)
    assert day.desk.shown == []


def test_no_prompt_from_orders_of_long_ago(tmp_path: Path) -> None:
    """Where no refresh has worked for two days nobody knows what is open, and nothing is said."""
    orders(tmp_path, made_at=(MIDNIGHT - timedelta(days=2, minutes=1)).isoformat())
    day = Day(tmp_path)
    day.work(3600)
    assert day.desk.shown == []
    orders(tmp_path, made_at=day.machine.clock().wall.isoformat())
    day.work(600)
    assert day.desk.prompts != []


def test_a_clock_that_was_far_ahead_costs_no_sensing_afterwards(day: Day) -> None:
    """Set a month ahead and back again: what comes then is sensed as before."""
    day.work(300)
    day.machine.ahead = timedelta(days=30)
    day.work(7200)
    day.machine.ahead = timedelta()
    orders(day.folder)
    day.work(3600)
    assert day.watch.judge.exposure is not None
    assert day.watch.judge.exposure.still_s > 1800


def test_not_sitting_leaves_the_drive_before_it_a_drive(day: Day) -> None:
    """What is corrected is the stretch at the desk, not the way there."""
    day.work(1800)
    now = day.machine.clock().wall
    bouts = [
        [(now - timedelta(minutes=30)).isoformat(), (now - timedelta(minutes=20)).isoformat(), "driving"]
    ]
    orders(day.folder, bouts=bouts)
    until_prompt(day)
    day.desk.press("not-sitting")
    day.live(30)
    (told,) = [evidence for evidence in day.evidence() if evidence.source == "person"]
    assert told.at == now - timedelta(minutes=20)


def test_a_drive_that_was_forgotten_holds_nothing_for_ever(day: Day) -> None:
    """After 16 hours a drive by the person's word is not believed any more, here as on the pages."""
    drive_begins(day, minutes=16 * 60 - 40)
    day.work(2100)
    assert day.desk.shown == []
    day.work(3600)
    assert day.desk.prompts != []
