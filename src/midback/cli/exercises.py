"""`midback exercises`: the library, or one exercise. In: app.library. Out: lines, or JSON."""

from midback.app.library import LibraryEntry, list_exercises, show_exercise

from . import shapes
from .door import opened, print_json
from .paper import heading, line, table
from .wording import Speech
from .words import _


def show(exercise_id: str | None, place: str | None, search: str, as_json: bool) -> None:
    """Print the library or one exercise."""
    with opened() as door:
        speech = Speech(door.house.catalogue, door.language)
        if exercise_id is not None:
            entry = show_exercise(door.house, door.person, exercise_id)
            if as_json:
                print_json(shapes.exercise(speech, entry))
            else:
                _print_one(speech, entry)
            return
        entries = list_exercises(door.house, door.person, place=place, text=search)
        if as_json:
            print_json([shapes.exercise_line(speech, entry) for entry in entries])
            return
        rows = [
            (
                entry.exercise.id,
                speech.title(entry.exercise.id),
                entry.exercise.grade,
                speech.text(entry.exercise).short if entry.open else _("not for now"),
            )
            for entry in entries
        ]
        table((_("id"), _("what"), _("evidence"), ""), rows)
        for refusal in door.house.catalogue.refused:
            line(_("Left out: {file}").format(file=f"{refusal.file}: {refusal.key} {refusal.rule}"), dim=True)


def _print_one(speech: Speech, entry: LibraryEntry) -> None:
    it, text = entry.exercise, speech.text(entry.exercise)
    heading(text.title)
    line(text.purpose)
    for reason in entry.reasons:
        line(speech.reason(reason), indent=2)
    open_ids = {variant.id for variant in entry.open}
    for variant in it.variants:
        words = text.variants[variant.id]
        closed = "" if variant.id in open_ids else f" ({_('not for now')})"
        heading(f"{words.name} [{variant.id}]{closed}")
        for number, step in enumerate(words.steps, 1):
            line(f"{number}. {step}", indent=2)
    heading(_("Stop when"))
    for sign in text.stop_signs:
        line(f"- {sign}", indent=2)
    heading(_("Evidence: {grade}").format(grade=it.grade))
    line(text.evidence)
    if it.camera.signal == "none":
        line(_("A camera cannot check this one."), dim=True)
