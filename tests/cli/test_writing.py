"""add and show: what goes in comes out, byte for byte."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.journal.room import room_waits
from integrate.system.clock import SystemClock
from tests.cli.calling import Ran, Stream, call, start
from tests.conftest import Sample
from tests.helpers.courses import mark
from tests.helpers.rooms import enter, moments_of, words_of

Runner = Callable[..., Ran]

FIELDS = ["entry_id", "at", "zone", "phase", "session", "title", "excerpt", "tags", "never_share", "words"]


def test_an_entry_with_everything(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes(b"attached words")
    (tmp_path / "second.bin").write_bytes(bytes(2048))
    added = run(
        *("add", "The *sea* was calm.", "--title", "A day", "--phase", "experience", "--session", "3"),
        *("--at", "2026-03-01T21:30+05:00", "--tag", "Sea", "--tag", "calm", "--tag", "sea", "--never-share", "--json"),
        *("--attach", tmp_path / "note.txt", "--attach", tmp_path / "second.bin"),
    )
    assert (added.code, added.err, list(added.json)) == (0, "", ["entry_id"])
    shown = run("show", added.json["entry_id"], "--json")
    assert list(shown.json) == [*FIELDS, "body"]
    assert shown.json == {
        "entry_id": added.json["entry_id"],
        "at": "2026-03-01T21:30:00+05:00",
        "zone": "Etc/GMT-5",
        "phase": "experience",
        "session": 3,
        "title": "A day",
        "excerpt": "The sea was calm.",
        "tags": ["Sea", "calm"],
        "never_share": True,
        "words": 4,
        "body": "The *sea* was calm.",
    }
    read = run("show", added.json["entry_id"]).out
    for part in ("A day\n", "2026-03-01 21:30", "Experience", "session 3", "4 words", "#Sea #calm", "Never share"):
        assert part in read
    assert "Attached: note.txt, 14 bytes" in read
    assert "Attached: second.bin, 2 KiB" in read
    assert read.endswith("\n\nThe *sea* was calm.\n")


def test_what_is_not_said_has_its_default(run: Runner) -> None:
    before = datetime.now(tz=ZoneInfo("UTC"))
    entry = run("show", run("add", "Only words.", "--json").json["entry_id"], "--json").json
    assert (entry["phase"], entry["session"], entry["title"], entry["tags"]) == ("prepare", None, "", [])
    assert entry["never_share"] is False
    assert entry["zone"] == SystemClock().zone()
    at = datetime.fromisoformat(entry["at"])
    assert before - timedelta(seconds=2) <= at <= datetime.now(tz=ZoneInfo("UTC")) + timedelta(seconds=2)
    assert at.utcoffset() is not None


def test_for_a_person_add_says_what_was_saved(run: Runner) -> None:
    ran = run("add", "Words.")
    assert ran.out.startswith("Saved: ")
    assert UUID(ran.out.removeprefix("Saved: ").strip()).version == 7


@pytest.mark.parametrize(
    ("at", "expected", "zone"),
    [
        ("2026-03-01T21:30:15Z", "2026-03-01T21:30:15+00:00", "UTC"),
        ("2026-03-01T21:30+05:30", "2026-03-01T16:00:00+00:00", "UTC"),
        ("2026-03-01T21:30-11:00", "2026-03-01T21:30:00-11:00", "Etc/GMT+11"),
        ("2026-03-01", "2026-03-01T00:00:00", None),
    ],
)
def test_when_it_was(run: Runner, at: str, expected: str, zone: str | None) -> None:
    entry = run("show", run("add", "x", "--at", at, "--json").json["entry_id"], "--json").json
    assert entry["at"].startswith(expected)
    if zone != "UTC" or SystemClock().zone() not in {"Etc/UTC", "UTC", "Etc/GMT"}:
        assert entry["zone"] == (zone or SystemClock().zone())


@pytest.mark.parametrize(("given_", "told"), [("4", 4), ("1.4", 4), ("2.4", "2.4")])
def test_a_session_of_another_course_is_told_with_its_course(run: Runner, given_: str, told: object) -> None:
    entry_id = run("add", "x", "--session", given_, "--json").json["entry_id"]
    assert run("show", entry_id, "--json").json["session"] == told
    assert f"session {told}" in run("list").out


def test_an_entry_without_a_body_needs_a_title_or_a_file(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    assert run("add").code == 2
    for words in (["--title", "Only a title"], ["--attach", tmp_path / "a.txt"]):
        entry_id = run("add", *words, "--json").json["entry_id"]
        assert run("show", entry_id, "--json").json["body"] == ""
        assert run("show", entry_id).code == 0


@pytest.mark.parametrize(
    "body", [b"", b"a\n", b"\n\n a \r\n\t\n", b"\xef\xbb\xbfmark", "n̈ é 海 🌊".encode(), b"\x00\x1b[31m"]
)
def test_standard_input_is_kept_as_it_came(run: Runner, body: bytes) -> None:
    entry_id = run("add", "-", "--json", stdin=body).json["entry_id"]
    assert run("show", entry_id, "--json").json["body"].encode() == body


def test_any_text_comes_back_byte_for_byte(run: Runner) -> None:
    texts = st.text(st.characters(codec="utf-8"), max_size=300) | st.text(string.printable, max_size=40)

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts)
    def law(text: str) -> None:
        entry_id = run("add", "-", "--json", stdin=text.encode()).json["entry_id"]
        assert run("show", entry_id, "--json").json["body"] == text

    law()


def test_a_text_that_begins_with_a_dash_follows_two(sample: Sample, secret: Path, run: Runner) -> None:
    ran = call("add", sample.place, "--passphrase-file", secret, "--json", "--", "--not an option")
    assert run("show", ran.json["entry_id"], "--json").json["body"] == "--not an option"


def test_text_that_is_not_utf8_is_refused(run: Runner) -> None:
    for ran in (run("add", "-", stdin=b"\xff\xfe"), run("add", "\udcff"), run("add", "x", "--title", "\udcff")):
        assert (ran.code, ran.out) == (2, "")
        assert "UTF-8" in ran.err
    assert run("list", "--json").json == []


def test_on_a_terminal_the_text_is_typed(run: Runner) -> None:
    ran = run("add", stdin=b"Typed words.\n", ask_on_stdin=True)
    assert ran.code == 0
    assert "Ctrl D" in ran.err
    assert run("list", "--json").json[0]["excerpt"] == "Typed words."
    nothing = run("add", stdin=b" \n", ask_on_stdin=True)
    assert nothing.code == 2
    assert len(run("list", "--json").json) == 1


def test_a_file_to_attach_that_is_too_large_or_missing_saves_nothing(run: Runner, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)
    for file in (large, tmp_path / "missing.bin", tmp_path):
        assert run("add", "x", "--attach", file).code == 2
    assert run("list", "--json").json == []


def test_an_id_that_no_entry_has(run: Runner) -> None:
    assert run("show", uuid4()).code == 2
    ran = run("show", "not-an-id")
    assert ran.code == 2
    assert "`integrate list` shows the ids" in ran.err


def test_what_was_written_is_there_when_the_command_has_ended(sample: Sample, secret: Path) -> None:
    ran = start("add", sample.place, "-", "--passphrase-file", secret, "--json", stdin=b"Durable words.\n")
    assert (ran.code, ran.err) == (0, "")
    shown = start("show", sample.place, ran.json["entry_id"], "--passphrase-file", secret, "--json")
    assert shown.json["body"] == "Durable words.\n"


def test_control_characters_do_not_reach_a_terminal(run: Runner) -> None:
    body = "plain \x1b]0;title\x07 \x9b31m end"
    entry_id = run("add", "-", "--title", "t\x1b[2J", "--json", stdin=body.encode()).json["entry_id"]
    for ran in (
        run("show", entry_id, terminal=True),
        run("list", terminal=True),
        run("search", "plain", terminal=True),
    ):
        assert ran.code == 0
        ours = ran.out.replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not set(ours) & {"\x1b", "\x07", "\x9b"}
    assert body in run("show", entry_id).out


def test_a_stream_in_a_test_is_what_it_claims() -> None:
    assert Stream(terminal=True).isatty()
    assert not Stream().isatty()


def test_what_was_marked_in_the_session_room_comes_in_with_the_next_write(
    run: Callable[..., Ran], sample: Sample
) -> None:
    room = enter(sample)
    assert run("add", "Beside the room.").code == 5, "the room holds the journal until it is left"
    room.mark(mark("the sea"))
    room.close()
    assert run("list").code == 0
    assert room_waits(sample.place), "reading takes nothing in"
    added = run("add", "After it.")
    assert added.code == 0 and "1 moment of the session room is in your journal now." in added.err
    assert not room_waits(sample.place)
    with sample.open() as journal:
        assert words_of(moments_of(journal, room.session_id)) == ["the sea"]
