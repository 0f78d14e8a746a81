"""What a guided session says: spoken, written and read to screen readers in the same words."""

from . import N_

MESSAGES: dict[str, str] = {
    "coach.say.ready": N_("Get ready: {exercise}."),
    "coach.say.ready-left": N_("Get ready: {exercise}, left side."),
    "coach.say.ready-right": N_("Get ready: {exercise}, right side."),
    "coach.say.begin": N_("Begin."),
    "coach.say.half-way": N_("Half-way."),
    "coach.say.other-side-left": N_("Other side: left."),
    "coach.say.other-side-right": N_("Other side: right."),
    "coach.say.other-side-both": N_("Change sides."),
    "coach.say.rest": N_("Rest. Next: {exercise}."),
    "coach.say.rest-left": N_("Rest. Next: {exercise}, left side."),
    "coach.say.rest-right": N_("Rest. Next: {exercise}, right side."),
    "coach.say.paused": N_("Paused."),
    "coach.say.gap": N_(
        "Paused: there was a gap of more than 10 seconds, and unseen time is not counted. Go on when ready."
    ),
    "coach.say.going-on": N_("Going on."),
    "coach.say.over": N_("That was the last one."),
}
