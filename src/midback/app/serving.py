"""One server per data folder. In: the folder. Out: a lock, or who holds it. Next: the doors."""

from midback.store.lock import Holder, hold_server_lock, running_server

__all__ = ["Holder", "hold_server_lock", "running_server"]
