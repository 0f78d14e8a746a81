"""The basics of the intake, asked in the terminal; the rest stays as it was. Next: app.intake."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

import typer

from midback.app.intake import read_intake
from midback.catalogue.exercise import Place
from midback.catalogue.term import Condition, Term
from midback.errors import InputError
from midback.plan.answers import Intake, Sex, Strength
from midback.plan.body_size import mass_of, stature_of

from .ask import yes
from .door import Door
from .paper import heading, line
from .wording import Speech
from .words import _


def ask_intake(door: Door, speech: Speech) -> Intake:
    """Ask what plan and gates need most. Enter keeps what stands in brackets."""
    was = read_intake(door.house, door.person) or Intake()
    catalogue = door.house.catalogue
    heading(_("About you"))
    line(_("Enter keeps what stands in brackets. Everything can be changed later in Settings."))
    country = _choose_one(_("Country"), was.country, catalogue.countries)
    year = typer.prompt(_("Year of birth (0 to leave it out)"), default=was.birth_year or 0, type=int)
    conditions = _ask_conditions(speech, catalogue.conditions, was.conditions)
    sitting = typer.prompt(_("Hours of sitting on a usual working day"), default=was.sitting_h, type=float)
    driving = typer.prompt(_("Hours of driving"), default=was.driving_h, type=float)
    standing = typer.prompt(_("Hours of standing still"), default=was.standing_h, type=float)
    places = _choose_many(speech, _("Where can you exercise?"), catalogue.places, was.places)
    gear = _choose_many(speech, _("What do you have?"), catalogue.gear, was.gear)
    symptoms = _choose_many(speech, _("What do you feel?"), catalogue.symptoms, was.symptoms)
    minutes = typer.prompt(_("Minutes a day"), default=was.daily_minutes, type=int)
    size = _ask_size(was)
    return replace(
        was,
        country=country,
        birth_year=year or None,
        conditions=conditions,
        sitting_h=sitting,
        driving_h=driving,
        standing_h=standing,
        places=cast("frozenset[Place]", places or was.places),
        gear=gear,
        symptoms=symptoms,
        daily_minutes=minutes,
        **size,
    )


def _ask_size(was: Intake) -> dict[str, Any]:
    """Ask what makes the body model the person's own; Enter keeps, a dash leaves out."""
    heading(_("For the body model"))
    line(_("These make the numbers of `midback why` more yours. - leaves one out."))
    return {
        "mass_kg": _ask_measure(_("Mass in kilograms"), was.mass_kg, mass_of),
        "stature_m": _ask_measure(_("Height in metres, such as 1.75"), was.stature_m, stature_of),
        "sex": _ask_word(_("Sex: female or male"), was.sex, get_args(Sex)),
        "strength": _ask_word(
            _("How strong neck and back are, against most people: low, average or high"),
            was.strength,
            get_args(Strength),
        ),
    }


def _ask_measure(question: str, was: float | None, read: Callable[[str], float]) -> float | None:
    while True:
        answer = str(typer.prompt(question, default="-" if was is None else f"{was:g}")).strip()
        try:
            return None if answer == "-" else read(answer)
        except InputError as exc:
            line(" ".join(part for part in exc.said(_) if part))


def _ask_word(question: str, was: str | None, known: tuple[str, ...]) -> str | None:
    while True:
        answer = str(typer.prompt(question, default=was or "-")).strip().lower()
        if answer == "-":
            return None
        found = [word for word in known if word.startswith(answer)]
        if len(found) == 1:
            return found[0]
        line(_("Known: {names}").format(names=", ".join(known)))


def _ask_conditions(
    speech: Speech, conditions: Mapping[str, Condition], was: frozenset[str]
) -> frozenset[str]:
    asked = [c.id for c in conditions.values() if c.from_age is None]
    told = {name for name in asked if yes(speech.pick(conditions[name].ask), default=name in was)}
    return frozenset(told | (was - set(asked)))


def _choose_one(question: str, was: str, known: Mapping[str, Any]) -> str:
    while True:
        answer = str(typer.prompt(question, default=was))
        found = next((code for code in known if code.lower() == answer.lower()), None)
        if found is not None:
            return found
        line(_("Known: {names}").format(names=", ".join(known)))


def _choose_many(
    speech: Speech, question: str, terms: Mapping[str, Term], was: frozenset[str]
) -> frozenset[str]:
    """Ask for numbers by commas; a dash means none of them."""
    listed = list(terms.values())
    heading(question)
    for number, term in enumerate(listed, 1):
        line(f"{number:2}. {speech.pick(term.name)}", indent=2)
    kept = ",".join(str(n) for n, term in enumerate(listed, 1) if term.id in was) or "-"
    while True:
        answer = str(typer.prompt(_("Numbers, by commas; - for none"), default=kept)).strip()
        if answer == "-":
            return frozenset()
        parts = [part.strip() for part in answer.split(",") if part.strip()]
        if parts and all(part.isdecimal() and 1 <= int(part) <= len(listed) for part in parts):
            return frozenset(listed[int(part) - 1].id for part in parts)
        line(_("Numbers from 1 to {last}.").format(last=len(listed)))
