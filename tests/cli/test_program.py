"""The program around its commands: help, version, usage, and how it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrate import __version__
from integrate.cli.catalogue import all_listed
from tests.cli.calling import PROGRAM, call, environment, start
from tests.conftest import Sample

COMMANDS = [name for name, _line in all_listed()]


def test_version() -> None:
    ran = call("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"integrate {__version__}\n", "")


def test_help_groups_the_commands_and_names_only_what_is_there() -> None:
    ran = call("--help")
    assert ran.code == 0
    for heading in ("Write and find:", "Keep safe:", "Passphrase and recovery words:", "Look around:"):
        assert f"\n{heading}\n" in ran.out
    for name in COMMANDS:
        assert f"\n  {name} " in ran.out
    for absent in ("import_", "open"):
        assert f"\n  {absent} " not in ran.out


def test_these_are_the_commands() -> None:
    assert set(COMMANDS) == set(
        "create info add show list search check-in backup restore import export check passphrase recover demo".split()  # noqa: SIM905 - reads better
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_options_of_all(name: str) -> None:
    ran = call(name, "--help")
    assert ran.code == 0
    for option in ("--json", "--data-dir", "--debug", "--help"):
        assert option in ran.out
    assert ("--passphrase-file" in ran.out) == (name not in {"info", "recover", "demo"})


@pytest.mark.parametrize("name", ["import_", "check_in", "Create", "__init__", "main", "output"])
def test_what_is_no_command_is_wrong_usage(name: str) -> None:
    ran = call(name, "somewhere")
    assert (ran.code, ran.out) == (2, "")
    assert "no such command" in ran.err


@pytest.mark.parametrize("words", [[], ["--journal", "J.integrate"], ["--data-dir", "d", "--debug"]])
def test_without_a_display_it_says_that_no_window_can_be_opened(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    ran = call(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "no display here" in ran.err
    assert "integrate --help" in ran.err


def test_the_windows_option_does_not_go_with_a_command(sample: Sample) -> None:
    assert call("--journal", sample.place, "info", sample.place).code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "A", "B"],
        ["list", "A", "--nonsense"],
        ["list", "A", "--limit"],
        ["list", "A", "--limit", "0"],
        ["list", "A", "--limit", "-3"],
        ["list", "A", "--limit", "ten"],
        ["list", "A", "--limit", "9" * 5000],
        ["list", "A", "--from", "yesterday"],
        ["list", "A", "--to", "2026-13-01"],
        ["list", "A", "--phase", "Prepare"],
        ["list", "A", "--session", "0"],
        ["list", "A", "--session", "two"],
        ["list", "A", "--json=yes"],
        ["search", "A"],
        ["show", "A"],
        ["show", "A", "7"],
        ["add", "A", "text", "--phase", "later"],
        ["add", "A", "text", "--at", "soon"],
        ["add", "A", "text", "--session", "1.2.3"],
        ["add", "A", "text", "--tag", " "],
        ["add", "A", "text", "more", "text"],
        ["add", "A", "text", "--attach", "nowhere.jpg"],
        ["add", "A"],
        ["backup", "A"],
        ["backup", "A", "-"],
        ["create"],
        ["create", "A", "--recovery-file", "-"],
        ["recover", "A", "--passphrase-file", "p"],
        ["restore", "A", "B", "--passphrase-file", "p", "--words-file", "w"],
        ["info", "A", "--deep"],
    ],
)
def test_wrong_usage_is_2_with_a_sentence_and_nothing_on_stdout(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = call(*words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip()) > 15
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_text_taken_for_an_option_is_not_repeated() -> None:
    ran = call("add", "J", "--My canary secret")
    assert ran.code == 2
    assert "canary" not in ran.err
    assert "“--”" in ran.err


def test_general_options_stand_before_or_after_the_command(sample: Sample, secret: Path, tmp_path: Path) -> None:
    for words in (
        ["--debug", "--data-dir", tmp_path / "d", "list", sample.place, "--passphrase-file", secret, "--json"],
        ["list", "--json", "--passphrase-file", secret, "--debug", sample.place, "--data-dir", tmp_path / "d"],
        ["list", sample.place, "--data-dir", tmp_path / "d", "--passphrase-file", secret, "--json", "--debug"],
    ):
        ran = call(*words)
        assert (ran.code, ran.json, ran.err) == (0, [], "")


def test_only_one_parameter_can_have_standard_input(sample: Sample, secret: Path) -> None:
    place = sample.place
    for words in (
        ["add", place, "-", "--passphrase-file", "-"],
        ["passphrase", place, "--passphrase-file", "-", "--new-passphrase-file", "-"],
        ["recover", place, "--words-file", "-", "--new-passphrase-file", "-"],
        ["restore", place, "elsewhere", "--passphrase-file", "-", "--words-file", "-"],
    ):
        ran = call(*words, stdin=sample.passphrase.encode())
        assert ran.code == 2
        assert "one place only" in ran.err


def test_starting_imports_neither_the_commands_nor_what_they_need() -> None:
    code = (
        "import sys; from integrate.app import run; run(['--help'])\n"
        "heavy = ('sqlalchemy', 'sqlcipher3', 'cryptography', 'integrate.journal', 'integrate.storage', 'PIL',\n"
        "         'integrate.cli.list', 'integrate.cli.options', 'importlib.metadata', 'json', 'tomllib')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    env = environment(LC_ALL="C", LANGUAGE="")
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_language_without_a_translation_is_no_failure() -> None:
    assert "Make a journal." in start("--help", env=environment(LANGUAGE="de")).out


def test_the_module_is_the_same_program_with_the_same_name() -> None:
    ran = start("list", "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: integrate list ")
    assert start("nonsense").code == 2


def test_help_fits_a_narrow_terminal() -> None:
    assert max(map(len, call("add", "--help").out.splitlines())) <= 100


def test_a_reader_who_leaves_early_is_no_failure(sample: Sample, secret: Path) -> None:
    command = [*PROGRAM, "list", str(sample.place), "--passphrase-file", str(secret), "--json"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_the_disk_refuses_is_6(sample: Sample, secret: Path) -> None:
    command = [*PROGRAM, "list", str(sample.place), "--passphrase-file", str(secret), "--json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 6
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="closes descriptors")
def test_a_journal_never_gets_the_number_of_a_closed_standard_stream(sample: Sample, secret: Path) -> None:
    code = (
        "import os, sys\n"
        "for number in (0, 1, 2): os.close(number)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'integrate', *sys.argv[1:]])"
    )
    words = ["add", str(sample.place), "text", "--passphrase-file", str(secret)]
    done = subprocess.run([sys.executable, "-c", code, *words], env=environment(), check=False)
    assert done.returncode == 0
    assert len(call("list", sample.place, "--passphrase-file", secret, "--json").json) == 1


def test_m2_commands_on_a_journal_deny_core_files_and_make_files_for_their_owner_only(
    sample: Sample, secret: Path
) -> None:
    code = (
        "import os, resource, sys; os.umask(0o022); from integrate.app import run\n"
        "before = os.umask(0o022), run(['--help'])\n"
        "code = run(sys.argv[1:]); umask = os.umask(0)\n"
        "print(code, before[0], umask, resource.getrlimit(resource.RLIMIT_CORE)[0], file=sys.stderr)"
    )
    words = ["list", str(sample.place), "--passphrase-file", str(secret)]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == f"0 {0o022} {0o077} 0"


@pytest.mark.parametrize("locale", ["C", "de_DE.ISO-8859-1"])
def test_output_is_utf8_whatever_the_locale(sample: Sample, secret: Path, locale: str) -> None:
    env = environment(LC_ALL=locale, LANG=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    text = "Grüße 海 🌊"
    assert start("add", sample.place, "-", "--passphrase-file", secret, stdin=text.encode(), env=env).code == 0
    ran = start("list", sample.place, "--passphrase-file", secret, "--json", env=env)
    assert ran.json[0]["excerpt"] == text
    assert text in start("list", sample.place, "--passphrase-file", secret, env=env).out


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_place_whose_name_is_no_text_is_still_told_in_json(tmp_path: Path, secret: Path) -> None:
    place = tmp_path / os.fsdecode(b"odd\xff.integrate")
    ran = call("create", place, "--passphrase-file", secret, "--json")
    assert ran.code == 0
    assert ran.json["journal"] == str(place)
