"""How every table begins: its metadata, and the person its rows belong to. Next: tables."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.schema import SchemaItem

from .columns import Name

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def owned(name: str, *items: SchemaItem) -> Table:
    """Return a table whose rows belong to a person and go when the person goes."""
    person: Column[Any] = Column(
        "person_id", Name(64), ForeignKey("people.person_id", ondelete="CASCADE"), primary_key=True
    )
    return Table(name, metadata, person, *items)


def pain(name: str) -> tuple[Column[Any], CheckConstraint]:
    """Return a column for a 0..10 scale; NULL is "not answered", never zero."""
    return Column(name, Integer), CheckConstraint(f"{name} BETWEEN 0 AND 10", name=name)
