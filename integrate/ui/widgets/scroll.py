"""A page that scrolls, with the keyboard too, and never hides what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.paint import RING_REACH

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_AROUND: Final = 24  # what is focused is shown with this much of its surroundings, ring included


class PageScroll(QScrollArea):
    """A scroll area without frame and ground. Arrows, Page Up and Down, Home, End and Space scroll it."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        # A viewport of Qt's own would have to be described to Python, with every other kind of widget: eight
        # milliseconds that the first screen has not got.
        self.setViewport(QWidget())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def apply_theme(self) -> None:
        """Scroll by lines of the text size in force."""
        self.verticalScrollBar().setSingleStep(self._theme.line("body"))

    def set_content(self, widget: QWidget) -> None:
        """Scroll ``widget``, through which the ground behind is seen."""
        self.setWidget(widget)
        widget.setAutoFillBackground(False)  # setWidget turns it on
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content wants another height, as Qt's own filter learns too."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return taken

    def _fit(self) -> None:
        """Make the content as high as its text needs: Qt itself would squeeze wrapped text to its least height."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None or not layout.hasHeightForWidth():
            return
        # What fits without a bar needs none. Qt would keep one that is there, beside which it does not fit.
        whole = self.maximumViewportSize()
        height = layout.totalHeightForWidth(min(whole.width(), content.maximumWidth()))
        fits = height <= whole.height()
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if fits else policies.ScrollBarAsNeeded)
        if not fits:
            height = layout.totalHeightForWidth(min(self.viewport().width(), content.maximumWidth()))
        content.setMinimumHeight(height)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            self.ensureWidgetVisible(now, RING_REACH, _AROUND)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End too, and Space as in every reader; the rest is Qt's."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
            case _other:
                super().keyPressEvent(event)


class ScrolledEdge(Divider):
    """The hairline between what ``scroll`` scrolls and what stays below it; drawn only where something is scrolled."""

    def __init__(self, theme: Theme, scroll: PageScroll) -> None:
        super().__init__(theme)
        self._bar = scroll.verticalScrollBar()
        self._bar.rangeChanged.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, or nothing: its place stays, so that it does not change what has room."""
        if self._bar.maximum() > self._bar.minimum():
            super().paintEvent(event)
