"""What the person tried before, turned into an order. In: intake. Next: planner, breaks, substitution.

What helped comes first, what changed nothing comes last, what made it worse is left out unless asked for.
"""

from midback.catalogue.exercise import Exercise, Purpose

from .answers import Intake, Tried

# Answers about a kind of thing rather than an exercise say something of the purposes they share.
KINDS: dict[str, frozenset[Purpose]] = {
    "stretches": frozenset({"opening", "extension", "rotation"}),
    "movement": frozenset({"mobility", "variety"}),
    "massage-gun": frozenset({"release"}),
}
HELPED, NEW, NO_CHANGE = 0, 1, 2


def tried_before(exercise: Exercise, intake: Intake) -> Tried | None:
    """Return how the exercise, or the kind of thing it is, went before."""
    if exercise.id in intake.tried:
        return intake.tried[exercise.id]
    of_kind = [
        intake.tried[kind]
        for kind, shared in KINDS.items()
        if kind in intake.tried and exercise.purpose in shared
    ]
    if not of_kind:
        return None
    # A kind that made it worse covers too much to leave all of it out: it only comes last.
    return "helped" if "helped" in of_kind else "no-change"


def rank(exercise: Exercise, intake: Intake) -> int:
    """Return the place in the order: 0 helped before, 1 not tried, 2 tried without help."""
    return {"helped": HELPED, None: NEW, "no-change": NO_CHANGE, "worse": NO_CHANGE}[
        tried_before(exercise, intake)
    ]


def left_out(exercise: Exercise, intake: Intake) -> bool:
    """Say whether it made things worse before and was not asked for."""
    return intake.tried.get(exercise.id) == "worse" and exercise.id not in intake.wanted
