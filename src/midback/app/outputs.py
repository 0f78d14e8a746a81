"""Places a person names for files to be written. In: paths. Out: nothing, or an error before the work. Next: doors."""

from collections.abc import Iterable
from pathlib import Path

from midback.errors import InputError, NotFound


def require_writable(out: Path, endings: Iterable[str], inputs: Iterable[str | Path] = ()) -> None:
    """Raise where a file cannot or should not be written: so that nobody waits for work that is lost.

    endings : what the name may end in ; inputs : what is read, and must not be written over

    Raises
    ------
    NotFound : the folder is not there ; InputError : the place is no file, is read too, or has another ending
    """
    known = tuple(endings)
    if not out.name.lower().endswith(known):
        raise InputError(
            "{path} has another ending.",
            "The name ends in {endings}.",
            values={"path": out.name, "endings": ", ".join(known)},
        )
    if not out.parent.is_dir():
        raise NotFound(
            "There is no folder {folder}.", "", "Make it first.", values={"folder": str(out.parent)}
        )
    if out.exists() and not out.is_file():
        raise InputError("{path} is no file.", "", "Choose another name.", values={"path": out.name})
    for one in inputs:
        if out.exists() and Path(one).exists() and out.samefile(one):
            raise InputError(
                "{path} is what is read.",
                "It is not written over.",
                "Choose another name.",
                values={"path": out.name},
            )
