"""The file itself, read and damaged from outside: findings F1, F2, F3, F10 and tests I1, I3, I6, P5."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from integrate.domain.entry import Unreadable
from integrate.errors import AnchorDamaged, Damaged, DatabaseDamaged, EndMissing, KnownError, RecordDamaged
from integrate.journal.deleting import purge_entry
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import Access, Journal
from integrate.journal.writing import Sitting, save_entry
from integrate.storage.attachments import prepare_attachment
from integrate.storage.tables import EntryTextRow
from tests.conftest import Sample
from tests.helpers.cleanroom import PAGE, BadPage, RawKey, decrypt_pages
from tests.helpers.journals import draft, flip, pages, raw_key, write

LONG_ROWS = 20


def _read_all(journal: Journal) -> dict[UUID, str]:
    """Every body; an entry that is named as damaged, or raises, counts as noticed: it is not in the answer."""
    bodies: dict[UUID, str] = {}
    for entry in list_entries(journal):
        if not isinstance(entry, Unreadable):
            bodies[entry.id] = get_entry(journal, entry.id).body
    return bodies


# --- the independent reader -------------------------------------------------------------------------------------------


def test_an_independent_reader_finds_the_words_where_the_program_put_them(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "The lighthouse at Cabo Espichel. " * 300, title="Cape")
        key = raw_key(journal)
    plain = pages(sample.place, key)
    assert plain[0].startswith(b"SQLite format 3\x00")
    assert plain[0][16:18] == PAGE.to_bytes(2, "big")
    assert plain[0][20] == 80
    assert any(b"Cabo Espichel" in page for page in plain)
    assert b"Cabo" not in (sample.place / "vault.db").read_bytes()
    assert (sample.place / "vault.db").read_bytes()[:16] == key.salt


def test_an_independent_reader_refuses_another_key_and_a_damaged_page(sample: Sample) -> None:
    with sample.open() as journal:
        key = raw_key(journal)
    with pytest.raises(BadPage):
        decrypt_pages(sample.place / "vault.db", RawKey(bytes(32), key.salt))
    flip(sample.place / "vault.db", 2 * PAGE + 77)
    with pytest.raises(BadPage, match="3"):
        decrypt_pages(sample.place / "vault.db", key)


# --- F1 ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_rows(template: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, list[UUID], RawKey]:
    sample = template.copy_to(tmp_path_factory.mktemp("long") / "Long.integrate")
    with sample.open() as journal:
        ids = [
            write(journal, "A long page of quiet writing. " * (140 + 90 * number) + f"[tail {number:02d} end]")
            for number in range(LONG_ROWS)
        ]
        key = raw_key(journal)
    return sample, ids, key


def _last_overflow_page(plain: list[bytes], tail: bytes) -> int:
    """The page (from 0) whose link to a next one is zero and that holds the end of the text."""
    holding = [number for number, page in enumerate(plain) if tail in page and page[:4] == bytes(4)]
    assert len(holding) == 1
    return holding[0]


@pytest.mark.parametrize("number", range(LONG_ROWS))
def test_f1_a_long_row_whose_end_is_damaged_is_never_shown_with_zeros(
    long_rows: tuple[Sample, list[UUID], RawKey], tmp_path: Path, number: int
) -> None:
    original, ids, key = long_rows
    sample = original.copy_to(tmp_path / "Journal.integrate")
    database = sample.place / "vault.db"
    page = _last_overflow_page(decrypt_pages(database, key), f"[tail {number:02d} end]".encode())
    flip(database, page * PAGE + 100 + 150 * number)
    with sample.open(Access.READ) as journal, pytest.raises((RecordDamaged, DatabaseDamaged)):
        get_entry(journal, ids[number])
    with sample.open(Access.READ) as journal:
        other = ids[(number + 1) % LONG_ROWS]
        assert get_entry(journal, other).body.endswith("end]")


def test_f1_the_seal_alone_finds_the_zeros_that_the_library_lets_through(
    long_rows: tuple[Sample, list[UUID], RawKey], tmp_path: Path
) -> None:
    original, ids, key = long_rows
    database = original.place / "vault.db"
    plain, whole = decrypt_pages(database, key), database.read_bytes()
    sample = original.copy_to(tmp_path / "Journal.integrate")
    for number, entry_id in enumerate(ids):
        page = _last_overflow_page(plain, f"[tail {number:02d} end]".encode())
        flip(sample.place / "vault.db", page * PAGE + 300)
        with sample.open(Access.READ) as journal:
            try:
                # One statement and nothing after it: a second one would run into the library's own late error.
                with journal.vault.database.read() as session:
                    row = session.scalars(select(EntryTextRow).where(EntryTextRow.id == entry_id.bytes)).one()
            except DatabaseDamaged:
                continue
            assert not row.intact
        (sample.place / "vault.db").write_bytes(whole)


def test_f1_a_tail_that_ends_inside_a_character_is_damage_and_no_bug(sample: Sample) -> None:
    with sample.open() as journal:
        ids = [write(journal, "記憶の海" * (500 + shift) + "x" * shift + "憶" * 1500) for shift in range(3)]
        key = raw_key(journal)
    database = sample.place / "vault.db"
    plain = decrypt_pages(database, key)
    ends = [n for n, page in enumerate(plain) if page[:4] == bytes(4) and "憶\u200b憶".encode() in page]
    assert ends
    for page in ends:
        flip(database, page * PAGE + 500)
    with sample.open(Access.READ) as journal:
        for entry_id in ids:
            with pytest.raises((RecordDamaged, DatabaseDamaged)):
                get_entry(journal, entry_id)


def test_i1_flipped_bytes_all_over_the_file_never_change_a_word_silently(
    long_rows: tuple[Sample, list[UUID], RawKey], tmp_path: Path
) -> None:
    original, _ids, _key = long_rows
    sample = original.copy_to(tmp_path / "Journal.integrate")
    database = sample.place / "vault.db"
    with sample.open(Access.READ) as journal:
        truth = _read_all(journal)
    chance = random.Random(7)
    noticed = 0
    for at in chance.sample(range(database.stat().st_size), 40):
        flip(database, at, chance.randrange(8))
        try:
            with sample.open(Access.READ) as journal:
                for entry in list_entries(journal, limit=6):
                    if not isinstance(entry, Unreadable):
                        assert get_entry(journal, entry.id).body == truth[entry.id]
        except Damaged:
            noticed += 1
        flip(database, at, 0)
        shutil.copyfile(original.place / "vault.db", database)
    assert noticed


def test_nothing_is_written_any_more_once_damage_was_met(
    long_rows: tuple[Sample, list[UUID], RawKey], tmp_path: Path
) -> None:
    original, ids, key = long_rows
    sample = original.copy_to(tmp_path / "Journal.integrate")
    database = sample.place / "vault.db"
    plain = decrypt_pages(database, key)
    # A page in the middle of a text: that the library itself reports.
    middle = next(n for n, page in enumerate(plain) if page[:4] != bytes(4) and page[10:].count(b"quiet writing") > 100)
    flip(database, middle * PAGE + 900)
    before = database.read_bytes()
    journal = sample.open()
    met = 0
    for entry_id in ids:
        try:
            get_entry(journal, entry_id)
        except DatabaseDamaged:
            met += 1
        except RecordDamaged:
            pass
    assert met
    with pytest.raises(DatabaseDamaged):
        write(journal, "new")
    journal.close()
    assert database.read_bytes() == before


# --- F2, F3: missing ends ---------------------------------------------------------------------------------------------


def _killed(sample: Sample, place: Path, entries: int) -> Sample:
    """The journal as a process that was killed leaves it: its last entries only in the write-ahead log."""
    with sample.open() as journal:
        for number in range(entries):
            write(journal, f"entry {number}")
        copy = sample.copy_to(place)
    (copy.place / "vault.db-shm").unlink(missing_ok=True)
    return copy


def test_f2_after_a_kill_everything_is_there_without_a_notice(sample: Sample, tmp_path: Path) -> None:
    killed = _killed(sample, tmp_path / "K.integrate", 5)
    for access in (Access.READ, Access.WRITE, Access.READ):
        with killed.open(access) as journal:
            assert journal.notices == ()
            assert len(_read_all(journal)) == 5


def test_f2_a_lost_log_is_noticed_and_counted(sample: Sample, tmp_path: Path) -> None:
    killed = _killed(sample, tmp_path / "K.integrate", 5)
    (killed.place / "vault.db-wal").unlink()
    with killed.open(Access.READ) as journal:
        (notice,) = journal.notices
        assert isinstance(notice, EndMissing)
        assert notice.parameters["changes"] == 5
        assert _read_all(journal) == {}
    before = (killed.place / "vault.db").read_bytes()
    with pytest.raises(EndMissing):
        killed.open()
    assert (killed.place / "vault.db").read_bytes() == before


def test_f2_i3_a_flipped_or_cut_log_is_noticed(sample: Sample, tmp_path: Path) -> None:
    killed = _killed(sample, tmp_path / "K.integrate", 5)
    log = killed.place / "vault.db-wal"
    whole, database = log.read_bytes(), (killed.place / "vault.db").read_bytes()
    chance = random.Random(11)
    trials = [("flip", at) for at in chance.sample(range(len(whole)), 12)]
    trials += [("cut", at) for at in chance.sample(range(len(whole)), 6)]
    for kind, at in trials:
        damaged = whole[:at] if kind == "cut" else whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]
        log.write_bytes(damaged)
        (killed.place / "vault.db").write_bytes(database)
        (killed.place / "vault.db-shm").unlink(missing_ok=True)
        try:
            with killed.open(Access.READ) as journal:
                there = len(_read_all(journal))
                assert there == 5 or any(isinstance(notice, EndMissing) for notice in journal.notices), (kind, at)
        except KnownError:
            continue


def test_f3_i6_yesterdays_whole_file_is_noticed(rolled_back: Sample) -> None:
    with rolled_back.open(Access.READ) as journal:
        assert [(type(n), n.parameters["changes"]) for n in journal.notices] == [(EndMissing, 3)]


def test_f3_i6_a_single_page_put_back_never_shows_an_old_word_as_a_new_one(sample: Sample) -> None:
    database = sample.place / "vault.db"
    with sample.open() as journal:
        ids = [write(journal, f"old words {number} " * 400) for number in range(3)]
    old = database.read_bytes()
    with sample.open() as journal:
        for entry_id in ids:
            save_entry(journal, entry_id, draft("new words. " * 550), Sitting())
        truth = _read_all(journal)
    new = database.read_bytes()
    differing = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    assert len(differing) >= 3
    for at in differing:
        database.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        try:
            with sample.open(Access.READ) as journal:
                seen = _read_all(journal)
                assert all(truth.get(entry_id) == body for entry_id, body in seen.items())
                assert seen == truth or journal.notices or len(seen) < len(truth)
        except KnownError:
            continue


def test_f2_a_missing_anchor_is_a_notice_and_stops_writing(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
    (sample.place / "anchor").unlink()
    with sample.open(Access.READ) as journal:
        assert [type(notice) for notice in journal.notices] == [AnchorDamaged]
        assert len(_read_all(journal)) == 1
    with pytest.raises(AnchorDamaged):
        sample.open()


def test_f2_an_anchor_that_was_sealed_before_the_last_changes_is_noticed(sample: Sample) -> None:
    old = (sample.place / "anchor").read_bytes()
    with sample.open() as journal:
        write(journal)
    (sample.place / "anchor").write_bytes(old)
    with sample.open(Access.READ) as journal:
        assert [type(notice) for notice in journal.notices] == [AnchorDamaged]


def test_an_older_anchor_of_a_journal_in_use_is_no_fault(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        write(journal)
        old = (sample.place / "anchor").read_bytes()
        write(journal)
        copy = sample.copy_to(tmp_path / "K.integrate")
    (copy.place / "anchor").write_bytes(old)
    with copy.open(Access.READ) as journal:
        assert journal.notices == ()


# --- F10 --------------------------------------------------------------------------------------------------------------

# Each is made of letters that share no run with another word of the file, also in the index's shortened terms.
WORDS = ("zqvbodyxkw", "zqvheadkxw", "zqvmarkxkw", "zqvkaslxkw", "zqvfilexkw", "zqveditxkw", "zqvlongxkw")


def _pieces(word: str) -> list[bytes]:
    return [word[at : at + 5].encode() for at in range(len(word) - 4)]


def test_f10_p5_a_purged_entry_leaves_no_word_on_any_page(sample: Sample) -> None:
    body, title, tag, name, inside, edited, long = WORDS
    with sample.open() as journal:
        for number in range(60):
            write(journal, f"ordinary day number {number} by the sea")
        key = raw_key(journal)
        file = prepare_attachment(f"{name}.txt", (inside.encode() + b" words ") * 20_000)
        entry_id = write(journal, f"{body} " * 3 + f"filling {long} words " * 2000, file, title=title, tags=(tag,))
        for number in range(60):
            write(journal, f"another day number {number} by the sea")
        save_entry(journal, entry_id, draft(f"{edited} 記憶", title=title, tags=(tag,)), Sitting())
    plain = pages(sample.place, key)
    for word in WORDS:
        assert any(word.encode() in page for page in plain), f"{word} was never there"
    with sample.open() as journal:
        purge_entry(journal, entry_id)
    plain = pages(sample.place, key)
    left = {word for word in WORDS for piece in _pieces(word) if any(piece in page for page in plain)}
    assert left == set()
    assert not any("記憶".encode() in page for page in plain)


def test_f10_p5_words_edited_away_and_their_index_terms_are_overwritten(sample: Sample) -> None:
    sitting = Sitting()
    with sample.open() as journal:
        key = raw_key(journal)
        entry_id = write(journal, "zqvfirstxkw")
        save_entry(journal, entry_id, draft("zqvwithinxkw"), sitting)
        save_entry(journal, entry_id, draft("zqvlaterxkwj"), sitting)
    text = b"".join(pages(sample.place, key))
    assert b"zqvlaterxkwj" in text
    assert not any(piece in text for piece in _pieces("zqvwithinxkw")[2:])
    assert b"zqvfirstxkw" in text, "it is in the history, where the person can find it"


def test_damage_names_the_last_good_copy(sample: Sample) -> None:
    with sample.open() as journal:
        for number in range(30):
            write(journal, f"{number} " + "word " * 400)
    size = (sample.place / "vault.db").stat().st_size
    for at in range(4096 * 2 + 100, size, 4096):
        flip(sample.place / "vault.db", at)
    with pytest.raises(DatabaseDamaged) as caught:
        sample.open(Access.READ)
    assert "Your last good copy is from 20" in caught.value.message()
    assert str(sample.place / "backups" / "000001.ibk") in caught.value.message()
