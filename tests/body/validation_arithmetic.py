"""V17: errors of a pain diary under AR(1), beside the published table. In: trial.diary_error. Out: rows."""

from validation_rows import Row, by_share

from midback.trial.diary_error import (
    difference_of_means,
    effective_days,
    missing_days_error,
    week_pairs,
)

SD = 1.5
# By correlation of neighbouring days: the standard errors printed for 7 and 14 days, two and four week pairs.
ERRORS = {0.5: (1.25, 0.93, 0.98, 0.69), 0.3: (1.04, 0.75, 0.85, 0.60)}
# The smallest detectable changes are printed with one decimal, and 1.4 stands for anything from 1.35 to 1.45: ours has
# to round to what is printed, which is what 3 % of the standard error above it comes to.
CHANGES = {0.5: (2.5, 1.8, 1.9, 1.4), 0.3: (2.0, 1.5, 1.7, 1.2)}
EFFECTIVE = {0.3: 4.2, 0.5: 2.9, 0.7: 1.9}
KEPT = {3: 0.58, 4: 0.44, 5: 0.31}
NAMES = ("two 7-day means", "two 14-day means", "28 days, 2 week pairs", "56 days, 4 week pairs")


def diary_rows() -> list[Row]:
    """Return V17: every number of the table."""
    rows = []
    for phi, published in ERRORS.items():
        ours = (
            difference_of_means(7, SD, phi),
            difference_of_means(14, SD, phi),
            week_pairs(2, SD, phi),
            week_pairs(4, SD, phi),
        )
        for name, error, change, one in zip(NAMES, published, CHANGES[phi], ours, strict=True):
            what = f"{name}, correlation {phi:g}"
            rows.append(by_share("V17", f"standard error, {what}", error, one.se, "points", 0.03))
            rows.append(
                Row(
                    *("V17", f"MDC95, {what}", change, one.mdc95, "points", "rounds to it"),
                    inside=round(one.mdc95, 1) == change,
                )
            )
    rows += [
        by_share("V17", f"effective days of 7, correlation {phi:g}", n, effective_days(7, phi), "days", 0.03)
        for phi, n in EFFECTIVE.items()
    ]
    rows += [
        by_share(
            "V17", f"error of {k} days for a week, correlation 0.5", e, missing_days_error(k, 7, SD, 0.5),
            "points", 0.03,
        )
        for k, e in KEPT.items()
    ]  # fmt: skip
    return rows
