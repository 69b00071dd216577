"""What a backup holds is told without making a journal of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from integrate.errors import BackupDamaged, FileMissing, NotUnderstood, WrongSecret
from integrate.journal.backup_content import Contents, look_into_backup
from integrate.journal.backups import back_up
from integrate.journal.deleting import delete_entry
from integrate.journal.opening import ByWords
from tests.conftest import Sample
from tests.helpers.check_ins import check_in
from tests.helpers.courses import a_session
from tests.helpers.journals import flip, write


def test_a_backup_is_read_whole_and_nothing_is_left_beside_it(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with sample.open() as journal:
        write(journal, "The sea.")
        delete_entry(journal, write(journal, "Gone."))
        a_session(journal)
        check_in(journal)
        back_up(journal, folder / "a.backup")
    told = look_into_backup(folder / "a.backup", sample.by_words)
    assert told == Contents(1, 1, 1, 0, date(2026, 3, 2), date(2026, 3, 2))
    assert [path.name for path in folder.iterdir()] == ["a.backup"]


def test_what_is_no_backup_or_does_not_open_is_told(sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    with pytest.raises(FileMissing):
        look_into_backup(file, sample.by_words)
    file.write_bytes(b"Dear diary")
    with pytest.raises(NotUnderstood):
        look_into_backup(file, sample.by_words)
    file.unlink()
    with sample.open() as journal:
        back_up(journal, file)
    words = sample.words.split()
    with pytest.raises(WrongSecret):
        look_into_backup(file, ByWords(" ".join((*words[1:], words[0]))))
    flip(file, file.stat().st_size // 2)
    with pytest.raises(BackupDamaged):
        look_into_backup(file, sample.by_words)
