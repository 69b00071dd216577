"""A journal of the fourth schema, made by the program of that time, meets this one (D5)."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import SessionRef
from integrate.domain.logs import EffectLog
from integrate.domain.moments import Moment
from integrate.domain.practices import PracticeState
from integrate.domain.sharing import FileKind, SharedFile
from integrate.domain.threads import Insight
from integrate.domain.times import ZonedTime
from integrate.journal.backups import restore_backup
from integrate.journal.check_ins import deleted_check_ins, list_check_ins, read_series
from integrate.journal.checking import check_journal
from integrate.journal.finding import get_entry
from integrate.journal.insights import list_insights
from integrate.journal.ledger import list_shared, note_shared
from integrate.journal.logs import effect_log
from integrate.journal.moments import list_moments
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.practices import PracticeView, list_practices
from integrate.journal.recipients import add_recipient, list_recipients, recipients_on_offer
from integrate.journal.responses import read_scored
from integrate.journal.sessions import session_by_ref
from integrate.storage.database import Database
from integrate.storage.migrating import REVISIONS
from integrate.storage.opening import SchemaBehindError, open_vault
from integrate.storage.sharing_tables import SHARING_TABLES
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import fingerprints, shown

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "journal-schema-4"
PASSPHRASE = "a journal of the fourth schema"
WORDS = "lizard galaxy dentist social live stock trick tank pitch impose sword ready"
NEW = {model.__tablename__ for model in SHARING_TABLES}


@pytest.fixture
def that_day() -> FixedClock:
    """The day it was made: what was in Recently deleted then is still there."""
    return FixedClock(datetime(2026, 9, 14, 9, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def old(tmp_path: Path) -> Sample:
    """The journal as it was: a session, check-ins (one deleted), a questionnaire, a log, an entry; no backups."""
    return Sample(FIXTURE, PASSPHRASE, WORDS).copy_to(tmp_path / "Old.integrate")


def _revision(journal: Journal) -> str:
    with journal.vault.database.read() as session:
        return str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _tables(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def _everything_is_there(journal: Journal) -> None:
    held = session_by_ref(journal, SessionRef(1, 1))
    assert held is not None
    (moment,) = list_moments(journal, held.id)
    assert isinstance(moment, Moment) and moment.mark.words == "The room is wide. 記憶"
    log = effect_log(journal, held.id)
    assert log is not None and isinstance(log.content, EffectLog)  # type: ignore[union-attr]  # readable
    (check_in,) = list_check_ins(journal)
    assert isinstance(check_in, CheckIn)
    assert (check_in.draft.note, check_in.draft.never_share) == ("By the harbour", True)
    assert [answer.value for answer in check_in.draft.answers] == [6, None]
    assert len(deleted_check_ins(journal)) == 1
    assert [series.values for series in read_series(journal).series] == [(6.0,)]
    (scored,) = read_scored(journal).responses
    assert (scored.questionnaire.key, scored.score.total) == ("gad-7", 7)
    (insight,) = list_insights(journal)
    (practice,) = list_practices(journal)
    assert isinstance(insight, Insight) and insight.source.quote == "harbour was quiet"
    assert isinstance(practice, PracticeView) and practice.practice.state is PracticeState.OPEN
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
        assert (list_recipients(journal), list_shared(journal)) == ((), ())
        assert [one.name for one in recipients_on_offer(journal)] == ["Dr Berg"]
    with old.open(clock=that_day) as journal:
        recipient = add_recipient(journal, "Dr Berg", "Therapist").recipient
        saved = ZonedTime(that_day.now(), "Europe/Lisbon")
        shared = SharedFile(
            uuid4(), saved, recipient.id, "Dr Berg", FileKind.PDF, "summary.pdf", 1, bytes(32), True, None, None,
            frozenset(), (), frozenset(), frozenset(),
        )  # fmt: skip
        note_shared(journal, shared)
        assert list_shared(journal) == (shared,)
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
    assert report.ok and report.checked["check_ins"] == 2
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
