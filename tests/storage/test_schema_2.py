"""A journal of the second schema, made by the program of that time, meets this one (D5)."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from integrate.domain.courses import Plan
from integrate.domain.entry import Phase, SessionRef
from integrate.domain.sessions import SessionDraft
from integrate.journal.backups import restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.courses import begin_course, list_courses
from integrate.journal.deleting import recently_deleted
from integrate.journal.finding import get_entry
from integrate.journal.history import entry_history
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.preferences import read_preferences
from integrate.journal.sessions import add_session, list_sessions
from integrate.journal.writing import newest_course, read_thumbnails
from integrate.storage.course_tables import COURSE_TABLES
from integrate.storage.database import Database
from integrate.storage.migrating import REVISIONS
from integrate.storage.opening import SchemaBehindError, open_vault
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import fingerprints, found, shown

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "journal-schema-2"
PASSPHRASE = "a journal of the second schema"
WORDS = "wall giraffe harsh injury office eager black ordinary private near unfold use"
NEW = {model.__tablename__ for model in COURSE_TABLES}


@pytest.fixture
def that_day() -> FixedClock:
    """The day it was made: what was in Recently deleted then is still there."""
    return FixedClock(datetime(2026, 3, 3, 9, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def old(tmp_path: Path) -> Sample:
    """The journal as it was: three entries (one deleted), a history, tags, a photo and a name; no backups."""
    return Sample(FIXTURE, PASSPHRASE, WORDS).copy_to(tmp_path / "Old.integrate")


def _revision(journal: Journal) -> str:
    with journal.vault.database.read() as session:
        return str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _tables(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars())


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
    assert read_preferences(journal).name == "Sarah"


@pytest.mark.parametrize("access", list(Access))
def test_it_opens_with_all_that_was_in_it_and_the_newest_schema(
    old: Sample, access: Access, that_day: FixedClock
) -> None:
    with old.open(access, clock=that_day) as journal:
        assert journal.notices == ()
        assert _revision(journal) == REVISIONS[-1]
        assert _tables(journal.vault.database) >= NEW
        _everything_is_there(journal)
        assert (list_courses(journal), list_sessions(journal), newest_course(journal)) == ((), (), 1)
    with old.open(clock=that_day) as journal:
        begin_course(journal, Plan(sessions=8))
        add_session(journal, SessionDraft(day=date(2026, 3, 9)))
        assert [one.ref for one in list_sessions(journal)] == [SessionRef(1, 1)]  # type: ignore[union-attr]  # readable
        _everything_is_there(journal)
    assert check_journal(old.place, old.by_words, deep=True).ok


def test_it_opens_with_its_passphrase(old: Sample, that_day: FixedClock) -> None:
    with open_journal(old.place, old.by_passphrase, clock=that_day) as journal:
        _everything_is_there(journal)


def test_a_copy_of_the_old_schema_was_made_before_and_can_be_restored(
    old: Sample, tmp_path: Path, that_day: FixedClock
) -> None:
    old.open(clock=that_day).close()
    (copy,) = (old.place / "backups").iterdir()
    restored = restore_backup(copy, tmp_path / "Restored.integrate", old.by_words)
    assert restored.entries == 2
    with open_vault(restored.place, old.by_words.opener(), Access.READ, as_it_is=True) as vault:
        assert not _tables(vault.database) & NEW
    with open_journal(restored.place, old.by_words, Access.WRITE, clock=that_day) as journal:
        _everything_is_there(journal)


def test_a_check_reads_the_old_schema_and_changes_nothing(old: Sample) -> None:
    before = fingerprints(old.place)
    report = check_journal(old.place, old.by_words)
    assert report.ok and report.checked["entries"] == 3
    assert "sessions" not in report.checked
    assert fingerprints(old.place) == before


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


def test_d5_killed_after_the_last_statement_and_before_the_commit_it_has_the_old_schema(
    old: Sample, that_day: FixedClock
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(old.place), WORDS], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 9
    assert len(list((old.place / "backups").glob("*.ibk"))) == 1
    with pytest.raises(SchemaBehindError):
        open_vault(old.place, old.by_words.opener(), Access.READ)
    with open_vault(old.place, old.by_words.opener(), Access.READ, as_it_is=True) as vault:
        assert not _tables(vault.database) & NEW
    with old.open(clock=that_day) as journal:
        assert _revision(journal) == REVISIONS[-1]
        _everything_is_there(journal)


def test_the_fixture_is_never_touched() -> None:
    assert sorted(path.name for path in FIXTURE.iterdir()) == ["anchor", "lock", "vault.db", "vault.hdr"]
