"""The import table holds: the rooms know only those they may know.

docs/architecture.md shows the same table; tests/test_docs.py compares the two.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "midback"

CORE = ("catalogue", "movement", "body", "plan", "coach", "trial")
SHELL = ("store", "sense", "share")

# Which rooms a room may import from. `errors` and `reasons` are open to all and not listed.
TABLE: dict[str, tuple[str, ...]] = {
    "errors": (),
    "reasons": (),
    "catalogue": (),
    "movement": ("catalogue",),
    "body": ("catalogue", "movement"),
    "plan": ("catalogue", "movement", "body"),
    "coach": ("catalogue", "movement", "body", "plan"),
    "trial": ("catalogue", "movement", "body", "plan", "coach"),
    "filelock": (),
    "beside": (),
    "vendored": (),
    "store": (*CORE, "filelock"),
    "sense": (*CORE, "vendored", "beside"),
    "share": (*CORE, "beside"),
    "locale": (),
    "settings": (),
    "app": (*CORE, *SHELL, "settings", "locale", "beside"),
    "cohort": CORE,
    "daemon": ("body", "plan", "sense", "filelock"),
    "web": (*CORE, "app", "share", "settings", "locale", "vendored"),
    "clinic": (*CORE, "app", "share", "settings", "locale", "web"),
    "cli": (*CORE, "app", "share", "settings", "locale", "web", "daemon", "clinic", "cohort"),
    "__main__": ("cli",),
    "__init__": (),
}
OPEN = ("errors", "reasons")

# Third-party packages a room may use besides the standard library; a room not named here may use any.
THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "errors": (),
    "reasons": (),
    "catalogue": ("numpy", "pydantic"),
    "movement": ("numpy",),
    "body": ("numpy",),
    "plan": ("numpy",),
    "coach": ("numpy",),
    "trial": ("numpy", "scipy"),
    "share": ("numpy", "typst", "icalendar", "pydantic"),
    "locale": (),
    "filelock": (),
    "beside": (),
    "vendored": (),
    "sense": (
        *("gpxpy", "icalendar", "recurring_ical_events", "jeepney", "pywayland"),
        *("ai_edge_litert", "av", "numpy", "PIL"),
    ),
    "daemon": ("desktop_notifier", "jeepney"),
}

# What the background process may load of the other rooms: these use the standard library alone at import.
LIGHT = frozenset(
    {"body.evidence", "body.exposure", "body.fold", "body.looks", "body.situation", "body.stillness"}
    | {"plan.break_rule", "plan.decide", "plan.interruptions", "sense.idle", "sense.signs"}
)

# The core is pure: what comes from outside is an argument. The catalogue alone reads its own package data.
IMPURE = frozenset(
    {"asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "shutil", "socket", "sqlite3"}
    | {"subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"}
)
CLOCKS = frozenset({"now", "utcnow", "today", "time", "monotonic", "perf_counter"})
NAMES_NOT_USED = frozenset({"utils", "common", "helpers", "models", "types", "manager"})
LONGEST = 350

MODULES = sorted(PACKAGE.rglob("*.py"))
# What the build puts into vendor/ is not ours.
SCRIPTS = sorted(path for path in PACKAGE.rglob("*.js") if "vendor" not in path.parts)


def name_of(path: Path) -> str:
    """Return a module's path for a test's id: plan/planner.py."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """Return the room a module belongs to; a module beside the rooms is a room of its own."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    """Return a module's absolute name: midback.plan.planner, midback.plan.__init__."""
    return ".".join(("midback", *path.relative_to(PACKAGE).with_suffix("").parts))


def neighbours(path: Path) -> set[str]:
    """Return the modules of ours that a file imports by name, inside functions too; not their packages."""
    known = {module_of(other) for other in MODULES}
    package = ["midback", *path.relative_to(PACKAGE).with_suffix("").parts][:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            found |= {name, *(f"{name}.{alias.name}" for alias in node.names)}
    return found & known


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every module a file imports, inside functions too, by its absolute name, with the line."""
    package = ["midback", *path.relative_to(PACKAGE).with_suffix("").parts][:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            # `from midback import errors` and `from . import x` import a module by its name in the list.
            if name in ("midback", ".".join(package)):
                yield from ((f"{name}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield name, node.lineno


def trespasses(path: Path) -> list[str]:
    """Say which imports of a module its room may not have."""
    room = room_of(path)
    found = []
    for name, line in imported(path):
        top, *rest = name.split(".")
        if top == "midback":
            target = rest[0] if rest else "__init__"
            if target.startswith("__version__") or target in (room, *OPEN, "__init__"):
                continue
            if target not in TABLE[room]:
                found.append(f"line {line}: {room} imports {target}")
            elif room == "daemon" and target != "filelock" and ".".join(rest[:2]) not in LIGHT:
                found.append(f"line {line}: daemon imports {'.'.join(rest)}, which is not light")
        elif top not in sys.stdlib_module_names and top not in THIRD_PARTY.get(room, (top,)):
            found.append(f"line {line}: {room} imports {top}")
        elif room in CORE and room != "catalogue" and top in IMPURE:
            found.append(f"line {line}: {room} is pure and imports {top}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    """A module imports nothing that its room may not know."""
    assert room_of(path) in TABLE, f"{room_of(path)} is a room the table does not know"
    assert trespasses(path) == []


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in CORE], ids=name_of)
def test_the_core_asks_no_clock_and_opens_no_file(path: Path) -> None:
    """The time and every file's content come into the core as arguments."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open" and room_of(path) != "catalogue":
            found.append(f"line {node.lineno}: open()")
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            where = called.value.id
            if where in ("datetime", "date", "time") and called.attr in CLOCKS:
                found.append(f"line {node.lineno}: {where}.{called.attr}()")
    assert found == []


def test_no_modules_import_each_other() -> None:
    """The modules stand in an order: following imports, late ones too, never leads back to the beginning."""
    needs = {module_of(path): neighbours(path) - {module_of(path)} for path in MODULES}
    assert needs["midback.store.migrate"] >= {"midback.store.address", "midback.store.snapshot"}
    while free := {name for name, wanted in needs.items() if not wanted}:
        needs = {name: wanted - free for name, wanted in needs.items() if name not in free}
    assert needs == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    """A type lives in the module that gives birth to it, so no module is called models or helpers."""
    parts = {name for path in MODULES for name in path.relative_to(PACKAGE).with_suffix("").parts}
    assert {p for p in parts if NAMES_NOT_USED & set(p.split("_"))} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    """No module is longer than one idea needs."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short(path: Path) -> None:
    """No script of the pages is longer than one idea needs either."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_the_check_sees_a_trespass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself notices each kind of forbidden import, relative and inside functions."""
    bad = tmp_path / "plan" / "bad.py"
    bad.parent.mkdir()
    bad.write_text(
        "import os\nimport fastapi\nfrom ..store import engine\n"
        "def f():\n    from midback import app\n    import midback.web.pages\n    from . import planner\n"
    )
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    assert trespasses(bad) == [
        "line 1: plan is pure and imports os",
        "line 2: plan imports fastapi",
        "line 3: plan imports store",
        "line 5: plan imports app",
        "line 6: plan imports web",
    ]
