"""The warning-sign screen. In: answers, intake, the last clearance. Out: Clearance. Next: planner, coach.

Levels follow from single answers only where one sign is enough (an emergency, or something to be seen soon).
Weaker signs count in combination: a small fall matters after 50, with fragile bones or long steroid use.
All "no" is "no warning signs reported", never more than that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from midback.catalogue.exercise import Exercise
from midback.catalogue.triage import TriageLevel, TriageQuestion
from midback.reasons import Reason

from .age import may_be_over, may_be_under
from .answers import CheckIn, Intake, ScreenAnswers
from .clearance import Clearance, ClearanceLevel
from .gates import AGE_CONDITION, apply_all, conditions_of

RULE_VERSION = 1
ASK_AGAIN_AFTER = timedelta(days=7)
EXPLAIN_WITHIN = timedelta(days=1)
GAP = timedelta(days=14)
# Clocks are set right by a little all the time; that leaves no doubt about the age of an answer.
CLOCK_SLACK = timedelta(minutes=1)
SEEN_BEFORE = timedelta(days=31)
NUMBNESS_NEW = "numbness-new"
BETWEEN_BLADES = "between-shoulder-blades"
MINOR_TRAUMA = "minor-trauma"
MORNING_STIFFNESS = "morning-stiffness"
FRAGILE = frozenset({"osteoporosis", "vertebral-fracture", "long-steroids"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing reported, with the level it has for this person."""

    id: str
    level: TriageLevel
    source: str


def screen(
    questions: Sequence[TriageQuestion],
    answers: ScreenAnswers,
    intake: Intake,
    exercises: Mapping[str, Exercise],
    now: datetime,
    previous: Clearance | None = None,
) -> Clearance:
    """Return what these answers leave open.

    A stop or "ask first" ends in one of two ways: somebody qualified has seen the person and said that
    they may exercise, or the person corrects an answer within a day and says why.
    """
    today = now.date()
    items = reported(questions, answers, intake, today)
    ids = frozenset(item.id for item in items)
    seen = was_seen(answers, previous)
    cleared = _cleared(items, previous, seen)
    held = _held(answers, previous, seen, ids)
    stopping = {item.id for item in items if item.level == "emergency"}
    asking = {item.id for item in items if item.level == "urgent"} - cleared
    conditions = conditions_of(intake, questions, answers.yes, cleared, today)
    level = _level(stopping, asking, held, previous)
    gates = apply_all(exercises, conditions, age_known=intake.birth_year is not None)
    gated = any(item.level == "gate" for item in items) or intake.numbness == "known"
    if level == "go" and (gates or gated or ids & cleared):
        level = "gated"
    return Clearance(
        level=level,
        reasons=_reasons(level, items, cleared, held, intake, answers),
        advice=_advice(items, intake, today),
        easy_allowed=level != "stop",
        gates=gates,
        at=answers.at,
        due_at=answers.at + ASK_AGAIN_AFTER,
        yes=ids,
        holding=frozenset(stopping | asking | held),
        since=_since(answers, previous, stopping | asking, held),
        cleared=cleared,
        rule_version=RULE_VERSION,
    )


def reported(
    questions: Sequence[TriageQuestion], answers: ScreenAnswers, intake: Intake, today: date
) -> tuple[Item, ...]:
    """Return what was reported, each with the level it has for this person, in the order it was asked."""
    items = [
        Item(question.id, level_for(question, answers.yes, intake, today), question.source)
        for question in questions
        if question.id in answers.yes
    ]
    if intake.numbness == "new" and all(item.id != NUMBNESS_NEW for item in items):
        items.append(Item(NUMBNESS_NEW, "urgent", ""))
    return tuple(items)


def level_for(question: TriageQuestion, yes: frozenset[str], intake: Intake, today: date) -> TriageLevel:
    """Return the level of one answered question for this person: some count only in combination."""
    if question.level == "emergency":
        return "emergency"
    if question.id == BETWEEN_BLADES:
        return "refer"
    if question.id == MINOR_TRAUMA:
        return "urgent" if _bones_may_be_fragile(yes, intake, today) else "refer"
    return question.level


def was_seen(answers: ScreenAnswers, previous: Clearance | None) -> bool:
    """Say whether the way back is complete: who saw the person, when, and that they may exercise.

    After a stop it has to be on the day the sign was reported or later; for "ask first" the month before
    counts, because a known thing may have been looked at already.
    """
    if not (answers.seen_by and answers.seen_by.strip() and answers.seen_on and answers.may_exercise):
        return False
    earliest = date.min
    if previous is not None and previous.holding:
        # A day of leeway: the date is the person's local one, the clearance's instant is UTC.
        leeway = timedelta(days=1) if previous.level == "stop" else SEEN_BEFORE
        earliest = (previous.since or previous.at).date() - leeway
    return earliest <= answers.seen_on <= answers.at.date() + timedelta(days=1)


def explanation_needed(
    questions: Sequence[TriageQuestion], before: ScreenAnswers, answers: ScreenAnswers
) -> bool:
    """Say whether an answer goes from yes back to no within a day, so that the person is asked why.

    Both answers are kept either way; ``changed_because`` holds the explanation.
    """
    return bool(taken_back(questions, before, answers)) and answers.at - before.at < EXPLAIN_WITHIN


def taken_back(
    questions: Sequence[TriageQuestion], before: ScreenAnswers, answers: ScreenAnswers
) -> frozenset[str]:
    """Return the ids of warning signs that were answered yes and are now answered no."""
    known = {question.id for question in questions}
    return frozenset((before.yes - answers.yes) & known)


def screen_due(
    clearance: Clearance | None,
    now: datetime,
    checkins: Sequence[CheckIn] = (),
    last_exercise: datetime | None = None,
) -> tuple[Reason, ...]:
    """Return why the screen has to be asked now; nothing when it does not.

    It is asked first of all, weekly, when things got worse since, and after 14 days without exercise. A
    screen dated after ``now`` says that the clock was set back, so nobody knows how old it is.
    """
    if clearance is None:
        return (Reason("triage.due-first", {}, RULE_VERSION),)
    reasons: list[Reason] = []
    if now < clearance.at - CLOCK_SLACK:
        reasons.append(Reason("triage.due-clock", {}, RULE_VERSION))
    if now >= _weekly_at(clearance):
        reasons.append(
            Reason("triage.due-weekly", {"asked_date": clearance.at.date().isoformat()}, RULE_VERSION)
        )
    if any(checkin.worse and checkin.at > clearance.at for checkin in checkins):
        reasons.append(Reason("triage.due-worse", {}, RULE_VERSION))
    if last_exercise is not None and clearance.at < last_exercise + GAP <= now:
        reasons.append(Reason("triage.due-gap", {"days": (now - last_exercise).days}, RULE_VERSION))
    return tuple(reasons)


def screen_due_at(clearance: Clearance, last_exercise: datetime | None = None) -> datetime:
    """Return when the screen is due at the latest, if nothing gets worse: until then the clearance holds."""
    gap_at = None if last_exercise is None else last_exercise + GAP
    weekly_at = _weekly_at(clearance)
    return weekly_at if gap_at is None or gap_at <= clearance.at else min(weekly_at, gap_at)


def _weekly_at(clearance: Clearance) -> datetime:
    return min(clearance.due_at, clearance.at + ASK_AGAIN_AFTER)


def _bones_may_be_fragile(yes: frozenset[str], intake: Intake, today: date) -> bool:
    return may_be_over(intake.birth_year, 50, today) or bool(FRAGILE & (intake.conditions | yes))


def _cleared(items: Sequence[Item], previous: Clearance | None, seen: bool) -> frozenset[str]:
    """Items that stay reported but were seen; one that goes away and comes back must be seen anew."""
    urgent = {item.id for item in items if item.level == "urgent"}
    before = previous.cleared if previous is not None else frozenset[str]()
    # What is reported for the first time together with the way back has not been seen yet.
    asked_about = previous.holding if previous is not None and seen else frozenset[str]()
    allowed = urgent & (before | asked_about)
    age = {AGE_CONDITION} if seen else before & {AGE_CONDITION}
    return frozenset(allowed | age)


def _held(
    answers: ScreenAnswers, previous: Clearance | None, seen: bool, ids: frozenset[str]
) -> frozenset[str]:
    """Items of the last screen that still hold although they are answered no now."""
    if previous is None or seen:
        return frozenset()
    corrected = answers.changed_because and answers.at - (previous.since or previous.at) < EXPLAIN_WITHIN
    return frozenset() if corrected else previous.holding - ids


def _level(
    stopping: set[str], asking: set[str], held: frozenset[str], previous: Clearance | None
) -> ClearanceLevel:
    if stopping or (held and previous is not None and previous.level == "stop"):
        return "stop"
    return "ask-first" if asking or held else "go"


def _since(
    answers: ScreenAnswers, previous: Clearance | None, reported_now: set[str], held: frozenset[str]
) -> datetime | None:
    if reported_now or not held or previous is None:
        return answers.at if reported_now else None
    return previous.since or previous.at


def _reasons(
    level: ClearanceLevel,
    items: Sequence[Item],
    cleared: frozenset[str],
    held: frozenset[str],
    intake: Intake,
    answers: ScreenAnswers,
) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if level == "stop":
        reasons.append(Reason("triage.stop", {"emergency": intake.country}, RULE_VERSION))
    elif level == "ask-first":
        reasons.append(Reason("triage.ask-first", {}, RULE_VERSION))
    for item in items:
        if item.id in cleared:
            reasons.append(Reason("triage.seen", {"sign": item.id}, RULE_VERSION))
        elif item.id == NUMBNESS_NEW and not item.source:
            reasons.append(Reason("triage.numbness-new", {}, RULE_VERSION))
        elif item.level in ("emergency", "urgent"):
            values = {"sign": item.id, "do": item.id, "source": item.source}
            reasons.append(Reason("triage.reported", values, RULE_VERSION))
    reasons += [Reason("triage.still-to-be-seen", {"sign": item}, RULE_VERSION) for item in sorted(held)]
    if intake.numbness == "known":
        reasons.append(Reason("triage.numbness-known", {}, RULE_VERSION))
    if answers.changed_because and level in ("gated", "go"):
        reasons.append(Reason("triage.corrected", {}, RULE_VERSION))
    if level == "gated":
        reasons.append(Reason("triage.gated", {}, RULE_VERSION))
    if not items and level in ("gated", "go"):
        reasons.append(Reason("triage.none-reported", {}, RULE_VERSION))
    return tuple(reasons)


def _advice(items: Sequence[Item], intake: Intake, today: date) -> tuple[Reason, ...]:
    advice = [
        Reason("triage.advice", {"sign": item.id, "do": item.id, "source": item.source}, RULE_VERSION)
        for item in items
        if item.level == "refer" and item.id != BETWEEN_BLADES and _advises(item.id, intake, today)
    ]
    if "mid-back" in intake.complaint_regions or any(item.id == BETWEEN_BLADES for item in items):
        advice.append(Reason("triage.between-blades", {}, RULE_VERSION))
    return tuple(advice)


def _advises(item_id: str, intake: Intake, today: date) -> bool:
    """Long morning stiffness says something only in somebody under 45."""
    return item_id != MORNING_STIFFNESS or may_be_under(intake.birth_year, 45, today)
