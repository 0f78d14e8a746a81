"""`midback plan`: the week and its reasons. In: app.planning. Out: lines, or JSON."""

from itertools import groupby

from midback.app.planning import current_plan, replan
from midback.app.screening import screen_due
from midback.errors import SafetyStop

from . import shapes
from .door import opened, print_json
from .paper import heading, line, table
from .wording import Speech
from .words import _


def show(again: bool, as_json: bool) -> None:
    """Print the week."""
    with opened() as door:
        try:
            view = replan(door.house, door.person) if again else current_plan(door.house, door.person)
        except SafetyStop as exc:
            if not screen_due(door.house, door.person).due:
                raise
            seen, rule, _step = exc.phrases
            raise SafetyStop(seen, rule, "Answer them first: `midback screen`. It takes a minute.") from exc
        speech = Speech(door.house.catalogue, door.language)
        if as_json:
            print_json(shapes.plan(speech, view))
            return
        for reason in view.plan.reasons:
            line(speech.reason(reason))
        ordered = sorted(view.plan.items, key=lambda item: (item.day, item.minute))
        for day, items in groupby(ordered, key=lambda item: item.day):
            heading(speech.day(day))
            rows = [
                (
                    shapes.clock_words(item.minute),
                    speech.title(item.exercise_id),
                    speech.dose(item),
                    " ".join(speech.reason(reason) for reason in item.reasons[:1]),
                )
                for item in items
            ]
            table((_("at"), _("what"), _("how much"), _("why")), rows)
        if view.changes:
            heading(_("What changed"))
        for change in view.changes:
            line(speech.change(change))
            for reason in change.reasons:
                line(speech.reason(reason), indent=2, dim=True)
