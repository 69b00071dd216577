"""`integrate export`, to the letter: options, what is chosen without them, output and exit codes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from integrate.domain.sharing import FileKind, Section
from integrate.journal.ledger import list_shared
from integrate.journal.writing import prepare_bytes
from tests.cli.calling import Ran, call
from tests.conftest import MORNING, Sample
from tests.helpers.check_ins import check_in
from tests.helpers.courses import a_session, held
from tests.helpers.journals import write
from tests.helpers.web_files import opened
from tests.ui.forms.full_disk import full_disk

Runner = Callable[..., Ran]
FIELDS = ["file", "format", "sha256", "protected", "entries", "sessions", "responses", "measures_left_out"]
PHRASE = "walnut river candle orbit"


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    """A file with the phrase that is to open a file."""
    file = tmp_path / "phrase.txt"
    file.write_text(PHRASE + "\n")
    return file


@pytest.fixture
def ids(sample: Sample) -> Iterator[dict[str, str]]:
    """A session, a check-in and three entries: two of different days, one marked never share."""
    with sample.open() as journal:
        session = a_session(journal, held(MORNING))
        check_in(journal)
        made = {
            "first": write(journal, "first words", title="First", session=session.ref),
            "second": write(journal, "second words", prepare_bytes("a.txt", b"some bytes"), title="Second"),
            "kept": write(journal, "kept words", title="Kept", never_share=True),
        }
    yield {name: str(entry_id) for name, entry_id in made.items()}


def shared(sample: Sample) -> list[object]:
    """The lines of the ledger."""
    with sample.open() as journal:
        return list(list_shared(journal))


@pytest.mark.parametrize("kind", list(FileKind))
def test_the_output_has_exactly_its_fields_and_tells_the_truth(
    run: Runner, sample: Sample, ids: dict[str, str], tmp_path: Path, phrase: Path, kind: FileKind
) -> None:
    out = tmp_path / f"out.{kind}"
    protection = ("--protect-file", phrase) if kind in (FileKind.PDF, FileKind.WEB) else ()
    ran = run("export", "--format", kind, "--out", out, *protection, "--for", "Ines", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert list(ran.json) == FIELDS
    all_entries = kind in (FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON)
    hashed = out / "sha256.txt" if out.is_dir() else out
    assert ran.json == {
        "file": str(out), "format": kind.value, "sha256": hashlib.sha256(hashed.read_bytes()).hexdigest(),
        "protected": bool(protection), "entries": 2 * all_entries, "sessions": 1, "responses": 0,
        "measures_left_out": [],
    }  # fmt: skip
    assert stat.S_IMODE(out.stat().st_mode) == (0o700 if out.is_dir() else 0o600)
    (line,) = shared(sample)
    assert (line.recipient, line.kind, line.sha256.hex()) == ("Ines", kind, ran.json["sha256"])  # type: ignore[attr-defined]  # readable
    assert line.sections == frozenset(Section) - {Section.VITALS}  # type: ignore[attr-defined]  # readable


def test_protected_files_open_with_the_phrase_alone(
    run: Runner, ids: dict[str, str], tmp_path: Path, phrase: Path
) -> None:
    for kind in ("pdf", "web"):
        assert (
            run("export", "--format", kind, "--out", tmp_path / kind, "--protect-file", phrase, "--entries", "all").code
            == 0
        )
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "pdf")
    pikepdf.open(tmp_path / "pdf", password=PHRASE).close()
    assert "first words" in opened((tmp_path / "web").read_bytes(), PHRASE)
    assert b"first words" not in (tmp_path / "web").read_bytes()


def test_unprotected_files_open_for_everyone_and_say_so(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    ran = run("export", "--format", "pdf", "--out", tmp_path / "a.pdf", "--unprotected", "--paper", "letter")
    assert ran.code == 0
    assert "It is not protected" in ran.out
    assert "did not send it anywhere" in ran.out
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [612, 792]


def titles(ran: Ran, out: Path) -> list[str]:
    assert ran.code == 0, ran.err
    text = (out / "entries.csv").read_text("utf-8-sig")
    return sorted(row["title"] for row in csv.DictReader(io.StringIO(text, newline="")))


def test_days_sessions_and_single_entries_choose(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    def chosen(*words: object) -> list[str]:
        out = tmp_path / "csv"
        ran = run("export", "--format", "csv", "--out", out, "--force", *words)
        return titles(ran, out)

    assert chosen() == ["First", "Second"]
    assert chosen("--entries", "none") == []
    assert chosen("--entries", "none", "--entry", ids["second"]) == ["Second"]
    assert chosen("--session", "1") == chosen("--session", "1.1") == ["First"]
    assert chosen("--session", "1", "--session", "7", "--entry", ids["second"]) == ["First", "Second"]
    assert chosen("--from", "2026-03-03") == chosen("--to", "2026-03-01") == []
    assert chosen("--from", "2026-03-02", "--to", "2026-03-02") == ["First", "Second"]


def test_a_section_stands_for_itself(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "m"
    ran = run("export", "--format", "markdown", "--out", out, "--section", "sessions", "--entries", "none")
    assert ran.code == 0
    assert sorted(one.name for one in out.iterdir()) == ["README.md", "sessions.md", "sha256.txt"]


def test_a_zip_where_the_name_ends_so(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    for kind in ("markdown", "csv"):
        assert run("export", "--format", kind, "--out", tmp_path / f"{kind}.zip").code == 0
        with zipfile.ZipFile(tmp_path / f"{kind}.zip") as archive:
            assert archive.testzip() is None


def test_a_name_in_place_of_ones_own(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    assert run("export", "--format", "markdown", "--out", tmp_path / "m", "--pseudonym", "Wren").code == 0
    assert "Chosen by Wren. Other writing may exist." in (tmp_path / "m" / "README.md").read_text("utf-8")


def test_ones_own_full_copy_has_everything_and_is_in_no_ledger(
    run: Runner, sample: Sample, ids: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "copy.json"
    ran = run("export", "--format", "json", "--include-never-share", "--out", out, "--json")
    assert (ran.code, list(ran.json), ran.json["entries"]) == (0, FIELDS, 3)
    assert "kept words" in json.dumps(json.loads(out.read_text("utf-8")))
    assert shared(sample) == []


WRONG = [
    ("--format", "pdf"), ("--format", "web"), ("--format", "pdf", "--unprotected", "--protect-file", "{phrase}"),
    ("--format", "pdf", "--protect-file", "{gone}"), ("--format", "pdf", "--protect-file", "{short}"),
    ("--format", "pdf", "--protect-file", "{binary}"), ("--format", "fhir", "--protect-file", "{phrase}"),
    ("--format", "docx"), (), ("--format", "csv", "--entry", "not-an-id"), ("--format", "csv", "--entry", "{kept}"),
    ("--format", "csv", "--entry", "018f0000-0000-7000-8000-000000000000"), ("--format", "csv", "--section", "letters"),
    ("--format", "csv", "--entries", "some"), ("--format", "csv", "--session", "x"),
    ("--format", "csv", "--from", "May"),
    ("--format", "csv", "--from", "2026-03-02", "--to", "2026-03-01"),
    ("--format", "pdf", "--unprotected", "--paper", "a5"),
    ("--format", "csv", "--pseudonym", "two\nlines"), ("--format", "csv", "--include-never-share"),
    ("--format", "pdf", "--unprotected", "--include-never-share"),
    *(("--format", "json", "--include-never-share", *more) for more in (
        ("--from", "2026-03-02"), ("--to", "2026-03-02"), ("--session", "1"), ("--section", "mood"),
        ("--entries", "all"), ("--entries", "none"), ("--entry", "{first}"), ("--for", "Ines"), ("--pseudonym", "Wren"),
    )),
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_words_are_told_and_nothing_is_saved(
    run: Runner, sample: Sample, ids: dict[str, str], tmp_path: Path, phrase: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "short").write_text("too short")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xff and more than ten")
    places = {"phrase": phrase, "gone": tmp_path / "gone", "short": tmp_path / "short", "binary": tmp_path / "binary"}
    out = tmp_path / "out" / "file"
    out.parent.mkdir()
    ran = run("export", *(word.format(**places, **ids) for word in words), "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert list(out.parent.iterdir()) == []
    assert shared(sample) == []


def test_without_a_place_and_with_two_secrets_from_standard_input(run: Runner, sample: Sample) -> None:
    assert run("export", "--format", "json").code == 2
    assert run("export", "--format", "json", "--out", "-").code == 2
    words = ("--format", "pdf", "--out", "a.pdf", "--protect-file", "-", "--passphrase-file", "-")
    assert call("export", sample.place, *words).code == 2


def test_a_target_that_is_there_is_replaced_with_force_alone(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("mine")
    assert run("export", "--format", "json", "--out", out).code == 2
    assert out.read_text() == "mine"
    assert run("export", "--format", "json", "--out", out, "--force").code == 0
    assert out.read_text() != "mine"


def test_what_the_disk_refuses(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    assert run("export", "--format", "csv", "--out", tmp_path / "gone" / "csv").code == 6
    write_long(run)
    for words in (("--format", "json"), ("--format", "csv")):
        with full_disk():
            ran = run("export", *words, "--out", tmp_path / "out")
        assert ran.code == 6
        assert not (tmp_path / "out").exists()


def write_long(run: Runner) -> None:
    body = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(20_000))
    assert run("add", body, "--at", "2026-03-02T09:30").code == 0


def test_a_weak_phrase_is_told_about_and_taken(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "weak").write_text("password12")
    ran = run("export", "--format", "pdf", "--out", tmp_path / "a.pdf", "--protect-file", tmp_path / "weak")
    assert ran.code == 0
    assert "not strong" in ran.err


def test_a_journal_that_is_open_elsewhere_and_a_wrong_passphrase(
    run: Runner, sample: Sample, tmp_path: Path, phrase: Path
) -> None:
    out = tmp_path / "a.json"
    with sample.open():
        assert run("export", "--format", "json", "--out", out).code == 5
        assert run("export", "--format", "json", "--include-never-share", "--out", out).code == 0
    assert (
        call("export", sample.place, "--format", "json", "--out", tmp_path / "b", "--passphrase-file", phrase).code == 3
    )


def test_long_work_shows_a_bar_on_a_terminal(run: Runner, ids: dict[str, str], tmp_path: Path) -> None:
    ran = run("export", "--format", "markdown", "--out", tmp_path / "m", terminal=True)
    assert ran.code == 0
    assert "Saving" in ran.err
