"""A closed journal given another place, and one erased."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from integrate.errors import (
    CheckFailed,
    Damaged,
    DiskFull,
    HeaderMissing,
    NotAJournal,
    OpenElsewhere,
    TargetExists,
    WrongUsage,
)
from integrate.journal.checking import check_journal
from integrate.journal.moving import backups_inside, erase_journal, move_journal
from integrate.journal.opening import Access
from integrate.storage import moving
from integrate.storage.header_file import FILE_SIZE
from tests.conftest import Sample
from tests.helpers.journals import fingerprints, shown, write


@pytest.fixture
def filled(sample: Sample) -> Sample:
    with sample.open() as journal:
        write(journal, "kept " * 3000)
    (sample.place / "notes of mine.txt").write_text("beside it", encoding="utf-8")
    return sample


@pytest.fixture
def other_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that a rename from outside cannot reach."""
    disk = tmp_path / "disk"
    disk.mkdir()
    whole = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.is_relative_to(disk) != Path(target).is_relative_to(disk):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return whole(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    return disk


def _is_whole(sample: Sample, place: Path) -> None:
    moved = Sample(place, sample.passphrase, sample.words)
    with moved.open(Access.READ) as journal:
        assert (len(shown(journal)), journal.notices) == (1, ())
    assert check_journal(place, moved.by_words, deep=True).ok


def test_on_one_disk_a_move_changes_no_byte(filled: Sample, tmp_path: Path) -> None:
    before, new = fingerprints(filled.place), tmp_path / "deeper" / "there" / "Moved.integrate"
    assert move_journal(filled.place, new)
    assert not filled.place.exists()
    assert fingerprints(new) == before
    _is_whole(filled, new)


def test_to_another_disk_it_is_copied_compared_and_then_gone(filled: Sample, other_disk: Path) -> None:
    before, new, seen = fingerprints(filled.place), other_disk / "Moved.integrate", []
    assert move_journal(filled.place, new, lambda done, total: seen.append((done, total)))
    assert fingerprints(new) == before
    assert [path.name for path in other_disk.iterdir()] == ["Moved.integrate"]
    assert not filled.place.exists()
    assert not [path for path in filled.place.parent.iterdir() if path.name.endswith(".part")]
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1]
    assert {path.stat().st_mode & 0o777 for path in (new, new / "backups")} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in new.rglob("*") if path.is_file()} == {0o600}
    _is_whole(filled, new)


def test_a_journal_that_was_not_closed_in_order_moves_with_its_log(
    sample: Sample, other_disk: Path, tmp_path: Path
) -> None:
    with sample.open() as journal:
        write(journal, "only in the log")
        killed = sample.copy_to(tmp_path / "Killed.integrate")
    move_journal(killed.place, other_disk / "Moved.integrate")
    with Sample(other_disk / "Moved.integrate", sample.passphrase, sample.words).open() as journal:
        assert [entry.excerpt for entry in shown(journal)] == ["only in the log"]


def test_a_move_never_goes_over_anything(filled: Sample, tmp_path: Path) -> None:
    before = fingerprints(filled.place)
    taken = [tmp_path / "folder", tmp_path / "file", tmp_path / "link", filled.place]
    taken[0].mkdir()
    taken[1].touch()
    taken[2].symlink_to(tmp_path / "nowhere")
    for place in taken:
        with pytest.raises(TargetExists):
            move_journal(filled.place, place)
    with pytest.raises(WrongUsage):
        move_journal(filled.place, filled.place / "backups" / "Inside.integrate")
    assert fingerprints(filled.place) == before


def test_an_open_journal_is_neither_moved_nor_erased(filled: Sample, tmp_path: Path) -> None:
    with filled.open():
        with pytest.raises(OpenElsewhere):
            move_journal(filled.place, tmp_path / "Moved.integrate")
        with pytest.raises(OpenElsewhere):
            erase_journal(filled.place)
    _is_whole(filled, filled.place)


@pytest.mark.parametrize("place", ["nothing", "folder"])
def test_what_is_no_journal_is_neither_moved_nor_erased(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "photo.jpg").touch()
    with pytest.raises(NotAJournal):
        move_journal(tmp_path / place, tmp_path / "Moved.integrate")
    with pytest.raises(NotAJournal):
        erase_journal(tmp_path / place)
    with pytest.raises(NotAJournal):
        backups_inside(tmp_path / place)
    assert (tmp_path / "folder" / "photo.jpg").exists()


def test_a_copy_that_does_not_read_back_is_thrown_away(
    filled: Sample, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprints(filled.place)
    monkeypatch.setattr(moving, "_digest", lambda *_arguments: b"another")
    with pytest.raises(CheckFailed):
        move_journal(filled.place, other_disk / "Moved.integrate")
    assert list(other_disk.iterdir()) == []
    assert fingerprints(filled.place) == before


def test_a_full_disk_leaves_the_journal_where_it_was(
    filled: Sample, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprints(filled.place)

    def full(*_arguments: object) -> bytes:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(moving, "_copy_bytes", full)
    with pytest.raises(DiskFull):
        move_journal(filled.place, other_disk / "Moved.integrate")
    assert list(other_disk.iterdir()) == []
    assert fingerprints(filled.place) == before


class _Cut(BaseException):
    """The power went."""


@pytest.mark.parametrize("step", ["_copy_bytes", "_digest", "publish_folder", "_drop", "_forget", "rmtree"])
@pytest.mark.parametrize("after", [False, True])
def test_stopped_anywhere_there_is_a_whole_journal_and_no_half_one_under_its_name(
    filled: Sample, other_disk: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    new = other_disk / "Moved.integrate"
    owner = shutil if step == "rmtree" else moving
    whole = getattr(owner, step)

    def cut(*arguments: object, **options: object) -> object:
        if step == "publish_folder" and Path(str(arguments[0])) == filled.place:
            return whole(*arguments, **options)  # the try to rename
        if step == "rmtree" and (Path(str(arguments[0])).is_relative_to(other_disk) or not new.exists()):
            return whole(*arguments, **options)
        if after:
            whole(*arguments, **options)
        raise _Cut

    with monkeypatch.context() as at_work:
        at_work.setattr(owner, step, cut)
        with pytest.raises(_Cut):
            move_journal(filled.place, new)
    there = [place for place in (filled.place, new) if place.exists()]
    assert there
    for place in there:
        _is_whole(filled, place)


# --- erasing ----------------------------------------------------------------------------------------------------------


def test_erasing_removes_the_folder_and_everything_in_it(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "gone")
    for name in ("room.log", "room-1.unread", "room-2.unread"):  # what a session room left
        (sample.place / name).write_bytes(b"marks that nobody has read")
    assert erase_journal(sample.place).foreign == ()
    assert not sample.place.exists()


def test_what_is_not_the_journals_stays_and_is_named(filled: Sample) -> None:
    (filled.place / "backups" / "a letter.txt").touch()
    erased = erase_journal(filled.place)
    assert erased.foreign == (filled.place / "backups", filled.place / "notes of mine.txt")
    left = sorted(str(path.relative_to(filled.place)) for path in filled.place.rglob("*"))
    assert left == ["backups", "backups/a letter.txt", "notes of mine.txt"]


def test_the_key_slots_are_overwritten_before_anything_is_removed(
    filled: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hard link to each file shows what is left on the disk under the removed names."""
    part = filled.place / "backups" / f".{'0' * 16}.part"
    part.mkdir()
    shutil.copyfile(filled.place / "backups" / "000001.ibk", part / "backup")
    files = [filled.place / "vault.hdr", filled.place / "backups" / "000001.ibk", part / "backup"]
    old = [path.read_bytes() for path in files]
    links = [tmp_path / f"link{number}" for number in range(len(files))]
    for path, link in zip(files, links, strict=True):
        link.hardlink_to(path)
    synced: list[int] = []
    whole = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(os.fstat(descriptor).st_ino), whole(descriptor)))
    erase_journal(filled.place)
    for link, before in zip(links, old, strict=True):
        after = link.read_bytes()
        assert len(after) == len(before)
        same = sum(a == b for a, b in zip(after[:4096], before[:4096], strict=True))
        assert same < 200, "the slots can still be read"
        assert link.stat().st_ino in synced
    assert links[0].stat().st_size == FILE_SIZE
    assert links[0].read_bytes()[4096:4104] != old[0][4096:4104]


@pytest.mark.parametrize("calls", range(1, 4))
def test_an_erasure_that_was_stopped_can_be_done_again(
    filled: Sample, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    whole, done = Path.unlink, 0

    def cut(path: Path, missing_ok: bool = False) -> None:
        nonlocal done
        done += 1
        if done > calls:
            raise _Cut
        whole(path, missing_ok=missing_ok)

    with monkeypatch.context() as at_work:
        at_work.setattr(Path, "unlink", cut)
        with pytest.raises(_Cut):
            erase_journal(filled.place)
    with pytest.raises(Damaged):
        filled.open()
    assert erase_journal(filled.place).foreign == (filled.place / "notes of mine.txt",)


def test_a_journal_whose_header_is_gone_already_can_be_erased(filled: Sample) -> None:
    (filled.place / "vault.hdr").unlink()
    with pytest.raises(HeaderMissing):
        filled.open()
    assert erase_journal(filled.place).foreign == (filled.place / "notes of mine.txt",)


def test_backups_inside_are_told_by_number_size_and_time(filled: Sample) -> None:
    (backup,) = backups_inside(filled.place)
    file = filled.place / "backups" / "000001.ibk"
    assert (backup.number, backup.size) == (1, file.stat().st_size)
    assert abs(backup.modified.timestamp() - file.stat().st_mtime) < 0.001
