"""The command line stays light until a command is called."""

import subprocess
import sys

HEAVY = ("fastapi", "jinja2", "numpy", "pydantic", "pydantic_settings", "rich", "sqlalchemy", "uvicorn")


def loaded_by(words: list[str]) -> set[str]:
    """Return the top-level modules that a run of the command line has loaded."""
    code = (
        "import sys; from midback.cli.run import run; sys.argv = ['midback', *sys.argv[1:]]\n"
        "try: run()\nexcept SystemExit: pass\n"
        "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


def test_help_loads_nothing_heavy() -> None:
    """`midback --help` loads neither the web framework nor the database, NumPy or pydantic."""
    assert loaded_by(["--help"]) & set(HEAVY) == set()


def test_a_command_s_help_loads_nothing_heavy() -> None:
    """A command's help needs no more than its shape; pydantic is what the library checks numbers with."""
    assert loaded_by(["log", "pain", "--help"]) & set(HEAVY) <= {"pydantic"}
