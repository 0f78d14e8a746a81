"""Why no prompt will come, however long somebody sits. In: a house. Out: what is missing and what to do. Next: doctor.

Sensing may run well and yet never speak: where no movement is open yet, or where that was asked for.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from midback.errors import Phrase
from midback.store.engine import reading
from midback.store.people import DEFAULT_PERSON
from midback.store.watch_files import ORDERS_FILE, folder_of, read_instant, read_object

from .finding import Finding
from .house import House
from .silence import Silent, silent_in

# The background process goes by no older orders.
TRUSTED: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why nothing is said, and what changes that."""

    why: Phrase
    next_step: Phrase


WHY: Final[dict[Silent, Silence]] = {
    "stopped": Silence(
        why=Phrase("your last answers include a warning sign, so no exercise is open."),
        next_step=Phrase("When a professional has seen you, answer anew: `midback screen`."),
    ),
    "screen": Silence(
        why=Phrase("the questions about warning signs are not answered."),
        next_step=Phrase("Answer them: `midback screen`, or the first page in the browser."),
    ),
    "due": Silence(
        why=Phrase("the questions about warning signs are due again."),
        next_step=Phrase("Answer them: `midback screen`, or the first page in the browser."),
    ),
    "intake": Silence(
        why=Phrase("midback does not know your day yet."),
        next_step=Phrase("Tell about your day: `midback screen` in a terminal, or About you in the browser."),
    ),
    "prompts-off": Silence(
        why=Phrase("prompts are switched off."),
        next_step=Phrase("Switch them on in the browser, on the page Sensing."),
    ),
    "resting": Silence(
        why=Phrase("you paused."), next_step=Phrase("They come again when the pause is over.")
    ),
    "nothing-planned": Silence(
        why=Phrase("no movement fits what you told about yourself."),
        next_step=Phrase("`midback today` says why."),
    ),
}
OLD: Final = Silence(
    why=Phrase("what the sensing loop goes by is missing or old."),
    next_step=Phrase("Renew it: `midback watch --refresh`."),
)


def why_silent(house: House, person: str = DEFAULT_PERSON) -> Silence | None:
    """Return why no prompt will come, or None when prompts come."""
    orders = read_object(folder_of(house.data_dir) / ORDERS_FILE) or {}
    with reading(house.engine).connect() as conn:
        silent = silent_in(conn, house, person, orders)
    made_at = read_instant(orders.get("made_at"))
    old = made_at is None or abs(house.clock.now() - made_at) > TRUSTED
    if old and silent in (None, "nothing-planned"):
        return OLD
    return None if silent is None else WHY[silent]


def examine_prompts(house: House) -> Finding:
    """Say whether prompts come, and what is missing for them."""
    name, silence = Phrase("prompts"), why_silent(house)
    if silence is None:
        return Finding(name=name, ok=True, says=Phrase("they come when you have sat long enough"))
    says = Phrase("No prompts yet: {why}", {"why": silence.why})
    return Finding(name=name, ok=True, live=False, says=says, next_step=silence.next_step)
