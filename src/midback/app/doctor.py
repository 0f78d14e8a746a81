"""Looks the installation over and says what is well and what is not. Next: `midback doctor`, Settings."""

import platform
import shutil
import sys
from dataclasses import dataclass

from sqlalchemy import text

from midback import __version__
from midback.errors import MidbackError, Translate
from midback.settings import Settings, config_folder

from .clock import local
from .house import House, open_house, own_exercise_folder

ENOUGH_FREE_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. ``next_step`` is empty when it is well."""

    name: str
    ok: bool
    says: str
    next_step: str = ""


def examine(settings: Settings, translate: Translate = str) -> tuple[Finding, ...]:
    """Look at program, settings, folder, disk, database, catalogue and clock; a finding is never an error."""
    findings = [
        Finding(
            name="program",
            ok=True,
            says=f"midback {__version__} on Python {sys.version.split()[0]}, {platform.system()}",
        ),
        Finding(
            name="settings", ok=True, says=f"{config_folder() / 'settings.toml'} and MIDBACK_* variables"
        ),
    ]
    try:
        house = open_house(settings)
    except MidbackError as exc:
        seen, rule, step = exc.said(translate)
        return (*findings, Finding(name="database", ok=False, says=seen, next_step=step or rule))
    try:
        findings += [_disk(settings), _database(house), *_catalogue(house), _clock(house)]
    finally:
        house.engine.dispose()
    return tuple(findings)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    says = f"{settings.data_dir}, {free // 2**20} MB free"
    if free < ENOUGH_FREE_BYTES:
        return Finding(
            name="data folder", ok=False, says=says, next_step="Make room: midback wants 100 MB to spare."
        )
    return Finding(name="data folder", ok=True, says=says)


def _database(house: House) -> Finding:
    with house.engine.connect() as conn:
        if conn.dialect.name != "sqlite":
            return Finding(name="database", ok=True, says=conn.dialect.name)
        verdict = conn.execute(text("PRAGMA quick_check")).scalar_one()
        version = conn.execute(text("SELECT sqlite_version()")).scalar_one()
    if verdict != "ok":
        return Finding(
            name="database",
            ok=False,
            says=f"damaged: {verdict}",
            next_step="Run `midback restore` with your last backup.",
        )
    return Finding(name="database", ok=True, says=f"SQLite {version}, sound")


def _catalogue(house: House) -> list[Finding]:
    folder = own_exercise_folder(house.data_dir)
    own = sum(1 for exercise in house.catalogue.exercises.values() if exercise.own)
    known = len(house.catalogue.exercises) - own
    findings = [Finding(name="exercises", ok=True, says=f"{known} known, {own} of your own in {folder}")]
    findings += [
        Finding(
            name="own exercise",
            ok=False,
            says=f"{r.file}: {r.key}: {r.rule}",
            next_step=f"Mend {r.file} or take it away.",
        )
        for r in house.catalogue.refused
    ]
    return findings


def _clock(house: House) -> Finding:
    now = local(house.clock)
    sane = 2025 <= now.year <= 2100
    step = "" if sane else "Set the computer's clock: dates decide what is due."
    return Finding(name="clock", ok=sane, says=now.strftime("%Y-%m-%d %H:%M %Z"), next_step=step)
