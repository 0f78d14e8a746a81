"""What is built holds what it needs, and what pins hold names no address."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts import load_script

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
UV = PYPROJECT["tool"]["uv"]
VENDORED = {"pose_lite.task", "pose_full.task", "stamp.json", "NOTICE", "LICENSE-Apache-2.0.txt"} | {
    f"tasks-vision/{name}"
    for name in (
        "vision_bundle.mjs",
        "wasm/vision_wasm_module_internal.js",
        "wasm/vision_wasm_module_internal.wasm",
    )
}


def names_of(requirements: list[str]) -> set[str]:
    """Return the normalised names of requirements."""
    return {re.split(r"[\s<>=!;\[~]", line, maxsplit=1)[0].lower().replace("_", "-") for line in requirements}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a source distribution from the tree, then a wheel from that; neither asks the network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*build, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True)
    sdist = next(folder.glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    source = next((folder / "source").iterdir())
    subprocess.run([*build, "-t", "wheel"], cwd=source, check=True, capture_output=True)
    return sdist, next(folder.glob("*.whl"))


def test_a_wheel_from_the_sdist_has_everything_it_runs_on(built: tuple[Path, Path]) -> None:
    """Modules, compiled languages, catalogue, templates, static files and licences are in the wheel."""
    with zipfile.ZipFile(built[1]) as wheel:
        inside = set(wheel.namelist())
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "midback").rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.suffix not in (".po", ".pot", ".mo")
        and not path.name.startswith(".")
    }
    assert wanted - inside == set()
    assert "midback/locale/de/LC_MESSAGES/midback.mo" in inside
    assert {name.removeprefix("midback/vendor/") for name in inside} >= VENDORED
    assert {name.rpartition("/")[2] for name in inside} >= {"LICENSE", "NOTICE"}


def test_the_sdist_carries_what_the_hook_makes(built: tuple[Path, Path]) -> None:
    """A wheel can be made from the source distribution without Babel having to do anything, and without npm."""
    with tarfile.open(built[0]) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert "src/midback/locale/de/LC_MESSAGES/midback.mo" in names
    assert {name.removeprefix("src/midback/vendor/") for name in names} >= VENDORED
    assert {"hatch_build.py", "build_hooks/vendor.py", "package-lock.json", ".npmrc"} <= set(names)


def test_every_requirement_is_pinned() -> None:
    """`uv run` uses exact versions of everything asked for, groups and build included."""
    groups = [*PYPROJECT["dependency-groups"].values(), PYPROJECT["project"]["dependencies"]]
    asked = [line for group in groups for line in group]
    assert names_of(asked) - names_of(UV["constraint-dependencies"]) == set()
    assert (
        names_of(PYPROJECT["build-system"]["requires"]) - names_of(UV["build-constraint-dependencies"])
        == set()
    )


def test_pins_are_names_versions_and_markers() -> None:
    """No pin holds an address."""
    pin = re.compile(r"^[a-z0-9][a-z0-9.-]*==[0-9][^\s;/:@]*( ; [^/@]+)?$")
    lines = [*UV["constraint-dependencies"], *UV["build-constraint-dependencies"]]
    assert [line for line in lines if not pin.match(line)] == []


def test_no_file_chooses_a_python_for_everyone() -> None:
    """requires-python says which Pythons do; a .python-version would break who has another."""
    assert not (ROOT / ".python-version").exists()
    assert UV["default-groups"] == []


def test_what_the_build_reads_makes_an_editable_install_stale() -> None:
    """uv builds again when the project file, the hook, a lock or a source changes, or the vendored files went."""
    keys = {key["file"] for key in UV["cache-keys"]}
    assert keys >= {
        "pyproject.toml",
        "hatch_build.py",
        "build_hooks/*.py",
        "package.json",
        "package-lock.json",
    }
    assert keys >= {".npmrc", "src/midback/vendor/stamp.json", "src/midback/locale/*/LC_MESSAGES/*.po"}


def test_a_fresh_catalogue_is_left_alone_and_a_stale_one_is_replaced(tmp_path: Path) -> None:
    """The hook compiles what is missing or older, and nothing else."""
    compile_stale = load_script("hatch_build.py").compile_stale
    po = tmp_path / "de" / "LC_MESSAGES" / "midback.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "a"\nmsgstr "b"\n')
    mo = po.with_suffix(".mo")
    assert compile_stale(tmp_path) == [mo]
    assert compile_stale(tmp_path) == []
    os.utime(po, ns=(mo.stat().st_mtime_ns + 10**9,) * 2)
    assert compile_stale(tmp_path) == [mo]
    assert [path.name for path in po.parent.iterdir() if path.name.startswith(".")] == []


def test_lock_writes_pins_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every requirement of package, extras, groups and build is resolved; only the two lists change."""
    lock = load_script("tools/lock.py")
    asked: list[list[str]] = []

    def resolve(requirements: list[str], requires_python: str) -> list[str]:
        assert requires_python == ">=3.11"
        asked.append(requirements)
        return ["a==1 ; sys_platform == 'win32'", "b==2"]

    before = (
        '[build-system]\nrequires = ["hatchling"]\n'
        '[project]\nrequires-python = ">=3.11"\ndependencies = ["a"]\n'
        '[project.optional-dependencies]\nserver = ["c"]\n'
        '[dependency-groups]\ntest = ["b"]\n'
        "[tool.uv]\nconstraint-dependencies = []\n"
        'build-constraint-dependencies = [\n  "old==0",\n]\nother = [1]\n'
    )
    (tmp_path / "pyproject.toml").write_text(before)
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    monkeypatch.setattr(lock, "resolve", resolve)
    lock.main()
    assert asked == [["a", "b", "c"], ["hatchling"]]
    after = tomllib.loads((tmp_path / "pyproject.toml").read_text())
    pins = ["a==1 ; sys_platform == 'win32'", "b==2"]
    wanted = tomllib.loads(before)
    wanted["tool"]["uv"] |= {"constraint-dependencies": pins, "build-constraint-dependencies": pins}
    assert after == wanted
