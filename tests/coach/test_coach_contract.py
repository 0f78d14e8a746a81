"""The player's contract, line by line, as far as it is decided without a page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from coach_rig import CAT_COW, NEEDLE, OPENER, T0, Player, a_script, kinds, started

from midback.catalogue.exercise import Dose
from midback.coach.caption import captions
from midback.coach.cue import ahead, cues, entry, within
from midback.coach.done import items_done, left_s, performances
from midback.coach.event import Event
from midback.coach.fold import advance, apply, fold, opening
from midback.coach.script import SECOND, Preferences, Script, item_from
from midback.errors import InputError
from midback.plan.pain import SIGNS, easy_only
from midback.plan.performance import SKIP_REASONS
from midback.share.wording import MESSAGES
from midback.store.codec import dump


def test_line_2_get_ready_lasts_five_seconds_and_says_name_then_start_tone() -> None:
    """An exercise begins with 5 s to get ready, its spoken name, then the start tone."""
    player = Player(a_script())
    waiting = player.state
    began = player.send("start")
    assert (began.phase, began.phase_us) == ("ready", 5 * SECOND)
    (named,) = cues(waiting, began)
    assert named.say is not None
    assert named.say.message_id == "coach.say.ready"
    assert named.say.values["exercise"] == "cat-cow"
    working = player.wait(5)
    assert working.phase == "work"
    assert [cue.tone for cue in entry(working)] == ["start"]


@pytest.mark.parametrize("seconds", [0, 1, 15])
def test_line_2_get_ready_can_be_set_from_0_to_15(seconds: int) -> None:
    """The time to get ready is the person's choice; at 0 work begins at once."""
    player = started(ready_s=seconds)
    player.wait(seconds, beat_s=1) if seconds else None
    assert player.state.phase == "work"


@pytest.mark.parametrize(
    "wrong",
    [{"ready_s": -1}, {"ready_s": 16}, {"change_s": 4}, {"change_s": 11}, {"rest_s": 61}, {"sound": "loud"}],
)
def test_settings_outside_the_contract_are_refused(wrong: dict[str, int]) -> None:
    """Times and sound outside what the contract allows are an InputError."""
    with pytest.raises(InputError):
        Preferences(**wrong)


def test_line_2_half_way_the_last_three_seconds_and_the_end_bell() -> None:
    """In 30 s of work: half-way at 15 s, ticks at 27, 28 and 29 s, the bell at 30 s."""
    player = started(OPENER, ready_s=0)
    found = [(timed.at_us / SECOND, timed.cue.id) for timed in within(player.state)]
    assert found == [(15, "half"), (27, "last"), (28, "last"), (29, "last"), (30, "end")]
    heard = []
    for _second in range(30):
        before = player.state
        heard += kinds(cues(before, player.wait(1)))
    assert heard == ["half", "last", "last", "last", "end", "over"]


def test_line_2_cues_ahead_are_counted_from_now() -> None:
    """What is still to sound is given with its distance from now, and nothing in a pause."""
    player = started(OPENER, ready_s=0)
    player.wait(20)
    assert [(t.at_us / SECOND, t.cue.id) for t in ahead(player.state)] == [
        (7, "last"),
        (8, "last"),
        (9, "last"),
        (10, "end"),
    ]
    assert ahead(player.send("pause")) == ()


def test_line_3_sides_are_done_apart_with_the_full_dose_each() -> None:
    """Left, a chime and "other side", 7 s to change, right with the full dose; both logged apart."""
    one_set = replace(NEEDLE, dose=replace(NEEDLE.dose, sets=1))
    player = started(one_set, ready_s=0)
    assert player.state.at_unit.side == "left"
    before = player.wait(18)
    changing = player.wait(2)
    assert (changing.phase, changing.phase_us, changing.at_unit.side) == ("change", 7 * SECOND, "right")
    bell, chime = [cue for cue in cues(before, changing) if cue.id in ("end", "change")]
    assert (bell.tone, chime.tone) == ("end", "change")
    assert chime.say is not None
    assert chime.say.message_id == "coach.say.other-side-right"
    assert player.wait(7).phase == "work"
    player.wait(12)
    player.send("next")
    (performed,) = performances(player.script, player.state)
    assert [(s.side, s.planned_s, s.done_s, s.complete) for s in performed.sides] == [
        ("left", 20, 20, True),
        ("right", 20, 12, False),
    ]


def test_line_4_rest_counts_down_names_what_is_next_and_can_be_changed() -> None:
    """Rest of 15 s before the next exercise, 15 s longer or shorter on request, and it can be skipped."""
    player = started(CAT_COW, OPENER, ready_s=0)
    resting = player.wait(40)
    assert (resting.phase, resting.phase_us, resting.key) == ("rest", 15 * SECOND, "c")
    (said,) = entry(resting)
    assert said.say is not None
    assert said.say.values["exercise"] == "wall-opener"
    assert player.send("extend").remaining_us == 30 * SECOND
    player.wait(10)
    assert player.send("shorten").remaining_us == 5 * SECOND
    assert player.send("shorten").phase == "work"
    again = started(CAT_COW, OPENER, ready_s=0)
    again.wait(40)
    assert again.send("next").phase == "work"


def test_line_4_rest_between_sets_is_the_dose_s_own() -> None:
    """Two sets on two sides: left, change, right, rest, left, change, right."""
    player = started(replace(NEEDLE, dose=replace(NEEDLE.dose, rest_s=9)), ready_s=0)
    seen = []
    while player.state.status == "running":
        state = player.state
        if not seen or seen[-1][0] != state.entries:
            seen.append(
                (state.entries, state.phase, state.at_unit.set, state.at_unit.side, state.phase_us // SECOND)
            )
        player.wait(1, beat_s=1)
    assert [step[1:] for step in seen] == [
        ("work", 0, "left", 20),
        ("change", 0, "right", 7),
        ("work", 0, "right", 20),
        ("rest", 1, "left", 9),
        ("work", 1, "left", 20),
        ("change", 1, "right", 7),
        ("work", 1, "right", 20),
    ]


def test_line_5_pause_stops_the_time_and_resume_goes_on_at_the_same_second() -> None:
    """A pause of any length leaves the work where it was."""
    player = started(OPENER, ready_s=0)
    player.wait(11)
    player.send("pause")
    player.wait(100)
    player.sleep(5000)
    resumed = player.send("resume")
    assert (resumed.status, resumed.phase, resumed.unit_us) == ("running", "work", 11 * SECOND)


def test_line_5_back_and_repeat_keep_what_was_done() -> None:
    """Back goes to the exercise before, repeat does this one again; seconds done stay counted."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(12)
    player.send("next")
    player.send("next")
    player.wait(5)
    back = player.send("back")
    assert (back.key, back.phase, back.unit_us) == ("a", "work", 0)
    player.wait(4)
    player.send("repeat")
    player.wait(3)
    done = {line.item.key: line.sides[0].done_s for line in items_done(player.state)}
    assert done == {"a": 19, "c": 5}


@pytest.mark.parametrize("reason", SKIP_REASONS)
def test_line_5_skip_keeps_its_reason_for_progression(reason: str) -> None:
    """Each reason for skipping reaches the performance, together with what had been done."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(8)
    after = player.send("skip", reason=reason)
    assert after.key == "c"
    skipped = performances(player.script, after)[0]
    assert (skipped.skipped, skipped.done_s, skipped.complete) == (reason, 8, False)


def test_line_5_a_skip_without_a_known_reason_does_nothing() -> None:
    """Skipping says why."""
    player = started(CAT_COW, OPENER)
    before = player.state
    assert player.send("skip", reason="bored").key == before.key


def test_line_5_a_substitute_takes_the_place_and_both_are_logged() -> None:
    """Something else follows at once; what was done of the first stays."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(6)
    seated = replace(CAT_COW, key="a~2", variant_id="seated")
    state = player.send("substitute", item=dump(seated), reason="no-space")
    assert (state.key, state.order) == ("a~2", ("a", "a~2", "c"))
    player.wait(40)
    first, second = performances(player.script, player.state)
    assert (first.skipped, first.done_s) == ("no-space", 6)
    assert (second.variant_id, second.complete) == ("seated", True)


def test_an_item_survives_being_written_into_an_event() -> None:
    """A substitute is kept whole in its event."""
    assert item_from(dump(NEEDLE)) == NEEDLE


@pytest.mark.parametrize(
    ("before", "now", "action", "smaller"),
    [
        (3, 3, "go-on", False),
        (3, 2, "go-on", False),
        (4, 4, "go-on", True),
        (5, 5, "go-on", True),
        (3, 4, "less-range", True),
        (4, 5, "less-range", True),
        (6, 7, "less-range", True),
        (3, 5, "stop-exercise", False),
        (0, 2, "stop-exercise", False),
        (8, 8, "stop-exercise", False),
        (7, 8, "stop-exercise", False),
        (None, 4, "less-range", True),
    ],
)
def test_line_6_pain_is_judged_against_the_level_before(
    before: int | None, now: int, action: str, smaller: bool
) -> None:
    """No rise goes on, at 4-5 a little smaller; up by 1 is smaller; up by 2, or 8, stops this exercise."""
    player = Player(a_script(CAT_COW, OPENER, pain_before=before, ready_s=0))
    player.send("start")
    player.wait(10)
    state = player.send("hurts", pain=now)
    assert state.hurt is not None
    assert state.hurt.action == action
    assert (state.records["a"].range_scale < 1) is smaller
    assert state.records["a"].stopped is (action == "stop-exercise")
    assert state.key == ("c" if action == "stop-exercise" else "a")
    assert state.status == "paused"
    assert performances(player.script, state)[0].pain_during == now


def test_line_6_what_was_stopped_for_pain_cannot_be_done_again_in_the_session() -> None:
    """Neither back nor the jump list lead to it."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(10)
    player.send("hurts", pain=9)
    player.send("resume")
    assert player.send("back").key == "c"
    assert player.send("jump", to="a").key == "c"


def test_line_6_pain_in_the_rest_belongs_to_what_was_done_last() -> None:
    """While resting before the next exercise, "this hurts" is about the last one."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(42)
    state = player.send("hurts", pain=6)
    assert state.records["a"].stopped
    assert not state.records["c"].stopped
    assert state.key == "c"


@pytest.mark.parametrize("sign", SIGNS)
def test_line_6_a_new_warning_sign_ends_the_session(sign: str) -> None:
    """Numbness, weakness, chest pain, breathlessness, dizziness: it ends, assertively."""
    player = started(CAT_COW, OPENER, ready_s=0)
    before = player.wait(10)
    state = player.send("hurts", sign=sign)
    assert state.status == "stopped"
    (cue,) = cues(before, state)
    assert cue.live == "assertive"
    assert cue.say is not None
    assert cue.say.message_id in MESSAGES
    assert player.send("resume").status == "stopped"
    assert performances(player.script, state)[0].stopped


def test_line_6_a_sign_before_the_start_ends_it_too() -> None:
    """Somebody who feels dizzy while reading the first step is not asked to begin first."""
    player = Player(a_script())
    player.at += timedelta(minutes=3)
    assert player.send("hurts", sign="dizzy").status == "stopped"
    assert player.send("start").status == "stopped"


def test_line_14_the_order_can_be_chosen_before_the_start() -> None:
    """Jump and later work while the session waits, and it goes on waiting."""
    player = Player(a_script(CAT_COW, OPENER))
    assert player.send("jump", to="c").key == "c"
    assert player.send("defer").key == "a"
    assert player.state.status == "waiting"
    assert player.send("start").status == "running"


def test_line_6_seven_or_more_before_leaves_only_easy_movement() -> None:
    """The border is 7."""
    assert [easy_only(pain) is not None for pain in (None, 0, 6, 7, 10)] == [False, False, False, True, True]


def test_line_7_a_repetition_entered_by_hand_always_counts() -> None:
    """+1 adds to the paced count, ends a full set early, and works for a dose by time and just after."""
    player = started(CAT_COW, OPENER, ready_s=0)
    player.wait(12)
    assert player.state.repetitions == 3
    assert player.send("plus_one").repetitions == 4
    for _more in range(5):
        player.send("plus_one")
    resting = player.send("plus_one")
    assert (resting.repetitions, resting.phase) == (None, "rest")
    player.send("plus_one")
    (performed,) = performances(player.script, player.state)
    assert (performed.sides[0].done_repetitions, performed.sides[0].planned_repetitions) == (11, 10)
    assert performed.complete
    player.send("next")
    player.send("plus_one")
    assert performances(player.script, player.state)[1].sides[0].done_repetitions == 1


def test_line_8_after_holds_done_planned_pain_and_effort() -> None:
    """Answers reach every exercise that was begun; what was not reached is not a performance."""
    player = started(CAT_COW, NEEDLE, OPENER, ready_s=0)
    player.wait(40)
    assert player.send("end").status == "after"
    state = player.send("after", pain=2, effort="ok", efforts={"a": "easy"})
    assert state.status == "closed"
    (performed,) = performances(player.script, state, "s1")
    assert (performed.pain_before, performed.pain_after, performed.effort) == (3, 2, "easy")
    assert (performed.session_id, performed.prescription_id, performed.complete) == ("s1", "a", True)
    assert performed.at == T0


def test_line_8_an_unanswered_question_stays_unanswered() -> None:
    """No answer is None, never zero."""
    player = started(CAT_COW, ready_s=0)
    player.wait(40)
    state = player.send("after")
    (performed,) = performances(player.script, state)
    assert (performed.pain_after, performed.effort) == (None, None)


def test_line_9_phases_are_polite_stops_assertive_and_seconds_silent() -> None:
    """A screen reader hears each phase once and never the last seconds."""
    player = started(NEEDLE, OPENER)
    heard = []
    while player.state.status == "running":
        before = player.state
        heard += cues(before, player.wait(1, beat_s=1))
    assert {cue.live for cue in heard if cue.id in ("ready", "start", "change", "rest", "over")} == {"polite"}
    assert {cue.live for cue in heard if cue.id == "last"} == {"off"}
    assert all(cue.say is not None for cue in heard if cue.live != "off")


def test_line_10_and_12_everything_spoken_has_words_in_the_wording() -> None:
    """Every cue with a voice is a message that is worded, so it can be shown and translated."""
    player = Player(a_script(CAT_COW, NEEDLE, OPENER))
    spoken = []
    before = player.state
    player.send("start")
    spoken += cues(before, player.state)
    while player.state.status == "running":
        before = player.state
        spoken += cues(before, player.wait(2))
    messages = {cue.say.message_id for cue in spoken if cue.say is not None}
    assert messages <= set(MESSAGES)
    assert {"coach.say.ready-left", "coach.say.other-side-right", "coach.say.rest-left"} <= messages


def test_line_11_a_gap_of_more_than_ten_seconds_pauses_at_the_last_confirmed_second() -> None:
    """A laptop that slept did not exercise; the person goes on after getting ready again."""
    player = started(OPENER)
    player.wait(5 + 9)
    player.sleep(3600)
    state = player.send("heartbeat")
    assert (state.status, state.paused_by, state.unit_us) == ("paused", "gap", 9 * SECOND)
    resumed = player.send("resume")
    assert (resumed.phase, resumed.phase_us, resumed.unit_us) == ("ready", 5 * SECOND, 9 * SECOND)
    working = player.wait(5)
    assert (working.phase, working.unit_us) == ("work", 9 * SECOND)


def test_line_11_ten_seconds_are_no_gap() -> None:
    """Exactly 10 s between two signs of life count."""
    player = started(OPENER, ready_s=0)
    player.sleep(10)
    assert player.send("heartbeat").unit_us == 10 * SECOND


def test_line_11_a_clock_set_back_counts_nothing_and_goes_on_from_there() -> None:
    """Time that runs backwards adds nothing; afterwards seconds count again."""
    player = started(OPENER, ready_s=0)
    player.wait(6)
    player.at -= timedelta(hours=1)
    assert player.send("heartbeat").unit_us == 6 * SECOND
    assert player.wait(2).unit_us == 8 * SECOND


def test_line_11_reading_the_state_later_is_the_same_as_beating() -> None:
    """A reload a few seconds later shows the second that the next event will confirm."""
    player = started(OPENER, ready_s=0)
    player.wait(6)
    shown = advance(player.script, player.state, player.at + timedelta(seconds=3))
    player.sleep(3)
    assert shown == player.send("heartbeat")


def test_line_13_the_sound_is_kept_in_the_session() -> None:
    """The profile is chosen at the start, changed at any time, and survives a reload: it is in the log."""
    player = Player(a_script(sound="tones"))
    assert player.send("start", sound="silent").sound == "silent"
    assert player.send("sound", sound="voice").sound == "voice"
    assert fold(player.script, player.events).sound == "voice"


def test_line_14_defer_moves_an_exercise_to_the_end() -> None:
    """Later in this session: the next one comes now, and it comes round again."""
    player = started(CAT_COW, NEEDLE, OPENER, ready_s=0)
    player.wait(4)
    state = player.send("defer")
    assert (state.key, state.order) == ("b", ("b", "c", "a"))
    player.send("skip", reason="no-time")
    player.wait(30)
    assert player.state.key == "a"
    assert player.state.status == "running"


def test_line_14_the_last_one_left_cannot_be_deferred() -> None:
    """There is no later then."""
    player = started(CAT_COW, ready_s=0)
    assert player.send("defer").key == "a"


def test_line_14_what_a_jump_passes_over_comes_later() -> None:
    """After jumping to the third, the first two are still to come."""
    player = started(CAT_COW, NEEDLE, OPENER, ready_s=0, rest_s=0)
    assert player.send("jump", to="c").key == "c"
    player.wait(30)
    assert player.state.key == "a"
    assert player.state.open_keys == ("a", "b")


def test_line_14_one_exercise_runs_alone() -> None:
    """A script of one item begins, works and ends."""
    player = started(OPENER)
    player.wait(35)
    assert player.state.status == "after"


def test_more_time_is_done_but_not_planned() -> None:
    """+15 s in work makes the unit longer; planned stays what was prescribed."""
    player = started(OPENER, ready_s=0)
    player.wait(10)
    player.send("extend")
    player.wait(35)
    (performed,) = performances(player.script, player.state)
    assert (performed.sides[0].planned_s, performed.sides[0].done_s) == (30, 45)


def test_an_event_after_the_end_changes_nothing() -> None:
    """A closed session stays closed."""
    player = started(OPENER)
    player.send("end")
    closed = player.send("after", pain=1)
    for kind in ("start", "resume", "next", "back", "plus_one", "end"):
        player.send(kind)
    assert replace(player.state, seen=closed.seen) == closed


def test_time_left_is_what_the_session_takes() -> None:
    """The time left at the start equals waits, work, changes and rests added by hand."""
    script = a_script(CAT_COW, NEEDLE)
    # 5 ready + 40 work; 15 rest + 5 ready + (20 + 7 + 20) + 15 + (20 + 7 + 20)
    assert left_s(script, opening(script)) == 45 + 20 + 47 + 15 + 47


def test_captions_lead_to_the_pose_at_the_pace_of_the_dose() -> None:
    """A sentence is said when the movement towards its pose begins; repetitions set the pace."""
    from midback.catalogue.keyframe import Keyframe, Movement

    movement = Movement(
        cycle_s=8.0,
        keyframes=(
            Keyframe(at_s=0.0, cue="settle"),
            Keyframe(at_s=3.0, cue="round"),
            Keyframe(at_s=4.0),
            Keyframe(at_s=7.0, cue="arch"),
        ),
    )
    words = {"settle": "Settle.", "round": "Round.", "arch": "Arch."}
    paced = captions(CAT_COW, movement, words)
    assert (paced.ready, paced.period_s, paced.lines) == ("Settle.", 4.0, ((0.0, "Round."), (2.0, "Arch.")))
    assert [paced.at(s) for s in (0, 1.9, 2.0, 3.9, 4.1)] == ["Round.", "Round.", "Arch.", "Arch.", "Round."]
    free = captions(replace(CAT_COW, dose=Dose(seconds=40)), movement, words)
    assert (free.period_s, free.lines) == (8.0, ((0.0, "Round."), (4.0, "Arch.")))


def test_a_session_needs_something_to_do() -> None:
    """A dose without seconds is refused."""
    with pytest.raises(InputError):
        replace(CAT_COW, dose=Dose(seconds=0))


def test_an_empty_wait_is_left_at_once() -> None:
    """With no time to get ready and no rest, work follows work in the same instant."""
    script = Script(items=(CAT_COW, OPENER), preferences=Preferences(ready_s=0, rest_s=0))
    state = fold(script, [Event(id="s", at=T0, kind="start")])
    for second in range(1, 41):
        state = apply(script, state, Event(id="", at=T0 + timedelta(seconds=second), kind="heartbeat"))
    assert (state.key, state.phase, state.unit_us) == ("c", "work", 0)
