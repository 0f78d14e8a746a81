"""`midback progress`: how it is going. In: app.progress. Out: a table, or JSON."""

from midback.app.progress import show_progress

from . import shapes
from .door import opened, print_json
from .paper import heading, line, table
from .wording import Speech, minutes_words
from .words import _, ngettext


def show(days: int, as_json: bool) -> None:
    """Print the last days."""
    with opened() as door:
        shown = show_progress(door.house, door.person, days)
        speech = Speech(door.house.catalogue, door.language)
        if as_json:
            print_json(shapes.progress(shown))
            return
        heading(ngettext("The last {n} day", "The last {n} days", days).format(n=days))
        line(ngettext("{n} day in a row", "{n} days in a row", shown.streak).format(n=shown.streak))
        line(_("Strength of the habit: {percent} of 100").format(percent=round(100 * shown.strength)))
        rows = []
        for day, pain, minutes in zip(shown.days, shown.pain, shown.minutes, strict=True):
            if minutes or pain.now is not None or pain.average is not None or pain.worst is not None:
                felt = [
                    "-" if value is None else str(value) for value in (pain.now, pain.average, pain.worst)
                ]
                rows.append((speech.day(day), *felt, minutes_words(minutes)))
        if rows:
            table((_("day"), _("pain now"), _("average"), _("worst"), _("minutes")), rows)
        else:
            line(_("Nothing entered yet."))
        if shown.exercises:
            heading(_("Exercises"))
            table(
                (_("what"), _("times"), _("left"), _("right"), _("both")),
                [
                    (
                        speech.title(total.exercise_id),
                        str(total.times),
                        *(_minutes(total.seconds.get(side, 0)) for side in ("left", "right", "both")),
                    )
                    for total in shown.exercises
                ],
            )


def _minutes(seconds: float) -> str:
    return minutes_words(seconds / 60) if seconds else ""
