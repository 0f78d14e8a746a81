"""Every reason of the core has words, and every placeholder is written the way its name says."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import midback
from core_rig import MONDAY, QUESTIONS, cleared, intakes, library, pauses, performances
from midback.app.why_told import Part
from midback.body.exposure import STILL
from midback.body.seated import Miss
from midback.body.tissue import GROUPS
from midback.catalogue import Catalogue
from midback.catalogue.country import Country
from midback.catalogue.exercise import Grade, Purpose, Slot
from midback.catalogue.term import Condition, Term
from midback.coach.verify.gates_fours import MARGINS
from midback.errors import Infeasible
from midback.plan.answers import CheckIn, Intake, Pause, ScreenAnswers
from midback.plan.breaks import default_rule
from midback.plan.fit import Obstacle
from midback.plan.pain import SIGNS, judge_pain, judge_sign
from midback.plan.performance import Performance, Side
from midback.plan.planner import plan_week
from midback.plan.progression import progress
from midback.plan.triage import screen, screen_due
from midback.reasons import Reason
from midback.share.wording import MESSAGES
from midback.share.words import OLD_REASON, Local, placeholders, words_of

ROOT = Path(midback.__file__).parent
ROOMS = (
    "plan.",
    "triage.",
    "coach.",
    "exposure.",
    "store.",
    "app.",
    "camera.",
    "analysis.",
    "seated.",
    "why.",
    "trial.",
)
# Keys of what is stored look like message ids.
KEYS = frozenset({"camera.brought-in-at"})
FOLDERS = ("body", "plan", "coach", "app", "store", "trial")

# What a computed message id can end in, by what it begins with.
ENDINGS: dict[str, tuple[str, ...]] = {
    "plan.long-": STILL,
    "plan.for-": get_args(Purpose),
    "plan.worn-": get_args(Grade),
    "plan.towel-": ("morning", "night"),
    "plan.pause-": ("illness", "flare", "travel"),
    "plan.sign-": SIGNS,
    "plan.none-": get_args(Obstacle),
    "coach.say.other-side-": get_args(Side),
    "seated.": get_args(Miss),
    "why.share-": STILL,
    "why.stretch-": STILL,
    "why.day-longest-": STILL,
    "why.part-": get_args(Part),
    "plan.state-": GROUPS,
    "plan.yesterday-": GROUPS,
    "camera.out-of-view-": tuple(part for part, _ in MARGINS),
}

LIBRARY = library()
CATALOGUE = Catalogue(
    languages=("en", "de"),
    exercises=LIBRARY,
    triage=QUESTIONS,
    triage_groups={},
    conditions={
        "osteoporosis": Condition(
            id="osteoporosis", name={"en": "thin bones", "de": "dünne Knochen"}, ask={}, why={}
        )
    },
    gear={"towel": Term(id="towel", name={"en": "towel", "de": "Handtuch"})},
    symptoms={},
    tried={},
    places={"desk": Term(id="desk", name={"en": "at the desk", "de": "am Schreibtisch"})},
    regions={},
    professionals={},
    countries={
        "DE": Country(code="DE", name={"en": "Germany"}, emergency="112"),
        "other": Country(code="other", name={"en": "elsewhere"}, emergency="112"),
    },
    setup={},
    claims={},
    sources={},
)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def is_message_id(value: object) -> bool:
    if not isinstance(value, str) or value in KEYS:
        return False
    return value.startswith(ROOMS) and " " not in value and value[-1] not in ".-"


def ids_in(tree: ast.AST) -> Iterator[str]:
    """Yield every message id a module speaks of, computed ones with all their endings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and is_message_id(node.value):
            yield node.value
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begin = str(node.values[0].value)
            if begin.startswith(ROOMS) and len(node.values) == 2:
                yield from (begin + ending for ending in ENDINGS.get(begin, ("?",)))


def test_every_message_id_of_the_core_has_words() -> None:
    """No reason can be given that nobody has worded, computed ids included."""
    used = {message_id: path.name for path, tree in sources() for message_id in ids_in(tree)}
    missing = {key: where for key, where in used.items() if key not in MESSAGES}
    assert not missing
    assert len(used) > 80


def test_every_wording_is_used() -> None:
    """No words are left over from reasons that are no longer given."""
    used = {message_id for _, tree in sources() for message_id in ids_in(tree)}
    prefixes = tuple(ENDINGS)
    assert not {key for key in MESSAGES if key not in used and not key.startswith((*prefixes, "coach."))}


def test_written_reasons_carry_what_their_words_ask_for() -> None:
    """Where an id and its values stand together in the source, no placeholder is without its value."""
    checked = 0
    for path, tree in sources():
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason"
            ):
                continue
            first, *rest = node.args
            if not (isinstance(first, ast.Constant) and is_message_id(first.value)):
                continue
            if rest and not isinstance(rest[0], ast.Dict):
                continue
            keys = rest[0].keys if rest and isinstance(rest[0], ast.Dict) else []
            given_ = {key.value for key in keys if isinstance(key, ast.Constant)}
            assert placeholders(MESSAGES[first.value]) <= given_, f"{path.name}: {first.value}"
            checked += 1
    assert checked > 30


def test_no_wording_promises_or_blames() -> None:
    """Words never promise safety or a cure, never diagnose, and never shout."""
    for message_id, words in MESSAGES.items():
        lowered = words.lower()
        for never in (
            "you are safe",
            "diagnos",
            "cure",
            "treat",
            "!",
            "should have",
            "bad posture",
            "guarantee",
        ):
            assert never not in lowered, f"{message_id}: {never}"


def speaks(reasons: tuple[Reason, ...]) -> None:
    for reason in reasons:
        for language in ("en", "de"):
            words = words_of(reason, CATALOGUE, language)
            assert words, reason
            assert words != OLD_REASON, reason
            assert "{" not in words, reason


@given(intakes(), performances(), pauses(), st.frozensets(st.sampled_from([q.id for q in QUESTIONS])))
def test_everything_a_plan_says_can_be_said(
    intake: Intake, done: tuple[Performance, ...], paused: tuple[Pause, ...], yes: frozenset[str]
) -> None:
    """Screen, progression, breaks and plan give no reason without words, in any language of the catalogue."""
    now = ScreenAnswers(at=NOON, yes=yes)
    clearance = screen(QUESTIONS, now, intake, LIBRARY, NOON)
    speaks((*clearance.reasons, *clearance.advice))
    speaks(tuple(reason for gate in clearance.gates.values() for reason in gate.reasons))
    decision = progress(LIBRARY["cat-cow"], done, MONDAY)
    speaks(decision.reasons)
    speaks(default_rule(intake, LIBRARY, clearance).reasons)
    if clearance.closed:
        return
    try:
        made = plan_week(MONDAY, intake, clearance, LIBRARY, {"cat-cow": decision}, done, None, paused)
    except Infeasible as error:
        speaks(tuple(Reason(constraint) for constraint in error.constraints))
        return
    speaks((*made.reasons, *(reason for item in made.items for reason in item.reasons)))


NOON = cleared().at


@given(st.none() | st.integers(0, 10), st.integers(0, 10), st.sampled_from(SIGNS))
def test_everything_said_during_a_session_can_be_said(before: int | None, now: int, sign: str) -> None:
    """The verdicts on pain and on new signs have words."""
    speaks((judge_pain(before, now).reason, judge_sign(sign).reason))


def test_why_the_screen_is_due_can_be_said() -> None:
    """Each reason for asking again has words, with the date it was answered."""
    clearance = cleared()
    later = clearance.due_at
    speaks(screen_due(None, later))
    reasons = screen_due(clearance, later, [CheckIn(at=later, worse=True)], clearance.at)
    speaks(reasons)
    assert "Monday, 2 March" in words_of(reasons[0], CATALOGUE)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (20, "20 min"), (60, "1 h"), (62, "1 h 02"), (112, "1 h 52"), (600, "10 h")],
)
def test_minutes(minutes: int, words: str) -> None:
    """Minutes are written like "1 h 52"."""
    assert Local(str).minutes(minutes) == words


@pytest.mark.parametrize(("seconds", "words"), [(45, "45 s"), (120, "2 min"), (150, "2 min 30 s")])
def test_seconds(seconds: int, words: str) -> None:
    """Seconds are written like "45 s" and "2 min"."""
    assert Local(str).seconds(seconds) == words


def test_the_words_of_the_day() -> None:
    """A long bout is told as in the sketch: plain, and with what follows from it."""
    said = words_of(Reason("plan.long-sitting", {"longest_min": 112}), CATALOGUE)
    assert said == "You sat 1 h 52 without a break. Opening the chest and extending first."


def test_placeholders_by_their_names() -> None:
    """Exercises, places, signs, numbers to call and gates are named from the catalogue, in its language."""
    assert words_of(Reason("plan.fits-work", {"place": "desk"}), CATALOGUE, "de").endswith("am Schreibtisch.")
    assert "112" in words_of(Reason("triage.stop", {"emergency": "XX"}), CATALOGUE)
    reported = Reason("triage.reported", {"sign": "fever", "do": "fever", "source": "test"})
    assert words_of(reported, CATALOGUE) == "You reported: fever? See somebody about fever."
    gate = Reason("gate", {"exercise": "wedge", "condition": "osteoporosis"})
    assert words_of(gate, CATALOGUE, "de") == "Wegen osteoporosis."
    left_out = Reason("plan.left-out", {"exercise": "wedge", "gate": "osteoporosis"})
    assert words_of(left_out, CATALOGUE) == "Wedge is left out: Because of osteoporosis."


def test_translations_are_used_with_the_same_placeholders() -> None:
    """A translated sentence is filled like the English one, dates included."""
    german = {
        "It was {days} days ago, so it is one level down.": "Vor {days} Tagen, darum eine Stufe tiefer.",
        "Monday": "Montag",
        "March": "März",
        "{weekday}, {day} {month}": "{weekday}, {day}. {month}",
    }

    def translate(message: str) -> str:
        return german.get(message, message)

    reason = Reason("plan.gap", {"exercise": "cat-cow", "days": 9})
    assert words_of(reason, CATALOGUE, "de", translate) == "Vor 9 Tagen, darum eine Stufe tiefer."
    assert Local(translate).day("2026-03-02") == "Montag, 2. März"


def test_ids_and_reasons_of_another_version_do_not_break() -> None:
    """An exercise that is gone keeps its id; a reason that is gone, or lacks a value, says that it is old."""
    assert words_of(Reason("plan.stands-in", {"other_exercise": "gone"}), CATALOGUE) == "Stands in for gone."
    assert words_of(Reason("plan.no-such-reason"), CATALOGUE) == OLD_REASON
    assert words_of(Reason("plan.gap"), CATALOGUE) == OLD_REASON
    hostile = Reason("plan.after-habit", {"habit": "{0.__class__} {days}"})
    assert "{0.__class__}" in words_of(hostile, CATALOGUE)


def test_every_part_of_the_day_that_can_carry_a_towel_is_a_part_of_the_day() -> None:
    """The endings used for computed ids are real ones."""
    assert set(ENDINGS["plan.towel-"]) <= set(get_args(Slot))
