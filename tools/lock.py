"""Write the exact pins into pyproject.toml. In: the ranges there. Out: [tool.uv]'s two constraint lists,
and tests/oracle/*.txt from the *.in beside them.

`uv run` obeys the pins; wheels carry the ranges. A pin is a name, a version and a marker: no download
addresses, so a clone behind a mirror works too. Run it as `just lock`, look at the diff, run the tests.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==[^\s;]+(\s*;.+)?$")


def resolve(requirements: list[str], requires_python: str) -> list[str]:
    """Resolve requirements once for every system and Python in the range; return sorted pins with markers."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not on the path. Install it first: pip install uv")
    lowest = requires_python.removeprefix(">=")
    # Away from the project, so that today's pins do not hold tomorrow's versions back.
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "all.in")
        source.write_text("\n".join(requirements) + "\n", "utf-8")
        command = [uv, "pip", "compile", "--universal", "--python-version", lowest, "--quiet", "--upgrade"]
        command += [
            "--no-header",
            "--no-annotate",
            "--no-emit-index-url",
            "--no-emit-find-links",
            str(source),
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    pins = [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]
    strange = [pin for pin in pins if not PIN.match(pin)]
    if strange:
        sys.exit(f"These lines are not plain pins: {strange}")
    return sorted(pins)


def wanted(pyproject: dict[str, Any]) -> list[str]:
    """Return every requirement of the package, its extras and its groups."""
    project = pyproject["project"]
    lists = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    lists += pyproject.get("dependency-groups", {}).values()
    return sorted({line for group in lists for line in group})


def write_list(text: str, key: str, pins: list[str]) -> str:
    """Replace one list of [tool.uv], which must be there already."""
    body = "".join(f"  {_quoted(pin)},\n" for pin in pins)
    block = f"{key} = [\n{body}]\n"
    pattern = re.compile(rf"^{re.escape(key)} = \[(?:\n.*?^)?\]\n", re.MULTILINE | re.DOTALL)
    changed, count = pattern.subn(lambda _: block, text)
    if count != 1:
        sys.exit(f"pyproject.toml needs exactly one '{key} = [...]' under [tool.uv]; it has {count}.")
    return changed


def _quoted(pin: str) -> str:
    return '"' + pin.replace('"', "'") + '"'


def main() -> None:
    """Resolve, write, and say how many pins there are."""
    path = ROOT / "pyproject.toml"
    text = path.read_text("utf-8")
    pyproject = tomllib.loads(text)
    requires_python = pyproject["project"]["requires-python"]
    run = resolve(wanted(pyproject), requires_python)
    build = resolve(pyproject["build-system"]["requires"], requires_python)
    text = write_list(text, "constraint-dependencies", run)
    text = write_list(text, "build-constraint-dependencies", build)
    tomllib.loads(text)
    path.write_text(text, "utf-8")
    # What cannot live beside midback, and is installed apart for the tests that compare with it.
    for source in sorted((ROOT / "tests" / "oracle").glob("*.in")):
        apart = [line for line in source.read_text("utf-8").splitlines() if not line.startswith("#")]
        pins = resolve(apart, requires_python)
        source.with_suffix(".txt").write_text("".join(f"{pin}\n" for pin in pins), "utf-8")
    print(f"{len(run)} pins for running and developing, {len(build)} for building")


if __name__ == "__main__":
    main()
