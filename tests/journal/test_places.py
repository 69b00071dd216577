"""What can be told of journals and their copies without opening anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from integrate.errors import BackupDamaged, WrongPassphrase
from integrate.journal.backups import replace_automatic_backups
from integrate.journal.opening import ByPassphrase
from integrate.journal.places import automatic_copies, free_place, is_journal, journals_in, restore_newest_copy
from tests.conftest import Sample


def test_only_journals_are_listed_and_by_name(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in ("b", "A"):
        sample.copy_to(folder / f"{name}.integrate")
    (folder / "empty.integrate").mkdir()
    (folder / "file.integrate").write_text("")
    assert [place.name for place in journals_in(folder)] == ["A.integrate", "b.integrate"]
    assert journals_in(tmp_path / "nowhere") == ()
    assert not is_journal(folder / "empty.integrate")


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free_place(tmp_path, "Mine").name == "Mine.integrate"
    (tmp_path / "Mine.integrate").mkdir()
    (tmp_path / "Mine 2.integrate").symlink_to(tmp_path / "nowhere")
    assert free_place(tmp_path, "Mine").name == "Mine 3.integrate"


def test_the_newest_copy_that_can_be_read_is_restored(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        replace_automatic_backups(journal)
    good = automatic_copies(sample.place)[0].file
    bad = good.with_name("999999.ibk")
    bad.write_bytes(good.read_bytes()[:-100] + bytes(100))
    os.utime(bad)
    copies = automatic_copies(sample.place)
    assert [copy.file for copy in copies] == [bad, good]
    place = tmp_path / "Copy.integrate"
    restored = restore_newest_copy(copies, sample.by_words, lambda copy: place)
    assert restored.place == place and is_journal(place)


def test_a_wrong_secret_is_no_reason_to_look_at_an_older_copy(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        replace_automatic_backups(journal)
    with pytest.raises(WrongPassphrase):
        restore_newest_copy(
            automatic_copies(sample.place), ByPassphrase("not the passphrase"), lambda copy: tmp_path / "Copy.integrate"
        )
    with pytest.raises(BackupDamaged):
        restore_newest_copy((), sample.by_words, lambda copy: tmp_path / "Copy.integrate")
