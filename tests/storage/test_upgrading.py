"""An older journal meets a newer program (D5)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from integrate.errors import CheckFailed, NewerVersion
from integrate.journal.backups import restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.finding import get_entry
from integrate.journal.opening import Access, Journal
from integrate.storage import migrating
from integrate.storage.header import Meta
from integrate.storage.upgrading import upgrade_journal
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import content, fingerprints, tamper, write

_REVISION = '''"""A later schema, for the tests."""

import os

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("entry", sa.Column("colour", sa.Text(), nullable=True))
    op.create_table("later", sa.Column("pk", sa.Integer(), primary_key=True))
    {ending}
'''


def _scripts(folder: Path, ending: str = "pass") -> Path:
    place = folder / "migrations"
    shutil.copytree(migrating.SCRIPTS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / "v0006_later.py").write_text(_REVISION.format(ending=ending), encoding="utf-8")
    return place


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "REVISIONS", ("0001", "0002", "0003", "0004", "0005", "0006"))
    monkeypatch.setattr(migrating, "SCHEMA", 6)


def _tables(journal: Journal) -> set[str]:
    with journal.vault.database.read() as session:
        return set(session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def _revision(journal: Journal) -> str:
    with journal.vault.database.read() as session:
        return str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


@pytest.mark.usefixtures("newer")
def test_an_upgrade_copies_first_and_then_changes_the_schema(sample: Sample, clock: FixedClock, tmp_path: Path) -> None:
    with sample.open() as journal:
        entry_id = write(journal, "kept", title="Cape")
        before = content(journal)
        upgrade_journal(journal.vault, clock=clock, scripts=_scripts(tmp_path))
        assert _revision(journal) == "0006"
        assert "later" in _tables(journal)
        assert journal.vault.meta.min_app_schema == 6
        assert get_entry(journal, entry_id).summary.title == "Cape"
        with journal.vault.database.read() as session:
            reasons = session.connection().exec_driver_sql("SELECT reason FROM backup ORDER BY number").scalars().all()
        assert reasons[-1] == "before-migration"
    copy = restore_backup(sorted((sample.place / "backups").iterdir())[-1], tmp_path / "Old.integrate", sample.by_words)
    old = Sample(copy.place, sample.passphrase, sample.words)
    with old.open(Access.READ) as journal:
        assert content(journal) == before
        assert _revision(journal) == "0005"


def test_after_the_upgrade_an_older_program_refuses_kindly(
    sample: Sample, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sample.open() as journal, monkeypatch.context() as later:
        later.setattr(migrating, "REVISIONS", ("0001", "0002", "0003", "0004", "0005", "0006"))
        later.setattr(migrating, "SCHEMA", 6)
        upgrade_journal(journal.vault, clock=clock, scripts=_scripts(tmp_path))
    for access in Access:
        with pytest.raises(NewerVersion):
            sample.open(access)


@pytest.mark.usefixtures("newer")
def test_an_upgrade_that_fails_in_the_middle_leaves_the_old_schema(
    sample: Sample, clock: FixedClock, tmp_path: Path
) -> None:
    header = (sample.place / "vault.hdr").read_bytes()
    with sample.open() as journal:
        entry_id = write(journal, "kept")
        tables = _tables(journal)
        with pytest.raises(RuntimeError, match="half way"):
            upgrade_journal(journal.vault, clock=clock, scripts=_scripts(tmp_path, 'raise RuntimeError("half way")'))
        assert (_revision(journal), _tables(journal)) == ("0005", tables)
        assert get_entry(journal, entry_id).body == "kept"
    assert (sample.place / "vault.hdr").read_bytes() == header


_KILLED = """
import sys
from pathlib import Path
from integrate.journal.opening import Access, ByWords, open_journal
from integrate.storage import migrating
from integrate.storage.upgrading import upgrade_journal

journal = open_journal(Path(sys.argv[1]), ByWords(sys.argv[2]), Access.WRITE)
migrating.REVISIONS, migrating.SCHEMA = ("0001", "0002", "0003", "0004", "0005", "0006"), 6
upgrade_journal(journal.vault, scripts=Path(sys.argv[3]))
"""


def test_d5_a_program_killed_in_the_middle_leaves_the_old_schema_and_a_copy(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        entry_id = write(journal, "kept")
        tables = _tables(journal)
    scripts = _scripts(tmp_path, "os._exit(9)")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(sample.place), sample.words, str(scripts)],
        cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert done.returncode == 9
    assert (sample.place / "backups" / "000002.ibk").exists()
    with sample.open() as journal:
        assert journal.notices == ()
        assert (_revision(journal), _tables(journal)) == ("0005", tables)
        assert get_entry(journal, entry_id).body == "kept"
    assert check_journal(sample.place, sample.by_words, deep=True).ok


@pytest.mark.usefixtures("newer")
def test_without_a_good_copy_nothing_is_upgraded(sample: Sample, clock: FixedClock, tmp_path: Path) -> None:
    with sample.open() as journal:
        write(journal, "kept")
        tamper(journal, "UPDATE entry SET title = 'forged'")
        with pytest.raises(CheckFailed):
            upgrade_journal(journal.vault, clock=clock, scripts=_scripts(tmp_path))
        assert _revision(journal) == "0005"


def test_an_upgrade_cut_off_before_the_header_is_finished_at_the_next_opening(sample: Sample) -> None:
    with sample.open() as journal:
        # The schema is there and the header does not say so yet, as after a power cut between the two.
        journal.vault.rewrite_header(journal.vault.header, Meta(1, 0, migrating.SCHEMA - 1))
    with sample.open() as journal:
        assert journal.vault.meta.min_app_schema == migrating.SCHEMA


def test_an_up_to_date_journal_is_left_alone(sample: Sample) -> None:
    before = fingerprints(sample.place)
    sample.open().close()
    assert fingerprints(sample.place) == before
