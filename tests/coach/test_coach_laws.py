"""Laws of the fold, for any sequence of events and any times."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from coach_rig import CAT_COW, NEEDLE, OPENER, T0, a_script
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.coach.cue import ahead, cues, entry, standing
from midback.coach.done import items_done, left_s, performances
from midback.coach.event import Event
from midback.coach.fold import MAX_GAP, apply, fold, opening
from midback.coach.script import Script
from midback.coach.state import SessionState
from midback.plan.pain import SIGNS
from midback.plan.performance import SKIP_REASONS
from midback.store.codec import dump

pains = st.one_of(st.none(), st.integers(0, 10))
SUBSTITUTE = dump(replace(CAT_COW, key="s", variant_id="seated"))

deeds = st.one_of(
    st.sampled_from(
        ["start", "pause", "resume", "back", "next", "repeat", "extend", "shorten", "plus_one", "defer"]
    ).map(lambda kind: (kind, {})),
    st.tuples(st.just("skip"), st.fixed_dictionaries({"reason": st.sampled_from([*SKIP_REASONS, "bored"])})),
    st.tuples(st.just("jump"), st.fixed_dictionaries({"to": st.sampled_from(["a", "b", "c", "s", "?"])})),
    st.tuples(st.just("hurts"), st.fixed_dictionaries({"pain": pains})),
    st.tuples(st.just("substitute"), st.just({"item": SUBSTITUTE, "reason": "no-space"})),
    st.tuples(
        st.just("sound"), st.fixed_dictionaries({"sound": st.sampled_from(["voice", "silent", "loud"])})
    ),
)
rare = st.one_of(
    st.just(("end", {})),
    st.tuples(st.just("hurts"), st.fixed_dictionaries({"sign": st.sampled_from(SIGNS)})),
    st.tuples(
        st.just("after"), st.fixed_dictionaries({"pain": pains, "effort": st.sampled_from(["easy", "hard"])})
    ),
)
# Seconds between events, now and then a gap, a clock set back, or a fraction no binary float holds.
waits = st.one_of(
    st.integers(0, 10_000_000), st.integers(8_000_000, 10_000_000), st.integers(-20_000_000, 40_000_000)
)
scripts = st.builds(
    lambda ready, change, rest, pain: a_script(ready_s=ready, change_s=change, rest_s=rest, pain_before=pain),
    st.sampled_from([0, 5, 15]),
    st.integers(5, 10),
    st.sampled_from([0, 15]),
    pains,
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Return a log that begins with the start and is mostly heartbeats."""
    at, events = T0, [Event(id="0", at=T0, kind="start")]
    beats = st.just(("heartbeat", {}))
    for number in range(1, draw(st.integers(1, 60))):
        kind, data = draw(
            st.one_of(beats, beats, beats, deeds, deeds, rare) if number % 8 == 0 else beats | deeds
        )
        at += timedelta(microseconds=draw(waits))
        events.append(Event(id=str(number), at=at, kind=kind, data=data))
    return events


def done_us(state: SessionState) -> int:
    """Return all working time counted."""
    return sum(sum(record.done_us.values()) for record in state.records.values())


def by_hand(state: SessionState) -> int:
    """Return all repetitions entered by hand."""
    return sum(sum(record.by_hand.values()) for record in state.records.values())


def without_count(state: SessionState) -> SessionState:
    """Return a state without the ids it has seen."""
    return replace(state, seen=frozenset())


@given(scripts, logs())
def test_work_never_exceeds_the_time_that_was_confirmed(script: Script, events: list[Event]) -> None:
    """Done time is at most the time that ran, and that is at most the sum of the gaps of up to 10 seconds."""
    state = fold(script, events)
    gaps = [later.at - sooner.at for sooner, later in pairwise(events)]
    confirmed = sum((gap for gap in gaps if timedelta() <= gap <= MAX_GAP), timedelta())
    assert done_us(state) <= state.confirmed_us <= confirmed // timedelta(microseconds=1)


@given(scripts, logs(), st.data())
def test_splitting_the_heartbeats_changes_nothing(
    script: Script, events: list[Event], data: st.DataObject
) -> None:
    """More heartbeats in between give exactly the same state."""
    finer: list[Event] = []
    for sooner, later in pairwise(events):
        finer.append(sooner)
        gap = later.at - sooner.at
        if timedelta() < gap <= MAX_GAP:
            parts = sorted(data.draw(st.lists(st.integers(0, gap // timedelta(microseconds=1)), max_size=3)))
            finer += [
                Event(id=f"{sooner.id}+{n}", at=sooner.at + timedelta(microseconds=part), kind="heartbeat")
                for n, part in enumerate(parts)
            ]
    finer.append(events[-1])
    assert fold(script, finer) == fold(script, events)


@given(scripts, logs())
def test_merging_heartbeats_changes_nothing(script: Script, events: list[Event]) -> None:
    """A run of heartbeats kept as one stretch, as the store keeps it, gives exactly the same state."""
    merged: list[Event] = []
    for event in events:
        last = merged[-1] if merged else None
        if last and last.kind == event.kind == "heartbeat" and timedelta() <= event.at - last.last <= MAX_GAP:
            merged[-1] = replace(last, until=event.at)
        else:
            merged.append(event)
    assert fold(script, merged) == fold(script, events)


@given(scripts, logs(), st.data())
def test_sending_an_event_twice_counts_once(script: Script, events: list[Event], data: st.DataObject) -> None:
    """A retried event, right away or later in the log, changes nothing but the instant last heard of."""
    doubled = [
        copy for event in events for copy in ((event, event) if data.draw(st.booleans()) else (event,))
    ]
    assert fold(script, doubled) == fold(script, events)


@given(scripts, logs(), st.data())
def test_a_late_copy_of_an_event_does_nothing(
    script: Script, events: list[Event], data: st.DataObject
) -> None:
    """Whatever was seen once is never applied again."""
    state = fold(script, events)
    named = [event for event in events if event.kind != "heartbeat"]
    assert apply(script, state, data.draw(st.sampled_from(named))) == state


@given(scripts, logs(), st.integers(11, 100_000))
def test_a_gap_adds_nothing(script: Script, events: list[Event], seconds: int) -> None:
    """Silence of more than 10 seconds adds no time at all and leaves nothing running."""
    before = fold(script, events)
    after = apply(
        script, before, Event(id="", at=events[-1].at + timedelta(seconds=seconds), kind="heartbeat")
    )
    assert done_us(after) == done_us(before)
    assert after.confirmed_us == before.confirmed_us
    assert (after.key, after.unit, after.phase, after.elapsed_us) == (
        before.key,
        before.unit,
        before.phase,
        before.elapsed_us,
    )
    assert after.status != "running"


@given(scripts, logs())
def test_nothing_done_is_ever_lost(script: Script, events: list[Event]) -> None:
    """Whatever the person does, time and repetitions on each side only grow."""
    state = opening(script)
    for event in events:
        after = apply(script, state, event)
        for key, record in state.records.items():
            now = after.records[key]
            assert all(now.done_us.get(side, 0) >= us for side, us in record.done_us.items())
            assert all(now.by_hand.get(side, 0) >= n for side, n in record.by_hand.items())
            assert now.pain_during is record.pain_during or (now.pain_during or 0) >= (
                record.pain_during or 0
            )
        state = after


@given(scripts, logs(), st.data())
def test_a_prefix_folds_like_the_whole(script: Script, events: list[Event], data: st.DataObject) -> None:
    """Folding on from a prefix's state gives the same as folding everything at once."""
    cut = data.draw(st.integers(0, len(events)))
    assert fold(script, events[cut:], since=fold(script, events[:cut])) == fold(script, events)


@given(scripts, logs())
def test_the_state_always_makes_sense(script: Script, events: list[Event]) -> None:
    """At every step the phase has time left unless the session is over, and every reading of it works."""
    state = opening(script)
    for event in events:
        after = apply(script, state, event)
        assert 0 <= after.elapsed_us <= after.phase_us
        assert set(after.order) == set(after.items) == set(after.records)
        assert len(after.order) == len(set(after.order))
        if after.status == "running":
            assert after.remaining_us > 0
            assert after.record.closed == "open"
        assert all(
            0 < timed.at_us <= after.remaining_us for timed in ahead(after) if after.status == "running"
        )
        assert left_s(script, after) >= 0
        cues(state, after), entry(after), standing(after), items_done(after)
        for one in performances(script, after):
            assert one.done_s * 1_000_000 <= after.confirmed_us + 1
        state = after


@given(scripts, logs())
def test_what_hurt_too_much_is_never_worked_again(script: Script, events: list[Event]) -> None:
    """What was stopped, or skipped for pain, gets no further second in the session and stays known as that."""
    state = opening(script)
    for event in events:
        after = apply(script, state, event)
        for key, record in state.records.items():
            if record.stopped:
                assert after.records[key].done_us == record.done_us
                assert after.records[key].closed == "stopped"
            elif record.skipped == "pain" and record.closed == "skipped":
                assert after.records[key].done_us == record.done_us
                assert after.records[key].skipped == "pain"
        state = after


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from([CAT_COW, NEEDLE, OPENER]), min_size=1, max_size=3, unique=True),
    st.integers(1, 10),
)
def test_left_alone_a_session_gives_exactly_what_was_planned(items: list, beat: int) -> None:
    """With nothing but heartbeats every side gets its full dose, whatever the rhythm of the beats."""
    script = a_script(*items)
    state = fold(script, [Event(id="s", at=T0, kind="start")])
    needed = left_s(script, state)
    at, beats = T0, 0
    while state.status == "running":
        at += timedelta(seconds=beat)
        beats += beat
        state = apply(script, state, Event(id="", at=at, kind="heartbeat"))
    assert needed <= beats < needed + beat
    for line in items_done(state):
        assert line.closed == "through"
        assert all(side.done_s == side.planned_s and side.complete for side in line.sides)
