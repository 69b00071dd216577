"""Words on the clipboard: marked so that managers do not keep them, and gone after a while.

On Wayland a window that is not in front may be unable to clear the clipboard; the compositor decides. On macOS the
mark reaches other programs under the name Qt gives to foreign formats, which not every clipboard manager knows.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEEP_FOR: Final = 30_000
"""Milliseconds after which what was copied is cleared."""

_NO = bytes(4)  # a Windows DWORD of zero
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
_MARK: Final = "ours"
_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def guarded_mime(text: str, system: str = sys.platform) -> QMimeData:
    """``text`` for the clipboard of ``system`` (as in ``sys.platform``), marked as not to be kept or sent elsewhere.

    Editors return it from ``createMimeDataFromSelection``.
    """
    mime = QMimeData()
    mime.setText(text)
    # A property of the object: it is never transferred, so it tells our own data from a copy of it.
    mime.setProperty(_MARK, True)
    if system == "win32":
        mime.setData(_WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"), b"1")
        mime.setData(_WINDOWS.format(name="CanIncludeInClipboardHistory"), _NO)
        mime.setData(_WINDOWS.format(name="CanUploadToCloudClipboard"), _NO)
    elif system == "darwin":
        mime.setData("application/x-nspasteboard-concealed-type", b"1")
        mime.setData("org.nspasteboard.ConcealedType", b"1")
    else:
        mime.setData("x-kde-passwordManagerHint", b"secret")
    return mime


class GuardedClipboard(QObject):
    """Clears whatever this program put on the clipboard or the X11 selection, and nothing of anyone else's.

    It watches all that the program copies, not only :meth:`copy_text`: a word copied out of a search field goes too.
    """

    def __init__(self, parent: QObject | None = None, keep_for: int = KEEP_FOR) -> None:
        """Watch from now on; ``keep_for`` is in milliseconds. Needs a QGuiApplication, and lives as long as it."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        for mode in _MODES:
            timer = QTimer(self, singleShot=True, interval=keep_for)
            timer.timeout.connect(partial(self._clear_if_ours, mode))
            self._timers[mode] = timer
        self._clipboard.changed.connect(self._note_change)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def copy_text(self, text: str) -> None:
        """Put ``text`` on the clipboard, marked, for as long as the clipboard keeps it."""
        self._clipboard.setMimeData(guarded_mime(text))

    def clear(self) -> None:
        """Clear both clipboards where they hold something of ours. For locking; on quitting it happens by itself."""
        for mode in _MODES:
            self._clear_if_ours(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection and not self._clipboard.supportsSelection():
            return False
        mime: Any = self._clipboard.mimeData(mode)
        if mime is None:  # which PySide's type information leaves out
            return False
        if mime.property(_MARK):
            return True
        # What a text field copied by itself has no mark. Qt's own answer lags behind on X11, where losing a clipboard
        # is an event like others, so it is also asked whether the data has to be fetched from another program.
        owns = self._clipboard.ownsSelection() if mode is QClipboard.Mode.Selection else self._clipboard.ownsClipboard()
        return owns and not mime.inherits("QInternalMimeData")

    def _note_change(self, mode: QClipboard.Mode) -> None:
        timer = self._timers.get(mode)
        if timer is None:
            return
        if self._is_ours(mode):
            timer.start()
        else:
            timer.stop()

    def _clear_if_ours(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        if self._is_ours(mode):
            self._clipboard.clear(mode)
