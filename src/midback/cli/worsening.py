"""What `midback worse` does. In: words typed. Out: app.adverse, and lines or JSON."""

from midback.app import adverse
from midback.app.adverse import AdverseEvent, list_events, report
from midback.app.clock import local
from midback.errors import InputError
from midback.plan.setback import SEVERITIES
from midback.reasons import Reason

from .door import day_of, instant_of, opened, print_json, the_one
from .paper import line
from .wording import Speech
from .words import _


def show(as_json: bool) -> None:
    """Print everything that got worse, newest first."""
    with opened() as door:
        events = list_events(door.house, door.person)
        if as_json:
            print_json(
                [
                    {
                        "id": e.id,
                        "at": e.at.isoformat().replace("+00:00", "Z"),
                        "what": e.what,
                        "exercise": e.exercise_id,
                        "severity": e.severity,
                        "resolved_on": e.resolved_on.isoformat() if e.resolved_on else None,
                    }
                    for e in events
                ]
            )
            return
        speech = Speech(door.house.catalogue, door.language)
        for event in events:
            at = local(door.house.clock, event.at).strftime("%Y-%m-%d %H:%M")
            named = f" ({speech.title(event.exercise_id)})" if event.exercise_id else ""
            what = speech.reason(Reason(event.what)) if event.what.startswith("plan.sign-") else event.what
            line(f"{event.id[-8:]}  {at}  {severity_words(event.severity)}: {what}{named}")
            if event.resolved_on:
                line(_("over since {day}").format(day=speech.day(event.resolved_on)), indent=2, dim=True)
        if not events:
            line(_("Nothing so far."))


def write(what: str, exercise: str | None, severity: str, day_text: str | None, at_text: str | None) -> None:
    """Keep what got worse."""
    degree = next((known for known in SEVERITIES if known == severity), None)
    if degree is None:
        raise InputError(
            "{severity!r} is not how much it got worse.",
            "Known: {known}.",
            values={"severity": severity[:60], "known": ", ".join(SEVERITIES)},
        )
    with opened() as door:
        at = door.house.clock.now()
        if day_text is not None or at_text is not None:
            clock = at_text or local(door.house.clock).strftime("%H:%M")
            at = instant_of(door, day_of(door, day_text), clock)
        report(door.house, door.person, AdverseEvent(at=at, what=what, exercise_id=exercise, severity=degree))
    line(_("Noted. Please answer the warning-sign questions now."))
    line("midback screen", indent=2)


def resolve(entry: str) -> None:
    """Say that one is over."""
    with opened() as door:
        known = {event.id[::-1]: event for event in list_events(door.house, door.person)}
        found = known[the_one(entry[::-1], list(known))]
        adverse.resolve(door.house, door.person, found.id)
        line(_("Noted as over."))


def severity_words(severity: str) -> str:
    """Say how much something got worse."""
    return {"mild": _("a little"), "moderate": _("clearly"), "severe": _("badly")}.get(severity, severity)
