"""The guided session as use cases: open it, post what happens, read where it stands. Next: page, terminal.

Every event is committed before its effect is shown. The log alone decides where a session stands, so a
reload, a killed server or a crash lead to the same second. An event carries an id of its sender's making and
counts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from midback.coach.cue import Cue, cues
from midback.coach.done import performances
from midback.coach.event import Event
from midback.coach.fold import advance, fold
from midback.coach.script import Preferences, Script, Sound
from midback.coach.state import SessionState
from midback.errors import Conflict, InputError, NotFound
from midback.plan.answers import CheckIn
from midback.store import adverse, checkins, sessions
from midback.store.codec import dump, load
from midback.store.engine import reading
from midback.store.events import BEAT

from .clearance import ask_again_in
from .driving import refuse_while_driving
from .house import House
from .planning import replan_where_possible_in
from .session_choice import Wish, choose_in
from .session_event import checked_data, checked_kind
from .session_instead import Instead, instead_in, substitute_in
from .session_open import require_still_open_in

ASK_AGAIN_AFTER = timedelta(hours=24)
# A session nobody came back to for so long is over; what was done in it counts.
LEFT_BEHIND = timedelta(hours=4)
# Whatever was answered meanwhile: pausing, ending, and saying how it is are never refused.
ALWAYS = frozenset({"pause", "hurts", "sound", "end", "after"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Where a session stands at ``now``.

    said : what to say and sound because of the last event
    ask_again_at : when the 24-hour question is due, once the session is over
    """

    id: str
    script: Script
    state: SessionState
    now: datetime
    created_at: datetime
    finished_at: datetime | None = None
    said: tuple[Cue, ...] = ()

    @property
    def ask_again_at(self) -> datetime | None:
        return None if self.finished_at is None else self.finished_at + ASK_AGAIN_AFTER


def open_session(
    house: House, person: str, session_id: str, wish: Wish, sound: Sound | None = None
) -> SessionView:
    """Lay out a session and keep it; the same id again returns the session that is there.

    A session left open before is closed with what was done in it.

    Raises
    ------
    SafetyStop : the warning-sign screen is due or said stop, the exercise is not open today, or the person drives
    Infeasible : nothing fits
    InputError : pain outside 0..10
    """
    if not 0 <= wish.pain <= 10:
        raise InputError(
            "The pain given is {pain}.",
            "It is a number from 0 to 10.",
            "Choose one.",
            values={"pain": wish.pain},
        )
    settings = house.settings
    preferences = Preferences(
        ready_s=settings.ready_s,
        change_s=settings.change_s,
        rest_s=settings.rest_s,
        sound=sound or settings.sound,
    )
    with house.engine.begin() as conn:
        if not _is_kept(conn, person, session_id):
            refuse_while_driving(conn, house, person)
            # First, so that what hurt too much in a session still open is not chosen again.
            _settle_in(conn, house, person, everything=True)
            items = choose_in(conn, house, person, wish)
            script = Script(
                items=items, preferences=preferences, pain_before=wish.pain, length_min=wish.length_min
            )
            sessions.create(conn, person, session_id, script, house.clock.now())
        return _view_in(conn, house, person, session_id)


def read_session(house: House, person: str, session_id: str) -> SessionView:
    """Return where a session stands now, without writing anything. Raises NotFound."""
    with reading(house.engine).begin() as conn:
        return _view_in(conn, house, person, session_id)


def require_going_on(house: House, person: str, session_id: str) -> None:
    """Raise SafetyStop when an open session may not go on under what was answered since."""
    with reading(house.engine).connect() as conn:
        view = _view_in(conn, house, person, session_id)
        if view.state.open_keys and view.finished_at is None:
            require_still_open_in(conn, house, person, view.script, view.state, view.created_at)


def post_event(
    house: House,
    person: str,
    session_id: str,
    event_id: str,
    kind: str,
    data: Mapping[str, Any] | None = None,
) -> SessionView:
    """Keep one event and return where the session stands after it; an id known already changes nothing.

    Raises
    ------
    InputError : an unknown kind, or data that does not fit it
    NotFound : no such session
    Conflict : the session is over
    SafetyStop : the session would go on although what was answered since does not allow it
    """
    named = checked_kind(kind)
    with house.engine.begin() as conn:
        kept = sessions.get(conn, person, session_id)
        script = load(Script, kept.script, "script")
        log = _log(conn, person, session_id)
        before = fold(script, log)
        now = house.clock.now()
        known = any(event.id == event_id for event in log)
        left_behind = now - (log[-1].last if log else kept.created_at) >= LEFT_BEHIND
        if (kept.finished_at or left_behind) and not known:
            if named == "heartbeat":
                return _view_in(conn, house, person, session_id)
            raise Conflict("This session is over.", "What was done in it is kept.", "Start a new one.")
        if named not in ALWAYS and not known:
            require_still_open_in(conn, house, person, script, before, kept.created_at)
        if named == "heartbeat":
            # Time only runs while running; a beat in a pause would say nothing.
            if before.status == "running":
                sessions.beat(conn, person, session_id, now)
        else:
            given = checked_data(named, data or {}, before)
            if named == "substitute":
                item = substitute_in(conn, house, person, script, before, given)
                given = {**{k: v for k, v in given.items() if k == "reason"}, "item": dump(item)}
            if not sessions.append(conn, person, session_id, event_id, now, named, given):
                return _view_in(conn, house, person, session_id)
        view = _after_event(conn, house, person, session_id, before)
    if view.finished_at is not None:
        house.changed(person)
    return view


def list_instead(house: House, person: str, session_id: str) -> tuple[Instead, ...]:
    """Return what could be done instead of the exercise at hand: same purpose, and it fits."""
    with house.engine.begin() as conn:
        view = _view_in(conn, house, person, session_id)
        return instead_in(conn, house, person, view.script, view.state)


def finish_left_behind(house: House, person: str) -> None:
    """Close sessions nobody came back to, with what was done in them."""
    with house.engine.begin() as conn:
        _settle_in(conn, house, person)


def _after_event(
    conn: Connection, house: House, person: str, session_id: str, before: SessionState
) -> SessionView:
    view = _view_in(conn, house, person, session_id)
    if view.finished_at is None and view.state.status in ("closed", "stopped"):
        _finish_in(conn, house, person, view)
        view = _view_in(conn, house, person, session_id)
    return replace(view, said=cues(before, view.state))


def _view_in(conn: Connection, house: House, person: str, session_id: str) -> SessionView:
    kept = sessions.get(conn, person, session_id)
    if kept.script == sessions.BY_HAND:
        raise InputError("That entry was made by hand.", "Only guided sessions can be played.")
    script = load(Script, kept.script, "script")
    now = house.clock.now()
    state = fold(script, _log(conn, person, session_id))
    if state.confirmed_at is not None and now >= state.confirmed_at:
        state = advance(script, state, now)
    return SessionView(
        id=session_id,
        script=script,
        state=state,
        now=now,
        created_at=kept.created_at,
        finished_at=kept.finished_at,
    )


def _is_kept(conn: Connection, person: str, session_id: str) -> bool:
    try:
        sessions.get(conn, person, session_id)
    except NotFound:
        return False
    return True


def _log(conn: Connection, person: str, session_id: str) -> list[Event]:
    return [
        Event(
            id=kept.event_id,
            at=kept.at,
            kind="heartbeat" if kept.kind == BEAT else checked_kind(kept.kind),
            data=kept.data,
            until=kept.until if kept.until > kept.at else None,
        )
        for kept in sessions.events(conn, person, session_id)
    ]


def _finish_in(conn: Connection, house: House, person: str, view: SessionView) -> None:
    """Store what was done. A new warning sign is also logged as adverse, and brings the screen back."""
    at = house.clock.now()
    done = performances(view.script, view.state, view.id)
    sessions.finish(conn, person, view.id, at, done)
    if any(performance.stopped for performance in done):
        # What hurt too much leaves the rest of today's plan at once.
        replan_where_possible_in(conn, house, person)
    if view.state.stop is None or view.state.hurt is None:
        return
    hurt = view.state.hurt
    exercise_id = view.state.items[hurt.key].exercise_id
    ask_again_in(conn, person, "triage.due-worse")
    checkins.add(conn, person, CheckIn(at=at, pain_now=hurt.pain, worse=True, session_id=view.id))
    adverse.add(
        conn,
        person,
        adverse.AdverseEvent(
            at=at,
            what=view.state.stop.message_id,
            exercise_id=exercise_id,
            session_id=view.id,
            severity="severe",
        ),
    )


def _settle_in(conn: Connection, house: House, person: str, everything: bool = False) -> None:
    """Close the open sessions that were left behind, or all of them, without answers nobody gave."""
    while (session_id := sessions.open_session(conn, person)) is not None:
        script = load(Script, sessions.get(conn, person, session_id).script, "script")
        log = _log(conn, person, session_id)
        created = sessions.get(conn, person, session_id).created_at
        last = log[-1].last if log else created
        if not everything and house.clock.now() - last < LEFT_BEHIND:
            return
        if not log:
            sessions.remove(conn, person, session_id)
            continue
        for kind in ("end", "after"):
            sessions.append(conn, person, session_id, f"settled-{kind}", last, kind, {})
        state = fold(script, _log(conn, person, session_id))
        sessions.finish(conn, person, session_id, last, performances(script, state, session_id))
