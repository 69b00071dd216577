"""A protected PDF: it opens with its phrase and with nothing else, stays tagged, and says little of itself."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from integrate.domain.sharing import Paper
from integrate.errors import WrongUsage
from integrate.sharing.pdf import pdf_of
from integrate.sharing.protecting import protect_pdf
from integrate.sharing.report import Heading, Paragraph, Words
from tests.sharing.pdf_tools import clear_bytes, facts_of, tags_of, words_of
from tests.sharing.samples import report_with, sarahs_report, theirs

PHRASE = "lantern orbit gravel Müsli tulip ferry"
CANARY = "canaryprotected"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pdf_of(
        report_with(Heading(Words(CANARY, theirs=True)), Paragraph(theirs(f"{CANARY} said")), title=CANARY), Paper.A4
    )


@pytest.fixture(scope="module")
def protected(plain: bytes) -> bytes:
    return protect_pdf(plain, PHRASE)


def checked(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["qpdf", *options, str(file)], capture_output=True, text=True, check=False)


def test_qpdf_finds_it_sound_and_encrypted_throughout(tmp_path: Path, protected: bytes) -> None:
    file = tmp_path / "protected.pdf"
    file.write_bytes(protected)
    done = checked(file, "--check", f"--password={PHRASE}")
    assert done.returncode == 0, done.stderr
    for line in (
        "R = 6", "stream encryption method: AESv3", "string encryption method: AESv3", "file encryption method: AESv3",
        "extract for accessibility: allowed", "Supplied password is user password",
    ):  # fmt: skip
        assert line in done.stdout
    with pikepdf.open(BytesIO(protected), password=PHRASE) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.trailer["/Encrypt"].get("/EncryptMetadata", True)


@pytest.mark.parametrize("wrong", ["", "wrong", PHRASE.upper(), PHRASE + " ", PHRASE[:-1]])
def test_f11_a_wrong_or_empty_password_opens_it_nowhere(tmp_path: Path, protected: bytes, wrong: str) -> None:
    file = tmp_path / "protected.pdf"
    file.write_bytes(protected)
    assert checked(file, "--check", f"--password={wrong}").returncode == 2
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(protected), password=wrong)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(protected, password=wrong or None)
    done = subprocess.run(["pdftotext", "-upw", wrong, str(file), "-"], capture_output=True, check=False)
    assert done.returncode
    assert CANARY.encode() not in done.stdout


def test_poppler_and_pdfium_read_it_with_the_phrase(tmp_path: Path, plain: bytes, protected: bytes) -> None:
    short = "orbit gravel Müsli"  # the commands of poppler, not its readers, cut a password off at 32 bytes
    by_short = protect_pdf(plain, short)
    assert f"{CANARY} said" in words_of(tmp_path, by_short, "-upw", short)
    assert facts_of(tmp_path, by_short, "-upw", short)["Tagged"] == "yes"
    with pypdfium2.PdfDocument(protected, password=PHRASE) as opened:
        assert CANARY in opened[0].get_textpage().get_text_bounded()


def test_the_phrase_may_be_typed_in_either_form_of_its_letters(plain: bytes) -> None:
    for typed in ("Mu\u0308sli", "M\u00fcsli"):
        with pikepdf.open(BytesIO(protect_pdf(plain, typed)), password="M\u00fcsli") as pdf:
            assert len(pdf.pages) == 1


@pytest.mark.parametrize("phrase", ["", " ", "\n"])
def test_f11_without_a_phrase_nothing_is_protected(plain: bytes, phrase: str) -> None:
    with pytest.raises(WrongUsage):
        protect_pdf(plain, phrase)


def test_it_stays_tagged(protected: bytes, plain: bytes) -> None:
    assert tags_of(protected, PHRASE) == tags_of(plain)
    report = pdf_of(sarahs_report(), Paper.LETTER)
    assert tags_of(protect_pdf(report, PHRASE), PHRASE) == tags_of(report)


def test_no_word_lies_in_the_clear(protected: bytes, plain: bytes) -> None:
    assert CANARY.encode() in clear_bytes(plain)
    for coding in ("utf-8", "utf-16-be", "utf-16-le"):
        assert CANARY.encode(coding) not in protected
    for clear in (b"pdfuaid", b"Literata", b"Typst", b"D:2026"):
        assert clear not in protected


def test_it_says_only_title_language_and_standard_of_itself(protected: bytes) -> None:
    with pikepdf.open(BytesIO(protected), password=PHRASE) as pdf:
        assert "/Info" not in pdf.trailer
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            names = {name.rpartition("}")[2] for name in metadata}
        assert names == {"title", "language", "part"}
    clear = clear_bytes(protected, PHRASE)
    assert b"Typst" not in clear
    assert b"CreationDate" not in clear
    assert b"CreateDate" not in clear


def test_two_files_of_the_same_words_have_nothing_in_common_that_would_tell(plain: bytes) -> None:
    one, other = protect_pdf(plain, PHRASE), protect_pdf(plain, PHRASE)
    assert one != other
    found: list[set[bytes]] = []
    for data in (one, other):
        with pikepdf.open(BytesIO(data), password=PHRASE) as pdf:
            secret = pdf.trailer["/Encrypt"]
            found.append({bytes(secret["/O"]), bytes(secret["/U"]), bytes(pdf.trailer["/ID"][0])})
    with pikepdf.open(BytesIO(plain)) as pdf:
        found.append({bytes(part) for part in pdf.trailer["/ID"]})
    assert not found[0] & found[1]
    assert not (found[0] | found[1]) & found[2]
