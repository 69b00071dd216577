"""Three readers of one file agree: SQLCipher, another engine for the same format, and one made of plain primitives."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw

from integrate.journal.opening import Access
from integrate.storage.attachments import prepare_attachment
from integrate.storage.tables import Base
from tests.conftest import Sample
from tests.helpers.cleanroom import decrypt_pages
from tests.helpers.journals import raw_key, write

PAPER = Path(__file__).resolve().parents[2] / "docs" / "vault-format.md"
RESERVE = bytes(80)


def dump(execute: Callable[[str], Iterable[Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    tables = sorted(Base.metadata.tables)
    return {name: sorted(map(tuple, execute(f"SELECT * FROM {name}")), key=repr) for name in tables}  # noqa: S608 - names of ours


def test_i7_three_readers_give_the_same_rows(sample: Sample) -> None:
    with sample.open(Access.WRITE) as journal:
        write(journal, "Short.", title="One", tags=("sea",))
        write(journal, "Long 你好 " * 9000, prepare_attachment("notes.bin", bytes(range(256)) * 2000))
        key = raw_key(journal)
    database = sample.place / "vault.db"
    with sample.open(Access.READ) as journal, closing(journal.vault.database.raw_connection()) as connection:
        ours = dump(connection.execute)

    with closing(apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READWRITE)) as other:
        other.execute("PRAGMA cipher='sqlcipher'").fetchall()
        other.execute("PRAGMA legacy=4").fetchall()
        other.execute(f"PRAGMA key=\"x'{key.key.hex()}{key.salt.hex()}'\"").fetchall()
        theirs = dump(other.execute)

    clear = bytearray(b"".join(page + RESERVE for page in decrypt_pages(database, key)))
    clear[18:20] = b"\1\1"  # no write-ahead log in memory
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.deserialize(bytes(clear))
        made_of_primitives = dump(plain.execute)

    assert len(ours["entry"]) == 2 and len(ours["attachment_chunk"]) == 2
    assert theirs == ours
    assert made_of_primitives == ours


def test_i7_the_reader_in_the_paper_reads_every_entry_without_this_program(sample: Sample, tmp_path: Path) -> None:
    body = "A first line, 你好.\n" + "long " * 4000
    with sample.open(Access.WRITE) as journal:
        write(journal, body, title="Found by a stranger")
    match = re.search(r"```python\n(.*?)```", PAPER.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    script = tmp_path / "reader.py"
    script.write_text(match[1], encoding="utf-8")
    words = [sys.executable, "-W", "ignore", str(script), str(sample.place)]
    read = subprocess.run(
        words, input=sample.passphrase + "\n", capture_output=True, encoding="utf-8", check=True, cwd=tmp_path
    )
    assert read.stdout == f"# Found by a stranger\n{body}\n\n"
