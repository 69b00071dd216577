"""What can be done on Threads: sheets are opened and put to use; what can be undone comes with a toast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject
from shiboken6 import isValid

from integrate.domain.entry import Phase
from integrate.domain.moments import Moment
from integrate.domain.practices import Reply, Said
from integrate.domain.sessions import Line
from integrate.domain.threads import Insight, Practice, Station, Thread
from integrate.i18n import _
from integrate.journal.insights import delete_insight, restore_insight
from integrate.journal.letters import ClosedLetter, SavedLetter, delete_letter, open_letter, restore_letter
from integrate.journal.opening import Journal
from integrate.journal.practices import (
    PracticeView,
    delete_practice,
    reply_to_practice,
    restore_practice,
    take_back_reply,
)
from integrate.journal.threads import ThreadView, delete_thread, restore_thread
from integrate.ui.pages.threads.choose_sheet import ChooseSheet
from integrate.ui.pages.threads.insight_sheet import InsightSheet, ThoughtSheet
from integrate.ui.pages.threads.letter_sheets import ReadLetterSheet, WriteLetterSheet
from integrate.ui.pages.threads.new_sheet import NewThreadSheet
from integrate.ui.pages.threads.practice_sheet import NewPracticeSheet, PracticeSheet
from integrate.ui.pages.threads.provenance import Provenance
from integrate.ui.pages.threads.sheets import ActSheet
from integrate.ui.pages.threads.thread_sheet import ThreadSheet
from integrate.ui.pages.threads.words import HELP_REPLIES, Item, letter_day

if TYPE_CHECKING:
    from integrate.domain.threads import Letter
    from integrate.journal.drafts import Drafts
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown

Work = Callable[[Journal], object]

_WORDS: Final = "words"


class Doings(QObject):
    """Acts on what is ``shown``, which the page keeps up to date."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._open: list[ActSheet] = []
        self._kept: dict[str, str] = {}  # words of sheets that were closed before they were saved
        self.provenance = Provenance(context, self.close_sheets, self)
        self.shown: Shown | None = None

    def unsaved(self) -> Drafts:
        """The words of sheets that were closed before they were saved."""
        return {key: {_WORDS: words} for key, words in self._kept.items()}

    def take(self, drafts: Drafts) -> None:
        """Words from before a lock are there when the same sheet is opened again."""
        for key, fields in drafts.items():
            if fields.get(_WORDS):
                self._kept.setdefault(key, fields[_WORDS])
        self._context.shell.toast(_("What you had not saved is there again when you open the same sheet."))

    def forget(self) -> None:
        """The journal was locked: no word stays."""
        self._kept.clear()
        self._open.clear()
        self.shown = None

    # --- sheets -------------------------------------------------------------------------------------------------------

    def _show(self, sheet: ActSheet, key: str, again: Callable[[], object]) -> None:
        """Open a sheet. What is written in it outlives closing it: it is there again under ``key``."""
        self._open.append(sheet)
        sheet.closed.connect(partial(self._closed, sheet, key, again))
        sheet.open()

    def _closed(self, sheet: ActSheet, key: str, again: Callable[[], object]) -> None:
        self._open = [one for one in self._open if one is not sheet and isValid(one)]
        words = sheet.unsaved()
        if not self._context.desk.is_open:
            return
        self._kept.pop(key, None)
        if words:
            self._kept[key] = words
            self._context.shell.toast(_("Closed without saving. Your words are kept."), partial(_do, again))

    def close_sheets(self) -> None:
        """Close every sheet of this page, the last one first."""
        for sheet in reversed(self._open.copy()):
            if isValid(sheet):
                sheet.close()

    # --- threads ------------------------------------------------------------------------------------------------------

    def new_thread(self) -> None:
        """Let a thread be begun."""
        if self.shown is None or not self._context.desk.may_write:
            return
        sheet = NewThreadSheet(self._context, self.shown, self._kept.get("thread", ""))
        self._show(sheet, "thread", self.new_thread)

    def open_thread(self, view: ThreadView) -> None:
        """Show all of a thread."""
        if self.shown is None:
            return
        goes = self.provenance.goes_to_sessions
        sheet = ThreadSheet(self._context, view, self.shown.today, goes_to_sessions=goes)
        sheet.item_wanted.connect(self.open_item)
        sheet.choose_wanted.connect(partial(self._choose_in, sheet))
        sheet.add_wanted.connect(partial(self._add_in, sheet))
        sheet.delete_wanted.connect(partial(self._delete_thread, view.thread))
        self._show(sheet, "", partial(self.open_thread, view))

    def _choose_in(self, sheet: ThreadSheet, station: Station) -> None:
        self.choose(sheet.view, station)

    def _add_in(self, sheet: ThreadSheet, station: Station) -> None:
        self.add(sheet.view, station)

    def choose(self, view: ThreadView, station: Station) -> None:
        """Let what is there be hung at a station."""
        if self.shown is not None:
            sheet = ChooseSheet(self._context, self.shown, view, station)
            self._show(sheet, "", partial(self.choose, view, station))

    def add(self, view: ThreadView, station: Station) -> None:
        """Let something new hang at a station; intentions and moments are chosen."""
        match station:
            case Station.INSIGHT:
                self.add_thought(view)
            case Station.PRACTICE:
                self.begin_practice(view, None)
            case _other:
                self.choose(view, station)

    def _delete_thread(self, thread: Thread) -> None:
        self._delete(
            partial(delete_thread, thread_id=thread.id), _("Thread moved to Recently deleted"),
            partial(restore_thread, thread_id=thread.id),
        )  # fmt: skip

    # --- what hangs on them -------------------------------------------------------------------------------------------

    def press_item(self, item: Item) -> None:
        """Something was pressed on the page: an insight leads to the words it came from, the rest to itself."""
        if isinstance(item, Insight) and (item.source.entry_id or item.source.moment_id):
            self.provenance.show_source(item, self._context.shell.toast)
        else:
            self.open_item(item)

    def open_item(self, item: Item) -> None:
        """Open one thing; intentions and moments in their session."""
        match item:
            case Line():
                self.provenance.show_session(item.session_id, Phase.PREPARE)
            case Moment():
                self.provenance.show_session(item.session_id, Phase.EXPERIENCE)
            case Insight():
                self.open_insight(item)
            case PracticeView():
                self.open_practice(item)

    def add_thought(self, view: ThreadView | None) -> None:
        """Let a thought be written."""
        if self.shown is not None:
            sheet = ThoughtSheet(self._context, self.shown, view, self._kept.get("thought", ""))
            self._show(sheet, "thought", partial(self.add_thought, view))

    def open_insight(self, insight: Insight) -> None:
        """Open an insight."""
        key = str(insight.id)
        sheet = InsightSheet(self._context, insight, self._kept.get(key, ""))
        sheet.source_wanted.connect(partial(self.provenance.show_source, insight, sheet.say))
        sheet.practice_wanted.connect(partial(self._practice_from, insight))
        sheet.delete_wanted.connect(partial(self._delete_insight, insight))
        self._show(sheet, key, partial(self.open_insight, insight))

    def _practice_from(self, insight: Insight) -> None:
        """A practice from an insight hangs on the thread that the insight hangs on."""
        views = self.shown.views() if self.shown is not None else []
        view = next((one for one in views if any(found.id == insight.id for found in one.insights)), None)
        self.begin_practice(view, insight)

    def _delete_insight(self, insight: Insight) -> None:
        self._delete(
            partial(delete_insight, insight_id=insight.id), _("Insight moved to Recently deleted"),
            partial(restore_insight, insight_id=insight.id),
        )  # fmt: skip

    def begin_practice(self, view: ThreadView | None, insight: Insight | None) -> None:
        """Let a practice be begun."""
        if self.shown is not None:
            sheet = NewPracticeSheet(self._context, self.shown, view, insight, self._kept.get("practice", ""))
            self._show(sheet, "practice", partial(self.begin_practice, view, insight))

    def open_practice(self, view: PracticeView) -> None:
        """Open a practice."""
        if self.shown is None:
            return
        key = str(view.practice.id)
        sheet = PracticeSheet(self._context, view, self.shown, self._kept.get(key, ""))
        sheet.reply_wanted.connect(partial(self._reply_in, sheet, view))
        sheet.delete_wanted.connect(partial(self._delete_practice, view.practice))
        self._show(sheet, key, partial(self.open_practice, view))

    def _delete_practice(self, practice: Practice) -> None:
        self._delete(
            partial(delete_practice, practice_id=practice.id), _("Practice moved to Recently deleted"),
            partial(restore_practice, practice_id=practice.id),
        )  # fmt: skip

    def _reply_in(self, sheet: ActSheet, view: PracticeView, reply: Reply) -> None:
        sheet.close()
        self.reply(view, reply)

    def reply(self, view: PracticeView, reply: Reply) -> None:
        """Keep what was said of a practice today; the toast can take it back."""
        if self.shown is None:
            return
        today, found = self.shown.today, view.practice.id
        # A later answer of the day takes the place of an earlier one: undoing it brings that back.
        before = next((one for one in view.said if one.day == today and one.reply in HELP_REPLIES), None)
        work = partial(reply_to_practice, practice_id=found, reply=reply, day=today)
        undo = partial(take_back_reply, practice_id=found, said=Said(today, reply), before=before)
        self._write(work, _("Noted"), undo)

    # --- letters ------------------------------------------------------------------------------------------------------

    def write_letter(self) -> None:
        """Let a letter be written."""
        if self.shown is not None:
            sheet = WriteLetterSheet(self._context, self.shown, self._kept.get("letter", ""))
            self._show(sheet, "letter", self.write_letter)

    def read_letter(self, letter: Letter | ClosedLetter) -> None:
        """Open a letter whose time has come."""
        desk = self._context.desk
        work = partial(open_letter, letter_id=letter.id)
        desk.write(self, work, self._letter_opened, self._context.shell.tell_trouble)

    def _letter_opened(self, saved: SavedLetter) -> None:
        if self.shown is None:
            return
        desk, letter = self._context.desk, saved.letter
        when = letter_day(letter.written, desk.clock.zone(), self.shown.session(letter.session_id), self.shown.today)
        sheet = ReadLetterSheet(self._context, letter, when)
        sheet.delete_wanted.connect(partial(self.delete_letter, letter.id))
        self._show(sheet, "", partial(self.read_letter, letter))

    def delete_letter(self, letter_id: UUID) -> None:
        """Move a letter to Recently deleted, a sealed one unread."""
        self._delete(
            partial(delete_letter, letter_id=letter_id), _("Letter moved to Recently deleted"),
            partial(restore_letter, letter_id=letter_id),
        )  # fmt: skip

    # --- writing ------------------------------------------------------------------------------------------------------

    def _delete(self, work: Work, said: str, undo: Work) -> None:
        """The sheets go first: the toast that can undo it must be in reach."""
        for sheet in self._open:
            sheet.let_go()
        self.close_sheets()
        self._write(work, said, undo)

    def _write(self, work: Work, said: str, undo: Work) -> None:
        desk, shell = self._context.desk, self._context.shell
        desk.write(self, work, partial(self._done, said, undo), shell.tell_trouble)

    def _done(self, said: str, undo: Work, _answer: object) -> None:
        self._context.shell.toast(said, partial(self._undo, undo))

    def _undo(self, work: Work) -> None:
        if self._context.desk.is_open:
            self._context.desk.write(self, work, None, self._context.shell.tell_trouble)


def _do(act: Callable[[], object]) -> None:
    act()
