"""Write docs/validation.md: every published number beside ours. In: tests/body/validation_*.py. Out: the page.

`uv run --group test python tools/validation.py` writes it, with `--print` it goes to the terminal. A test compares
the page in the repository with what is computed now.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
sys.path.insert(0, str(ROOT / "tests" / "body"))

from validation_arithmetic import diary_rows  # noqa: E402
from validation_mechanics import mechanics_rows  # noqa: E402
from validation_neck import neck_rows  # noqa: E402
from validation_relations import relation_rows  # noqa: E402
from validation_rows import Row  # noqa: E402
from validation_time import all_rows as time_rows  # noqa: E402
from validation_torso import torso_rows  # noqa: E402

SOURCES: tuple[Callable[[], list[Row]], ...] = (
    time_rows,
    mechanics_rows,
    neck_rows,
    diary_rows,
    torso_rows,
    relation_rows,
)
APART = {"torso", "relation"}


@dataclass(frozen=True, slots=True)
class Table:
    """What stands over a table. about : where the numbers come from and how much a match is worth"""

    title: str
    about: str


TABLES = {
    "V1": Table(
        "Fatigue in closed form",
        "Time to failure by the formula against the same three equations solved step by step. Agreement "
        "shows that the mathematics is right, not that muscles work so.",
    ),
    "V2": Table(
        "Endurance curves",
        "Power laws fitted by others to 194 papers (Frey-Law and Avin 2010). The formula has to give its "
        "own table; the fatigue model has to stay within a factor of two from 20 to 80 % of strength. At "
        "10 % it is printed without being asked for.",
    ),
    "V3": Table(
        "Endurance of the fatigue model",
        "The model's own published coefficients (Frey-Law 2012) give these times.",
    ),
    "V4": Table(
        "Effort that never tires the model",
        "Below this share of strength the three-compartment model lasts for ever. Measured muscles do "
        "not, which is why a second state counts small steady effort, with no floor.",
    ),
    "V5": Table(
        "Creep of the lower back",
        "McGill and Brown 1992, 47 people held in full bending for 20 minutes. For the upper back no such "
        "data were found: the numbers of the lower back stand in, with a wide spread.",
    ),
    "V6": Table(
        "Head forward: the well-known figures",
        "Hansraj 2014 follows from one lever: head and neck of 60 N, 16 cm above C7, held by a muscle "
        "38.5 mm behind. It is a calculation, not a measurement in people, and so is ours.",
    ),
    "V7": Table(
        "Strength of the neck",
        "Against an open neck model with 72 muscles (Mortensen and colleagues) and against Vasavada 2001, "
        "eleven men and five women.",
    ),
    "V9": Table(
        "Mass above each level",
        "Sums over a model of the trunk in slices, read in somebody else's program. Ours come from the "
        "same slices with head and arms from other tables, so a match checks the sums and the tables, not "
        "the slices.",
    ),
    "V10": Table(
        "Compression along the spine",
        "Forces between the vertebrae in one posture of a full muscle model with ribs, read in somebody "
        "else's program. Posture and body mass of that run are not stated; 70.5 kg and quiet standing "
        "were taken. Ours has one extensor a level and no ribs, so the shape is the test, and the single "
        "levels are printed as they are.",
    ),
    "V15": Table(
        "Holding times of ISO 11226",
        "A convention on comfort, read in a program that uses it. The formula has to give the table.",
    ),
    "V17": Table(
        "What a diary can tell",
        "Errors of differences of means when one day resembles the next, at a day-to-day spread of 1.5 "
        "points.",
    ),
    "torso": Table(
        "A model with ribs and 520 muscles",
        "An open full-body model (Wilkinson; torso by Allaire and colleagues), for which we solved in "
        "OpenSim which muscles hold each posture with the least effort. It came after our constants and "
        "no constant was changed because of it, but it is not wholly strange to them: how far the back's "
        "muscles pull behind each joint and how the chain leans upright were measured in it. Its masses, "
        "its ribs, its muscles over many joints and their balance are its own. A man of 79.6 kg.",
    ),
    "relation": Table(
        "Relations that were never a target",
        "What other models and measurements found, tried after the constants stood. Where a study leaves "
        "its posture or its people open, the note says what was taken. No constant was changed because of "
        "this table.",
    ),
}

DONE = {
    "V9": "**V9.** The same slices, other tables for what hangs on them: head and neck 0.081 of body mass "
    "here and 0.074 there, an arm 0.049 of a man's and 0.045 of a woman's here, as de Leva measured, "
    "and 0.038 there. The open model further down, with masses of its own, has 0.257 above T7 where "
    "we have 0.256. Left as it is.",
    "V10": "**V10.** The middle of the thoracic spine agrees; T1, T2 and the lowest levels are too low, and "
    "the shape that was asked for, rising from T1-2 to T11-12, is not there: ours rises to T8-9 and "
    "falls below. Of that run neither posture nor mass nor the way of solving is told. The open model "
    "further down is of the same family, in a posture that we set; its levels agree with ours from T2 "
    "to T12, and it too is highest at T8. What stays is T1: in "
    "the open model, and it may be in the other, the arms hang from the first rib and press on every "
    "level from there; here they come onto the column over T2 to T4. Left as it is, since which is "
    "nearer to a living back is not known.",
    "torso": "**The open model.** Arms hang there from the first rib and here from T2 to T4, which makes the "
    "top levels differ, upright and with arms in front. Its head is lighter (0.068 of body mass "
    "against 0.081 of head and neck) and turns about a point under its centre, so that a head held "
    "forward adds less than with us. With the trunk leant, compression at T2 falls in both, there by "
    "a fifth and here by a fiftieth: the same way, and not the same amount.",
    "relation": "**Relations.** The neck's multiple of upright hangs on how far in front of C7 the head lies "
    "upright. 20 mm were taken. A larger distance in sitting would explain both published multiples, "
    "but no measured one was read, so the 20 mm stand, with the widest spread of all lengths. The top "
    "thoracic joint takes over a third of a bend here, as in the program that the shares were read "
    "in, and so tips the more.",
}

HEAD = """\
# Validation

<!-- written by tools/validation.py; a test compares it with what is computed now -->

Every published number that the body model was asked to reproduce, beside ours, the misses first. The constants come
from the sources on [the page of numbers](numbers.md), and none was changed to make a line fit. A match says that the
mechanics or the arithmetic is what the source describes. It does not say that a load makes pain, and the policies built
on it were tried on simulated days, not on people.

Which neck the strength is checked against, and what is not checked at all, stands at the end.
"""

TAIL = """\
## What is not checked

- **The neck in OpenSim, at every run.** V7 stands against sums over the muscles of an open neck model, computed
  in OpenSim 4.6 and kept as numbers. Where OpenSim and the model's file are there, a test computes them anew.
- **The mid-back in a living person.** No measured force per posture was found for T5 to T8. Pressure in thoracic discs
  was measured in six people (Polga 2004); only the abstract could be read, and it names no numbers.
- **The ribs.** The model has none. Another model found a third less compression in forward bending with ribs and
  breastbone than without (Iyer 2010): expect ours to be high there. Load relative to your own upright suffers less.
- **Fatigue and creep of the mid-back.** Trunk, shoulder and lower back stand in.
- **Trials.** Whether breaks by this model help is not known; trials of prompts and seats are cited on the Sources page.
"""


def page(rows: Iterable[Row]) -> str:
    """Return the page for all rows."""
    rows = list(rows)
    unknown = {row.table for row in rows} - set(TABLES)
    if unknown or set(TABLES) - {row.table for row in rows}:
        raise SystemExit(f"tables without rows or rows without a table: {unknown or set(TABLES)}")
    parts = [HEAD, _misses(rows)]
    for key, table in TABLES.items():
        of_it = [row for row in rows if row.table == key]
        title = table.title if key in APART else f"{key}. {table.title}"
        kept = sum(row.inside for row in of_it)
        parts.append(
            f"## {title}\n\n{_wrapped(table.about)}\n\n{kept} of {len(of_it)} inside.\n\n" + _table(of_it)
        )
    return "\n".join([*parts, TAIL])


def _misses(rows: list[Row]) -> str:
    missed = [row for row in rows if not row.inside]
    asked = [row for row in rows if row.table not in APART]
    other = [row for row in rows if row.table in APART]
    text = f"## What misses\n\n{sum(row.inside for row in asked)} of {len(asked)} numbers that were asked for lie "
    text += f"inside their tolerance, and {sum(row.inside for row in other)} of {len(other)} that were no target.\n"
    if not missed:
        return text + "\nNothing misses.\n"
    done = [_wrapped(DONE[key]) for key in TABLES if key in {row.table for row in missed}]
    return "\n".join(
        [text, _table(missed, named=True), "What was done about each:\n", *(one + "\n" for one in done)]
    )


def _table(rows: list[Row], *, named: bool = False) -> str:
    head = ["what", "published", "ours", "unit", "tolerance", "inside", "note"]
    lines = [
        [
            *(row.what, _number(row.published), _number(row.ours), row.unit.removeprefix("1"), row.tolerance),
            *("yes" if row.inside else "**no**", row.note),
        ]
        for row in rows
    ]
    if named:
        head.insert(0, "table")
        lines = [[row.table, *line] for row, line in zip(rows, lines, strict=True)]
    if not any(row.note for row in rows):
        head, lines = head[:-1], [line[:-1] for line in lines]
    body = [head, ["---"] * len(head), *lines]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in body) + "\n"
    )


def _number(value: float | str) -> str:
    """Return four figures, which is more than any of these numbers is known to, and the same on every machine."""
    if isinstance(value, str):
        return value
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def _wrapped(text: str, width: int = 119) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def current() -> str:
    """Return the page as it should stand now."""
    return page(row for source in SOURCES for row in source())


def main() -> None:
    """Write the page, or print it."""
    if "--print" in sys.argv[1:]:
        sys.stdout.write(current())
    else:
        PAGE.write_text(current(), "utf-8")


if __name__ == "__main__":
    main()
