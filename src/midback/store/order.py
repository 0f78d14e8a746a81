"""Which entry is the newest: the one that came last, whatever the clock said. Next: the query modules.

A clock that was set back must not let an older answer outrank a newer one, least of all about warning signs.
"""

from sqlalchemy import Connection, Table, func, select


def next_seq(connection: Connection, table: Table, person_id: str) -> int:
    """Return the number for the person's next row of the table, one more than the largest."""
    largest = connection.execute(select(func.max(table.c.seq)).where(table.c.person_id == person_id)).scalar()
    return (largest or 0) + 1
