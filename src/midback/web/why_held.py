"""How a body is held, for "Why": the figure with its bands, the sliders, the numbers and other breaks.

In: app.why's WhyDay and WhyEffect. Out: HeldView, and Effect for each step of a slider. Next: the page, api.why.
"""

import json

from starlette.requests import Request

from midback.app.why import presence
from midback.app.why_postures import subject_of, working
from midback.app.why_told import HourLoad, WhyDay, WhyEffect
from midback.app.why_weights import weights_of
from midback.body.bands import bands_of
from midback.catalogue.constants import load_constants
from midback.share.bands import draw_bands

from .i18n import _
from .picture import look_of
from .render import house_of
from .why_day import axis_of, minute_of, share_of, shown_hours
from .why_sliders import (
    BREAKS,
    EYE_HEIGHT,
    LAPTOP,
    RANGES,
    UPRIGHT,
    Held,
    as_fields,
    held_as,
    say_value,
)
from .why_view import Effect, HeldView, Number, Slider
from .why_words import bands_texts, breaks_text, numbers_of, said_aloud, weight_texts
from .whypicture import draw_breaks

SENTENCES = ("longer", "shorter")


def starts_of(told: WhyDay) -> dict[str, Held]:
    """Return the shapes to start from, by name."""
    return {
        "usual": held_as(told.posture.angles),
        "upright": UPRIGHT,
        "phone": held_as(presence("phone")),
        "laptop": LAPTOP,
        "driving": held_as(presence("driving")),
        "screen": EYE_HEIGHT,
    }


def effect_view(request: Request, day: WhyDay, effect: WhyEffect, *, is_today: bool) -> Effect:
    """Return the drawings and texts for one position of the sliders."""
    posture = effect.posture
    held = working(posture.angles)
    bands = bands_of(subject_of(posture.person), held)
    look = look_of(request)
    texts = {**numbers_of(posture), **bands_texts(posture.bands)}
    desc = f"{texts['longer']} {texts['shorter']}"
    drawings = {
        "side": draw_bands(held, bands, "side", look, _("You from the side"), desc),
        "back": draw_bands(held, bands, "back", look, _("You from behind"), desc),
    }
    hours = shown_hours(day.hours)
    if hours:
        texts["breaks"] = breaks_text(effect.spacing_min, effect.state, effect.usual)
        drawings["breaks"] = draw_breaks(
            axis_of(request, day, is_today=is_today),
            _curve(day, day.hours),
            _curve(day, effect.hours),
            names=(_("as it was"), _("like this")),
            title=_("The mid-back over the day, as it was and like this"),
            desc=texts["breaks"],
            width=820.0,
        )
    return Effect(drawings=drawings, texts=texts, said=said_aloud(texts))


def held_view(request: Request, day: WhyDay, held: Held, effect: Effect) -> HeldView:
    """Return the whole part of the page, with the sliders where they stand."""
    fields = as_fields(held)
    sliders = tuple(
        Slider(range=one, value=fields[one.id], words=say_value(one, fields[one.id])) for one in RANGES
    )
    names = {
        "usual": _("As I usually sit"),
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
        spacing=Slider(range=BREAKS, value=held.breaks, words=say_value(BREAKS, held.breaks)),
        starts=tuple(
            (name, names[name], json.dumps(as_fields(shape))) for name, shape in starts_of(day).items()
        ),
        sentences=SENTENCES,
        numbers=_numbers(request),
        in_words=_("Drawn here: {parts}.").format(
            parts="; ".join(f"{_(one.range.name)} {one.words}" for one in sliders)
        ),
        elbow=held.elbow,
    )


def _curve(day: WhyDay, hours: tuple[HourLoad, ...]) -> list[tuple[float, float | None]]:
    return [
        (minute_of(day, hour.start + (hour.end - hour.start) / 2), share_of(hour, "mid-back"))
        for hour in hours
    ]


def _numbers(request: Request) -> tuple[Number, ...]:
    """Return what stands behind each number; its sources are those of the constants it is worked out from."""
    constants = load_constants()

    def number(key: str, name: str, grade: str, behind: str, rests_on: tuple[str, ...]) -> Number:
        named = dict.fromkeys(s for one in rests_on for s in constants[one].sources)
        sources = house_of(request).catalogue.sources
        return Number(
            id=key,
            name=name,
            grade=grade,
            behind=behind,
            sources=tuple(sources[s] for s in named if s in sources),
        )

    return (
        number(
            *("neck", _("Neck muscles, of their greatest strength"), "C"),
            _(
                "The weight of head and neck turns them forward about the foot of the neck; the muscles behind hold "
                "against it. How strong a neck is was measured in few people, so the range is wide."
            ),
            ("head-height", "head-forward", "neck-extension-male", "neck-extension-female"),
        ),
        number(
            *("mid", _("Mid-back, against sitting upright"), "C"),
            _(
                "The weight above T4 to T8 and how far it lies in front, worked out level by level. Nobody has "
                "measured how strong this part of the back is, so it is told against you upright."
            ),
            ("slice-mass", "slice-forward", "flexion-share", "extensor-arm"),
        ),
        number(
            *("press", _("What presses on the foot of the neck"), "C"),
            _(
                "The weight of the head and the pull of the muscles that hold it. 10 N is about what 1 kg weighs."
            ),
            ("head-mass", "neck-extensor-arm"),
        ),
        number(
            *("head-kg", _("Head and neck weigh"), "C"),
            _("A share of body mass, with its spread among people."),
            ("head-mass", "usual-mass"),
        ),
        number(
            *("arms-kg", _("Both arms weigh"), "C"),
            _("Shares of body mass for upper arms, forearms and hands, with their spread among people."),
            ("arm-mass-male", "arm-mass-female", "usual-mass"),
        ),
    )
