"""The schema and its versions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from integrate.errors import DatabaseDamaged, NewerVersion
from integrate.journal.opening import Access, Journal
from integrate.storage.migrating import REVISIONS, SCHEMA, SCRIPTS, is_ours, schema_of
from integrate.storage.tables import SEALED_TABLES, Base
from tests.conftest import Sample
from tests.helpers.journals import tamper


def test_the_models_are_what_the_migrations_make(journal: Journal) -> None:
    with journal.vault.database.migrate() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_notice_a_difference(journal: Journal) -> None:
    with journal.vault.database.migrate() as connection:
        connection.exec_driver_sql("ALTER TABLE entry ADD COLUMN extra TEXT")
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, Base.metadata) != []
        connection.exec_driver_sql("ALTER TABLE entry DROP COLUMN extra")


def test_the_list_of_revisions_is_the_one_on_disk() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
    assert len(scripts.get_heads()) == 1
    assert len(REVISIONS) == SCHEMA


def test_a_new_journal_has_the_newest_schema(journal: Journal) -> None:
    with journal.vault.database.read() as session:
        assert schema_of(session.connection()) == SCHEMA
    assert journal.vault.meta.min_app_schema == SCHEMA


def test_an_unknown_revision_is_of_a_newer_program(journal: Journal) -> None:
    tamper(journal, "UPDATE alembic_version SET version_num = '9999'")
    with journal.vault.database.read() as session, pytest.raises(NewerVersion):
        schema_of(session.connection())


def test_a_schema_without_a_version_is_damage(journal: Journal) -> None:
    tamper(journal, "DELETE FROM alembic_version")
    with journal.vault.database.read() as session, pytest.raises(DatabaseDamaged):
        schema_of(session.connection())


def test_the_index_is_tuned_for_the_page_and_forgets_what_is_deleted(journal: Journal) -> None:
    with journal.vault.database.read() as session:
        settings = {row.k: row.v for row in session.connection().exec_driver_sql("SELECT k, v FROM entry_fts_config")}
    assert settings["pgsz"] == 3950
    assert settings["secure-delete"] == 1


def test_every_table_with_words_of_a_person_is_sealed() -> None:
    unsealed = {mapper.class_.__tablename__ for mapper in Base.registry.mappers} - {
        model.__tablename__ for model in SEALED_TABLES
    }
    assert unsealed == {"state", "backup", "loss", "entry_tag"}


def test_opening_does_not_import_alembic(sample: Sample) -> None:
    code = (
        "import sys; from pathlib import Path; from integrate.journal.opening import *\n"
        "open_journal(Path(sys.argv[1]), ByWords(sys.argv[2]), Access.WRITE).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    shutil.rmtree(sample.place / "backups")
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(sample.place), sample.words], cwd=root, check=False)
    assert done.returncode == 0
    sample.open(Access.READ).close()
