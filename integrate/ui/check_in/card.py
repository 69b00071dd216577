"""The card "How are you right now?": answered in a few seconds, saved, and ready for another time of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.times import ZonedTime
from integrate.errors import KnownError
from integrate.i18n import _, ngettext
from integrate.journal.check_ins import SavedCheckIn, delete_check_in, record_check_in
from integrate.ui.check_in.form import CheckInForm
from integrate.ui.check_in.last import LastCheckIn
from integrate.ui.check_in.pieces import Asking, CheckedIn
from integrate.ui.check_in.words import clock_words
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.check_ins import CheckInDraft
    from integrate.ui.check_in.asked import Asked
    from integrate.ui.check_in.reading import CheckInNow
    from integrate.ui.page import PageContext
    from integrate.ui.widgets.menu import Menu

_WIDE_SIDE: Final = 24
_NARROW_SIDE: Final = 20
_BETWEEN: Final = 24
_HERE: Final = "check-in"
_NOTE: Final = "note"
_NEVER_SHARE: Final = "never share"
_ORIGIN: Final = "check-in card"


class CheckInPanel(QWidget):
    """Questions, *Save check-in*, and once it is saved "Saved at 14:05" with a way to another one.

    ``brief`` asks the mood and nothing else: for the day of a session. What was chosen and not saved goes with a lock,
    since an hour later it is not how one is right now; a line that was written does not (:meth:`unsaved`). What *Save*
    was pressed for stays with the saver of the desk until the disk takes it.
    ``asks`` follows whenever it may have begun to ask or ended.
    """

    asks = Signal(bool)

    def __init__(self, context: PageContext, *, brief: bool = False) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self._theme = context.theme
        self._brief = brief
        self._now: CheckInNow | None = None
        self._saving = False
        self._asking = Asking()
        self._saved_on: date | None = None
        self._menu: Menu | None = None
        self._kept: dict[str, str] = {}
        self.form = CheckInForm(self._theme)
        self._damaged = Text(self._theme, "", "caption", "ink2")
        self.trouble = Text(self._theme, "", "caption", "danger")
        self.save_button = Button(self._theme, _("Save check-in"), "secondary", small=True)
        self.saved_words = Text(self._theme, "", "body", "ink2")
        self.another_button = LinkText(self._theme, _("Another"))
        self.another_button.setAccessibleName(_("Another check-in"))
        self.more_button = LinkText(self._theme, _("Another measure"), role="caption", token="ink2")
        self.note_button = LinkText(self._theme, _("Add a line"), role="caption", token="ink2")
        self.earlier_button = LinkText(self._theme, _("Earlier check-ins"), role="caption", token="ink2")
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 0)
        foot.setSpacing(16)
        foot.addWidget(self.form.hint, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        self._saved = QWidget()
        saved = QHBoxLayout(self._saved)
        saved.setContentsMargins(0, 0, 0, 0)
        saved.setSpacing(12)
        saved.addWidget(self.saved_words, 0, leading)
        saved.addWidget(self.another_button, 0, leading)
        saved.addStretch(1)
        self._links = QWidget()
        links = (self.more_button, self.note_button, self.earlier_button)
        flow = FlowLayout(self._links, gap=20, line_gap=2)
        for link in links:
            flow.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.form)
        column.addWidget(self._damaged)
        column.addWidget(self.trouble)
        column.addLayout(foot)
        column.addWidget(self._saved)
        column.addWidget(self._links)
        self._damaged.hide()
        self.trouble.hide()

        self.form.lead_to(self.save_button, self.another_button, *links)

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.finished.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.another_button.clicked.connect(self.begin_another)
        self.more_button.clicked.connect(self._offer_more)
        self.note_button.clicked.connect(self._open_note)
        self.earlier_button.clicked.connect(self.open_earlier)

    # --- what is asked ------------------------------------------------------------------------------------------------

    def show_now(self, now: CheckInNow, today: date) -> None:
        """Ask what is asked ``now``. A new day asks anew; what was begun goes on, with the rows it was begun with."""
        self._now = now
        if self._saved_on not in (None, today):
            self._saved_on = None
        wanted = self._wanted(now)
        ids = {asked.measure_id for asked in wanted}
        kept = [row.asked for row in self.form.rows if row.answer().is_given and row.asked.measure_id not in ids]
        self.form.show_asked([*wanted, *kept])
        words = ngettext(
            "One measure could not be read. The rest is fine.", "Some measures could not be read. The rest is fine.",
            max(now.unreadable, 1),
        )  # fmt: skip
        self._damaged.set_text(words)
        self._show_state()

    def _wanted(self, now: CheckInNow) -> list[Asked]:
        if self._brief:
            return [now.mood] if now.mood is not None else []
        return list(now.asked)

    def has_questions(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.form.rows)

    def is_saved(self) -> bool:
        """Whether it says that it is saved, in place of asking."""
        return self._saved_on is not None

    def begin_another(self, _checked: bool = False) -> None:
        """Ask once more, with the first question in the focus."""
        self._saved_on = None
        self._show_state()
        self.form.focus_first()

    def focus_first(self) -> None:
        """Give the focus to the first question; where it was saved before, another check-in begins."""
        if self.is_saved():
            self.begin_another()
        else:
            self.form.focus_first()

    def _show_state(self) -> None:
        asking, whole = not self.is_saved(), not self._brief
        self.form.setVisible(asking)
        self.form.hint.setVisible(asking and self.has_questions())
        self.save_button.setVisible(asking and (whole or not self.form.is_empty()))
        self._damaged.setVisible(asking and whole and self._now is not None and self._now.unreadable > 0)
        self._saved.setVisible(not asking)
        self._links.setVisible(whole)
        self.asks.emit(asking)
        self.more_button.setVisible(asking)
        self.note_button.setVisible(
            asking and not (self.form.note is not None and self.form.note.isVisibleTo(self.form))
        )

    def _changed(self) -> None:
        self._tell("")
        if self.form.is_empty():
            self._desk.saver.forget(self._asking)
        self._show_state()

    def _open_note(self, _checked: bool = False) -> None:
        self.form.open_note()
        self._show_state()

    def _offer_more(self, _checked: bool = False) -> None:
        from integrate.ui.widgets.menu import Menu

        if self._menu is not None:
            self._menu.deleteLater()
        menu = Menu(self._theme, parent=self)
        here = self.form.asked_ids()
        others = () if self._now is None else (*self._now.asked, *self._now.others)
        for asked in others:
            if asked.measure_id not in here:
                menu.add_entry(asked.definition.name, partial(self.form.add, asked))
        menu.addSeparator()
        menu.add_entry(_("Choose what is asked…"), partial(self._context.shell.go, "settings", section="measures"))
        self._menu = menu
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.more_button.width() - menu.sizeHint().width() if mirrored else 0
        menu.popup(self.more_button.mapToGlobal(QPoint(left, self.more_button.height())))

    def open_earlier(self, _checked: bool = False) -> None:
        """Show the check-ins of before."""
        from integrate.ui.check_in.earlier import EarlierSheet

        EarlierSheet(self._context, self._kept).open()

    # --- saving -------------------------------------------------------------------------------------------------------

    def save(self, _checked: bool = False) -> None:
        """Save it. What cannot be saved yet says why, and everything stays as it was chosen."""
        if self._saving or self.is_saved():
            return
        wrong = self.form.first_wrong()
        if wrong is not None:
            wrong.target().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.form.is_empty():
            self._tell(_("There is nothing to save yet. One answer is enough."))
            return
        try:
            draft = self.form.draft(ZonedTime(self._desk.clock.now(), self._desk.clock.zone()))
        except KnownError as error:  # a line of more words than there is room for
            self._refused(error)
            return
        self._saving = True
        piece = CheckedIn(self._asking, draft, partial(record_check_in, origin=_ORIGIN))
        self._desk.saver.save_piece(self, piece, partial(self._done, draft), self._refused)

    def _done(self, draft: CheckInDraft, saved: SavedCheckIn) -> None:
        self._saving = False
        self._asking = Asking()
        had_focus = _has_focus(self)
        about = saved.check_in.draft.about
        self._saved_on = about.local_date()
        self.saved_words.set_text(_("Saved at {time}.").format(time=clock_words(about.local())))
        if had_focus:
            self._saved.show()
            self.another_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.clear()
        self._tell("")
        self._show_state()
        if self._now is not None:
            self.form.show_asked(self._wanted(self._now))
        self._context.shell.toast(_("Check-in saved"), partial(self._undo, saved.check_in.id, draft))

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._tell(" ".join(part for part in failure_words(error) if part))

    def _tell(self, words: str) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def _undo(self, check_in_id: UUID, draft: CheckInDraft) -> None:
        """It goes to Recently deleted; its answers stand here again, unless another check-in was begun meanwhile."""
        self._desk.write(self, partial(delete_check_in, check_in_id=check_in_id), partial(self._undone, draft))

    def _undone(self, draft: CheckInDraft, _changes: object) -> None:
        if not self.is_saved() and not self.form.is_empty():
            return
        self._saved_on = None
        here, now = self.form.asked_ids(), self._now
        for asked in () if now is None else (*now.asked, *now.others):
            given = any(answer.measure_id == asked.measure_id and answer.is_given for answer in draft.answers)
            if given and asked.measure_id not in here:
                self.form.add(asked)
        self.form.show_draft(draft)
        self._show_state()
        self.form.focus_first()

    # --- a lock -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """What *Save* was pressed for and the disk refused is offered again, as it is now."""
        if self._refused_piece() is not None:
            self.save()

    def _refused_piece(self) -> CheckedIn | None:
        held = self._desk.saver.held(lambda piece: piece.of is self._asking)
        return held if isinstance(held, CheckedIn) else None

    def unsaved(self) -> dict[str, dict[str, str]]:
        """Lines that were written and not saved, here and in sheets of earlier check-ins, by what they belong to."""
        found = {check_in_id: {_NOTE: words} for check_in_id, words in self._kept.items()}
        words, held = self.form.words(), self._refused_piece()
        if words and (held is None or held.draft.note != words):
            found[_HERE] = {_NOTE: words, _NEVER_SHARE: "yes"} if self.form.never_share() else {_NOTE: words}
        return found

    def take(self, drafts: Mapping[str, Mapping[str, str]]) -> None:
        """Show a line that was not saved when the journal was locked, unless another one is there."""
        self._kept.update({key: fields[_NOTE] for key, fields in drafts.items() if key != _HERE and _NOTE in fields})
        words = drafts.get(_HERE, {})
        if words.get(_NOTE) and not self.form.words() and not self._brief:
            self._saved_on = None
            self.form.show_words(words[_NOTE], never_share=_NEVER_SHARE in words)
            self._show_state()


def _has_focus(part: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and part.isAncestorOf(focused)


class CheckInCard(Card):
    """The panel below its heading. In a journal open to read only it says the last check-in instead."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme)
        self._theme = context.theme
        self.panel = CheckInPanel(context) if context.desk.may_write else None
        self.last = LastCheckIn(context) if self.panel is None else None
        title = _("How are you right now?") if self.panel is not None else _("Your last check-in")
        self.title = Text(self._theme, title, "title3")
        self.hint = Text(self._theme, _("About 20 seconds. Skip anything."), "caption", "ink3")
        self.setAccessibleName(title)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._head.addWidget(self.hint)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addLayout(self._head)
        inside: QWidget | None = self.panel or self.last
        if inside is not None:
            self._column.addWidget(inside)
        if self.panel is not None:
            self.panel.asks.connect(self.hint.setVisible)
        if self.last is not None:
            self.hint.hide()
            self.hide()

    def show_now(self, now: CheckInNow, at: ZonedTime) -> None:
        """Ask what is asked at a time, or say the last check-in."""
        if self.panel is not None:
            self.panel.show_now(now, at.local_date())
        if self.last is not None:
            self.last.show_past(now.last, at.local_date(), at.zone)

    def has_something(self) -> bool:
        """Whether the card has anything to ask or to say."""
        return self.panel is not None or (self.last is not None and self.last.has_something())

    def focus_first(self) -> None:
        """Give the focus to the first question."""
        if self.panel is not None:
            self.panel.focus_first()

    def unsaved(self) -> dict[str, dict[str, str]]:
        """Lines that were written and not saved."""
        return {} if self.panel is None else self.panel.unsaved()

    def take(self, drafts: Mapping[str, Mapping[str, str]]) -> None:
        """Have such lines again."""
        if self.panel is not None:
            self.panel.take(drafts)

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        side = _NARROW_SIDE if narrow else _WIDE_SIDE
        self._column.setContentsMargins(side, 18, side, 16)
        needed = self.title.sizeHint().width() + _BETWEEN + self.hint.sizeHint().width()
        across = needed <= room - 2 * side
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if across else direction.TopToBottom)
        self._head.setSpacing(_BETWEEN if across else 2)
