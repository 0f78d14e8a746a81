"""How a body is held, for "Why": the figure with its bands, the sliders, the numbers and other breaks.

In: app.why's WhyDay and WhyEffect. Out: HeldView, and Effect for each step of a slider. Next: the page, api.why.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial

import numpy as np
from starlette.requests import Request

from midback.app.why import presence
from midback.app.why_postures import working
from midback.app.why_told import Angles, WhyDay, WhyEffect, WhyPosture
from midback.app.why_weights import weights_of
from midback.body.bands import Bands
from midback.body.bands_paths import BANDS
from midback.catalogue.constants import load_constants
from midback.share.bands import NUMBERS, View, draw_views
from midback.share.bands import percent as change
from midback.share.figure_look import Look

from .i18n import _
from .picture import look_of
from .render import house_of
from .saying import say
from .why_day import axis_of, minute_of, shown_hours
from .why_sliders import (
    BREAKS,
    EYE_HEIGHT,
    LAPTOP,
    RANGES,
    UPRIGHT,
    Held,
    Range,
    as_fields,
    held_as,
    say_value,
)
from .why_view import Effect, HeldView, Number, Slider
from .why_words import band_name, bands_texts, breaks_text, numbers_of, said_aloud, weight_texts
from .whypicture import NARROW, WIDE, draw_breaks

Course = Sequence[tuple[datetime, float]]
SENTENCES = ("longer", "shorter")


def starts_of(usual: Angles) -> dict[str, Held]:
    """Return the shapes to start from, by name; ``usual`` : how the person mostly sits."""
    return {
        "usual": held_as(usual),
        "upright": UPRIGHT,
        "phone": held_as(presence("phone")),
        "laptop": LAPTOP,
        "driving": held_as(presence("driving")),
        "screen": EYE_HEIGHT,
    }


def effect_view(request: Request, day: WhyDay, effect: WhyEffect, was: Course, *, is_today: bool) -> Effect:
    """Return the drawings and texts for one position of the sliders; ``was`` : the day as it was."""
    posture = effect.posture
    changes = {f"band-{band.muscle}": change(band.strain) for band in posture.bands}
    texts = {
        **numbers_of(posture),
        **bands_texts(posture.bands),
        **changes,
        "in-words": _in_words(posture.angles),
    }
    desc = f"{texts['longer']} {texts['shorter']}"
    strains = tuple((band.muscle, band.length_m, band.strain) for band in posture.bands)
    drawings = dict(
        _figures(
            posture.angles, strains, look_of(request), _("You from the side"), _("You from behind"), desc
        )
    )
    hours = shown_hours(day.hours)
    texts["breaks"] = ""
    if hours:
        texts["breaks"] = breaks_text(effect.spacing_min, effect.state, effect.usual)
        curve = partial(
            draw_breaks,
            axis_of(request, day, is_today=is_today),
            _curve(day, was),
            _curve(day, effect.course),
            names=(_("as it was"), _("like this")),
            title=_("The mid-back over the day, as it was and like this"),
            desc=texts["breaks"],
        )
        drawings |= {"breaks": curve(width=WIDE), "breaks-narrow": curve(width=NARROW)}
    return Effect(drawings=drawings, texts=texts, said=said_aloud(texts))


@lru_cache(maxsize=32)
def _figures(
    angles: Angles, told: tuple[tuple[str, float, float], ...], look: Look, side: str, back: str, desc: str
) -> tuple[tuple[str, str], ...]:
    """Draw both views; kept, because the slider of the breaks leaves the figure as it is.

    told : each band's muscle, length in m and strain
    """
    held = working(angles)
    by_name = {muscle: (length, strain) for muscle, length, strain in told}
    length, strain = np.array([by_name[muscle] for muscle in BANDS]).T
    bands = Bands(length=length, strain=strain, moment_arm=np.zeros((len(BANDS), 0)))
    titles: dict[View, str] = {"side": side, "back": back}
    return tuple(
        (str(view), svg) for view, svg in draw_views(held, bands, titles, look, desc, numbered=True).items()
    )


def held_view(request: Request, day: WhyDay, usual: Angles, held: Held, effect: Effect) -> HeldView:
    """Return the whole part of the page, with the sliders where they stand."""
    fields = as_fields(held)
    sliders = tuple(_slider(one, fields[one.id]) for one in RANGES)
    names = {
        "usual": _("My usual"),
        "upright": _("Upright"),
        "phone": _("Phone in hand"),
        "laptop": _("Laptop on the lap"),
        "driving": _("Driving"),
        "screen": _("Screen at eye height"),
    }
    weights = weight_texts(weights_of(day.person, load_constants()))
    return HeldView(
        effect=Effect(drawings=effect.drawings, texts={**effect.texts, **weights}, said=effect.said),
        sliders=sliders,
        spacing=_slider(BREAKS, held.breaks),
        starts=tuple(
            (name, names[name], json.dumps(as_fields(shape))) for name, shape in starts_of(usual).items()
        ),
        sentences=SENTENCES,
        bands=tuple((number, band_name(muscle), f"band-{muscle}") for muscle, number in NUMBERS.items()),
        numbers=_numbers(request, day.posture),
        elbow=held.elbow,
    )


def _in_words(angles: Angles) -> str:
    """Say a position in a sentence, for paper."""
    fields = as_fields(held_as(angles))
    return _("Drawn here: {parts}.").format(
        parts="; ".join(f"{_(one.name)} {say_value(one, fields[one.id])}" for one in RANGES)
    )


def _slider(one: Range, value: int) -> Slider:
    said = {
        key: _(text) if text else ""
        for key, text in (("says", one.says), ("none", one.none), ("full", one.full), ("behind", one.behind))
    }
    return Slider(range=one, value=value, words=say_value(one, value), name=_(one.name), **said)


def _curve(day: WhyDay, course: Course) -> list[tuple[float, float | None]]:
    """Return the part of a course that is drawn."""
    hours = shown_hours(day.hours)
    return [(minute_of(day, at), share) for at, share in course if hours[0].start <= at <= hours[-1].end]


def _numbers(request: Request, told: WhyPosture) -> tuple[Number, ...]:
    """Return what stands behind each number; its sources are those of the constants it is worked out from."""
    constants = load_constants()
    # A grade is that of the weakest constant: a usual mass is an assumption, a mass that was told is none.
    mass = constants["head-mass" if told.person.mass_kg else "usual-mass"].grade
    wide = [reason for reason in told.said if reason.message_id.startswith("why.wide")]

    def number(key: str, name: str, grade: str, behind: str, rests_on: tuple[str, ...]) -> Number:
        named = dict.fromkeys(s for one in rests_on for s in constants[one].sources)
        sources = house_of(request).catalogue.sources
        return Number(
            id=key,
            name=name,
            grade=grade,
            behind=behind,
            sources=tuple(sources[s] for s in named if s in sources),
            wide=" ".join(say(request, wide)) if key == "neck" else "",
        )

    return (
        number(
            *("neck", _("Neck muscles, of their greatest strength"), told.neck_grade),
            _(
                "The weight of head and neck turns them forward about the foot of the neck; the muscles behind hold "
                "against it. How strong a neck is was measured in few people, so the range is wide."
            ),
            ("head-height", "head-forward", "neck-extension-male", "neck-extension-female"),
        ),
        number(
            *("mid", _("Mid-back, against sitting upright"), told.mid_back_grade),
            _(
                "The weight above T4 to T8 and how far it lies in front, worked out level by level. How strong "
                "this part of the back is has not been measured well enough, so it is told against you upright."
            ),
            ("slice-mass", "slice-forward", "flexion-share", "extensor-arm"),
        ),
        number(
            *("press", _("What presses on the foot of the neck"), told.neck_grade),
            _(
                "The weight of the head and the pull of the muscles that hold it. 10 N is about what 1 kg weighs."
            ),
            ("head-mass", "neck-extensor-arm"),
        ),
        number(
            *("head-kg", _("Head and neck weigh"), mass),
            _("A share of body mass, with its spread among people."),
            ("head-mass", *(() if told.person.mass_kg else ("usual-mass",))),
        ),
        number(
            *("arms-kg", _("Both arms weigh"), mass),
            _("Shares of body mass for upper arms, forearms and hands, with their spread among people."),
            ("arm-mass-male", "arm-mass-female", *(() if told.person.mass_kg else ("usual-mass",))),
        ),
    )
