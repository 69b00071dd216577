"""A file is known by what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrate.errors import FileMissing, NotUnderstood
from integrate.importing.detecting import Source, detect
from tests.formats.test_journal_json import document


def test_a_document_of_ours_is_known_whatever_its_name_and_its_mark(tmp_path: Path) -> None:
    file = tmp_path / "anything.txt"
    for data in (document([]), b"\xef\xbb\xbf" + document([]), b"\n  " + document([])):
        file.write_bytes(data)
        assert detect(file) is Source.INTEGRATE


@pytest.mark.parametrize("data", [b"", b"{}", b"Dear diary", b'["integrate-journal"]', b"PK\x03\x04", b"\xff\xfe{"])
def test_anything_else_is_not_understood(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(data)
    with pytest.raises(NotUnderstood):
        detect(file)


def test_a_folder_or_nothing_is_no_file(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "gone.json"):
        with pytest.raises(FileMissing):
            detect(file)
