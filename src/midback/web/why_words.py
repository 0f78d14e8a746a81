"""How "Why" says its numbers. In: app.why_told. Out: sentences in the page's language. Next: why_held, why_day.

Every number is told with what it is likely to lie between; nothing is called good or bad.
"""

from collections.abc import Sequence

from midback.app.why_told import (
    WHOLE_FROM,
    BandNow,
    DayState,
    Group,
    HourLoad,
    Person,
    Spread,
    WhyPosture,
)
from midback.app.why_weights import Weights
from midback.body.exposure import ACTIVITIES
from midback.catalogue.relief import Unload
from midback.share.muscle_names import MUSCLES

from . import i18n
from .i18n import _
from .saying import activity_name

# Changes of length below this are drawn, but not spoken of.
NAMED_FROM = 0.02
# From this share of its change in sitting on a band counts as all the way back.
WHOLLY = 0.95


def group_name(group: str) -> str:
    """Name a part of the body that tires."""
    return {"neck": _("neck"), "mid-back": _("mid-back"), "shoulders": _("shoulders")}.get(group, group)


def band_name(muscle: str) -> str:
    """Name a band in a word or two, for the list beside the picture."""
    return {
        "rhomboids": _("rhomboids"),
        "trapezius-middle": _("middle trapezius"),
        "trapezius-lower": _("lower trapezius"),
        "erector-thoracic": _("beside the spine"),
        "levator": _("levator scapulae"),
        "pectoralis-major": _("large chest muscle"),
        "pectoralis-minor": _("small chest muscle"),
        "deltoid-anterior": _("front of the shoulder"),
    }.get(muscle, muscle)


def percent(share: float, digits: int | None = None) -> str:
    """Write a share of one as a percentage: "13 %"; small ones with a decimal where none is asked for."""
    value = 100 * share
    shown = (1 if abs(value) < 9.95 else 0) if digits is None else digits
    return _whole(_("{n} %").format(n=i18n.number_words(value, shown)))


def between(spread: Spread, digits: int, scale: float = 1.0) -> str:
    """Say the interval of a number."""
    low, high = (i18n.number_words(scale * value, digits) for value in (spread.low, spread.high))
    return _("{low} to {high} is likely").format(low=low, high=high)


def numbers_of(told: WhyPosture) -> dict[str, str]:
    """Return the texts of the numbers of a position, each with its range."""
    neck, mid, press = told.neck_fraction, told.mid_back, told.neck_compression_n
    small = 100 * neck.high < 9.95
    return {
        "neck": percent(min(neck.value, 1.0)),
        "neck-range": between(neck, 1 if small else 0, 100)
        if neck.high < WHOLE_FROM
        else _("{share} up to its whole strength is likely").format(share=percent(min(neck.low, 1.0), 0)),
        "mid": _("{n} times").format(n=i18n.number_words(mid.value, 1)),
        "mid-range": between(mid, 1),
        "press": _("{n} N").format(n=i18n.number_words(press.value)),
        "press-range": between(press, 0),
    }


def weight_texts(weights: Weights) -> dict[str, str]:
    """Return the texts of what head and arms weigh."""
    return {
        "head-kg": _("{n} kg").format(n=i18n.number_words(weights.head.value, 1)),
        "head-kg-range": between(weights.head, 1),
        "arms-kg": _("{n} kg").format(n=i18n.number_words(weights.arms.value, 1)),
        "arms-kg-range": between(weights.arms, 1),
    }


def bands_texts(bands: Sequence[BandNow]) -> dict[str, str]:
    """Say which muscles are long and which are short, against the same person upright."""
    ordered = sorted(bands, key=lambda band: -abs(band.strain))
    longer = [band for band in ordered if band.strain >= NAMED_FROM]
    shorter = [band for band in ordered if band.strain <= -NAMED_FROM]
    return {
        "longer": _("Longer than upright: {muscles}.").format(muscles=_listed(longer))
        if longer
        else _("No muscle is much longer than when you sit upright."),
        "shorter": _("Shorter than upright: {muscles}.").format(muscles=_listed(shorter))
        if shorter
        else _("No muscle is much shorter than when you sit upright."),
    }


def breaks_text(spacing_min: float | None, now: DayState, was: DayState) -> str:
    """Say what breaks and position would have made of the day."""
    begins = (
        _("Held like this, with the breaks the day had")
        if spacing_min is None
        else _("Held like this, with a short break every {n} min").format(n=f"{spacing_min:g}")
    )
    high, mean = (_change(part["mid-back"], before["mid-back"]) for part, before in _states(now, was))
    if high == mean:
        return _(
            "{begins}, the mid-back's highest point and its mean over the day would be {change}."
        ).format(begins=begins, change=high)
    return _(
        "{begins}, the mid-back's highest point would be {highest} and its mean over the day {mean}."
    ).format(begins=begins, highest=high, mean=mean)


def said_aloud(texts: dict[str, str]) -> str:
    """Return the one sentence that is spoken once a slider rests."""
    said = _("Neck: {neck} of its strength. Mid-back: {mid} what it carries upright.").format(
        neck=texts["neck"], mid=texts["mid"]
    )
    return f"{said} {texts['breaks']}" if texts.get("breaks") else said


def hour_words(hour: HourLoad, load: float | None, group: Group, time: str) -> str:
    """Say one hour in a line; ``load`` : against an hour of sitting as usual, None where it is not known."""
    if load is None:
        return (_("{time}: not known") if hour.load else _("{time}: not yet")).format(time=time)
    return _("{time}: {doing}; {part} {share} of an hour of sitting").format(
        time=time, doing=doing_words(hour), part=group_name(group), share=percent(load, 0)
    )


def doing_words(hour: HourLoad) -> str:
    """Say what was done in an hour: "sitting 50 min, moving 10 min"."""
    parts = [
        f"{activity_name(activity)} {i18n.duration_words(hour.seconds[activity])}"
        for activity in ACTIVITIES
        if hour.seconds.get(activity, 0.0) >= 60
    ]
    return ", ".join(parts) or activity_name("unknown")


def subject_words(person: Person) -> str:
    """Say whose body the numbers are for."""
    known = []
    if person.stature_m is not None:
        known.append(_("{n} m tall").format(n=i18n.number_words(person.stature_m, 2)))
    if person.mass_kg is not None:
        known.append(_("{n} kg").format(n=i18n.number_words(person.mass_kg)))
    if person.sex is not None:
        known.append({"female": _("a woman"), "male": _("a man")}[person.sex])
    if not known:
        return _("These are numbers for adults in general, with a wide range.")
    return _("Calculated for you: {known}.").format(known=", ".join(known))


def eases_words(one: Unload) -> str:
    """Say what a movement does to the bands, "" when that is nothing to speak of."""
    shares: dict[str, float] = {}
    past: set[str] = set()
    for band, share in one.bands.items():
        place = _place_of(band)
        shares[place] = max(share, shares.get(place, 0.0))
        if band in one.other_way:
            past.add(place)
    beyond = [place for place in shares if place in past]
    back = [place for place, share in shares.items() if place not in past and share >= WHOLLY]
    partly = [
        _("{place} by {share}").format(place=place, share=percent(share, 0))
        for place, share in shares.items()
        if place not in past and share < WHOLLY
    ]
    said = [
        _("Past upright: {places}.").format(places=_and(beyond)) if beyond else "",
        _("Back to upright: {places}.").format(places=_and(back)) if back else "",
        _("Part of the way: {places}.").format(places=_and(partly)) if partly else "",
    ]
    return " ".join(part for part in said if part)


def _place_of(band: str) -> str:
    """Say where a band lies."""
    return {
        "rhomboids": _("between the shoulder blades"),
        "trapezius-middle": _("between the shoulder blades"),
        "trapezius-lower": _("along the spine"),
        "erector-thoracic": _("along the spine"),
        "levator": _("side of the neck"),
        "pectoralis-major": _("chest"),
        "pectoralis-minor": _("chest"),
        "deltoid-anterior": _("front of the shoulders"),
    }.get(band, band)


def status_words(status: str) -> str:
    """Say how far the place was read where a number stands."""
    return {
        "V": _("read there"),
        "V2": _("read in a text that quotes it"),
        "C": _("worked out or assumed by us"),
        "R": _("from memory, to be read again"),
    }.get(status, status)


def _states(now: DayState, was: DayState) -> Sequence[tuple[dict[str, float], dict[str, float]]]:
    return [
        ({str(k): v for k, v in part.items()}, {str(k): v for k, v in before.items()})
        for part, before in ((now.peak, was.peak), (now.mean, was.mean))
    ]


def _change(now: float, was: float) -> str:
    change = 100 * (now - was) / was if was > 0 else 0.0
    if abs(change) < 1:
        return _("about the same")
    share = percent(abs(change) / 100, 0)
    return (_("{share} lower") if change < 0 else _("{share} higher")).format(share=share)


def _listed(bands: Sequence[BandNow]) -> str:
    return "; ".join(
        _("{muscle}, by {share}").format(muscle=_(MUSCLES[band.muscle]), share=percent(abs(band.strain)))
        for band in bands
    )


def _whole(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u00a0")


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
