"""Is this an event the session can keep? In: kind and data from a door. Out: checked data. Next: session."""

from collections.abc import Callable, Mapping
from typing import Any

from midback.coach.event import KINDS, Kind
from midback.coach.script import SOUNDS
from midback.coach.state import SessionState
from midback.errors import InputError, NotFound
from midback.plan.pain import SIGNS
from midback.plan.performance import SKIP_REASONS

EFFORTS = ("easy", "ok", "hard")
Checked = dict[str, Any]


def checked_kind(kind: str) -> Kind:
    """Return the kind of an event, or raise InputError naming the ones there are."""
    if kind not in KINDS:
        raise InputError(
            "{kind!r} is not something a session knows.",
            "It knows: {known}.",
            values={"kind": kind[:40], "known": ", ".join(KINDS)},
        )
    return kind


def checked_data(kind: Kind, data: Mapping[str, Any], state: SessionState) -> Checked:
    """Return only what this kind of event needs, or raise InputError saying what is wrong with it."""
    check = _CHECKS.get(kind)
    return {} if check is None else check(data, state)


def _start(data: Mapping[str, Any], state: SessionState) -> Checked:
    return {} if data.get("sound") is None else {"sound": _one_of("sound", data.get("sound"), SOUNDS)}


def _sound(data: Mapping[str, Any], state: SessionState) -> Checked:
    return {"sound": _one_of("sound", data.get("sound"), SOUNDS)}


def _skip(data: Mapping[str, Any], state: SessionState) -> Checked:
    return {"reason": _one_of("reason", data.get("reason"), SKIP_REASONS)}


def _substitute(data: Mapping[str, Any], state: SessionState) -> Checked:
    wanted = {name: data.get(name) for name in ("exercise", "variant")}
    if not all(isinstance(value, str) for value in wanted.values()):
        raise InputError("It does not say what to do instead.", "It names an exercise and a variant.")
    reason = data.get("reason")
    return wanted if reason is None else {**wanted, "reason": _one_of("reason", reason, SKIP_REASONS)}


def _jump(data: Mapping[str, Any], state: SessionState) -> Checked:
    key = data.get("to")
    if not isinstance(key, str) or key not in state.items:
        raise NotFound("That exercise is not in this session.", "", "Choose one from the list.")
    return {"to": key}


def _hurts(data: Mapping[str, Any], state: SessionState) -> Checked:
    sign, pain = data.get("sign"), _pain(data.get("pain"))
    if sign is not None:
        return {"sign": _one_of("sign", sign, SIGNS), "pain": pain}
    if pain is None:
        raise InputError("It does not say how much it hurts.", "Pain goes from 0 to 10.", "Give a number.")
    return {"pain": pain}


def _after(data: Mapping[str, Any], state: SessionState) -> Checked:
    efforts = data.get("efforts") or {}
    if not isinstance(efforts, Mapping):
        raise InputError("The efforts cannot be read.", "They are an effort for each exercise.")
    effort = data.get("effort")
    return {
        "pain": _pain(data.get("pain")),
        "effort": None if effort is None else _one_of("effort", effort, EFFORTS),
        "efforts": {
            key: _one_of("effort", value, EFFORTS)
            for key, value in efforts.items()
            if key in state.items and value is not None
        },
    }


def _looking(data: Mapping[str, Any], state: SessionState) -> Checked:
    return _unit(data) | {"on": data.get("on") is True}


def _counted(data: Mapping[str, Any], state: SessionState) -> Checked:
    number = data.get("repetitions", 1)
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 20:
        raise InputError(
            "The repetitions seen are {value}.",
            "They are a whole number from 1 to 20.",
            values={"value": str(number)[:20]},
        )
    more = {
        name: _amount(data[name], 600) for name in ("range", "seconds", "t") if data.get(name) is not None
    }
    return _unit(data) | {"repetitions": number} | more


def _held(data: Mapping[str, Any], state: SessionState) -> Checked:
    return _unit(data) | {"seconds": _amount(data.get("seconds"), 3600)}


def _unit(data: Mapping[str, Any]) -> Checked:
    key, unit = data.get("key"), data.get("unit")
    if not isinstance(key, str) or len(key) > 200 or isinstance(unit, bool) or not isinstance(unit, int):
        raise InputError("It does not say what was looked at.", "It names an exercise and its set and side.")
    return {"key": key, "unit": unit}


def _amount(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise InputError(
            "What was seen is {value}.",
            "It is a number from 0 to {most}.",
            values={"value": str(value)[:20], "most": most},
        )
    return float(value)


def _pain(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
        raise InputError(
            "The pain given is {value}.",
            "It is a whole number from 0 to 10.",
            values={"value": str(value)[:20]},
        )
    return value


def _one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise InputError(
            "The {name} given is {value!r}.",
            "Known: {known}.",
            values={"name": name, "value": str(value)[:40], "known": ", ".join(known)},
        )
    return value


_CHECKS: Mapping[Kind, Callable[[Mapping[str, Any], SessionState], Checked]] = {
    "start": _start,
    "sound": _sound,
    "skip": _skip,
    "substitute": _substitute,
    "jump": _jump,
    "hurts": _hurts,
    "looking": _looking,
    "counted": _counted,
    "held": _held,
    "after": _after,
}
