"""The person's own words on Help now: the hard-night page, and the early signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.hard_night import KIND_WORDS, PAGE_KINDS, NightKind
from integrate.i18n import _, ngettext
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.hard_night import NightLine
    from integrate.system.locked_help import LockedWords
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 80  # pixels: one endless word must not widen the sheet


class OwnLines(Card):
    """Out of sight until it is told what to show. ``edit_wanted`` asks for its lines to be written."""

    edit_wanted = Signal()

    def __init__(self, theme: Theme, *, signs: bool) -> None:
        super().__init__(theme)
        self._signs = signs
        self._shown: list[QWidget] = []
        title = _("My early signs") if signs else _("My hard-night page")
        self.setAccessibleName(title)
        self._note = Text(theme, "", "caption", "ink2")
        self._change = LinkText(theme, _("Change"))
        self._change.setAccessibleName(_("Change my early signs") if signs else _("Change my hard-night page"))
        self._write = Button(theme, _("Write them") if signs else _("Write it"), "secondary", "pen-line", small=True)
        self._write.setAccessibleName(_("Write my early signs") if signs else _("Write my hard-night page"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, title, "bodyStrong"), 1)
        head.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addLayout(self._rows)
        column.addWidget(self._write, 0, Qt.AlignmentFlag.AlignLeading)
        self._change.clicked.connect(self.edit_wanted)
        self._write.clicked.connect(self.edit_wanted)
        for part in (self._note, self._change, self._write, self):
            part.hide()

    def show_lines(self, lines: Sequence[NightLine], *, may_write: bool) -> None:
        """Show what is in an open journal; where nothing is, how to begin."""
        note = _how_many(sum(line.shown_locked for line in lines)) if lines else _about(signs=self._signs)
        self._say(note)
        self._fill((line.kind, line.text) for line in lines)
        self._change.setVisible(bool(lines) and may_write)
        self._write.setVisible(not lines and may_write)
        self.setVisible(bool(lines) or may_write)

    def show_locked(self, words: Sequence[LockedWords]) -> None:
        """Show what was chosen for a locked journal. Of the page it is said where the rest is, if there is any."""
        self._say(_how_many(len(words)) or _("It is shown once the journal is open."))
        self._fill((line.kind, line.text) for line in words)
        self._change.hide()
        self._write.hide()
        self.setVisible(bool(words) or not self._signs)

    def show_trouble(self) -> None:
        """Say that it could not be read; nothing can be written over it."""
        self._say(_("This could not be read. The numbers here are not affected."))
        self._fill(())
        self._change.hide()
        self._write.hide()
        self.show()

    def _say(self, words: str) -> None:
        self._note.set_text(words)
        self._note.setVisible(bool(words))

    def _fill(self, lines: Iterable[tuple[NightKind, str]]) -> None:
        for old in self._shown:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        found = tuple(lines)
        for kind in (NightKind.SIGN,) if self._signs else PAGE_KINDS:
            texts = [text for of, text in found if of is kind]
            if texts:
                group = self._group("" if self._signs else _(KIND_WORDS[kind]), texts)
                self._rows.addWidget(group)
                self._shown.append(group)

    def _group(self, title: str, texts: Sequence[str]) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if title:
            column.addWidget(Text(self._theme, title, "label", "ink2", weight=500))
        for text in texts:
            line = Text(self._theme, text, "quote")
            line.setMinimumWidth(_LEAST)
            column.addWidget(line)
        return group


def _how_many(count: int) -> str:
    """How many lines show while locked; "" for none."""
    if not count:
        return ""
    words = ngettext(
        "{count} line is shown while locked too: your choice", "{count} lines are shown while locked too: your choice",
        count,
    )  # fmt: skip
    return words.format(count=count)


def _about(*, signs: bool) -> str:
    if signs:
        return _("How you notice that things get harder again. Write them down when you like.")
    return _("For a calm day: what helps, who, and what you would tell yourself.")
