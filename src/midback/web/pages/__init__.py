"""The pages people see, one module each. In: requests. Out: HTML. Next: the browser."""

from . import today

routers = (today.router,)
