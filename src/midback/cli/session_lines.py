"""The words of a session in the terminal. In: SessionView. Out: lines and the drawn panel. Next: session."""

from rich.console import Group
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.text import Text

from midback.app.house import House
from midback.app.session import SessionView
from midback.app.session_after import outcome
from midback.coach.caption import Captions, captions
from midback.coach.done import items_done, left_s
from midback.coach.script import SECOND
from midback.coach.state import SessionState
from midback.plan.performance import Side, SideDone
from midback.share.words import Local

from .wording import Speech
from .words import _


def side_words(side: Side) -> str:
    """Name a side; nothing when both are at work."""
    return {"left": _("left side"), "right": _("right side")}.get(side, "")


def phase_words(state: SessionState) -> str:
    """Name what is going on."""
    if state.status == "paused":
        return _("Paused")
    names = {"ready": _("Get ready"), "work": _("Go"), "change": _("Change sides"), "rest": _("Rest")}
    return names[state.phase]


def choice_words(choice: str) -> str:
    """Name a reason for skipping, or a new warning sign."""
    return {
        "no-time": _("No time"),
        "no-gear": _("The gear is not here"),
        "no-space": _("No room for it"),
        "too-hard": _("Too hard today"),
        "too-easy": _("Too easy"),
        "dislike": _("I don't like this one"),
        "pain": _("It hurts"),
        "numbness": _("New numbness or tingling"),
        "weakness": _("New weakness in an arm or a leg"),
        "chest-pain": _("Chest pain or tightness"),
        "breathless": _("Short of breath"),
        "dizzy": _("Dizzy or faint"),
    }[choice]


def verdict_words(action: str) -> str:
    """Say what an answer to "this hurts" leads to."""
    return {
        "go-on": _("You can go on."),
        "less-range": _("Go on, smaller."),
        "stop-exercise": _("This exercise stops for today."),
    }.get(action, "")


def title_words(speech: Speech, state: SessionState) -> str:
    """Name the exercise, the way it is done, its side and set."""
    exercise = speech.catalogue.exercise(state.item.exercise_id)
    text = speech.text(exercise)
    name = text.variants[state.item.variant_id].name if len(exercise.variants) > 1 else ""
    sets = state.item.dose.sets
    number = _("set {n} of {sets}").format(n=state.at_unit.set + 1, sets=sets) if sets > 1 else ""
    return ", ".join(part for part in (text.title, name, side_words(state.at_unit.side), number) if part)


def captions_of(speech: Speech, state: SessionState) -> Captions:
    """Return the sentences of the exercise at hand."""
    exercise = speech.catalogue.exercise(state.item.exercise_id)
    words = speech.text(exercise).variants[state.item.variant_id]
    return captions(state.item, exercise.movement_of(state.item.variant_id), words.cues, words.steps[0])


def panel(speech: Speech, view: SessionView) -> Panel:
    """Draw where the session stands."""
    state = view.state
    said = captions_of(speech, state)
    caption = said.at(state.unit_us / SECOND) if state.phase == "work" else said.ready
    count = "" if state.repetitions is None else str(state.repetitions)
    if state.item.tempo_us:
        count = _("{n} of {of}").format(n=count, of=state.work_us // state.item.tempo_us)
    seconds = Local(_).seconds(-(-state.remaining_us // SECOND))
    return Panel(
        Group(
            Text("   ".join(part for part in (phase_words(state), seconds, count) if part), style="bold"),
            ProgressBar(total=1.0, completed=state.elapsed_us / max(1, state.phase_us), width=46),
            Text(caption, style="italic"),
        ),
        title=title_words(speech, state),
        subtitle=_("{time} left").format(time=Local(_).seconds(round(left_s(view.script, state)))),
    )


def after_lines(house: House, person: str, speech: Speech, view: SessionView) -> list[str]:
    """Say what was done against what was planned, and what comes next and why."""
    lines = [""]
    for entry in items_done(view.state):
        title = speech.title(entry.item.exercise_id)
        for side in entry.sides:
            which = side_words(side.side)
            lines.append(f"{title}{', ' if which else ''}{which}: {_done_words(side)}")
    result = outcome(house, person, view)
    for exercise, reasons in result.next_steps:
        lines += [f"{speech.title(exercise.id)}: {speech.reason(reason)}" for reason in reasons]
    return lines


def _done_words(side: SideDone) -> str:
    if side.planned_repetitions is not None:
        done, planned = str(side.done_repetitions or 0), str(side.planned_repetitions)
    else:
        done, planned = Local(_).seconds(side.done_s), Local(_).seconds(side.planned_s)
    return _("{done} of {planned}").format(done=done, planned=planned)
