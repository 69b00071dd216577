"""The window: one scene at a time (welcome, lock or the open journal), the menus, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from integrate.ui.layout import MINIMUM_HEIGHT, MINIMUM_WIDTH, width_class
from integrate.ui.scene import Scene, first_stop
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.roles import install_roles

if TYPE_CHECKING:
    from integrate.ui.actions import Actions

TITLE: Final = "integrate"
"""All that a title bar, a task switcher or a preview ever says."""


_ONE_FRAME: Final = 16
"""Milliseconds after the first painting before anything else is done: the picture has to get to the screen."""


_OF_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class MainWindow(QMainWindow):
    """Holds the scene that is shown. It knows nothing of journals: what is to be done is told to ``perform``.

    Until its first picture is on the screen it does nothing else. ``painted`` says when that is; then :meth:`complete`
    adds menus, shortcuts and the focus ring, a few milliseconds later and before anybody can have pressed a key.
    """

    painted = Signal()
    resized = Signal()
    closing = Signal()
    minimised = Signal()

    def __init__(self, theme: Theme, perform: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = theme
        # Before anything is shown: what a screen reader has met once keeps the role it had then.
        install_roles()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._scenes = QStackedWidget()
        self.setCentralWidget(self._scenes)
        self._perform = perform
        self._actions: Actions | None = None
        self._page_id: str | None = None
        self._seen = False
        self._alt_alone = False
        self._may_close = False
        theme.changed.connect(self._lay_out)

    def complete(self) -> None:
        """Add what can wait until the window is seen. A second call does nothing."""
        if self._actions is not None:
            return
        from integrate.ui.actions import Actions
        from integrate.ui.widgets.focus_ring import FocusRing

        self._actions = Actions(self, self._perform)
        self._actions.enable_for(self._page_id)
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())
        FocusRing(self._theme, self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def enable_for(self, page_id: str | None) -> None:
        """Say which actions can be had on this page; None while no journal is open."""
        self._page_id = page_id
        if self._actions is not None:
            self._actions.enable_for(page_id)

    # --- scenes -------------------------------------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """Put ``scene`` in place of what is shown, which is hidden at once and destroyed."""
        old = self.scene()
        scene.set_width_class(width_class(self.width(), self._theme.scale))
        self._scenes.addWidget(scene)
        self._scenes.setCurrentWidget(scene)
        if old is not None:
            self._scenes.removeWidget(old)
            old.hide()
            old.deleteLater()
        heading = scene.heading()
        if heading is not None:
            heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def scene(self) -> Scene | None:
        """What is shown now."""
        widget = self._scenes.currentWidget()
        return widget if isinstance(widget, Scene) else None

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def come_forward(self) -> None:
        """Be seen, before the windows of other programs where the desktop allows it."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def close_everything_over(self) -> None:
        """Take away menus, dialogs and sheets, at once and without asking."""
        before: QWidget | None = None
        while (popup := QApplication.activePopupWidget()) is not None and popup is not before:
            popup.close()  # one that stays all the same goes with its parent
            before = popup
        for widget in QApplication.topLevelWidgets():
            if widget is not self and widget.isVisible():
                widget.close()
        self.close_sheets()

    def close_sheets(self) -> None:
        """Take away every sheet that lies over the scene, at once and without asking."""
        from integrate.ui.widgets.sheet import Sheet

        for sheet in self.findChildren(Sheet):
            sheet.close()

    def is_covered(self) -> bool:
        """Whether a sheet lies over the scene, which then neither gets the focus nor does anything."""
        from integrate.ui.widgets.sheet import Sheet

        return any(sheet.isVisible() for sheet in self.findChildren(Sheet))

    # --- regions (F6) -------------------------------------------------------------------------------------------------

    def move_region(self, step: int) -> None:
        """Give the focus to the next region (``step`` 1) or the one before it (-1). A sheet is one region: it stays."""
        scene = self.scene()
        if scene is None or self.is_covered():
            return
        # One in which nothing takes the focus, such as an empty list, is passed over.
        regions = [region for region in scene.regions() if region.isVisible() and first_stop(region) is not None]
        if not regions:
            return
        focused = QApplication.focusWidget()
        here = next((at for at, region in enumerate(regions) if _holds(region, focused)), -1 if step > 0 else 0)
        target = first_stop(regions[(here + step) % len(regions)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    # --- Qt's own calls -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first picture is nearly there: its other parts are painted in the same turn."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(_ONE_FRAME, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scenes have three layouts."""
        super().resizeEvent(event)
        self._lay_out()
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Minimising may lock."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.minimised.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing waits until everything is saved and sealed; the program then closes the window for good."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.closing.emit()

    def let_close(self) -> None:
        """Nothing is open any more: the next close is the last."""
        self._may_close = True
        self.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Alt pressed and let go alone, or F10, shows the menu bar; it goes again when a menu is closed."""
        if not isinstance(event, QKeyEvent):  # the cheapest question first: every event of the program comes by here
            return False
        kind = event.type()
        if kind not in _OF_KEYS:
            return False
        if kind == QEvent.Type.ShortcutOverride:  # all that is seen of a key that a shortcut takes, such as Alt Left
            self._alt_alone = self._alt_alone and event.key() == Qt.Key.Key_Alt
            return False
        if self.menuBar().isNativeMenuBar() or not self.isActiveWindow():
            return False
        if kind == QEvent.Type.KeyPress:
            self._alt_alone = event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat()
            if event.key() == Qt.Key.Key_F10 and not event.modifiers():
                self._show_menus()
                return True
        elif event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self._alt_alone = False
            QTimer.singleShot(0, self, self._toggle_menus)
        return False

    def _toggle_menus(self) -> None:
        if self.menuBar().isVisible():
            self.menuBar().hide()
        else:
            self._show_menus()

    def _show_menus(self) -> None:
        bar = self.menuBar()
        bar.show()
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])

    def _lay_out(self) -> None:
        scene = self.scene()
        if scene is not None:
            scene.set_width_class(width_class(self.width(), self._theme.scale))


def _holds(region: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (region is focused or region.isAncestorOf(focused))
