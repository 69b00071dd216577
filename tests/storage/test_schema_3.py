"""A journal of the third schema, made by the program of that time, meets this one (D5)."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft
from integrate.domain.entry import SessionRef
from integrate.domain.measures import Measure
from integrate.domain.moments import Moment
from integrate.domain.times import ZonedTime
from integrate.journal.backups import restore_backup
from integrate.journal.check_ins import list_check_ins, read_series, record_check_in
from integrate.journal.checking import check_journal
from integrate.journal.finding import get_entry
from integrate.journal.measures import list_measures
from integrate.journal.moments import deleted_moments, list_moments
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.practices import PracticeView, list_practices
from integrate.journal.sessions import session_by_ref
from integrate.storage.database import Database
from integrate.storage.migrating import REVISIONS
from integrate.storage.mood_tables import MOOD_TABLES
from integrate.storage.opening import SchemaBehindError, open_vault
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import fingerprints, shown

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "journal-schema-3"
PASSPHRASE = "a journal of the third schema"
WORDS = "ahead exercise trick silent trim buddy burst toddler harbor recipe wrong claw"
NEW = {model.__tablename__ for model in MOOD_TABLES}


@pytest.fixture
def that_day() -> FixedClock:
    """The day it was made: what was in Recently deleted then is still there."""
    return FixedClock(datetime(2026, 5, 4, 9, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def old(tmp_path: Path) -> Sample:
    """The journal as it was: two sessions, two moments (one deleted), a practice, an entry; no backups."""
    return Sample(FIXTURE, PASSPHRASE, WORDS).copy_to(tmp_path / "Old.integrate")


def _revision(journal: Journal) -> str:
    with journal.vault.database.read() as session:
        return str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _tables(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def _everything_is_there(journal: Journal) -> None:
    held, planned = (session_by_ref(journal, SessionRef(1, number)) for number in (1, 2))
    assert held is not None and planned is not None
    (moment,) = list_moments(journal, held.id)
    assert isinstance(moment, Moment) and moment.mark.words == "The room is wide. 記憶"
    assert len(deleted_moments(journal)) == 1
    (practice,) = list_practices(journal)
    assert isinstance(practice, PracticeView) and practice.practice.text == "A slow walk"
    (entry,) = shown(journal)
    assert (entry.session, entry.mood_then, entry.tags) == (SessionRef(1, 1), 6, ("Sea",))
    assert get_entry(journal, entry.id).body == "The harbour was quiet."


@pytest.mark.parametrize("access", list(Access))
def test_it_opens_with_all_that_was_in_it_and_the_newest_schema(
    old: Sample, access: Access, that_day: FixedClock
) -> None:
    with old.open(access, clock=that_day) as journal:
        assert journal.notices == ()
        assert _revision(journal) == REVISIONS[-1]
        assert _tables(journal.vault.database) >= NEW
        _everything_is_there(journal)
        assert (list_check_ins(journal), read_series(journal).series) == ((), ())
    with old.open(clock=that_day) as journal:
        mood = list_measures(journal)[0]
        assert isinstance(mood, Measure)
        about = ZonedTime(that_day.now(), "Europe/Lisbon")
        record_check_in(journal, CheckInDraft(about, (Answer(mood.id, mood.version, 6),)))
        (check_in,) = list_check_ins(journal)
        assert isinstance(check_in, CheckIn) and check_in.draft.answers[0].value == 6
        _everything_is_there(journal)
    assert check_journal(old.place, old.by_words, deep=True).ok


def test_a_copy_of_the_old_schema_was_made_before_and_can_be_restored(
    old: Sample, tmp_path: Path, that_day: FixedClock
) -> None:
    old.open(clock=that_day).close()
    (copy,) = (old.place / "backups").iterdir()
    restored = restore_backup(copy, tmp_path / "Restored.integrate", old.by_words)
    with open_vault(restored.place, old.by_words.opener(), Access.READ, as_it_is=True) as vault:
        assert not _tables(vault.database) & NEW
    with open_journal(restored.place, old.by_passphrase, Access.WRITE, clock=that_day) as journal:
        _everything_is_there(journal)


def test_a_check_reads_the_old_schema_and_changes_nothing(old: Sample) -> None:
    before = fingerprints(old.place)
    report = check_journal(old.place, old.by_words)
    assert report.ok and report.checked["sessions"] == 2
    assert "check_ins" not in report.checked
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
