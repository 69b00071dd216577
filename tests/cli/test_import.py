"""`integrate import`: what it takes, tells and gives back, and every way it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from integrate.domain.entry import SessionRef
from integrate.journal.demo import make_demo
from integrate.system.clock import FixedClock
from tests.cli.calling import Ran, call
from tests.conftest import Sample
from tests.helpers.copies import bring_in, copy_at, whole
from tests.helpers.demos import DAY, opened
from tests.helpers.journals import shown, write

FIELDS = {"batch", "seen", "imported", "skipped", "duplicates", "media_missing", "problems"}
FIXTURE = Path(__file__).parents[1] / "fixtures" / "journal-1.json"


@pytest.fixture
def copy(template: Sample, tmp_path: Path) -> Path:
    """A whole copy with two entries."""
    with template.copy_to(tmp_path / "From.integrate").open() as journal:
        write(journal, "The sea was calm.", session=SessionRef(1, 2))
        write(journal, "A canary sang.", never_share=True)
        return copy_at(tmp_path / "copy.json", whole(journal))


@pytest.fixture
def imports(sample: Sample, secret: Path) -> Callable[..., Ran]:
    """Call `integrate import` on ``sample``."""
    return lambda *words: call("import", sample.place, *words, "--passphrase-file", secret)


def test_a_copy_comes_in_once_and_goes_again(imports: Callable[..., Ran], sample: Sample, copy: Path) -> None:
    looked = imports(copy, "--dry-run", "--json")
    assert looked.code == 0 and looked.json.keys() == FIELDS
    assert (looked.json["batch"], looked.json["seen"], looked.json["imported"]) == (None, 2, 2)
    done = imports(copy, "--json").json
    assert (done["imported"], done["skipped"], done["duplicates"], done["problems"]) == (2, 0, 0, [])
    again = imports(copy, "--format", "integrate", "--json").json
    assert (again["batch"], again["imported"], again["duplicates"]) == (None, 0, 2)
    undone = imports("--undo", done["batch"], "--json")
    assert undone.code == 0 and (undone.json["batch"], undone.json["removed"]) == (done["batch"], 2)
    with sample.open() as journal:
        assert not shown(journal)
    assert imports("--undo", done["batch"]).code == 2


def test_a_person_is_told_how_many_and_how_to_take_it_back(
    imports: Callable[..., Ran], copy: Path, sample: Sample
) -> None:
    looked = imports(copy, "--dry-run").out
    assert "2  would be brought in" in looked and "Nothing has been changed." in looked
    done = imports(copy).out
    assert "2  brought in" in done and "--undo" in done
    batch = done.rsplit(maxsplit=1)[-1].strip("`")
    assert "Taken back: 2 things." in imports("--undo", batch).out


def test_problems_name_things_and_none_of_their_words(imports: Callable[..., Ran], copy: Path, sample: Sample) -> None:
    copy.write_bytes(copy.read_bytes().replace(b'"mood_then":null', b'"mood_then":99'))
    for words in ((copy,), (copy, "--json"), (copy, "--dry-run")):
        told = imports(*words)
        assert told.code == 0 and "canary" not in told.out + told.err and "entry " in told.out


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", 8),
        (b"Dear diary", 8),
        (b'{"format":"integrate-journal","version":1,"program":"x"', 8),
        (b'{"format":"integrate-journal","version":2,"records":[]}', 7),
        (b'{"entries":[]}', 8),
    ],
)
def test_what_is_not_understood_or_too_new_changes_nothing(
    imports: Callable[..., Ran], sample: Sample, tmp_path: Path, document: bytes, code: int
) -> None:
    file = copy_at(tmp_path / "odd.json", document)
    ran = imports(file, "--json")
    assert (ran.code, ran.out) == (code, "") and "Traceback" not in ran.err
    with sample.open() as journal:
        assert not shown(journal)


@pytest.mark.parametrize(
    "words",
    [
        (), ("missing.json",), ("copy.json", "--format", "dayone"), ("copy.json", "--format", "other"),
        ("--undo", "x"), ("copy.json", "--undo", "00000000-0000-7000-8000-000000000001"),
        ("--undo", "00000000-0000-7000-8000-000000000001", "--dry-run"),
        ("--undo", "00000000-0000-7000-8000-000000000001"),
    ],
)  # fmt: skip
def test_wrong_words_are_exit_2(
    imports: Callable[..., Ran], copy: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(copy.parent)
    ran = imports(*words)
    assert (ran.code, ran.out) == (2, "") and ran.err


def test_formats_that_are_not_built_are_not_in_the_help() -> None:
    told = call("import", "--help").out
    assert "[auto|integrate]" in told and "dayone" not in told
    assert "import" in call("--help").out


def test_a_dry_run_goes_beside_a_writer_and_an_import_does_not(
    imports: Callable[..., Ran], sample: Sample, copy: Path
) -> None:
    with sample.open():
        assert imports(copy, "--dry-run").code == 0
        assert imports(copy).code == 5


def test_the_demo_comes_over_whole(imports: Callable[..., Ran], sample: Sample, tmp_path: Path) -> None:
    make_demo(tmp_path / "Demo.integrate", DAY, entries=20)
    with opened(tmp_path / "Demo.integrate") as demo:
        document = whole(demo)
    assert imports(copy_at(tmp_path / "demo.json", document)).code == 0
    with sample.open() as journal:
        assert whole(journal) == document
    assert call("check", sample.place, "--passphrase-file", tmp_path / "passphrase.txt").code == 0


def test_a_document_of_version_1_still_comes_in(imports: Callable[..., Ran], sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:  # in that March: what it deleted then would be gone for good by now
        assert bring_in(journal, FIXTURE.read_bytes()).problems == ()
        assert whole(journal).split(b"\n", 1)[1] == FIXTURE.read_bytes().split(b"\n", 1)[1]
    assert imports(FIXTURE, "--dry-run", "--json").json["problems"] == []
