"""What goes into the frozen program and what stays out: decided here, used by `integrate.spec`, proven by tests.

The build environment may hold more than the program needs (the tools of the tests, a toolkit's whole set of
libraries). So the rules name what may come along, never what must not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

Entry: TypeAlias = tuple[str, str, str]
"""PyInstaller's own form: place inside the bundle, file on this computer, kind."""

ROOT: Final = Path(__file__).resolve().parent.parent

QT_LIBRARIES: Final = frozenset(
    ("Core", "DBus", "Gui", "OpenGL", "PrintSupport", "Svg", "WaylandClient", "Widgets", "XcbQpa")
)
QT_MODULES: Final = frozenset(("QtCore", "QtDBus", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets"))
QT_PLUGINS: Final = frozenset(
    (
        *("platforms/qxcb", "platforms/qwayland", "platforms/qoffscreen", "platforms/qcocoa", "platforms/qwindows"),
        *("platforminputcontexts/composeplatforminputcontextplugin", "platformthemes/qxdgdesktopportal"),
        "platforminputcontexts/ibusplatforminputcontextplugin",
        *("iconengines/qsvgicon", "imageformats/qgif", "imageformats/qjpeg", "imageformats/qsvg", "imageformats/qwebp"),
        *("printsupport/cupsprintersupport", "styles/qmacstyle", "styles/qmodernwindowsstyle"),
        *("wayland-shell-integration/xdg-shell", "wayland-decoration-client/bradient"),
        "wayland-graphics-integration-client/qt-plugin-wayland-egl",
    )
)
"""Without the plugins for GTK (our windows and file dialogs look like ours), VNC and the virtual keyboard (network)."""

NEVER: Final = ("tkinter", "sqlite3", "ssl", "readline", "curses", "unittest", "pydoc", "doctest", "pdb", "idlelib")
"""Modules of Python's own library that the program has no use for; no TLS and no plain database comes along."""

LEFT_TO_THE_SYSTEM: Final = ("libcupsprintersupport.so",)
"""What these need must be what is installed there: printing is the system's own matter."""

_NETWORK: Final = re.compile(r"(?i)qt6?network|qt6?qml|qt6?quick|webengine|libssl|(^|lib-dynload/)(_ssl|_sqlite3)\.")
_QT_LIBRARY: Final = re.compile(r"(?:lib)?Qt6?([A-Z][A-Za-z0-9]*?)(?:\.so[.\d]*|\.dll|\.dylib)?")
_BINDINGS: Final = ("pyside6-essentials", "pyside6-addons")
_LICENCE_NAME: Final = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")


def wanted_packages() -> frozenset[str]:
    """Names of the packages the program runs with, as `requirements/run.txt` pins them."""
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(match[1]) for line in lines if (match := re.match(r"([A-Za-z0-9._-]+)==", line)))


def unwanted_modules() -> list[str]:
    """Modules that are installed here for other reasons than running the program."""
    wanted = wanted_packages()
    others = (
        module
        for module, owners in packages_distributions().items()
        if module.isidentifier() and not any(_plain(owner) in wanted for owner in owners)
    )
    return sorted({*others, *NEVER, *_other_parts_of_qt()} - {"integrate"})


def belongs(destination: str) -> bool:
    """Whether a file may go to ``destination`` (a path inside the bundle). Files that are not Qt's always may."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if "translations" in path.parts and "PySide6" in path.parts:
        return False
    if "plugins" in path.parts:
        kind, name = path.parts[path.parts.index("plugins") + 1], path.name.split(".")[0].removeprefix("lib")
        return f"{kind}/{name}" in QT_PLUGINS
    framework = next((part.removesuffix(".framework") for part in path.parts if part.endswith(".framework")), None)
    if framework is not None and framework.startswith("Qt"):
        return framework.removeprefix("Qt") in QT_LIBRARIES
    if path.parts[0] == "PySide6" and re.fullmatch(r"Qt\w+(\.abi3)?\.(so|pyd)", path.name):
        return path.name.split(".")[0] in QT_MODULES
    library = _QT_LIBRARY.fullmatch(path.name)
    return library is None or library[1] in QT_LIBRARIES or path.suffix in (".py", ".pyc")


def reachable(binaries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Those of ``binaries`` that something in the program asks for: libraries of what was left out go as well.

    What Python or Qt opens by itself counts as asked for: modules, plugins and whatever lies in a package's own folder.
    ``needs`` gives the names of the libraries that a file is linked to, with or without those they need in turn.
    """
    entries = list(binaries)
    found = {entry for entry in entries if not _is_library(entry[0])}
    by_name = {PurePosixPath(entry[0]).name: entry for entry in entries if entry[2] != "SYMLINK"}
    waiting = [entry for entry in found if PurePosixPath(entry[0]).name not in LEFT_TO_THE_SYSTEM]
    while waiting:
        for name in needs(waiting.pop()[1]):
            entry = by_name.get(name)
            if entry is not None and entry not in found:
                found.add(entry)
                waiting.append(entry)
    kept = {PurePosixPath(entry[0]).name for entry in found}
    return [entry for entry in entries if PurePosixPath(entry[0]).name in kept]


def forbidden(destinations: Iterable[str]) -> list[str]:
    """Those of the files that break a promise: a way to a network, or a database that is not encrypted."""
    return sorted(name for name in destinations if _NETWORK.search(name.replace("\\", "/")))


def licence_files() -> list[tuple[str, str]]:
    """(file, folder inside the bundle) of the licence of each package, of Python and of this program."""
    found = [(str(ROOT / name), "licences") for name in ("LICENSE", "THIRD-PARTY.md")]
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        found.append((str(python), "licences/python"))
    wanted = wanted_packages()
    for distribution in distributions():
        name = _plain(distribution.metadata["Name"])
        if name in wanted:
            found += [(str(file), f"licences/{name}") for file in _licences_of(distribution)]
    return found


def system_licences(sources: Iterable[str]) -> list[tuple[str, str]]:
    """(file, folder inside the bundle) of the papers on libraries that were taken from a Debian system."""
    ours = tuple(str(Path(prefix).resolve()) for prefix in (sys.prefix, sys.base_prefix, ROOT))
    files = {str(Path(source).resolve()) for source in sources}
    foreign = sorted(file for file in files if not file.startswith(ours))
    if not foreign or shutil.which("dpkg-query") is None:
        return []
    # Half of the files lie under /lib, which is a link to /usr/lib: the list of a package may name either.
    names = [name for file in foreign for name in (file, file.removeprefix("/usr"))]
    answer = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True, check=False).stdout
    packages = sorted({line.split(":")[0] for line in answer.splitlines()})
    papers = ((name, Path("/usr/share/doc", name, "copyright")) for name in packages)
    return [(str(paper), f"licences/system/{name}") for name, paper in papers if paper.is_file()]


def _is_library(destination: str) -> bool:
    """Whether a file is there for others only: a library of the system or of Qt itself."""
    folder = PurePosixPath(destination).parent.as_posix()
    name = PurePosixPath(destination).name
    return name.startswith("lib") and not name.startswith("libpython") and folder in (".", "PySide6/Qt/lib")


def _other_parts_of_qt() -> set[str]:
    """The bindings of Qt that are installed here and that the program does not use."""
    files = (file for one in distributions() if _plain(one.metadata["Name"]) in _BINDINGS for file in one.files or ())
    modules = {
        file.name.split(".")[0] for file in files if re.fullmatch(r"PySide6/Qt\w+(\.abi3)?\.(so|pyd)", str(file))
    }
    return {f"PySide6.{module}" for module in modules - QT_MODULES}


def _licences_of(distribution: Distribution) -> list[Path]:
    inside = (file for file in distribution.files or () if ".dist-info" in str(file))
    named = (file for file in inside if _LICENCE_NAME.search(file.name) or "licenses" in file.parts)
    return [path for file in named if (path := Path(str(file.locate()))).is_file()]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
