"""Share: a packet is chosen on the left, its very pages are seen beside it, and one file is saved of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sharing import Paper, Recipient, Selection
from integrate.domain.times import ZonedTime
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.layout import PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.share.chooser import Chooser
from integrate.ui.pages.share.doings import Doings
from integrate.ui.pages.share.file_part import FilePart
from integrate.ui.pages.share.ledger_part import LedgerPart
from integrate.ui.pages.share.parts import Ground
from integrate.ui.pages.share.preview_part import PreviewPart
from integrate.ui.pages.share.reading import EntryPage, Offer, Prepared, prepare, read_entries, read_offer
from integrate.ui.pages.share.words import CHOOSE_FIRST, first_name
from integrate.ui.scene import first_stop
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.segmented import Segmented
from integrate.ui.widgets.tab_order import tab_through
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.courses import Carer
    from integrate.domain.entry import Changes
    from integrate.domain.listing import Stop

SETTLE: Final = 150
"""Milliseconds after the last choice until the pages are made anew."""

_CHOOSER: Final = 392
_CHOOSER_MEDIUM: Final = 384
_FILE: Final = 274
_PREVIEW: Final = 330
_PREVIEW_ALONE: Final = 584
_ANY_WIDTH: Final = (1 << 24) - 1
_QUIET: Final = frozenset({"preferences"})  # what others write that no file is made of
_STEPS: Final = ("choose", "look", "save")


class SharePage(Page):
    """Choices live as long as the page; it holds no words after the journal is locked."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme = self.theme
        self._width = WidthClass.WIDE
        self._step = _STEPS[0]
        self._offer: Offer | None = None
        self._prepared: Prepared | None = None
        self._is_stale = True
        self._reading: Stop | None = None
        self._preparing: Stop | None = None
        self._entries: Stop | None = None
        self._made_for: Paper | None = None  # the paper of the pages that are shown or being made
        self.chooser = Chooser(context)
        self.preview = PreviewPart(context)
        self.preview_button = Button(theme, _("Preview"))
        self.file = FilePart(theme, may_write=self.desk.may_write)
        self.ledger = LedgerPart(theme)
        self.doings = Doings(context, self, self)
        note = _("Nothing leaves this computer until you save the file. After that, the file is yours to look after.")
        self.note = Text(theme, note, "caption", "ink2")
        self.steps = Segmented(
            theme, _("Steps"), (("choose", _("1 Choose")), ("look", _("2 Look")), ("save", _("3 Save"))), self._step
        )
        self.next = Button(theme, _("Go on"))
        self._soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._lay_out()
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        theme = self.theme
        self._beside = Ground(theme)
        self._inside = QWidget()
        self.scrolled = PageScroll(theme)
        self.scrolled.set_content(self._inside)  # while it is empty: it is laid out once, when it is shown
        self._right = QVBoxLayout(self._inside)
        self._right.setSpacing(20)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(16)
        self._top.addWidget(self.preview, 1)
        self._top.addWidget(self.file)
        self._right.addWidget(self.preview_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._right.addLayout(self._top)
        self._right.addWidget(self.note)
        self._right.addWidget(self.ledger)
        self._right.addWidget(self.doings.paper)
        self._right.addStretch(1)
        around = QVBoxLayout(self._beside)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.scrolled)
        self._head = QWidget()
        head = FlowLayout(self._head, gap=16)
        head.setContentsMargins(24, 12, 24, 0)
        for part in (self.steps, self.next):
            head.addWidget(part)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(0)
        self._columns.addWidget(self.chooser)
        self._columns.addWidget(self._beside, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.chooser.changed.connect(self._choice_changed)
        self.chooser.person_changed.connect(self._show_person)
        self.chooser.days_changed.connect(self._read_entries)
        self.chooser.entries.more_wanted.connect(self._read_more)
        self.file.changed.connect(self._file_changed)
        self.preview_button.clicked.connect(self.preview.enlarge)
        self.preview.leaf.failed.connect(self._not_prepared)
        self.steps.chosen.connect(self._go_to)
        self.next.clicked.connect(self._go_on)
        self._soon.timeout.connect(self._prepare)
        self.desk.changed.connect(self._changed)
        self.theme.changed.connect(self._arrange)
        self.doings.connect_parts()

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Show it; what there is to choose from is read anew where something was written since."""
        if self._is_stale:
            self._read()

    def heading(self) -> QWidget | None:
        """The title."""
        return self.chooser.title

    def regions(self) -> Sequence[QWidget]:
        """The steps where there are any, what is chosen, the pages, the file, the list."""
        parts = (self._head, self.chooser, self.preview, self.file, self.ledger, self.doings.paper)
        return tuple(part for part in parts if part.isVisible() and first_stop(part) is not None)

    def perform(self, action_id: str) -> bool:
        """Save the file."""
        if action_id != "save_report":
            return False
        if self._width is WidthClass.NARROW:
            self._go_to("save")
        self.doings.save()
        return True

    def set_width_class(self, width: WidthClass) -> None:
        """Three columns; two with the pages behind *Preview*; or one in three steps."""
        self._width = width
        self.chooser.set_width_class(width)
        self._arrange()
        self._draw_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for what is being read; after a lock the words go before the widgets do."""
        super().hideEvent(event)
        for stop in (self._reading, self._preparing, self._entries):
            if stop is not None:
                stop.set()
                self._is_stale = True
        self._reading = self._preparing = self._entries = None
        self.preview.leaf.stop()
        if not self.desk.is_open:
            self._offer = self._prepared = None
            self.chooser.clear()
            self.ledger.clear()
            self.preview.show_nothing()
            self.file.phrase.forget()
            self.doings.forget()
            # The typesetter keeps the words of its last pages until it is told to forget them.
            if self._made_for is not None:
                self.context.program.background.submit(self.context.program.theme, _forget_pages, _nothing, _nothing)

    def _arrange(self) -> None:
        narrow, wide = self._width is WidthClass.NARROW, self._width is WidthClass.WIDE
        theme, step = self.theme, self._step
        self._head.setVisible(narrow)
        self.chooser.setVisible(not narrow or step == "choose")
        self._beside.setVisible(not narrow or step != "choose")
        self.preview.setVisible(wide or (narrow and step == "look"))
        self.preview_button.setVisible(not wide and not narrow)
        for part in (self.file, self.note, self.ledger, self.doings.paper):
            part.setVisible(not narrow or step == "save")
        self.next.setVisible(narrow and step != "save")
        chooser = theme.px(_CHOOSER if wide else _CHOOSER_MEDIUM)
        self.chooser.setMinimumWidth(0 if narrow else chooser)
        self.chooser.setMaximumWidth(_ANY_WIDTH if narrow else chooser)
        self.preview.leaf.view.set_across(_PREVIEW_ALONE if narrow else _PREVIEW)
        self.preview.setMaximumWidth(theme.px(_PREVIEW) if wide else _ANY_WIDTH)
        self.file.setMaximumWidth(theme.px(_FILE) if wide else _ANY_WIDTH)
        self.file.setMinimumWidth(theme.px(_FILE) if wide else 0)
        side, top = (24, 20) if not wide else (32, PAGE_TOP - 4)
        self._right.setContentsMargins(side, top, side - 8 if wide else side, 24)
        self.ledger.set_narrow(not wide)
        tab_through((self._head, self.chooser, self._beside))

    def _go_to(self, step: Any) -> None:
        self._step = step
        self.steps.set_value(step)
        self._arrange()
        focused = QApplication.focusWidget()
        if focused is None or not focused.isVisible() or not self.isAncestorOf(focused):
            # What had the focus is out of sight, and it must not go where nobody looks for it.
            self.steps.segments()[_STEPS.index(step)].setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw_again()

    def _go_on(self) -> None:
        self._go_to(_STEPS[_STEPS.index(self._step) + 1])

    def _draw_again(self) -> None:
        """Draw the page where it is in sight again, or larger than before."""
        if self._prepared is not None and self.preview.isVisible():
            self.preview.show_pages(self._prepared.pages)

    # --- what is read -------------------------------------------------------------------------------------------------

    def today(self) -> date:
        """Today, where the person is."""
        return ZonedTime(self.desk.clock.now(), self.desk.clock.zone()).local_date()

    @property
    def prepared(self) -> Prepared | None:
        """What the file would hold now; None while that is being found out, or where nothing is chosen."""
        return self._prepared

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being read or made, and nothing waits for its turn."""
        under_way = (self._reading, self._preparing, self._entries)
        waits = self._is_stale or self._soon.isActive() or self.preview.leaf.busy.isVisible()
        return not waits and all(one is None for one in under_way)

    @property
    def offer(self) -> Offer | None:
        """What there is to choose from; None before it was read."""
        return self._offer

    def person(self) -> Recipient | Carer | None:
        """Who the file is for."""
        return self.chooser.person.person()

    def reason(self) -> str:
        """Why the file cannot be saved now; "" where it can."""
        if self._offer is None:
            return _("One moment.")
        problem = self.chooser.problem()
        if problem:
            return problem
        if self.chooser.selection().is_empty:
            return _(CHOOSE_FIRST)
        if self.file.is_protected() and self.file.phrase.problem():
            return self.file.phrase.problem()
        return "" if self._prepared is not None else _("The pages are being prepared.")

    def show_reason(self) -> None:
        """Say beside the button why it cannot be pressed."""
        self.file.show_reason(self.reason())

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        self._is_stale = False
        work = partial(read_offer, today=self.today())
        self._reading = self.desk.read(self, work, self._show, self._failed)

    def _show(self, offer: Offer) -> None:
        self._reading = None
        self._offer = offer
        self.chooser.show_offer(offer, self.today())
        self.ledger.show_lines(offer.ledger, self.today())
        self.doings.show_offer(offer)
        self._show_person()
        self._read_entries()
        self._choice_changed()

    def _show_person(self) -> None:
        person = self.person()
        self.preview.set_person(first_name(person.name) if person is not None else "")
        self.file.phrase.set_person(person)
        self.show_reason()

    def _read_entries(self, *, skip: int = 0) -> None:
        if self._entries is not None:
            self._entries.set()
        first, last = self.chooser.days.days()
        if not self.desk.is_open or last < first:
            return
        work = partial(
            read_entries, first_day=first, last_day=last, sessions=self.chooser.days.sessions(), skip=skip
        )  # fmt: skip
        show = self._add_entries if skip else self._show_entries
        self._entries = self.desk.read(self, work, show, self._failed)

    def _read_more(self) -> None:
        self._read_entries(skip=self.chooser.entries.shown())

    def _show_entries(self, page: EntryPage) -> None:
        self._entries = None
        self.chooser.entries.begin(page, self.today())
        tab_through((self._head, self.chooser, self._beside))

    def _add_entries(self, page: EntryPage) -> None:
        self._entries = None
        self.chooser.entries.add(page)
        tab_through((self._head, self.chooser, self._beside))

    def _failed(self, error: Exception) -> None:
        self._reading = self._entries = None
        self.context.shell.tell_trouble(error)

    def _changed(self, changes: Changes) -> None:
        if changes.areas - _QUIET:
            self._is_stale = True
            self._prepared = None
            if self.isVisible():
                QTimer.singleShot(0, self, self._read_if_stale)  # what follows in the same turn is read with it

    def _read_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._read()

    # --- the pages ----------------------------------------------------------------------------------------------------

    def _choice_changed(self) -> None:
        """The pages are made anew a moment after the last choice; what is being made for the one before is dropped."""
        self._prepared = None
        if self._preparing is not None:
            self._preparing.set()
            self._preparing = None
        self._soon.start()
        self.show_reason()

    def _file_changed(self) -> None:
        if self.file.chosen_paper() is not self._made_for:
            self._choice_changed()
        self.show_reason()

    def _prepare(self) -> None:
        if not self.desk.is_open or self._offer is None:
            return
        first, last = self.chooser.days.days()
        if last < first or self.chooser.talk.problem():
            self.preview.show_trouble(self.chooser.problem())
            return
        selection = self.chooser.selection()
        paper = self.file.chosen_paper()
        self._made_for = paper
        if selection.is_empty:
            self.preview.show_nothing()
            self.show_reason()
            return
        self.preview.leaf.view.set_paper(paper)
        self.preview.leaf.view.set_words("")
        self.preview.leaf.wait(_("Preparing the pages"))
        work = partial(prepare, selection=selection, paper=paper)
        self._preparing = self.desk.read(self, work, partial(self._show_prepared, selection), self._not_prepared)

    def _show_prepared(self, selection: Selection, prepared: Prepared) -> None:
        self._preparing = None
        self._prepared = prepared
        gone = selection.entries - prepared.packet.selection.entries
        if gone:
            self.chooser.entries.forget_missing(gone)
        if self.preview.isVisible() or self._width is WidthClass.WIDE:
            self.preview.show_pages(prepared.pages)
        else:
            self.preview.leaf.stop()
            self.preview.hold_pages(prepared.pages)
        if prepared.missing_passages:
            self.preview.show_trouble(_("A passage reads differently by now and is not in the file. Choose it again."))
        self.show_reason()

    def _not_prepared(self, error: Exception) -> None:
        """What was chosen stays; why there are no pages is said where they would be."""
        self._preparing = None
        self.preview.leaf.stop()
        self.preview.show_trouble(" ".join(failure_words(error)))
        self.show_reason()
        if not isinstance(error, KnownError):
            self.context.shell.tell_trouble(error)


def _forget_pages() -> None:
    from integrate.sharing.typesetting import forget_pages

    forget_pages()


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""
