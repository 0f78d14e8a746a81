"""What the commands print for programs. In: values of app and core. Out: dicts of a stable shape. Next: door.

docs/cli.md shows each shape; a test compares the two. Keys are added, never renamed or removed.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from midback.app.exposures import DayExposure
from midback.app.items import TodayItem
from midback.app.library import LibraryEntry
from midback.app.planning import PlanView
from midback.app.progress import Progress
from midback.app.today import Today
from midback.catalogue.exercise import Dose
from midback.plan.changes import Change
from midback.plan.clearance import Clearance
from midback.plan.prescription import Prescription
from midback.plan.progression import Decision
from midback.reasons import Reason

from .wording import Speech

Shape = dict[str, Any]


def clock_words(minute: int) -> str:
    """Return local minutes after midnight as 07:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _iso(at: date | datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def reasons(speech: Speech, given: Iterable[Reason]) -> list[Shape]:
    """Shape reasons: the stable id and values, and the words in the person's language."""
    return [
        {"id": r.message_id, "values": dict(r.values), "version": r.rule_version, "text": speech.reason(r)}
        for r in given
    ]


def clearance(speech: Speech, given: Clearance | None) -> Shape | None:
    """Shape a clearance."""
    if given is None:
        return None
    return {
        "level": given.level,
        "easy_allowed": given.easy_allowed,
        "at": _iso(given.at),
        "due_at": _iso(given.due_at),
        "reasons": reasons(speech, given.reasons),
        "advice": reasons(speech, given.advice),
        "gated": sorted(given.gates),
    }


def dose(given: Dose) -> Shape:
    """Shape a dose: for one side."""
    return {
        "seconds": given.seconds,
        "repetitions": given.repetitions,
        "sets": given.sets,
        "rest_s": given.rest_s,
        "range": given.range,
        "resistance": given.resistance,
    }


def prescription(speech: Speech, item: Prescription) -> Shape:
    """Shape one planned item."""
    return {
        "id": item.id,
        "day": _iso(item.day),
        "at": clock_words(item.minute),
        "slot": item.slot,
        "exercise": item.exercise_id,
        "variant": item.variant_id,
        "title": speech.title(item.exercise_id),
        "level": item.level,
        "dose": dose(item.dose),
        "sides": list(item.sides),
        "range_scale": item.range_scale,
        "place": item.place,
        "gear": list(item.gear),
        "minutes": item.minutes,
        "counts": item.counts,
        "optional": item.optional,
        "reasons": reasons(speech, item.reasons),
    }


def today_item(speech: Speech, shown: TodayItem) -> Shape:
    """Shape one of today's items."""
    return {**prescription(speech, shown.item), "status": shown.status, "done_s": shown.done_s}


def changes(speech: Speech, given: Iterable[Change]) -> list[Shape]:
    """Shape what changed since the plan before."""
    return [{"kind": c.kind, "exercise": c.exercise_id, "reasons": reasons(speech, c.reasons)} for c in given]


def decision(speech: Speech, exercise_id: str, given: Decision) -> Shape:
    """Shape what comes next for one exercise."""
    return {
        "exercise": exercise_id,
        "level": given.level,
        "range_scale": given.range_scale,
        "status": given.status,
        "rest_until": _iso(given.rest_until),
        "reasons": reasons(speech, given.reasons),
    }


def exposure(day: DayExposure) -> Shape:
    """Shape how a day was spent."""
    return {
        "day": _iso(day.day),
        "usual": day.usual,
        "seconds": {name: round(seconds) for name, seconds in sorted(day.exposure.seconds.items())},
        "longest_still_s": round(day.exposure.longest_still_s),
        "longest_activity": day.exposure.longest_activity,
        "bouts": [
            {
                "id": bout.id,
                "activity": bout.activity,
                "start": _iso(bout.start),
                "end": _iso(bout.end),
                "evidence": list(bout.evidence),
            }
            for bout in day.bouts
        ],
    }


def today(speech: Speech, shown: Today) -> Shape:
    """Shape the day."""
    rule = shown.break_rule
    return {
        "day": _iso(shown.day),
        "step": shown.step,
        "clearance": clearance(speech, shown.clearance),
        "minutes_done": round(shown.minutes_done, 2),
        "minutes_target": shown.minutes_target,
        "streak": shown.streak,
        "strength": round(shown.strength, 3),
        "next": prescription(speech, shown.next_item) if shown.next_item else None,
        "items": [today_item(speech, item) for item in shown.items],
        "exposure": exposure(shown.exposure),
        "break": {
            "after_s": rule.after_s,
            "length_s": rule.length_s,
            "movements": [{"exercise": e, "variant": v} for e, v in rule.movements],
            "reasons": reasons(speech, rule.reasons),
        }
        if rule
        else None,
        "questions": [question.id for question in shown.questions],
        "changes": changes(speech, shown.changes),
        "reasons": reasons(speech, shown.reasons),
        "constraints": list(shown.constraints),
        "pause": shown.pause.why if shown.pause else None,
        "driving_since": _iso(shown.driving.since) if shown.driving else None,
        "still": {
            "activity": shown.still.activity,
            "since": _iso(shown.still.since),
            "still_s": round(shown.still.still_s),
        }
        if shown.still
        else None,
        "sensing": {"running": shown.watch.running, "backend": shown.watch.backend} if shown.watch else None,
        "open_session": shown.open_session_id,
    }


def plan(speech: Speech, view: PlanView) -> Shape:
    """Shape the week."""
    return {
        "start": _iso(view.plan.start),
        "days": view.plan.days,
        "target_minutes": view.plan.target_minutes,
        "made_at": _iso(view.made_at),
        "reasons": reasons(speech, view.plan.reasons),
        "changes": changes(speech, view.changes),
        "items": [
            prescription(speech, item) for item in sorted(view.plan.items, key=lambda i: (i.day, i.minute))
        ],
        "decisions": [decision(speech, name, view.decisions[name]) for name in sorted(view.decisions)],
    }


def exercise_line(speech: Speech, entry: LibraryEntry) -> Shape:
    """Shape one line of the library."""
    it = entry.exercise
    return {
        "id": it.id,
        "title": speech.title(it.id),
        "short": speech.text(it).short,
        "family": it.family,
        "purpose": it.purpose,
        "grade": it.grade,
        "sides": it.sides,
        "counts": it.counts,
        "places": sorted({place for variant in it.variants for place in variant.places}),
        "variants": [variant.id for variant in it.variants],
        "open": [variant.id for variant in entry.open],
        "reasons": reasons(speech, entry.reasons),
        "own": it.own,
    }


def exercise(speech: Speech, entry: LibraryEntry) -> Shape:
    """Shape one exercise in full."""
    it, text = entry.exercise, speech.text(entry.exercise)
    return {
        **exercise_line(speech, entry),
        "why": text.purpose,
        "evidence": text.evidence,
        "stop_signs": list(text.stop_signs),
        "articles_dose": it.articles_dose,
        "camera": it.camera.signal,
        "levels": [dose(level.dose()) for level in it.levels],
        "ways": [
            {
                "id": variant.id,
                "name": text.variants[variant.id].name,
                "places": list(variant.places),
                "gear": [list(choices) for choices in variant.gear],
                "steps": list(text.variants[variant.id].steps),
            }
            for variant in it.variants
        ],
        "claims": list(it.claims),
        "decision": decision(speech, it.id, entry.decision) if entry.decision else None,
    }


def progress(shown: Progress) -> Shape:
    """Shape a window of days, oldest first."""
    return {
        "days": [
            {
                "day": _iso(day),
                "pain_now": pain.now,
                "pain_average": pain.average,
                "pain_worst": pain.worst,
                "minutes": round(minutes, 2),
                "variety": None if variety is None else round(variety, 3),
                "longest_still_min": None if longest is None else round(longest, 1),
            }
            for day, pain, minutes, variety, longest in zip(
                shown.days, shown.pain, shown.minutes, shown.variety, shown.longest_still_min, strict=True
            )
        ],
        "target_minutes": shown.target_minutes,
        "streak": shown.streak,
        "strength": round(shown.strength, 3),
        "exercises": [
            {
                "exercise": total.exercise_id,
                "times": total.times,
                "seconds": {side: round(seconds) for side, seconds in sorted(total.seconds.items())},
                "last": _iso(total.last),
            }
            for total in shown.exercises
        ],
        "psfs": {
            name: [{"day": _iso(day), "score": score} for day, score in scores]
            for name, scores in sorted(shown.psfs.items())
        },
    }
