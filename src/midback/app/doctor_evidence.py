"""Looks over what was sensed: how much is kept, and was any of it of no use? In: a house. Out: a finding.

Next: ``doctor``.
"""

from midback.errors import Phrase
from midback.store import evidence, spool
from midback.store.engine import reading
from midback.store.people import DEFAULT_PERSON

from .clock import local
from .finding import Finding
from .house import House


def examine_evidence(house: House) -> Finding:
    """Say how many lines of evidence are kept, until when, and which file holds lines that could not be read."""
    name = Phrase("what was sensed")
    with reading(house.engine).connect() as conn:
        lines, span = evidence.count(conn, DEFAULT_PERSON), evidence.span(conn, DEFAULT_PERSON)
        bad = [file for file in spool.listed(conn, DEFAULT_PERSON) if file.refused and file.faults]
    if bad:
        last = bad[-1].faults[-1]
        says = Phrase(
            "{file}, line {line}: {why} ({n} lines of no use)",
            {"file": bad[-1].file, "line": last.line, "why": last.why[0], "n": bad[-1].refused},
        )
        step = Phrase("The other lines are kept; the file goes by itself after two days.")
        return Finding(name=name, ok=False, says=says, next_step=step)
    if span is None:
        return Finding(name=name, ok=True, live=False, says=Phrase("nothing was sensed yet"))
    until = local(house.clock, span[1]).strftime("%Y-%m-%d %H:%M")
    says = Phrase("{lines} lines kept, the newest of {until}", {"lines": lines, "until": until})
    return Finding(name=name, ok=True, says=says)
