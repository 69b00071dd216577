"""Where passphrases come from: files, standard input, a real terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from integrate.cli.secrets import read_secret
from integrate.errors import FileMissing, WrongUsage
from tests.cli.calling import PROGRAM, Ran, call, environment, hear_signals, start
from tests.conftest import PASSPHRASE, Sample

Runner = Callable[..., Ran]


@pytest.mark.parametrize(
    ("held", "secret"),
    [
        (b"words", "words"),
        (b"words\n", "words"),
        (b"words\r\n", "words"),
        (b"words\n\n", "words\n"),
        (b"words\r", "words\r"),
        (b" words \n", " words "),
        (b"a\nb\n", "a\nb"),
        (b"\n", ""),
        (b"", ""),
        ("Fluß 海\n".encode(), "Fluß 海"),
    ],
)
def test_one_trailing_line_break_is_dropped_and_nothing_else(tmp_path: Path, held: bytes, secret: str) -> None:
    file = tmp_path / "p"
    file.write_bytes(held)
    assert read_secret(str(file)) == secret


def test_a_secret_that_is_no_text_missing_or_huge_is_wrong_usage(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "huge").write_bytes(b"x" * 100_000)
    for name, kind in (("binary", WrongUsage), ("huge", WrongUsage), ("missing", FileMissing), (".", FileMissing)):
        with pytest.raises(kind):
            read_secret(str(tmp_path / name))
        ran = call("list", sample.place, "--passphrase-file", tmp_path / name)
        assert (ran.code, ran.out) == (2, "")
    assert call("list", sample.place, "--passphrase-file", "-", stdin=b"\xff").code == 2


def test_the_passphrase_can_come_from_standard_input(sample: Sample) -> None:
    typed = PASSPHRASE.encode() + b"\n"
    assert call("list", sample.place, "--passphrase-file", "-", "--json", stdin=typed).json == []
    assert start("list", sample.place, "--passphrase-file", "-", "--json", stdin=typed).json == []
    assert call("list", sample.place, "--passphrase-file", "-", stdin=b"wrong words here").code == 3


def test_the_new_passphrase_and_the_words_can_come_from_standard_input(
    sample: Sample, secret: Path, words_file: Path
) -> None:
    new = b"quite new words\n"
    place = sample.place
    assert call("passphrase", place, "--passphrase-file", secret, "--new-passphrase-file", "-", stdin=new).code == 0
    assert call("list", place, "--passphrase-file", "-", stdin=new).code == 0
    words = words_file.read_bytes()
    assert call("recover", place, "--words-file", "-", "--new-passphrase-file", secret, stdin=words).code == 0
    assert call("list", place, "--passphrase-file", secret).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["create", "{new}"],
        ["list", "{place}"],
        ["add", "{place}", "text"],
        ["backup", "{place}", "{new}"],
        ["passphrase", "{place}", "--passphrase-file", "{secret}"],
        ["recover", "{place}", "--words-file", "{words}"],
        ["restore", "{secret}", "{new}"],
    ],
    ids=lambda words: words[0],
)
def test_without_a_terminal_to_ask_on_it_is_wrong_usage(
    sample: Sample, secret: Path, words_file: Path, tmp_path: Path, words: list[str]
) -> None:
    places = {"place": sample.place, "secret": secret, "words": words_file, "new": tmp_path / "new"}
    ran = call(*(word.format(**places) for word in words))
    assert (ran.code, ran.out) == (2, "")
    assert "no terminal to ask on" in ran.err
    assert not (tmp_path / "new").exists()


def test_without_a_terminal_a_process_does_not_wait(sample: Sample) -> None:
    assert start("list", sample.place).code == 2


# --- a real terminal --------------------------------------------------------------------------------------------------

on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals of this kind there")


def converse(words: list[object], answers: list[tuple[str, str]], env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command on a terminal of its own; to each prompt give its answer. Returns exit code and what was shown."""
    import pty

    command = [*PROGRAM, *map(str, words)]
    pid, terminal = pty.fork()
    if pid == 0:
        hear_signals()
        os.execve(command[0], command, env or environment(COLUMNS="200"))
    shown, seen, waiting = b"", 0, list(answers)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        while waiting and (at := shown.find(waiting[0][0].encode(), seen)) >= 0:
            prompt, answer = waiting.pop(0)
            seen = at + len(prompt)
            os.write(terminal, answer.encode())
        if not select.select([terminal], [], [], max(0, until - time.monotonic()))[0]:
            os.kill(pid, signal.SIGKILL)
            break
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the other side is gone
            break
        if not more:
            break
        shown += more
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace")


@on_a_terminal
def test_on_a_terminal_it_asks_without_echo(sample: Sample) -> None:
    code, shown = converse(["list", sample.place], [("Passphrase: ", PASSPHRASE + "\n")])
    assert code == 0, shown
    assert PASSPHRASE not in shown
    assert "No entries." in shown


@on_a_terminal
def test_ctrl_c_and_ctrl_d_at_the_question_stop_it(sample: Sample) -> None:
    for key in ("\x03", "\x04"):
        code, shown = converse(["list", sample.place], [("Passphrase: ", key)])
        assert code == 130, shown
        assert "Stopped. Nothing half-done is left." in shown
        assert "Traceback" not in shown


@on_a_terminal
def test_a_new_passphrase_is_typed_twice(sample: Sample, secret: Path) -> None:
    answers = [
        ("New passphrase: ", "short\n"),
        ("at least 10 characters", ""),
        ("New passphrase: ", "long enough words\n"),
        ("The same once more: ", "long enough wrods\n"),
        ("not the same", ""),
        ("New passphrase: ", "long enough words\n"),
        ("The same once more: ", "long enough words\n"),
    ]
    code, shown = converse(["passphrase", sample.place, "--passphrase-file", secret], answers)
    assert code == 0, shown
    assert "long enough" not in shown
    assert call("list", sample.place, "--passphrase-file", "-", stdin=b"long enough words").code == 0


@on_a_terminal
def test_nobody_is_asked_for_the_passphrase_of_what_is_no_journal(tmp_path: Path) -> None:
    code, shown = converse(["list", tmp_path], [])
    assert code == 4
    assert "Passphrase" not in shown


@on_a_terminal
def test_long_work_shows_a_bar_on_a_terminal_alone(sample: Sample, secret: Path, tmp_path: Path) -> None:
    code, shown = converse(["backup", sample.place, tmp_path / "B", "--passphrase-file", secret], [])
    assert code == 0
    assert "Backing up" in shown
    assert "100%" in shown
    assert start("backup", sample.place, tmp_path / "C", "--passphrase-file", secret).err == ""
