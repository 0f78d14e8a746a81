"""What the warning-sign screen says. All "no" is "no warning signs reported", never more than that."""

from . import N_

MESSAGES: dict[str, str] = {
    "triage.stop": N_("Stop here and call {emergency} now. Do not exercise."),
    "triage.ask-first": N_(
        "Please be seen by a professional before you exercise. Until then, breathing and easy "
        "walking are open."
    ),
    "triage.reported": N_("You reported: {sign} {do}"),
    "triage.numbness-new": N_(
        "You reported numbness or tingling that is new, spreading or with weakness. Have it looked at first."
    ),
    "triage.seen": N_("A professional knows about this and said you may exercise: {sign}"),
    "triage.still-to-be-seen": N_(
        "You reported this before, and nobody has been entered who saw you for it: {sign}"
    ),
    "triage.numbness-known": N_(
        "Your older numbness is known to a professional. If it changes, spreads or weakness joins "
        "it, say so here."
    ),
    "triage.corrected": N_(
        "You corrected an answer within a day. Both answers are kept, with what you said about it."
    ),
    "triage.gated": N_("Some exercises are left out or changed because of your answers. Each one says why."),
    "triage.none-reported": N_("No warning signs reported."),
    "triage.advice": N_("Good to have looked at, though it stops nothing: {sign} {do}"),
    "triage.between-blades": N_(
        "Pain between the shoulder blades is worth being seen for if it is new or not getting better."
    ),
    "triage.age-unknown": N_(
        "Your year of birth is not entered, so {exercise} is handled as for somebody of 65 or more. "
        "Enter it in Settings."
    ),
    "triage.due-first": N_("The warning-sign questions come first, before any exercise."),
    "triage.due-weekly": N_(
        "The warning-sign questions are asked every week. You last answered on {asked_date}."
    ),
    "triage.due-clock": N_(
        "The clock was set back, so the warning-sign questions are asked again to be sure."
    ),
    "triage.due-elsewhere": N_(
        "Your data came from a backup or another computer, so the warning-sign questions are asked again."
    ),
    "triage.due-worse": N_("You said it got worse, so the warning-sign questions are asked again."),
    "triage.due-gap": N_("You were away for {days} days, so the warning-sign questions are asked again."),
}

# Signs that are not a question of the screen but an answer of the intake.
SIGNS: dict[str, str] = {
    "numbness-new": N_("numbness or tingling that is new, spreading or with weakness"),
}
