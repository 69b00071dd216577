"""What the window is told when something was saved, and pictures without a file."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from integrate.errors import AttachmentTooLarge, CannotStripMetadata, EntryMissing, RecordDamaged
from integrate.journal.finding import get_entry
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, add_entry, prepare_bytes, read_thumbnails, save_entry
from integrate.storage import attachments
from tests.conftest import Sample
from tests.helpers.journals import draft, tamper, write
from tests.helpers.photos import HIDDEN, photo


def test_the_time_that_is_shown_is_after_the_commit(sample: Sample) -> None:
    with sample.open() as journal:
        before = datetime.now(UTC)
        added = add_entry(journal, draft("one"))
        saved = save_entry(journal, added.entry_id, draft("two"), Sitting())
        assert before <= get_entry(journal, added.entry_id).summary.created <= added.saved
        assert added.saved <= saved.entry.updated <= saved.saved <= datetime.now(UTC)


def test_a_pasted_picture_is_attached_like_a_file(journal: Journal) -> None:
    picture = prepare_bytes("Pasted picture.png", photo("PNG"), strip_metadata=True)
    assert (picture.media_type, picture.thumbnail is not None) == ("image/png", True)
    assert not any(hidden in picture.data for hidden in HIDDEN)
    entry_id = write(journal, "body", picture)
    assert get_entry(journal, entry_id).attachments[0].name == "Pasted picture.png"
    with pytest.raises(CannotStripMetadata):
        prepare_bytes("words.txt", b"words", strip_metadata=True)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_SIZE", 10)
    prepare_bytes("ten.bin", bytes(10))
    with pytest.raises(AttachmentTooLarge):
        prepare_bytes("eleven.bin", bytes(11))


def test_thumbnails_come_in_the_order_of_the_attachments(journal: Journal) -> None:
    files = [prepare_bytes("b.jpg", photo()), prepare_bytes("a.txt", b"words"), prepare_bytes("c.png", photo("PNG"))]
    entry_id = write(journal, "body", *files)
    found = read_thumbnails(journal, entry_id)
    assert [info.name for info, _thumbnail in found] == ["b.jpg", "a.txt", "c.png"]
    assert [thumbnail for _info, thumbnail in found] == [file.thumbnail for file in files]
    assert read_thumbnails(journal, write(journal, "no files")) == ()
    tamper(journal, "UPDATE thumbnail SET data = x'00'")
    with pytest.raises(RecordDamaged):
        read_thumbnails(journal, entry_id)
    with pytest.raises(EntryMissing):
        read_thumbnails(journal, uuid4())
