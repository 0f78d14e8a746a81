"""Names of new rows. In: nothing. Out: an id nobody else has, so a retried request can carry its own."""

from uuid import uuid4


def new_id() -> str:
    """Return a fresh id of 32 hexadecimal digits."""
    return uuid4().hex
