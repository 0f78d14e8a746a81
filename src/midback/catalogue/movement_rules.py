"""What the keyframes of one exercise keep to. In: an Exercise. Out: broken rules. Next: rules.

Sizes only: that names are joints and that joints stay within their limits is for ``movement`` to say.
"""

from collections.abc import Iterator, Mapping

from midback.catalogue.exercise import Exercise
from midback.catalogue.keyframe import Keyframe, Movement

CYCLE_S = (0.5, 120.0)
MOST_KEYFRAMES = 60
MOST_PARTS = 20
MOST_DEGREES = 360.0
FARTHEST = 4.0

Broken = Iterator[tuple[str, str]]


def size_rules(exercise: Exercise) -> Broken:
    """Bound what one movement may ask of the program: length, number of parts, angles and distances."""
    for name, movement in exercise.movements.items():
        key = f"movements.{name}"
        if not CYCLE_S[0] <= movement.cycle_s <= CYCLE_S[1]:
            yield f"{key}.cycle_s", f"Between {CYCLE_S[0]:g} and {CYCLE_S[1]:g} seconds."
        if not 1 <= len(movement.keyframes) <= MOST_KEYFRAMES:
            yield f"{key}.keyframes", f"Between 1 and {MOST_KEYFRAMES} keyframes."
        if max(len(movement.contacts), len(movement.props)) > MOST_PARTS:
            yield key, f"At most {MOST_PARTS} contacts and {MOST_PARTS} props."
        if not 0 <= movement.breath_s <= CYCLE_S[1]:
            yield f"{key}.breath_s", f"Between 0 and {CYCLE_S[1]:g} seconds."
        yield from _places(key, movement)
        for index, frame in enumerate(movement.keyframes):
            yield from _frame(f"{key}.keyframes[{index}]", frame)


def _places(key: str, movement: Movement) -> Broken:
    for index, contact in enumerate(movement.contacts):
        triples = {"at": contact.at, "along": contact.along, "normal": contact.normal}
        yield from _near(f"{key}.contacts[{index}]", triples)
    for index, prop in enumerate(movement.props):
        yield from _near(f"{key}.props[{index}]", {"at": prop.at, "size": prop.size})


def _frame(key: str, frame: Keyframe) -> Broken:
    for joint, degrees in frame.pose.items():
        if not -MOST_DEGREES <= degrees <= MOST_DEGREES:
            yield f"{key}.pose.{joint[:40]}", f"Between -{MOST_DEGREES:g} and {MOST_DEGREES:g} degrees."
    reach = {f"reach.{name[:40]}": goal.at for name, goal in frame.reach.items()}
    poles = {f"pole.{name[:40]}": place for name, place in frame.pole.items()}
    props = {f"props.{name[:40]}": place for name, place in frame.props.items()}
    yield from _near(key, {"pelvis": frame.pelvis, **reach, **poles, **props})


def _near(key: str, places: Mapping[str, tuple[float, float, float] | None]) -> Broken:
    for name, place in places.items():
        if place is not None and not all(-FARTHEST <= part <= FARTHEST for part in place):
            yield f"{key}.{name}", f"Distances are fractions of stature, at most {FARTHEST:g}."


def cue_rules(exercise: Exercise) -> Broken:
    """A keyframe names a cue that the texts hold, in every language."""
    for variant in exercise.variants:
        movement = exercise.movement_of(variant.id)
        for index, frame in enumerate(movement.keyframes if movement is not None else ()):
            for language, text in exercise.text.items():
                if frame.cue is not None and frame.cue not in text.variants[variant.id].cues:
                    key = f"movements.{variant.movement or variant.id}.keyframes[{index}].cue"
                    cues = f"text.{language}.variants.{variant.id}"
                    yield key, f"'{frame.cue[:40]}' is not among the cues of {cues}."
