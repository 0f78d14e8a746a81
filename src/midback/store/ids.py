"""Names of new rows. In: nothing. Out: an id nobody else has, so a retried request can carry its own."""

import secrets
import time


def new_id() -> str:
    """Return a fresh id of 32 hexadecimal digits, ordered by when it was made.

    The order settles which of two rows of the same instant is the newer one.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"
