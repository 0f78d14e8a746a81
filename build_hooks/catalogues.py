"""Compiles message catalogues. In: locale/*/LC_MESSAGES/midback.po. Out: midback.mo beside each. Next: what is built.

A catalogue at least as new as its source is left alone, so a source distribution (which carries the compiled
catalogues) becomes a wheel without Babel doing anything. The result is written beside and renamed: a run that
reads the old catalogue meanwhile never sees half a file.
"""

import os
import tempfile
from pathlib import Path


def stale(locale: Path) -> list[Path]:
    """Return the .po files whose .mo is missing or older."""
    found = sorted(locale.glob("*/LC_MESSAGES/*.po"))
    return [po for po in found if not _fresh(po)]


def compile_catalogue(po: Path) -> Path:
    """Compile one .po to the .mo beside it and return the .mo's path."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    target = po.with_suffix(".mo")
    descriptor, beside = tempfile.mkstemp(dir=po.parent, prefix=".mo-")
    with os.fdopen(descriptor, "wb") as sink:
        write_mo(sink, catalogue)
    Path(beside).chmod(0o644)
    Path(beside).replace(target)
    return target


def compile_stale(locale: Path) -> list[Path]:
    """Compile what is stale under a locale folder and return the files written."""
    return [compile_catalogue(po) for po in stale(locale)]


def _fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns
