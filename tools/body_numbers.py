"""Write docs/numbers.md: every constant of the body model. In: catalogue.constants. Out: the page.

`uv run --group test python tools/body_numbers.py` writes it, with `--print` it goes to the terminal. A test compares
the page in the repository with the catalogue.
"""

import sys
import tomllib
from itertools import takewhile
from pathlib import Path

from midback.catalogue import load_catalogue
from midback.catalogue.constants import Constant, load_constants
from midback.catalogue.load import DATA

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "numbers.md"
STATUSES = {
    "V": "read in the original",
    "V2": "read in a text or program that quotes it",
    "C": "computed or assumed by us",
    "R": "named from memory, not read again",
}

HEAD = """\
# The numbers of the body model

<!-- written by tools/body_numbers.py; a test compares it with the catalogue -->

Every constant that load, tiring and giving tissue are reckoned from. They stand in `catalogue/data/body/`, one file a
subject, each with the spread that the intervals are drawn from (one standard deviation; none: taken as exact), its
unit, its sources, how far those were read, and a grade. Numbers remembered with little confidence are in no file.

Status:

{statuses}

The grades are those of [the page on evidence](evidence.md); D is also what we assume where no source was found.
"""


def page() -> str:
    """Return the page as it should stand now."""
    constants = load_constants()
    parts = [HEAD.format(statuses="\n".join(f"- **{key}**: {text}" for key, text in STATUSES.items()))]
    parts.append(_summary(list(constants.values())))
    for path in sorted((DATA / "body").glob("*.toml")):
        text = path.read_text("utf-8")
        listed = tomllib.loads(text).get("constants", [])
        if listed:
            parts.append(
                f"## {_title(text)}\n\n`{path.name}`\n\n" + _table([constants[one["id"]] for one in listed])
            )
    used = {source for one in constants.values() for source in one.sources}
    parts.append("## Sources\n\n" + _sources(used))
    return "\n".join(parts)


def _title(text: str) -> str:
    """Return the first sentence of a file's comment, which says what the file is about."""
    comment = takewhile(lambda line: line.startswith("#"), text.splitlines())
    return " ".join(line.removeprefix("#").strip() for line in comment).split(". ")[0].rstrip(".")


def _summary(constants: list[Constant]) -> str:
    counts = {key: sum(one.status == key for one in constants) for key in STATUSES}
    said = ", ".join(f"{counts[key]} {text}" for key, text in STATUSES.items())
    weak = sum(one.grade == "D" for one in constants)
    return f"{len(constants)} constants: {said}. {weak} of them are of grade D.\n"


def _table(constants: list[Constant]) -> str:
    lines = ["| id | value | spread | unit | status | grade | sources | what it is |", "|---" * 8 + "|"]
    for one in constants:
        cells = (f"`{one.id}`", _row(one.value), _row(one.spread), "" if one.unit == "1" else one.unit)
        words = one.note.get("en", "").replace("|", "\\|")
        named = ", ".join(f"[{source}](#{source})" for source in one.sources)
        lines.append("| " + " | ".join((*cells, one.status, one.grade, named, words)) + " |")
    return "\n".join(lines) + "\n"


def _row(value: float | tuple[float, ...] | None) -> str:
    if value is None:
        return ""
    numbers = value if isinstance(value, tuple) else (value,)
    if len(set(numbers)) == 1 and len(numbers) > 1:
        return f"{numbers[0]:g} each"
    return " ".join(f"{number:g}" for number in numbers)


def _sources(used: set[str]) -> str:
    sources = load_catalogue().sources
    return "".join(
        "(" + key + ")=\n" + f"- **{key}** ({sources[key].status}): {sources[key].citation}"
        + (f" doi:{sources[key].doi}" if sources[key].doi else "") + "\n\n"
        for key in sorted(used)
    )  # fmt: skip


def main() -> None:
    """Write the page, or print it."""
    if "--print" in sys.argv[1:]:
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
