"""A word on the desktop with buttons. In: a Notice. Out: it shown; the button pressed, later. Next: the person.

The library that speaks to every desktop is large and wants an event loop, so both wait for the first word: the
loop then sleeps in a thread of its own and costs nothing until a button is pressed. No other process is started.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from midback.errors import Unavailable

if TYPE_CHECKING:
    import asyncio

ANSWERS_WITHIN_S: Final = 5.0
CLICKED, DISMISSED = "clicked", "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is shown.

    buttons : (key, label), as they should stand
    click : what a click on the notice itself does, for desktops that list it among the buttons
    quiet : of low urgency; it needs no answer
    stays_s : how long it is worth showing
    """

    title: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    click: str = ""
    quiet: bool = False
    sound: bool = False
    stays_s: int = 60


Pressed = Callable[[str], None]


class Notifier(Protocol):
    """Whatever can show a notice."""

    def show(self, notice: Notice, pressed: Pressed) -> str:
        """Show it and return its name; ``pressed`` gets a button's key, CLICKED or DISMISSED, in any thread.

        Raises Unavailable when it cannot be shown.
        """
        ...

    def withdraw(self, name: str) -> None:
        """Take it away if it is still there."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class DesktopNotices:
    """Notices by the desktop's own notification service."""

    def __init__(self, app_name: str = "midback") -> None:
        self._app_name = app_name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._notifier: Any = None
        self._log = _LastFault()
        self._numbers: dict[str, int] = {}
        self._click = ""

    def show(self, notice: Notice, pressed: Pressed) -> str:
        """Show a notice; raise Unavailable when the desktop does not take it."""
        try:
            return str(self._wait_for(self._show(notice, pressed)))
        except Unavailable:
            self._drop()
            raise

    def withdraw(self, name: str) -> None:
        """Take a notice away if it is still there."""
        if self._notifier is None:
            return
        try:
            self._wait_for(self._clear(name))
        except Unavailable:
            self._drop()

    def close(self) -> None:
        """End the thread and the connection."""
        self._drop()

    def _wait_for(self, work: Any) -> object:
        import asyncio

        loop = self._running()
        future: Future[object] = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return future.result(ANSWERS_WITHIN_S)
        except TimeoutError as exc:
            future.cancel()
            raise Unavailable(
                "The desktop's notification service did not answer within {most} s.",
                values={"most": ANSWERS_WITHIN_S},
            ) from exc
        except Unavailable:
            raise
        except Exception as exc:  # every desktop's library has errors of its own
            raise Unavailable(
                "The desktop's notification service failed: {fault}.",
                values={"fault": " ".join(str(exc).split()) or type(exc).__name__},
            ) from exc

    def _running(self) -> "asyncio.AbstractEventLoop":
        """Return the loop in its thread, started at the first word."""
        import asyncio

        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=self._loop.run_forever, name="midback notices", daemon=True
            )
            self._thread.start()
        return self._loop

    async def _show(self, notice: Notice, pressed: Pressed) -> str:
        try:
            from desktop_notifier import Button, DesktopNotifier, Urgency
            from desktop_notifier.common import DEFAULT_SOUND
        except ImportError as exc:
            raise Unavailable(
                "The package desktop-notifier is not installed.",
                "",
                "Install midback anew with its packages.",
            ) from exc
        if self._notifier is None:
            self._log.listen()
            self._notifier = DesktopNotifier(app_name=self._app_name, app_icon=None)
            if type(self._notifier._backend).__name__ == "DummyNotificationCenter":
                raise Unavailable(
                    "This system shows no notifications of a program like this one.",
                    "macOS wants a signed application.",
                    "Keep a page of midback open: it says the same.",
                )
        shown: list[bool] = []
        self._log.fault = ""
        await self._name_click(notice.click)
        name = await self._notifier.send(
            notice.title,
            await self._plain(notice.text),
            urgency=Urgency.Low if notice.quiet else Urgency.Normal,
            buttons=[
                Button(title=label, identifier=key, on_pressed=_bound(pressed, key))
                for key, label in notice.buttons
            ],
            on_dispatched=lambda: shown.append(True),
            on_clicked=_bound(pressed, CLICKED),
            on_dismissed=_bound(pressed, DISMISSED),
            sound=DEFAULT_SOUND if notice.sound else None,
            timeout=notice.stays_s,
        )
        if not shown:  # the library says so in its log alone
            raise Unavailable(
                "The desktop's notification service did not take it: {fault}.",
                "",
                "Start a notification service; most desktops have one.",
                values={"fault": self._log.fault or "no reason given"},
            )
        self._remember(str(name))
        return str(name)

    async def _name_click(self, label: str) -> None:
        """Name what a click does, which the library sends without a name: a menu then has an empty line."""
        backend = self._notifier._backend
        if not hasattr(backend, "_init_dbus"):
            return
        try:
            backend.interface = interface = backend.interface or await backend._init_dbus()
        except Exception:  # sending meets the same, and says it
            return
        self._click = label
        if getattr(interface, "names_clicks", False):
            return
        notify = interface.call_notify

        async def named(*words: Any) -> Any:
            return await notify(*(_with_name(word, self._click) for word in words))

        interface.call_notify, interface.names_clicks = named, True

    async def _plain(self, text: str) -> str:
        """Return a text as a service shows it letter by letter: on Linux most read marks of HTML in it.

        An exercise's words may hold "<" and "&"; a title is never read so.
        """
        backend = self._notifier._backend
        if not set("<&") & set(text) or not hasattr(backend, "_init_dbus"):
            return text
        backend.interface = backend.interface or await backend._init_dbus()
        marks = "body-markup" in await backend.interface.call_get_capabilities()
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if marks else text

    def _remember(self, name: str) -> None:
        """Keep the service's own number of a notice.

        The library forgets it once a button was pressed, but not every service closes the notice then.
        """
        numbers = getattr(self._notifier._backend, "_platform_to_interface_notification_identifier", None)
        if numbers is not None:
            self._numbers[name] = numbers.inverse[name]

    async def _clear(self, name: str) -> None:
        number = self._numbers.pop(name, None)
        with suppress(KeyError):  # it is gone already
            if name in await self._notifier.get_current_notifications():
                await self._notifier.clear(name)
            elif number is not None:
                with suppress(Exception):  # closed already, which services answer in their own ways
                    await self._notifier._backend.interface.call_close_notification(number)

    def _drop(self) -> None:
        """End the connection and the thread; the next word starts anew."""
        loop, thread, notifier = self._loop, self._thread, self._notifier
        self._loop = self._thread = self._notifier = None
        self._numbers.clear()
        self._log.close()
        if loop is None or thread is None:
            return

        def end() -> None:
            bus = getattr(getattr(notifier, "_backend", None), "bus", None)
            if bus is not None:
                bus.disconnect()
            # One more turn, so that what the disconnecting set off can end.
            loop.call_soon(loop.stop)

        loop.call_soon_threadsafe(end)
        thread.join(ANSWERS_WITHIN_S)
        if not thread.is_alive():
            loop.close()


class _LastFault(logging.Handler):
    """Keeps why the library could not send, which it only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.fault = ""

    def listen(self) -> None:
        """Take the library's log over."""
        log = logging.getLogger("desktop_notifier")
        log.addHandler(self)
        log.propagate = False

    def close(self) -> None:
        """Leave the library's log."""
        logging.getLogger("desktop_notifier").removeHandler(self)
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line of why."""
        fault = record.exc_info[1] if record.exc_info else None
        self.fault = " ".join(str(fault or record.getMessage()).split())[:200] or type(fault).__name__


def _bound(pressed: Pressed, key: str) -> Callable[[], None]:
    return lambda: pressed(key)


def _with_name(word: Any, label: str) -> Any:
    """Return a list of actions (key, label, key, ...) with the click named; anything else as it is."""
    if isinstance(word, list) and word[:2] == ["default", ""]:
        return ["default", label, *word[2:]]
    return word
