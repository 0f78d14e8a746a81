"""When massage visits fall. In: budget and cadence. Out: dates and reasons. Next: planner.

Dates are spread evenly over the month and moved off Sundays, so the same month always gives the same dates.
"""

import calendar
from datetime import date, timedelta

from midback.reasons import Reason

from .answers import Massage

RULE_VERSION = 1
SUNDAY = 6
MOST_VISITS = 12


def visit_dates(year: int, month: int, per_month: int) -> tuple[date, ...]:
    """Return the dates of a month's visits, evenly spread."""
    visits = min(max(per_month, 0), MOST_VISITS)
    length = calendar.monthrange(year, month)[1]
    dates = []
    for visit in range(visits):
        day = date(year, month, 1 + int((visit + 0.5) * length / visits))
        dates.append(day - timedelta(days=1) if day.weekday() == SUNDAY else day)
    return tuple(dates)


def every_weeks_dates(last: date | None, weeks: int, start: date, end: date) -> tuple[date, ...]:
    """Return the dates from ``start`` up to ``end`` on which a visit is due every so many weeks after the last one.

    One that is overdue, or the very first, is due on the first day; none is on a Sunday.
    """
    due = start if last is None else max(last + timedelta(weeks=weeks), start)
    dates = []
    while due < end:
        day = due + timedelta(days=1) if due.weekday() == SUNDAY else due
        if day < end:
            dates.append(day)
        due += timedelta(weeks=weeks)
    return tuple(dates)


def affordable(massage: Massage) -> bool:
    """Say whether visits are planned: they are wanted, there is a cadence, and money was set aside."""
    return massage.wanted and massage.per_month > 0 and massage.monthly_budget > 0


def visits_on(day: date, massage: Massage) -> bool:
    """Say whether a visit falls on a day."""
    return affordable(massage) and day in visit_dates(day.year, day.month, massage.per_month)


def visit_reasons(massage: Massage, every_weeks: int | None = None) -> tuple[Reason, ...]:
    """Return why a visit stands in the plan, and what research says of its cadence."""
    if every_weeks is not None:
        often = Reason("plan.massage-every", {"weeks": every_weeks}, RULE_VERSION)
        return (often, Reason("plan.massage-monthly", {}, RULE_VERSION))
    values: dict[str, str | int | float] = {
        "visits": massage.per_month,
        "budget": massage.monthly_budget,
        "each": round(massage.monthly_budget / massage.per_month, 2),
        "currency": massage.currency,
    }
    evidence = "plan.massage-often" if massage.per_month >= 8 else "plan.massage-monthly"
    return (Reason("plan.massage", values, RULE_VERSION), Reason(evidence, {}, RULE_VERSION))
