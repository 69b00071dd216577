"""The tools that make the project runnable from a fresh clone, and the walk that `make run` shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.source import ROOT
from tools import bootstrap, walk

MARKDOWN = """# Integrate
An offline journal.

## Empty

```sh
# no heading inside code
```
## Backups
Everything is recoverable afterwards.
"""


def test_sections_split_at_headings_outside_of_code_and_leave_out_empty_ones() -> None:
    assert walk.sections(MARKDOWN) == [
        walk.Section("Integrate", "An offline journal."),
        walk.Section("Empty", "```sh\n# no heading inside code\n```"),
        walk.Section("Backups", "Everything is recoverable afterwards."),
    ]


def test_the_word_to_search_for_stands_in_one_section_only() -> None:
    parts = [walk.Section("a", "recoverable journal"), walk.Section("b", "journal offline")]
    assert walk.searchable_word(parts) == "recoverable"


def test_text_in_clear_is_noticed_and_named(tmp_path: Path) -> None:
    (tmp_path / "vault.db").write_bytes(b"\x00\x01 some words \x02")
    (tmp_path / "vault.hdr").write_bytes(b"\x00\x01")
    assert walk.readable_anywhere(tmp_path, [b"some words"]) == ["vault.db"]


def test_a_step_that_fails_stops_the_walk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = walk.Walk(tmp_path)
    terminal.program = [sys.executable, "-c", "raise SystemExit(4)"]
    with pytest.raises(walk.WalkStopped, match="exit code 4"):
        terminal.run("check", "J.integrate")
    assert "$ integrate check J.integrate" in capsys.readouterr().out


@pytest.mark.hard
def test_the_walk_through_the_main_job_succeeds_and_leaves_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, str(ROOT / "tools" / "walk.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "$ integrate restore" in done.stdout
    assert not list(tmp_path.glob("integrate-walk-*"))


def test_an_unknown_task_is_refused_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["dance"]) == 2
    assert "run|test|check" in capsys.readouterr().err


def test_nothing_is_installed_again_while_the_pinned_files_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def note(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(subprocess, "run", note)
    bootstrap.install("test")
    bootstrap.install("test")
    bootstrap.install("run")
    assert len(calls) == 1
    assert {"--require-hashes", "--only-binary=:all:"} <= set(calls[0])
    bootstrap.install("check")
    assert len(calls) == 2


def test_a_failed_installation_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(subprocess, "run", lambda command, **_options: subprocess.CompletedProcess(command, 1))
    for _attempt in range(2):
        with pytest.raises(SystemExit, match="could not be installed"):
            bootstrap.install("run")
    assert not bootstrap.STAMP.exists()


def test_without_a_new_enough_python_one_clear_sentence_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
    with pytest.raises(SystemExit, match=r"needs Python 4\.0 or newer"):
        bootstrap.find_python()


def test_without_root_the_one_command_is_said_and_nothing_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "apt_missing", lambda packages: list(packages))
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(subprocess, "run", None)
    assert not bootstrap.apt_install(("xvfb", "strace"), "`make test`")
    assert "sudo apt-get install -y xvfb strace" in capsys.readouterr().err


def test_a_renamed_system_library_counts_as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = "libglib2.0-0t64 ii \nxvfb ii \nstrace rc \n"
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name)
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_options: subprocess.CompletedProcess(command, 0, stdout=listing)
    )
    assert bootstrap.apt_missing(("libglib2.0-0", "xvfb", "strace")) == ["strace"]


@pytest.mark.parametrize("folder", ["plain", "with a space"])
def test_the_launcher_starts_the_interpreter_it_names(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder
    (place / "integrate").mkdir(parents=True)
    (place / "integrate" / "__main__.py").write_text("def main():\n    return 7\n")
    python = place / "python"
    python.symlink_to(sys.executable)
    script = place / "start"
    script.write_text(bootstrap.launcher(str(python)))
    script.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(place)}
    assert subprocess.run([str(script)], env=environment, check=False).returncode == 7


def test_the_tools_of_the_system_are_the_ones_the_tests_drive() -> None:
    driven = {"xvfb", "dbus", "gnome-keyring", "strace", "qpdf", "poppler-utils", "xdotool", "chromium"}
    assert driven <= set(bootstrap.TOOLS)
