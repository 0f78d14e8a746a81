"""What a prompt says, and what held it back."""

from . import N_

MESSAGES: dict[str, str] = {
    # Why now.
    "plan.break-sat": N_("You have been sitting for {still_min} without a break."),
    "plan.break-stood": N_("You have been standing still for {still_min} without a break."),
    "plan.break-drove": N_("You have been driving for {still_min} without a break."),
    "plan.break-sunk": N_("In the camera's last looks you had sunk against your own upright."),
    "plan.break-arrived": N_("You have arrived. After a drive, open your chest and turn to both sides."),
    "plan.break-hour": N_("There was little movement in the last hour, so this one may take {length_s}."),
    # Breaks by the body's state.
    "plan.state-neck": N_(
        "On a day like yours the model sees your neck asked for most. Sore is not damaged."
    ),
    "plan.state-mid-back": N_(
        "On a day like yours the model sees your mid-back asked for most. Sore is not damaged."
    ),
    "plan.state-shoulders": N_(
        "On a day like yours the model sees your shoulders asked for most. Sore is not damaged."
    ),
    "plan.break-state": N_(
        "A break of {length_s} after {after_min} in one position, {hourly_s} once an hour: by the model these help "
        "you most for each interruption, about {prompts} on such a day. That is a model's word, not a trial's."
    ),
    "plan.state-first": N_("{exercise} comes first: by the model it takes most off what your day asks for."),
    "plan.yesterday-neck": N_("By the model yesterday asked most of your neck. What eases it comes forward."),
    "plan.yesterday-mid-back": N_(
        "By the model yesterday asked most of your mid-back. What eases it comes forward."
    ),
    "plan.yesterday-shoulders": N_(
        "By the model yesterday asked most of your shoulders. What eases them comes forward."
    ),
    # What held it.
    "plan.hold-typing": N_("You were typing."),
    "plan.hold-call": N_("You were in a call."),
    "plan.hold-camera": N_("Another program was using the camera."),
    "plan.hold-film": N_("A film was on, or something else that keeps the screen awake."),
    "plan.hold-full-screen": N_("Something filled the screen."),
    "plan.hold-do-not-disturb": N_("Do not disturb was on."),
    "plan.hold-calendar": N_("Your calendar said you were busy."),
    "plan.hold-outside-hours": N_("It was outside the hours you set."),
    "plan.hold-just-back": N_("You had just come back."),
    "plan.hold-worn": N_("You were wearing or sitting on something for a set time."),
    "plan.hold-driving": N_("You were driving. Nothing is said while you drive."),
    # A plan of stops.
    "plan.stop-here": N_("Stop and move for {length_min} after {after_min} of driving."),
    "plan.stop-eu": N_(
        "In the EU, professional drivers owe a break of 45 minutes after 4 h 30 of driving. It may be split: "
        "first 15 minutes, then 30."
    ),
    "plan.stop-us": N_(
        "In the United States, drivers of commercial vehicles owe a break of 30 minutes after 8 hours of "
        "driving."
    ),
    "plan.stop-part": N_(
        "These {length_min} can be the first part of the break that the law asks of professional drivers."
    ),
    "plan.stop-legal": N_("Here the law asks professional drivers for a break of {length_min}."),
    "plan.stop-rest": N_("Here the law asks professional drivers for the other {length_min} of their break."),
    "plan.stop-own-law": N_("Look up which breaks the law of your country asks of drivers."),
    "plan.stop-no-tachograph": N_(
        "This plans stops for your back. It is no tachograph and does not show what the law asks of you."
    ),
    "plan.stop-none": N_("The drive is short enough without a stop. Move when you arrive."),
}
