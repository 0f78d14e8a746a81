"""Work out what each packaged movement takes load off, and write it down. In: keyframes. Out: data/relief.toml.

python tools/relief.py           compare, and fail where something changed
python tools/relief.py --write   write
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from midback.catalogue.load import DATA, load_catalogue
from midback.catalogue.relief import FILE, Unload
from midback.plan.unload import unloads

HEAD = """# What each movement takes load off, against sitting as usual: from its keyframes by plan/unload.py.
# Written by tools/relief.py; a test computes it again. Shares: of a group's effort, of a band's change in sitting.
"""


def worked_out() -> dict[tuple[str, str], Unload]:
    """Return what every variant that moves takes off, in the catalogue's order."""
    exercises = load_catalogue().exercises.values()
    pairs = [
        (one, variant.id) for one in exercises for variant in one.variants if one.movement_of(variant.id)
    ]
    return {(one.id, variant): unloads(one, variant) for one, variant in pairs}


def written(found: Mapping[tuple[str, str], Unload]) -> str:
    """Return the file's text."""
    rows = [HEAD]
    for (exercise, variant), one in found.items():
        rows.append(
            f'[[relief]]\nexercise = "{exercise}"\nvariant = "{variant}"\n'
            f"groups = {_table(one.groups)}\nbands = {_table(one.bands)}\n"
            f"other_way = [{', '.join(chr(34) + name + chr(34) for name in one.other_way)}]\n"
        )
    return "\n".join(rows)


def _table(shares: Mapping[str, float]) -> str:
    return (
        "{ " + ", ".join(f"{name} = {share:.2f}" for name, share in shares.items()) + " }" if shares else "{}"
    )


def main(path: Path = DATA / FILE) -> None:
    """Write or compare."""
    text = written(worked_out())
    if "--write" in sys.argv:
        path.write_text(text, encoding="utf-8")
    elif not path.is_file() or path.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} is not what the keyframes say now. Run: python tools/relief.py --write")


if __name__ == "__main__":
    main()
