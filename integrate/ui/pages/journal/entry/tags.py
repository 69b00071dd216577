"""The tags of an entry: chips that can be taken away, and a field to add one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from integrate.domain.entry import clean_tags, tag_key
from integrate.i18n import _, ngettext
from integrate.ui.pages.journal.entry.words import short_tag
from integrate.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_LONGEST: Final = 100
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TagField(QLineEdit):
    """A line for one tag. Enter and comma add it, Backspace on the empty line removes the last one, Esc leaves."""

    added = Signal(str)
    last_removed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_completion)
        self.setCompleter(completer)
        self.setAccessibleName(_("Add a tag"))
        self.setPlaceholderText(_("Tag"))
        self.setMaxLength(_LONGEST)
        self.setDragEnabled(False)
        self.textEdited.connect(self._note_edit)

    def set_known(self, tags: Sequence[str]) -> None:
        """What completion offers."""
        self._model.setStringList(list(tags))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, Esc leaves, Backspace on nothing takes the last tag back."""
        if event.key() in _ENTER:
            if self.text().strip():
                self._add()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_removed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept when one goes on elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._add()
            self.left.emit()

    def _note_edit(self, text: str) -> None:
        if "," in text:
            self._add()

    def _take_completion(self, text: str) -> None:
        self.setText(text)
        self._add()

    def _add(self) -> None:
        pieces = [piece.strip() for piece in self.text().split(",")]
        self.clear()
        for piece in pieces:
            if piece:
                self.added.emit(piece)


def with_tag(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    """``tags`` and one more; a repeat, in whatever capitals, adds nothing."""
    return clean_tags((*tags, tag))


def without_tag(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    """``tags`` without one of them."""
    return tuple(other for other in tags if tag_key(other) != tag_key(tag))


class TagChip(Chip):
    """One tag of the entry, with a cross."""

    def __init__(self, theme: Theme, tag: str) -> None:
        super().__init__(theme, short_tag(tag), removable=True, name=_("Remove tag {tag}").format(tag=tag))
        self.tag = tag
        if short_tag(tag) != tag:
            self.setToolTip(tag)


class TagsChip(Chip):
    """Stands for all tags where they have no room in one line, and shows them when it is on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", checkable=True)

    def set_tags(self, tags: Sequence[str]) -> None:
        """Say how many there are; a screen reader hears which."""
        words = ngettext("{count} tag", "{count} tags", len(tags)).format(count=QLocale().toString(len(tags)))
        self.set_text(words, _("Tags: {tags}").format(tags=", ".join(tags)))

    def _trailing(self) -> str:
        return "" if self.is_on() else "chevron-down"
