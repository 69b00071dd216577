"""Photos and files of an entry, above its text: small pictures, and files by their names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from integrate.domain.entry import AttachmentInfo
from integrate.i18n import _
from integrate.ui.pages.journal.entry.words import short_tag
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 96
_WIDEST: Final = 200
_NARROWEST: Final = 48


class PhotoTile(PaintedButton):
    """A photo, small. A click shows it large."""

    def __init__(self, theme: Theme, info: AttachmentInfo, thumbnail: bytes) -> None:
        super().__init__(theme, "")
        self.info = info
        self._picture = QPixmap()
        self._picture.loadFromData(thumbnail, "JPEG")
        self.setAccessibleName(_("Photo {name}").format(name=info.name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """96 px high, as wide as the photo asks for."""
        height = self.theme.px(_HEIGHT)
        size = self._picture.size()
        ratio = size.width() / size.height() if size.height() else 1.0
        return QSize(round(min(max(height * ratio, _NARROWEST), self.theme.px(_WIDEST))), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo, filling the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape, rect = QPainterPath(), QRectF(self.rect())
        shape.addRoundedRect(rect, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setClipPath(shape)
        size = QSize(self._picture.size())
        if not size.isEmpty():
            scaled = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRectF(0, 0, scaled.width(), scaled.height())
            place.moveCenter(rect.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.setClipping(False)
        edge = self.theme.color("ink2" if self.hovered() else "hair")
        rounded(painter, rect, RADIUS_CONTROL, None, edge, stroke(self.theme))


class AttachmentStrip(QWidget):
    """All that is attached, in its order. Each wish brings the :class:`AttachmentInfo` it is about.

    ``after`` is what Tab comes from.
    """

    show_wanted = Signal(object)
    save_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, after: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._after = after
        self._read_only = False
        self._parts: dict[UUID, QWidget] = {}
        self._flow = FlowLayout(self)
        self.setAccessibleName(_("Photos and files"))
        self.hide()

    def clear(self) -> None:
        """Show nothing."""
        for attachment_id in tuple(self._parts):
            self.take_out(attachment_id)

    def add(self, info: AttachmentInfo, thumbnail: bytes | None) -> None:
        """Show one more; once for each."""
        if info.id in self._parts:
            return
        part: QWidget
        if thumbnail is not None:
            tile = PhotoTile(self._theme, info, thumbnail)
            tile.clicked.connect(partial(self._show, info))
            part = tile
        else:
            part = self._file_chip(info)
        self._flow.addWidget(part)
        QWidget.setTabOrder(next(reversed(self._parts.values()), self._after), part)
        self._parts[info.id] = part
        part.show()
        self.show()

    def take_out(self, attachment_id: UUID) -> None:
        """Show one less."""
        part = self._parts.pop(attachment_id, None)
        if part is not None:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.setVisible(bool(self._parts))

    def count(self) -> int:
        """How many are shown."""
        return len(self._parts)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be removed."""
        self._read_only = read_only

    def _file_chip(self, info: AttachmentInfo) -> Chip:
        menu = Menu(self._theme)
        menu.add_entry(_("Save a copy…"), partial(self.save_wanted.emit, info))
        if not self._read_only:
            menu.add_entry(_("Remove"), partial(self.remove_wanted.emit, info))
        size = QLocale().formattedDataSize(info.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        words = _("{name}, {size}").format(name=short_tag(info.name), size=size)
        name = _("File {name}, {size}").format(name=info.name, size=size)
        chip = Chip(self._theme, words, "paperclip", menu, name=name)
        menu.setParent(chip, menu.windowFlags())
        return chip

    def _show(self, info: AttachmentInfo, _checked: bool = False) -> None:
        self.show_wanted.emit(info)
