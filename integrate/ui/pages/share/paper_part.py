"""On paper: the sheet for the day of a session and the line to sign, looked at before they are saved as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.sessions import LineKind
from integrate.domain.sharing import Paper, SharedFile
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.pages.share.preview_part import Leaf
from integrate.ui.pages.share.sheets import ShareSheet
from integrate.ui.pages.share.words import KEEPS_COPIES
from integrate.ui.platform.dialogs import save_file
from integrate.ui.spoken import country_code
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.entry import SessionRef
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.sharing.preview import Pages
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

Work = Callable[["Journal", "Stop"], "Pages"]
"""Makes a sheet of paper beside the main thread."""


class PaperPart(QWidget):
    """What there is on paper: a sheet to take along, and the way back from it. Each button has its signal."""

    take_along_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._may_write = may_write
        self.copy = Button(theme, _("Copy from paper…"), small=True)
        self.take_along = Button(theme, "", small=True)
        told = _("Intentions, questions and what is okay, with a card for your sitter on its back.")
        self.none = Text(theme, _("Once a session is planned, there is a sheet for its day."), "body", "ink2")
        self._told = Text(theme, told, "caption", "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Heading(theme, _("On paper"), 3))
        column.addWidget(self.none)
        column.addWidget(self.take_along, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._told)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeading)
        self.copy.clicked.connect(self.copy_wanted)
        self.take_along.clicked.connect(self.take_along_wanted)
        self.show_coming(None, can_copy=False)

    def show_coming(self, coming: SessionRef | None, *, can_copy: bool) -> None:
        """Offer the sheet of the coming session, and to copy one where there is a session it can be about."""
        self.copy.setVisible(can_copy and self._may_write)
        if coming is not None:
            self.take_along.setText(_("Take-along sheet for session {number}…").format(number=coming.number))
        self.take_along.setVisible(coming is not None)
        self._told.setVisible(coming is not None)
        self.none.setVisible(coming is None)

    def open_sheet(self, context: PageContext, title: str, stem: str, work: Work) -> PaperSheet:
        """Show a sheet of paper; ``stem`` is the name of its file without an ending."""
        sheet = PaperSheet(context, title, stem)
        sheet.open()
        sheet.make(work)
        return sheet


class PaperSheet(ShareSheet):
    """A sheet of paper as it will be, with *Save as PDF…*."""

    def __init__(self, context: PageContext, title: str, stem: str) -> None:
        super().__init__(context, title, width=760)
        theme = context.theme
        self._stem = stem
        self._pages: Pages | None = None
        self.leaf = Leaf(context, 620)
        self.body.addWidget(self.leaf.turner, 0, Qt.AlignmentFlag.AlignTrailing)
        self.body.addWidget(self.leaf)
        self.body.addWidget(Text(theme, _(KEEPS_COPIES), "caption", "ink2"))
        close = Button(theme, _("Close"), "quiet_neutral")
        self.save_button = Button(theme, _("Save as PDF…"), "primary")
        self.save_button.setEnabled(False)
        self.finish(close, self.save_button)
        close.clicked.connect(self.close)
        self.save_button.clicked.connect(self._choose_place)
        self.leaf.failed.connect(self.refused)

    def make(self, work: Work) -> None:
        """Make the sheet, and show its first page."""
        self.leaf.wait(_("Preparing the pages"))
        self.context.desk.read(self, work, self._show, self._not_made)

    def _show(self, pages: Pages) -> None:
        self._pages = pages
        self.save_button.setEnabled(True)
        self.leaf.show_pages(pages)

    def _not_made(self, error: Exception) -> None:
        self.leaf.stop()
        self.refused(error)

    def _choose_place(self) -> None:
        host = self.context.shell.sheet_host()
        save_file(host, _("Save as PDF"), Path.home() / f"{self._stem}.pdf", (), self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the sheet at ``path``."""
        if self._pages is not None:
            work = partial(_write, pdf=self._pages.pdf, path=path)
            self.context.desk.copy(self, work, self._saved, self.refused)

    def _saved(self, path: Path) -> None:
        self.say(_("Saved as {name}. It is not protected.").format(name=path.name))


def consent_work(journal: Journal, _stop: Stop, *, shared: SharedFile, name: str, paper: Paper) -> Pages:
    """The line to sign about a file."""
    from integrate.sharing.paper import ConsentLine, consent_line
    from integrate.sharing.preview import pages_in

    line = ConsentLine(
        saved=shared.saved.local_date(),
        recipient=shared.recipient,
        file_name=shared.file_name,
        sha256=shared.sha256,
        name=name,
        first_day=shared.first_day,
        last_day=shared.last_day,
    )
    return pages_in(consent_line(line, paper))


def take_along_work(
    journal: Journal, stop: Stop, *, ref: SessionRef, name: str, country: str, paper: Paper
) -> Pages:  # fmt: skip
    """The sheet for the day of a session. Lines marked never share are not on it: its back is for somebody else."""
    from integrate.journal import help as help_data
    from integrate.journal.people import list_people
    from integrate.journal.shareable import shareable_sessions
    from integrate.sharing.paper import SitterCard, TakeAlong, take_along_sheet
    from integrate.sharing.preview import pages_in

    found = shareable_sessions(journal, refs=(ref,), stop=stop).values
    lines = found[0].lines if found else ()
    draft = found[0].session.draft if found else None

    def of(kind: LineKind) -> tuple[str, ...]:
        return tuple(line.text for line in lines if line.kind is kind and not line.done)

    known = frozenset(code for code, _name in help_data.countries())
    sitter = SitterCard(
        help_data.country(country_code(country, known, QLocale.system())),
        draft.present if draft is not None else "",
        tuple((person.name, person.number) for person in list_people(journal)),
    )
    sheet = TakeAlong(
        _("Session {number}").format(number=ref.number),
        sitter,
        draft.day if draft is not None else None,
        name,
        of(LineKind.INTENTION),
        of(LineKind.TOUCH),
        of(LineKind.FOR_PRESCRIBER),
        of(LineKind.FOR_THERAPIST),
    )
    today = ZonedTime(journal.clock.now(), journal.clock.zone()).local_date()
    return pages_in(take_along_sheet(sheet, paper, made=today))


def _write(_journal: Journal, _stop: Stop, pdf: bytes, path: Path) -> Path:
    from integrate.system.files import create_private, disk_errors

    with disk_errors(path.parent):
        create_private(path, pdf)
    return path
