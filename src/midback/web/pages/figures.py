"""Moving figures as JSON and stills as SVG.

In: exercise and variant. Out: drawings that may be kept. Next: figure.js.
"""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from midback.errors import NotFound

from ..picture import look_of, still_of
from ..render import house_of

router = APIRouter(include_in_schema=False)
Side = Literal["both", "left", "right"]
Range = Annotated[float, Query(alias="range", ge=0.1, le=1.0)]


def _kept(request: Request, body: str, kind: str) -> Response:
    # The address names the version and the look, so what came from it never changes.
    named = "v" in request.query_params
    kept = "private, max-age=31536000, immutable" if named else "no-cache"
    return Response(body, media_type=kind, headers={"Cache-Control": kept})


@router.get("/figures/{exercise_id}/{variant_id}.json")
def movement(
    request: Request, exercise_id: str, variant_id: str, side: Side = "both", scale: Range = 1.0
) -> Response:
    """Return one cycle of a movement as numbers; ``range`` makes it smaller."""
    from midback.share.figure import animate

    exercise = house_of(request).catalogue.exercise(exercise_id)
    _known(exercise.id, variant_id, {v.id for v in exercise.variants})
    drawn = animate(exercise, variant_id, side=side, look=look_of(request), range_scale=scale)
    return _kept(request, json.dumps(drawn, separators=(",", ":")), "application/json")


@router.get("/figures/{exercise_id}/{variant_id}.svg")
def still(
    request: Request,
    exercise_id: str,
    variant_id: str,
    side: Side = "both",
    size: Literal["full", "thumb"] = "full",
    theme: Literal["light", "dark"] = "light",
    at: Annotated[float | None, Query(ge=0, le=600)] = None,
) -> Response:
    """Return one still of a movement; ``at``: s from its start, without it the most telling pose."""
    exercise = house_of(request).catalogue.exercise(exercise_id)
    _known(exercise.id, variant_id, {v.id for v in exercise.variants})
    drawn = still_of(request, exercise, variant_id, side, size, dark=theme == "dark", at=at)
    if not drawn:
        raise NotFound(
            "{exercise} {variant} has no figure.",
            "Visits do not move.",
            values={"exercise": exercise_id, "variant": variant_id},
        )
    return _kept(request, drawn, "image/svg+xml")


def _known(exercise_id: str, variant_id: str, variants: set[str]) -> None:
    if variant_id not in variants:
        raise NotFound(
            "{exercise} has no variant {variant!r}.",
            "It has: {known}.",
            values={
                "exercise": exercise_id,
                "variant": variant_id[:60],
                "known": ", ".join(sorted(variants)),
            },
        )
