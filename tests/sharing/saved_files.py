"""Every kind of file of a packet, saved and read back in the clear, and the forms in which a word could hide in one."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from integrate.domain.sharing import FileKind, Section, Selection
from integrate.journal.opening import Journal
from integrate.sharing.packet import Packet
from integrate.sharing.saving import save_packet
from tests.helpers.web_files import opened
from tests.sharing.pdf_tools import words_of

PHRASE = "walnut river candle orbit plain seven"
WHOLE = Selection(sections=frozenset(Section), all_entries=True, item_answers=True, present_names=True)


def clear_bytes(journal: Journal, packet: Packet, kind: FileKind, folder: Path) -> bytes:
    """All bytes of a protected file of this kind, decrypted and not compressed, the names of its files with them."""
    target = folder / kind.value
    protected = kind in (FileKind.PDF, FileKind.WEB)
    saved = save_packet(journal, packet, kind, target, protection=PHRASE if protected else None)
    assert saved.protected == protected
    if kind is FileKind.PDF:
        return _clear_pdf(target)
    if kind is FileKind.WEB:
        data = target.read_bytes()
        return data + opened(data, PHRASE).encode()
    if target.is_dir():
        return b"\n".join(
            part for file in sorted(target.rglob("*")) if file.is_file()
            for part in (file.relative_to(target).as_posix().encode(), file.read_bytes())
        )  # fmt: skip
    return target.read_bytes()


def _clear_pdf(file: Path) -> bytes:
    """With qpdf, and the words as poppler reads them: in the file they are numbers of letters."""
    plain = file.with_suffix(".clear")
    options = (f"--password={PHRASE}", "--decrypt", "--stream-data=uncompress", "--object-streams=disable")
    subprocess.run(["qpdf", *options, str(file), str(plain)], check=True, capture_output=True)
    data = plain.read_bytes()
    return data + words_of(file.parent, data).replace(" ", "").encode()


def forms_of(word: str) -> Iterator[bytes]:
    """A word as it could stand in a file: as letters, as numbers, and inside of something in base64."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = word.encode(encoding)
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for before in range(3):
            # The letters of base64 that depend on nothing but the word, wherever it begins.
            coded = b64encode(bytes(before) + plain)
            yield coded[(0, 2, 3)[before] : (before + len(plain)) // 3 * 4]


def is_in(word: str, data: bytes) -> bool:
    """Whether a word is anywhere in these bytes, whatever its form."""
    return any(form in data for form in forms_of(word))
