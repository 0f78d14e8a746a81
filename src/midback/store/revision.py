"""The schemas this program knows, oldest first. In: nothing. Next: ``engine`` compares, ``migrate`` upgrades.

Kept apart from Alembic's scripts so that a start with nothing to migrate does not import Alembic;
a test holds the two together.
"""

KNOWN = ("0001", "0002", "0003", "0004", "0005")
HEAD = KNOWN[-1]
