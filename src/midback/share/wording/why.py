"""What "Why" says of a posture and of a day. Load tints hours; nothing here is harm, and nothing is a fault."""

from . import N_

MESSAGES: dict[str, str] = {
    "why.sore": N_(
        "Sore is not damaged. These numbers tell what holding takes, not that anything is harmed."
    ),
    # A posture.
    "why.neck": N_(
        "Held like this, the neck works at about {percent} % of its greatest strength; anything between {low} "
        "and {high} % is likely."
    ),
    "why.neck-whole": N_(
        "Held like this, the neck works at about {percent} % of its greatest strength; anything from {low} % up to "
        "its whole strength is likely."
    ),
    "why.neck-all": N_(
        "Held like this, the neck works at about its whole strength, by the model; anything from {low} % of it up "
        "is likely."
    ),
    "why.wide-nothing": N_(
        "The range of the neck is this wide because your size, sex and strength are not told, and people differ "
        "that much. It says how little is known of you, not how your neck is."
    ),
    "why.wide-size-sex": N_(
        "The range of the neck is this wide because your size and sex are not told, and people differ that much. "
        "It says how little is known of you, not how your neck is."
    ),
    "why.mid-back-more": N_(
        "The middle of the back, T4 to T8, carries about {times} times what it carries when you sit upright; "
        "between {low} and {high} times is likely."
    ),
    "why.mid-back-same": N_(
        "The middle of the back, T4 to T8, carries about as much as when you sit upright."
    ),
    "why.mid-back-less": N_(
        "The middle of the back, T4 to T8, carries about {percent} % of what it carries when you sit upright; "
        "between {low} and {high} % is likely."
    ),
    # What the numbers rest on.
    "why.model": N_("This is a model's word and not a measurement of you."),
    "why.general": N_(
        "Nothing is known of your size, so these are numbers for adults in general, with a wide range."
    ),
    "why.size-missing": N_("Where mass or height is not told, the range is wider."),
    "why.sex-missing": N_(
        "Your sex is not told. Neck strength differs so much between the women and men that were measured that "
        "the share of it has a wide range."
    ),
    "why.neck-few": N_(
        "Neck strength was measured in few people, and it differs a great deal between people. A high end "
        "near or at its whole strength says how little is known, not that a neck is near its end."
    ),
    "why.mid-back-relative": N_(
        "How strong the middle of the back is has not been measured well enough. So what presses on it is told "
        "against the same person upright, and how hard its muscles pull, as a share of their strength, is a wide "
        "guess."
    ),
    "why.lumbar": N_(
        "How tissue gives way over time was measured at the lower back; for the mid-back that is a stand-in."
    ),
    "why.grades": N_(
        "How well it is known, from A (several trials) to D (an assumption), by the weakest number behind it: "
        "neck {neck}, mid-back {mid}."
    ),
    # A day.
    "why.day-usual": N_("Nothing was entered or sensed on this day, so your usual day stands in."),
    "why.day-hours": N_(
        "Nothing was entered or sensed on this day, so the hours of a usual day, as you told them, stand in."
    ),
    "why.day-nobody": N_("You have not told how your day goes, so a common office day stands in."),
    "why.day-free": N_("Nothing is known of this day, and it is not one of your working days."),
    "why.day-ahead": N_("The day has not begun, or nothing of it is over yet."),
    "why.day-longest-sitting": N_("The longest stretch was {longest_min} of sitting, from {start} to {end}."),
    "why.day-longest-driving": N_("The longest stretch was {longest_min} of driving, from {start} to {end}."),
    "why.day-longest-standing": N_(
        "The longest stretch was {longest_min} of standing still, from {start} to {end}."
    ),
    "why.share-sitting": N_("{percent} % of the day's load came while sitting."),
    "why.share-driving": N_("{percent} % of the day's load came while driving."),
    "why.share-standing": N_("{percent} % of the day's load came while standing."),
    "why.part-head": N_(
        "Of what the mid-back carried beyond upright, {percent} % came from the head held forward."
    ),
    "why.part-arms": N_(
        "Of what the mid-back carried beyond upright, {percent} % came from arms held in front."
    ),
    "why.part-trunk": N_(
        "Of what the mid-back carried beyond upright, {percent} % came from a back that leaned or rounded."
    ),
    # A stretch.
    "why.stretch-sitting": N_("{start} to {end}, {length_min} of sitting: {percent} % of the day's load."),
    "why.stretch-driving": N_("{start} to {end}, {length_min} of driving: {percent} % of the day's load."),
    "why.stretch-standing": N_(
        "{start} to {end}, {length_min} of standing still: {percent} % of the day's load."
    ),
    # What a day rests on.
    "why.postures-usual": N_(
        "How you were held is assumed from what you did; the camera or the set-up check would tell more."
    ),
    "why.postures-seen": N_("Where the camera looked, how you were held follows what it saw."),
    "why.postures-setup": N_(
        "What rests, and how far you lean back on it, follows your answers in the set-up check."
    ),
    "why.unknown-upright": N_(
        "Of {unknown_min} nothing is known. They are counted as sitting upright and at ease: neither as rest nor "
        "as your usual way to sit."
    ),
    "why.night": N_("The night counts as rest, from bedtime to getting up as you told them."),
    "why.days-before": N_(
        "The day begins with what the two days before left; what is older is gone after two nights."
    ),
}
