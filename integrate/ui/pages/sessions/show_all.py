"""All of somebody's words, where a page shows only their beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class AllSheet(Sheet):
    """Words of any length, only to be read, below a line about them."""

    def __init__(self, context: PageContext, title: str, text: str, about: str = "") -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=640)
        if about:
            self.body.addWidget(Text(context.theme, about, "caption", "ink3"))
        self.area = TextArea(context.theme, title, least=4, most=18, show_label=False)
        self.area.set_text(text)
        self.area.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.area.set_read_only(True)
        self.body.addWidget(self.area)
        self.add_done()
