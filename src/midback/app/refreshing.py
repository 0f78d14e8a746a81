"""Everything the background process needs, brought in step. In: its files, calendars. Out: a plan, its orders.

It runs at the start, after midnight, and when the orders are old, in a process that ends with it.
"""

from .calendars import refresh_calendars
from .evidence import refold_where_old
from .house import House
from .orders import write_orders
from .spool import import_spool


def refresh(house: House, person: str) -> None:
    """Bring everything in step: read the spool, look at calendars again, plan the day, write the orders."""
    refold_where_old(house, person)
    import_spool(house, person)
    refresh_calendars(house, person)
    write_orders(house, person)
