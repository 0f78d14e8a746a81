"""`midback screen`: the warning-sign questions, then about you. In: terminal, flags, file. Out: Clearance.

Without a terminal the answers come from flags (--none, --yes ID) or from a JSON file; see docs/cli.md.
"""

import json
import sys
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import typer
from pydantic import TypeAdapter, ValidationError

from midback.app.intake import read_intake, save_intake
from midback.app.screening import answer_screen, needs_explanation, questions, screen_due
from midback.app.screening import current_clearance as current
from midback.catalogue.triage import TriageQuestion
from midback.errors import InputError, misfit
from midback.plan.answers import Intake
from midback.plan.clearance import Clearance

from . import shapes
from .ask import yes
from .door import Door, opened, print_json, read_text
from .paper import heading, line
from .wording import Speech
from .words import _

KEYS = ("yes", "changed_because", "seen_by", "seen_on", "may_exercise", "intake")


@dataclass(frozen=True, slots=True)
class Given:
    """What came with the command: a file, or flags."""

    file: Path | None
    yes: list[str]
    none: bool
    because: str
    seen_by: str
    seen_on: str
    may_exercise: bool

    @property
    def empty(self) -> bool:
        return self.file is None and not self.yes and not self.none


def run_screen(given: Given, as_json: bool) -> None:
    """Ask, or take what was given; keep it; print what it allows. ``--json`` alone only reads."""
    with opened() as door:
        speech = Speech(door.house.catalogue, door.language)
        if given.empty and as_json:
            print_json(_read(door, speech))
            return
        if given.empty and not sys.stdin.isatty():
            raise InputError(
                "There is no terminal to ask in.",
                "Answers come from a terminal, from flags, or from a file.",
                "Use --none, --yes ID or --answers FILE; `midback screen --json` lists the questions.",
            )
        clearance = _interview(door, speech) if given.empty else _keep(door, _answers_of(given))
        if as_json:
            print_json(_read(door, speech))
        else:
            _print(speech, clearance, told=read_intake(door.house, door.person) is not None)


def _read(door: Door, speech: Speech) -> shapes.Shape:
    due = screen_due(door.house, door.person)
    return {
        "due": due.due,
        "reasons": shapes.reasons(speech, due.reasons),
        "clearance": shapes.clearance(speech, current(door.house, door.person)),
        "questions": [
            {"id": q.id, "level": q.level, "group": q.group, "text": speech.pick(q.text)}
            for q in questions(door.house)
        ],
        "intake": TypeAdapter(Intake | None).dump_python(read_intake(door.house, door.person), mode="json"),
    }


def _answers_of(given: Given) -> dict[str, Any]:
    if given.file is not None:
        return _from_file(given.file)
    if given.none and given.yes:
        raise InputError("--none and --yes were both given.", "They contradict each other.", "Leave one out.")
    return {
        "yes": given.yes,
        "changed_because": given.because,
        "seen_by": given.seen_by,
        "seen_on": given.seen_on or None,
        "may_exercise": given.may_exercise,
    }


def _from_file(path: Path) -> dict[str, Any]:
    try:
        answers = json.loads(read_text(path))
    except json.JSONDecodeError as exc:
        raise InputError(
            "{path} is not JSON: {fault} in line {line}.",
            "",
            "Mend the line.",
            values={"path": path, "fault": exc.msg, "line": exc.lineno},
        ) from exc
    if not isinstance(answers, dict) or not isinstance(answers.get("yes"), list):
        raise InputError(
            '{path} has no list "yes".',
            "It holds the ids of the questions answered yes; [] when there are none.",
            'The smallest file is {{"yes": []}}.',
            values={"path": path},
        )
    if unknown := sorted(set(answers) - set(KEYS)):
        raise InputError(
            "{path} has a key {unknown!r}.",
            "Known keys: {known}.",
            "Remove it.",
            values={"path": path, "unknown": unknown[0], "known": ", ".join(KEYS)},
        )
    return answers


def _keep(door: Door, answers: dict[str, Any]) -> Clearance:
    intake = _intake_of(answers["intake"]) if answers.get("intake") is not None else None
    seen_on = answers.get("seen_on")
    try:
        seen_day = date.fromisoformat(seen_on) if seen_on else None
    except (TypeError, ValueError) as exc:
        raise InputError(
            "{text!r} is not a day.", "Days look like 2026-03-31.", values={"text": seen_on}
        ) from exc
    clearance = answer_screen(
        door.house,
        door.person,
        frozenset(str(answer) for answer in answers["yes"]),
        seen_by=str(answers.get("seen_by") or "") or None,
        seen_on=seen_day,
        may_exercise=answers.get("may_exercise") is True,
        changed_because=str(answers.get("changed_because") or "") or None,
    )
    if intake is not None:
        save_intake(door.house, door.person, intake)
    return current(door.house, door.person) or clearance


def _intake_of(raw: Any) -> Intake:
    known = [field.name for field in fields(Intake)]
    if unknown := sorted(set(raw) - set(known)) if isinstance(raw, dict) else ["intake"]:
        raise InputError(
            "intake has a key {unknown!r}.",
            "Known keys: {known}.",
            "Remove it.",
            values={"unknown": unknown[0], "known": ", ".join(known)},
        )
    try:
        return TypeAdapter(Intake).validate_python(raw)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            "intake.{place} is {given!r}.",
            "{rule}.",
            "Mend it in the file.",
            values={"place": where, "given": first["input"], "rule": misfit(first)},
        ) from exc


def _interview(door: Door, speech: Speech) -> Clearance:
    line(_("First some questions about warning signs. Enter alone means no."))
    told: set[str] = set()
    group = ""
    for question in questions(door.house):
        if question.group != group:
            group = question.group
            _print_group(door, speech, group)
        if yes(speech.pick(question.text)):
            told.add(question.id)
            if question.level == "emergency":
                line(speech.pick(question.do), indent=2)
    because = None
    if needs_explanation(door.house, door.person, frozenset(told)):
        line(_("Less than a day ago you reported a warning sign that these answers take back."))
        because = typer.prompt(_("What changed?"))
    seen = _ask_seen(door.house.catalogue.triage, told)
    clearance = answer_screen(door.house, door.person, frozenset(told), changed_because=because, **seen)
    if clearance.level != "stop":
        from .interview import ask_intake

        save_intake(door.house, door.person, ask_intake(door, speech))
        clearance = current(door.house, door.person) or clearance
    return clearance


def _print_group(door: Door, speech: Speech, group: str) -> None:
    named = door.house.catalogue.triage_groups.get(group)
    if named is not None:
        heading(speech.pick(named.title))
        line(speech.pick(named.lead))


def _ask_seen(asked: tuple[TriageQuestion, ...], told: set[str]) -> dict[str, Any]:
    serious = any(q.id in told and q.level in ("emergency", "urgent") for q in asked)
    if not serious or not yes(_("Has a professional seen you about this?")):
        return {}
    who = typer.prompt(_("Who saw you?"))
    when = typer.prompt(_("On which day (as 2026-03-31)?"))
    try:
        day = date.fromisoformat(when)
    except ValueError as exc:
        raise InputError(
            "{text!r} is not a day.", "Days look like 2026-03-31.", "Start again.", values={"text": when}
        ) from exc
    may = yes(_("Did they say that you may exercise?"))
    return {"seen_by": who, "seen_on": day, "may_exercise": may}


def _print(speech: Speech, clearance: Clearance, *, told: bool) -> None:
    title = {
        "stop": _("No exercise for now."),
        "ask-first": _("Be seen by a professional before you exercise."),
        "gated": _("Some exercises are left out or done another way."),
        "go": _("No warning signs reported."),
    }[clearance.level]
    heading(title)
    for said in map(speech.reason, (*clearance.reasons, *clearance.advice)):
        if said != title:  # without any sign the one reason is the same sentence
            line(said, indent=2)
    for name, gate in sorted(clearance.gates.items()):
        for reason in gate.reasons:
            line(f"{speech.title(name)}: {speech.reason(reason)}", indent=2)
    if clearance.level == "stop":
        return
    if told:
        line(_("What today holds: midback today"))
    else:
        line(_("Next come the questions about your day. Until they are answered no prompt comes."))
        line(_("In a terminal: midback screen. In the browser: midback"), indent=2)
