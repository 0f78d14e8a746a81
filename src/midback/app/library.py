"""The library: every exercise with what the gates leave of it and where the person stands. Next: doors."""

from dataclasses import dataclass

from midback.catalogue.exercise import Exercise, Variant
from midback.errors import InputError, NotFound
from midback.plan.clearance import Clearance
from midback.plan.progression import Decision
from midback.reasons import Reason
from midback.store.engine import reading

from .clearance import clearance_in
from .house import House
from .planning import decisions_in


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntry:
    """One exercise as the person may do it.

    open : variants that gates leave open; empty means "not for you now", with ``reasons``
    """

    exercise: Exercise
    open: tuple[Variant, ...]
    reasons: tuple[Reason, ...]
    decision: Decision | None


def list_exercises(
    house: House, person: str, *, place: str | None = None, purpose: str | None = None, text: str = ""
) -> tuple[LibraryEntry, ...]:
    """Return the library, filtered; every exercise stays visible even where a gate closes it."""
    entries = _entries(house, person)
    wanted = text.casefold().strip()
    return tuple(
        entry
        for entry in entries
        if (not place or any(place in v.places for v in entry.exercise.variants))
        and (not purpose or entry.exercise.purpose == purpose)
        and (not wanted or _mentions(entry.exercise, wanted))
    )


def show_exercise(house: House, person: str, exercise_id: str) -> LibraryEntry:
    """Return one exercise. Raises NotFound naming the ones there are."""
    for entry in _entries(house, person):
        if entry.exercise.id == exercise_id:
            return entry
    known = ", ".join(sorted(house.catalogue.exercises))
    raise NotFound(
        "There is no exercise called {exercise!r}.",
        "There are: {known}.",
        "Choose one of them.",
        values={"exercise": exercise_id, "known": known},
    )


def variant_of(exercise: Exercise, variant_id: str | None) -> Variant:
    """Return the named variant, or the usual one. Raises InputError naming the ones there are."""
    try:
        return exercise.variant(variant_id) if variant_id else exercise.variants[0]
    except KeyError as exc:
        known = ", ".join(v.id for v in exercise.variants)
        raise InputError(
            "{exercise} has no variant {variant!r}.",
            "It has: {known}.",
            values={"exercise": exercise.id, "variant": variant_id, "known": known},
        ) from exc


def _entries(house: House, person: str) -> tuple[LibraryEntry, ...]:
    with reading(house.engine).connect() as conn:
        clearance = clearance_in(conn, person)
        decisions = decisions_in(conn, house, person)
    return tuple(_entry(e, clearance, decisions.get(e.id)) for e in house.catalogue.exercises.values())


def _entry(exercise: Exercise, clearance: Clearance | None, decision: Decision | None) -> LibraryEntry:
    gate = clearance.gates.get(exercise.id) if clearance else None
    variants = (
        exercise.variants if gate is None else tuple(v for v in exercise.variants if v.id in gate.variants)
    )
    if clearance and not clearance.allows(exercise):
        return LibraryEntry(exercise=exercise, open=(), reasons=clearance.reasons, decision=decision)
    return LibraryEntry(
        exercise=exercise, open=variants, reasons=gate.reasons if gate else (), decision=decision
    )


def _mentions(exercise: Exercise, wanted: str) -> bool:
    return any(
        wanted in part.casefold()
        for text in exercise.text.values()
        for part in (exercise.id, text.title, text.purpose, *exercise.regions)
    )
