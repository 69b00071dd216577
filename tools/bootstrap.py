"""Make the project runnable from a fresh clone: `.venv`, pinned packages, compiled bytecode, and for tests the tools.

Standard library only, and readable by any Python 3 so that an old one can look for a newer one.
Usage: python3 tools/bootstrap.py run|test|check|build|package|lock
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
OLDEST = (3, 11)
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14")

# Which pinned files a task needs.
PROFILES = {
    "run": ("run",),
    "test": ("run", "build", "test"),
    "check": ("run", "build", "test", "check"),
    "build": ("run", "build"),
    "package": ("run", "package"),
    "lock": ("lock",),
}

# The libraries Qt loads at start, with a display and without.
QT_LIBRARIES = (
    *("libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"),
    *("libxcb-randr0", "libxcb-render-util0", "libxcb-shape0"),
)

# What the tests drive: a display, a session bus with a real keyring, the accessibility tree, readers of PDF files,
# system calls, a browser, and what checks the files of a desktop.
TOOLS = (
    *QT_LIBRARIES,
    *("xvfb", "dbus", "gnome-keyring", "at-spi2-core", "python3-pyatspi", "xdotool", "strace", "qpdf"),
    *("poppler-utils", "chromium", "desktop-file-utils", "appstream"),
)


def say(text: str) -> None:
    """Tell the person at the terminal, on stderr so that no output of a command is mixed with it."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def apt_missing(packages: tuple[str, ...]) -> list[str] | None:
    """Return which Debian packages are not installed; None where this is no Debian or Ubuntu."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return None
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Abbrev}\n"], capture_output=True, text=True, check=False
    ).stdout
    installed = {line.split()[0] for line in listing.splitlines() if line.split()[1:2] == ["ii"]}
    # Newer releases renamed some libraries with a suffix for 64-bit time.
    return [name for name in packages if not {name, name + "t64"} & installed]


def apt_install(packages: tuple[str, ...], purpose: str) -> bool:
    """Install what is missing of ``packages`` as root, or say the one command that does; True when all are there."""
    missing = apt_missing(packages)
    if missing is None:
        return False
    if not missing:
        return True
    names = " ".join(missing)
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        say(f"{purpose} also needs some tools of the system. To install them:\n  sudo apt-get install -y {names}")
        return False
    say(f"Installing tools of the system: {names}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]):
        words = command if command[1] == "update" else [*command, *missing]
        done = subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            say(f"`{' '.join(words)}` did not work (exit code {done.returncode}).")
    still = apt_missing(packages)
    if still:
        say(f"Not installed: {' '.join(still)}. Tests that need them are skipped and say so.")
    return not still


def version_of(python: str) -> tuple[int, ...] | None:
    """Return (major, minor) of a Python command; None when it cannot be run (a version manager's empty shim too)."""
    try:
        answer = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        return tuple(int(part) for part in answer.split())
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def find_python() -> str:
    """Return a Python that is new enough, the one that runs this first; end with a clear sentence if there is none."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for name in CANDIDATES:
        found = shutil.which(name)
        if found and (version_of(found) or (0, 0)) >= OLDEST:
            return found
    wanted = ".".join(map(str, OLDEST))
    raise SystemExit(f"Integrate needs Python {wanted} or newer, and none was found on this computer.")


def venv_python() -> Path:
    """Return where the environment's own interpreter is."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_is_ours() -> bool:
    """Tell whether `.venv` was made at this place: a moved or copied one still points to the old one."""
    script = VENV / ("Scripts/activate.bat" if os.name == "nt" else "bin/activate")
    try:
        return str(VENV) in script.read_text(encoding="utf-8")
    except OSError:
        return False


def make_venv() -> None:
    """Create `.venv` anew unless a working one of this checkout is there."""
    if venv_python().exists() and (version_of(str(venv_python())) or (0, 0)) >= OLDEST and venv_is_ours():
        return
    python = find_python()
    command = [python, "-m", "venv", "--clear", str(VENV)]
    # Debian ships the module that puts pip into an environment as a package of its own.
    if subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode != 0:
        apt_install(("python3-venv",), "Making an environment")
    say(f"Making .venv with Python {'.'.join(map(str, version_of(python) or ()))}")
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit("The environment .venv could not be made. On Debian or Ubuntu: apt-get install python3-venv")


def fingerprint(names: tuple[str, ...]) -> dict[str, str]:
    """Return the hash of each pinned file: what decides whether an environment is up to date."""
    files = [ROOT / "requirements" / f"{name}.txt" for name in names]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def read_stamp() -> dict[str, str]:
    """Return what the last complete installation noted; empty when there was none."""
    try:
        marks = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marks if isinstance(marks, dict) else {}


def install(profile: str) -> None:
    """Install the pinned packages of ``profile``, only when a pinned file changed since the last time."""
    names = PROFILES[profile]
    wanted, noted = fingerprint(names), read_stamp()
    if all(noted.get(name) == mark for name, mark in wanted.items()):
        return
    say("Installing the pinned packages into .venv (" + ", ".join(names) + ")")
    # Pinned and hashed: whatever index answers, only these very files are accepted. Nothing is built from source.
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-input"]
    command += ["--require-hashes", "--only-binary=:all:"]
    command += [word for name in names for word in ("-r", str(ROOT / "requirements" / f"{name}.txt"))]
    STAMP.unlink(missing_ok=True)
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit("The packages could not be installed; what pip said is above.")
    kept = {} if any(noted.get(name, mark) != mark for name, mark in wanted.items()) else noted
    STAMP.write_text(json.dumps({**kept, **wanted}, indent=1), encoding="utf-8")


def write_if_changed(path: Path, text: str) -> None:
    """Write ``text`` unless the file already says so."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def launcher(interpreter: str) -> str:
    """Return the text of the `integrate` command: run by the environment's own ``interpreter``."""
    code = "import sys\n\nfrom integrate.__main__ import main\n\nsys.exit(main())\n"
    if " " not in interpreter and len(interpreter) < 120:
        return f"#!{interpreter}\n{code}"
    # A first line holds neither spaces nor a long path; the shell then starts the interpreter on this same file.
    return f"#!/bin/sh\n'''exec' \"{interpreter}\" \"$0\" \"$@\"\n' '''\n{code}"


def link_project() -> None:
    """Put the checkout itself on the environment's path, used in place, with its `integrate` command.

    This needs no build tool and no index, and leaves no copy of the resources that could go stale.
    """
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(venv_python()), "-c", question], capture_output=True, text=True, check=True)
    write_if_changed(Path(answer.stdout.strip()) / "integrate-journal.pth", f"{ROOT}\n")
    if os.name == "nt":
        write_if_changed(VENV / "Scripts" / "integrate.cmd", '@"%~dp0python.exe" -m integrate %*\n')
        return
    script = VENV / "bin" / "integrate"
    write_if_changed(script, launcher(str(venv_python())))
    script.chmod(0o755)


def compile_bytecode() -> None:
    """Compile the checkout, also where Python is told not to write bytecode: the start-up time depends on it."""
    command = [str(venv_python()), "-m", "compileall", "-q", "-j", "0", str(ROOT / "integrate")]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=environment, check=False)


def main(arguments: list[str]) -> int:
    """Prepare the environment for one of the profiles; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in PROFILES:
        say("usage: bootstrap.py " + "|".join(PROFILES))
        return 2
    profile = arguments[0]
    make_venv()
    install(profile)
    link_project()
    compile_bytecode()
    if profile == "run":
        apt_install(QT_LIBRARIES, "The window")
    if profile in ("test", "check", "package"):
        apt_install(TOOLS, f"`make {profile}`")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
