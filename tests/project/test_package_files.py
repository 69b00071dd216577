"""What `make package` puts together: the files for a desktop, the icon, and the rules for what may come along."""

from __future__ import annotations

import ast
import configparser
import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from integrate import __version__
from integrate.resources import load_json, resource_path
from integrate.ui.process import DESKTOP_FILE
from tests.project.source import ROOT

PACKAGING = ROOT / "packaging"
DESKTOP = PACKAGING / "linux" / f"{DESKTOP_FILE}.desktop"
METAINFO = PACKAGING / "linux" / f"{DESKTOP_FILE}.metainfo.xml"
DRAWINGS = sorted(resource_path("icons", "app").glob("*.svg"))


def load(name: str) -> ModuleType:
    """A module of the folder, which is no package: a library of Python has its name."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def contents() -> ModuleType:
    return load("contents")


# --- for a desktop ----------------------------------------------------------------------------------------------------


def test_the_desktop_entry_starts_the_program_and_gives_nothing_away() -> None:
    entries = configparser.ConfigParser(interpolation=None)
    entries.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    entries.read(DESKTOP, encoding="utf-8")
    entry = entries["Desktop Entry"]
    assert (entry["Name"], entry["Exec"], entry["Icon"]) == ("Integrate", "integrate", DESKTOP_FILE)
    assert (entry["Terminal"], entry["StartupWMClass"]) == ("false", "integrate")
    assert not {"MimeType", "Keywords"} & set(entry)
    assert not re.search(r"(?i)ketamine|therap|psyche", DESKTOP.read_text(encoding="utf-8"))


def test_the_metainfo_belongs_to_the_desktop_entry() -> None:
    root = ET.parse(METAINFO).getroot()
    assert root.findtext("id") == DESKTOP_FILE
    assert root.findtext("launchable") == DESKTOP.name
    assert (root.findtext("metadata_license"), root.findtext("project_license")) == ("CC0-1.0", "Apache-2.0")
    assert root.findtext("provides/binary") == "integrate"
    assert not re.search(r"(?i)https?:|www\.", METAINFO.read_text(encoding="utf-8"))


def test_the_metainfo_tells_of_every_release_of_the_changelog_and_of_this_version() -> None:
    told = {release.get("version"): release.get("date") for release in ET.parse(METAINFO).iter("release")}
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = dict(re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", changelog, re.M))
    assert released
    assert released.items() <= told.items()
    assert re.match(r"\d+\.\d+\.\d+", __version__)[0] in told  # type: ignore[index]  # another form fails here


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_checker_of_desktop_entries_finds_nothing() -> None:
    done = subprocess.run(["desktop-file-validate", str(DESKTOP)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not installed")
def test_the_checker_of_metainfo_files_misses_only_the_homepage_that_we_do_not_have() -> None:
    command = ["appstreamcli", "validate", "--no-net", "--no-color", str(METAINFO)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "alidation" in said, said
    assert set(re.findall(r"^[EW]: \S+ (\S+)", said, re.M)) <= {"url-homepage-missing"}, said


# --- the icon ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_the_icon_is_plain_shapes_in_colours_of_the_light_theme(file: Path) -> None:
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    colours = {element.get(kind) for element in root.iter() for kind in ("fill", "stroke")} - {None, "none"}
    light = load_json("themes", "integrate.json")["light"]
    assert colours <= {light[name] for name in ("canvas", "line", "accent")}  # type: ignore[index]  # an object
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "rect", "circle"}


def test_every_size_and_form_of_the_icon_is_drawn(tmp_path: Path) -> None:
    command = [sys.executable, str(PACKAGING / "icon" / "render.py"), str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(tmp_path / "hicolor" / f"{size}x{size}" / "apps" / f"{DESKTOP_FILE}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((size // 2, size // 2)) == (0x1F, 0x64, 0x60, 255)
            assert picture.getpixel((0, 0))[3] < 64
    assert (tmp_path / "hicolor" / "scalable" / "apps" / f"{DESKTOP_FILE}.svg").exists()
    with Image.open(tmp_path / "integrate.ico") as icon:
        assert {(16, 16), (32, 32), (256, 256)} <= icon.info["sizes"]
    with Image.open(tmp_path / "integrate.icns") as icon:
        assert (512, 512, 2) in icon.info["sizes"]


# --- what comes along -------------------------------------------------------------------------------------------------


def test_only_packages_of_the_program_come_along(contents: ModuleType) -> None:
    unwanted = set(contents.unwanted_modules())
    assert {"pytest", "hypothesis", "mypy", "ssl", "sqlite3", "PySide6.QtNetwork", "PySide6.QtQml"} <= unwanted
    assert not {"integrate", "PIL", "PySide6", "PySide6.QtWidgets", "sqlcipher3", "jaraco", "keyring"} & unwanted


@pytest.mark.parametrize(
    ("place", "comes"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/tls/qschannelbackend.dll", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", True),
        ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", False),
        ("PySide6/QtSvg.abi3.so", True),
        ("PySide6/QtNetwork.abi3.so", False),
        ("PySide6/QtNetwork.pyd", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so", True),
        ("integrate/_data/i18n/integrate.pot", True),
    ],
)
def test_what_may_come_along(contents: ModuleType, place: str, comes: bool) -> None:
    assert contents.belongs(place) is comes


def test_a_library_comes_along_only_for_something_that_does(contents: ModuleType) -> None:
    needs = {
        "/q/libqxcb.so": ["libQt6XcbQpa.so.6", "libc.so.6"],
        "/q/libQt6XcbQpa.so.6": ["libxcb.so.1"],
        "/q/libcupsprintersupport.so": ["libcups.so.2"],
    }
    entries = [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/q/libqxcb.so", "BINARY"),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/q/libcupsprintersupport.so", "BINARY"),
        ("PySide6/Qt/lib/libQt6XcbQpa.so.6", "/q/libQt6XcbQpa.so.6", "BINARY"),
        ("libQt6XcbQpa.so.6", "PySide6/Qt/lib/libQt6XcbQpa.so.6", "SYMLINK"),
        ("libxcb.so.1", "/lib/libxcb.so.1", "BINARY"),
        ("libcups.so.2", "/lib/libcups.so.2", "BINARY"),
        ("libssl.so.3", "/lib/libssl.so.3", "BINARY"),
        ("libpython3.11.so.1.0", "/lib/libpython3.11.so.1.0", "BINARY"),
    ]
    kept = [entry[0] for entry in contents.reachable(entries, lambda file: needs.get(file, []))]
    left = {"libcups.so.2", "libssl.so.3"}
    assert kept == [entry[0] for entry in entries if entry[0] not in left]


def test_a_way_to_a_network_or_a_plain_database_is_noticed(contents: ModuleType) -> None:
    bad = ["PySide6/Qt/lib/libQt6Network.so.6", "_sqlite3.pyd", "libssl.so.3", "python3.11/lib-dynload/_ssl.abi.so"]
    good = ["sqlcipher3/_sqlite3.cpython-311.so", "libcrypto.so.3", "PySide6/Qt/lib/libQt6Core.so.6"]
    assert contents.forbidden([*bad, *good]) == sorted(bad)


def test_every_package_brings_its_licence(contents: ModuleType) -> None:
    found = contents.licence_files()
    assert all(Path(file).is_file() for file, _folder in found)
    with_licence = {folder.removeprefix("licences/") for _file, folder in found}
    here = {name for name in contents.wanted_packages() if is_installed(name)}
    # The licence of Qt and its bindings is among the texts in resources/LICENSES, which come along as data.
    assert here - with_licence == {"pyside6-essentials", "shiboken6"}
    assert {"LICENSE", "THIRD-PARTY.md"} <= {Path(file).name for file, folder in found if folder == "licences"}


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_the_keyrings_of_the_allow_list_come_along() -> None:
    allowed = re.findall(
        r"from keyring\.backends\.(\w+) import", (ROOT / "integrate/system/keyring.py").read_text(encoding="utf-8")
    )
    spec = (PACKAGING / "integrate.spec").read_text(encoding="utf-8")
    ast.parse(spec)
    (line,) = (line for line in spec.splitlines() if line.startswith("keyring_backends"))
    assert set(allowed) == set(re.findall(r'"(\w+)"', line)) - {"win32", "darwin"}


# --- trying it --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 3", "exit code 3"),
        ("echo integrate unknown", "--version says"),
        ("echo 'Traceback (most recent call last)' >&2", "Traceback"),
    ],
)
def test_a_frozen_program_that_is_not_right_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], script: str, why: str
) -> None:
    program = tmp_path / "integrate"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    assert load("smoke").main([str(tmp_path)]) == 1
    assert why in capsys.readouterr().err


def test_make_help_lists_the_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "make package " in shown
