"""The words of calendar entries. In: what kind of time it is, what is done in it. Out: title, description.

A calendar is seen by others: without ``full`` nothing tells what the time is for. Next: app.calendar_out.
"""

from collections.abc import Callable, Sequence

from .wording import N_

Translate = Callable[[str], str]

NAME = N_("Time to move")
# What stands there when others may read along.
DISCREET: dict[str, str] = {
    "session": N_("Time to move"),
    "towel": N_("Rest"),
    "break": N_("Short break"),
    "worn": N_("Reminder"),
    "proposed": N_("Time for an appointment"),
    "massage": N_("Appointment"),
    "professional": N_("Appointment"),
}
FULL: dict[str, str] = {
    "session": N_("Movement: {what}"),
    "towel": N_("Lie on the towel: {what}"),
    "break": N_("Break: {what}"),
    "worn": N_("Put it on: {what}"),
    "proposed": N_("Massage (not booked yet)"),
    "massage": N_("Massage"),
    "professional": N_("Appointment: {what}"),
}
OPEN_IT = N_("Open midback to be guided through it.")
TAKE_OFF = N_("Time to take it off")
LONGEST_TITLE = 120


def title_of(kind: str, what: Sequence[str], translate: Translate, *, full: bool) -> str:
    """Return an entry's title; ``what`` names what is done in it, the first ones where they are many."""
    words = [name for name in what if name]
    template = (FULL if full and (words or "{what}" not in FULL[kind]) else DISCREET)[kind]
    named = ", ".join(words)
    if len(named) > LONGEST_TITLE:
        named = named[: LONGEST_TITLE - 1].rstrip(" ,") + "…"
    return translate(template).format(what=named)


def description_of(kind: str, lines: Sequence[str], translate: Translate, *, full: bool) -> str:
    """Return what an entry says beside its title: nothing at all where others may read along."""
    if not full:
        return ""
    guided = (translate(OPEN_IT),) if kind in ("session", "towel", "break") else ()
    return "\n".join((*lines, *guided))
