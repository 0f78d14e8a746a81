"""How far the background process's files were read, and what in them could not be. Next: ``app.spool``."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from midback.errors import Phrase

from .codec import dump, load
from .tables import spool as table

MOST_FAULTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """A line that could not be read: its number from 1, and why."""

    line: int
    seen: str
    rule: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> tuple[Phrase, Phrase]:
        """What was seen and the rule, to be said in any language."""
        return Phrase(self.seen, self.values), Phrase(self.rule, self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolFile:
    """One file: ``read`` bytes and ``lines`` so far; ``head`` tells it from another of the same name.

    refused : how many lines were of no use; ``faults`` holds the last of them
    """

    file: str
    head: str = ""
    read: int = 0
    lines: int = 0
    refused: int = 0
    faults: tuple[LineFault, ...] = ()


def get(connection: Connection, person_id: str, file: str) -> SpoolFile:
    """Return how far a file was read; one that is not known was not read at all."""
    row = connection.execute(select(table).where(_key(person_id, file))).first()
    return SpoolFile(file=file) if row is None else _file(row)


def put(connection: Connection, person_id: str, file: SpoolFile) -> None:
    """Keep how far a file was read."""
    forget(connection, person_id, file.file)
    connection.execute(
        insert(table).values(
            person_id=person_id,
            file=file.file,
            head=file.head,
            read=file.read,
            lines=file.lines,
            refused=file.refused,
            faults=dump(file.faults[-MOST_FAULTS:]),
        )
    )


def forget(connection: Connection, person_id: str, file: str) -> None:
    """Forget a file that is gone."""
    connection.execute(delete(table).where(_key(person_id, file)))


def listed(connection: Connection, person_id: str) -> tuple[SpoolFile, ...]:
    """Return all files, by name."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.file)
    return tuple(_file(row) for row in connection.execute(query))


def _key(person_id: str, file: str) -> Any:
    return (table.c.person_id == person_id) & (table.c.file == file)


def _file(row: Any) -> SpoolFile:
    return SpoolFile(
        file=row.file,
        head=row.head,
        read=row.read,
        lines=row.lines,
        refused=row.refused,
        faults=load(tuple[LineFault, ...], row.faults),
    )
