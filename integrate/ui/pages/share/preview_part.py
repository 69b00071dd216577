"""What they will see: the very pages of the file, one at a time, larger when pressed."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from integrate.domain.sharing import Paper
from integrate.i18n import _
from integrate.ui.pages.share.reading import Picture, draw
from integrate.ui.pages.share.words import CHOOSE_SOMETHING
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.sharing.preview import Pages
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_SMALL: Final = 330
_LARGE: Final = 820
_SHEET: Final = 920
_SHAPES: Final = MappingProxyType({Paper.A4: 297 / 210, Paper.LETTER: 11 / 8.5})


class PageView(QLabel):
    """A page as it looks, ``across`` pixels wide at 100 %."""

    def __init__(self, theme: Theme, across: int) -> None:
        super().__init__()
        self._theme = theme
        self._across = across
        self._shape = _SHAPES[Paper.A4]
        self._image: QImage | None = None
        self._words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(theme.px(across))
        theme.changed.connect(self._apply)

    def set_across(self, across: int) -> None:
        """Be ``across`` pixels wide at 100 % where there is room."""
        if across != self._across:
            self._across = across
            self._apply()

    def show_image(self, image: QImage | None) -> None:
        """Show a page, or none."""
        self._image = image
        if image is not None and image.width():
            self._shape = image.height() / image.width()
        self.updateGeometry()
        self.update()

    def set_words(self, words: str) -> None:
        """Words on an empty page, "" for none."""
        self._words = words
        self.update()

    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def set_paper(self, paper: Paper) -> None:
        """The shape of an empty page."""
        if self._image is None:
            self._shape = _SHAPES[paper]
            self.updateGeometry()

    def needed(self) -> int:
        """Pixels of the screen that a picture for it is wide."""
        width = min(self.width(), self.maximumWidth()) if self.isVisible() else self._theme.px(self._across)
        return max(64, round(width * self.devicePixelRatioF()))

    def hasHeightForWidth(self) -> bool:
        """A page has a shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """By the shape of the paper."""
        return round(min(width, self.maximumWidth()) * self._shape)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        width = self._theme.px(self._across)
        return QSize(width, round(width * self._shape))

    def minimumSizeHint(self) -> QSize:
        """It can be smaller."""
        return QSize(120, round(120 * self._shape))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, always white, with a hairline around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme, rect = self._theme, QRectF(self.rect())
        place = QRectF(0, 0, rect.width(), min(rect.height(), rect.width() * self._shape))
        if self._image is None:
            painter.fillRect(place, theme.color("surface"))
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("ink2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(24, 24, -24, -24), flags, self._words)
        else:
            painter.drawImage(place, self._image)
        painter.setPen(QPen(theme.color("line"), 2 if theme.scheme.contrast else 1))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _apply(self) -> None:
        self.setMaximumWidth(self._theme.px(self._across))
        self.updateGeometry()
        self.update()


class PageButton(QPushButton):
    """A page that can be pressed; ``view`` is all of it that is seen."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(view.sizePolicy())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        set_ring(self, 2)

    def hasHeightForWidth(self) -> bool:
        """A page has a shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """That of the page."""
        return self._view.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """That of the page."""
        return self._view.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the page."""
        return self._view.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page is all there is to see."""


class PageTurner(QWidget):
    """Arrows and "1 of 4". ``turned`` brings the number of the page that is wanted."""

    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._number = 1
        self._count = 0
        self.back = IconButton(theme, "chevron-left", _("Page before"))
        self.on = IconButton(theme, "chevron-right", _("Next page"))
        self.words = Text(theme, "", "body", "ink2", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.back, self.words, self.on):
            row.addWidget(part)
        self.back.clicked.connect(partial(self._turn, -1))
        self.on.clicked.connect(partial(self._turn, 1))
        if self.isRightToLeft():
            self.back.set_icon("chevron-right")
            self.on.set_icon("chevron-left")
        self.show_place(1, 0)

    def show_place(self, number: int, count: int) -> None:
        """Say which page it is of how many."""
        self._number, self._count = number, count
        self.words.set_text(_("{number} of {count}").format(number=number, count=count))
        self.back.setEnabled(number > 1)
        self.on.setEnabled(number < count)
        self.setVisible(count > 0)

    def _turn(self, step: int, _checked: bool = False) -> None:
        wanted = self._number + step
        if 1 <= wanted <= self._count:
            self.turned.emit(wanted)


class Leaf(QWidget):
    """One page of some pages, drawn on a lane as it is wanted; a picture nobody waits for any more is dropped."""

    shown = Signal(int)
    failed = Signal(object)

    def __init__(self, context: PageContext, across: int, *, pressable: bool = False) -> None:
        super().__init__()
        self._context = context
        self._pages: Pages | None = None
        self._drawing: Stop | None = None
        self.number = 1
        self.view = PageView(context.theme, across)
        self.button = PageButton(self.view) if pressable else None
        self.turner = PageTurner(context.theme)
        self.busy = Busy(context.theme, "")
        self.busy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.button or self.view)
        column.addWidget(self.busy)
        self.turner.turned.connect(self.turn_to)

    @property
    def pages(self) -> Pages | None:
        """What is shown a page of."""
        return self._pages

    def show_pages(self, pages: Pages | None, number: int | None = None) -> None:
        """Show a page of other pages: the same number as before, as far as there is one."""
        self._pages = pages
        if pages is None:
            self.stop()
            self.view.show_image(None)
            self.set_name("")
            self.turner.show_place(1, 0)
            return
        self.turn_to(min(number or self.number, pages.count))

    def hold_pages(self, pages: Pages) -> None:
        """Have other pages, without drawing one."""
        self.stop()
        self._pages = pages
        self.number = min(self.number, pages.count)
        self.turner.show_place(self.number, pages.count)

    def turn_to(self, number: int) -> None:
        """Show page ``number``."""
        pages = self._pages
        if pages is None:
            return
        self.stop()
        self.number = number
        self.turner.show_place(number, pages.count)
        self.busy.set_text(_("Preparing page {number} of {count}").format(number=number, count=pages.count))
        self.busy.start()
        work = partial(draw, pages=pages, number=number, width=self.view.needed())
        self._drawing = self._context.desk.read(self, work, self._drawn, self._not_drawn)

    def set_name(self, words: str) -> None:
        """What a screen reader says of the page: there are no words in a picture."""
        (self.button or self.view).setAccessibleName(words)

    def wait(self, words: str) -> None:
        """Say that the pages are being made; what is seen stays until they are."""
        self.stop()
        self.busy.set_text(words)
        self.busy.start()

    def stop(self) -> None:
        """Wait for nothing any more."""
        if self._drawing is not None:
            self._drawing.set()
            self._drawing = None
        self.busy.stop()

    def _drawn(self, picture: Picture) -> None:
        self._drawing = None
        self.busy.stop()
        count = self._pages.count if self._pages is not None else 0
        words = _("Page {number} of {count}, show it larger") if self.button else _("Page {number} of {count}")
        self.set_name(words.format(number=picture.number, count=count))
        self.view.show_image(picture.image)
        self.view.set_words("")
        self.shown.emit(picture.number)

    def _not_drawn(self, error: Exception) -> None:
        self._drawing = None
        self.busy.stop()
        self.failed.emit(error)


class PreviewPart(QWidget):
    """The title, the arrows, the page, and what saving means. ``failed`` brings what went wrong with a page."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self._of = ""
        self.title = Heading(theme, _("What they will see"), 3)
        self.leaf = Leaf(context, _SMALL, pressable=True)
        self.trouble = Text(theme, "", "body", "ink1")
        self.trouble.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.leaf.turner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.trouble)
        column.addWidget(self.leaf)
        column.addStretch(1)
        if self.leaf.button is not None:
            self.leaf.button.clicked.connect(self.enlarge)
        self.show_nothing()

    def set_person(self, name: str) -> None:
        """Say who will see it."""
        self.title.set_text(_("What {name} will see").format(name=name) if name else _("What they will see"))

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.show_trouble("")
        self.leaf.show_pages(None)
        self.leaf.view.set_words(_(CHOOSE_SOMETHING))
        self.leaf.set_name(_(CHOOSE_SOMETHING))

    def show_pages(self, pages: Pages) -> None:
        """Show them."""
        self.show_trouble("")
        self.leaf.show_pages(pages)

    def hold_pages(self, pages: Pages) -> None:
        """Have them ready to be enlarged, without drawing one here."""
        self.show_trouble("")
        self.leaf.hold_pages(pages)

    def show_trouble(self, words: str) -> None:
        """Say why there are no pages; "" takes it away."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))

    def enlarge(self) -> PageSheet | None:
        """Open the page larger; nothing happens while there is none."""
        pages = self.leaf.pages
        if pages is None:
            return None
        sheet = PageSheet(self._context, self.title.words(), pages, self.leaf.number)
        sheet.leaf.shown.connect(self._follow)
        sheet.open()
        sheet.leaf.show_pages(pages, self.leaf.number)
        return sheet

    def _follow(self, number: int) -> None:
        if number != self.leaf.number and self.leaf.pages is not None:
            self.leaf.turn_to(number)


class PageSheet(Sheet):
    """A page in its real size. Arrows and Page Up and Down turn pages where the whole is in sight."""

    def __init__(self, context: PageContext, title: str, pages: Pages, number: int) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=_SHEET)
        self.leaf = Leaf(context, _LARGE)
        self.leaf.number = number
        self.body.addWidget(self.leaf.turner, 0, Qt.AlignmentFlag.AlignTrailing)
        self.body.addWidget(self.leaf)
        self.leaf.failed.connect(context.shell.tell_trouble)
        self.leaf.turner.show_place(number, pages.count)
        self.initial_focus = self.leaf.turner.on if number < pages.count else self.leaf.turner.back
        self.add_done()
