"""What people install: the same wheel from the checkout and from the sdist, and it runs outside the repository."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from integrate import __version__
from tests.project.source import ROOT, tracked_files


def plain_environment(home: Path) -> dict[str, str]:
    """The environment of somebody who has just installed the program: nothing of this checkout, nothing of Python's."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}


def build(source: Path, kind: str, out: Path) -> Path:
    """Build the sdist or wheel of the project at ``source``; no index is asked."""
    environment = {**plain_environment(out.parent), "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(out)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files alone, as in a fresh clone."""
    copy = tmp_path_factory.mktemp("checkout")
    for path in tracked_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return copy


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "sdist", tmp_path_factory.mktemp("sdist") / "out")


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "wheel", tmp_path_factory.mktemp("wheel") / "out")


def contents(wheel: Path) -> dict[str, str]:
    """Each file of a wheel with the hash of its content."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def test_the_sdist_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build(source, "wheel", tmp_path / "out")
    assert contents(again) == contents(wheel)
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_the_program_its_data_and_its_licences_and_nothing_else(wheel: Path) -> None:
    names = set(contents(wheel))
    info = f"integrate_journal-{__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"integrate", info}
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/THIRD-PARTY.md", f"{info}/entry_points.txt"} <= names
    files = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    code = {name for name in files if name.startswith("integrate/")}
    data = {name.replace("resources/", "integrate/_data/", 1) for name in files if name.startswith("resources/")}
    assert {name for name in names if name.startswith("integrate/")} == code | data


def test_the_wheel_says_what_it_is_and_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = f"integrate_journal-{__version__}.dist-info"
        metadata = archive.read(f"{info}/METADATA").decode()
        scripts = archive.read(f"{info}/entry_points.txt").decode()
    for line in ("Name: integrate-journal", f"Version: {__version__}", "License-Expression: Apache-2.0"):
        assert f"{line}\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert "Requires-Dist: sqlcipher3<0.7,>=0.6.4\n" in metadata
    assert "integrate = integrate.__main__:main" in scripts


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment with the wheel in it, which borrows the other packages from this one."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"]
    environment = plain_environment(folder.parent)
    done = subprocess.run([*command, str(wheel)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent


def run(installed: Path, cwd: Path, *words: str) -> str:
    """Run a command of the installed environment from ``cwd``, away from the repository."""
    command = [str(installed / words[0]), *words[1:]]
    environment = plain_environment(cwd)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_installed_outside_the_repository_it_starts_and_finds_its_data(installed: Path, tmp_path: Path) -> None:
    assert __version__ in run(installed, tmp_path, "integrate", "--version")
    code = "from integrate import resources; print(resources.resource_path('prompts', 'integrate.toml'))"
    found = Path(run(installed, tmp_path, "python", "-c", code).strip())
    assert found.parts[-4:] == ("integrate", "_data", "prompts", "integrate.toml")
    assert installed.parent in found.parents


def test_installed_outside_the_repository_it_keeps_a_journal(installed: Path, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("quiet words in a row\n", encoding="utf-8")
    with_secret = ("--passphrase-file", str(secret), "--json", "--data-dir", str(tmp_path / "settings"))
    made = json.loads(run(installed, tmp_path, "integrate", "create", "My.integrate", *with_secret))
    assert len(made["recovery_words"]) == 12
    run(installed, tmp_path, "integrate", "add", "My.integrate", "The first line.", *with_secret)
    (entry,) = json.loads(run(installed, tmp_path, "integrate", "list", "My.integrate", *with_secret))
    assert entry["excerpt"] == "The first line."
