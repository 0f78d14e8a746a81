"""What a diary can tell, what it cannot, and what comes next."""

from . import N_

MESSAGES: dict[str, str] = {
    # Why it cannot be told.
    "trial.few-baseline-days": N_(
        "Before the programme, {answered} of {days} days have an answer; at least {least} of 7 are needed."
    ),
    "trial.few-last-days": N_(
        "Of the last {days} days, {answered} have an answer; at least {least} of 7 are needed."
    ),
    "trial.too-early": N_("The programme has run for {days} days; at least {least} are needed."),
    "trial.too-uncertain": N_(
        "Days differ so much from each other that the change may lie between {low} and {high}. That is common with one "
        "person's days, and nobody's fault."
    ),
    "trial.interim": N_("A look on day {day}, before the end: it asks for more before it says anything."),
    # Why it is not known what made the difference.
    "trial.natural-course": N_("Pain comes and goes by itself."),
    "trial.regression-to-the-mean": N_(
        "People begin when it is worst, and after the worst it is usually better, whatever one does."
    ),
    "trial.expectation": N_(
        "Expecting help changes how pain feels. The relief is real; what made it is open."
    ),
}
