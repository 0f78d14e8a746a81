"""When it is time to be seen. In: check-ins, trial dates. Out: reasons. Next: app, share's hand-over letter.

An emergency sign escalates through ``triage`` at once; here are the slow signs: worse by 2 or more for 7
days, and no change at the end of the trial. A day without an answer is not a day without pain.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta, tzinfo
from statistics import median

from midback.reasons import Reason

from .answers import CheckIn
from .progression import Decision

RULE_VERSION = 1
WEEK = timedelta(days=7)
ANSWERS_NEEDED = 4
WORSE_BY = 2
CHANGE_OF = 1
TRIAL_DAYS = 28
BASELINE_DAYS = 28
SAID_FOR_DAYS = 14


def escalate(
    checkins: Sequence[CheckIn],
    today: date,
    trial_start: date | None = None,
    decisions: Mapping[str, Decision] | None = None,
    zone: tzinfo | None = None,
) -> tuple[Reason, ...]:
    """Return why the person should be seen by a professional now; nothing when there is no reason to."""
    pain = daily_pain(checkins, zone)
    found = (worse_for_a_week(pain, today), unchanged_after_trial(pain, today, trial_start))
    resting = tuple(
        next(
            (reason for reason in decision.reasons if reason.message_id == "plan.worse-rest"),
            Reason("plan.resting-for-pain", {"exercise": exercise_id}, RULE_VERSION),
        )
        for exercise_id, decision in sorted((decisions or {}).items())
        if decision.status == "rest"
    )
    return (*(reason for reason in found if reason is not None), *resting)


def daily_pain(checkins: Sequence[CheckIn], zone: tzinfo | None = None) -> dict[date, float]:
    """Return each answered day's pain: the average over 24 h where given, else now; a day's last one holds.

    ``zone`` None takes the dates of the datetimes as they are given.
    """
    days: dict[date, float] = {}
    for checkin in sorted(checkins, key=lambda c: c.at):
        value = checkin.pain_average if checkin.pain_average is not None else checkin.pain_now
        if value is not None:
            days[(checkin.at.astimezone(zone) if zone else checkin.at).date()] = float(value)
    return days


def worse_for_a_week(pain: Mapping[date, float], today: date) -> Reason | None:
    """Worse by 2 or more for 7 days: every answered day of the last seven, four of them at least."""
    week = [value for day, value in pain.items() if today - WEEK < day <= today]
    before = [
        value
        for day, value in pain.items()
        if today - WEEK - timedelta(days=BASELINE_DAYS) < day <= today - WEEK
    ]
    if len(week) < ANSWERS_NEEDED or len(before) < ANSWERS_NEEDED:
        return None
    usual = median(before)
    if min(week) - usual < WORSE_BY:
        return None
    return Reason("plan.worse-week", {"usual": round(usual, 1), "now": round(median(week), 1)}, RULE_VERSION)


def unchanged_after_trial(pain: Mapping[date, float], today: date, start: date | None) -> Reason | None:
    """No change at the end of the trial: the last week's median is less than one point below the first's.

    It is said for two weeks: after that the person has heard it.
    """
    if start is None or not TRIAL_DAYS - 1 <= (today - start).days < TRIAL_DAYS + SAID_FOR_DAYS:
        return None
    end = start + timedelta(days=TRIAL_DAYS - 1)
    first = [value for day, value in pain.items() if start <= day < start + WEEK]
    last = [value for day, value in pain.items() if end - WEEK < day <= end]
    if len(first) < ANSWERS_NEEDED or len(last) < ANSWERS_NEEDED or median(first) - median(last) >= CHANGE_OF:
        return None
    values = {"usual": round(median(first), 1), "now": round(median(last), 1)}
    return Reason("plan.trial-unchanged", values, RULE_VERSION)
