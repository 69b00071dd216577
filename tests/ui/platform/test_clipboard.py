"""C1: on a real X server, with another program to read and write the same clipboards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from integrate.ui.platform.clipboard import KEEP_FOR, GuardedClipboard, guarded_mime
from tests.helpers.displays import x_server
from tests.helpers.secret_service import bare_environment
from tests.ui.platform.children import Child, python

PROGRAM = """
import os, sys
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
application = QApplication([])
clipboard = application.clipboard()
keep_for = int(sys.argv[1])
if keep_for:
    from integrate.ui.platform.clipboard import GuardedClipboard
    guarded = GuardedClipboard(application, keep_for)
modes = {"clipboard": QClipboard.Mode.Clipboard, "selection": QClipboard.Mode.Selection}
def read():
    for line in os.read(0, 4096).decode().splitlines():
        word, mode, text = (line + "||").split("|")[:3]
        said = "done"
        if word == "put":
            clipboard.setText(text, modes[mode])
        elif word == "copy":
            guarded.copy_text(text)
        elif word == "clear":
            guarded.clear()
        elif word == "text":
            said = "text " + clipboard.text(modes[mode])
        elif word == "formats":
            found = clipboard.mimeData()
            data = {name: bytes(found.data(name)).decode(errors="replace") for name in found.formats()}
            said = " ".join(f"{name}={text}" for name, text in data.items())
        elif word == "quit":
            application.quit()
        print(said, flush=True)
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(read)
application.exec()
print("owns", clipboard.ownsClipboard(), clipboard.ownsSelection(), flush=True)
"""


@dataclass
class Desk:
    """Our program, which keeps what it copies for ``keep_for`` milliseconds, and someone else's."""

    ours: Child
    theirs: Child

    def do(self, who: Child, *words: str) -> str:
        who.tell("|".join(words))
        return who.hear()

    def text(self, mode: str = "clipboard") -> str:
        """What the other program would paste."""
        said = self.do(self.theirs, "text", mode)
        assert said.startswith("text ")
        return said.removeprefix("text ")

    def reaches_ours(self, text: str, mode: str) -> bool:
        """Whether our program would paste ``text``: the word that the owner changed is on its way for a moment."""
        until = time.monotonic() + 3
        while self.do(self.ours, "text", mode) != f"text {text}":
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def is_cleared_within(self, seconds: float, mode: str = "clipboard") -> bool:
        until = time.monotonic() + seconds
        while self.text(mode):
            if time.monotonic() > until:
                return False
        return True


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with x_server(tmp_path_factory.mktemp("screen") / "errors") as name:
        yield name


@pytest.fixture
def keep_for() -> int:
    return KEEP_FOR


@pytest.fixture
def desk(tmp_path: Path, screen: str, keep_for: int) -> Iterator[Desk]:
    env = bare_environment(tmp_path / "home") | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    with python(PROGRAM, env, tmp_path, str(keep_for)) as ours, python(PROGRAM, env, tmp_path, "0") as theirs:
        yield Desk(ours, theirs)


MODES = ["clipboard", "selection"]


@pytest.mark.parametrize("keep_for", [400])
def test_what_was_copied_can_be_pasted_and_is_gone_after_a_while(desk: Desk) -> None:
    desk.do(desk.ours, "copy", "", "six quiet words")
    assert desk.text() == "six quiet words"
    assert desk.is_cleared_within(3)


@pytest.mark.parametrize("keep_for", [400])
@pytest.mark.parametrize("mode", MODES)
def test_a_plain_copy_and_a_selection_go_too(desk: Desk, mode: str) -> None:
    desk.do(desk.ours, "put", mode, "a word")
    assert desk.text(mode) == "a word"
    assert desk.is_cleared_within(3, mode)


def test_it_is_kept_for_thirty_seconds_and_not_cleared_before(desk: Desk) -> None:
    assert KEEP_FOR == 30_000
    desk.do(desk.ours, "copy", "", "a word")
    assert not desk.is_cleared_within(0.5)


@pytest.mark.parametrize("mode", MODES)
def test_locking_clears_what_is_ours(desk: Desk, mode: str) -> None:
    desk.do(desk.ours, "put", mode, "a word")
    assert desk.text(mode) == "a word"
    desk.do(desk.ours, "clear")
    assert desk.is_cleared_within(2, mode)


@pytest.mark.parametrize("mode", MODES)
def test_what_someone_else_copied_stays(desk: Desk, mode: str) -> None:
    desk.do(desk.ours, "put", mode, "ours")
    assert desk.text(mode) == "ours"
    desk.do(desk.theirs, "put", mode, "theirs")
    assert desk.reaches_ours("theirs", mode)
    desk.do(desk.ours, "clear")
    assert desk.text(mode) == "theirs"


@pytest.mark.parametrize("keep_for", [300])
def test_the_timer_does_not_clear_what_someone_else_copied_since(desk: Desk) -> None:
    desk.do(desk.ours, "copy", "", "ours")
    desk.do(desk.theirs, "put", "clipboard", "theirs")
    assert not desk.is_cleared_within(0.6)
    assert desk.text() == "theirs"


def test_quitting_clears_what_is_ours(desk: Desk) -> None:
    desk.do(desk.ours, "copy", "", "a word")
    desk.do(desk.ours, "put", "selection", "another")
    desk.do(desk.ours, "quit")
    assert desk.ours.hear() == "owns False False"


def test_clipboard_managers_are_asked_not_to_keep_it(desk: Desk) -> None:
    desk.do(desk.ours, "copy", "", "a word")
    assert "x-kde-passwordManagerHint=secret" in desk.do(desk.theirs, "formats").split(" ")


def test_windows_and_macos_are_asked_in_their_own_words(application: QApplication) -> None:
    windows = guarded_mime("a word", "win32")
    assert windows.text() == "a word"
    named = 'application/x-qt-windows-mime;value="{}"'
    assert windows.hasFormat(named.format("ExcludeClipboardContentFromMonitorProcessing"))
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert bytes(windows.data(named.format(name)).data()) == bytes(4)
    assert guarded_mime("a word", "darwin").hasFormat("org.nspasteboard.ConcealedType")


def test_where_a_platform_does_not_tell_who_owns_it_only_marked_words_go(application: QApplication) -> None:
    clipboard, guarded = application.clipboard(), GuardedClipboard()
    assert not clipboard.ownsClipboard()
    guarded.copy_text("ours")
    assert clipboard.text() == "ours"
    guarded.clear()
    assert clipboard.text() == ""
    guarded.copy_text("ours")
    clipboard.setText("theirs")
    guarded.clear()
    assert clipboard.text() == "theirs"
    clipboard.clear()
