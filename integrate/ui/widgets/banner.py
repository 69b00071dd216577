"""Banners: something that stays until it is dealt with. One title, one sentence, up to three actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.ui.widgets.acting import without_argument
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Action = tuple[str, Callable[[], object]]
"""The words of an action and what it does."""

_MOST_ACTIONS: Final = 3
_ICON: Final = 20
_SIDE: Final = 16
_GAP: Final = 14  # between the icon and the words
_BETWEEN: Final = 16  # between two actions


class Banner(Card):
    """A notice, ``kind`` neutral or trouble. It never hides by itself; a screen reader hears of it when it appears.

    ``icon`` is a name of ``resources/icons``; without one it is that of the kind.

    Raises:
        ValueError: there are more than three actions.
    """

    def __init__(
        self,
        theme: Theme,
        kind: str = "neutral",
        title: str = "",
        text: str = "",
        actions: Sequence[Action] = (),
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        trouble = kind == "trouble"
        super().__init__(theme, ground="dangertint" if trouble else "sunken", edge="", parent=parent)
        if len(actions) > _MOST_ACTIONS:
            raise ValueError("a banner has three actions at most")
        self.kind = kind
        self._said = False
        self._title = title
        self._text = text
        self.links: tuple[LinkText, ...] = tuple(self._link(theme, words, act) for words, act in actions)
        self.setAccessibleName(title or text)
        self.setAccessibleDescription(text if title else "")
        name = icon or ("circle-alert" if trouble else "info")
        self._sign = sign = Icon(theme, name, "danger" if trouble else "ink2", _ICON, role="body")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        words = QVBoxLayout()
        words.setSpacing(0)
        if title:
            words.addWidget(Text(theme, title, "bodyStrong"))
        if text:
            words.addWidget(Text(theme, text, "body", "ink2"))
        if self.links:
            self._row.setContentsMargins(0, 5, 0, 0)  # 8 px below the words, of which the links bring 3
            for link in self.links:
                self._row.addWidget(link)
            self._row.addStretch(1)
            words.addLayout(self._row)
        words.addStretch(1)
        column = QHBoxLayout(self)
        column.setContentsMargins(_SIDE, 14, _SIDE, 14 - (3 if self.links else 0))
        column.setSpacing(_GAP)
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(words, 1)

    def _link(self, theme: Theme, words: str, act: Callable[[], object]) -> LinkText:
        link = LinkText(theme, words, parent=self)
        link.setMinimumWidth(1)  # or the row would not let the banner become narrow enough to stack them
        link.clicked.connect(without_argument(act))
        return link

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Actions stand one below the other where they do not fit side by side: none is cut."""
        super().resizeEvent(event)
        room = self.width() - 2 * _SIDE - _GAP - self._sign.width()
        needed = sum(link.sizeHint().width() + _BETWEEN for link in self.links) - _BETWEEN
        directions = QBoxLayout.Direction
        beside = needed <= room
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._row.setSpacing(_BETWEEN if beside else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Say it once, trouble at once and the rest politely."""
        super().showEvent(event)
        if not self._said:
            self._said = True
            sentence = " ".join(part for part in (self._title, self._text) if part)
            announce(self, sentence, polite=self.kind != "trouble")
