"""The JSON API: the same use cases as the pages, for programs. In: requests. Out: JSON. Next: whoever asks.

Instants are ISO 8601 in UTC, days are local dates, lengths are seconds unless the name says minutes. Reasons are
ids with values; the exercises carry their words.
"""

from . import camera, diary, library, planning, sensing, stream, why

routers = (
    planning.router,
    diary.router,
    library.router,
    sensing.router,
    camera.router,
    stream.router,
    why.router,
)
