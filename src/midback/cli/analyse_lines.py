"""An analysis for people to read. In: Analysis. Out: lines on the terminal. Next: nobody."""

from collections.abc import Callable

from midback.app.analysing import Analysis
from midback.body.iso11226 import ZONES, ZoneTime

from .analyse_shape import shape
from .paper import heading, line, table
from .shapes import Shape
from .wording import Speech
from .words import _, ngettext

# As many rows as one reads; the others are in the JSON.
MOST_ROWS = 40
# A shorter time in the zones says nothing.
LEAST_S = 2.0


def phase_words(speech: Speech) -> Callable[[str], str]:
    """Return how phases are called; one without a name of its own keeps its id."""
    names = {"cat": _("cat"), "cow": _("cow"), "held": _("held")}
    return lambda phase: names.get(phase, phase)


def print_analysis(speech: Speech, found: Analysis) -> None:
    """Print what was found."""
    said = shape(speech, found)
    if found.stopped:
        line(_("You ended it. This is what was seen until then."))
    _print_source(found)
    if found.verified is not None and found.checked is not None:
        _print_counted(speech, found, said)
    if found.stills:
        _print_stills(said)
    else:
        _print_orientation(said)
        _print_sitting(said)
        _print_posture(found, said)
    counted = found.checked.exercise.id if found.verified is not None and found.checked is not None else ""
    others = [one for one in said["could_check"] if one["exercise"] != counted]
    if others:
        heading(_("Start positions seen"))
        for one in others:
            words = _("{exercise}, in {share} of the pictures (--exercise {id})")
            line(
                words.format(
                    exercise=speech.title(one["exercise"]), share=f"{one['share']:.0%}", id=one["exercise"]
                ),
                indent=2,
            )
    heading(_("Not judged"))
    for one in said["not_judged"]:
        line(one["why"], indent=2)


def _print_source(found: Analysis) -> None:
    quality = found.quality
    heading(_("Seen"))
    words = ngettext("{n} picture", "{n} pictures", quality.frames).format(n=quality.frames)
    if quality.seconds and not found.stills:
        words += _(", {seconds} s").format(seconds=f"{quality.seconds:.1f}")
    share = quality.seen / quality.frames if quality.frames else 0.0
    line(_("{pictures}; a body in {share} of them.").format(pictures=words, share=f"{share:.0%}"), indent=2)
    if quality.dark:
        line(_("{n} of them were too dark.").format(n=quality.dark), indent=2)
    if quality.company:
        line(_("In {n} of them more than one person was seen.").format(n=quality.company), indent=2)
    if quality.lost:
        line(_("{n} could not be read.").format(n=quality.lost), indent=2)


def _print_counted(speech: Speech, found: Analysis, said: Shape) -> None:
    assert found.checked is not None  # noqa: S101 - for the type checker; the caller asks
    heading(speech.title(found.checked.exercise.id))
    n = said["repetitions"]
    line(ngettext("{n} whole repetition", "{n} whole repetitions", n).format(n=n), indent=2)
    for one in said["holds"]:
        held = _("Held {seconds} s, from {start} to {end} s, {side}")
        line(
            held.format(
                seconds=f"{one['seconds']:.1f}",
                start=f"{one['start_s']:.1f}",
                end=f"{one['end_s']:.1f}",
                side={"left": _("left"), "right": _("right")}.get(one["side"], _("both")),
            ),
            indent=2,
        )
    named = phase_words(speech)
    shown = ", ".join(f"{named(one['phase'])} {one['t']:.1f}" for one in said["events"][:MOST_ROWS])
    if shown:
        line(_("Phases, from second: {phases}").format(phases=shown), indent=2)
    for one in said["refusals"][:MOST_ROWS]:
        words = _("Not counted from {start} to {end} s: {why}")
        line(
            words.format(start=f"{one['from_s']:.1f}", end=f"{one['to_s']:.1f}", why=one["message"]), indent=2
        )


def _print_orientation(said: Shape) -> None:
    heading(_("Which way up"))
    names = orientation_words()
    for one in said["orientation"]["stretches"][:MOST_ROWS]:
        words = _("{start} to {end} s: {orientation}")
        line(
            words.format(
                start=f"{one['from_s']:.1f}",
                end=f"{one['to_s']:.1f}",
                orientation=names.get(one["orientation"], _("nobody seen")),
            ),
            indent=2,
        )


def _print_sitting(said: Shape) -> None:
    sitting = said["sitting"]
    if sitting is None:
        return
    heading(_("Sitting"))
    if sitting["ratio"]["median"] is not None:
        words = _("Ears above shoulders: {ratio} shoulder widths, most of the time between {low} and {high}")
        ratio = sitting["ratio"]
        line(
            words.format(ratio=ratio["median"], low=ratio["low"], high=ratio["high"]),
            indent=2,
        )
    for one in sitting["looks"][:MOST_ROWS]:
        change = "" if one["change"] is None else f"{one['change']:+.0%}"
        words = f"{one['from_s']:.0f}-{one['to_s']:.0f} s: {look_words(one['look'])} {change}"
        line(f"{words.rstrip()}. {one['message']}".rstrip(), indent=2)


def _print_posture(found: Analysis, said: Shape) -> None:
    if said["zones"] is None:
        return
    heading(_("From the side"))
    posture = said["posture"]
    for key, words in (
        ("trunk_lean_deg", _("Trunk against the vertical")),
        ("ear_shoulder_deg", _("Line from shoulder to ear")),
        ("head_inclination_deg", _("Head against upright")),
    ):
        spread = posture[key]
        if spread is not None:
            line(f"{words}: {angle_words(spread['median'])} ± {spread['plus_minus']:.0f}", indent=2)
    if max(found.posture.head.judged_s, found.posture.trunk.judged_s) < LEAST_S:
        return
    heading(_("Time in the zones of ISO 11226"))
    rows = []
    for name, times in ((_("head"), found.posture.head), (_("trunk"), found.posture.trunk)):
        rows.append((name, *_zone_row(times)))
    table(("", *(zone_words(one) for one in ZONES)), rows)


def _zone_row(times: ZoneTime) -> tuple[str, ...]:
    return tuple(f"{seconds:.0f} s" for seconds in times.seconds.values())


def _print_stills(said: Shape) -> None:
    heading(_("Pictures"))
    names = orientation_words()
    rows = []
    for one in said["pictures"][:MOST_ROWS]:
        change = "" if one["change"] is None else f"{one['change']:+.0%}"
        told = [] if one["look"] is None else [look_words(one["look"])]
        for name, key in ((_("trunk"), "trunk"), (_("head"), "head")):
            angle = one["trunk_lean_deg" if key == "trunk" else "head_inclination_deg"]
            if angle is not None:
                told.append(f"{name} {angle_words(angle)}, {zone_words(one[f'{key}_zone'])}")
        told += [] if one["seen"] else [_("nobody seen")]
        rows.append(
            (
                one["name"],
                names.get(one["orientation"], ""),
                "" if one["ratio"] is None else f"{one['ratio']:.3f}",
                change,
                "; ".join(told),
            )
        )
    table((_("picture"), _("which way up"), _("ratio"), _("change"), _("what it shows")), rows)
    if not all(one["seen"] for one in said["pictures"]):
        line(
            _(
                "Where nobody was seen, it may help to come nearer or go farther away, to have more light, and to "
                "show the whole head and both shoulders."
            )
        )
    more = len(said["pictures"]) - MOST_ROWS
    if more > 0:
        line(ngettext("{n} more; --json shows it.", "{n} more; --json shows them all.", more).format(n=more))


def orientation_words() -> dict[str | None, str]:
    """Return how the orientations are called."""
    return {
        "upright": _("upright"),
        "all-fours": _("on hands and knees"),
        "prone": _("face down"),
        "supine": _("on the back"),
        "side-lying": _("on the side"),
    }


def angle_words(degrees: float) -> str:
    """Return an angle against upright with its direction: 12° forward, 15° back."""
    words = _("{n}° forward") if degrees > 0 else _("{n}° back") if degrees < 0 else "{n}°"
    return words.format(n=f"{abs(degrees):.0f}")


def zone_words(zone: str) -> str:
    """Return how a zone of ISO 11226 is called."""
    return {
        "backward": _("backward"),
        "acceptable": _("acceptable"),
        "conditional": _("for a time"),
        "not-recommended": _("not recommended"),
    }[zone]


def look_words(look: str) -> str:
    """Return how a look at somebody who sits is called."""
    return {
        "upright": _("upright"),
        "slumped": _("sunk"),
        "nearer": _("nearer to the screen"),
        "no-reading": _("no reading"),
        "calibrate-again": _("calibrate again"),
    }.get(look, look)
