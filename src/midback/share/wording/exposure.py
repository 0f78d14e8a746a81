"""What long stillness asks of the day. Hours are named, never a body part and never a fault."""

from . import N_

MESSAGES: dict[str, str] = {
    "plan.long-sitting": N_("You sat {longest_min} without a break. Opening the chest and extending first."),
    "plan.long-driving": N_(
        "You drove {longest_min} without a break. Opening the chest and extending first."
    ),
    "plan.long-standing": N_(
        "You stood {longest_min} without a break. Opening the chest and extending first."
    ),
    "plan.drove": N_("You drove {driving_min} yesterday. Turning to both sides comes forward today."),
    "plan.still-total": N_(
        "You were still for {still_min} in all yesterday. Free movement comes forward today."
    ),
    "plan.usual-sitting": N_(
        "You usually sit {sitting_min} on such a day. Extending is the opposite of that."
    ),
    "plan.usual-driving": N_(
        "You usually drive {driving_min} on such a day. Turning to both sides comes forward."
    ),
    "plan.usual-standing": N_("You usually stand {standing_min} on such a day. Free movement comes forward."),
    "plan.walk-after-drive": N_("A short walk when you arrive, before you sit down again."),
    "plan.break-usual": N_(
        "A short break after {after_min} in one position. That breaks help has trials behind it; "
        "how often exactly is an expert's rule."
    ),
    "plan.break-sooner": N_("Your longest stretch was {longest_min}, so a break comes after {after_min}."),
    "plan.break-cab": N_(
        "A stop after {after_min} of driving, well before the break the law asks for. Nothing is "
        "done while you drive."
    ),
}
