"""A photo of an entry, as large as the window lets it be. It is decoded in memory and shown nowhere else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.domain.entry import AttachmentInfo
from integrate.domain.listing import Stop
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.journal.writing import read_attachment
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.desk import Desk
    from integrate.ui.theme.theme import Theme

LARGEST: Final = 128
"""MiB a picture may unfold to in memory."""

_WIDTH: Final = 1040
_MARGINS: Final = 220  # of the window around the picture: heading, buttons, scrim


def read_picture(attachment: AttachmentInfo, bounds: QSize, journal: Journal, _stop: Stop) -> QImage:
    """The picture, no larger than ``bounds`` (device pixels); a null image for what cannot be shown.

    Raises:
        EntryMissing, RecordDamaged.
    """
    return decode(read_attachment(journal, attachment.id), bounds)


def decode(data: bytes, bounds: QSize) -> QImage:
    """The picture in ``data``, turned as its camera says and no larger than ``bounds``; null where there is none."""
    QImageReader.setAllocationLimit(LARGEST)
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > bounds.width() or size.height() > bounds.height()):
        reader.setScaledSize(size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PictureSheet(Sheet):
    """Shows one photo. ``save_wanted`` and ``remove_wanted`` bring it; the latter closes the sheet."""

    save_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, host: QWidget, desk: Desk, info: AttachmentInfo, *, may_remove: bool) -> None:
        super().__init__(theme, host, _("Photo"), width=_WIDTH)
        self._info = info
        room = QSize(max(host.width() - 100, 200), max(host.height() - _MARGINS, 160))
        self.picture = PictureView(room)
        self.picture.setAccessibleName(_("Photo {name}").format(name=info.name))
        self.trouble = Text(theme, "", "body", "ink2")
        self.trouble.hide()
        self.body.addWidget(self.picture)
        self.body.addWidget(self.trouble)
        self.save_button = Button(theme, _("Save a copy…"))
        self.remove_button = Button(theme, _("Remove"), "quiet_neutral", "trash-2")
        self.remove_button.setVisible(may_remove)
        self.footer.addWidget(self.remove_button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.save_button)
        self.save_button.clicked.connect(self._save)
        self.remove_button.clicked.connect(self._remove)
        bounds = QSize(round(room.width() * host.devicePixelRatioF()), round(room.height() * host.devicePixelRatioF()))
        desk.read(self, partial(read_picture, info, bounds), self._show, self._failed)

    def _show(self, image: QImage) -> None:
        if image.isNull():
            self._say(_("This picture cannot be shown here. You can save a copy of it."))
        else:
            self.picture.show_image(image, self.devicePixelRatioF())

    def _failed(self, _error: Exception) -> None:
        self._say(_("This picture could not be read. The rest is fine."))
        self.save_button.hide()

    def _say(self, sentence: str) -> None:
        self.picture.hide()
        self.trouble.set_text(sentence)
        self.trouble.show()

    def _save(self) -> None:
        self.save_wanted.emit(self._info)

    def _remove(self) -> None:
        self.close()
        self.remove_wanted.emit(self._info)


class PictureView(QWidget):
    """A picture in the middle of its place, never larger than it is."""

    def __init__(self, room: QSize) -> None:
        super().__init__()
        self._image = QImage()
        self._ratio = 1.0
        self._room = room
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage, ratio: float) -> None:
        """Show ``image``, whose pixels are those of the screen; ``ratio`` of them are one of the layout."""
        self._image, self._ratio = image, ratio
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture's own size, within the room there is."""
        size = self._natural()
        return size if not size.isEmpty() else QSize(self._room.width() // 2, self._room.height() // 2)

    def heightForWidth(self, width: int) -> int:
        """As high as the picture is at ``width``."""
        return self._fitting(QSize(width, self._room.height())).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        if self._image.isNull():
            return
        size = self._fitting(self.size())
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)

    def _natural(self) -> QSize:
        return QSize(round(self._image.width() / self._ratio), round(self._image.height() / self._ratio))

    def _fitting(self, room: QSize) -> QSize:
        size = self.sizeHint()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return size
