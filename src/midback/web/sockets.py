"""How the server takes WebSockets: only the session's camera uses one. Out: settings of uvicorn. Next: camera_routes.

The protocol's library is loaded with the first socket, so that nobody pays for a camera that is off.
"""

import asyncio
from typing import Any

# One frame's landmarks take about 2 kB.
LARGEST_MESSAGE = 16_384


def open_protocol(*arguments: Any, **named: Any) -> asyncio.Protocol:
    """Make the protocol of one socket."""
    from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

    return WSProtocol(*arguments, **named)


def socket_settings() -> dict[str, Any]:
    """Return what ``uvicorn.Config`` needs; without compression a small message cannot grow into a large one."""
    return {"ws": open_protocol, "ws_max_size": LARGEST_MESSAGE, "ws_per_message_deflate": False}
