"""The main job of Integrate on the terminal: `make walk`.

A journal is made in a temporary folder; this project's README is written into it, found again, backed up, restored
elsewhere and opened with the twelve recovery words alone. Every step is the real `integrate` command in a process
of its own, exactly as a person would type it. Nothing stays behind.
"""

from __future__ import annotations

import json
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 96
STEP_SECONDS = 120


class WalkStopped(Exception):
    """A step did not do what it should; the text says which and how."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a Markdown text: its heading and what stands under it."""

    title: str
    body: str


def sections(markdown: str) -> list[Section]:
    """Split Markdown at its headings (outside of fenced code); empty sections are left out."""
    found: list[Section] = []
    title, lines, fenced = "Beginning", [], False
    for line in [*markdown.splitlines(), "# "]:
        fenced ^= line.startswith("```")
        heading = None if fenced else re.match(r"#{1,6} (.*)", line)
        if not heading:
            lines.append(line)
            continue
        body = "\n".join(lines).strip()
        if body:
            found.append(Section(title, body))
        title, lines = heading.group(1).strip(), []
    return found


def searchable_word(found: list[Section]) -> str:
    """Return a word of the text worth looking for: a long one that stands in a single section."""
    counts: dict[str, int] = {}
    for section in found:
        for word in set(re.findall(r"\b[a-z]{4,12}\b", section.body.lower())):
            counts[word] = counts.get(word, 0) + 1
    alone = [word for word, count in counts.items() if count == 1]
    return max(alone or counts, key=lambda word: (len(word), word))


class Walk:
    """Runs the real command in ``folder`` and shows each call with what it answered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        beside = Path(sys.executable).with_name("integrate.exe" if sys.platform == "win32" else "integrate")
        self.program = [str(beside)] if beside.exists() else [sys.executable, "-m", "integrate"]

    def write(self, name: str, text: str) -> None:
        """Put a small file for the next step into the folder, readable by its owner only."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")

    def tell(self, text: str) -> None:
        """Print a heading between two steps."""
        print(f"\n{text}", flush=True)

    def run(self, *words: str, typed: str = "", quiet: bool = False) -> str:
        """Run ``integrate`` with ``words``; return what it wrote to stdout.

        Raises:
            WalkStopped: the exit code was not 0, or the command took too long.
        """
        shown = shlex.join(["integrate", *words]) + (" < section.md" if typed else "")
        if not quiet:
            print(f"$ {shown}", flush=True)
        command = [*self.program, "--data-dir", str(self.folder / "settings"), *words]
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                input=typed,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=STEP_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as stuck:
            raise WalkStopped(f"`{shown}` did not end within {STEP_SECONDS} seconds.") from stuck
        if not quiet or done.returncode != 0:
            for line in (done.stdout + done.stderr).rstrip().splitlines():
                print(f"  {line if len(line) <= WIDTH else line[: WIDTH - 1] + '…'}", flush=True)
        if done.returncode != 0:
            raise WalkStopped(f"`{shown}` ended with exit code {done.returncode}.")
        return done.stdout

    def entries(self, journal: str, passphrase_file: str) -> list[tuple[str, str, int]]:
        """Return (time, title, words) of every entry, as `integrate list --json` tells them."""
        listed = json.loads(self.run("list", journal, "--json", "--passphrase-file", passphrase_file, quiet=True))
        return [(entry["at"], entry["title"], entry["words"]) for entry in listed]


def readable_anywhere(folder: Path, needles: list[bytes]) -> list[str]:
    """Return the files under ``folder`` that hold one of ``needles`` in clear."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]


def write_journal(walk: Walk, parts: list[Section]) -> None:
    """Make the journal and write every section into it as an entry."""
    walk.tell("1. A new journal. The recovery words go to a file that is yours to print and put away.")
    walk.write("passphrase.txt", secrets.token_hex(12) + "\n")
    walk.run("create", "Walk.integrate", "--passphrase-file", "passphrase.txt", "--recovery-file", "words.txt")
    walk.tell(f"2. The README goes in, one entry for each of its {len(parts)} sections.")
    phases = ("prepare", "experience", "integrate")
    for number, part in enumerate(parts):
        words = ["--title", part.title, "--phase", phases[number % 3], "--tag", "readme"]
        walk.run("add", "Walk.integrate", "-", *words, "--passphrase-file", "passphrase.txt", typed=part.body + "\n")


def find_again(walk: Walk, parts: list[Section]) -> None:
    """List and search, and show that the files on disk hold none of it in clear."""
    walk.tell("3. Everything is found again.")
    walk.run("list", "Walk.integrate", "--limit", "5", "--passphrase-file", "passphrase.txt")
    word = searchable_word(parts)
    print()
    walk.run("search", "Walk.integrate", word, "--passphrase-file", "passphrase.txt")
    hits = json.loads(
        walk.run("search", "Walk.integrate", word, "--json", "--passphrase-file", "passphrase.txt", quiet=True)
    )
    if not hits:
        raise WalkStopped(f"The word “{word}” was written but not found.")
    walk.tell("4. Nobody else can read a word: looking for the text itself in every file of the journal.")
    needles = [part.title.encode() for part in parts if len(part.title) >= 8] + [word.encode()]
    leaks = readable_anywhere(walk.folder / "Walk.integrate", needles)
    if leaks:
        raise WalkStopped(f"Readable text was found in {', '.join(leaks)}.")
    print("  None of it is there in clear.")


def bring_back(walk: Walk, expected: int) -> None:
    """Back up, restore elsewhere with the words, set a new passphrase with the words, check everything."""
    walk.tell("5. A backup is one encrypted file, opened again before it counts as done.")
    walk.run("backup", "Walk.integrate", "Walk.backup", "--passphrase-file", "passphrase.txt")
    walk.tell("6. The passphrase is forgotten. The twelve words alone bring everything back, in another place.")
    before = walk.entries("Walk.integrate", "passphrase.txt")
    (walk.folder / "passphrase.txt").unlink()
    walk.run("restore", "Walk.backup", "Elsewhere.integrate", "--passphrase-file", "words.txt")
    walk.write("new-passphrase.txt", secrets.token_hex(12) + "\n")
    walk.run(
        *("recover", "Elsewhere.integrate", "--words-file", "words.txt"),
        *("--new-passphrase-file", "new-passphrase.txt"),
    )
    walk.run("list", "Elsewhere.integrate", "--limit", "3", "--passphrase-file", "new-passphrase.txt")
    after = walk.entries("Elsewhere.integrate", "new-passphrase.txt")
    if after != before or len(after) != expected:
        raise WalkStopped(f"{expected} entries went in, {len(after)} came back, or they differ.")
    print(f"  All {len(after)} entries are there, the same as before.")
    walk.tell("7. Every page, record and index entry is checked.")
    walk.run("check", "Elsewhere.integrate", "--deep", "--passphrase-file", "new-passphrase.txt")


def main() -> int:
    """Walk through all steps; return 0 when each did what it should."""
    parts = sections((ROOT / "README.md").read_text(encoding="utf-8"))
    folder = Path(tempfile.mkdtemp(prefix="integrate-walk-"))
    print(f"A walk through the main job, in {folder}. All of it is removed at the end.")
    walk = Walk(folder)
    try:
        write_journal(walk, parts)
        find_again(walk, parts)
        bring_back(walk, len(parts))
    except WalkStopped as stopped:
        print(f"\nThe walk stopped: {stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    walk.tell("Done. The temporary folder is gone.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
