"""Why this exercise, why this much, why it changed since last time."""

from . import N_

MESSAGES: dict[str, str] = {
    # Why this exercise.
    "plan.for-extension": N_("Goes the other way from how you sit."),
    "plan.for-opening": N_("Opens the front of the chest."),
    "plan.for-mobility": N_("Moves the mid-back through its range."),
    "plan.for-rotation": N_("Turns the mid-back, which sitting never asks for."),
    "plan.for-release": N_("Kneads what feels tight."),
    "plan.for-strength": N_("Builds strength between the shoulder blades."),
    "plan.for-variety": N_("A change of position."),
    "plan.for-easy": N_("Easy movement that asks little."),
    "plan.for-care": N_("Done with somebody's help."),
    "plan.band-row": N_("Rows with a band have the best research for this part of the back, 5 days a week."),
    "plan.towel-morning": N_("Lying over the towel to begin the day, as the articles suggest."),
    "plan.towel-night": N_("Lying over the towel before bed, as the articles suggest."),
    "plan.helped-before": N_("This helped you before, so it comes first."),
    "plan.did-not-help": N_("This changed nothing for you before, so it comes last."),
    "plan.asked-for": N_("It made things worse before. It is here because you asked for it; go gently."),
    "plan.stands-in": N_("Stands in for {other_exercise}."),
    "plan.after-habit": N_("Right after something you do anyway: {habit}."),
    "plan.fits-work": N_("Fits between work here: {place}."),
    "plan.worn-X": N_(
        "You want it. No good evidence was found that wearing it eases pain. Take it off when the time is up."
    ),
    "plan.worn-D": N_(
        "You want it. It rests on the experience of experts. Take a rest from it when the time is up."
    ),
    "plan.worn-C": N_(
        "You want it. Its evidence is from the laboratory. Take a rest from it when the time is up."
    ),
    "plan.worn-B-": N_(
        "You want it. A different moving seat did well in a trial. Take a rest from it when the time is up."
    ),
    "plan.worn-B": N_("You want it. A trial speaks for it. Take a rest from it when the time is up."),
    "plan.worn-A-": N_("You want it. Good trials speak for it. Take a rest from it when the time is up."),
    "plan.worn-A": N_("You want it. Good trials speak for it. Take a rest from it when the time is up."),
    "plan.massage": N_(
        "Visits a month: {visits}, from {budget} {currency} you set aside: up to {each} {currency} a visit."
    ),
    "plan.massage-monthly": N_(
        "In the one trial of doses, only 60 minutes two or three times a week for four weeks did "
        "more than waiting. "
        "Less often is for comfort."
    ),
    "plan.massage-often": N_(
        "In the one trial of doses, 60 minutes two or three times a week for four weeks did more "
        "than waiting."
    ),
    "plan.massage-no-budget": N_(
        "You want massage, but no monthly budget is entered, so no visit is planned."
    ),
    # Why this much, and why it changed since last time.
    "plan.first-time": N_("Starts at the first level."),
    "plan.step-up": N_("Three good times in a row: one step up, to level {level}."),
    "plan.range-back": N_("Three good times in a row: a little more range again."),
    "plan.top-level": N_("You are at the top level. The same again."),
    "plan.hold": N_("The same as last time. Three good times in a row bring the next step."),
    "plan.hold-incomplete": N_("The same again: last time it was not quite complete."),
    "plan.hold-short": N_("The same again: last time there was room for a shorter dose only."),
    "plan.hold-unanswered": N_("The same again: a question about last time is not answered yet."),
    "plan.hold-hard": N_("The same again: last time it was hard."),
    "plan.hold-form": N_("The same again, until the movement is a little clearer to the camera."),
    "plan.pain-down": N_("It hurt more last time, so it is one level down."),
    "plan.pain-substitute": N_(
        "{exercise} hurt more last time and has no easier level: for a week something else stands in."
    ),
    "plan.pain-twice": N_(
        "{exercise} hurt more twice in a row. It rests until {until_date}; mention it when you are seen."
    ),
    "plan.after-rest": N_(
        "It rested for a week after it hurt twice. Back one level down with a smaller range."
    ),
    "plan.pain-settled": N_(
        "Pain was a little higher after the last time and settled within a day: the same dose, smaller range."
    ),
    "plan.pain-not-settled": N_(
        "Pain was a little higher after the last time, and it is not known that it settled: the same dose, "
        "smaller range."
    ),
    "plan.too-hard": N_("It was too hard last time, so it is easier now."),
    "plan.too-easy": N_("You found it easy. The next step comes after three complete times."),
    "plan.no-time": N_("There was no time for it last time. A shorter session is on offer."),
    "plan.no-gear": N_("{exercise} was left out last time because the gear was not there."),
    "plan.no-space": N_("{exercise} was left out last time because there was no space."),
    "plan.disliked": N_("You passed on this twice. You can swap it for something with the same purpose."),
    "plan.disliked-once": N_(
        "You passed on this last time. It is here once more; after that a swap is offered."
    ),
    "plan.gap": N_("It was {days} days ago, so it is one level down."),
    "plan.gap-screen": N_(
        "It was {days} days ago: the warning-sign questions come first, and it is one level down."
    ),
    "plan.smaller-range": N_("With a smaller range."),
    "plan.shortened": N_("Shortened to fit the time you have."),
    "plan.shorter-session": N_("Time was short lately, so a shorter session comes first."),
    # During a session.
    "plan.pain-low": N_("Go on."),
    "plan.pain-steady": N_("No more pain than before. Go on with a little less range."),
    "plan.pain-up-one": N_("A little more pain than before: less range. You are asked again in 24 hours."),
    "plan.pain-unknown-before": N_(
        "Pain before the session is not known, so less range to be careful. You are asked again in 24 hours."
    ),
    "plan.pain-up-two": N_(
        "Clearly more pain than before: stop this exercise. You are asked again in 24 hours."
    ),
    "plan.pain-high": N_("This is a lot of pain: stop this exercise. You are asked again in 24 hours."),
    "plan.pain-easy-only": N_(
        "With pain at {now}, only breathing, walking and small easy movement today. "
        "A professional can help you further."
    ),
    "plan.sign-numbness": N_("New numbness or tingling: the session ends here."),
    "plan.sign-weakness": N_("New weakness: the session ends here."),
    "plan.sign-chest-pain": N_("Chest pain: the session ends here."),
    "plan.sign-breathless": N_("Short of breath: the session ends here."),
    "plan.sign-dizzy": N_("Dizzy: the session ends here."),
    # The week.
    "plan.minutes-evidence": N_(
        "Your aim is {target_min} a day. Flexibility gains level off at about 4 minutes a session "
        "and 10 minutes a week "
        "for a muscle; 20 minutes a day is what the articles ask for."
    ),
    "plan.below-target": N_(
        "{planned_min} of your {target_min} are planned: the doses start small and grow as your "
        "back gets used to them."
    ),
    "plan.easy-only": N_("Only breathing and easy movement for now, until a professional has seen you."),
    "plan.left-out-worse": N_(
        "{exercise} is left out because it made things worse before. You can ask for it."
    ),
    "plan.left-out": N_("{exercise} is left out: {gate}"),
    "plan.pause-illness": N_("Paused for illness on {day_date}: nothing is planned. Get well."),
    "plan.pause-flare": N_("Paused for a flare on {day_date}: only easy movement, if you like."),
    "plan.pause-travel": N_("Travelling on {day_date}: only what needs no gear, if you like."),
    # When nothing fits.
    "plan.worse-rest": N_(
        "{exercise} rests: you wrote on {since_date} that something got badly worse with it. Say when it is over."
    ),
    "plan.worse-easier": N_(
        "You wrote on {since_date} that something got worse with it: easier until you say that it is over."
    ),
    "plan.worse-hold": N_(
        "You wrote on {since_date} that something got a little worse with it: nothing goes up until that is over."
    ),
    "plan.worse-over": N_("What got worse with it is over: the first time is easier."),
    "plan.massage-every": N_("You have a massage every {weeks} weeks in mind; this is when it is due."),
    "plan.none-gates": N_("Your health answers leave some exercises out."),
    "plan.none-place": N_("Some exercises fit none of the places you named."),
    "plan.none-gear": N_("Some exercises need things you do not have."),
    "plan.none-worse": N_("Some exercises made things worse before."),
    "plan.none-easy": N_("Only easy movement is open for now."),
    "plan.none-resting": N_("Some exercises rest because they hurt."),
    "plan.none-hours": N_("Your waking hours leave no room for a session."),
    # When to be seen.
    "plan.worse-week": N_(
        "For a week your pain has been {now}, against {usual} before. Please have it looked at."
    ),
    "plan.trial-unchanged": N_(
        "At the end of the trial your pain is {now}, against {usual} at its start. "
        "This is the time for one-on-one guidance from a professional."
    ),
    "plan.resting-for-pain": N_("{exercise} rests because it hurt more twice in a row."),
}
