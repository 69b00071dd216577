"""Sheets: child widgets over a scrim, so that the lock can cover them. No dialog, no event loop of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from integrate.i18n import _
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.motion import Fade
from integrate.ui.widgets.paint import RADIUS_SHEET, RING_REACH
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

NARROW: Final = 960  # effective width below which a sheet fills the window
_MARGIN: Final = 24
_EDGE: Final = 8  # from the panel's edge to the scroll bar
_BAR: Final = 16  # from there to the words: a bar never touches them, and none leaves no hole
_SCRIM: Final = 0.55
_SCROLLING: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class SheetPanel(Card):
    """What lies on the scrim. Screen readers meet it as a dialog with the sheet's title."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the panel is not one on the scrim."""
        event.accept()


class Sheet(QWidget):
    """A sheet over ``host``. Put parts into ``body``, buttons into ``footer``, then call :meth:`open`.

    Esc closes it, Tab stays inside, and the focus returns to where it was. ``closed`` is emitted once; then the
    sheet is destroyed. ``width`` is in pixels at 100 %. ``fills`` lets it fill a narrow window.
    """

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        title: str,
        *,
        width: int = 560,
        level: int = 2,
        close_button: bool = True,
        fills: bool = True,
    ) -> None:
        # Tab never leaves a widget of this kind. Walking the focus chain from Python instead would make the binding
        # take what lies below the sheet for parts of it, which then die with the sheet.
        super().__init__(host, Qt.WindowType.SubWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.theme = theme
        self._host = host
        self._width = width
        self._fills = fills
        self._opener: QWidget | None = None
        self._open = False
        self._fade = Fade(theme, self)
        self.panel = SheetPanel(theme, ground="canvas", edge="line", radius=RADIUS_SHEET, parent=self)
        self.panel.setAccessibleName(title)
        self.heading = Heading(theme, title, level)
        self.initial_focus: QWidget = self.heading
        self._content = QWidget()
        self._inside = QVBoxLayout(self._content)
        self._inside.setContentsMargins(_BAR, RING_REACH, _BAR, RING_REACH)  # a ring at the edge is not cut
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._inside.addLayout(self.body)
        self._inside.addStretch(1)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(14)
        self._scroll = PageScroll(theme)
        self._scroll.setMinimumHeight(1)  # else a scroll area asks for room for its bars
        self._build(close_button)
        self._content.installEventFilter(self)
        host.installEventFilter(self)
        theme.changed.connect(self._arrange)
        self.hide()

    def _build(self, close_button: bool) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(_BAR, 0, _BAR, 0)
        header.addWidget(self.heading, 1)
        if close_button:
            cross = IconButton(self.theme, "x", _("Close"), "Esc")
            cross.clicked.connect(self.close)
            header.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll.set_content(self._content)
        column = QVBoxLayout(self.panel)
        foot = QHBoxLayout()
        foot.setContentsMargins(_BAR, 0, _BAR, 0)
        foot.addLayout(self.footer)
        column.setContentsMargins(_EDGE, 22, _EDGE, 22)
        column.setSpacing(8 - RING_REACH)
        column.addLayout(header)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def add_done(self) -> None:
        """For a sheet on which everything takes effect at once: one button in the footer, which closes it."""
        done = Button(self.theme, _("Done"))
        done.clicked.connect(self.close)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(done)

    def open(self) -> None:
        """Cover the host and take the focus in."""
        self._opener = QApplication.focusWidget()
        self._open = True
        self._arrange()
        self.raise_()
        self._fade.appear()
        self.focus_in()

    def focus_in(self) -> None:
        """Give the focus to ``initial_focus``: the heading, unless the sheet says otherwise."""
        self.initial_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the focus back, say so, and go."""
        super().closeEvent(event)
        if not self._open:
            return
        self._open = False
        self._host.removeEventFilter(self)
        self._give_focus_back()
        self.closed.emit()
        self.deleteLater()

    def _give_focus_back(self) -> None:
        """To the opener; where that is gone, to the sheet below, or no key would reach it."""
        opener, self._opener = self._opener, None
        if opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        below = [sheet for sheet in self._host.findChildren(Sheet) if sheet is not self and sheet.isVisible()]
        if below:
            below[-1].focus_in()

    def discard(self) -> None:
        """Go at once and say nothing: the journal is being locked, and nobody waits for an answer any more."""
        self._open = False
        self._host.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    # --- place --------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setGeometry(self._host.rect())
        self.panel.setGeometry(self._panel_place())

    def _panel_place(self) -> QRect:
        room = self.rect()
        if self._fills and room.width() / self.theme.scale < NARROW:
            return room
        width = min(self.theme.px(self._width), room.width() - 2 * _MARGIN)
        height = min(self._needed_height(width), room.height() - 2 * _MARGIN)
        place = QRect(0, 0, width, height)
        place.moveCenter(room.center())
        return place

    def _needed_height(self, width: int) -> int:
        layout = self.panel.layout()
        if layout is None:
            return 0
        margins = layout.contentsMargins()
        inner = width - margins.left() - margins.right()
        counted = self._scroll.sizeHint().expandedTo(self._scroll.minimumSizeHint()).height()  # as layouts count it
        return _height_for(layout, width) - counted + _height_for(self._inside, inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host and of the content."""
        resized = watched is self._host and event.type() == QEvent.Type.Resize
        if self._open and (resized or (watched is self._content and event.type() == QEvent.Type.LayoutRequest)):
            self._arrange()
        return False

    # --- keyboard and pointer -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, the keys that scroll do so wherever the focus is; no key leaves the sheet for the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _SCROLLING:
            self._scroll.keyPressEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing below the scrim can be clicked, and a click beside the sheet closes nothing."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scrim."""
        colour = self.theme.color("scrim")
        if self.theme.scheme.contrast:  # there the token is the text's colour, which may be white
            colour.setRgb(0, 0, 0)
        colour.setAlphaF(_SCRIM)
        QPainter(self).fillRect(self.rect(), colour)


def _height_for(layout: QLayout, width: int) -> int:
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()


@dataclass(frozen=True, slots=True)
class Answer:
    """One button of a question: its key, its words, its kind. The ``safe`` one has the focus, and is what Esc means."""

    key: str
    text: str
    kind: str = "secondary"
    safe: bool = False


class Question(Sheet):
    """A question before something that cannot be undone. ``answered`` brings the key of the answer, once."""

    answered = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__(theme, host, title, width=540, level=3, close_button=False, fills=False)
        self._answer = next(answer.key for answer in answers if answer.safe)
        self.text = Text(theme, text, "body", "ink2")
        self.panel.setAccessibleDescription(text)
        self.body.addWidget(self.text)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.buttons: dict[str, Button] = {}
        for answer in answers:
            button = Button(theme, answer.text, answer.kind)
            button.setProperty("answer", answer.key)
            button.clicked.connect(self._chosen)
            self.footer.addWidget(button)
            self.buttons[answer.key] = button
            if answer.safe:
                self.initial_focus = button
        self.closed.connect(self._say)

    def focus_in(self) -> None:
        """The safe answer has the focus, and shows it: Enter is about to mean it."""
        self.initial_focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._answer = str(sender.property("answer"))
        self.close()

    def _say(self) -> None:
        self.answered.emit(self._answer)


def ask(
    theme: Theme,
    host: QWidget,
    title: str,
    text: str,
    answers: Sequence[Answer],
    then: Callable[[str], object],
) -> Question:
    """Open a question over ``host``; ``then`` gets the key of the answer, that of the safe one on Esc.

    Raises:
        StopIteration: no answer is marked as the safe one.
    """
    question = Question(theme, host, title, text, answers)
    question.answered.connect(then)
    question.open()
    return question
