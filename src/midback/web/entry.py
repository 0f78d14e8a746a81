"""Keys to the door. In: the data folder. Out: one-time links and the cookie they turn into. Next: guard.

A link is signed with a key that only the person's own account can read (0600, in the data folder), so another
process of theirs (``midback link``) can make one for a server that already runs. A link opens once, and only
on a server that was running when it was made. The cookie is signed with the same key: tabs survive a restart.
"""

import base64
import hmac
import os
import secrets
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

from midback.errors import Unavailable

LINK_LIFETIME_S = 15 * 60
COOKIE_LIFETIME_S = 180 * 24 * 3600
KEY_BYTES = 32


def read_key(data_dir: Path) -> bytes:
    """Return the signing key of a data folder, making it on the first run.

    Raises
    ------
    Unavailable : the key can neither be read nor made
    """
    path = data_dir / "door.key"
    try:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_bytes()
            if len(key) == KEY_BYTES and _is_private(path):
                return key
            path.unlink()  # torn, or open to others; a new key only means opening the link again
            return read_key(data_dir)
        with os.fdopen(handle, "wb") as file:
            key = secrets.token_bytes(KEY_BYTES)
            file.write(key)
            return key
    except OSError as exc:
        raise Unavailable(
            "The key of the door, {path}, cannot be read or made: {fault}.",
            "midback signs its links with a key in the data folder.",
            "Check the folder's permissions and the free space.",
            values={"path": path, "fault": exc.strerror},
        ) from exc


def _is_private(path: Path) -> bool:
    """Whether nobody but the owner could read the file; a copy may have opened it to others."""
    return sys.platform == "win32" or not path.stat().st_mode & 0o077


def _signed(key: bytes, purpose: str, payload: str) -> str:
    mark = hmac.new(key, f"{purpose}:{payload}".encode(), sha256).digest()
    return f"{payload}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


def _opened(key: bytes, purpose: str, token: str) -> tuple[float, str] | None:
    """Return (when made, nonce) of a genuine token, or None."""
    payload, _dot, _mark = token.rpartition(".")
    if not payload or not token.isascii() or not hmac.compare_digest(_signed(key, purpose, payload), token):
        return None
    made, _dash, nonce = payload.partition("-")
    return float(made) / 1000, nonce


def mint(key: bytes, purpose: str, now: float) -> str:
    """Return a signed token for a purpose, made at ``now`` (s since the epoch)."""
    return _signed(key, purpose, f"{int(now * 1000)}-{secrets.token_urlsafe(18)}")


def new_link_token(data_dir: Path) -> str:
    """Return a token that opens the running server of this data folder once, within 15 minutes."""
    return mint(read_key(data_dir), "link", time.time())


@dataclass(slots=True)
class Door:
    """What one running server remembers of its keys."""

    key: bytes
    launch_token: str | None = None
    # In whole milliseconds like the links, so that one made in the same millisecond opens.
    opened_at: float = field(default_factory=lambda: int(time.time() * 1000) / 1000)
    _spent: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def take(self, token: str) -> str | None:
        """Spend a one-time token; return the cookie's value, or None when it is wrong, late or spent."""
        if not token or not self._fits(token):
            return None
        with self._lock:
            if token in self._spent:
                return None
            self._spent.add(token)
        return mint(self.key, "cookie", time.time())

    def _fits(self, token: str) -> bool:
        if self.launch_token and hmac.compare_digest(self.launch_token.encode(), token.encode()):
            return True
        link = _opened(self.key, "link", token)
        # The spent ones of an earlier run are forgotten, so links made before this one do not open.
        return link is not None and self.opened_at <= link[0] and time.time() - link[0] <= LINK_LIFETIME_S

    def knows(self, cookie: str) -> bool:
        """Whether a cookie was given out with this data folder's key and is not too old."""
        made = _opened(self.key, "cookie", cookie) if cookie else None
        return made is not None and time.time() - made[0] <= COOKIE_LIFETIME_S
