"""Column types of the tables. In: Python values. Out: what SQLite and PostgreSQL keep. Next: ``tables``."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from midback.errors import InputError


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, whether the database keeps zones (PostgreSQL) or not."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Ask for a type with a time zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into what the dialect keeps; raise InputError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise InputError(
                "{value} has no time zone.", "Instants are kept in UTC.", values={"value": value.isoformat()}
            )
        try:
            instant = value.astimezone(UTC)
        except OverflowError as exc:
            raise InputError("{value} is outside the calendar.", values={"value": value.isoformat()}) from exc
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Name(TypeDecorator[str]):
    """An id or another short text, compared letter by letter whatever the language of a server.

    The order of ids settles which of two rows of one instant is the newer one.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Ask for the order of code points where the database has other orders."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(self.length, collation=collation))


#: JSON documents made by ``codec.dump``; None is kept as SQL NULL.
Document: JSON = JSON(none_as_null=True)
