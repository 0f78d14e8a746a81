"""The set-up check for desk, sofa and driver's seat (row S21): look, change the first thing, look again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from midback.catalogue.setup import SetupCheck
from midback.errors import InputError, NotFound
from midback.store import setup_looks as kept
from midback.store.engine import reading
from midback.store.setup_looks import SetupLook

from .clock import local, today_of
from .house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupView:
    """One check with the last look at it; ``first`` is what to change first, ``again`` says it is time."""

    check: SetupCheck
    last: SetupLook | None
    first: str | None
    again: bool


def show_setup(house: House, person: str) -> tuple[SetupView, ...]:
    """Return every check with the last look at it."""
    with reading(house.engine).connect() as conn:
        looks = kept.listed(conn, person)
    return tuple(
        _view(house, check, [look for look in looks if look.place == check.id]) for check in _checks(house)
    )


def _checks(house: House) -> tuple[SetupCheck, ...]:
    return tuple(house.catalogue.setup.values())


def _view(house: House, check: SetupCheck, looks: list[SetupLook]) -> SetupView:
    last = max(looks, key=lambda look: look.at, default=None)
    today = today_of(house.clock)
    return SetupView(
        check=check,
        last=last,
        first=last.to_change[0] if last and last.to_change else None,
        again=bool(last and last.look_again_on and last.look_again_on <= today),
    )


def save_look(house: House, person: str, check_id: str, fine: Mapping[str, bool]) -> SetupLook:
    """Keep one look: which items are fine. What is not fine is ordered by what to change first.

    Raises NotFound for an unknown check, InputError for an unknown item.
    """
    check = house.catalogue.setup.get(check_id)
    if check is None:
        raise NotFound(
            "There is no set-up check {check!r}.",
            "There are: {known}.",
            values={"check": check_id, "known": ", ".join(house.catalogue.setup)},
        )
    items = sorted(check.items, key=lambda item: item.order)
    if unknown := sorted(set(fine) - {item.id for item in items}):
        raise InputError(
            "{unknown!r} is not part of this check.",
            "",
            "Load the page again.",
            values={"unknown": unknown[0]},
        )
    now = house.clock.now()
    to_change = tuple(item.id for item in items if fine.get(item.id) is False)
    again: date | None = (
        local(house.clock, now).date() + timedelta(days=check.again_after_days) if to_change else None
    )
    look = SetupLook(at=now, place=check_id, answers=dict(fine), to_change=to_change, look_again_on=again)
    with house.engine.begin() as conn:
        saved = kept.add(conn, person, look)
    house.changed(person)
    return saved
