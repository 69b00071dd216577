"""Photos and files: in by drop, paste and button, large in a sheet, out with a way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSize, QUrl

from integrate.journal.writing import read_attachment
from integrate.ui.pages.journal.entry import attaching
from integrate.ui.pages.journal.entry.strip import PhotoTile
from integrate.ui.pages.journal.entry.viewer import PictureSheet, decode
from integrate.ui.platform.dialogs import FileDialog
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.sheet import Question
from tests.helpers.photos import HIDDEN, photo
from tests.ui.pages.journal_entry.journal_world import JournalWorld
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "beach.jpg"
    path.write_bytes(photo("JPEG", size=(320, 240)))
    return path


def dropped(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def banners(world: JournalWorld) -> list[str]:
    return [banner.accessibleName() for banner in world.program.window.findChildren(Banner) if banner.isVisible()]


def test_a_dropped_photo_makes_an_entry_of_a_new_one_and_loses_what_is_hidden_in_it(
    world: JournalWorld, picture: Path
) -> None:
    world.open_page(new=True)
    world.view.surface.insertFromMimeData(dropped(picture))
    wait_until(lambda: world.view.header.strip.count() == 1)
    world.wait_for_toast("1 photo added. Hidden data (place, camera) was left out.")
    kept = world.kept()
    assert [info.name for info in kept.attachments] == ["beach.jpg"]
    data = world.ask(lambda journal: read_attachment(journal, kept.attachments[0].id))
    assert not any(hidden in data for hidden in HIDDEN)
    assert world.view.header.strip.findChildren(PhotoTile)
    assert len(world.listed()) == 1


def test_a_file_that_is_no_photo_is_added_as_it_is(world: JournalWorld, tmp_path: Path) -> None:
    first = world.prepare(world.written("first"))[0]
    letter = tmp_path / "letter & more.pdf"
    letter.write_bytes(b"%PDF-1.4 nothing")
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.view.surface.insertFromMimeData(dropped(letter))
    world.wait_for_toast("1 file added")
    chip = next(chip for chip in world.view.header.strip.findChildren(Chip))
    assert chip.words() == "letter & more.pdf, 16 bytes"
    assert world.kept().attachments[0].media_type == "application/pdf"


def test_a_photo_that_cannot_be_cleaned_is_added_and_that_is_said(world: JournalWorld, tmp_path: Path) -> None:
    world.open_page(new=True)
    path = tmp_path / "moving.gif"
    path.write_bytes(photo("GIF", hidden=False))
    world.entry.attacher.take_files([path])
    world.wait_for_toast("could not be taken out of this kind of file")
    assert world.kept().attachments[0].media_type == "image/gif"


def test_a_pasted_picture(world: JournalWorld) -> None:
    world.open_page(new=True)
    mime = QMimeData()
    mime.setData("image/png", photo("PNG"))
    world.view.surface.insertFromMimeData(mime)
    wait_until(lambda: world.view.header.strip.count() == 1)
    assert world.kept().attachments[0].name == "Pasted photo.png"


def test_the_button_opens_a_dialog_of_our_own(world: JournalWorld, picture: Path) -> None:
    world.open_page(new=True)
    world.program.perform("attach")
    dialog = world.program.window.findChildren(FileDialog)[0]
    assert dialog.windowTitle() == "Add a photo or file"
    dialog._chosen((picture,))
    dialog.close()
    wait_until(lambda: world.view.header.strip.count() == 1)


def test_what_is_too_large_or_missing_is_told_and_the_rest_is_added(
    world: JournalWorld, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.storage import attachments

    world.open_page(new=True)
    large = tmp_path / "film.mov"
    large.write_bytes(b"0" * 200_000)
    monkeypatch.setattr(attachments, "MAX_SIZE", 100_000)
    world.entry.attacher.take_files([large, tmp_path / "not there.jpg", picture])
    wait_until(lambda: world.view.header.strip.count() == 1)
    assert len(banners(world)) == 1
    assert "not there.jpg" in banners(world)[0]
    assert len(world.kept().attachments) == 1


def test_a_photo_finds_its_entry_also_after_another_one_was_opened(world: JournalWorld, picture: Path) -> None:
    old = world.prepare(world.written("old"))[0]
    world.open_page(new=True)
    world.entry.attacher.take_files([picture])
    world.show(old)
    wait_until(lambda: len(world.listed()) == 2)
    born = next(entry.id for entry in world.listed() if entry.id != old)
    wait_until(lambda: len(world.kept(born).attachments) == 1)
    assert world.view.header.strip.count() == 0


def test_a_new_entry_with_only_a_photo_stays(world: JournalWorld, picture: Path) -> None:
    old = world.prepare(world.written("old"))[0]
    world.open_page(new=True)
    world.entry.attacher.take_files([picture])
    wait_until(lambda: world.view.header.strip.count() == 1)
    world.show(old)
    world.settle()
    assert len(world.listed()) == 2


def with_photo(world: JournalWorld, picture: Path) -> PhotoTile:
    world.open_page(new=True)
    world.type_words("words")
    world.entry.attacher.take_files([picture])
    wait_until(lambda: world.view.header.strip.count() == 1)
    return world.view.header.strip.findChildren(PhotoTile)[0]


def test_a_photo_is_there_again_when_the_entry_is_opened(world: JournalWorld, picture: Path) -> None:
    with_photo(world, picture)
    world.settle()
    entry_id = world.entry.current_id()
    assert entry_id is not None
    world.entry.show_nothing()
    world.show(entry_id)
    wait_until(lambda: world.view.header.strip.count() == 1)


def test_a_photo_is_shown_large_and_removed_with_a_way_back(world: JournalWorld, picture: Path) -> None:
    with_photo(world, picture).click()
    sheet = world.sheet(PictureSheet)
    wait_until(lambda: not sheet.picture._image.isNull())
    assert sheet.picture._image.size() == QSize(320, 240)
    sheet.remove_button.click()
    world.wait_for_toast("Photo removed")
    assert world.view.header.strip.count() == 0
    assert world.kept().attachments == ()
    world.undo_toast()
    wait_until(lambda: world.view.header.strip.count() == 1)
    assert [info.name for info in world.kept().attachments] == ["beach.jpg"]


def test_a_copy_goes_out_after_a_warning(world: JournalWorld, picture: Path, tmp_path: Path) -> None:
    info = with_photo(world, picture).info
    world.entry.attacher.save_copy(info)
    question = world.sheet(Question)
    assert question.text.words() == "This file is not protected. Anyone who has it can read it."
    question.buttons["save"].click()
    dialog = world.program.window.findChildren(FileDialog)[0]
    assert Path(dialog.selectedFiles()[0]).name == "beach.jpg"
    dialog.close()
    target = tmp_path / "out.jpg"
    world.entry.attacher._write_copy(info, target)
    world.wait_for_toast("Saved as out.jpg")
    assert target.read_bytes() == world.ask(lambda journal: read_attachment(journal, info.id))


def test_a_picture_is_decoded_no_larger_than_it_is_shown() -> None:
    assert decode(photo("JPEG", size=(800, 400)), QSize(200, 200)).size() == QSize(200, 100)
    assert decode(photo("PNG", size=(80, 40)), QSize(200, 200)).size() == QSize(80, 40)
    assert decode(b"no picture", QSize(200, 200)).isNull()


def test_what_the_toast_says() -> None:
    clean = attaching.Ready(lambda *_: None, is_photo=True, cleaned=True)  # type: ignore[arg-type]  # not called
    other = attaching.Ready(lambda *_: None, is_photo=False, cleaned=False)  # type: ignore[arg-type]  # not called
    assert attaching.added_words([clean, clean]) == "2 photos added. Hidden data (place, camera) was left out."
    assert attaching.added_words([other, other]) == "2 files added"
    assert attaching.added_words([clean, other]).startswith("2 photos and files added.")


def test_read_only_shows_photos_and_takes_none(world: JournalWorld, picture: Path) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(read_only=True, entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.entry.attacher.take_files([picture])
    run_events()
    assert world.view.header.strip.count() == 0
