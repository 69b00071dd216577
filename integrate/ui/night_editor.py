"""The sheet in which the hard-night page, or the early signs, are written. Every change is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.hard_night import KIND_WORDS, PAGE_KINDS, NightKind, NightLine, check_lines, of_kind, typed_lines
from integrate.errors import KnownError, WrongUsage
from integrate.i18n import _
from integrate.journal.shown_locked import keep_early_signs, keep_hard_night
from integrate.ui.night_form import NightForm, readable_words
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.system.paths import Paths
    from integrate.ui.desk import Desk
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 80  # pixels: an endless word must not push the buttons out of sight
_LONGEST_NAME: Final = 60  # characters of a line that a button's name repeats


@dataclass(frozen=True, slots=True)
class _Undo:
    """A removal that can be taken back."""

    line: NightLine
    place: int


class NightEditor(Sheet):
    """Add, change, order and remove lines; ``kept`` brings all of them each time the disk has them.

    ``signs``: the early signs are written, else the hard-night page. Leaving the form keeps what was typed, also when
    the journal locks; only *Cancel* gives it up.
    """

    kept = Signal(object)  # tuple[NightLine, ...]

    def __init__(
        self, theme: Theme, host: QWidget, desk: Desk, paths: Paths, lines: Sequence[NightLine], *, signs: bool
    ) -> None:
        super().__init__(theme, host, _("My early signs") if signs else _("My hard-night page"), width=640)
        self._desk = desk
        self._paths = paths
        self._signs = signs
        self._kinds = (NightKind.SIGN,) if signs else PAGE_KINDS
        self._lines = tuple(lines)  # as wanted: two quick changes must not undo each other
        self._on_disk = self._lines
        self._undo: _Undo | None = None
        self._target: tuple[NightKind, NightLine | None] = (self._kinds[0], None)
        self._saving_form = False
        self._closing = False
        self._wanted_focus = ""
        self._shown: list[QWidget] = []
        self._trouble = Text(theme, "", "body", "danger")
        self._removed = Text(theme, "", "body", "ink2")
        self._take_back = LinkText(theme, _("Undo"), role="body")
        self._groups = QVBoxLayout()
        self._form = NightForm(theme)
        self._list = QWidget()
        self._build_list()
        self._take_back.clicked.connect(self._undo_removal)
        self._form.done.connect(self._take)
        self._form.left.connect(self._show_list)
        self._show_list()

    def _build_list(self) -> None:
        undo = QHBoxLayout()
        undo.setSpacing(12)
        undo.addWidget(self._removed)
        undo.addWidget(self._take_back)
        undo.addStretch(1)
        self._groups.setSpacing(18)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Text(self.theme, _about(signs=self._signs), "body", "ink2"))
        column.addWidget(Text(self.theme, readable_words(), "caption", "ink2"))
        column.addLayout(undo)
        column.addLayout(self._groups)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._list)
        self.body.addWidget(self._form)
        self.body.addStretch(1)
        self._trouble.hide()
        self._done = Button(self.theme, _("Done"))
        self._done.clicked.connect(self.close)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self._done)

    def lines(self) -> tuple[NightLine, ...]:
        """The lines as they are kept."""
        return self._on_disk

    # --- leaving ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Z takes a removal back; Esc leaves the form first."""
        if event.matches(QKeySequence.StandardKey.Undo) and self._undo is not None:
            self._undo_removal()
        elif event.key() == Qt.Key.Key_Escape and self._form.isVisibleTo(self):
            if self._form.is_changed():
                self._form.finish()
            else:
                self._show_list()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is still in the form first."""
        if self._is_typing() and not self._form.area.error():
            self._closing = True
            self._form.finish()
            event.ignore()
            return
        super().closeEvent(event)

    def discard(self) -> None:
        """The journal is being locked: what is still in the form is kept with the rest."""
        if self._is_typing() and not self._saving_form:
            try:
                lines = self._with_typed(*self._form.state())
            except WrongUsage:
                pass
            else:
                self._desk.write(self._desk, self._work(lines))
        super().discard()

    def _is_typing(self) -> bool:
        return self._form.isVisibleTo(self) and self._form.is_changed()

    # --- list and form ------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        for old in self._shown:
            self._groups.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [self._group(kind) for kind in self._kinds]
        for group in self._shown:
            self._groups.addWidget(group)
            group.show()  # at once: only what is seen takes the focus
        self._removed.setVisible(self._undo is not None)
        self._take_back.setVisible(self._undo is not None)
        self._form.hide()
        self._done.show()
        self._list.show()
        inside = [found for group in self._shown for found in group.findChildren(QAbstractButton)]
        for before, after in pairwise([self._take_back, *inside, self._done]):
            QWidget.setTabOrder(before, after)  # Qt would go by age, and these rows are the youngest
        self._restore_focus()

    def _group(self, kind: NightKind) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = _(KIND_WORDS[kind])
        if not self._signs:
            group.setAccessibleName(title)
            column.addWidget(Heading(self.theme, title, 3))
        column.addWidget(Text(self.theme, _hint(kind), "caption", "ink2"))
        lines = of_kind(self._lines, kind)
        for place, line in enumerate(lines):
            column.addWidget(self._row(line, first=place == 0, last=place == len(lines) - 1))
        add = Button(self.theme, _("Add a line"), "secondary", "plus", small=True)
        add.setAccessibleName(_("Add a line: {title}").format(title=title))
        add.setObjectName(f"add {kind}")
        add.clicked.connect(partial(self._begin, kind, None))
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        return group

    def _row(self, line: NightLine, *, first: bool, last: bool) -> QWidget:
        short = line.text if len(line.text) <= _LONGEST_NAME else f"{line.text[:_LONGEST_NAME].rstrip()}…"
        words = Text(self.theme, line.text, "quote")
        words.setMinimumWidth(_LEAST)
        shown = TickBox(self.theme, _("Shown while locked too"))
        shown.setChecked(line.shown_locked)
        shown.setAccessibleName(_("Shown while locked too: {line}").format(line=short))
        shown.setAccessibleDescription(readable_words())
        shown.setObjectName(f"shown {line.id}")
        shown.toggled.connect(partial(self._choose, line))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for key, label, name, there, act in (
            ("up", _("Up"), _("Move up: {line}"), not first, partial(self._move, line, -1)),
            ("down", _("Down"), _("Move down: {line}"), not last, partial(self._move, line, 1)),
            ("change", _("Change"), _("Change: {line}"), True, partial(self._begin, line.kind, line)),
            ("remove", _("Remove"), _("Remove: {line}"), True, partial(self._remove, line)),
        ):
            if not there:
                continue
            button = Button(self.theme, label, "quiet", small=True)
            button.setAccessibleName(name.format(line=short))
            button.setObjectName(f"{key} {line.id}")
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QWidget()
        row.setAccessibleName(short)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(Divider(self.theme))
        column.addSpacing(4)
        column.addWidget(words)
        column.addWidget(shown)
        column.addLayout(buttons)
        return row

    def _begin(self, kind: NightKind, line: NightLine | None, _checked: bool = False) -> None:
        self._target = (kind, line)
        self._list.hide()
        self._done.hide()  # one way on at a time
        self._form.show()
        if line is None:
            self._form.begin(_(KIND_WORDS[kind]))
        else:
            self._form.begin(_(KIND_WORDS[kind]), line.text, line.shown_locked)

    def _restore_focus(self) -> None:
        """After a change the focus is on the same control of the same line, or where one goes on from there."""
        wanted, self._wanted_focus = self._wanted_focus, ""
        found = (group.findChild(QWidget, wanted) for group in self._shown if wanted)
        target = next((control for control in found if isinstance(control, QWidget)), None)
        if target is None and self._undo is not None:
            target = self._take_back
        if self.isVisible():
            (target or self.heading).setFocus(Qt.FocusReason.TabFocusReason)

    # --- changes ------------------------------------------------------------------------------------------------------

    def _with_typed(self, text: str, shown: bool) -> tuple[NightLine, ...]:
        kind, changed = self._target
        typed = [NightLine(uuid4(), kind, words, shown) for words in typed_lines(text)]
        if not typed:
            raise WrongUsage(reason=_("A line needs a word."))
        lines = list(self._lines)
        at = next((place for place, line in enumerate(lines) if changed and line.id == changed.id), None)
        if changed is not None and at is not None:
            lines[at : at + 1] = [replace(typed[0], id=changed.id), *typed[1:]]
        else:
            lines.extend(typed)
        check_lines(lines, self._kinds)
        return tuple(lines)

    def _take(self, text: str, shown: bool) -> None:
        if self._saving_form:
            return
        try:
            lines = self._with_typed(text, shown)
        except WrongUsage as error:
            self._closing = False
            self._form.refuse(" ".join(error.sentences()))
            return
        kind, changed = self._target
        self._wanted_focus = f"add {kind}" if changed is None else f"change {changed.id}"
        self._saving_form = True
        self._keep(lines, undo=None)

    def _choose(self, line: NightLine, shown: bool) -> None:
        self._wanted_focus = f"shown {line.id}"
        lines = (replace(one, shown_locked=shown) if one.id == line.id else one for one in self._lines)
        self._keep(tuple(lines), undo=self._undo)

    def _move(self, line: NightLine, by: int, _checked: bool = False) -> None:
        lines = list(self._lines)
        places = [place for place, one in enumerate(lines) if one.kind is line.kind]
        at = next(number for number, place in enumerate(places) if lines[place].id == line.id)
        if not 0 <= at + by < len(places):
            return  # pressed twice before the list was shown anew
        here, there = places[at], places[at + by]
        lines[here], lines[there] = lines[there], lines[here]
        at_end = at + by in (0, len(places) - 1)
        # At an end the button that was pressed is gone: its opposite is the next thing one may want.
        self._wanted_focus = f"{('down' if by < 0 else 'up') if at_end else ('up' if by < 0 else 'down')} {line.id}"
        self._keep(tuple(lines), undo=None)

    def _remove(self, line: NightLine, _checked: bool = False) -> None:
        place = next((place for place, one in enumerate(self._lines) if one.id == line.id), None)
        if place is None:
            return
        words = _("The line was removed.")
        self._removed.set_text(words)
        announce(self, words)
        lines = (*self._lines[:place], *self._lines[place + 1 :])
        self._keep(lines, undo=_Undo(self._lines[place], place))

    def _undo_removal(self) -> None:
        undo = self._undo
        if undo is not None:
            self._wanted_focus = f"remove {undo.line.id}"
            self._keep((*self._lines[: undo.place], undo.line, *self._lines[undo.place :]), undo=None)

    def _work(self, lines: tuple[NightLine, ...]) -> partial[tuple[NightLine, ...]]:
        return partial(keep_early_signs if self._signs else keep_hard_night, lines=lines, paths=self._paths)

    def _keep(self, lines: tuple[NightLine, ...], *, undo: _Undo | None) -> None:
        self._lines = lines
        self._desk.write(self, self._work(lines), partial(self._is_kept, undo), self._failed)

    def _is_kept(self, undo: _Undo | None, lines: tuple[NightLine, ...]) -> None:
        self._on_disk = lines
        self._undo = undo
        self._trouble.hide()
        typing = self._is_typing() and not self._saving_form
        self._saving_form = False
        self.kept.emit(lines)
        if self._closing:
            self._form.hide()
            self.close()
        elif not typing:
            self._show_list()

    def _failed(self, error: Exception) -> None:
        from_form, self._saving_form, self._closing = self._saving_form, False, False
        self._lines = self._on_disk
        words = error.sentences() if isinstance(error, KnownError) else [_("This could not be saved.")]
        self._trouble.set_text(" ".join(words))
        self._trouble.show()
        if not from_form and not self._is_typing():  # what was typed stays where it is
            self._show_list()
        announce(self, self._trouble.words(), polite=False)


def _hint(kind: NightKind) -> str:
    match kind:
        case NightKind.HELPS:
            return _("Small things are enough. Such as: warm tea, the blue blanket, music without words.")
        case NightKind.WHO:
            return _("Whom you could turn to, and how they like to be asked.")
        case NightKind.TELL:
            return _("Words from a calm day, to you.")
        case NightKind.SIGN:
            return _("Such as: I stop answering messages.")


def _about(*, signs: bool) -> str:
    if signs:
        return _("How you notice that things get harder again, in your words. What you write stays in the journal.")
    return _("Written on a calm day, for a night when thinking is hard. What you write stays in the journal.")
