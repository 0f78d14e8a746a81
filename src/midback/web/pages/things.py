"""The things that help, without a shop: what to look for, what they open, what does as well (row S19).

In: the catalogue's gear, the intake. Out: HTML. Next: the person.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.intake import read_intake
from midback.catalogue.exercise import Exercise
from midback.plan.answers import Intake

from ..guard import identify
from ..render import house_of, render
from ..saying import in_language, text_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in words; ``opens``: address and title of each exercise it serves in."""

    name: str
    note: str
    owned: bool
    opens: tuple[tuple[str, str], ...]
    instead: tuple[str, ...]


@router.get("/things")
def things(request: Request) -> Response:
    """Show what is owned, what else could help, and what does as well."""
    house = house_of(request)
    owned = (read_intake(house, identify(request)) or Intake()).gear
    catalogue = house.catalogue
    shown = [
        Thing(
            name=in_language(term.name),
            note=in_language(term.note),
            owned=gear in owned,
            opens=tuple(
                (f"/library/{e.id}", text_of(e).title)
                for e in catalogue.exercises.values()
                if serves(gear, e)
            ),
            instead=tuple(
                in_language(catalogue.gear[other].name) for other in term.related if other in catalogue.gear
            ),
        )
        for gear, term in catalogue.gear.items()
    ]
    return render(request, "things.html", things=[t for t in shown if t.opens])


def serves(gear: str, exercise: Exercise) -> bool:
    """Say whether a thing can be used in any variant of an exercise."""
    return any(gear in choice for variant in exercise.variants for choice in variant.gear)
