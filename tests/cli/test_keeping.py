"""create, info, backup, restore, check, passphrase, recover: a journal made, kept and brought back."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from integrate import __version__
from integrate.cli import create as create_module
from integrate.errors import DiskFull
from tests.cli.calling import Ran, Refusing, call
from tests.conftest import Sample
from tests.helpers.headers import with_sha
from tests.helpers.rights import folder_for_others, ordinary_rights

Runner = Callable[..., Ran]
PAPER = (
    "Anyone who finds this paper can open your journal. Keep it where only you would look, or with someone you trust."
)


def texts(place: Path, secret: Path) -> list[str]:
    ran = call("list", place, "--passphrase-file", secret, "--json")
    assert ran.code == 0, ran.err
    return [entry["excerpt"] for entry in ran.json]


# --- create and info --------------------------------------------------------------------------------------------------


def test_create_tells_the_words_once_and_they_open_the_journal(tmp_path: Path, secret: Path, new_secret: Path) -> None:
    place = tmp_path / "Mine.integrate"
    ran = call("create", place, "--passphrase-file", secret, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert list(ran.json) == ["journal", "journal_id", "recovery_words"]
    assert ran.json["journal"] == str(place)
    assert len(ran.json["recovery_words"]) == 12
    assert call("info", place, "--json").json["journal_id"] == str(UUID(ran.json["journal_id"]))
    words = tmp_path / "paper.txt"
    words.write_text("\n".join(f"{n}. {word}" for n, word in enumerate(ran.json["recovery_words"], 1)))
    assert call("recover", place, "--words-file", words, "--new-passphrase-file", new_secret).code == 0
    assert texts(place, new_secret) == []


def test_for_a_person_the_words_are_numbered_and_come_with_one_warning(tmp_path: Path, secret: Path) -> None:
    ran = call("create", tmp_path / "Mine.integrate", "--passphrase-file", secret)
    assert ran.code == 0
    for number in range(1, 13):
        assert f" {number}  " in ran.out
    assert ran.out.count(PAPER) == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_create_writes_the_words_to_a_file_for_the_owner_alone(tmp_path: Path, secret: Path, as_json: bool) -> None:
    place, words = tmp_path / "Mine.integrate", tmp_path / "my-words.txt"
    ran = call("create", place, "--passphrase-file", secret, "--recovery-file", words, *["--json"] * as_json)
    assert ran.code == 0
    held = words.read_text(encoding="ascii")
    assert len(held.split()) == 12
    assert not any(word in ran.out.split() for word in held.split() if len(word) > 6)
    assert stat.S_IMODE(words.stat().st_mode) == 0o600
    if as_json:
        assert list(ran.json) == ["journal", "journal_id"]
    else:
        assert PAPER in ran.out
    assert call("restore", place / "backups" / "000001.ibk", tmp_path / "R", "--words-file", words).code == 0


def test_create_refuses_a_short_passphrase_before_anything_is_made(tmp_path: Path) -> None:
    file, place = tmp_path / "p", tmp_path / "Mine.integrate"
    file.write_text("nine char\n")
    ran = call("create", place, "--passphrase-file", file)
    assert ran.code == 2
    assert "at least 10 characters" in ran.err
    assert not place.exists()


def test_create_never_overwrites(sample: Sample, secret: Path, tmp_path: Path) -> None:
    words, place = tmp_path / "words.txt", tmp_path / "Mine.integrate"
    words.write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert call("create", sample.place, "--passphrase-file", secret).code == 2
    for taken in (words, tmp_path / "dangling", tmp_path):
        assert call("create", place, "--passphrase-file", secret, "--recovery-file", taken).code == 2
    assert call("create", place, "--passphrase-file", secret, "--recovery-file", tmp_path / "no" / "w").code == 2
    assert words.read_text() == "mine"
    assert not place.exists()


def test_when_the_words_cannot_be_written_there_is_no_journal(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, words = tmp_path / "Mine.integrate", tmp_path / "words.txt"

    def full(*_arguments: object) -> None:
        raise DiskFull

    monkeypatch.setattr(create_module, "_write_words", full)
    ran = call("create", place, "--passphrase-file", secret, "--recovery-file", words)
    assert (ran.code, ran.out) == (6, "")
    assert not place.exists()
    assert not words.exists()


@pytest.mark.parametrize("words", [[], ["--json"]], ids=["person", "json"])
@pytest.mark.parametrize(("failure", "code"), [(BrokenPipeError(), 2), (OSError(errno.ENOSPC, "full"), 6)])
def test_when_the_words_cannot_be_shown_there_is_no_journal(
    tmp_path: Path, secret: Path, words: list[str], failure: OSError, code: int
) -> None:
    place = tmp_path / "Mine.integrate"
    ran = call("create", place, "--passphrase-file", secret, *words, stdout=Refusing(failure))
    assert ran.code == code
    assert len(ran.err.strip()) > 15
    assert not place.exists()


def test_info_needs_no_passphrase_and_holds_no_times(sample: Sample) -> None:
    ran = call("info", sample.place, "--json")
    size = sum(path.stat().st_size for path in sample.place.rglob("*") if path.is_file())
    assert list(ran.json) == ["journal_id", "format", "app_version", "slots", "bytes"]
    assert (ran.json["format"], ran.json["app_version"], ran.json["bytes"]) == (1, __version__, size)
    assert ran.json["slots"] == [
        {"kind": "passphrase", "id": 0, "created": None},
        {"kind": "recovery", "id": 1, "created": None},
    ]
    read = call("info", sample.place)
    assert ran.json["journal_id"] in read.out
    assert "passphrase, recovery words" in read.out


# --- backup and restore -----------------------------------------------------------------------------------------------


def test_a_backup_comes_back_elsewhere_with_any_secret(
    run: Runner, tmp_path: Path, secret: Path, words_file: Path
) -> None:
    run("add", "Kept words.")
    file = tmp_path / "Copy.backup"
    ran = run("backup", file, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "entries": 1}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Kept" not in file.read_bytes()
    for number, words in enumerate(
        (["--passphrase-file", secret], ["--passphrase-file", words_file], ["--words-file", words_file])
    ):
        place = tmp_path / f"Back{number}.integrate"
        back = call("restore", file, place, *words, "--json")
        assert (back.code, back.json) == (0, {"journal": str(place), "entries": 1})
        assert texts(place, secret) == ["Kept words."]


def test_backup_and_restore_tell_a_person(run: Runner, tmp_path: Path, secret: Path) -> None:
    run("add", "One.")
    assert "1 entry" in run("backup", tmp_path / "B").out
    run("add", "Two.")
    assert "2 entries" in run("backup", tmp_path / "C").out
    assert "2 entries" in call("restore", tmp_path / "C", tmp_path / "R", "--passphrase-file", secret).out


def test_backup_and_restore_never_overwrite(run: Runner, sample: Sample, tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "B"
    assert run("backup", file).code == 0
    before = file.read_bytes()
    assert run("backup", file).code == 2
    assert file.read_bytes() == before
    (tmp_path / "empty").mkdir()
    for place in (sample.place, tmp_path / "empty", file):
        assert call("restore", file, place, "--passphrase-file", secret).code == 2
    assert list((tmp_path / "empty").iterdir()) == []


def test_restore_tells_bad_days_apart(run: Runner, tmp_path: Path, secret: Path, new_secret: Path) -> None:
    file, place = tmp_path / "B", tmp_path / "R"
    run("backup", file)
    damaged = tmp_path / "damaged"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    other = tmp_path / "letter.txt"
    other.write_text("Dear friend, " * 1000)
    cases = (
        (tmp_path / "missing", secret, 2),
        (tmp_path, secret, 2),
        (file, new_secret, 3),
        (damaged, secret, 4),
        (other, secret, 8),
    )
    for source, passphrase, code in cases:
        ran = call("restore", source, place, "--passphrase-file", passphrase)
        assert (ran.code, ran.out) == (code, ""), source
        assert not place.exists()


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_without_a_passphrase_is_about_the_structure(sample: Sample) -> None:
    ran = call("check", sample.place, "--json")
    assert (ran.code, list(ran.json), ran.json["ok"], ran.json["problems"]) == (
        0,
        ["ok", "checked", "problems"],
        True,
        [],
    )
    assert "records" not in ran.json["checked"]
    assert "only the structure" in ran.err


@pytest.mark.parametrize("deep", [False, True])
def test_check_with_a_passphrase_reads_every_record(run: Runner, deep: bool) -> None:
    run("add", "Whole.")
    ran = run("check", "--json", *["--deep"] * deep)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["checked"]["entries"] == 1
    assert ("backups_read" in ran.json["checked"]) == deep
    assert run("check").out.endswith("All is well.\n")


def test_check_of_a_damaged_journal_is_4_and_says_what(run: Runner, sample: Sample, secret: Path) -> None:
    run("add", "Soon damaged.")
    database = sample.place / "vault.db"
    data = bytearray(database.read_bytes())
    data[len(data) - 2000] ^= 1
    database.write_bytes(data)
    ran = run("check", "--json")
    assert (ran.code, ran.json["ok"]) == (4, False)
    assert ran.json["problems"]
    read = run("check")
    assert read.code == 4
    assert ran.json["problems"][0] in read.out
    assert call("check", sample.place).code == 0
    database.unlink()
    assert call("check", sample.place, "--json").json["ok"] is False


# --- passphrase and recover -------------------------------------------------------------------------------------------


def test_the_passphrase_changes_and_the_old_one_opens_no_more(
    run: Runner, sample: Sample, secret: Path, new_secret: Path
) -> None:
    run("add", "Still here.")
    ran = run("passphrase", "--new-passphrase-file", new_secret)
    assert (ran.code, ran.err) == (0, "")
    assert texts(sample.place, new_secret) == ["Still here."]
    ran = run("list")
    assert (ran.code, ran.out) == (3, "")
    assert "Caps Lock" in ran.err
    back = call("passphrase", sample.place, "--passphrase-file", new_secret, "--new-passphrase-file", secret, "--json")
    assert (back.code, back.json) == (0, {})


def test_a_new_passphrase_that_is_short_changes_nothing(
    run: Runner, sample: Sample, tmp_path: Path, words_file: Path
) -> None:
    short = tmp_path / "short"
    short.write_text("123456789\n")
    assert run("passphrase", "--new-passphrase-file", short).code == 2
    assert call("recover", sample.place, "--words-file", words_file, "--new-passphrase-file", short).code == 2
    assert run("list").code == 0


def test_recover_sets_a_new_passphrase(
    run: Runner, sample: Sample, words_file: Path, new_secret: Path, tmp_path: Path
) -> None:
    run("add", "Found again.")
    ran = call("recover", sample.place, "--words-file", words_file, "--new-passphrase-file", new_secret)
    assert (ran.code, ran.err) == (0, "")
    assert texts(sample.place, new_secret) == ["Found again."]
    assert run("list").code == 3
    again = call("recover", sample.place, "--words-file", words_file, "--new-passphrase-file", new_secret, "--json")
    assert (again.code, again.json) == (0, {})


def test_wrong_words_are_3(sample: Sample, tmp_path: Path, new_secret: Path) -> None:
    words = tmp_path / "w"
    for text in ("abandon " * 11 + "about", "abandon " * 12, "only four words here", ""):
        words.write_text(text)
        ran = call("recover", sample.place, "--words-file", words, "--new-passphrase-file", new_secret)
        assert (ran.code, ran.out) == (3, "")


# --- places -----------------------------------------------------------------------------------------------------------

ON_A_JOURNAL = [
    ["add", "text"],
    ["list"],
    ["search", "x"],
    ["show", "01a203a1-3a1b-7cbe-97f8-0df0c2ff135a"],
    ["backup", "B"],
    ["check"],
    ["info"],
    ["passphrase", "--new-passphrase-file", "new"],
    ["recover", "--words-file", "new", "--new-passphrase-file", "new"],
]


@pytest.mark.parametrize("words", ON_A_JOURNAL, ids=lambda words: words[0])
def test_where_no_journal_is_every_command_ends_with_4(
    words: list[str], secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("no journal")
    (tmp_path / "new").write_text("long enough words")
    own = [] if words[0] in {"info", "recover"} else ["--passphrase-file", str(secret)]
    for place in ("nowhere", "folder", "file"):
        ran = call(words[0], place, *words[1:], *own)
        assert (ran.code, ran.out) == (4, ""), ran.err
        assert "There is no journal at" in ran.err
    assert list((tmp_path / "folder").iterdir()) == []
    assert not (tmp_path / "B").exists()


def test_a_journal_of_a_newer_version_is_7(run: Runner, sample: Sample) -> None:
    header = sample.place / "vault.hdr"
    copy = bytearray(header.read_bytes()[:4096])
    copy[8] = 2
    header.write_bytes(with_sha(bytes(copy)) * 2)
    for ran in (run("list"), run("add", "x"), call("info", sample.place)):
        assert (ran.code, ran.out) == (7, "")
        assert "newer version" in ran.err


def test_a_damaged_header_or_database_is_4(run: Runner, sample: Sample) -> None:
    database = sample.place / "vault.db"
    held = database.read_bytes()
    for data in (b"", held[:5000]):
        database.write_bytes(data)
        assert run("list").code == 4
    database.unlink()
    assert run("add", "x").code == 4
    assert not database.exists()
    (sample.place / "vault.hdr").write_bytes(bytes(8192))
    assert run("list").code == 4


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that an ordinary user can reach and read."""
    with folder_for_others() as folder:
        yield folder


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_a_place_that_cannot_be_written_is_6(sample: Sample, reachable: Path) -> None:
    place, closed, secret = sample.copy_to(reachable / "J.integrate").place, reachable / "closed", reachable / "p"
    secret.write_text(sample.passphrase)
    closed.mkdir()
    # What a command needs is imported while everything may be read: the repository may lie in a superuser's home.
    assert call("backup", place, reachable / "B", "--passphrase-file", secret).code == 0
    assert call("add", place, "x", "--passphrase-file", secret).code == 0
    for path in (place, *place.rglob("*"), secret, closed):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with ordinary_rights():
        for words in (
            ["create", closed / "J.integrate"],
            ["create", closed / "K.integrate", "--recovery-file", closed / "w"],
            ["backup", place, closed / "B"],
            ["add", place, "x"],
        ):
            ran = call(*words, "--passphrase-file", secret)
            assert (ran.code, ran.out) == (6, ""), (words, ran.err)
            assert "cannot be written" in ran.err
    assert list(closed.iterdir()) == []
