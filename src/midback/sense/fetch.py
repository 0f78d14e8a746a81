"""One bounded look at an address. In: an address, its bounds. Out: the body. Next: calendars, activitywatch.

Neither size nor time is left to whoever answers: a body is cut off at a number of bytes, and a timer closes the
connection at the deadline, however slowly it drips. Messages name the host alone: a calendar's address is a key.
"""

import base64
import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from midback.errors import InputError, MidbackError, NotFound, Phrase, Unavailable

CONNECT_S = 10.0
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its parts. ``user`` is a name and a password, or empty; neither is ever shown."""

    secure: bool
    host: str
    port: int
    path: str = field(repr=False)
    user: str = field(default="", repr=False)


def read_address(url: str) -> Address:
    """Read an address: http, https, or webcal, which is https but on this machine.

    Raises
    ------
    InputError : another scheme, no host, or nothing that is an address
    """
    rule = Phrase("Addresses start with https://, http:// or webcal://.")
    if len(url) > 4000 or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url.strip()):
        raise InputError("That is not an address.", rule)
    try:
        parts: SplitResult = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise InputError("That is not an address.", rule) from exc
    if parts.scheme not in ("http", "https", "webcal", "webcals") or not host:
        raise InputError("That is not an address midback can read.", rule)
    secure = parts.scheme in ("https", "webcals") or (parts.scheme == "webcal" and not is_here(host))
    path = parts.path or "/"
    if parts.query:
        path += "?" + parts.query
    # What a browser would write itself; the server knows these by their bytes.
    path = "".join(sign if ord(sign) < 128 else _quoted(sign) for sign in path)
    user = ""
    if parts.username is not None:
        user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return Address(secure, host, port if port is not None else (443 if secure else 80), path, user)


def is_here(host: str) -> bool:
    """Say whether a host is this machine by its name: localhost, 127.0.0.0/8 or ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fetch(
    address: Address,
    *,
    most_bytes: int,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    redirects: int = MOST_REDIRECTS,
) -> bytes:
    """Return the body of the answer to GET.

    redirects : how many are followed; never from https to http, nor from another machine to this one or its network

    Raises
    ------
    InputError : the answer is longer than ``most_bytes``, packed, or leads where it may not
    NotFound, Unavailable : nothing there; nobody answers, refuses, or is not done in ``seconds``
    """
    first, sent, deadline = address, dict(headers or {}), time.monotonic() + seconds
    for _ in range(redirects + 1):
        if address.user:
            sent["Authorization"] = "Basic " + base64.b64encode(address.user.encode()).decode("ascii")
        answer = _ask(address, sent, most_bytes, deadline, sent_on=address.host != first.host)
        if isinstance(answer, bytes):
            return answer
        following = _follow(address, answer)
        if (following.secure, following.host, following.port) != (address.secure, address.host, address.port):
            sent.pop("Authorization", None)
        address = following
    raise InputError(
        "{host} sends from one address to the next.",
        "At most {most} redirects are followed.",
        values={"host": first.host, "most": redirects},
    )


def _ask(
    address: Address, headers: Mapping[str, str], most_bytes: int, deadline: float, *, sent_on: bool
) -> bytes | str:
    """Return the body, or the address of a redirect. ``sent_on``: to a host that nobody but a redirect named."""
    late = threading.Event()
    try:
        plain = socket.create_connection((address.host, address.port), timeout=CONNECT_S)
    except (OSError, UnicodeError) as exc:
        raise Unavailable(
            "{host} cannot be reached.",
            "",
            "Check the address and the network.",
            values={"host": address.host},
        ) from exc
    with contextlib.ExitStack() as stack:
        line: socket.socket = stack.enter_context(plain)
        # A name tells where it leads only when it is asked.
        if sent_on and _is_private(str(plain.getpeername()[0])):
            raise _into_this_network(address)
        try:
            if address.secure:
                context = ssl.create_default_context()
                line = context.wrap_socket(plain, server_hostname=address.host, do_handshake_on_connect=False)
                stack.enter_context(line)
            timer = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, (line, late))
            timer.daemon = True
            timer.start()
            stack.callback(timer.cancel)
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            return _talk(line, address, headers, most_bytes, late)
        except (OSError, http.client.HTTPException, ValueError) as exc:
            if isinstance(exc, MidbackError):
                raise
            if late.is_set():
                raise _too_late(address) from exc
            raise Unavailable(
                "{host} did not answer as a web server does.",
                "",
                "Try again later.",
                values={"host": address.host},
            ) from exc


def _talk(
    line: socket.socket, address: Address, headers: Mapping[str, str], most_bytes: int, late: threading.Event
) -> bytes | str:
    """Ask over an open line."""
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = line
    default = address.port == (443 if address.secure else 80)
    name = f"[{address.host}]" if ":" in address.host else address.host
    connection.request(
        "GET",
        address.path,
        headers={
            "Host": name if default else f"{name}:{address.port}",
            "Accept-Encoding": "identity",
            "User-Agent": "midback",
            "Connection": "close",
            **headers,
        },
    )
    with connection.getresponse() as response:
        if response.status in _REDIRECTS:
            return response.getheader("Location") or ""
        if response.status == 404 or response.status == 410:
            raise NotFound(
                "{host} has nothing at that address.", "", "Check the address.", values={"host": address.host}
            )
        if response.status in (401, 403):
            raise Unavailable(
                "{host} refuses to show it.",
                "",
                "Check the address, or the token, it was given.",
                values={"host": address.host},
            )
        if response.status != 200:
            raise Unavailable(
                "{host} answered with status {status}.",
                "",
                "Try again later.",
                values={"host": address.host, "status": response.status},
            )
        if response.getheader("Content-Encoding", "identity").lower() != "identity":
            raise InputError(
                "{host} answered with a packed file.",
                "Plain answers are read.",
                values={"host": address.host},
            )
        body = bytearray()
        while piece := response.read1(65536):
            body += piece
            if len(body) > most_bytes:
                raise InputError(
                    "The answer of {host} is larger than {most} MB.",
                    "More is not read.",
                    values={"host": address.host, "most": most_bytes // 2**20},
                )
        if late.is_set():
            raise _too_late(address)
        if response.length:
            raise Unavailable(
                "The answer of {host} was cut off.", "", "Try again later.", values={"host": address.host}
            )
        return bytes(body)


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):
        # Under TLS too: the plain line below it ends, which wakes whoever is reading.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _too_late(address: Address) -> Unavailable:
    return Unavailable("{host} took too long.", "", "Try again later.", values={"host": address.host})


def _follow(address: Address, location: str) -> Address:
    """Return where a redirect leads; it may not lead from the net into this machine or its network."""
    base = f"{'https' if address.secure else 'http'}://{_authority(address)}{address.path}"
    try:
        target = read_address(urljoin(base, location))
    except ValueError as exc:  # InputError is one
        raise InputError(
            "{host} sends to something that is no web address.",
            "Only http and https are followed.",
            values={"host": address.host},
        ) from exc
    if address.secure and not target.secure:
        raise InputError(
            "{host} sends from https to http.", "A safe address stays one.", values={"host": address.host}
        )
    if _is_private(target.host) and target.host != address.host:
        raise _into_this_network(address)
    return target


def _into_this_network(address: Address) -> InputError:
    return InputError(
        "{host} sends to an address inside this network.",
        "Only the address that you name may lie there.",
        values={"host": address.host},
    )


def _authority(address: Address) -> str:
    return f"[{address.host}]:{address.port}" if ":" in address.host else f"{address.host}:{address.port}"


def _is_private(host: str) -> bool:
    if is_here(host):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _quoted(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())
