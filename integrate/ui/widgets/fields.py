"""Fields for words: a label above, 44 px, an error in words below. The border tells focus and trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height, mirrored, picture, rounded, stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 14
_SMALL_PADDING: Final = 10
_ERROR_ICON: Final = 15
_LINE_EDIT: Final = 2  # what QLineEdit keeps free inside


class FieldBox(QWidget):
    """The frame around a line of text: 1 px, 2 px in the focus colour, 2 px in danger. ``edit`` has no frame itself.

    ``height`` is that at 100 %; parts added with :meth:`add_trailing` stand inside at the end.
    """

    def __init__(self, theme: Theme, edit: QLineEdit, height: int = 44, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        self._theme = theme
        self._height = height
        self._size = 15 if height >= 44 else 14
        self._trouble = False
        self._icon = ""
        edit.setParent(self)
        edit.setFrame(False)
        edit.installEventFilter(self)
        set_ring(edit, None)
        self.setFocusProxy(edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(6)
        self._row.addWidget(edit, 1)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small part inside, after the text."""
        widget.setCursor(Qt.CursorShape.ArrowCursor)
        self._row.addWidget(widget)
        self._lay_out()

    def set_leading_icon(self, icon: str) -> None:
        """Show an icon before the text."""
        self._icon = icon
        self._lay_out()

    def set_trouble(self, trouble: bool) -> None:
        """Show the border of an error."""
        self._trouble = trouble
        self.update()

    def apply_theme(self) -> None:
        """Take font, height and colours from the theme in force."""
        self.edit.setFont(self._theme.sized_font("ui", self._size))
        palette = QPalette()
        if self.edit.isReadOnly():
            palette.setColor(QPalette.ColorRole.Text, self._theme.color("ink2"))
        self.edit.setPalette(palette)
        self._lay_out()

    def _lay_out(self) -> None:
        padding = _PADDING if self._height >= 44 else _SMALL_PADDING
        leading = self._theme.px(16) + 8 if self._icon else 0
        trailing = padding if self._row.count() == 1 else 4
        start, end = padding - _LINE_EDIT + leading, trailing - (_LINE_EDIT if trailing == padding else 0)
        left, right = (end, start) if self.isRightToLeft() else (start, end)  # margins are not mirrored by Qt
        self._row.setContentsMargins(left, 2, right, 2)
        self.setFixedHeight(control_height(self._theme, self._height))
        self.update()

    def sizeHint(self) -> QSize:
        """About thirty letters wide."""
        return QSize(self._theme.px(280), self.height())

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        return QSize(self._theme.px(80), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Redraw the border when the focus comes or goes."""
        kinds = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.ReadOnlyChange, QEvent.Type.EnabledChange)
        if event.type() in kinds:
            if event.type() == QEvent.Type.ReadOnlyChange:
                self.apply_theme()
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the text goes to the text."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Lay out again where the direction changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, border and the icon before the text."""
        painter = QPainter(self)
        theme, edit = self._theme, self.edit
        quiet = edit.isReadOnly() or not edit.isEnabled()
        if self._trouble:
            edge, width = "danger", 2.0
        elif edit.hasFocus():
            edge, width = "focus", 2.0
        else:
            edge, width = "hair" if quiet else "control", stroke(theme)
        ground = theme.color("sunken" if quiet else "surface")
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, ground, theme.color(edge), width)
        if self._icon:
            pixmap = theme.pixmap(self._icon, "ink3", 16)
            place = QRect(0, 0, 2 * _SMALL_PADDING + theme.px(16), self.height())
            picture(painter, mirrored(self.layoutDirection(), self.rect(), place), pixmap)


class LineField(QWidget):
    """A label, a field and, when something is wrong, one sentence below it.

    ``edit`` is the line itself; ``hint`` stands below while there is no error. ``height`` is 44; 48 on the lock screen.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        edit: QLineEdit | None = None,
        placeholder: str = "",
        hint: str = "",
        height: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.edit = edit if edit is not None else QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)
        self.label = Text(theme, label, "label", weight=500)
        self.label.setBuddy(self.edit)
        self.box = FieldBox(theme, self.edit, height)
        self._below = Text(theme, hint, "caption", "ink3")
        self._error_icon = Icon(theme, "circle-alert", "danger", _ERROR_ICON, role="caption")
        self._error_icon.hide()
        self._hint = hint
        if not hint:  # never shown here: it has no parent yet, and would be a window for a moment
            self._below.hide()
        self.setFocusProxy(self.edit)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._error_icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.box)
        column.addLayout(below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if hint:
            self.edit.setAccessibleDescription(hint)

    def sizeHint(self) -> QSize:
        """As high as the sentence below needs at the width there is: it is never given more."""
        hint = super().sizeHint()
        hint.setHeight(max(hint.height(), self.heightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def error(self) -> str:
        """The sentence of the error, "" if there is none."""
        return self._below.words() if self._error_icon.isVisibleTo(self) else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong, also to a screen reader; "" takes it away."""
        wrong = bool(text)
        self.box.set_trouble(wrong)
        self._error_icon.setVisible(wrong)
        self._below.set_token("danger" if wrong else "ink3")
        self._below.set_text(text or self._hint)
        self._below.setVisible(bool(text or self._hint))
        self.edit.setAccessibleDescription(text or self._hint)
        if wrong:
            announce(self.edit, text, polite=False)

    def set_hint(self, text: str) -> None:
        """Change the sentence that stands below while nothing is wrong."""
        self._hint = text
        if not self.error():
            self._below.set_text(text)
            self._below.setVisible(bool(text))
            self.edit.setAccessibleDescription(text)

    def set_read_only(self, read_only: bool) -> None:
        """Show the text without letting it be changed."""
        self.edit.setReadOnly(read_only)
        self.label.set_token("ink3" if read_only else "ink1")


class _SearchEdit(QLineEdit):
    """A line that Esc empties before anything else hears of it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the search; on an empty line it is somebody else's."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SearchField(FieldBox):
    """A field to search in, 36 px, with an icon and a button that empties it. ``changed`` follows every change."""

    changed = Signal(str)

    def __init__(self, theme: Theme, placeholder: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, _SearchEdit(), 36, parent=parent)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.set_leading_icon("search")
        self.clear_button = IconButton(theme, "x", _("Clear search"), "Esc")
        self.clear_button.setMaximumHeight(28)
        self.clear_button.hide()
        self.clear_button.clicked.connect(self._clear)
        self.add_trailing(self.clear_button)
        self.edit.textChanged.connect(self._changed)

    def text(self) -> str:
        """What is searched for."""
        return self.edit.text()

    def _clear(self) -> None:
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, text: str) -> None:
        self.clear_button.setVisible(bool(text))
        self.changed.emit(text)
