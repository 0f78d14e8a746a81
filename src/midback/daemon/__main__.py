"""`python -m midback.daemon FOLDER`: the loop alone, the lightest way. In: a data folder. Next: watch."""

import sys
from pathlib import Path

from midback.errors import InputError, MidbackError

from .foreground import watch_here


def main() -> int:
    """Run the loop until a signal ends it; return the exit code."""
    try:
        if len(sys.argv) != 2:
            raise InputError("One folder is wanted.", "", "python -m midback.daemon FOLDER")
        watch_here(Path(sys.argv[1]), lambda line: print(line.said(), flush=True))
    except MidbackError as exc:
        print(f"midback: {exc}", file=sys.stderr)
        return exc.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
