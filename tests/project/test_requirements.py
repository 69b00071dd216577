"""Dependencies: pinned with hashes, without addresses, explained, and the same everywhere."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.house import imported
from tests.project.source import ROOT, package_sources

FILES = ("run", "test", "check", "build", "lock")


def pinned(text: str) -> dict[str, str]:
    """Each pinned package with its version; every one must carry at least one SHA-256."""
    found = {}
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for block in re.split(r"\n(?=\S)", body.strip()):
        match = re.fullmatch(
            r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)( ; [^\n]*?)?( \\\n {4}--hash=sha256:[0-9a-f]{64})+", block
        )
        assert match, f"not one version with hashes: {block[:80]}"
        found[str(canonicalize_name(match["name"]))] = match["version"]
    return found


def requirements(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by pinned file."""
    table = project()
    return {"run": table["project"]["dependencies"], **table["dependency-groups"]}


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_with_hashes_and_no_address_is_named(name: str) -> None:
    text = requirements(name)
    assert pinned(text)
    assert "://" not in text
    assert not re.search(r"^-|--(index|find|extra|trusted)", text, re.M)


def test_an_unhashed_line_would_be_found() -> None:
    with pytest.raises(AssertionError):
        pinned("click==8.5.1\n")


@pytest.mark.parametrize("name", FILES)
def test_what_is_asked_for_is_what_is_pinned(name: str) -> None:
    found = pinned(requirements(name))
    for line in asked_for()[name]:
        wish = Requirement(line)
        assert wish.specifier.contains(found[canonicalize_name(wish.name)]), line


def test_all_files_agree_on_every_version() -> None:
    together: dict[str, set[str]] = {}
    for name in FILES:
        for package, version in pinned(requirements(name)).items():
            together.setdefault(package, set()).add(version)
    assert not {package: versions for package, versions in together.items() if len(versions) > 1}


# Packages whose module is called otherwise, and the one that is data for the standard library's zoneinfo.
MODULE_OF = MappingProxyType(
    {"pillow": "PIL", "uuid-utils": "uuid_utils", "chunspell": "hunspell", "pyside6-essentials": "PySide6"}
)
DATA_ONLY = frozenset(("tzdata",))
# Installed with a package that is asked for, in the very same version.
COMES_ALONG = frozenset(("shiboken6",))


def test_what_the_program_imports_is_what_it_asks_for() -> None:
    own = {"integrate", *sys.stdlib_module_names, *COMES_ALONG}
    used = {name.split(".")[0] for source in package_sources() for _line, name in imported(source)} - own
    names = {str(canonicalize_name(Requirement(line).name)) for line in asked_for()["run"]} - DATA_ONLY
    assert used == {MODULE_OF.get(name, name) for name in names}


def test_every_dependency_is_explained_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").lower()
    missing = [name for line in asked_for()["run"] if (name := Requirement(line).name.lower()) not in text]
    assert not missing


def test_every_package_that_runs_stands_in_the_third_party_notices_with_its_version_and_licence() -> None:
    text = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([\w-]+) \| ([\w.]+) \| [^|]{3,} \|", text, re.M))
    assert rows.pop("package", "") in {"", "version"}
    assert rows == pinned(requirements("run"))


@pytest.mark.parametrize("name", ["test", "check", "build", "lock"])
def test_every_tool_is_named_in_the_third_party_notices(name: str) -> None:
    text = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").lower()
    assert not [line for line in asked_for()[name] if Requirement(line).name.lower() not in text]


NOTICES = tuple(sorted(path.stem for path in (ROOT / "resources" / "LICENSES").iterdir()))


def test_the_notices_are_those_of_what_is_passed_on() -> None:
    wanted = ("SQLCipher", "sqlcipher3", "mnemonic", "LGPL-3.0", "GPL-3.0", "LGPL-2.1", "Hunspell", "chunspell")
    fonts = ("Inter", "Literata", "NotoNaskhArabic", "NotoSansHebrew", "NotoEmoji")
    assert set(NOTICES) == {*wanted, *fonts, "zxcvbn", "en_US-dictionary", "EFF-words", "Lucide", "LOINC"}


@pytest.mark.parametrize("name", NOTICES)
def test_notices_that_ask_to_be_passed_on_are_among_the_resources(name: str) -> None:
    path: Path = ROOT / "resources" / "LICENSES" / f"{name}.txt"
    assert "Copyright" in path.read_text(encoding="utf-8")
    assert f"resources/LICENSES/{name}.txt" in (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
