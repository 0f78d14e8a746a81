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
    "trial.weaker-start": N_(
        "The start is the weaker one: a week as remembered, and {days} days of diary. Memory tends to be off."
    ),
    # Weeks drawn by chance.
    "trial.weeks-compared": N_(
        "Between weeks on and weeks off, the programme changes pain by {low} to {high} points; minus is less."
    ),
    "trial.few-allocations": N_(
        "{pairs} pairs of weeks can be drawn in {orders} orders only, too few for a test by the draw alone."
    ),
    "trial.exact-test": N_(
        "Of all orders in which {pairs} pairs of weeks can be drawn, {percent} % would look as good without any effect."
    ),
    "trial.few-weeks": N_(
        "There are {days} answered days of the shorter of on and off, and {switches} changes between them; at least 8 "
        "days and 2 changes are needed."
    ),
    # Why it is not known what made the difference.
    "trial.natural-course": N_("Pain comes and goes by itself."),
    "trial.regression-to-the-mean": N_(
        "People begin when it is worst, and after the worst it is usually better, whatever one does."
    ),
    "trial.expectation": N_(
        "Expecting help changes how pain feels. The relief is real; what made it is open."
    ),
    # When it stops early.
    "trial.stop-sign": N_(
        "A warning sign was reported, so the trial stops here. Please see a professional first."
    ),
    "trial.stop-worse": N_(
        "For a week pain has been {now}, from {usual} before the trial: it stops here. Please talk to a professional."
    ),
    # What comes next.
    "trial.next-less": N_("Go on with less: keep what you like, and see whether it stays as it is."),
    "trial.next-go-on": N_("Go on as you do."),
    "trial.next-change": N_("Change something: other exercises, other times of day, other breaks."),
    "trial.next-more-days": N_("More days make it clearer, if you want to know; you need not."),
    "trial.next-professional": N_("Book a professional. One page with all of this can go with you."),
}
