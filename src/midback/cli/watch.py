"""`midback watch`: the sensing loop in the foreground, its state, its refresh. In: daemon, app. Out: lines."""

import json
import sys
from typing import TYPE_CHECKING, Any

from midback.daemon.foreground import watch_here
from midback.daemon.state import read_state
from midback.daemon.watch import FOLDER, loop_runs
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
    for line in status_lines(state):
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


def status_lines(state: dict[str, Any]) -> list[Phrase]:
    """Return the state in words."""
    if not state["running"]:
        return [Phrase("No sensing loop runs on this data folder. `midback watch` starts one.")]
    lines = [
        Phrase("The loop runs (process {pid}) since {at}.", {"pid": state["pid"], "at": state["started_at"]})
    ]
    if state["backend"]:
        lines.append(Phrase("Idle time: {name}.", {"name": state["backend"]}))
    else:
        lines.append(Phrase("Idle time: unknown, and so is what you do."))
    for name, why in (*state["others"].items(), *state["signs"].items()):
        lines.append(Phrase("  {name}: {why}", {"name": name, "why": why}))
    lines += [
        Phrase("Notifications: {why}", {"why": state["notifier"]}),
        Phrase("Files: {why}", {"why": state["spool"]}),
        Phrase("Orders: {why}", {"why": state["orders"]}),
    ]
    if state["waiting"]:
        lines.append(Phrase("Lines waiting for room on the disk: {n}", {"n": state["waiting"]}))
    return lines


def refresh() -> None:
    """Take in what the loop left, and leave it new orders; then exit."""
    from midback.app.refreshing import refresh as bring_in_step

    from .door import opened

    with opened() as door:
        bring_in_step(door.house, door.person)
