"""What comes in by paste and drop: plain text, photos, files. Formatting is left outside."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from integrate.i18n import _

_PICTURES: Final = (("image/png", ".png"), ("image/jpeg", ".jpg"))


def files_of(mime: QMimeData) -> list[Path]:
    """Files of this computer that are being handed over."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def has_picture(mime: QMimeData) -> bool:
    """Whether there is a picture, in whatever form."""
    return mime.hasImage() or any(mime.hasFormat(kind) for kind, _ending in _PICTURES)


def picture_of(mime: QMimeData) -> tuple[bytes, str] | None:
    """A picture's bytes as its maker wrote them, else as PNG, and a name for it; None where there is none."""
    for kind, ending in _PICTURES:
        if mime.hasFormat(kind):
            return bytes(mime.data(kind).data()), _("Pasted photo") + ending
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs take the format as bytes only
        return None
    return bytes(held.data()), _("Pasted photo") + ".png"
