"""Gather changelog.d/*.md into CHANGELOG.md. In: one sentence a file. Out: a dated section; the files go.

`tools/changelog.py 0.2.0` releases; without a version it prints what a release would say.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("added", "changed", "fixed", "removed")
NAME = re.compile(rf"^[a-z0-9][a-z0-9-]*\.({'|'.join(KINDS)})\.md$")
MARK = "<!-- releases -->\n"
# A full stop inside a number or a file name ends no sentence; one before a space and a capital does.
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z(])")


def fragments(folder: Path) -> list[Path]:
    """Return the fragment files of a folder in order of name."""
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")


def fault(path: Path) -> str | None:
    """Say what is wrong with a fragment, or None."""
    text = path.read_text("utf-8").strip()
    if not NAME.match(path.name):
        return f"{path.name}: the name should be <short-name>.<{'|'.join(KINDS)}>.md"
    if not text.endswith("."):
        return f"{path.name}: the sentence should end with a full stop"
    if len(text.splitlines()) > 1 or SENTENCE_END.search(text):
        return f"{path.name}: it should be one sentence on one line"
    return None


def section(files: list[Path], version: str, day: str) -> str:
    """Return the changelog's section of a version."""
    parts = [f"## {version} ({day})\n"]
    for kind in KINDS:
        lines = [path.read_text("utf-8").strip() for path in files if path.name.endswith(f".{kind}.md")]
        if lines:
            parts.append(f"### {kind.capitalize()}\n\n" + "".join(f"- {line}\n" for line in lines))
    return "\n".join(parts)


def main() -> None:
    """Print or release."""
    files = fragments(ROOT / "changelog.d")
    faults = [found for path in files if (found := fault(path))]
    if faults:
        sys.exit("\n".join(faults))
    if not sys.argv[1:]:
        print(section(files, "Unreleased", "not dated"))
        return
    text = section(files, sys.argv[1], datetime.now(UTC).date().isoformat())
    path = ROOT / "CHANGELOG.md"
    before, mark, after = path.read_text("utf-8").partition(MARK)
    if not mark:
        sys.exit(f"CHANGELOG.md has no line {MARK!r}")
    path.write_text(f"{before}{mark}\n{text}{after}", "utf-8")
    for file in files:
        file.unlink()


if __name__ == "__main__":
    main()
