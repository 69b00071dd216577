"""Processes killed with -9 in the middle of writing, migrating and backing up (D1, D5, D7)."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from integrate.domain.entry import Unreadable
from integrate.errors import NewerVersion
from integrate.journal.backups import back_up, restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import Access, ByWords, Journal, open_journal
from integrate.storage import migrating, opening
from tests.adversarial.tools import (
    Figure,
    finish,
    lines_of,
    numbered_journal,
    rounds,
    same_as_written,
    share,
    start,
)
from tests.conftest import Sample

ROUNDS_PER_JOURNAL = 5
TODAY, NEXT = migrating.REVISIONS[-1], "next"
REVISION = '''
"""An invented next schema: a table, a column, rows copied one by one, an index."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "NEXT", "TODAY", None, None
def upgrade():
    op.create_table("later", sa.Column("pk", sa.Integer(), primary_key=True), sa.Column("word", sa.Text()))
    with op.batch_alter_table("entry") as batch:
        batch.add_column(sa.Column("later", sa.Integer(), nullable=True))
    for number in range(400):
        op.execute(f"INSERT INTO later (pk, word) VALUES ({number}, hex(randomblob(500)))")
    op.execute("UPDATE entry SET later = 7")
    op.create_index("ix_later", "later", ["word"])
'''


def kill_after(child: subprocess.Popen[bytes], seconds: float) -> list[str]:
    """Wait for the child's first line, then as long, then kill -9; all whole lines it said."""
    assert child.stdout is not None
    first = child.stdout.readline().decode()
    assert first, finish(child)
    time.sleep(seconds)
    child.kill()
    # What the first readline has buffered is in this stream, where communicate() would not look for it.
    rest = child.stdout.read().decode()
    finish(child)
    return lines_of(first + rest)


@dataclass
class Writing:
    """One journal, what was acknowledged for it, and what its children left."""

    sample: Sample
    seed: str
    acknowledged: dict[int, UUID]
    kills: int = 0

    def kill_one(self, source: random.Random) -> None:
        """Let a child write, and kill it 60 to 250 ms after its first acknowledged entry."""
        first = max(self.acknowledged, default=-1) + 2  # one may have been written and not told
        child = start("write", self.sample.place, self.seed, first, words=self.sample.words)
        for line in kill_after(child, source.uniform(0.06, 0.25)):
            number, entry_id = line.split()
            self.acknowledged[int(number)] = UUID(entry_id)
        self.kills += 1

    def verify(self) -> None:
        """Reopen: all that was acknowledged is there, each entry whole, at most one more for each kill."""
        access = Access.READ if self.kills % 2 else Access.WRITE
        with self.sample.open(access) as journal:
            assert journal.notices == ()
            seen = {}
            for item in list_entries(journal):
                assert not isinstance(item, Unreadable)
                entry = get_entry(journal, item.id)
                assert same_as_written(journal, entry, self.seed)
                seen[int(entry.body.split(maxsplit=1)[0])] = item.id
        assert self.acknowledged.items() <= seen.items()
        assert len(seen) <= len(self.acknowledged) + self.kills
        report = check_journal(self.sample.place, self.sample.by_words)
        assert report.ok, report.problems


def kill_writers(template: Sample, tmp_path: Path, least: int, most: int, seconds: float) -> str:
    source = random.Random(1)
    acknowledged = kills = 0
    writing = None
    for number in rounds(least, most, seconds):
        if writing is None or writing.kills == ROUNDS_PER_JOURNAL:
            place = tmp_path / f"J{number}.integrate"
            writing = Writing(template.copy_to(place), f"d1/{number}", {})
        before = len(writing.acknowledged)
        writing.kill_one(source)
        writing.verify()
        acknowledged += len(writing.acknowledged) - before
        kills += 1
        if writing.kills == ROUNDS_PER_JOURNAL:
            shutil.rmtree(writing.sample.place)
    return f"{kills} kills, {acknowledged} acknowledged entries, 0 lost, 0 partial, check ok after each"


def test_d1_killed_writers_lose_nothing_acknowledged(template: Sample, tmp_path: Path, figure: Figure) -> None:
    figure("D1", kill_writers(template, tmp_path, 4, 4, 0))


@pytest.mark.hard
def test_d1_a_hundred_killed_writers_lose_nothing_acknowledged(
    template: Sample, tmp_path: Path, figure: Figure
) -> None:
    figure("D1", kill_writers(template, tmp_path, 100, 500, share(0.12)))


def scripts_with_a_next_schema(folder: Path) -> Path:
    shutil.copytree(migrating.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v9999_next.py").write_text(REVISION.replace("NEXT", NEXT).replace("TODAY", TODAY))
    return folder


def open_as_either_program(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """Open as the older program would, and where the header forbids it, as one that knows the invented schema."""
    monkeypatch.setattr(migrating, "REVISIONS", (*migrating.REVISIONS, NEXT))
    try:
        return sample.open(Access.READ)
    except NewerVersion:
        monkeypatch.setattr(opening, "SCHEMA", len(migrating.REVISIONS))
        return sample.open(Access.READ)


def schema_found(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> str:
    """The schema in the file; it must be wholly the old or wholly the new one, with every entry readable."""
    with monkeypatch.context() as patch, open_as_either_program(sample, patch) as journal:
        assert journal.notices == ()
        with journal.vault.database.read() as session:
            version = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            names = set(session.execute(text("SELECT name FROM sqlite_master")).scalars())
            columns = set(session.execute(text("SELECT name FROM pragma_table_info('entry')")).scalars())
            parts = ["later" in names, "ix_later" in names, "later" in columns]
            if all(parts):
                parts.append(session.execute(text("SELECT count(*) FROM later")).scalar_one() == 400)
                parts.append(session.execute(text("SELECT count(*) FROM entry WHERE later IS NULL")).scalar_one() == 0)
        assert set(parts) == {version == NEXT}, (version, parts)
        assert len(list(list_entries(journal))) == 30
    return str(version)


@pytest.mark.hard
def test_d5_a_killed_migration_is_never_mixed(
    template: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    scripts = scripts_with_a_next_schema(tmp_path / "scripts")
    original = template.copy_to(tmp_path / "Original.integrate")
    numbered_journal(original, 30, "d5")
    length, source = 0.0, random.Random(5)
    found = {TODAY: 0, NEXT: 0}
    for number in rounds(20, 100, share(0.04)):
        sample = original.copy_to(tmp_path / f"J{number}.integrate")
        child = start("migrate", sample.place, scripts, words=sample.words)
        if not number:  # the first one runs to its end, to know how long that takes
            assert child.stdout is not None
            child.stdout.readline()
            began = time.monotonic()
            assert child.stdout.readline() == b"done\n", finish(child)
            length = time.monotonic() - began
        lines = kill_after_or_at_once(child, source.uniform(0, length * 1.1), started=not number)
        version = schema_found(sample, monkeypatch)
        assert version == NEXT or "done" not in lines
        found[version] += 1
        copies = [sample.place / "backups" / name for name in ("000001.ibk", "000002.ibk")]
        assert version == TODAY or copies[1].exists(), "the schema changed before there was a copy"
        for copy in copies:
            if copy.exists():
                restore_backup(copy, tmp_path / f"R{number}-{copy.stem}.integrate", sample.by_words)
        shutil.rmtree(sample.place)
    assert found[TODAY] and found[NEXT], found
    figure("D5", f"{sum(found.values())} kills: {found[TODAY]} old, {found[NEXT]} new schema, 0 mixed")


def kill_after_or_at_once(child: subprocess.Popen[bytes], seconds: float, *, started: bool) -> list[str]:
    if not started:
        return kill_after(child, seconds)
    child.kill()
    return ["done", *lines_of(finish(child))]


def test_d5_an_older_program_refuses_the_newer_schema_also_before_the_header_says_so(
    sample: Sample, tmp_path: Path
) -> None:
    scripts = scripts_with_a_next_schema(tmp_path / "scripts")
    with sample.open() as journal, journal.vault.database.write() as connection:
        migrating.upgrade(connection, scripts)  # and then the program is stopped, before it rewrites the header
    for access in (Access.WRITE, Access.READ):
        with pytest.raises(NewerVersion):
            sample.open(access).close()


@pytest.mark.hard
def test_d7_a_killed_backup_leaves_no_half_file(template: Sample, tmp_path: Path, figure: Figure) -> None:
    sample = template.copy_to(tmp_path / "Journal.integrate")
    ids = numbered_journal(sample, 40, "d7")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    source, finished, parts = random.Random(7), 0, 0
    for number in rounds(15, 50, share(0.04)):
        target = elsewhere / f"copy{number}.ibk"
        how = "file" if number % 2 else "automatic"
        child = start("backup", sample.place, target, how, words=sample.words)
        kill_after(child, source.uniform(0, 0.35))
        backups = sorted((sample.place / "backups").glob("*.ibk"))
        for file in (*elsewhere.glob("*.ibk"), *backups):
            restored = tmp_path / f"R{number}-{file.stem}.integrate"
            assert restore_backup(file, restored, ByWords(sample.words)).entries == (0 if file.stem == "000001" else 40)
            shutil.rmtree(restored)
            finished += file in (target, *backups[1:][-1:])
            if file.parent == elsewhere:
                file.unlink()
        parts += leftovers_are_locked(sample, elsewhere)
        report = check_journal(sample.place, sample.by_words, deep=number % 5 == 0)
        assert report.ok, report.problems
    with open_journal(sample.place, sample.by_words) as journal:
        assert [item.id for item in list_entries(journal)] == ids[::-1]
    left = f"{parts} .part folders left: ciphertext, 0700, removed by the next backup"
    figure("D7", f"{number + 1} kills, {finished} finished copies restored, 0 half files under a name, {left}")


def leftovers_are_locked(sample: Sample, elsewhere: Path) -> int:
    """What a kill leaves is for the owner only and cannot be read; how many folders."""
    found = [path for place in (elsewhere, sample.place / "backups") for path in place.glob(".*.part")]
    for part in found:
        for path in (part, *part.rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path
            if path.is_file():
                data = path.read_bytes()
                assert b"SQLite format 3" not in data
                assert b"Title 1" not in data
                assert b"CREATE TABLE" not in data
    known = {part for part in found if (part / "lock").exists()}  # one killed before its lock waits for a minute
    with sample.open() as journal:
        back_up(journal, elsewhere / "next.ibk")
    (elsewhere / "next.ibk").unlink()
    assert not [part for part in known if part.exists()], "what a killed program left is removed by the next one"
    for part in found:
        shutil.rmtree(part, ignore_errors=True)
    return len(found)
