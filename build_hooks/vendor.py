"""Fills src/midback/vendor. In: package-lock.json. Out: pose networks, browser runtime, licences, a stamp. Next: wheel.

The stamp holds the lock's sha-256, this hook's version and every file's sha-256. While it fits, nothing is done and
no network is needed, so a source distribution, which carries the folder, becomes a wheel anywhere.
Everything is made beside first and then renamed file by file, the stamp last: a run that serves these files meanwhile
never misses one, and a build that fails leaves what was there.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from build_hooks.attribution import Package, notice
from build_hooks.npm import NpmFailed, install

# Raise it when what is made from the same lock changes.
VERSION: Final = 1
FOLDER: Final = Path("src", "midback", "vendor")
STAMP: Final = "stamp.json"
LICENCE: Final = "LICENSE-Apache-2.0.txt"
POSE: Final = "@mediapipe/pose"
TASKS: Final = "@mediapipe/tasks-vision"
# The detector has this name in its package: the package's one asset is the network itself.
DETECTOR: Final = "pose_solution_packed_assets.data"
NETWORKS: Final = {"lite": "pose_landmark_lite.tflite", "full": "pose_landmark_full.tflite"}
# Of the runtime only what a module Worker loads; the other variants would be 38 MB more.
RUNTIME: Final = (
    "vision_bundle.mjs",
    "wasm/vision_wasm_module_internal.js",
    "wasm/vision_wasm_module_internal.wasm",
)


class NotFilled(RuntimeError):
    """The camera's files could not be brought; says why and what to do."""


def fill(project: Path) -> bool:
    """Bring src/midback/vendor up to date and say whether anything was done; raise NotFilled."""
    folder = project / FOLDER
    if fresh(project):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as beside:
        packages, made = Path(beside, "packages"), Path(beside, "made")
        packages.mkdir()
        made.mkdir()
        try:
            modules = install(project, packages)
        except NpmFailed as exc:
            raise NotFilled(
                "The pose networks and the browser's runtime for them could not be fetched from npm.\n"
                f"{exc}\n"
                "They are part of midback. Build again where the npm registry or a mirror of it can be reached "
                "(npm reads its address from npm_config_registry or ~/.npmrc), or install a wheel of midback, "
                "which has them inside. What lay in src/midback/vendor is as it was."
            ) from exc
        _make(project, modules, made)
        _move(made, folder)
    return True


def fresh(project: Path) -> bool:
    """Say whether the folder holds what the lock and this hook would make."""
    stamp = read_stamp(project / FOLDER)
    if (stamp.get("lock"), stamp.get("hook")) != (_sha256(project / "package-lock.json"), VERSION):
        return False
    files: dict[str, str] = stamp["files"]
    found = {name: project / FOLDER / name for name in files}
    return all(path.is_file() and _sha256(path) == files[name] for name, path in found.items())


def read_stamp(folder: Path) -> dict[str, Any]:
    """Return the stamp, or nothing where there is none that can be read."""
    try:
        stamp = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and isinstance(stamp.get("files"), dict) else {}


def locked(project: Path) -> tuple[Package, ...]:
    """Return the packages of package-lock.json."""
    entries = json.loads((project / "package-lock.json").read_text("utf-8"))["packages"]
    return tuple(
        Package(path.removeprefix("node_modules/"), entry["version"], entry["integrity"])
        for path, entry in sorted(entries.items())
        if path
    )


def _make(project: Path, modules: Path, made: Path) -> None:
    """Write everything the folder is to hold into another."""
    from build_hooks.task_bundle import bundle

    detector = (modules / POSE / DETECTOR).read_bytes()
    networks = {DETECTOR: hashlib.sha256(detector).hexdigest()}
    for model, name in NETWORKS.items():
        landmarks = (modules / POSE / name).read_bytes()
        networks[name] = hashlib.sha256(landmarks).hexdigest()
        (made / f"pose_{model}.task").write_bytes(bundle(detector, landmarks))
    for name in RUNTIME:
        target = made / "tasks-vision" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / TASKS / name, target)
    # midback is under the same licence, so its text is at hand; the packages themselves carry none.
    shutil.copyfile(project / "LICENSE", made / LICENCE)
    files = _hashes(made)
    (made / "NOTICE").write_text(notice(locked(project), networks, files), "utf-8", newline="\n")
    stamp = {"lock": _sha256(project / "package-lock.json"), "hook": VERSION, "files": _hashes(made)}
    (made / STAMP).write_text(json.dumps(stamp, indent=2, sort_keys=True) + "\n", "utf-8", newline="\n")


def _move(made: Path, folder: Path) -> None:
    """Put files in place, the stamp last, and take away what an older build left."""
    names = sorted(_files(made), key=lambda name: (name == STAMP, name))
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = made / name
        source.chmod(0o644)
        source.replace(target)
    for name in set(_files(folder)) - set(names):
        if not name.startswith(".new-"):
            (folder / name).unlink()


def _hashes(folder: Path) -> dict[str, str]:
    return {name: _sha256(folder / name) for name in _files(folder)}


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
