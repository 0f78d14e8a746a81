"""The pages people see, one module each. In: requests. Out: HTML. Next: the browser."""

from . import figures, intake, screening, today

routers = (today.router, screening.router, intake.router, figures.router)
