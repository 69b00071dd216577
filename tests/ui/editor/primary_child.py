"""Selects text with keys and the mouse in a real window of X11 and prints what the primary selection then holds."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme


def mime_for(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def main() -> None:
    application = QApplication([])
    surface = WritingSurface(Theme(application, Look()), mime_for, offers_selection=sys.argv[1] == "offered")
    surface.resize(752, 300)
    surface.set_text("canary words that nobody else may read")
    surface.show()
    QTest.qWaitForWindowExposed(surface)
    surface.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(surface, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(surface, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(50)
    by_keys = QApplication.clipboard().text(QClipboard.Mode.Selection)
    view = surface.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(78, 55))
    QTest.mouseMove(view, QPoint(300, 55))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 55))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 55))
    QTest.qWait(50)
    selected = surface.textCursor().selectedText()
    held = QApplication.clipboard().text(QClipboard.Mode.Selection)
    sys.stdout.write(f"{application.platformName()}|{selected}|{by_keys}|{held}\n")


main()
