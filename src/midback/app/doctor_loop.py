"""Says whether a sensing loop runs, and in which process. In: the data folder. Out: a finding. Next: doctor."""

from pathlib import Path

from midback.errors import MidbackError, Phrase
from midback.store.watch_files import watcher

from .finding import Finding
from .serving import running_server


def examine_loop(data_dir: Path) -> Finding:
    """Say whether a loop runs for this folder, and whether it is the one beside the pages."""
    name = Phrase("sensing loop")
    try:
        holder, server = watcher(data_dir), running_server(data_dir)
    except MidbackError as exc:
        return Finding(name=name, ok=False, says=exc.phrases[0], next_step=exc.phrases[2])
    if holder is None:
        return Finding(
            name=name,
            ok=True,
            live=False,
            says=Phrase("none runs now, so nothing is sensed"),
            next_step=Phrase("`midback` senses while it runs; `midback watch` senses without the pages."),
        )
    pid = holder.get("pid")
    beside = server is not None and server.pid == pid
    process = pid if isinstance(pid, int) else "?"
    says = (
        Phrase("runs beside the pages (process {pid})", {"pid": process})
        if beside
        else Phrase("runs (process {pid})", {"pid": process})
    )
    return Finding(name=name, ok=True, says=says)
