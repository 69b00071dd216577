"""What leaves Trends: a picture or a table as a file, or a table on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage

from integrate.domain.trends.csv_text import csv_text, tab_text
from integrate.domain.trends.tables import Table
from integrate.i18n import _
from integrate.system.files import create_private, disk_errors
from integrate.ui.platform.dialogs import save_file
from integrate.ui.widgets.sheet import Answer, ask

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

Contents = Callable[[], bytes]
"""Makes what the file holds, beside the main thread."""


class Files(QObject):
    """Asks where a file goes and writes it. That files are not protected is said before the first one."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._understood = False

    def copy(self, table: Table) -> None:
        """Put a table on the clipboard, for as long as the clipboard keeps what is private."""
        self._context.program.clipboard.copy_text(tab_text(table))
        self._context.shell.toast(_("Copied. It is cleared from the clipboard after half a minute."))

    def save(self, name: str, contents: Contents) -> None:
        """Write ``contents`` into a new file that is suggested to be called ``name``."""
        if self._understood:
            self._choose(name, contents)
            return
        ask(
            self._context.theme,
            self._context.shell.sheet_host(),
            _("Save it outside the journal?"),
            _("This file is not protected. Anyone who has it can read it."),
            (Answer("keep", _("Keep it here only"), safe=True), Answer("save", _("I understand. Save it…"))),
            partial(self._answered, name, contents),
        )

    def _answered(self, name: str, contents: Contents, answer: str) -> None:
        if answer == "save":
            self._understood = True
            self._choose(name, contents)

    def _choose(self, name: str, contents: Contents) -> None:
        # The name of a file is no place for what is measured: it says which chart it is and no more.
        host = self._context.shell.sheet_host()
        save_file(host, _("Save as"), Path.home() / name, (), partial(self.write, contents))

    def write(self, contents: Contents, path: Path) -> None:
        """Write the file at ``path``; what goes wrong is told at the top of the page."""
        work, told = partial(write_file, contents, path), partial(self._written, path)
        self._context.program.background.submit(self, work, told, self._context.shell.tell_trouble)

    def _written(self, path: Path, _answer: object) -> None:
        self._context.shell.toast(_("Saved as {name}. integrate did not send it anywhere.").format(name=path.name))


def write_file(contents: Contents, path: Path) -> None:
    """Put ``contents`` into a new file that only its owner can read, whole or not at all.

    Raises:
        TargetExists, DiskFull, DiskRefused, ReadOnlyPlace: nothing was written.
    """
    data = contents()
    with disk_errors(path.parent):
        create_private(path, data)


def csv_bytes(table: Table) -> bytes:
    """A table as CSV in UTF-8, with the mark by which spreadsheets know it."""
    return csv_text(table).encode("utf-8-sig")


def svg_bytes(svg: str) -> bytes:
    """A picture as SVG."""
    return svg.encode("utf-8")


def png_bytes(image: QImage) -> bytes:
    """A picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the format is a str, whatever the stub says
    return bytes(buffer.data().data())
