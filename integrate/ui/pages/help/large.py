"""One number, so large that it can be read across a room or with tears in one's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from integrate.i18n import _
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_LARGEST: Final = 112
_SMALLEST: Final = 28
_WIDTH: Final = 880
_FLAGS: Final = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class LargeNumber(QLabel):
    """The number, as large as the width allows."""

    def __init__(self, theme: Theme, number: str) -> None:
        super().__init__(phone(number))
        self._theme = theme
        self.setAccessibleName(number)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as it is at its widest."""
        width = self._theme.px(_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Any width: the size of the letters follows."""
        return QSize(self._theme.px(120), self._theme.line("title1"))

    def hasHeightForWidth(self) -> bool:
        """A long address takes more lines where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the number takes at the size that fits."""
        return self._metrics(width)[1]

    def _metrics(self, width: int) -> tuple[int, int]:
        """The size of the letters (pixels at 100 %) and the height, for ``width`` pixels."""
        words = self.text().split(" ")
        size = _LARGEST
        while size > _SMALLEST:
            metrics = QFontMetrics(self._theme.sized_font("ui", size, 600))
            if max(metrics.horizontalAdvance(word) for word in words) <= width:
                break
            size -= 4
        metrics = QFontMetrics(self._theme.sized_font("ui", size, 600))
        return size, metrics.boundingRect(0, 0, max(width, 1), 1 << 16, int(_FLAGS), self.text()).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setFont(self._theme.sized_font("ui", self._metrics(self.width())[0], 600))
        painter.setPen(self._theme.color("ink1"))
        painter.drawText(self.rect(), int(_FLAGS), self.text())


def show_large(theme: Theme, host: QWidget, name: str, number: str, how: str) -> Sheet:
    """Open a sheet with the number of ``name`` alone."""
    sheet = Sheet(theme, host, name, width=_WIDTH, level=2)
    sheet.body.addStretch(1)
    sheet.body.addWidget(LargeNumber(theme, number))
    if how:
        sheet.body.addWidget(Text(theme, how, "title3", "ink2", align=Qt.AlignmentFlag.AlignHCenter))
    sheet.body.addStretch(1)
    close = Button(theme, _("Back"))
    close.clicked.connect(sheet.close)
    sheet.footer.setContentsMargins(0, 16, 0, 0)
    sheet.footer.addStretch(1)
    sheet.footer.addWidget(close)
    sheet.open()
    return sheet
