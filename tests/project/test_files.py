"""What the tracked files may not name, and what must be there."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.project.source import ROOT, tracked_files

# Put together here so that this file does not name what it looks for.
HOSTS = re.compile("|".join((r"hosted\." + "org", "npm" + r"js\.(org|com)", "py" + r"pi\.(org|io|python)")))
PLACES = re.compile(r"(^|[^a-z])/(" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot", "opt/wh" + "eels")) + r")/")


def mentions(pattern: re.Pattern[str], text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


@pytest.mark.parametrize("pattern", [HOSTS, PLACES], ids=["registry", "machine"])
def test_no_tracked_file_names_a_package_registry_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" not in data:
            lines = mentions(pattern, data.decode("utf-8", "replace"))
            found += [f"{path.relative_to(ROOT)}:{number}" for number in lines]
    assert not found, "\n" + "\n".join(found)


def test_such_a_mention_would_be_found() -> None:
    assert mentions(HOSTS, "see py" + "pi.org/simple") == [1]
    assert mentions(PLACES, "fine\ncd /ro" + "ot/x") == [2]
    assert not mentions(PLACES, "https://example.test/wo" + "rk/")


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "THIRD-PARTY.md"]
)
def test_the_papers_of_the_project_are_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 200


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in text


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "test-hard", "check", "bench", "lock", "messages", "wheel", "clean"):
        assert f"make {target} " in shown


def test_the_ci_script_is_executable_and_well_formed() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
