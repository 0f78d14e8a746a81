"""Whom a door serves: one person while one uses the installation. Next: ``identify`` in each door."""

from midback.store.people import DEFAULT_PERSON

__all__ = ["DEFAULT_PERSON"]
