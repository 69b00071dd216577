"""The list of sections at the side of Settings: one stop of the Tab key, arrows inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height, rounded

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_ROW: Final = 36
_PADDING: Final = 10
_STEPS: Final = ((Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1))


class SectionButton(PaintedButton):
    """The name of a section; the one that is shown stands on the ground of what is selected."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.apply_theme)
        self.apply_theme()

    def label_font(self) -> QFont:
        """15 px, stronger where one is."""
        return self.theme.sized_font("ui", 15, 600 if self.isChecked() else 400)

    def sizeHint(self) -> QSize:
        """Room for the strong words, so that choosing moves nothing."""
        return QSize(self.text_width() + 2 * _PADDING + 8, control_height(self.theme, _ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and words."""
        painter = QPainter(self)
        theme, on = self.theme, self.isChecked()
        ground = "select" if on else "sunken" if self.hovered() else ""
        if ground:
            edge = theme.color("ink1") if theme.scheme.contrast else None
            rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color(ground), edge, 2.0)
        painter.setPen(theme.color("ink1" if on else "ink2"))
        room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | self.text_flags(), self.text())


class SectionList(QWidget):
    """Says which section is wanted, by its id. Arrows choose at once, as in a list of tabs."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(_("Sections of Settings"))
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._buttons: dict[str, SectionButton] = {}
        for section_id, title in sections:
            button = SectionButton(theme, title)
            button.setObjectName(section_id)
            button.installEventFilter(self)
            button.clicked.connect(self._clicked)
            self._group.addButton(button)
            column.addWidget(button)
            self._buttons[section_id] = button

    def show_section(self, section_id: str) -> None:
        """Mark the section that is shown; it is where Tab stops."""
        self._buttons[section_id].setChecked(True)
        for button in self._buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def focus_shown(self) -> None:
        """Give the focus to the section that is shown, as after a click on it."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def buttons(self) -> tuple[SectionButton, ...]:
        """The buttons, from the top."""
        return tuple(self._buttons.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Home and End choose another section."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        buttons = self.buttons()
        at = next((place for place, button in enumerate(buttons) if button is watched), 0)
        last = len(buttons) - 1
        targets = {key: min(max(at + step, 0), last) for key, step in _STEPS}
        targets |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        to = targets.get(Qt.Key(event.key()))
        if to is None:
            return False
        self.wanted.emit(buttons[to].objectName())
        buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self.wanted.emit(sender.objectName())
