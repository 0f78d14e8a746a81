"""What the background process goes by. In: the person's data and wishes. Out: orders.json. Next: that process.

The orders hold everything it has to know, in the person's language, so that it needs no database. They are
written whole, readable by their owner alone, and only when they say something else than before.
"""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from midback import locale
from midback.body.evidence import write_instant
from midback.body.exposure import LONGEST_DRIVE, from_person
from midback.body.stillness import MOVED_S
from midback.catalogue.exercise import Place
from midback.errors import Conflict, Infeasible, InputError, MidbackError, SafetyStop, Unavailable
from midback.plan.decide import with_planned
from midback.plan.interruptions import ANSWERS, BreakPreferences
from midback.store import bouts, codec, intakes, pauses, performances, preferences, said, snapshot
from midback.store.faults import of_system
from midback.store.watch_files import ORDERS_FILE, folder_of, read_instant, read_object

from .break_times import break_rule_in, pause_of, place_of
from .busy import busy_in
from .camera_places import camera_orders_in
from .clearance import clearance_in, due_in, holds_until_in
from .clock import at_minute, local, minute_of, today_of
from .driving import driving_in
from .house import House
from .items import match
from .later import later_in
from .planning import PlanView, current_in
from .sensed_bouts import moved_in
from .watching_texts import TAKE_OFF, TEXTS
from .wear import worn_in

WISHES = "watch"
VERSION = 1
SAID_OF: Final = timedelta(days=1)
MOST_SAID = 20
BUSY_AHEAD: Final = timedelta(days=14)


def orders_changed(house: House, person: str) -> None:
    """Write the orders after something changed. Where that fails what was asked for is done all the same.

    Then the old ones go, for they may ask for what is not open any more: without orders nothing is said, and the
    background process has them made anew. ``watch_state`` shows how old they are.
    """
    try:
        write_orders(house, person)
    except (Unavailable, Conflict):
        with suppress(OSError):
            (folder_of(house.data_dir) / ORDERS_FILE).unlink(missing_ok=True)


def write_orders(house: House, person: str) -> bool:
    """Write the orders where they differ from those that are there; return whether they were written.

    Raises Unavailable when the folder cannot be written.
    """
    folder = folder_of(house.data_dir)
    path = folder / ORDERS_FILE
    fault: MidbackError | None = None
    with house.engine.begin() as conn:
        made = orders_in(conn, house, person)
        was = read_object(path)
        if was is not None and {**was, "made_at": ""} == {**made, "made_at": ""} and _of_today(house, was):
            return False
        # Before the transaction ends: whoever writes later knows more, so no old orders come after new ones.
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            snapshot.write(path, [json.dumps(made, ensure_ascii=False, indent=1), "\n"])
        except OSError as exc:
            fault = of_system(exc, str(folder))
        except Unavailable as exc:
            fault = exc
    if fault is not None:
        raise fault
    return True


def make_orders(house: House, person: str) -> dict[str, Any]:
    """Return the orders as the background process reads them."""
    with house.engine.begin() as conn:
        return orders_in(conn, house, person)


def orders_in(conn: Connection, house: House, person: str) -> dict[str, Any]:
    """Like ``make_orders``, inside an open transaction."""
    wanted = house.settings.language
    # A language that is not there is English here: what was asked for is done, whatever the settings say.
    language = locale.system_language() if wanted == "auto" else locale.best(wanted)
    translate = locale.translations(language).gettext
    now, today = house.clock.now(), today_of(house.clock)
    view = _plan(conn, house, person)
    pause = pause_of(tuple(pauses.listed(conn, person)), today)
    intake, clearance = intakes.latest(conn, person), clearance_in(conn, person)
    rule = break_rule_in(conn, house, person, intake, clearance, view, pause, today)
    rule_until = None if rule is None else holds_until_in(conn, person)
    planned = () if intake is None else _planned(conn, house, person, view, place_of(intake))
    going, worn, later = (
        driving_in(conn, house, person),
        worn_in(conn, person),
        later_in(conn, house, person),
    )
    own = [bout for bout in bouts.between(conn, person, now - SAID_OF, now) if from_person(bout)]
    moving = moved_in(conn, house, person, now - SAID_OF, now)
    busy = busy_in(conn, person, now, now + BUSY_AHEAD)
    wishes = watch_in(conn, person)
    answers = [
        {"at": write_instant(row.at), "kind": row.kind, "movement": row.movement}
        for row in said.said_between(conn, person, now - SAID_OF, now + timedelta(minutes=1))
        if row.kind in ANSWERS
    ]
    moved = _moved_last(conn, house, person)
    if rule is not None:
        rule = with_planned(rule, [(exercise, variant) for _minute, exercise, variant in planned])
        rule = rule if rule.movements else None
    named = [exercise for exercise, _ in (*rule.movements, *rule.on_the_road)] if rule else []
    return {
        "version": VERSION,
        "made_at": write_instant(now),
        "language": language,
        "timezone": house.settings.timezone,
        "rule": None
        if rule is None
        else {
            "after_s": rule.after_s,
            "length_s": rule.length_s,
            "hourly_s": rule.hourly_s,
            "movements": [list(movement) for movement in rule.movements],
            "on_the_road": [list(movement) for movement in rule.on_the_road],
            "reasons": [[reason.message_id, dict(reason.values)] for reason in rule.reasons],
            "rule_version": rule.rule_version,
        },
        "rule_until": None if rule_until is None else write_instant(rule_until),
        "preferences": {
            **codec.dump(wishes),
            "hours": {str(day): list(hours) for day, hours in sorted(wishes.hours.items())},
        },
        "movements": {
            name: {"title": text[0], "cue": text[1]}
            for name in dict.fromkeys(named)
            if (text := _words(house, name, language))
        },
        "texts": {key: phrase.said(translate) for key, phrase in TEXTS.items()},
        "bouts": [
            [write_instant(bout.start), write_instant(bout.end), bout.activity] for bout in (*moving, *own)
        ],
        "busy": [[write_instant(start), write_instant(end)] for start, end in busy],
        "driving_since": write_instant(going.since) if going and now - going.since <= LONGEST_DRIVE else None,
        "worn": None
        if worn is None
        else {
            "exercise": worn.exercise_id,
            "until": write_instant(worn.until),
            "text": _take_off(house, worn.exercise_id, language),
        },
        "quiet_until": write_instant(later.until) if later.until else None,
        "planned": [list(item) for item in planned],
        "camera": camera_orders_in(conn, person),
        "said": [*answers[-MOST_SAID:], *moved],
    }


def watch_in(conn: Connection, person: str) -> BreakPreferences:
    """Like ``read_watch``, inside an open transaction; what cannot be read any more is the default."""
    kept = preferences.read(conn, person, WISHES)
    if kept is None:
        return BreakPreferences()
    try:
        return codec.load(BreakPreferences, kept)
    except InputError:
        return BreakPreferences()


def _plan(conn: Connection, house: House, person: str) -> PlanView | None:
    """Return today's plan where there is one: screened, told about, not stopped."""
    clearance = clearance_in(conn, person)
    if clearance is None or clearance.level == "stop" or intakes.latest(conn, person) is None:
        return None
    if due_in(conn, house, person).due:
        return None
    try:
        return current_in(conn, house, person)
    except (SafetyStop, Infeasible):
        return None


def _planned(
    conn: Connection, house: House, person: str, view: PlanView | None, place: Place
) -> tuple[tuple[int, str, str], ...]:
    """Return today's short movements for a place that are not done yet."""
    if view is None:
        return ()
    today, exercises = today_of(house.clock), house.catalogue.exercises
    performed = performances.performances(conn, person, at_minute(house.clock, today, 0))
    shown = match(view.plan.on(today), performed, minute_of(local(house.clock)))
    return tuple(
        (one.item.minute, one.item.exercise_id, one.item.variant_id)
        for one in shown
        if one.status in ("now", "later")
        and (exercise := exercises.get(one.item.exercise_id)) is not None
        and exercise.family == "break"
        and one.item.place == place
    )


def _moved_last(conn: Connection, house: House, person: str) -> list[dict[str, str]]:
    """Return the last movement that was done, in a session or by hand, as the answer it is to a prompt."""
    now = house.clock.now()
    for row in reversed(performances.done(conn, person, now - SAID_OF, now + timedelta(seconds=1))):
        exercise = house.catalogue.exercises.get(row.exercise_id)
        if row.done_s >= MOVED_S and (exercise is None or exercise.family != "worn"):
            return [{"at": write_instant(row.at), "kind": "done", "movement": row.exercise_id}]
    return []


def _words(house: House, exercise_id: str, language: str) -> tuple[str, str] | None:
    exercise = house.catalogue.exercises.get(exercise_id)
    if exercise is None:
        return None
    text = exercise.text.get(language) or exercise.text["en"]
    return text.title, text.short


def _take_off(house: House, exercise_id: str, language: str) -> str:
    words = _words(house, exercise_id, language)
    translate = locale.translations(language).gettext
    return replace(TAKE_OFF, values={"exercise": words[0] if words else exercise_id}).said(translate)


def _of_today(house: House, was: dict[str, Any]) -> bool:
    """Say whether orders were made on this local day; old ones are written again to show that they hold."""
    made = read_instant(was.get("made_at"))
    try:
        return made is not None and local(house.clock, made).date() == today_of(house.clock)
    except OverflowError:  # the first or last day there is
        return False
