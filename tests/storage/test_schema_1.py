"""A journal of the first schema, made by the program of that time, meets this one (D5)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from integrate.domain.entry import Phase, SessionRef
from integrate.journal.backups import back_up, restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.deleting import recently_deleted
from integrate.journal.finding import get_entry
from integrate.journal.history import entry_history
from integrate.journal.opening import Access, ByWords, Journal, open_journal
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.journal.writing import read_thumbnails
from integrate.storage.backup import read_backup
from integrate.storage.database import Database
from integrate.storage.migrating import REVISIONS
from integrate.storage.opening import SchemaBehindError, open_vault
from tests.conftest import Sample
from tests.helpers.journals import fingerprints, found, shown, write

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "journal-schema-1"
PASSPHRASE = "a journal of the first schema"
WORDS = "result kind fee cotton venture post dog cake divide hip boil below"


@pytest.fixture
def old(tmp_path: Path) -> Sample:
    """The journal as it was: three entries, one of them deleted, a history, tags and a photo; no backups."""
    return Sample(FIXTURE, PASSPHRASE, WORDS).copy_to(tmp_path / "Old.integrate")


def _revision(journal: Journal) -> str:
    with journal.vault.database.read() as session:
        return str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _everything_is_there(journal: Journal) -> None:
    photo, harbour = shown(journal)
    assert (photo.excerpt, photo.phase, photo.session) == (
        "A photo of the pier. 記憶の海", Phase.EXPERIENCE, SessionRef(1, 2)
    )  # fmt: skip
    assert photo.never_share and photo.prompt_id == "E12"
    assert harbour.tags == ("Sea", "breath work")
    assert get_entry(journal, harbour.id).body == "The sea was calm, and so was I."
    assert [revision.draft.body for revision in entry_history(journal, harbour.id)] == ["The sea was calm."]
    ((info, thumbnail),) = read_thumbnails(journal, photo.id)
    assert (info.name, thumbnail is not None) == ("pier.jpg", True)
    assert [entry.title for entry in recently_deleted(journal)] == ["Gone"]  # type: ignore[union-attr]  # readable
    assert found(journal, "calm") == {harbour.id}
    assert found(journal, "記憶") == {photo.id}


@pytest.fixture
def clock_of_that_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in Recently deleted then is still there."""
    monkeypatch.setattr("integrate.journal.opening.purge_deleted_before", lambda *_arguments: ())


@pytest.mark.usefixtures("clock_of_that_time")
@pytest.mark.parametrize("access", list(Access))
def test_it_opens_with_all_that_was_in_it_and_the_newest_schema(old: Sample, access: Access) -> None:
    with old.open(access) as journal:
        assert journal.notices == ()
        assert _revision(journal) == REVISIONS[-1]
        _everything_is_there(journal)
    with old.open() as journal:
        change_preferences(journal, name="Sarah")
        assert read_preferences(journal).name == "Sarah"
    assert check_journal(old.place, old.by_words, deep=True).ok


@pytest.mark.usefixtures("clock_of_that_time")
def test_it_opens_with_its_passphrase(old: Sample) -> None:
    with open_journal(old.place, old.by_passphrase) as journal:
        _everything_is_there(journal)


@pytest.mark.usefixtures("clock_of_that_time")
def test_a_copy_of_the_old_schema_was_made_before_and_can_be_restored(old: Sample, tmp_path: Path) -> None:
    old.open().close()
    (copy,) = (old.place / "backups").iterdir()
    restored = restore_backup(copy, tmp_path / "Restored.integrate", old.by_words)
    assert restored.entries == 2
    vault = open_vault(restored.place, old.by_words.opener(), Access.READ, as_it_is=True)
    with vault:
        assert "setting" not in _tables(vault.database)
    with open_journal(restored.place, ByWords(WORDS), Access.WRITE) as journal:
        assert _revision(journal) == REVISIONS[-1]
        _everything_is_there(journal)


def test_a_check_reads_the_old_schema_and_changes_nothing(old: Sample) -> None:
    before = fingerprints(old.place)
    report = check_journal(old.place, old.by_words)
    assert report.ok and report.checked["entries"] == 3
    assert fingerprints(old.place) == before


def test_only_who_asks_for_it_sees_the_old_schema(old: Sample) -> None:
    with pytest.raises(SchemaBehindError):
        open_vault(old.place, old.by_words.opener(), Access.READ)
    vault = open_vault(old.place, old.by_words.opener(), Access.READ, as_it_is=True)
    vault.close()


def test_a_backup_of_either_schema_reads_back(old: Sample, tmp_path: Path) -> None:
    old.open().close()
    with old.open() as journal:
        (copy,) = (old.place / "backups").iterdir()
        assert read_backup(copy, journal.vault.keys, 1).findings.ok
        back_up(journal, tmp_path / "new.ibk")
        assert read_backup(tmp_path / "new.ibk", journal.vault.keys, 1).findings.ok


_KILLED = """
import os, sys
from pathlib import Path
from integrate.journal.opening import Access, ByWords, open_journal
from integrate.storage import migrating

def cut_off(connection, scripts, target="head", whole=migrating.upgrade):
    whole(connection, scripts, target)
    os._exit(9)

migrating.upgrade = cut_off
open_journal(Path(sys.argv[1]), ByWords(sys.argv[2]), Access.WRITE)
"""


@pytest.mark.usefixtures("clock_of_that_time")
def test_d5_killed_after_the_last_statement_and_before_the_commit_it_has_the_old_schema(old: Sample) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(old.place), WORDS], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 9
    assert len(list((old.place / "backups").glob("*.ibk"))) == 1
    vault = open_vault(old.place, old.by_words.opener(), Access.READ, as_it_is=True)
    with vault:
        assert "setting" not in _tables(vault.database)
    with old.open() as journal:
        assert _revision(journal) == REVISIONS[-1]
        _everything_is_there(journal)
        write(journal, "and on it goes")


def test_the_fixture_is_never_touched() -> None:
    assert sorted(path.name for path in FIXTURE.iterdir()) == ["anchor", "lock", "vault.db", "vault.hdr"]


def _tables(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars())
