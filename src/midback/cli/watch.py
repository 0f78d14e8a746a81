"""`midback watch`: the sensing loop in the foreground, its state, its refresh. In: daemon, app. Out: lines."""

import json
import sys
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from midback.daemon.foreground import watch_here
from midback.daemon.lock import FOLDER, loop_runs, serving_process
from midback.daemon.state import read_state
from midback.errors import MidbackError, Phrase, phrase_of

from .data_folder import data_folder
from .words import _

if TYPE_CHECKING:
    from midback.app.doctor_prompts import Silence

# What `--status --json` shows, and what stands there while no loop runs.
STATE: dict[str, Any] = {
    "pid": None,
    "started_at": None,
    "at": None,
    "backend": None,
    "others": {},
    "signs": {},
    "notifier": None,
    "spool": None,
    "waiting": 0,
    "orders": None,
    "no_prompts": None,
}


OK = "ok"
# What the state says of its own work: how it is said when that goes well, and when it does not.
TELLS = (
    (
        "notifier",
        Phrase("Notifications: nothing stands in their way, as far as is known."),
        Phrase("Notifications cannot be shown: {why}", {}),
    ),
    (
        "spool",
        Phrase("What is sensed is written to the data folder."),
        Phrase("What is sensed cannot be written: {why}", {}),
    ),
    (
        "orders",
        Phrase("Your plan and your wishes were read."),
        Phrase("Your plan and your wishes cannot be read: {why}", {}),
    ),
)


def watch() -> None:
    """Run the loop until Ctrl+C."""
    watch_here(data_folder(), lambda line: print(line.said(_), flush=True))


def watch_lightly() -> None:
    """Run the loop without the command line library; an error is one line and its own exit code."""
    try:
        watch()
    except MidbackError as exc:
        print(f"midback: {' '.join(' '.join(exc.said(_)).split())}", file=sys.stderr)
        sys.exit(exc.exit_code)


def show_status(as_json: bool) -> None:
    """Print whether a loop runs on this data folder, and what it senses by."""
    folder = data_folder()
    runs = loop_runs(folder)
    said = read_state(folder / FOLDER) if runs else {}
    state = {"running": runs, **STATE, **{k: v for k, v in said.items() if k in STATE}}
    for kind in ("others", "signs"):
        state[kind] = {name: phrase_of(why) or Phrase("") for name, why in state[kind].items()}
    silence = _why_silent() if runs else None
    if as_json:
        state |= {
            kind: {name: why.said() for name, why in state[kind].items()} for kind in ("others", "signs")
        }
        if silence is not None:
            state["no_prompts"] = {"because": silence.why.said(), "next_step": silence.next_step.said()}
        print(json.dumps(state, ensure_ascii=False, indent=2))
        return
    pages = serving_process(folder) if runs else 0
    for line in status_lines(state, _zone() if runs else None, pages):
        print(line.said(_))
    if silence is not None:
        print(Phrase("No prompts yet: {why}", {"why": silence.why}).said(_))
        print(f"  {silence.next_step.said(_)}")


def _why_silent() -> "Silence | None":
    """Return why the loop that runs will say nothing, as far as the database can be asked."""
    from midback.app.doctor_prompts import why_silent

    from .door import opened

    try:
        with opened() as door:
            return why_silent(door.house, door.person)
    except MidbackError:
        return None  # the loop speaks or not by its orders; `midback doctor` says what is wrong here


def status_lines(state: dict[str, Any], zone: tzinfo | None = None, pages: int = 0) -> list[Phrase]:
    """Return the state in words.

    zone : of the times, the computer's own without one; ``pages`` : the process that serves pages, 0 for none
    """
    if not state["running"]:
        return [Phrase("No sensing loop runs on this data folder. `midback watch` starts one.")]
    pid, at = state["pid"], _local(state["started_at"], zone)
    if pages and pages == pid:
        lines = [Phrase("The loop runs beside the pages (process {pid}) since {at}.", {"pid": pid, "at": at})]
    else:
        lines = [Phrase("The loop runs (process {pid}) since {at}.", {"pid": pid, "at": at})]
    if state["backend"]:
        lines.append(Phrase("Idle time: {name}.", {"name": state["backend"]}))
    else:
        lines.append(Phrase("Idle time: unknown, and so is what you do."))
    signs = {_sign_name(name): why for name, why in state["signs"].items()}
    lines += [Phrase("Told here: {name}.", {"name": name}) for name, why in signs.items() if _ok(why)]
    lines += [
        Phrase("Not told here: {name}: {why}", {"name": name, "why": why})
        for name, why in signs.items()
        if not _ok(why)
    ]
    lines += [
        Phrase("Idle time not by {name}: {why}", {"name": name, "why": why})
        for name, why in state["others"].items()
    ]
    for key, well, ill in TELLS:
        if state[key] is not None:
            lines.append(well if state[key] == OK else replace(ill, values={"why": state[key]}))
    if state["waiting"]:
        lines.append(Phrase("Lines waiting for room on the disk: {n}", {"n": state["waiting"]}))
    return lines


def _ok(why: Phrase) -> bool:
    return why.template == OK


def _sign_name(name: str) -> Phrase:
    from midback.app.sensing_findings import SIGN_NAMES

    return SIGN_NAMES.get(name) or Phrase(name)


def _local(told: object, zone: tzinfo | None) -> str:
    """Return an instant of the state as a local day and time."""
    try:
        return datetime.fromisoformat(str(told)).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return str(told)


def _zone() -> tzinfo | None:
    """Return the zone of the settings, None for the computer's own."""
    from zoneinfo import ZoneInfo

    from midback.settings import read_settings

    name = read_settings().timezone
    return ZoneInfo(name) if name else None


def refresh() -> None:
    """Take in what the loop left, and leave it new orders; then exit."""
    from midback.app.refreshing import refresh as bring_in_step

    from .door import opened

    with opened() as door:
        bring_in_step(door.house, door.person)
