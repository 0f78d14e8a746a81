"""What app wants of the background process. In: DATA/watch/orders.json. Out: Orders. Next: watch, talk.

The reader takes what it understands and leaves the rest: a file that is broken or missing means no rule, so
midback senses and says nothing, and never that the loop ends.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast, get_args

from midback.body.evidence import FIRST_YEAR, LAST_YEAR
from midback.body.exposure import ACTIVITIES, Bout
from midback.plan.break_rule import BreakRule
from midback.plan.interruptions import ALWAYS, ANSWERS, HOLDS, BreakPreferences, Said
from midback.reasons import Reason, Value

ORDERS_FILE = "orders.json"
LARGEST = 5_000_000
VALUE_TYPES: Final = get_args(Value)
SAID: Final = frozenset({"notice", "prompt", *ANSWERS})
# The camera is closed at least nine tenths of the time.
MOST_OFTEN_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """A band or disc that is on: until when, and the words that remind of it."""

    exercise: str
    until: datetime
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraOrders:
    """That the camera may look, how often, and what its looks are measured by.

    device : as the process that looks takes it ; every_s : between two looks
    calibration : handed on to that process as it is ; empty: nothing is looked at
    say : one gentle notice a bout after slumped looks ; mark : a quiet notice while it looks
    """

    device: str = "camera"
    every_s: int = 300
    calibration: Mapping[str, Any] = field(default_factory=dict)
    say: bool = False
    mark: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What app wrote. ``problem`` says why a file that is there could not be used; "" when it could.

    movements : exercise id -> (title, cue) in the person's language
    bouts : the person's own word of the last day
    busy : (start, end) of calendar events
    planned : (local minute, exercise, variant) of today's items that fit between work, not yet done
    rule_until : when the rule ends by itself, because the next screening is due
    said : the answers of the last day, those given on a page among them
    camera : None where it may not look
    """

    made_at: datetime | None = None
    language: str = "en"
    timezone: str | None = None
    rule: BreakRule | None = None
    rule_until: datetime | None = None
    preferences: BreakPreferences = field(default_factory=BreakPreferences)
    movements: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    bouts: tuple[Bout, ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    driving_since: datetime | None = None
    worn: Worn | None = None
    quiet_until: datetime | None = None
    planned: tuple[tuple[int, str, str], ...] = ()
    said: tuple[Said, ...] = ()
    camera: CameraOrders | None = None
    problem: str = ""


NO_ORDERS = Orders()


def read_orders(path: Path) -> Orders:
    """Read the orders; a missing file gives none, an unusable one gives none and its ``problem``."""
    try:
        if not path.is_file() and path.exists():  # a pipe would never end
            return Orders(problem="not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Orders(problem="too large")
        said = json.loads(data)
    except FileNotFoundError:
        return NO_ORDERS
    except (OSError, ValueError, RecursionError) as exc:
        return Orders(problem=" ".join(str(exc).split())[:200] or type(exc).__name__)
    if not isinstance(said, dict) or said.get("version") != 1:
        return Orders(problem="not orders of version 1")
    return understand(said)


def understand(said: Mapping[str, Any]) -> Orders:
    """Return the orders of a JSON object; whatever is not as agreed counts as not there."""
    driving = _instant(said.get("driving_since"))
    return Orders(
        made_at=_instant(said.get("made_at")),
        language=_text(said.get("language")) or "en",
        timezone=_text(said.get("timezone")) or None,
        rule=_rule(said.get("rule")),
        rule_until=_instant(said.get("rule_until")),
        preferences=_preferences(said.get("preferences")),
        movements={
            name: (_text(words.get("title")), _text(words.get("cue")))
            for name, words in _object(said.get("movements")).items()
            if isinstance(words, dict)
        },
        texts={key: text for key, text in _object(said.get("texts")).items() if isinstance(text, str)},
        bouts=tuple(_bouts(said.get("bouts"))),
        busy=tuple((start, end) for start, end, _rest in _stretches(said.get("busy"))),
        driving_since=driving,
        worn=_worn(said.get("worn")),
        quiet_until=_instant(said.get("quiet_until")),
        planned=tuple(_planned(said.get("planned"))),
        said=tuple(one for row in _list(said.get("said")) if (one := said_of(row)) is not None),
        camera=_camera(said.get("camera")),
    )


def said_of(row: object) -> Said | None:
    """Return what an object says was said or answered, or None where it does not."""
    given = _object(row)
    at, kind = _instant(given.get("at")), given.get("kind")
    if at is None or not isinstance(kind, str) or kind not in SAID:
        return None
    return Said(at=at, kind=cast(Any, kind), movement=_text(given.get("movement")))


def _rule(said: object) -> BreakRule | None:
    """Return the rule, or None where any of its numbers is missing: half a rule is no rule."""
    if not isinstance(said, dict):
        return None
    numbers = [_whole(said.get(key), 1, 86_400) for key in ("after_s", "length_s", "hourly_s")]
    after_s, length_s, hourly_s = numbers
    if after_s is None or length_s is None or hourly_s is None:
        return None
    return BreakRule(
        after_s=after_s,
        length_s=length_s,
        hourly_s=hourly_s,
        movements=tuple(_movements(said.get("movements"))),
        on_the_road=tuple(_movements(said.get("on_the_road"))),
        reasons=tuple(_reasons(said.get("reasons"))),
        rule_version=_whole(said.get("rule_version"), 0, 10**6) or 1,
    )


def _movements(said: object) -> Iterator[tuple[str, str]]:
    for pair in _list(said):
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(name, str) for name in pair):
            yield pair[0], pair[1]


def _reasons(said: object) -> Iterator[Reason]:
    for pair in _list(said):
        if isinstance(pair, list) and pair and isinstance(pair[0], str):
            values = _object(pair[1]) if len(pair) > 1 else {}
            yield Reason(pair[0], {k: v for k, v in values.items() if isinstance(v, VALUE_TYPES)})


def _preferences(said: object) -> BreakPreferences:
    given = _object(said)
    default = BreakPreferences()

    def number(key: str, otherwise: int) -> int:
        value = _whole(given.get(key), 0, 86_400)
        return otherwise if value is None else value

    def flag(key: str, otherwise: bool) -> bool:
        value = given.get(key)
        return value if isinstance(value, bool) else otherwise

    hours: dict[int, tuple[int, int]] = {}
    for day, span in _object(given.get("hours")).items():
        if day in set("0123456") and isinstance(span, list) and len(span) == 2:
            start, end = _whole(span[0], 0, 1440), _whole(span[1], 0, 1440)
            if start is not None and end is not None:
                hours[int(day)] = (start, end)
    off = frozenset(hold for hold in HOLDS if hold in _list(given.get("off"))) - ALWAYS
    return BreakPreferences(
        off=off,
        hours=hours,
        pause_s=number("pause_s", default.pause_s),
        back_s=number("back_s", default.back_s),
        notice_s=number("notice_s", default.notice_s),
        later_s=number("later_s", default.later_s),
        later_cap=number("later_cap", default.later_cap),
        skip_cap=number("skip_cap", default.skip_cap),
        prompts=flag("prompts", default.prompts),
        sound=flag("sound", default.sound),
    )


def _worn(said: object) -> Worn | None:
    given = _object(said)
    until = _instant(given.get("until"))
    if until is None:
        return None
    return Worn(exercise=_text(given.get("exercise")), until=until, text=_text(given.get("text")))


def _camera(said: object) -> CameraOrders | None:
    """Return what is ordered of the camera; without a plain yes it may not look."""
    given = _object(said)
    if given.get("allowed") is not True:
        return None
    default = CameraOrders()
    mark = given.get("mark")
    return CameraOrders(
        device=_text(given.get("device")) or default.device,
        every_s=_whole(given.get("every_s"), MOST_OFTEN_S, 86_400) or default.every_s,
        calibration=dict(_object(given.get("calibration"))),
        say=given.get("say") is True,
        mark=mark if isinstance(mark, bool) else default.mark,
    )


def _bouts(said: object) -> Iterator[Bout]:
    for start, end, rest in _stretches(said):
        for activity in ACTIVITIES:
            if rest and rest[0] == activity:
                yield Bout(start=start, end=end, activity=activity)


def _stretches(said: object) -> Iterator[tuple[datetime, datetime, list[Any]]]:
    for row in _list(said):
        if isinstance(row, list) and len(row) >= 2:
            start, end = _instant(row[0]), _instant(row[1])
            if start is not None and end is not None and timedelta() < end - start <= timedelta(days=31):
                yield start, end, row[2:]


def _planned(said: object) -> Iterator[tuple[int, str, str]]:
    for row in _list(said):
        if isinstance(row, list) and len(row) == 3:
            minute = _whole(row[0], 0, 1440)
            if minute is not None and isinstance(row[1], str) and isinstance(row[2], str):
                yield minute, row[1], row[2]


def _instant(said: object) -> datetime | None:
    if not isinstance(said, str):
        return None
    try:
        at = datetime.fromisoformat(said)
        # No zone, and no hour more or less, leads out of the calendar from these years.
        return at.astimezone(UTC) if at.tzinfo and FIRST_YEAR <= at.year <= LAST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _whole(said: object, low: int, high: int) -> int | None:
    # Compared before it is turned into anything: a number of any size is compared, and what is none is not within.
    if isinstance(said, bool) or not isinstance(said, int | float) or not low <= said <= high:
        return None
    return int(said)


def _text(said: object) -> str:
    return said[:2000] if isinstance(said, str) else ""


def _object(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []
