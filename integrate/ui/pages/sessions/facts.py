"""The facts of a session in a row: when, where, how, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sessions import ROUTE_WORDS, SETTING_WORDS, Session, SessionState
from integrate.i18n import _
from integrate.ui.pages.sessions.words import full_day, span_words
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_BETWEEN: Final = 40
_WIDEST: Final = 240  # pixels of one fact at 100 %
_MOST: Final = 5


class _Fact(QWidget):
    """A caption and what is said."""

    def __init__(self, theme: Theme, caption: str) -> None:
        super().__init__()
        self._theme = theme
        self.value = Text(theme, "", "body", weight=500)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.caption = Text(theme, caption, "caption", "ink3")
        column.addWidget(self.caption)
        column.addWidget(self.value)
        column.addStretch(1)
        self._fit()
        theme.changed.connect(self._fit)

    def wanted(self) -> int:
        """How wide it likes to be."""
        return min(self.sizeHint().width(), self._theme.px(_WIDEST)) + 2

    def _fit(self) -> None:
        self.value.setMaximumWidth(self._theme.px(_WIDEST))


class FactsRow(QWidget):
    """Date, setting, route, dose as prescribed, with me; what was not said is left out."""

    edit_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("About this session"))
        captions = {
            "date": _("Date"), "setting": _("Setting"), "route": _("Route"),
            "dose": _("Dose, as prescribed"), "present": _("With me"),
        }  # fmt: skip
        self._facts = {key: _Fact(theme, caption) for key, caption in captions.items()}
        self._shown: list[_Fact] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(10)
        self.edit_button = FlushButton(theme, _("Edit"), neutral=True)
        self.edit_button.setAccessibleName(_("Edit this session"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(16)
        row.addLayout(self._grid, 1)
        for fact in self._facts.values():  # before the button: that is the order in which they are read
            fact.setParent(self)
            fact.hide()
        row.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(theme))
        column.addLayout(row)
        column.addWidget(Divider(theme))
        self.edit_button.setVisible(may_write)  # only now: without a place it would be a window for a moment
        self.edit_button.clicked.connect(self.edit_wanted)
        theme.changed.connect(self._arrange)

    def show_session(self, session: Session, *, over: bool = False) -> None:
        """Say what is known. Once its course is ``over``, nothing is said of a day that was planned in it."""
        draft = session.draft
        day = full_day(draft.day) if draft.day is not None else _("No day yet")
        if session.state is not SessionState.HELD and draft.at is not None:
            day = _("{day}, {time}").format(day=day, time=span_words(session))
        self._facts["date"].caption.set_text(_date_caption(session.state))
        present = " · ".join(name.strip() for name in draft.present.split(",") if name.strip())
        if draft.by_video:
            # Translators: who was there, and that it was over video: "Daniel · Ines by video"
            present = _("{who} by video").format(who=present) if present else _("By video")
        words = {
            "date": "" if over and session.state is SessionState.PLANNED else day,
            "setting": _(SETTING_WORDS[draft.setting]) if draft.setting is not None else "",
            "route": _(ROUTE_WORDS[draft.route]) if draft.route is not None else "",
            "dose": draft.dose,
            "present": present,
        }
        for key, fact in self._facts.items():
            fact.value.set_text(words[key])
        self._shown = [fact for key, fact in self._facts.items() if words[key]]
        self._columns = 0
        self._arrange()

    def words(self) -> list[str]:
        """What is said, in order."""
        return [fact.value.words() for fact in self._shown]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a hairline between facts that stand side by side."""
        painter, colour = QPainter(self), self._theme.color("hair")
        thick = 2 if self._theme.scheme.contrast else 1
        for place, fact in enumerate(self._shown):
            if place % max(self._columns, 1) == 0:
                continue
            left_to_right = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
            x = fact.x() - _BETWEEN // 2 if left_to_right else fact.geometry().right() + _BETWEEN // 2
            painter.fillRect(x, fact.y(), thick, fact.height(), colour)

    def _arrange(self) -> None:
        room = self.width() - self.edit_button.sizeHint().width() - 16
        columns = next((count for count in range(_MOST + 1, 0, -1) if self._needed(count) <= room), 1)
        if columns == self._columns:
            return
        self._columns = columns  # first: what is shown and hidden below comes back here
        for fact in self._facts.values():
            self._grid.removeWidget(fact)
            fact.hide()
        for column in range(_MOST + 3):
            self._grid.setColumnStretch(column, 0)
        for place, fact in enumerate(self._shown):
            self._grid.addWidget(fact, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
            fact.show()
        self._grid.setColumnStretch(columns, 1)
        self.updateGeometry()

    def _needed(self, columns: int) -> int:
        widths = [0] * columns
        for place, fact in enumerate(self._shown):
            widths[place % columns] = max(widths[place % columns], fact.wanted())
        return sum(widths) + _BETWEEN * (columns - 1)


def _date_caption(state: SessionState) -> str:
    match state:
        case SessionState.HELD:
            return _("Date")
        case SessionState.PLANNED:
            return _("Planned for")
        case SessionState.CANCELLED:
            return _("Cancelled, was planned for")
