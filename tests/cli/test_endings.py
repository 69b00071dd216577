"""How a call ends: stopped, terminated, or by a bug, told without a traceback and without content."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from integrate.cli.main import Terminated, main
from integrate.errors import DatabaseDamaged
from integrate.journal import finding
from tests.cli.calling import PROGRAM, Ran, call, environment, hear_signals
from tests.conftest import PASSPHRASE, Sample

Runner = Callable[..., Ran]
CANARY = "canary-7f3a"


def broken(canary: str) -> Callable[..., object]:
    """A use case that fails with content in every place where a traceback could show it."""

    def fail(*_arguments: object, **_options: object) -> object:
        secret = canary
        try:
            raise ValueError(f"inner {secret}")
        except ValueError as inner:
            error = RuntimeError(f"outer {secret}")
            error.add_note(secret)
            raise error from inner

    return fail


def test_a_bug_is_1_and_says_how_to_report_it(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "list_entries", broken(CANARY))
    ran = run("list")
    assert (ran.code, ran.out) == (1, "")
    assert "--debug" in ran.err
    assert CANARY not in ran.err
    assert "Traceback" not in ran.err
    assert ".py" not in ran.err


def test_debug_tells_where_without_any_content(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "list_entries", broken(CANARY))
    ran = run("list", "--debug")
    assert ran.code == 1
    assert CANARY not in ran.out + ran.err
    lines = ran.err.splitlines()
    assert "ValueError" in lines
    assert lines[-1] == "RuntimeError"
    assert lines.index("ValueError") < len(lines) - 1
    assert any(line.startswith("  integrate/cli/list.py:") for line in lines)
    assert any("broken.<locals>.fail" in line and line.startswith("  test_endings.py:") for line in lines)
    assert str(Path.home()) not in ran.err


def test_debug_of_a_known_bad_day_keeps_its_sentences_and_code(sample: Sample, tmp_path: Path) -> None:
    wrong = tmp_path / "p"
    wrong.write_text(f"wrong {CANARY}")
    ran = call("--debug", "list", sample.place, "--passphrase-file", wrong)
    assert ran.code == 3
    assert "Caps Lock" in ran.err
    assert ran.err.splitlines()[-1] == "integrate.errors.WrongPassphrase"
    assert CANARY not in ran.err


def test_a_real_failure_of_the_database_shows_no_content(run: Runner, sample: Sample) -> None:
    run("add", CANARY, "--title", CANARY, "--tag", CANARY)
    database = sample.place / "vault.db"
    data = bytearray(database.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    database.write_bytes(data)
    for words in (["list"], ["search", CANARY], ["add", CANARY], ["backup", sample.place.parent / "B"]):
        ran = run(*words, "--debug")
        assert ran.code == 4, ran.err
        assert CANARY not in ran.out + ran.err


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt(), 130), (Terminated(signal.SIGTERM), 143)])
def test_stopping_is_told_calmly(run: Runner, monkeypatch: pytest.MonkeyPatch, stop: BaseException, code: int) -> None:
    def stopped(*_arguments: object) -> object:
        raise stop

    monkeypatch.setattr(finding, "list_entries", stopped)
    ran = run("list")
    assert (ran.code, ran.out, ran.err) == (code, "", "Stopped. Nothing half-done is left.\n")


@pytest.mark.parametrize("failure", [RuntimeError("not authorized"), DatabaseDamaged()])
def test_an_interrupt_that_comes_out_as_another_failure_is_still_one(
    sample: Sample, secret: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """A signal inside a callback of the database is not raised by it: the statement fails instead."""

    def fail(*_arguments: object) -> object:
        raise failure

    monkeypatch.setattr(finding, "list_entries", fail)
    words = ["list", str(sample.place), "--passphrase-file", str(secret)]
    assert main(words, stopped=KeyboardInterrupt) == 130
    assert main(words, stopped=lambda: Terminated(signal.SIGTERM)) == 143
    assert main(words) in {1, 4}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_command_cleanly(sample: Sample, number: int, code: int) -> None:
    """It waits for its passphrase on standard input, already set up, when the signal comes."""
    with subprocess.Popen(
        [*PROGRAM, "add", str(sample.place), "text", "--passphrase-file", "-"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_signals,
    ) as process:
        wait_until_reading(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, "", "Stopped. Nothing half-done is left.\n")
    assert call("check", sample.place).code == 0


def wait_until_reading(pid: int) -> None:
    """Until the process sleeps in its read of standard input, where Linux tells; elsewhere for a while."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        time.sleep(0.05)
        try:
            if Path(f"/proc/{pid}/wchan").read_text() in {"pipe_read", "anon_pipe_read"}:
                return
        except OSError:
            pass
        # A process that is not dumpable hides its wchan from others; then being asleep twice in a row has to do.
        if time.monotonic() > until - 18:
            return


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.hard
def test_d1_a_journal_is_whole_after_interrupts_at_any_moment(sample: Sample, secret: Path) -> None:
    """SIGINT from start-up to the end: an entry is there or not, never half; only the promised codes come out."""
    codes = []
    for step in range(30):
        with subprocess.Popen(
            [*PROGRAM, "add", str(sample.place), f"Entry {step}.", "--passphrase-file", str(secret)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=hear_signals,
        ) as process:
            time.sleep(0.3 + step * 0.03)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        codes.append(process.returncode)
        assert process.returncode in {0, 130}, err
        assert "Traceback" not in err
        held = call("list", sample.place, "--passphrase-file", secret, "--json").json
        if out.startswith("Saved"):
            assert held[0]["excerpt"] == f"Entry {step}."
    assert call("check", sample.place, "--passphrase-file", secret, "--json").json["ok"] is True
    assert 130 in codes


def test_nothing_of_the_passphrase_is_in_the_arguments_or_the_environment(sample: Sample, secret: Path) -> None:
    ran = call("list", sample.place, "--passphrase-file", secret, "--debug")
    assert PASSPHRASE not in ran.out + ran.err
    assert PASSPHRASE not in " ".join(os.environ.values())


LONG = "x" * 300  # no disk has such a name


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("info", LONG), 4),
        (("list", LONG), 4),
        (("add", LONG, "text"), 4),
        (("check", LONG), 4),
        (("backup", LONG, "a.ibk"), 4),
        (("passphrase", LONG), 4),
        (("create", LONG), 6),
        (("demo", LONG), 6),
        (("restore", LONG, "a.integrate"), 2),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_a_name_that_no_disk_can_hold_is_no_bug(
    words: tuple[str, ...], code: int, secret: Path, tmp_path: Path
) -> None:
    command, *names = words
    places = [tmp_path / name if name in (LONG, "a.ibk", "a.integrate") else name for name in names]
    options = [] if command in ("info", "demo") else ["--passphrase-file", secret]
    if command == "passphrase":
        options += ["--new-passphrase-file", secret]
    ran = call(command, *places, *options)
    assert ran.code == code
    assert "bug" not in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
