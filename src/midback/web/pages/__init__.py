"""The pages people see, one module each. In: requests. Out: HTML. Next: the browser."""

from . import (
    about,
    care,
    checkin,
    day,
    figures,
    intake,
    library,
    progress,
    screening,
    settings,
    setup,
    things,
    today,
    week,
)

routers = (
    today.router,
    screening.router,
    intake.router,
    library.router,
    checkin.router,
    progress.router,
    day.router,
    week.router,
    care.router,
    setup.router,
    things.router,
    settings.router,
    about.router,
    figures.router,
)
