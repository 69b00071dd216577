"""Data: where the journal lies, its copies, and how it is moved, checked or erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from integrate.domain.times import ZonedTime
from integrate.i18n import N_, _, ngettext
from integrate.system.paths import looks_synced
from integrate.ui.pages.settings.away import lock_and_erase, lock_and_move
from integrate.ui.pages.settings.copies_sheet import CopiesSheet
from integrate.ui.pages.settings.erase_sheet import EraseSheet
from integrate.ui.pages.settings.full_copy import FullCopyRow
from integrate.ui.pages.settings.import_row import ImportRow, ImportsRow
from integrate.ui.pages.settings.restore_row import RestoreRow
from integrate.ui.pages.settings.rows import ButtonRow, SettingRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.pages.settings.task_line import TaskLine
from integrate.ui.pages.settings.words import entries_words, moment_words, size_words
from integrate.ui.platform.dialogs import choose_folder, save_file
from integrate.ui.widgets.sheet import Answer, ask
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from integrate.domain.listing import Stop
    from integrate.journal.backups import BackupMade
    from integrate.journal.checking import CheckReport
    from integrate.journal.moving import BackupInfo
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_SHORT_HASH = 16
"""Hex digits of a checksum that a person compares; the whole one is in the tooltip."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told about the journal.

    ``size`` in bytes; ``last_copy`` an instant or None; ``very_large``: its photos and files make every backup slow.
    """

    size: int
    entries: int
    last_copy: datetime | None
    copies: tuple[BackupInfo, ...]
    keyring: bool
    very_large: bool


class DataSection(Section):
    """Backing up and checking go on here; moving and erasing lock the journal first."""

    id = "data"
    title = N_("Data")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._facts: Facts | None = None
        self._make_rows()
        self.add(self.where, writes=False)
        self.add(self.copies, writes=False)
        self.add(self.back_up, writes=False)
        self.add(self.restore, writes=False)
        self.add(self.check, writes=False)
        self.add(self.bring_in)
        self.add(self.imports, writes=False)
        self.add(self.full_copy, writes=False)
        self.add(self.move_row)
        self.add(self.other, writes=False)
        self.add(self.erase)
        self.copies.pressed.connect(self.open_copies)
        self.back_up.pressed.connect(self._choose_backup)
        self.check.pressed.connect(self.check_now)
        self.move_row.pressed.connect(self._choose_folder)
        self.other.pressed.connect(partial(context.program.perform, "open_other"))
        self.erase.pressed.connect(self.open_erase)

    def _make_rows(self) -> None:
        theme = self.theme
        self.where = SettingRow(theme, _("Where it lies"))
        self.path = Text(theme, str(self.desk.place), "caption", "ink1", selectable=True)
        self.where.add_below(self.path)
        service = looks_synced(self.desk.place)
        if service:
            synced = _(
                "{service} copies this folder elsewhere. The copies stay encrypted; it can see how large they are and "
                "when they change."
            ).format(service=service)
            self.where.add_below(Text(theme, synced, "caption", "ink2"))
        self.very_large = Text(
            theme,
            _("The photos and files in it have passed 2 GB, so a backup or a check takes a while. Files you also keep "
              "elsewhere can be taken off their entries."),
            "caption", "ink2",
        )  # fmt: skip
        self.very_large.hide()
        self.where.add_below(self.very_large)
        self.copies = ButtonRow(theme, _("Automatic copies"), "", _("Show…"), name=_("Show the automatic copies"))
        self.back_up = ButtonRow(
            theme, _("Back up now"), _("One encrypted file, for another disk. The same passphrase and words open it."),
            _("Back up…"), name=_("Back up now"),
        )  # fmt: skip
        self.backing_up = TaskLine(self.context)
        self.back_up.add_below(self.backing_up)
        self.restore = RestoreRow(self.context)
        self.bring_in = ImportRow(self.context)
        self.imports = ImportsRow(self.context, self.bring_in)
        self.full_copy = FullCopyRow(self.context)
        self.check = ButtonRow(
            theme, _("Check the journal"), _("Reads every page, entry and file in it. Nothing is changed."),
            _("Check"), name=_("Check the journal"),
        )  # fmt: skip
        self.checking = TaskLine(self.context)
        self.check.add_below(self.checking)
        self.move_row = ButtonRow(
            theme, _("Move this journal"), _("To another folder or disk. It locks first, and its copies go with it."),
            _("Move…"), name=_("Move this journal"),
        )  # fmt: skip
        self.other = ButtonRow(
            theme, _("Open another journal"), _("This one locks when the other is chosen."), _("Open…"),
            name=_("Open another journal"),
        )  # fmt: skip
        self.erase = ButtonRow(
            theme, _("Erase this journal"), _("For good. You are told first what stays elsewhere."),
            _("Erase…"), name=_("Erase this journal"),
        )  # fmt: skip

    # --- facts --------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the facts."""
        if self.desk.is_open:
            self.desk.read(self, _facts, self._show, self._not_read)
            self.imports.refresh()

    def _show(self, facts: Facts) -> None:
        self._facts = facts
        self.where.set_note(
            _("{entries}, {size} on the disk with its copies.").format(
                entries=entries_words(facts.entries), size=size_words(facts.size)
            )
        )
        self.very_large.setVisible(facts.very_large)
        if facts.last_copy is None:
            words = _("There is none yet. The first one is made soon after you open the journal.")
        else:
            words = _("Last automatic copy: {moment}. It was opened and read.").format(
                moment=moment_words(facts.last_copy, self.desk.clock)
            )
        self.copies.set_note(words)
        self.copies.button.setEnabled(bool(facts.copies))

    def _not_read(self, error: Exception) -> None:
        self.context.shell.tell_trouble(error)

    def open_copies(self) -> None:
        """Open the list of automatic copies."""
        if self._facts is not None:
            CopiesSheet(self.context, self._facts.copies).open()

    # --- backing up and checking --------------------------------------------------------------------------------------

    def _choose_backup(self) -> None:
        if self.backing_up.running:
            return
        day = ZonedTime(self.desk.clock.now(), self.desk.clock.zone()).local_date()
        start = Path.home() / f"integrate-{day.isoformat()}.ibk"
        filters = (_("Backups of integrate (*.ibk)"),)
        save_file(self.context.shell.sheet_host(), _("Back up now"), start, filters, self.back_up_to)

    def back_up_to(self, file: Path) -> None:
        """Write the backup to ``file``."""
        self.backing_up.start(_("Backing up and reading it again"), partial(_back_up, file=file), self._backed_up)

    def _backed_up(self, made: BackupMade) -> str:
        self.backing_up.result.setToolTip(made.sha256)
        return _(
            "Saved as {name}: {size}, {entries}. It was opened and read before this was said. SHA-256 {sum}…"
        ).format(
            name=made.file.name, size=size_words(made.size), entries=entries_words(made.entries),
            sum=made.sha256[:_SHORT_HASH],
        )  # fmt: skip

    def check_now(self) -> None:
        """Check the open journal."""
        if not self.checking.running:
            self.checking.start(_("Checking the journal"), _check, _checked)

    # --- moving, erasing ----------------------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        self.move_row.set_error("")
        title = _("Choose the folder to move it into")
        choose_folder(self.context.shell.sheet_host(), title, self.desk.place.parent, self.move_into)

    def move_into(self, folder: Path) -> None:
        """Ask whether the journal should be moved into ``folder``, unless that cannot be."""
        place = self.desk.place
        new_place = folder / place.name
        if folder == place.parent:
            self.move_row.set_error(_("It lies in that folder already."))
        elif folder == place or place in folder.parents:
            self.move_row.set_error(_("A journal cannot be moved into itself. Choose another folder."))
        elif new_place.exists():
            self.move_row.set_error(_("There is already something of that name in that folder. Choose another one."))
        else:
            text = _(
                "To {place}. The journal locks first. On another disk it is copied, compared byte for byte, and only "
                "then removed here. You then open it there with your passphrase."
            ).format(place=new_place)
            answers = (Answer("keep", _("Keep it here"), safe=True), Answer("move", _("Lock and move it"), "primary"))
            then = partial(self._move_answered, new_place)
            ask(self.theme, self.context.shell.sheet_host(), _("Move this journal?"), text, answers, then)

    def _move_answered(self, new_place: Path, answer: str) -> None:
        if answer == "move":
            window = self.context.shell.sheet_host()
            lock_and_move(self.theme, window, self.context.program, self.desk.place, new_place)

    def open_erase(self) -> EraseSheet:
        """Ask whether the journal should be erased."""
        copies = len(self._facts.copies) if self._facts is not None else 0
        sheet = EraseSheet(self.context, copies)
        sheet.confirmed.connect(self._erase)
        sheet.open()
        return sheet

    def _erase(self) -> None:
        with_keyring = self._facts is not None and self._facts.keyring
        name = self.desk.journal_id.hex if with_keyring else ""
        lock_and_erase(self.theme, self.context.shell.sheet_host(), self.context.program, self.desk.place, name)


def _facts(journal: Journal, _stop: Stop) -> Facts:
    from integrate.journal.backups import last_good_copy
    from integrate.journal.finding import count_entries
    from integrate.journal.info import journal_info
    from integrate.journal.moving import backups_inside
    from integrate.journal.secrets import keyring_is_on
    from integrate.journal.writing import is_very_large

    return Facts(
        journal_info(journal.place).bytes,
        count_entries(journal),
        last_good_copy(journal),
        backups_inside(journal.place),
        keyring_is_on(journal),
        is_very_large(journal),
    )


def _back_up(journal: Journal, progress: Callable[[int, int], None], file: Path) -> BackupMade:
    from integrate.journal.backups import back_up

    return back_up(journal, file, progress)


def _check(journal: Journal, progress: Callable[[int, int], None]) -> CheckReport:
    from integrate.journal.checking import check_open_journal

    return check_open_journal(journal, progress)


def _checked(report: CheckReport) -> str:
    if report.ok:
        entries = entries_words(report.checked.get("entries", 0))
        return _("Everything is in order: {entries} and all that belongs to them were read.").format(entries=entries)
    count = len(report.problems)
    title = ngettext("{count} thing is not as it should be.", "{count} things are not as they should be.", count)
    return "\n".join((title.format(count=count), *report.problems, _("Nothing was changed. Back up now, to be safe.")))
