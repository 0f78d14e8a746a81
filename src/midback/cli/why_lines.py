"""What `midback why` prints for people: sentences first, then a short table. In: values of app.why. Out: lines."""

from datetime import tzinfo

from midback.app.why_told import WHOLE_FROM, BandNow, HourLoad, LevelLoad, Spread, WhyDay, WhyPosture
from midback.reasons import Reason
from midback.share.muscle_names import MUSCLES

from .paper import heading, line, table
from .wording import Speech, activity_words, minutes_words, number_words
from .words import _

# The levels of the mid-back, which the table names one by one.
SHOWN = ("T4", "T5", "T6", "T7", "T8")
# "Sore is not damaged" stands before everything else.
FIRST = 1
# A change of length below this is not spoken of.
NAMED_FROM = 0.02
# So many movements of the break rule are named.
MOST_EASES = 3
# How the ids of reasons begin that say why a range is wide.
WIDE = "why.wide"


def print_posture(speech: Speech, told: WhyPosture, *, sources: bool) -> None:
    """Print what a posture takes."""
    line(speech.reason(told.said[0]))
    heading(_("Held like this"))
    line(_held_words(told), dim=True)
    _print_posture_body(speech, told, told.said[FIRST:])
    _print_notes(speech, told.notes)
    if sources:
        _print_sources(speech, told.sources)


def print_day(speech: Speech, told: WhyDay, zone: tzinfo | None, *, sources: bool) -> None:
    """Print a day over its hours."""
    line(speech.reason(told.said[0]))
    heading(speech.day(told.day))
    for reason in told.said[1:]:
        line(speech.reason(reason))
    known = [hour for hour in told.hours if hour.known > 0 and hour.load]
    if known:
        heading(_("Hour by hour, against an hour of sitting as you mostly did, which is 100 %"))
        columns = (_("from"), _("neck"), _("mid-back"), _("shoulders"), _("what you did"))
        table(columns, [_hour_row(hour, told, zone) for hour in known])
    if told.stretches:
        heading(_("What added most"))
        for one in told.stretches:
            line(speech.reason(one.because), indent=2)
    if told.rule is not None:
        heading(_("When a break comes"))
        for reason in told.rule.reasons:
            line(speech.reason(reason), indent=2)
        for ease in told.eases[:MOST_EASES]:
            words = _("{exercise}: takes {share} off the mid-back").format(
                exercise=speech.title(ease.exercise_id),
                share=_("{n} %").format(n=f"{100 * ease.groups['mid-back']:.0f}"),
            )
            line(words, indent=2)
    heading(_held_when(told))
    line(_held_words(told.posture), dim=True)
    _print_posture_body(speech, told.posture, told.posture.said[FIRST:])
    _print_notes(speech, told.notes)
    if sources:
        _print_sources(speech, told.sources)


def _held_when(told: WhyDay) -> str:
    """Name when the day's posture was held; where nobody told of any it is a usual one."""
    if told.so_far:
        return _("How you are held now, or were last")
    return _("How you were held in what added most") if told.stretches else _("A usual way to sit")


def _print_posture_body(speech: Speech, told: WhyPosture, said: tuple[Reason, ...]) -> None:
    for reason in said:
        line(speech.reason(reason))
        if reason.message_id.startswith(WIDE):
            line(
                _(
                    "To narrow it: --mass, --stature, --sex and --strength, or tell them once with: midback screen"
                ),
                dim=True,
            )
    line()
    columns = (_("where"), _("takes"), _("likely between"), "")
    table(columns, [*_neck_rows(told), *_level_rows(told.levels)])
    for text in _band_lines(told.bands):
        line(text)


def _neck_rows(told: WhyPosture) -> list[tuple[str, str, str, str]]:
    percent = _("{n} %")
    force = _("{n} N m")
    return [
        (
            _("neck"),
            force.format(n=number_words(told.neck_moment_n_m.value, 1)),
            _range(told.neck_moment_n_m, 1),
            _("turning forward at its foot"),
        ),
        (
            "",
            percent.format(n=number_words(min(100 * told.neck_fraction.value, 100))),
            _of_strength(told.neck_fraction),
            _("of its greatest strength"),
        ),
    ]


def _level_rows(levels: tuple[LevelLoad, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (
            level.level,
            _("{n} times").format(n=number_words(level.relative.value, 2)),
            _range(level.relative, 2),
            _("what it carries upright"),
        )
        for level in levels
        if level.level in SHOWN
    ]


def _band_lines(bands: tuple[BandNow, ...]) -> list[str]:
    ordered = sorted(bands, key=lambda band: -abs(band.strain))
    longer = [_band(band) for band in ordered if band.strain >= NAMED_FROM]
    shorter = [_band(band) for band in ordered if band.strain <= -NAMED_FROM]
    return [
        _("Longer than upright: {muscles}.").format(muscles="; ".join(longer))
        if longer
        else _("No muscle is much longer than when you sit upright."),
        _("Shorter than upright: {muscles}.").format(muscles="; ".join(shorter))
        if shorter
        else _("No muscle is much shorter than when you sit upright."),
    ]


def _band(band: BandNow) -> str:
    share = _("{n} %").format(n=f"{100 * abs(band.strain):.0f}")
    return _("{muscle}, by {share}").format(muscle=_(MUSCLES[band.muscle]), share=share)


def _hour_row(hour: HourLoad, told: WhyDay, zone: tzinfo | None) -> tuple[str, ...]:
    percent = _("{n} %")
    spent = ", ".join(
        f"{activity_words(doing)} {minutes_words(seconds / 60)}"
        for doing, seconds in sorted(hour.seconds.items(), key=lambda entry: -entry[1])
        if seconds >= 60
    )
    return (
        hour.start.astimezone(zone).strftime("%H:%M"),
        *(percent.format(n=f"{100 * load / told.sitting[group]:.0f}") for group, load in hour.load.items()),
        spent,
    )


def _held_words(told: WhyPosture) -> str:
    """Say how somebody is held: degrees from upright, then what rests."""
    angles = told.angles
    parts = [
        (_("head {n}° forward"), angles.head_flexion),
        (_("trunk {n}°"), angles.trunk_flexion),
        (_("upper back rounded {n}°"), angles.thoracic_flexion),
        (_("arms {n}° forward"), angles.arms_forward),
    ]
    said = [words.format(n=f"{value:g}") for words, value in ((w, round(v)) for w, v in parts) if value]
    supports = [(_("arms resting {n} %"), angles.arm_support), (_("back rest {n} %"), angles.back_rest)]
    said += [words.format(n=f"{100 * share:.0f}") for words, share in supports if share]
    return ", ".join(said) or _("upright, arms hanging")


def _range(spread: Spread, digits: int, by: float = 1.0) -> str:
    low, high = (number_words(by * end, digits) for end in (spread.low, spread.high))
    return _("{low} to {high}").format(low=low, high=high)


def _of_strength(spread: Spread) -> str:
    """Say a range of shares of a strength, which ends at all of it."""
    if spread.high < WHOLE_FROM:
        return _range(spread, 0, 100)
    share = _("{n} %").format(n=number_words(min(100 * spread.low, 100)))
    return _("{share} up to its whole strength").format(share=share)


def _print_notes(speech: Speech, notes: tuple[Reason, ...]) -> None:
    line()
    for reason in notes:
        line(speech.reason(reason), dim=True)
    line(
        _(
            "By the model, each range holds the true value about 90 times in 100. Where numbers come from: "
            "midback why --sources"
        ),
        dim=True,
    )


def _print_sources(speech: Speech, sources: tuple[str, ...]) -> None:
    heading(_("Where the numbers come from"))
    for name in sources:
        source = speech.catalogue.sources.get(name)
        line(source.citation if source else name, indent=2)
