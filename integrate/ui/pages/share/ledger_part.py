"""Shared before: every file that was saved for somebody, and whether a file is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sharing import KIND_WORDS, SharedFile
from integrate.i18n import _, ngettext
from integrate.ui.pages.share.sheets import ShareSheet
from integrate.ui.pages.share.words import (
    SECTION_WORDS,
    checksum_words,
    entry_day,
    held_words,
    long_day,
    shared_day,
    shared_words,
)
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.tab_order import tab_through
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.entry import Unreadable
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_AT_FIRST: Final = 5
_DAY_WIDTH: Final = 84
_WHO_WIDTH: Final = 128


class LedgerPart(QWidget):
    """``details_wanted`` brings a line, ``check_wanted`` asks for a file, ``file_dropped`` brings one."""

    details_wanted = Signal(object)
    check_wanted = Signal()
    file_dropped = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[SharedFile | Unreadable, ...] = ()
        self._today = date.min
        self._all = False
        self._narrow = False
        self.details: list[LinkText] = []
        self.title = Heading(theme, _("Shared before"), 3)
        self.none = Text(theme, _("Nothing was saved for anybody yet."), "body", "ink2")
        self.more = Button(theme, _("Show all"), "quiet", small=True)
        self.check_button = Button(theme, _("Is this the file I gave?"), small=True)
        self.answer = Text(theme, "", "body", "ink1")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(Text(theme, _("Only you can see this list"), "caption", "ink2", wrap=False))
        self._list = QWidget()  # made here, so that screen readers meet the rows before what follows them
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._list)
        column.addWidget(self.none)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.answer)
        for part in (self.more, self.check_button, self.answer):
            part.hide()
        self.setAcceptDrops(True)
        self.more.clicked.connect(self._show_all)
        self.check_button.clicked.connect(self.check_wanted)
        self.check_button.setToolTip(_("Choose a file, or drop one here."))

    def show_lines(self, lines: Sequence[SharedFile | Unreadable], today: date) -> None:
        """Show the list, the newest first."""
        self._lines, self._today = tuple(lines), today
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Put what was in a file below its day and name."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._show()

    def show_answer(self, words: str) -> None:
        """Say whether a file is one of them."""
        self.answer.set_text(words)
        self.answer.setVisible(bool(words))
        if words:
            announce(self.answer, words)

    def clear(self) -> None:
        """Hold no words any more."""
        self._lines = ()
        self._show()
        self.show_answer("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer can be dropped."""
        if self._lines and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look whether it is one of them. The file itself stays where it is."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _show(self) -> None:
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.details = []
        shown = self._lines if self._all else self._lines[:_AT_FIRST]
        for line in shown:
            self._rows.addWidget(Divider(self._theme))
            self._rows.addWidget(self._row(line))
        self.none.setVisible(not self._lines)
        self.more.setVisible(len(shown) < len(self._lines))
        self.check_button.setVisible(bool(self._lines))
        tab_through((self,))

    def _row(self, line: SharedFile | Unreadable) -> QWidget:
        theme, row = self._theme, QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(12)
        if not isinstance(line, SharedFile):
            across.addWidget(Text(theme, _("This line could not be read. The rest is fine."), "body", "ink2"), 1)
            return row
        day = Text(theme, shared_day(line, self._today), "body", wrap=False)
        who = Text(theme, line.recipient or _("Nobody named"), "body")
        what = Text(theme, shared_words(line), "body", "ink2")
        details = LinkText(theme, _("Details"))
        details.setAccessibleName(
            _("Details of {what}, {name}, {day}").format(what=what.words(), name=who.words(), day=day.words())
        )
        details.clicked.connect(partial(self._details, line))
        self.details.append(details)
        day.setMinimumWidth(theme.px(_DAY_WIDTH))
        across.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        if self._narrow:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(who)
            words.addWidget(what)
            across.addLayout(words, 1)
        else:
            who.setMinimumWidth(theme.px(_WHO_WIDTH))
            across.addWidget(who, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(what, 1, Qt.AlignmentFlag.AlignTop)
        across.addWidget(details, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _details(self, line: SharedFile, _checked: bool = False) -> None:
        self.details_wanted.emit(line)


class DetailsSheet(ShareSheet):
    """One line of the list, whole. ``consent_wanted`` follows the wish for a line to sign about it."""

    consent_wanted = Signal()

    def __init__(self, context: PageContext, shared: SharedFile, today: date) -> None:
        super().__init__(context, shared.file_name)
        theme = context.theme
        for name, words in details_of(shared, today):
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(Text(theme, name, "label", "ink2", weight=500))
            pair.addWidget(Text(theme, words, "body", selectable=name == _("SHA-256")))
            self.body.addLayout(pair)
        note = _("The file is with whoever you gave it to. Nothing can call it back.")
        self.body.addWidget(Text(theme, note, "caption", "ink2"))
        self.consent = Button(theme, _("Consent line…"), "quiet")
        self.consent.clicked.connect(self.consent_wanted)
        done = Button(theme, _("Done"))
        done.clicked.connect(self.close)
        self.finish(self.consent, done)


def details_of(shared: SharedFile, today: date) -> tuple[tuple[str, str], ...]:
    """What the ledger knows of a file, as names and words."""
    locale = QLocale()
    at = shared.saved.local()
    when = _("{day}, {time}").format(
        day=entry_day(at.date(), today), time=locale.toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
    )
    kind = _(KIND_WORDS[shared.kind])
    opened = _("opens with a passphrase") if shared.protected else _("not protected")
    lines = [
        (_("For"), shared.recipient or _("Nobody named")),
        (_("Saved"), when),
        (_("Kind"), _("{kind}, {opened}").format(kind=kind, opened=opened)),
        (_("In it"), held_words(shared) or _("what the sections hold")),
    ]
    if shared.first_day is not None and shared.last_day is not None:
        days = _("{first} to {last}").format(first=long_day(shared.first_day), last=long_day(shared.last_day))
        lines.append((_("Days"), days))
    if shared.sections:
        lines.append(
            (_("Sections"), ", ".join(_(SECTION_WORDS[one]) for one in SECTION_WORDS if one in shared.sections))
        )
    if shared.responses:
        count = len(shared.responses)
        words = ngettext("{count} questionnaire", "{count} questionnaires", count).format(count=locale.toString(count))
        items = _("with item answers") if shared.item_answers else _("totals only")
        lines.append((_("Questionnaires"), _("{count}, {items}").format(count=words, items=items)))
    if shared.measures_left_out:
        lines.append((_("Left out"), ", ".join(shared.measures_left_out)))
    lines.append((_("Size"), locale.formattedDataSize(shared.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)))
    lines.append((_("SHA-256"), checksum_words(shared.sha256.hex())))
    return tuple(lines)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file of this computer that is dragged; None for anything else."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
