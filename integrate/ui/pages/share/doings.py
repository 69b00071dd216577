"""What is done from Share: adding people, passages, measures, saving, and looking whether a file is the one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QLocale, QObject, QTimer

from integrate.domain.courses import ROLE_WORDS, Carer
from integrate.domain.entry import Changes
from integrate.domain.sharing import Recipient, SharedFile
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.ledger import is_this_file
from integrate.ui.pages.share.choose_sheets import MeasuresSheet, PassageSheet
from integrate.ui.pages.share.copy_sheet import CopySheet
from integrate.ui.pages.share.ledger_part import DetailsSheet
from integrate.ui.pages.share.paper_part import PaperPart, consent_work, take_along_work
from integrate.ui.pages.share.saving import ConfirmSheet, Wanted, save
from integrate.ui.pages.share.sheets import PhraseSheet, RecipientSheet
from integrate.ui.pages.share.words import ENDINGS, shared_day, shared_words
from integrate.ui.platform.dialogs import FileDialog, open_file, save_file
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.entry import EntrySummary
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.sharing.saving import SavedFile
    from integrate.ui.page import PageContext
    from integrate.ui.pages.share.chooser import Chooser
    from integrate.ui.pages.share.file_part import FilePart
    from integrate.ui.pages.share.ledger_part import LedgerPart
    from integrate.ui.pages.share.reading import Offer, Prepared

_LOOK: Final = 100  # milliseconds between two looks at the progress


class _Counter:
    """How far saving has come: written beside the main thread, looked at from it."""

    def __init__(self) -> None:
        self.state = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        self.state = (done, total)


@dataclass(slots=True)
class _Run:
    """What became of saving: of one that was given up as well, of which nobody is told an end."""

    over: bool = False
    saved: SavedFile | None = None
    trouble: str = ""


def _noted(journal: Journal, stop: Stop, *, work: Callable[[Journal, Stop], SavedFile], run: _Run) -> SavedFile:
    try:
        run.saved = work(journal, stop)
    except KnownError as error:
        run.trouble = " ".join(error.sentences())
        raise
    finally:
        run.over = True
    return run.saved


class Sharing(Protocol):
    """What is done here needs of the page."""

    chooser: Chooser
    file: FilePart
    ledger: LedgerPart

    @property
    def prepared(self) -> Prepared | None:
        """What the file would hold now; None where that is not known."""

    @property
    def offer(self) -> Offer | None:
        """What there is to choose from; None before it was read."""

    def person(self) -> Recipient | Carer | None:
        """Who the file is for."""

    def reason(self) -> str:
        """Why the file cannot be saved now; "" where it can."""

    def show_reason(self) -> None:
        """Say that beside the button."""

    def today(self) -> date:
        """Today, where the person is."""


class Doings(QObject):
    """Opens the sheets and dialogs of ``page`` and does what they ask for."""

    def __init__(self, context: PageContext, page: Sharing, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._context = context
        self._understood = False
        self._saving: Stop | None = None
        self._counter = _Counter()
        self._saved: SavedFile | None = None
        self._checking: Stop | None = None
        self._run = _Run()
        self.paper = PaperPart(context.theme, may_write=context.desk.may_write)
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)

    def connect_parts(self) -> None:
        """Listen to the parts of the page."""
        page = self._page
        page.chooser.person.add_wanted.connect(self.add_person)
        page.chooser.entries.passage_wanted.connect(self.choose_passage)
        page.chooser.sections.measures_wanted.connect(self.choose_measures)
        page.file.save_wanted.connect(self.save)
        page.file.cancelled.connect(self.cancel)
        page.file.folder_wanted.connect(self.show_in_folder)
        page.file.consent_wanted.connect(self.consent)
        page.file.phrase.new_wanted.connect(self.new_phrase)
        page.ledger.details_wanted.connect(self.show_details)
        page.ledger.check_wanted.connect(self.choose_file_to_check)
        page.ledger.file_dropped.connect(self.check_file)
        self.paper.take_along_wanted.connect(self.take_along)
        self.paper.copy_wanted.connect(self.copy_from_paper)

    def show_offer(self, offer: Offer) -> None:
        """Show what there is to take along on paper."""
        self.paper.show_coming(offer.coming, can_copy=bool(offer.for_paper))

    def forget(self) -> None:
        """The journal is locked."""
        self._saved = None
        self._saving = None
        self._look.stop()

    # --- who it is for ------------------------------------------------------------------------------------------------

    def add_person(self) -> RecipientSheet:
        """Add somebody the file is for."""
        return self._open_person("", "")

    def new_phrase(self) -> PhraseSheet | RecipientSheet | None:
        """Give who it is for a lasting phrase: their first, or a new one."""
        person = self._page.person()
        if isinstance(person, Recipient):
            sheet = PhraseSheet(self._context, person)
            sheet.changed.connect(self._take_person)
            sheet.open()
            return sheet
        if isinstance(person, Carer):
            return self._open_person(person.name, _(ROLE_WORDS[person.role]).lower())
        return None

    def _open_person(self, name: str, role: str) -> RecipientSheet:
        sheet = RecipientSheet(self._context, name, role)
        sheet.added.connect(self._take_person)
        sheet.open()
        return sheet

    def _take_person(self, person: Recipient) -> None:
        self._page.chooser.choose_person(person)
        self._page.file.phrase.set_person(person)
        self._page.file.phrase.theirs.setChecked(True)
        self._page.file.phrase.show_phrase()
        self._page.show_reason()

    # --- what goes along ----------------------------------------------------------------------------------------------

    def choose_passage(self, summary: EntrySummary) -> PassageSheet:
        """Choose words of an entry."""
        entries = self._page.chooser.entries
        sheet = PassageSheet(self._context, summary, entries.passages_of(summary.id))
        sheet.chosen.connect(partial(entries.set_passages, summary.id))
        sheet.open()
        return sheet

    def choose_measures(self) -> MeasuresSheet | None:
        """Choose measures to leave out."""
        offer, sections = self._page.offer, self._page.chooser.sections
        if offer is None:
            return None
        sheet = MeasuresSheet(self._context, offer.measures, sections.left_out)
        sheet.chosen.connect(self._leave_out)
        sheet.open()
        return sheet

    def _leave_out(self, measures: frozenset[object]) -> None:
        sections = self._page.chooser.sections
        sections.set_left_out(measures)  # type: ignore[arg-type]  # a signal knows no more of what it brings
        sections.changed.emit()

    # --- saving -------------------------------------------------------------------------------------------------------

    def save(self) -> ConfirmSheet | None:
        """Say what the file will hold, then ask where it goes. Where it cannot be saved yet, the reason is said."""
        page = self._page
        prepared = page.prepared
        page.show_reason()
        if page.reason() or prepared is None or self._saving is not None:
            return None
        sheet = ConfirmSheet(self._context, prepared, page.file.kind, understood=self._understood)
        sheet.confirmed.connect(self._choose_place)
        sheet.open()
        return sheet

    def wanted(self) -> Wanted | None:
        """The file as it is chosen now; None where it cannot be saved yet."""
        page = self._page
        prepared = page.prepared
        if prepared is None or page.reason():
            return None
        person = page.person()
        return Wanted(
            prepared,
            page.file.kind,
            page.file.chosen_paper(),
            person if isinstance(person, Recipient) else None,
            page.file.phrase.phrase_to_use() if page.file.is_protected() else None,
            page.file.phrase.typed(),
        )

    def _choose_place(self) -> None:
        wanted = self.wanted()
        if wanted is None:
            return
        if not self._page.file.is_protected():
            self._understood = True
        start = Path.home() / f"{wanted.prepared.file_stem}{ENDINGS[wanted.kind]}"
        save_file(self._context.shell.sheet_host(), _("Save the file"), start, (), partial(self.save_to, wanted))

    def save_to(self, wanted: Wanted, target: Path) -> None:
        """Write the file at ``target``."""
        counter = _Counter()
        self._counter = counter
        self._page.file.show_saving(0, 1, "")
        self._page.file.cancel.setEnabled(True)
        self._run = _Run()
        work = partial(save, wanted=wanted, target=target, progress=counter)
        noted = partial(_noted, work=work, run=self._run)
        self._saving = self._context.desk.copy(self, noted, self._was_saved, self._not_saved)
        self._look.start()

    def cancel(self) -> None:
        """Give saving up; nothing of the file stays, unless it was whole before it could hear of it."""
        if self._saving is not None:
            self._saving.set()
            self._page.file.cancel.setEnabled(False)
            self._page.file.progress.set_text(_("Stopping…"))

    def show_in_folder(self) -> FileDialog | None:
        """Show the file that was saved last where it lies, in Qt's own dialog: no other program is told of it."""
        if self._saved is None:
            return None
        file = self._saved.file
        dialog = open_file(self._context.shell.sheet_host(), _("Show in folder"), file.parent, (), _only_looked)
        dialog.setLabelText(FileDialog.DialogLabel.Accept, _("Close"))
        dialog.selectFile(file.name)
        return dialog

    def _show_progress(self) -> None:
        if self._saving is not None and self._saving.is_set:
            if self._run.over:
                self._tell_cancelled()
            return
        done, total = self._counter.state
        percent = done * 100 // total if total > 0 else 0
        words = _("{percent} %").format(percent=QLocale().toString(min(percent, 100))) if total > 0 else ""
        self._page.file.show_saving(done, total, words)

    def _tell_cancelled(self) -> None:
        if self._run.saved is not None:
            self._was_saved(self._run.saved)
        else:
            self._end(self._run.trouble or _("Cancelled. Nothing was saved."))

    def _was_saved(self, saved: SavedFile) -> None:
        self._saved = saved
        self._end(_("Saved as {name}. integrate did not send it anywhere.").format(name=saved.file.name), saved)
        self._page.file.phrase.wipe()
        if saved.shared is not None:
            changes = Changes(frozenset({"shared files"}), frozenset({saved.shared.id}), "")
            self._context.desk.tell(changes)

    def _not_saved(self, error: Exception) -> None:
        """What was chosen stays; the sentence says which file and why."""
        self._end(" ".join(failure_words(error)))
        if not isinstance(error, KnownError):
            self._context.shell.tell_trouble(error)

    def _end(self, words: str, saved: SavedFile | None = None) -> None:
        self._saving = None
        self._run = _Run()
        self._look.stop()
        self._page.file.show_result(words, saved)
        self._page.show_reason()

    # --- the list -----------------------------------------------------------------------------------------------------

    def show_details(self, shared: SharedFile) -> DetailsSheet:
        """One line of the list, whole."""
        sheet = DetailsSheet(self._context, shared, self._page.today())
        sheet.consent_wanted.connect(partial(self._consent_for, shared))
        sheet.open()
        return sheet

    def choose_file_to_check(self) -> None:
        """Ask for a file that may be one of the list."""
        host = self._context.shell.sheet_host()
        open_file(host, _("Is this the file I gave?"), Path.home(), (), self.check_file)

    def check_file(self, path: Path) -> None:
        """Say whether a file is one of the list, byte for byte."""
        if self._checking is not None:
            self._checking.set()
        self._page.ledger.show_answer(_("Looking at {name}").format(name=path.name))
        work, told = partial(_look_up, path=path), partial(self._checked, path)
        self._checking = self._context.desk.copy(self, work, told, partial(self._not_checked, path))

    def _checked(self, path: Path, shared: SharedFile | None) -> None:
        self._checking = None
        if shared is None:
            words = _("{name} is none of these files, or it was changed since.").format(name=path.name)
        else:
            words = _("Yes: {name} is, byte for byte, the file you saved for {person} on {day} ({what}).").format(
                name=path.name,
                person=shared.recipient or _("nobody named"),
                day=shared_day(shared, self._page.today()),
                what=shared_words(shared),
            )
        self._page.ledger.show_answer(words)

    def _not_checked(self, path: Path, error: Exception) -> None:
        self._checking = None
        self._page.ledger.show_answer(" ".join((path.name, *failure_words(error))))

    # --- paper --------------------------------------------------------------------------------------------------------

    def consent(self) -> None:
        """A line to sign about the file that was saved last."""
        if self._saved is not None and self._saved.shared is not None:
            self._consent_for(self._saved.shared)

    def _consent_for(self, shared: SharedFile) -> None:
        name = self._context.desk.preferences.name
        work = partial(consent_work, shared=shared, name=name, paper=self._page.file.chosen_paper())
        stem = f"consent-{shared.saved.local_date().isoformat()}"
        self.paper.open_sheet(self._context, _("Consent line"), stem, work)

    def take_along(self) -> None:
        """The sheet for the day of the coming session."""
        offer = self._page.offer
        if offer is None or offer.coming is None:
            return
        settings = self._context.program.settings
        work = partial(
            take_along_work,
            ref=offer.coming,
            name=self._context.desk.preferences.name,
            country=settings.country,
            paper=self._page.file.chosen_paper(),
        )
        self.paper.open_sheet(self._context, _("Take-along sheet"), f"session-{offer.coming.number}", work)

    def copy_from_paper(self) -> CopySheet | None:
        """Type in what was written on the sheet."""
        offer = self._page.offer
        if offer is None or not offer.for_paper:
            return None
        sheet = CopySheet(self._context, offer.for_paper, self._page.today())
        sheet.open()
        return sheet


def _only_looked(_path: Path) -> None:
    """Nothing is opened: somebody only looked where the file lies."""


def _look_up(journal: Journal, stop: Stop, path: Path) -> SharedFile | None:
    return is_this_file(journal, path, stop)
