"""Try the frozen program as somebody would who has just unpacked it: `make package` ends with this.

Usage: python packaging/smoke.py FOLDER [PICTURES]

FOLDER holds the program. A journal is made, written, searched, backed up, restored and checked by it; then its window
is opened on a display of its own, unlocked with the keyboard and led to each page. PICTURES is a folder for what the
window looked like. Everything else happens in a temporary folder that is removed.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

ROOT: Final = Path(__file__).resolve().parent.parent
STEP_SECONDS: Final = 120
WINDOW_SECONDS: Final = 30
STILL_SECONDS: Final = 5  # as long as a picture is waited for to stay as it is
CURSOR_PIXELS: Final = 500

PAGES: Final = (("ctrl+3", "journal"), ("ctrl+comma", "settings"), ("ctrl+1", "today-again"))
"""Keys that lead to the next page, and its name. Each is imported when it is first shown."""

TEXT: Final = "The sentence that must be found again."


class NotRight(Exception):
    """The program did not do what it should; the text says what."""


def clean_environment(home: Path) -> dict[str, str]:
    """The environment of somebody without this checkout, without Python and without a display."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


class Program:
    """The frozen program, and the temporary folder it works in."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.file = folder / ("integrate.exe" if sys.platform == "win32" else "integrate")
        self.work = work
        self.environment = clean_environment(work)
        self.passphrase = secrets.token_hex(12)
        secret = work / "passphrase.txt"
        secret.touch(mode=0o600)
        secret.write_text(self.passphrase + "\n", encoding="utf-8")

    def run(self, *words: str) -> str:
        """Run one command; return what it wrote to stdout.

        Raises:
            NotRight: it failed, wrote a traceback, or did not end.
        """
        command = [str(self.file), *words]
        try:
            done = subprocess.run(
                command, cwd=self.work, env=self.environment, capture_output=True, text=True, encoding="utf-8",
                timeout=STEP_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as stuck:
            raise NotRight(f"`{words[0]}` did not end within {STEP_SECONDS} seconds") from stuck
        if done.returncode != 0 or "Traceback" in done.stderr:
            raise NotRight(f"`{words[0]}` ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def with_secret(self, command: str, *words: str) -> str:
        """Run a command that opens a journal."""
        settings = str(self.work / "settings")
        return self.run(command, *words, "--passphrase-file", "passphrase.txt", "--data-dir", settings)


def try_commands(program: Program) -> None:
    """Make a journal, write, find, back up, restore and check, each in a process of its own."""
    version = program.run("--version").strip()
    if not re.fullmatch(r"integrate \d+\.\d+\.\d+\S*", version):
        raise NotRight(f"--version says {version!r}")
    program.with_secret("create", "My.integrate", "--recovery-file", "words.txt")
    program.with_secret("add", "My.integrate", TEXT)
    (listed,) = json.loads(program.with_secret("list", "My.integrate", "--json"))
    (found,) = json.loads(program.with_secret("search", "My.integrate", "sentence", "--json"))
    if found["entry_id"] != listed["entry_id"]:
        raise NotRight("search did not find what was written")
    program.with_secret("backup", "My.integrate", "My.integrate-backup")
    program.with_secret("restore", "My.integrate-backup", "Again.integrate")
    (again,) = json.loads(program.with_secret("list", "Again.integrate", "--json"))
    if again["entry_id"] != listed["entry_id"]:
        raise NotRight("the restored journal is not the same")
    program.with_secret("check", "Again.integrate", "--deep")


# --- the window -------------------------------------------------------------------------------------------------------


class Screen:
    """A display without a person in front of it, whose picture can be looked at and whose keys can be pressed."""

    def __init__(self, name: str, pictures: Path | None) -> None:
        self.name = name
        self._pictures = pictures
        os.environ.update(DISPLAY=name, QT_QPA_PLATFORM="xcb")
        from PySide6.QtGui import QGuiApplication, QImage

        self._rgbx = QImage.Format.Format_RGBX8888
        self._application = QGuiApplication(["smoke"])

    def look(self) -> Image.Image:
        """What is shown now."""
        image = self._application.primaryScreen().grabWindow(0).toImage().convertToFormat(self._rgbx)
        return Image.frombytes("RGBX", (image.width(), image.height()), bytes(image.constBits())).convert("RGB")

    def keep(self, name: str) -> None:
        """Save what is shown now, where pictures are wanted."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self.look().save(self._pictures / f"{name}.png")

    def wait_for_change(self, before: Image.Image, what: str) -> Image.Image:
        """Wait until the picture is another one, and until it stays; return it.

        Raises:
            NotRight: it stayed as it was before.
        """
        wait_until(lambda: differs(self.look(), before), f"{what}: nothing changed on the screen")
        end, last = time.monotonic() + STILL_SECONDS, self.look()
        while time.monotonic() < end:
            time.sleep(0.2)
            now = self.look()
            if not differs(now, last):
                return now
            last = now
        return last

    def do(self, *words: str) -> str:
        """Press keys or ask for windows with xdotool."""
        command = ["xdotool", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=WINDOW_SECONDS, check=False)
        return done.stdout.strip()


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures differ by more than a text cursor, which comes and goes by itself."""
    box = ImageChops.difference(one, other).getbbox()
    return box is not None and (box[2] - box[0]) * (box[3] - box[1]) > CURSOR_PIXELS


def wait_until(true: Callable[[], object], otherwise: str) -> None:
    """Ask again and again until ``true`` is.

    Raises:
        NotRight: it took too long; the text is ``otherwise``.
    """
    end = time.monotonic() + WINDOW_SECONDS
    while not true():
        if time.monotonic() > end:
            raise NotRight(otherwise)
        time.sleep(0.02)


@contextmanager
def own_screen(pictures: Path | None) -> Iterator[Screen | None]:
    """A display of our own; None where this computer has no tools for one."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        yield None
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield Screen(f":{answer.readline().strip()}", pictures)
    finally:
        server.terminate()
        server.wait(STEP_SECONDS)


def open_window(program: Program, journal: str, **display: str) -> subprocess.Popen[str]:
    """Start the window on a journal."""
    command = [str(program.file), "--journal", journal, "--data-dir", str(program.work / "settings")]
    return subprocess.Popen(
        command, cwd=program.work, env={**program.environment, **display},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def end_window(window: subprocess.Popen[str], otherwise: str = "") -> None:
    """Ask the window to end, as the system does at log-out.

    Raises:
        NotRight: it had ended already, ended with an error, not at all, or said something on the way.
    """
    ended_alone = window.poll() is not None
    if not ended_alone:
        window.send_signal(signal.SIGTERM)
    try:
        said = "".join(window.communicate(timeout=WINDOW_SECONDS))
    except subprocess.TimeoutExpired:
        window.kill()
        window.communicate()
        raise NotRight("the window did not end when it was asked to") from None
    if ended_alone or window.returncode not in (0, 128 + signal.SIGTERM):
        raise NotRight(f"the window ended with exit code {window.returncode} {otherwise}\n{said}")
    if said.strip():
        raise NotRight(f"the window wrote something:\n{said}")


def check_what_is_loaded(process: int, folder: Path) -> None:
    """Look at the libraries of the running window (Linux).

    Raises:
        NotRight: one comes from the build environment, or can reach a network.
    """
    maps = Path(f"/proc/{process}/maps")
    if not maps.exists():
        return
    lines = maps.read_text(encoding="utf-8").splitlines()
    files = {Path(parts[5]) for line in lines if len(parts := line.split(maxsplit=5)) == 6}
    build = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()} - {Path("/usr")}
    strange = [
        file
        for file in files
        if (not file.is_relative_to(folder) and any(file.is_relative_to(place) for place in build))
        or re.search(r"Qt6?Network|libssl", file.name)
    ]
    if strange:
        raise NotRight("the window has loaded " + ", ".join(map(str, strange)))


def try_window(program: Program, screen: Screen) -> float:
    """Open the window, unlock it with the keyboard and go to every page; return the seconds until its first picture.

    Raises:
        NotRight: something of that did not happen.
    """
    empty = screen.look()
    began = time.monotonic()
    window = open_window(program, "My.integrate", DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
    try:
        wait_until(lambda: differs(screen.look(), empty) or window.poll() is not None, "no window appeared")
        seconds = time.monotonic() - began
        shown = screen.wait_for_change(empty, "opening the window")
        screen.keep("lock")
        (found, *_others) = screen.do("search", "--onlyvisible", "--name", "^integrate$").split() or [""]
        if not found:
            raise NotRight("there is no window called integrate")
        screen.do("windowfocus", "--sync", found)
        screen.do("type", "--delay", "20", program.passphrase)
        shown = screen.wait_for_change(shown, "typing the passphrase")
        screen.do("key", "Return")
        wait_until(lambda: settings_name(program, "My.integrate"), "the passphrase did not open the journal")
        shown = screen.wait_for_change(shown, "unlocking")
        screen.keep("today")
        for keys, page in PAGES:
            screen.do("key", keys)
            shown = screen.wait_for_change(shown, f"going to {page}")
            screen.keep(page)
        check_what_is_loaded(window.pid, program.file.parent)
    except NotRight as wrong:
        screen.keep("trouble")
        with_end(window, wrong)
    end_window(window)
    return seconds


def with_end(window: subprocess.Popen[str], wrong: NotRight) -> None:
    """End a window that did something wrong, and say that first.

    Raises:
        NotRight: always.
    """
    window.kill()
    said = "".join(window.communicate())
    raise NotRight(f"{wrong}\n{said}".strip()) from wrong


def settings_name(program: Program, journal: str) -> bool:
    """Whether the program has noted that it opened this journal last."""
    found = list((program.work / "settings").rglob("settings.json"))
    return bool(found) and journal in found[0].read_text(encoding="utf-8")


def try_without_display(program: Program) -> None:
    """Where there is no display to look at: the window must come up all the same, stay, and end when asked."""
    window = open_window(program, "My.integrate", QT_QPA_PLATFORM="offscreen")
    time.sleep(5)
    end_window(window)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def main(arguments: list[str]) -> int:
    """Try everything; return 0 when it is as it should be."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: smoke.py FOLDER [PICTURES]\n")
        return 2
    folder = Path(arguments[0]).resolve()
    pictures = Path(arguments[1]) if len(arguments) == 2 else None
    work = Path(tempfile.mkdtemp(prefix="integrate-package-"))
    began = time.monotonic()
    try:
        program = Program(folder, work)
        try_commands(program)
        print("The frozen program makes, writes, searches, backs up, restores and checks a journal.")
        with own_screen(pictures) as screen:
            if screen is None:
                try_without_display(program)
                print("Its window opens and closes (no Xvfb and xdotool here, so nobody looked at it).")
            else:
                seconds = try_window(program, screen)
                print(f"Its window is on the screen after {seconds:.1f} s; it opens the journal and shows each page.")
    except NotRight as wrong:
        print(f"The frozen program is not right: {wrong}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{size_of(folder) / 1e6:.0f} MB in {folder}, tried in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
