"""Export, import, backup, restore, deletion. In: paths. Out: files, and lines that say what was done."""

import sys
from pathlib import Path

import typer

from midback.app.archive import export_archive, export_text
from midback.app.archive_import import import_archive
from midback.app.archive_reading import parse_archive, read_archive
from midback.app.backup import backup, restore
from midback.app.deletion import delete_everything
from midback.errors import Conflict, InputError
from midback.settings import read_settings

from .ask import yes
from .door import opened
from .paper import line
from .words import _


def export_to(file: Path) -> None:
    """Write the archive to a file or to standard output."""
    with opened() as door:
        if str(file) == "-":
            for piece in export_text(door.house, door.person):
                sys.stdout.write(piece)
            return
        done = export_archive(door.house, door.person, file)
        line(
            _("Written: {file}, {kilobytes} kB.").format(file=done.path, kilobytes=max(1, done.bytes // 1000))
        )


def import_from(file: Path, replace: bool) -> None:
    """Let an archive be the person's data; what is there already is replaced only when they agree."""
    archive = parse_archive(sys.stdin.buffer.read()) if str(file) == "-" else read_archive(file)
    with opened() as door:
        try:
            done = import_archive(door.house, door.person, archive, replace=replace)
        except Conflict as exc:
            if replace or not sys.stdin.isatty():
                raise
            line(" ".join(part for part in exc.said(_) if part))
            if not yes(_("Replace it? A backup is made first.")):
                raise typer.Exit(exc.exit_code) from exc
            done = import_archive(door.house, door.person, archive, replace=True)
        kinds = ", ".join(f"{name} {count}" for name, count in done.counts.items() if count)
        line(_("Read: {what}.").format(what=kinds or "-"))
        if done.backup:
            line(_("What was there before is in {file}.").format(file=done.backup))


def backup_to(file: Path | None) -> None:
    """Copy the database."""
    with opened() as door:
        done = backup(door.house, file)
        line(
            _("Written: {file}, {kilobytes} kB.").format(file=done.path, kilobytes=max(1, done.bytes // 1000))
        )


def restore_from(file: Path) -> None:
    """Put a backup in place."""
    done = restore(read_settings(), file)
    line(_("The backup is in place: {file}.").format(file=done.database))
    if done.replaced:
        line(_("What was there before is in {file}.").format(file=done.replaced))


def delete_all(sure: bool, own_exercises: bool) -> None:
    """Ask, then delete everything."""
    with opened() as door:
        if not sure:
            _ask(door.house.data_dir)
        done = delete_everything(door.house, own_exercises=own_exercises)
    line(_("Deleted. midback keeps nothing about you any more."))
    for path in done.left:
        line(_("Left, because midback did not make it: {file}").format(file=path), indent=2)


def _ask(folder: Path) -> None:
    if not sys.stdin.isatty():
        raise InputError(
            "Everything would be deleted.",
            "That needs a yes, and there is no terminal to ask in.",
            "Add --yes.",
        )
    line(
        _("Everything midback keeps about you in {folder} will be deleted, backups too.").format(
            folder=folder
        )
    )
    line(_("It cannot be taken back. `midback export FILE` keeps a copy."))
    word = _("delete")
    if typer.prompt(_("Type {word} to go on").format(word=word), default="", show_default=False) != word:
        line(_("Nothing was deleted."))
        raise typer.Exit(1)
