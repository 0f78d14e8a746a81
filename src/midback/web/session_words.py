"""A session's state in words for the page. In: SessionView. Out: JSON. Next: session_routes, session.js.

The page gets lengths of time from now, never instants of this machine's clock, and turns them into deadlines.
"""

from typing import Any

from starlette.requests import Request

from midback.app.checkable import signal_of, view_of
from midback.app.session import SessionView
from midback.app.session_instead import Instead
from midback.catalogue.exercise import Exercise
from midback.coach.caption import captions
from midback.coach.cue import Cue, ahead, entry, standing
from midback.coach.done import left_s
from midback.coach.fold import MAX_GAP
from midback.coach.script import SECOND, Item
from midback.coach.state import SessionState
from midback.plan.performance import Side, SideDone

from .i18n import _, ngettext
from .picture import figure_url
from .render import house_of
from .saying import dose_words, in_language, say, text_of

Words = dict[str, Any]
STILL_OPEN = ("waiting", "running", "paused")


def state_words(request: Request, view: SessionView) -> Words:
    """Return everything the session page shows and sounds."""
    state = view.state
    item = state.item
    return {
        "id": view.id,
        "status": state.status,
        "paused_by": state.paused_by,
        "entries": state.entries,
        "sound": state.sound,
        "phase": state.phase,
        "phase_name": phase_name(state),
        "phase_s": state.phase_us / SECOND,
        "remaining_s": state.remaining_us / SECOND,
        "unit_s": state.unit_us / SECOND,
        "max_gap_s": MAX_GAP.total_seconds(),
        "left_s": left_s(view.script, state),
        "count": count_words(state),
        "item": item_words(request, item) | {"side": side_words(state.at_unit.side), "set": set_words(state)},
        "camera": camera_words(request, item),
        "hint": hint_words(request, state),
        "figure": figure_words(request, state),
        "next": next_words(request, state),
        "list": list_words(request, state),
        "enter": [cue_words(request, cue) for cue in entry(state)],
        "standing": [cue_words(request, cue) for cue in standing(state)],
        "ahead": [cue_words(request, timed.cue) | {"in_s": timed.at_us / SECOND} for timed in ahead(state)],
        "hurt": None
        if state.hurt is None
        else {"action": state.hurt.action, "text": " ".join(say(request, [state.hurt.reason]))},
    }


def cue_words(request: Request, cue: Cue) -> Words:
    """Return one cue in the language of the page."""
    said = " ".join(say(request, [cue.say])) if cue.say else ""
    return {"id": cue.id, "tone": cue.tone, "say": said, "live": cue.live}


def phase_name(state: SessionState) -> str:
    """Name what is going on."""
    if state.status == "paused":
        return _("Paused")
    return {
        "ready": _("Get ready"),
        "work": _("Go"),
        "change": _("Change sides"),
        "rest": _("Rest"),
    }[state.phase]


def side_words(side: Side) -> str:
    """Name the side that is at work; nothing when both are."""
    return {"left": _("left side"), "right": _("right side")}.get(side, "")


def set_words(state: SessionState) -> str:
    """Say which set it is; nothing when there is one only."""
    sets = state.item.dose.sets
    return "" if sets == 1 else _("set {n} of {sets}").format(n=state.at_unit.set + 1, sets=sets)


def count_words(state: SessionState) -> Words | None:
    """Return the repetitions counted, by pace and by hand, or None when there are none to count."""
    done, tempo = state.repetitions, state.item.tempo_us
    if done is None:
        return None
    return {
        "done": done,
        "of": None if tempo is None else state.work_us // tempo,
        "by_hand": state.unit_by_hand + state.unit_by_camera,
        "paced_s": (state.unit_us - state.unit_seen_us) / SECOND,
        "seen": state.unit_by_camera,
        "looking": state.looking_us > 0,
        "every_s": None if tempo is None else tempo / SECOND,
    }


def item_words(request: Request, item: Item) -> Words:
    """Return title, purpose and dose of an item."""
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    gear = house_of(request).catalogue.gear
    return {
        "key": item.key,
        "title": title_of(exercise, item.variant_id),
        "purpose": text_of(exercise).purpose,
        "dose": dose_words(item.dose, len(item.sides)),
        "gear": [in_language(gear[thing].name) for thing in item.gear if thing in gear],
    }


def camera_words(request: Request, item: Item) -> Words:
    """Return whether a camera can count this item, and where it should look from."""
    signal, view = signal_of(house_of(request), item), view_of(house_of(request), item)
    return {
        "signal": signal,
        "note": {
            "none": _("A camera cannot check this one. Everything else is the same."),
            "untried": _("Not yet tried on recordings of people: take its count with a grain of salt."),
        }.get(signal, ""),
        "place": {
            "side": _("Put the camera to your side, low, 2 to 3 m away, so that it sees all of you."),
            "front": _("Put the camera in front of you, 2 to 3 m away, so that it sees all of you."),
            "back": _("Put the camera behind you, 2 to 3 m away, so that it sees all of you."),
        }.get(view or "", "")
        if signal != "none"
        else "",
    }


def title_of(exercise: Exercise, variant_id: str) -> str:
    """Name an exercise done in one way."""
    text = text_of(exercise)
    if len(exercise.variants) == 1:
        return text.title
    return f"{text.title}, {text.variants[variant_id].name}"


def hint_words(request: Request, state: SessionState) -> Words:
    """Return the sentence for getting ready and those that follow the movement, with their times in s."""
    exercise = house_of(request).catalogue.exercise(state.item.exercise_id)
    words = text_of(exercise).variants[state.item.variant_id]
    said = captions(state.item, exercise.movement_of(state.item.variant_id), words.cues, words.steps[0])
    return {
        "ready": said.ready,
        "period_s": said.period_s,
        "cycle_s": said.cycle_s,
        "cues": [{"at": at, "text": text} for at, text in said.lines],
        "smaller": state.record.range_scale < state.item.range_scale,
    }


def figure_words(request: Request, state: SessionState) -> Words:
    """Return the address of the moving figure for this item, side and range."""
    item = state.item
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    if exercise.movement_of(item.variant_id) is None:
        return {"src": "", "still": "", "label": ""}
    scale = round(item.dose.range * state.record.range_scale, 2)
    side = state.at_unit.side
    moving, still = (figure_url(request, exercise, item.variant_id, side, kind) for kind in ("json", "svg"))
    return {
        "src": f"{moving}&range={scale:g}",
        "still": f"{still}&range={scale:g}",
        "label": text_of(exercise).variants[item.variant_id].picture,
    }


def next_words(request: Request, state: SessionState) -> Words | None:
    """Return what follows: the other side, another set, the next exercise; None at the end."""
    units = state.item.units
    # While waiting for something new, that is what is next; its picture is asked for small.
    if state.phase == "rest" and state.unit == 0:
        return _next(request, state.item, units[0].side)
    if state.unit + 1 < len(units):
        return _next(request, state.item, units[state.unit + 1].side)
    here = state.order.index(state.key)
    for key in state.order[here + 1 :] + state.order[:here]:
        if state.records[key].closed == "open":
            item = state.items[key]
            return _next(request, item, item.units[state.records[key].unit].side)
    return None


def _next(request: Request, item: Item, side: Side) -> Words:
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    moves = exercise.movement_of(item.variant_id) is not None
    still = figure_url(request, exercise, item.variant_id, side, "svg", "thumb") if moves else ""
    return item_words(request, item) | {"side": side_words(side), "still": still}


def list_words(request: Request, state: SessionState) -> list[Words]:
    """Return every item for the progress line and the jump list, with how far it is."""
    found = []
    for key in state.order:
        item, record = state.items[key], state.records[key]
        planned = item.work_us * len(item.units)
        share = min(1.0, sum(record.done_us.values()) / planned)
        here = key == state.key and state.status in STILL_OPEN
        found.append(
            item_words(request, item)
            | {
                "closed": record.closed,
                "here": here,
                "share": 1.0 if record.closed == "through" and share > 0 else round(share, 3),
                "open": record.may_go_on,
                "note": closed_name(record.closed) if not here else _("now"),
            }
        )
    return found


def closed_name(closed: str) -> str:
    """Say how an item ended."""
    return {
        "through": _("done"),
        "skipped": _("skipped"),
        "stopped": _("stopped"),
        "replaced": _("replaced"),
    }.get(closed, _("to come"))


def instead_words(request: Request, options: tuple[Instead, ...]) -> list[Words]:
    """Name what could be done instead."""
    catalogue = house_of(request).catalogue
    return [
        {
            "exercise": option.exercise_id,
            "variant": option.variant_id,
            "title": title_of(catalogue.exercise(option.exercise_id), option.variant_id),
            "exact": option.exact,
        }
        for option in options
    ]


def skip_reasons() -> list[tuple[str, str]]:
    """Return the reasons for skipping, in the order they are offered."""
    return [
        ("no-time", _("No time")),
        ("no-gear", _("The gear is not here")),
        ("no-space", _("No room for it")),
        ("too-hard", _("Too hard today")),
        ("too-easy", _("Too easy")),
        ("dislike", _("I don't like this one")),
        ("pain", _("It hurts")),
    ]


def signs() -> list[tuple[str, str]]:
    """Return the new warning signs that end a session."""
    return [
        ("numbness", _("New numbness or tingling")),
        ("weakness", _("New weakness in an arm or a leg")),
        ("chest-pain", _("Chest pain or tightness")),
        ("breathless", _("Short of breath")),
        ("dizzy", _("Dizzy or faint")),
    ]


def seen_words(side: SideDone, by_hand: int) -> str:
    """Say how many of a side's repetitions a camera counted, and where it saw none, that the pace did."""
    if side.seen_repetitions:
        return _("{n} of them by camera").format(n=side.seen_repetitions)
    paced = (side.done_repetitions or 0) > by_hand
    return _("the camera saw 0; counted by pace") if paced else _("the camera saw 0")


def repetitions_words(count: int) -> str:
    """Say how many repetitions."""
    return ngettext("{n} repetition", "{n} repetitions", count).format(n=count)
