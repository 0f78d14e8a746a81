"""Looks over what the camera needs: networks, runtime, reader. In: the installation. Out: findings. Next: doctor."""

from collections.abc import Iterator

from midback.errors import Phrase
from midback.sense.pose.installed import PICTURES, RUNTIME, Parts, look_over

from .finding import Finding


def examine_camera() -> tuple[Finding, ...]:
    """Say what of the camera part is here; without the runtime the browser still can, so that is no error."""
    return tuple(say_parts(look_over()))


def say_parts(parts: Parts) -> Iterator[Finding]:
    """Put each part into words."""
    if parts.spoilt:
        yield Finding(
            name=Phrase("pose networks"),
            ok=False,
            says=Phrase("missing or not as they were built: {files}", {"files": ", ".join(parts.spoilt)}),
            next_step=Phrase(
                "Install midback anew from its wheel, or in a copy of the repository run "
                "`uv run --reinstall-package midback midback doctor`."
            ),
        )
    else:
        yield Finding(name=Phrase("pose networks"), ok=True, says=Phrase("lite and full, as they were built"))
    yield _package(Phrase("pose runtime"), RUNTIME, parts.runtime)
    yield _package(Phrase("camera and video files"), PICTURES, parts.pictures)


def _package(name: Phrase, package: str, version: str | None) -> Finding:
    if version is None:
        without = Phrase("The camera works in the browser only; watching and recordings need this package.")
        says = Phrase(
            "{package} is not installed, or not made for this kind of computer", {"package": package}
        )
        return Finding(name=name, ok=True, live=False, says=says, next_step=without)
    says = Phrase("{package} {version}", {"package": package, "version": version})
    return Finding(name=name, ok=True, says=says)
