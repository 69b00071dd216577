"""The sidebar: where one can go, and at its foot what is always at hand: Help now, Lock, Settings.

Where large text or a low window leaves too little room, the sign of the program goes first. Then the pages scroll, and
a line tells where they go on; the foot never scrolls.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.layout import WidthClass
from integrate.ui.registry import PAGES, Place
from integrate.ui.shell.nav_button import NavButton
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.glyphs import Brand, BrandMark
from integrate.ui.widgets.paint import side_ground
from integrate.ui.widgets.scroll import PageScroll

_WIDTHS: Final = (88, 184, 216)  # by width class: the rail, medium, wide
_BRAND_INSET: Final = 10
_BELOW_BRAND: Final = 24
_ABOVE_FOOT: Final = 6
_ARROWS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})


class Sidebar(QFrame):
    """Says where the person wants to go. The pages in it are one stop of the Tab key; arrows move inside."""

    wanted = Signal(str)  # the id of an action of the registry, or of a page as go_<page>

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._width_class = WidthClass.WIDE
        self.setAccessibleName(_("Pages"))
        self._brand = Brand(theme)
        self._mark = BrandMark(theme, 24)
        self._pages = {
            spec.id: NavButton(theme, _(spec.title), spec.icon, small=spec.place is Place.FOOTER) for spec in PAGES
        }
        self._help = NavButton(theme, _("Help now"), "life-buoy", checkable=False, outlined=True, icon_token="danger")
        self._lock = NavButton(theme, _("Lock"), "lock", small=True, checkable=False)
        self._footer = QWidget()
        self._scroll = PageScroll(theme)
        self._lay_out()
        for page_id, button in self._pages.items():
            button.setObjectName(f"go_{page_id}")
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
        self._help.setObjectName("help_now")
        self._lock.setObjectName("lock")
        self._help.clicked.connect(self._clicked)
        self._lock.clicked.connect(self._clicked)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._brand.setContentsMargins(_BRAND_INSET, 0, 0, 0)
        self._column.addWidget(self._brand)
        self._column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        self._below_brand = QSpacerItem(0, _BELOW_BRAND)
        self._column.addItem(self._below_brand)
        self._column.addWidget(self._scroll, 1)
        self._places = QWidget()
        column = QVBoxLayout(self._places)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for spec in PAGES:
            if spec.place is Place.SIDEBAR:
                column.addWidget(self._pages[spec.id])
        column.addStretch(1)
        self._scroll.set_content(self._places)
        self._column.addSpacing(_ABOVE_FOOT)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_where)
        self._column.addWidget(self._help)
        self._column.addSpacing(_ABOVE_FOOT)
        self._foot = QHBoxLayout(self._footer)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addWidget(self._lock, 1)
        for spec in PAGES:
            if spec.place is Place.FOOTER:
                self._foot.addWidget(self._pages[spec.id], 1)
        self._column.addWidget(self._footer)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_width_class(self, width: WidthClass) -> None:
        """Become the rail, or as wide as there is room for."""
        self._width_class = width
        self._refresh()

    def show_page(self, page_id: str) -> None:
        """Mark where the person is."""
        for name, button in self._pages.items():
            button.setChecked(name == page_id)
        self._set_tab_stop()
        self._show_where()

    def focus_pages(self) -> QWidget:
        """The button of the page that is shown: where the sidebar takes the focus."""
        return next((button for button in self._pages.values() if button.isChecked()), self._pages[PAGES[0].id])

    @property
    def help_button(self) -> QWidget:
        """Help now."""
        return self._help

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move between the pages of the sidebar without opening them; Space and Enter open."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ARROWS:
                self._move_focus(watched, Qt.Key(event.key()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, NavButton):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As wide as the layout asks for."""
        return QSize(self._theme.px(_WIDTHS[self._width_class]), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for more, or for less."""
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its own ground and the hairline beside it, and one below pages that are scrolled."""
        painter = QPainter(self)
        side_ground(painter, self._theme, self.rect(), self.layoutDirection())
        if self._scroll.verticalScrollBar().maximum() > 0:
            pages = self._scroll.geometry()
            line = QRectF(pages.left(), pages.bottom() + _ABOVE_FOOT / 2, pages.width(), self._theme.line_width)
            painter.fillRect(line, self._theme.color("line"))

    def _show_where(self) -> None:
        """Where the pages are scrolled, the one that is shown is in sight."""
        self.update()
        if self._scroll.isAncestorOf(here := self.focus_pages()):
            self._scroll.ensureWidgetVisible(here, 0, 0)

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self.wanted.emit(sender.objectName())

    def _move_focus(self, watched: QObject, key: Qt.Key) -> None:
        buttons = list(self._pages.values())
        at = next((place for place, button in enumerate(buttons) if button is watched), 0)
        last = len(buttons) - 1
        to = {Qt.Key.Key_Up: max(at - 1, 0), Qt.Key.Key_Down: min(at + 1, last), Qt.Key.Key_Home: 0}.get(key, last)
        buttons[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _set_tab_stop(self) -> None:
        for spec in PAGES:
            if spec.place is Place.SIDEBAR:
                button = self._pages[spec.id]
                here = button is self.focus_pages() or (not self.focus_pages().isVisible() and spec is PAGES[0])
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _refresh(self) -> None:
        rail = self._width_class is WidthClass.NARROW
        theme = self._theme
        self.setFixedWidth(theme.px(_WIDTHS[self._width_class]))
        side = 7 if rail else 12
        self._column.setContentsMargins(side, theme.px(20 if rail else 22), side, 14 if rail else 16)
        self._foot.setSpacing(4 if rail else 0)
        self._foot.setDirection(QBoxLayout.Direction.TopToBottom if rail else QBoxLayout.Direction.LeftToRight)
        for button in (*self._pages.values(), self._lock, self._help):
            button.set_rail(rail)
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        """The sign of the program is there where it does not take the room of a page."""
        rail = self._width_class is WidthClass.NARROW
        sign = self._mark if rail else self._brand
        for part in (self._mark, self._brand):
            part.setVisible(part is sign and self._has_room_for(part))
        self._below_brand.changeSize(0, 0 if sign.isHidden() else _BELOW_BRAND)
        self._column.invalidate()

    def _has_room_for(self, sign: QWidget) -> bool:
        margins, spacing = self._column.contentsMargins(), self._column.spacing()
        parts = (sign, self._places, self._help, self._footer)
        needed = (
            sum(part.sizeHint().height() + spacing for part in parts) + _BELOW_BRAND + 2 * _ABOVE_FOOT + 4 * spacing
        )
        return needed + margins.top() + margins.bottom() <= self.height()
