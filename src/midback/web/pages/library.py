"""The library and each exercise.

In: app.library. Out: shelves, and one exercise as a home sheet. Next: the session.
"""

from dataclasses import dataclass
from typing import get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.library import LibraryEntry, list_exercises, show_exercise, variant_of
from midback.catalogue.exercise import Exercise, Looks, Noise, Place, Purpose, Variant

from ..carepicture import draw_care
from ..flash import flash
from ..guard import identify
from ..i18n import _, ngettext
from ..picture import Thumb, key_poses, picture, thumb
from ..render import house_of, render
from ..saying import dose_words, grade_words, in_language, purpose_name, say, slot_name, text_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Shelved:
    """One exercise on the shelf."""

    id: str
    title: str
    short: str
    purpose: str
    thumb: Thumb | None
    drawn: str
    closed: bool
    gated: bool
    why: tuple[str, ...]


def _shelved(request: Request, entry: LibraryEntry) -> Shelved:
    exercise = entry.exercise
    shown = entry.open[0] if entry.open else exercise.variants[0]
    return Shelved(
        id=exercise.id,
        title=text_of(exercise).title,
        short=text_of(exercise).short,
        purpose=purpose_name(exercise.purpose),
        thumb=thumb(request, exercise, shown.id),
        drawn=draw_care(exercise.id),
        closed=not entry.open,
        gated=bool(entry.open) and len(entry.open) < len(exercise.variants),
        why=tuple(say(request, entry.reasons)),
    )


@router.get("/library")
def library(request: Request) -> Response:
    """Show every exercise, filtered by place, purpose and text.

    Closed ones stay visible with their reason.
    """
    house, person = house_of(request), identify(request)
    asked = request.query_params
    place = asked.get("place") if asked.get("place") in get_args(Place) else None
    purpose = asked.get("purpose") if asked.get("purpose") in get_args(Purpose) else None
    text = asked.get("q", "")[:100]
    entries = list_exercises(house, person, place=place, purpose=purpose, text=text)
    return render(
        request,
        "library.html",
        entries=[_shelved(request, entry) for entry in entries],
        movements=sum(entry.exercise.family != "care" for entry in entries),
        places=[(key, in_language(term.name)) for key, term in house.catalogue.places.items()],
        purposes=[(key, purpose_name(key)) for key in get_args(Purpose)],
        place=place or "",
        purpose=purpose or "",
        q=text,
        refused=house.catalogue.refused,
        flash=flash(request),
    )


@router.get("/library/{exercise_id}")
def exercise(request: Request, exercise_id: str) -> Response:
    """Show one exercise: figure, steps, cues, dose, evidence, gear, levels, stop signs."""
    house = house_of(request)
    entry = show_exercise(house, identify(request), exercise_id)
    shown = entry.exercise
    open_ids = {v.id for v in entry.open}
    wanted = request.query_params.get("variant")
    variant = variant_of(shown, wanted or (entry.open[0].id if entry.open else None))
    text = text_of(shown)
    side = request.query_params.get("side", "left") if shown.sides else "both"
    side = side if side in ("left", "right", "both") else "left"
    catalogue = house.catalogue
    claims = [catalogue.claims[c] for c in shown.claims if c in catalogue.claims]
    decision = entry.decision
    return render(
        request,
        "exercise.html",
        e=shown,
        text=text,
        variant=variant,
        words=text.variants[variant.id],
        variants=[(v.id, text.variants[v.id].name, v.id in open_ids) for v in shown.variants],
        open=variant.id in open_ids,
        closed=not entry.open,
        why=say(request, entry.reasons),
        picture=picture(request, shown, variant.id, side),
        poses=key_poses(request, shown, variant.id, side),
        drawn=draw_care(shown.id),
        side=side,
        facts=_facts(request, shown, variant),
        camera_later=shown.camera.can_check(variant.id),
        levels=[dose_words(level.dose(), 2 if shown.sides else 1) for level in shown.levels],
        level=decision.level if decision else 0,
        decision=say(request, decision.reasons) if decision else [],
        grade=grade_words(shown.grade),
        claims=claims,
        sources=[catalogue.sources[s] for c in claims for s in c.sources if s in catalogue.sources],
        in_language=in_language,
        flash=flash(request),
    )


def _facts(request: Request, shown: Exercise, variant: Variant) -> list[tuple[str, str]]:
    """Return what has to be there, where, and how often, as name and words."""
    catalogue = house_of(request).catalogue

    def names(ids: tuple[str, ...]) -> str:
        return _(" or ").join(in_language(catalogue.gear[g].name) if g in catalogue.gear else g for g in ids)

    frequency = shown.frequency
    often = ngettext("{n} time a day", "{n} times a day", frequency.per_day).format(n=frequency.per_day)
    days = ngettext("{n} day a week", "{n} days a week", frequency.days_per_week).format(
        n=frequency.days_per_week
    )
    places = [in_language(catalogue.places[p].name) for p in variant.places if p in catalogue.places]
    facts = [
        (_("For"), purpose_name(shown.purpose)),
        (_("With"), ", ".join(names(choice) for choice in variant.gear) or _("nothing")),
        (_("Where"), ", ".join(places)),
    ]
    if frequency.days_per_week:
        slots = ", ".join(slot_name(s) for s in frequency.slots)
        facts.append((_("How often"), f"{often}, {days}, {slots}"))
    if not shown.counts:
        facts.append((_("Minutes"), _("do not count towards the daily minutes")))
    facts.append((_("Around others"), f"{_noise(variant.noise)}, {_looks(variant.looks)}"))
    return facts


def _noise(noise: Noise) -> str:
    return {
        "silent": _("makes no sound"),
        "quiet": _("makes little sound"),
        "audible": _("can be heard"),
    }[noise]


def _looks(looks: Looks) -> str:
    return {
        "unseen": _("nobody notices"),
        "ordinary": _("looks like everyday movement"),
        "exercise": _("looks like exercise"),
    }[looks]
