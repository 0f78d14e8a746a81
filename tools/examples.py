"""Run the examples of docs/body.md and write what they print. In: the page. Out: the page with its outputs anew.

Each block of Python is followed by a block of text with what it prints; names live on from block to block, as in a
notebook. `uv run --group test python tools/examples.py` writes; a test compares.
"""

import contextlib
import io
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "body.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<said>.*?)```\n)?", re.DOTALL)


def rerun(text: str) -> str:
    """Return the page with every output as it is printed now."""
    names: dict[str, object] = {"__name__": "__page__"}

    def fresh(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block["code"], str(PAGE.name), "exec"), names)  # noqa: S102 - the repository's own page
        said = printed.getvalue()
        return f"```python\n{block['code']}```\n" + (f"\n```text\n{said}```\n" if said else "")

    return BLOCK.sub(fresh, text)


def main() -> None:
    """Write the page, or print it."""
    text = rerun(PAGE.read_text("utf-8"))
    if "--print" in sys.argv[1:]:
        sys.stdout.write(text)
    else:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
