"""Looks the installation over and says what is well and what is not. Next: `midback doctor`, Settings."""

import platform
import shutil
import sys
from dataclasses import replace

from sqlalchemy import text

from midback import __version__
from midback.errors import MidbackError, Phrase
from midback.settings import Settings, config_folder
from midback.store.address import where

from .clock import local
from .doctor_camera import examine_camera
from .doctor_evidence import examine_evidence
from .doctor_loop import examine_loop
from .doctor_prompts import examine_prompts
from .finding import NOTHING, Finding
from .house import House, open_house, own_exercise_folder
from .sensing_findings import examine_sensing

ENOUGH_FREE_BYTES = 100 * 1024 * 1024


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at the program, what it keeps, the clock and the desktop; a finding is never an error."""
    findings = [_program(), _settings()]
    try:
        house = open_house(settings)
    except MidbackError as exc:
        seen, rule, step = exc.phrases
        unusable = Finding(
            name=Phrase("database"), ok=False, says=seen, next_step=step if step.template else rule
        )
        return (*findings, unusable)
    try:
        findings += [_disk(settings), _database(house), *_catalogue(house), _clock(house)]
        sensing = [examine_loop(settings.data_dir), examine_evidence(house), examine_prompts(house)]
    finally:
        house.engine.dispose()
    sensing += examine_sensing()
    sensing += examine_camera()
    return (*findings, *(replace(finding, sensing=True) for finding in sensing))


def _program() -> Finding:
    says = Phrase(
        "midback {version} on Python {python}, {system}",
        {"version": __version__, "python": sys.version.split()[0], "system": platform.system()},
    )
    return Finding(name=Phrase("program"), ok=True, says=says)


def _settings() -> Finding:
    says = Phrase("{file} and MIDBACK_* variables", {"file": config_folder() / "settings.toml"})
    return Finding(name=Phrase("settings"), ok=True, says=says)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    ok = free >= ENOUGH_FREE_BYTES
    return Finding(
        name=Phrase("data folder"),
        ok=ok,
        says=Phrase("{folder}, {free} MB free", {"folder": settings.data_dir, "free": free // 2**20}),
        next_step=NOTHING if ok else Phrase("Make room: midback wants 100 MB to spare."),
    )


def _database(house: House) -> Finding:
    name = Phrase("database")
    with house.engine.connect() as conn:
        if conn.dialect.name != "sqlite":
            server = conn.execute(text("SHOW server_version")).scalar_one()
            says = Phrase(
                "PostgreSQL {version} at {where}, answering",
                {"version": server, "where": where(house.engine)},
            )
            return Finding(name=name, ok=True, says=says)
        verdict = conn.execute(text("PRAGMA quick_check")).scalar_one()
        version = conn.execute(text("SELECT sqlite_version()")).scalar_one()
    if verdict != "ok":
        says = Phrase("damaged: {verdict}", {"verdict": verdict})
        step = Phrase("Run `midback restore` with your last backup.")
        return Finding(name=name, ok=False, says=says, next_step=step)
    return Finding(name=name, ok=True, says=Phrase("SQLite {version}, sound", {"version": version}))


def _catalogue(house: House) -> list[Finding]:
    own = sum(1 for exercise in house.catalogue.exercises.values() if exercise.own)
    says = Phrase(
        "{known} known, {own} of your own in {folder}",
        {
            "known": len(house.catalogue.exercises) - own,
            "own": own,
            "folder": own_exercise_folder(house.data_dir),
        },
    )
    findings = [Finding(name=Phrase("exercises"), ok=True, says=says)]
    findings += [
        Finding(
            name=Phrase("own exercise"),
            ok=False,
            says=Phrase("{file}: {key}: {rule}", {"file": r.file, "key": r.key, "rule": r.rule}),
            next_step=Phrase("Mend {file} or take it away.", {"file": r.file}),
        )
        for r in house.catalogue.refused
    ]
    return findings


def _clock(house: House) -> Finding:
    now = local(house.clock)
    sane = 2025 <= now.year <= 2100
    step = NOTHING if sane else Phrase("Set the computer's clock: dates decide what is due.")
    says = Phrase("it is {now}", {"now": now.strftime("%Y-%m-%d %H:%M %Z")})
    return Finding(name=Phrase("clock"), ok=sane, says=says, next_step=step)
