"""How the JSON API says that something went wrong, for its OpenAPI description. Next: every router."""

from typing import Any

_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "seen", "rule", "next"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "seen": {"type": "string"},
        "rule": {"type": "string"},
        "next": {"type": "string"},
        "constraints": {"type": "array", "items": {"type": "string"}},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
_SAID = {
    403: "The key is missing, or the request comes from another site.",
    404: "There is nothing by that name.",
    405: "The address does not work that way.",
    409: "Refused for your safety, or something changed in the meantime.",
    413: "The request is too large.",
    422: "What was given cannot be used, or no plan fits.",
    503: "A file or service is missing.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": said, "content": {"application/problem+json": {"schema": _SCHEMA}}}
    for status, said in _SAID.items()
}
