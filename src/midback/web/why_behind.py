"""What stands behind "Why": movements and what they ease, claims with their grade, every number with its source.

In: the catalogue, app.why. Out: the lower parts of WhyView. Next: the page.
"""

from starlette.requests import Request

from midback.app.library import list_exercises
from midback.app.why import why_numbers
from midback.app.why_told import Number as Constant
from midback.app.why_told import Person, WhyDay
from midback.catalogue.evidence import Claim
from midback.catalogue.exercise import Exercise
from midback.catalogue.relief import Unload, load_relief

from . import i18n
from .guard import identify
from .i18n import _
from .render import house_of
from .saying import in_language, say, text_of
from .why_day import NOTED, ROWS
from .why_view import ConstantPart, ConstantRow, Eases, EasesGroup, SubjectView
from .why_words import eases_words, group_name, percent, status_words, subject_words

# What the page is about: first what the articles say and research supports, then what only they say.
CLAIMS = (
    *("pulley-balance", "head-weight", "posture-drift", "from-the-neck", "posture-is-not-pain"),
    *("tissue-gives", "low-load", "active-breaks", "microtears", "fine-at-first", "scar-immune"),
    *("wedge-ligaments", "sitting-smoking"),
)
SAID_HERE = ("why.model", "why.sore", *NOTED)


def claims_of(request: Request) -> tuple[Claim, ...]:
    """Return the claims the page tells."""
    known = house_of(request).catalogue.claims
    return tuple(known[claim] for claim in CLAIMS if claim in known)


def eases_of(request: Request) -> tuple[EasesGroup, ...]:
    """Return the movements that are open to the person and what each eases, by place, the mid-back first.

    After a stop that is none; a way that a gate closes is left out, and another stands for the movement.
    """
    house = house_of(request)
    exercises = house.catalogue.exercises
    open_now = {
        (entry.exercise.id, variant.id)
        for entry in list_exercises(house, identify(request))
        for variant in entry.open
    }
    known = {
        (exercise_id, variant): one
        for (exercise_id, variant), one in load_relief().items()
        # What is worn without support from research is not put forward here.
        if (exercise_id, variant) in open_now and exercises[exercise_id].grade != "X"
    }

    def rows(*, desk: bool) -> tuple[Eases, ...]:
        here = {key: one for key, one in known.items() if desk == _at_desk(exercises[key[0]], key[1])}
        best: dict[str, tuple[str, Unload]] = {}
        for (exercise_id, variant), one in sorted(here.items(), key=lambda entry: _rank(entry[1])):
            best.setdefault(exercise_id, (variant, one))
        return tuple(
            Eases(
                title=text_of(exercises[exercise_id]).title,
                href=f"/library/{exercise_id}?variant={variant}",
                rests=tuple(_rests(one.groups.get(group, 0.0)) for group, _tall in ROWS),
                says=eases_words(one),
                grade=exercises[exercise_id].grade,
            )
            for exercise_id, (variant, one) in best.items()
            if one.groups or one.bands
        )

    groups = ((_("At a desk"), rows(desk=True)), (_("At home, on the floor or in bed"), rows(desk=False)))
    return tuple(EasesGroup(name=name, rows=found) for name, found in groups if found)


def parts_of_body() -> tuple[str, ...]:
    """Return the names of the parts of the body that tire, in the order of ``Eases.rests``."""
    return tuple(group_name(group)[:1].upper() + group_name(group)[1:] for group, _tall in ROWS)


def _at_desk(exercise: Exercise, variant: str) -> bool:
    return any("desk" in one.places for one in exercise.variants if one.id == variant)


def _rank(one: Unload) -> tuple[float, ...]:
    """Order by what the mid-back is rested, then the others, then how many bands come back."""
    return (*(-one.groups.get(group, 0.0) for group, _tall in ROWS), -sum(one.bands.values()))


def _rests(share: float) -> tuple[float, str]:
    return share, percent(share, 0) if share > 0 else "–"


def notes_of(request: Request, told: WhyDay) -> tuple[str, ...]:
    """Return what the numbers rest on and where their range is wide."""
    reasons = [*told.notes, *told.posture.notes]
    return tuple(say(request, (reason for reason in reasons if not reason.message_id.startswith(SAID_HERE))))


def subject_of(person: Person) -> SubjectView:
    """Return whose body it is."""
    missing = person.mass_kg is None or person.stature_m is None or person.sex is None
    return SubjectView(says=subject_words(person), missing=missing)


def constants_of(request: Request) -> tuple[ConstantPart, ...]:
    """Return every constant of the model, by what it is about."""
    first = (_part_of("head-mass"), _part_of("usual-sitting"), _part_of("dose-"), _part_of("band"))
    parts: dict[str, list[ConstantRow]] = {name: [] for name in first}
    for one in why_numbers():
        parts[_part_of(one.id)].append(_row(request, one))
    return tuple(ConstantPart(name=name, rows=tuple(rows)) for name, rows in parts.items())


def _row(request: Request, one: Constant) -> ConstantRow:
    sources = house_of(request).catalogue.sources
    return ConstantRow(
        name=in_language(one.note) or one.id,
        value=_value(one),
        grade=one.grade,
        status=status_words(one.status),
        sources=tuple(sources[s] for s in one.sources if s in sources),
    )


def _value(one: Constant) -> str:
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    spread = one.spread if isinstance(one.spread, tuple) else (one.spread,) * len(values)
    unit = "" if one.unit == "1" else f" {one.unit}"
    said = ", ".join(
        _number(value) + (f" ± {_number(sd)}" if sd else "") for value, sd in zip(values, spread, strict=True)
    )
    return f"{said}{unit}"


def _number(value: float) -> str:
    return f"{value:.4g}".replace(".", i18n.number_words(0.5, 1)[1])


def _part_of(name: str) -> str:
    """Name the part of the table that a constant stands in, by how its id begins."""
    if name.startswith("band"):
        return _("Where the bands run")
    if name.startswith(("usual-", "sunk-", "nearer-", "upright-adds", "setup-")) and "mass" not in name:
        return _("How somebody is usually held")
    if name.startswith(("fatigue-", "creep-", "dose-", "effort-")):
        return _("How tissue tires, gives and recovers")
    return _("Weights, lengths and strength")
