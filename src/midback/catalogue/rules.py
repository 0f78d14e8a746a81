"""What one exercise keeps to beyond the shape of its table. In: an Exercise. Out: broken rules. Next: load.

Each rule is a generator of ``(key, rule)``; ``check`` raises for the first one broken.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from midback.catalogue.exercise import Exercise, Level
from midback.catalogue.movement_rules import cue_rules, size_rules
from midback.catalogue.refusal import FileRefused

MAX_CUE_WORDS = 12
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOADS = ("none", "light", "medium", "heavy")
NEEDS = ("floor", "kneel", "wrists", "supine", "stand", "overhead")
# A variant that needs this of the body says, by a gate, what people with that condition do instead.
NEED_GATES = {"floor": "no-floor", "kneel": "knees", "wrists": "wrists"}
SPINE_PURPOSES = ("extension", "mobility", "rotation", "release")
SPINE_GATES = ("osteoporosis", "vertebral-fracture", "recent-surgery", "recent-injury")
SIDE_WORDS = {
    "en": ("left", "right"),
    "de": ("links", "rechts", "linke", "linken", "linker", "rechte", "rechten", "rechter"),
}

Broken = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Ids an exercise may name.

    languages : what a file must hold texts in; none for a person's own, which may have any one
    known_languages : what it may hold texts in
    taken : ids that another exercise has already
    """

    conditions: Collection[str]
    gear: Collection[str]
    regions: Collection[str]
    claims: Collection[str]
    sources: Collection[str]
    languages: tuple[str, ...] = ("en", "de")
    known_languages: tuple[str, ...] = ("en", "de")
    taken: Collection[str] = field(default_factory=tuple)


def check(file: str, exercise: Exercise, words: Vocabulary) -> None:
    """Raise FileRefused for the first rule that the exercise breaks."""
    for rule in RULES:
        for key, broken in rule(exercise, words):
            raise FileRefused(file, key, broken)


def _identity(exercise: Exercise, words: Vocabulary) -> Broken:
    if not ID.fullmatch(exercise.id) or len(exercise.id) > 40:
        yield "id", "An id has small letters, digits and single hyphens, at most 40 of them."
    if exercise.while_waiting and not exercise.easy:
        yield "while_waiting", "What is open before somebody was seen is easy movement too: add easy = true."
    if exercise.id in words.taken:
        yield (
            "id",
            f"'{exercise.id}' comes with the program; give yours another id, such as 'my-{exercise.id}'.",
        )
    if exercise.version < 1:
        yield "version", "Versions count from 1."
    for region in exercise.regions:
        if region not in words.regions:
            yield "regions", f"'{region}' is not a region; use {_among(words.regions)}."
    for claim in exercise.claims:
        if claim not in words.claims:
            yield "claims", f"There is no claim '{claim}' in claims.toml."


def _frequency(exercise: Exercise, words: Vocabulary) -> Broken:
    if not 1 <= exercise.frequency.per_day <= 24:
        yield "frequency.per_day", "Between 1 and 24 times a day."
    if not 0 <= exercise.frequency.days_per_week <= 7:
        yield "frequency.days_per_week", "Between 0 (less than weekly) and 7 days a week."
    if (exercise.frequency.days_per_week == 0) != (1 <= exercise.frequency.per_month <= 31):
        yield "frequency.per_month", "What is less than weekly says how often a month, between 1 and 31."
    if not exercise.frequency.slots or len(set(exercise.frequency.slots)) != len(exercise.frequency.slots):
        yield "frequency.slots", "Name each part of the day once, and at least one."


def _levels(exercise: Exercise, words: Vocabulary) -> Broken:
    if not 1 <= len(exercise.levels) <= 40:
        yield "levels", "An exercise has between 1 and 40 levels."
    if not exercise.dose_by:
        yield "dose_by", "Say 'time', 'repetitions' or both."
    for index, level in enumerate(exercise.levels):
        yield from _level(f"levels[{index}]", level, exercise)
    for index, (low, high) in enumerate(zip(exercise.levels, exercise.levels[1:], strict=False), start=1):
        yield from _step(f"levels[{index}]", low, high)


def _level(key: str, level: Level, exercise: Exercise) -> Broken:
    bounds: Mapping[str, tuple[float | None, float, float]] = {
        "seconds": (level.seconds, 5, 7_200),
        "repetitions": (level.repetitions, 1, 200),
        "tempo_s": (level.tempo_s, 0.5, 60),
        "sets": (level.sets, 1, 20),
        "rest_s": (level.rest_s, 0, 600),
        "range": (level.range, 0.1, 1),
    }
    for name, (value, low, high) in bounds.items():
        if value is not None and not low <= value <= high:
            yield f"{key}.{name}", f"Between {low:g} and {high:g}."
    if (level.repetitions is None) != (level.tempo_s is None):
        yield f"{key}.repetitions", "Repetitions come with tempo_s, the seconds one of them takes."
    if "time" in exercise.dose_by and level.seconds is None:
        yield f"{key}.seconds", "A dose by time needs seconds."
    if "repetitions" in exercise.dose_by and level.repetitions is None:
        yield f"{key}.repetitions", "A dose by repetitions needs repetitions and tempo_s."


def _step(key: str, low: Level, high: Level) -> Broken:
    """One rung to the next: more time, or else more range, or else more load, never two at once."""
    load = LOADS.index(high.resistance) - LOADS.index(low.resistance)
    reach = round(high.range - low.range, 6)
    times = [(a * low.sets, b * high.sets) for a, b in _amounts(low, high)]
    longer = any(b > a for a, b in times)
    shorter = any(b < a for a, b in times)
    if load < 0 or (load == 0 and reach < 0) or (load == 0 and reach == 0 and (shorter or not longer)):
        yield key, "Levels grow: first in time, then in range, then in load."
    elif load > 1 or (load == 1 and (reach > 0 or longer)) or (load == 0 and reach > 0 and longer):
        yield key, "From one level to the next only one of time, range and load grows."


def _amounts(low: Level, high: Level) -> Iterator[tuple[int, int]]:
    if low.seconds is not None and high.seconds is not None:
        yield low.seconds, high.seconds
    if low.repetitions is not None and high.repetitions is not None:
        yield low.repetitions, high.repetitions


def _variants(exercise: Exercise, words: Vocabulary) -> Broken:
    ids = [variant.id for variant in exercise.variants]
    if not ids or len(set(ids)) != len(ids):
        yield "variants", "An exercise has at least one variant, and each has an id of its own."
    for index, variant in enumerate(exercise.variants):
        key = f"variants[{index}]"
        if not ID.fullmatch(variant.id):
            yield f"{key}.id", "An id has small letters, digits and single hyphens."
        if not variant.places:
            yield f"{key}.places", "Name at least one place."
        for thing in (gear for choices in variant.gear for gear in choices):
            if thing not in words.gear:
                yield f"{key}.gear", f"'{thing[:40]}' is not known gear; use {_among(words.gear)}."
        if any(not choices for choices in variant.gear):
            yield f"{key}.gear", "Each thing needed names at least one that will do."
        for need in variant.needs:
            if need not in NEEDS:
                yield f"{key}.needs", f"'{need[:40]}' is not a known need; use {_among(NEEDS)}."
        if variant.movement is not None and variant.movement not in ids:
            yield f"{key}.movement", f"It names the variant whose movement it shares: {_among(ids)}."
    for name in exercise.movements:
        if name not in ids:
            yield f"movements.{name}", f"Movements are named after the variants: {_among(ids)}."


def _gates(exercise: Exercise, words: Vocabulary) -> Broken:
    ids = [variant.id for variant in exercise.variants]
    named = [gate.condition for gate in exercise.gates]
    if len(set(named)) != len(named):
        yield "gates", "Each condition has one gate."
    for index, gate in enumerate(exercise.gates):
        key = f"gates[{index}]"
        if gate.condition not in words.conditions:
            yield (
                f"{key}.condition",
                f"'{gate.condition[:40]}' is not a known condition; use {_among(words.conditions)}.",
            )
        for variant in gate.variants:
            if variant not in ids:
                yield (
                    f"{key}.variants",
                    f"'{variant[:40]}' is not a variant of this exercise; it has {_among(ids)}.",
                )
        if (gate.action == "variant") != bool(gate.variants):
            yield (
                f"{key}.variants",
                "Name the variants that stay allowed when, and only when, action is 'variant'.",
            )
        if gate.action == "range" and not 0.1 <= gate.range < 1:
            yield f"{key}.range", "Between 0.1 and below 1 when action is 'range'."
        if not gate.source:
            yield f"{key}.source", "Say where it stands."
        yield from _languages(f"{key}.reason", gate.reason, exercise, words)
    for need, condition in NEED_GATES.items():
        for variant_id in (variant.id for variant in exercise.variants if need in variant.needs):
            gates = (gate for gate in exercise.gates if gate.condition == condition)
            if not any(_closes(gate.action, gate.variants, variant_id) for gate in gates):
                rule = f"Variant '{variant_id}' needs '{need}': a gate for '{condition}' leaves it out."
                yield "gates", rule
    if exercise.family == "daily" and exercise.purpose in SPINE_PURPOSES:
        for condition in SPINE_GATES:
            if condition not in named:
                yield (
                    "gates",
                    f"It moves the spine: add a gate for '{condition}' that says what these people do.",
                )


def _closes(action: str, allowed: tuple[str, ...], variant_id: str) -> bool:
    return action == "block" or (action == "variant" and variant_id not in allowed)


def _texts(exercise: Exercise, words: Vocabulary) -> Broken:
    for language in words.languages:
        if language not in exercise.text:
            yield f"text.{language}", "Every language has the texts."
    for language in exercise.text:
        if language not in words.known_languages:
            yield f"text.{language}"[:40], f"The languages are {_among(words.known_languages)}."
    if not exercise.text:
        yield "text", f"Write the texts in one of {_among(words.known_languages)}."
    ids = {variant.id for variant in exercise.variants}
    for language, text in exercise.text.items():
        key = f"text.{language}"
        if set(text.variants) != ids:
            yield f"{key}.variants", f"Every variant has texts, and only those: {_among(sorted(ids))}."
        if not text.stop_signs:
            yield f"{key}.stop_signs", "Name at least one sign to stop."
        for name in ("title", "short", "purpose", "evidence"):
            if not getattr(text, name).strip():
                yield f"{key}.{name}", "It must not be empty."
        for variant_id, words_of in text.variants.items():
            at = f"{key}.variants.{variant_id}"
            if not words_of.name.strip() or not words_of.picture.strip() or not words_of.steps:
                yield at, "A variant has a name, steps and a picture's description."
            for cue, sentence in words_of.cues.items():
                yield from _cue(f"{at}.cues.{cue}", sentence, language, exercise)
    yield from _languages("articles_dose", exercise.articles_dose, exercise, words, may_be_empty=True)


def _cue(key: str, sentence: str, language: str, exercise: Exercise) -> Broken:
    spoken = sentence.split()
    if not 1 <= len(spoken) <= MAX_CUE_WORDS:
        yield key, f"A cue has between 1 and {MAX_CUE_WORDS} words."
    bare = {word.strip(".,;:!?").lower() for word in spoken}
    if exercise.sides and bare & set(SIDE_WORDS.get(language, ())):
        yield key, "Cues of an exercise with sides do not say left or right: the side is spoken apart."


def _languages(
    key: str, text: Mapping[str, str], exercise: Exercise, words: Vocabulary, *, may_be_empty: bool = False
) -> Broken:
    if may_be_empty and not text:
        return
    wanted = {*words.languages, *exercise.text}
    missing = sorted(language for language in wanted if not text.get(language, "").strip())
    unknown = sorted(language for language in text if language not in words.known_languages)
    if unknown:
        yield f"{key}.{unknown[0][:40]}", f"The languages are {_among(words.known_languages)}."
    if missing:
        yield key, f"Every language of the file has this text; {_among(missing)} is missing."


def _among(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


RULES: tuple[Callable[[Exercise, Vocabulary], Broken], ...] = (
    _identity,
    _frequency,
    _levels,
    _variants,
    _texts,
    _gates,
    lambda exercise, _: size_rules(exercise),
    lambda exercise, _: cue_rules(exercise),
)
