"""`midback today`: what comes next and why. In: app.today. Out: lines, or JSON."""

from midback.app.clock import local
from midback.app.today import Today, show_today

from . import shapes
from .door import Door, opened, print_json
from .paper import heading, line, table
from .wording import Speech, activity_words, minutes_words
from .words import _, ngettext


def show(as_json: bool) -> None:
    """Print today."""
    with opened() as door:
        shown = show_today(door.house, door.person)
        speech = Speech(door.house.catalogue, door.language)
        if as_json:
            print_json(shapes.today(speech, shown))
        else:
            _print(door, speech, shown)


def _print(door: Door, speech: Speech, shown: Today) -> None:
    heading(speech.day(shown.day))
    if shown.step == "screen":
        line(_("First come the questions about warning signs: midback screen"))
    elif shown.step == "intake":
        line(_("Next, tell about yourself: midback screen"))
    elif shown.step == "stopped":
        line(_("No exercise for now. Your last answers include a warning sign:"))
    elif shown.step == "infeasible":
        line(_("No plan fits today:"))
    for reason in shown.reasons:
        line(speech.reason(reason), indent=2)
    for constraint in shown.constraints:
        line(constraint, indent=2)
    if shown.items:
        _print_items(speech, shown)
    for change in shown.changes:
        line(speech.change(change), indent=2)
        for reason in change.reasons:
            line(speech.reason(reason), indent=4, dim=True)
    _print_hours(door, speech, shown)
    _print_now(door, shown)
    for question in shown.questions:
        if question.id == "next-day":
            line(_("How does it feel a day after the last session? midback log pain 0-10"))
        else:
            line(_("How does it feel today? midback log pain 0-10"))
    if shown.open_session_id and shown.step in ("ready", "easy"):
        line(_("A session is open: midback session goes on with it."))


def _print_now(door: Door, shown: Today) -> None:
    """Say what goes on at this moment: a drive, or the stretch without moving."""
    if shown.driving is not None:
        since = local(door.house.clock, shown.driving.since).strftime("%H:%M")
        if shown.driving.forgotten:
            line(
                _("You set off at {time}. When did you arrive? midback drive arrived 17:45").format(
                    time=since
                )
            )
        else:
            line(_("Driving since {time}. Say when you arrive: midback drive arrived").format(time=since))
    elif shown.still is not None:
        since = local(door.house.clock, shown.still.since).strftime("%H:%M")
        length = minutes_words(shown.still.still_s / 60)
        line(
            _("Now: {activity} since {time}, {length} without moving").format(
                activity=activity_words(shown.still.activity), time=since, length=length
            )
        )


def _print_items(speech: Speech, shown: Today) -> None:
    done = minutes_words(shown.minutes_done)
    line(_("{done} of {target} min done").format(done=done, target=shown.minutes_target))
    if shown.streak > 1:
        line(ngettext("{n} day in a row", "{n} days in a row", shown.streak).format(n=shown.streak))
    rows = [
        (
            speech.status(i.status),
            shapes.clock_words(i.item.minute),
            speech.title(i.item.exercise_id),
            speech.dose(i.item),
            " ".join(speech.reason(reason) for reason in i.item.reasons[:1]),
        )
        for i in shown.items
    ]
    table(("", _("at"), _("what"), _("how much"), _("why")), rows)


def _print_hours(door: Door, speech: Speech, shown: Today) -> None:
    if not shown.exposure.bouts:
        return
    parts = [
        f"{activity_words(name)} {minutes_words(seconds / 60)}"
        for name, seconds in shown.exposure.exposure.seconds.items()
        if seconds >= 60 and name != "unknown"
    ]
    usual = " " + _("(your usual day)") if shown.exposure.usual else ""
    heading(_("The day so far") + usual)
    line(", ".join(parts))
    longest = shown.exposure.exposure.longest_still_s
    if longest >= 60:
        line(_("Longest without moving: {length}").format(length=minutes_words(longest / 60)))
    if shown.break_rule:
        for reason in shown.break_rule.reasons[:1]:
            line(speech.reason(reason), dim=True)
    last = shown.exposure.bouts[-1]
    line(_("Entered until {time}").format(time=local(door.house.clock, last.end).strftime("%H:%M")), dim=True)
