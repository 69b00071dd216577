"""Share: saving a file, what is said before and after, and the list of what was shared before."""

from __future__ import annotations

import hashlib
import stat
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from integrate.domain.listing import Stop
from integrate.domain.sessions import Line, LineKind
from integrate.domain.sharing import FileKind, Section
from integrate.journal.ledger import list_shared
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_line, list_lines
from integrate.journal.shareable import shareable_summaries
from integrate.sharing.paper import SHEET_ORDER, SheetPart
from integrate.sharing.saving import SavedFile
from integrate.ui.pages.share.copy_sheet import CopySheet
from integrate.ui.pages.share.ledger_part import DetailsSheet
from integrate.ui.pages.share.paper_part import PaperSheet
from integrate.ui.pages.share.saving import ConfirmSheet, save
from integrate.ui.pages.share.words import ENDINGS
from integrate.ui.platform.dialogs import FileDialog
from tests.helpers.courses import a_session, planned, sessions_of
from tests.sharing.pdf_tools import words_of
from tests.ui.pages.settings_world import SLOW
from tests.ui.pages.share.share_world import PHRASE, ShareWorld, write_everything
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def chosen(world: ShareWorld) -> None:
    """Choose Ines and everything usual, with totals only."""
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    page.chooser.sections.question.totals.click()
    world.ready()


def save_into(world: ShareWorld, folder: Path) -> None:
    """Go through the dialog of Qt's own, as a person would."""
    (dialog,) = world.program.window.findChildren(FileDialog)
    name = Path(dialog.selectedFiles()[0]).name
    dialog.setDirectory(str(folder))
    dialog.selectFile(name)
    dialog.accept()
    run_events()


def ended(world: ShareWorld) -> str:
    wait_until(lambda: world.share.file.result.isVisible(), SLOW)
    return world.share.file.result.words()


def test_a_pdf_is_saved_opens_with_the_phrase_and_is_in_the_list(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    world.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet = world.sheet(ConfirmSheet)
    assert sheet.text.words() == (
        "This file will hold 2 sessions, 2 questionnaires and 0 entries. Anyone with the file and its passphrase can "
        "read it, and it cannot be called back."
    )
    assert sheet.look.hasFocus()
    assert not list(folder.iterdir())
    sheet.save_button.click()
    save_into(world, folder)
    words = ended(world)
    (file,) = folder.iterdir()
    assert words == f"Saved as {file.name}. integrate did not send it anywhere."
    assert file.name.startswith("summary-2026-10-08")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    with pikepdf.open(file, password=PHRASE) as opened:
        assert len(opened.pages) > 1
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert digest in page.file.saved.sum.words().replace(" ", "")
    page.file.saved.folder.click()
    (shown,) = world.program.window.findChildren(FileDialog)
    assert Path(shown.directory().absolutePath()) == folder
    shown.reject()
    run_events()
    wait_until(lambda: bool(page.ledger.details))
    assert page.chooser.days.since_button.isVisible()
    page.ledger.details[0].click()
    details = world.sheet(DetailsSheet)
    assert details.heading.words() == file.name
    details.close()
    page.doings.check_file(file)
    wait_until(lambda: "byte for byte" in page.ledger.answer.words())
    file.write_bytes(file.read_bytes() + b" ")
    page.doings.check_file(file)
    wait_until(lambda: "none of these files" in page.ledger.answer.words())
    page.doings.check_file(folder / "gone.pdf")
    wait_until(lambda: "gone.pdf" in page.ledger.answer.words() and "none of" not in page.ledger.answer.words())


def test_look_once_more_saves_nothing(world: ShareWorld) -> None:
    chosen(world)
    sheet = world.share.doings.save()
    assert sheet is not None
    sheet.look.click()
    run_events()
    assert not world.program.window.findChildren(FileDialog)
    assert not world.share.file.result.isVisible()


def test_an_open_kind_asks_once_with_a_tick(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    assert not page.file.also.isVisible()
    page.file.kinds[FileKind.CSV].choice.click()
    assert not page.file.phrase.isVisible()
    assert "the dose" in page.file.also.words(), "what the pages do not show is said before it is saved"
    assert page.file.also.isVisible()
    sheet = page.doings.save()
    assert sheet is not None
    assert not sheet.save_button.isEnabled()
    assert sheet.reason.isVisible()
    sheet.understand.click()
    sheet.save_button.click()
    save_into(world, folder)
    assert ended(world).startswith("Saved as")
    (file,) = folder.iterdir()
    assert file.suffix == ".zip"
    world.ready()
    again = page.doings.save()
    assert again is not None
    assert again.save_button.isEnabled()
    assert not again.understand.isVisible()


def test_a_refusing_disk_says_why_and_keeps_the_choices(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    before = page.chooser.selection()
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    (dialog,) = world.program.window.findChildren(FileDialog)
    missing = folder / "gone"
    missing.mkdir()
    dialog.setDirectory(str(missing))
    dialog.selectFile("a.pdf")
    missing.rmdir()
    dialog.accept()
    words = ended(world)
    assert not words.startswith("Saved")
    assert not page.file.saved.isVisible()
    assert page.chooser.selection() == before
    assert page.file.save_button.isEnabled()
    assert not list(folder.iterdir())


def test_a_typed_phrase_that_is_too_easy_saves_nothing(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    page.file.phrase.another.click()
    page.file.phrase.field.edit.setText("ines moreau")
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    assert "not strong enough" in ended(world)
    assert not list(folder.iterdir())
    assert page.file.phrase.field.text() == "ines moreau"


def test_cancelling_leaves_nothing(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    page.file.cancel.click()
    words, files = ended(world), list(folder.iterdir())  # it may have been whole before it could hear of it
    assert words == "Cancelled. Nothing was saved." if not files else words.startswith("Saved as")
    world.lock()
    with world.journal() as journal:
        assert len(list_shared(journal)) == len(files)


def test_what_is_cancelled_while_it_is_written_leaves_nothing(
    world: ShareWorld, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(journal: Journal, stop: Stop, **given: Any) -> SavedFile:
        begun.set()
        go_on.wait(10)
        return save(journal, stop, **given)

    monkeypatch.setattr("integrate.ui.pages.share.doings.save", slowly)
    chosen(world)
    page = world.share
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    assert begun.wait(10)
    page.file.cancel.click()
    assert page.file.progress.isVisible(), "it is only told once it is true"
    go_on.set()
    assert ended(world) == "Cancelled. Nothing was saved."
    assert not list(folder.iterdir())
    world.lock()
    with world.journal() as journal:
        assert list_shared(journal) == ()


def test_since_last_time_begins_on_the_day_of_the_last_file(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    ended(world)
    wait_until(lambda: page.chooser.days.since_button.isVisible())
    page.chooser.days.since_button.click()
    selection = page.chooser.selection()
    assert selection.since == selection.first_day == page.today()
    world.choose("Nobody")
    assert not page.chooser.days.since_button.isVisible()
    assert page.chooser.selection().since is None


def test_read_only_journals_can_be_shared_from_without_a_line_in_the_list(world: ShareWorld, folder: Path) -> None:
    world.prepare(write_everything)
    page = world.open_page(read_only=True)
    world.choose("Ines")
    page.chooser.sections.boxes[Section.QUESTIONNAIRES].setChecked(False)
    world.ready()
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    assert ended(world).startswith("Saved as")
    assert not page.file.saved.consent.isVisible()
    assert len(list(folder.iterdir())) == 1


def test_a_consent_line_is_looked_at_and_saved(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    ended(world)
    page.file.saved.consent.click()
    paper = world.sheet(PaperSheet)
    wait_until(lambda: paper.leaf.view.image() is not None, SLOW)
    paper.save_to(folder / "consent.pdf")
    wait_until(lambda: paper.said.isVisible())
    assert paper.said.words() == "Saved as consent.pdf. It is not protected."
    with pikepdf.open(folder / "consent.pdf") as opened:
        assert len(opened.pages) == 1


def test_a_file_is_dropped_on_the_list(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    file = folder / "some.pdf"
    file.write_bytes(b"%PDF")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    early = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    page.ledger.dragEnterEvent(early)
    assert not early.isAccepted()  # there is nothing it could be yet
    sheet = page.doings.save()
    assert sheet is not None
    sheet.save_button.click()
    save_into(world, folder)
    ended(world)
    wait_until(lambda: bool(page.ledger.details))
    entering = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    page.ledger.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.ledger.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    wait_until(lambda: page.ledger.answer.words().startswith("some.pdf is none"))


def test_the_sheet_for_the_day_of_a_session_has_no_line_that_is_never_share(world: ShareWorld, folder: Path) -> None:
    def plan(journal: Journal) -> None:
        session = a_session(journal, planned(date(2026, 10, 19)))
        for text, never_share in (("a softer evening", False), ("zanzibar", True)):
            add_line(journal, session.id, LineKind.INTENTION, text, never_share=never_share)

    world.prepare(plan)
    page = world.open_page()
    page.doings.paper.take_along.click()
    paper = world.sheet(PaperSheet)
    wait_until(lambda: paper.leaf.view.image() is not None, SLOW)
    assert paper._pages is not None
    words = words_of(folder, paper._pages.pdf)
    assert "a softer evening" in words
    assert "zanzibar" not in words


def test_what_was_written_on_paper_comes_into_the_journal(world: ShareWorld) -> None:
    world.prepare(lambda journal: a_session(journal, planned(date(2026, 10, 19))))
    page = world.open_page()
    page.doings.paper.copy.click()
    sheet = world.sheet(CopySheet)
    assert [part for part in SHEET_ORDER if part in sheet.fields] == list(sheet.fields)
    sheet.save_button.click()
    assert sheet.said.words() == "One word is enough."
    sheet.fields[SheetPart.INTENTION].set_text("softer\n\nslower")
    sheet.fields[SheetPart.WORDS].set_text("A blue door.")
    sheet.save_button.click()
    wait_until(lambda: not world.sheets())
    world.lock()
    with world.journal() as journal:
        (session,) = sessions_of(journal)
        lines = list_lines(journal, session.id, LineKind.INTENTION)
        assert [line.text for line in lines if isinstance(line, Line)] == ["softer", "slower"]
        (entry,) = shareable_summaries(journal).values
        assert (entry.session, entry.excerpt) == (session.ref, "A blue door.")


def test_every_kind_is_saved(world: ShareWorld, folder: Path) -> None:
    chosen(world)
    page = world.share
    for kind, row in page.file.kinds.items():
        row.choice.click()
        wait_until(lambda: page.at_rest and page.prepared is not None, SLOW)
        wanted = page.doings.wanted()
        assert wanted is not None
        assert (wanted.phrase == PHRASE) is page.file.is_protected()
        page.doings.save_to(wanted, folder / f"{kind.value}{ENDINGS[kind]}")
        wait_until(lambda: page.file.cancel.isHidden(), SLOW)
        assert page.file.result.words().startswith("Saved as"), kind
    wait_until(lambda: len(page.ledger._lines) == len(FileKind))
    assert len(list(folder.iterdir())) == len(FileKind)
