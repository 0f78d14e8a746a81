"""Run the benchmarks and print one table. In: names, or none for all. Out: figures, aims, raw numbers.

python bench/run.py                     all of them
python bench/run.py help_ratio today_p95
python bench/run.py --json              for programs
"""

import importlib
import json
import os
import platform
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import Figure

NAMES = (
    "help_ratio",
    "serve_start",
    "today_p95",
    "plan_week",
    "page_weight",
    "figure_fps",
    "offloopback",
    "fold",
    "body_day",
    "sitting_error",
    "why_slider",
    "bands_drawing",
    "body_statics",
    "trial_speed",
)


def machine() -> str:
    """Say what was measured on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {system}"


def main() -> None:
    """Run, print, and fail when an aim was missed or a benchmark could not run."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    if unknown := sorted(set(words) - set(NAMES)):
        sys.exit(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(NAMES)}.")
    found: dict[str, list[Figure]] = {}
    broken: list[str] = []
    for name in words or NAMES:
        print(f"running {name} ...", file=sys.stderr, flush=True)
        try:
            found[name] = importlib.import_module(name).measure()
        except Exception:
            traceback.print_exc()
            broken.append(name)
    if "--json" in sys.argv:
        print(json.dumps({name: [asdict(f) for f in figures] for name, figures in found.items()}, indent=2))
    else:
        print(machine())
        for name, figures in found.items():
            for figure in figures:
                aim = "" if figure.aim is None else f"at most {figure.aim:g} {figure.unit}"
                print(
                    f"{name:12} {figure.name:44} {figure.value:10.2f} {figure.unit:7} {aim:18} {figure.met}"
                )
        print("\nraw")
        for name, figures in found.items():
            for figure in figures:
                if figure.raw:
                    print(f"  {name}: {figure.name}: {' '.join(str(value) for value in figure.raw)}")
    for name in broken:
        print(f"{name}: could not be measured", file=sys.stderr)
    sys.exit(bool(broken) or any(figure.met == "NO" for figures in found.values() for figure in figures))


if __name__ == "__main__":
    main()
