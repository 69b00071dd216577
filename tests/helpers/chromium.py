"""A real browser without a window, told what to do over two pipes: no port is opened and nothing is looked up.

What it is told is the Chrome DevTools Protocol: JSON with a zero byte after each message, from us to the browser's
descriptor 3, from its descriptor 4 to us.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.helpers.secret_service import need

_FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"),
)
_PATIENCE: Final = 30  # seconds for one answer
_ABOVE: Final = 64
"""Descriptors from here on are ours, so that those of the browser, 3 and 4, are free to be set."""
_LOOK_AGAIN: Final = 0.02  # seconds
_PAGE_WENT: Final = "Inspected target navigated or closed"
_KEYS: Final = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
_SHIFT: Final = 8


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with an empty profile in ``folder``; it is ended with everything it started."""
    need("chromium")
    hears, speaks = os.pipe()
    listens, answers = os.pipe()
    theirs = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for one in (hears, answers)]
    os.close(hears)
    os.close(answers)
    silent = os.open(os.devnull, os.O_RDWR)
    process = os.posix_spawn(
        "/usr/bin/env",
        ["env", "chromium", *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
        {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"},
        file_actions=[
            *((os.POSIX_SPAWN_DUP2, silent, number) for number in (0, 1, 2)),
            (os.POSIX_SPAWN_DUP2, theirs[0], 3),
            (os.POSIX_SPAWN_DUP2, theirs[1], 4),
        ],
        setpgroup=0,
    )
    for one in (*theirs, silent):
        os.close(one)
    try:
        yield Browser(speaks, listens)
    finally:
        os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(speaks)
        os.close(listens)


class Browser:
    """Talks to the browser and keeps what it reports."""

    def __init__(self, speaks: int, listens: int) -> None:
        self._speaks, self._listens = speaks, listens
        self._unread = b""
        self._asked = 0
        self._events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        """The answer to one request."""
        self._asked += 1
        message: dict[str, object] = {"id": self._asked, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        words = json.dumps(message).encode() + b"\0"
        while words:
            words = words[os.write(self._speaks, words) :]
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            for told in self._told(end - time.monotonic()):
                if told.get("id") == self._asked:
                    assert "error" not in told, f"{method}: {told['error']}"
                    found: dict[str, Any] = told["result"]
                    return found
        raise AssertionError(f"the browser did not answer {method}")

    def events(self, session: str, kind: str) -> list[dict[str, Any]]:
        """What was reported of a tab so far, of one kind: "Network", or "Runtime.consoleAPICalled"."""
        for told in self._told(0):
            raise AssertionError(f"an answer to nothing: {told}")
        return [
            event
            for event in self._events
            if event.get("sessionId") == session and (event["method"] + ".").startswith(f"{kind}.")
        ]

    def _told(self, patience: float) -> Iterator[dict[str, Any]]:
        """The answers that came; what the browser reports by itself is put aside."""
        if select.select([self._listens], [], [], max(patience, 0))[0]:
            self._unread += os.read(self._listens, 1 << 20)
        *whole, self._unread = self._unread.split(b"\0")
        for words in whole:
            message = json.loads(words)
            if "id" in message:
                yield message
            else:
                self._events.append(message)

    def tab(self, width: int = 1200, height: int = 900, *, before: str = "") -> Tab:
        """A new empty tab of so many pixels. ``before`` is a script that runs in it before any page's own."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        tab = Tab(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"], target)
        for domain in ("Page", "Network", "Runtime", "Log", "Accessibility"):
            tab.ask(f"{domain}.enable")
        if before:
            tab.ask("Page.addScriptToEvaluateOnNewDocument", source=before)
        tab.size(width, height)
        return tab


@dataclass(frozen=True)
class Tab:
    """One page of the browser."""

    browser: Browser
    session: str
    target: str

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to one request about this tab."""
        return self.browser.ask(method, self.session, **parameters)

    def events(self, kind: str) -> list[dict[str, Any]]:
        """What was reported of this tab."""
        return self.browser.events(self.session, kind)

    def close(self) -> None:
        """Close the tab."""
        self.browser.ask("Target.closeTarget", targetId=self.target)

    def size(self, width: int, height: int = 900, zoom: float = 1) -> None:
        """Give the window so many pixels; a ``zoom`` of 2 leaves half of them for the page, as in a browser's menu."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=round(width / zoom), height=round(height / zoom), deviceScaleFactor=zoom, mobile=False,
        )  # fmt: skip

    def open(self, file: Path) -> None:
        """Open a file and wait until it is all there."""
        self.ask("Page.navigate", url=file.resolve().as_uri())
        self.wait_for(f"location.href === {json.dumps(file.resolve().as_uri())} && document.readyState === 'complete'")

    def value(self, expression: str) -> Any:
        """What a line of JavaScript is worth; a promise is waited for. It may do what a click may do."""
        found = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True,
            allowUnsafeEvalBlockedByCSP=False, userGesture=True,
        )  # fmt: skip
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until a line of JavaScript is true. A page that goes while it is asked has no answer yet."""
        end = time.monotonic() + _PATIENCE
        while not self._is_true(expression):
            assert time.monotonic() < end, f"it never became true: {expression}"
            time.sleep(_LOOK_AGAIN)

    def _is_true(self, expression: str) -> bool:
        try:
            return bool(self.value(expression))
        except AssertionError as refused:
            if _PAGE_WENT not in str(refused):
                raise
            return False

    def type(self, words: str) -> None:
        """Type words where the keyboard is."""
        self.ask("Input.insertText", text=words)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and let go of Tab, Enter or the space bar."""
        code, text = _KEYS[key]
        told: Mapping[str, object] = {"key": key, "windowsVirtualKeyCode": code, "modifiers": _SHIFT if shift else 0}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **told)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def picture(self, *, whole: bool = False) -> bytes:
        """The page as PNG; ``whole`` as far down as it goes."""
        found = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(found["data"])

    def printed(self) -> bytes:
        """The page as PDF, on the paper and with the margins that the page asks for."""
        found = self.ask(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=False, paperWidth=8.27, paperHeight=11.7
        )
        return base64.b64decode(found["data"])

    def told(self) -> list[tuple[str, str]]:
        """Role and name of everything that a screen reader is told."""
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        return [
            (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored")
        ]
