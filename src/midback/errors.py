"""Every error midback raises on purpose, as one tree.

    MidbackError
     + InputError     what was given cannot be used               exit 2   HTTP 422   (also ValueError)
     + NotFound       there is nothing by that name               exit 3   HTTP 404   (also LookupError)
     + Conflict       someone or something changed it first       exit 4   HTTP 409
     + NotAllowed     this is not permitted here                  exit 5   HTTP 403   (also PermissionError)
     + SafetyStop     refused for the person's safety             exit 6   HTTP 409
     + Infeasible     no plan fits; names the constraints         exit 7   HTTP 422
     + Unavailable    a sensor, file or service is missing        exit 8   HTTP 503

Each message says what was seen, the rule and the next step. Doors translate an error once.
"""

from typing import ClassVar


class MidbackError(Exception):
    """An error that midback raises on purpose.

    Parameters
    ----------
    seen : what was found
    rule : what was expected
    next_step : what the person can do now
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, seen: str, rule: str = "", next_step: str = "") -> None:
        self.seen, self.rule, self.next_step = seen, rule, next_step
        super().__init__(" ".join(part for part in (seen, rule, next_step) if part))


class InputError(MidbackError, ValueError):
    exit_code = 2
    http_status = 422


class NotFound(MidbackError, LookupError):
    exit_code = 3
    http_status = 404


class Conflict(MidbackError):
    exit_code = 4
    http_status = 409


class NotAllowed(MidbackError, PermissionError):
    exit_code = 5
    http_status = 403


class SafetyStop(MidbackError):
    """An exercise was asked for while the person should be seen by a professional first."""

    exit_code = 6
    http_status = 409


class Infeasible(MidbackError):
    """No plan fits. ``constraints`` names what stands in the way, most important first."""

    exit_code = 7
    http_status = 422

    def __init__(self, seen: str, rule: str = "", next_step: str = "", constraints: tuple[str, ...] = ()):
        super().__init__(seen, rule, next_step)
        self.constraints = constraints


class Unavailable(MidbackError):
    exit_code = 8
    http_status = 503
