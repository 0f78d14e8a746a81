"""Wrong sitting minutes of midback and of other programs' rules, on made-up days whose every minute is known."""

import sys
from pathlib import Path

from figures import Figure

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "body"))

SEEDS = 5


def measure() -> list[Figure]:
    """Replay the corpus for everybody, with all the evidence and with idle time alone."""
    from peers import best_peer, table
    from scenarios import corpus, idle_alone

    scenarios = corpus(SEEDS)
    found: list[Figure] = []
    for words, evidence_of in (("all evidence", None), ("idle alone", idle_alone)):
        errors = table(scenarios, evidence_of)
        best, least = best_peer(errors)
        aim = 25.0 if evidence_of is None else None
        found.append(
            Figure(f"{words}: of the best peer's", 100 * errors["midback"] / least, "%", aim, [best])
        )
        found += [Figure(f"{words}: {name}", minutes, "min", None) for name, minutes in errors.items()]
    return found
