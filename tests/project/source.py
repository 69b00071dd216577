"""The project's own files as the house rules see them: read and parsed."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its place relative to the project (with slashes), its text and its syntax tree."""

    place: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, text: str, place: str = "integrate/domain/example.py") -> Source:
        """Parse ``text`` as if it stood at ``place``."""
        return cls(place, text, ast.parse(text))

    @property
    def room(self) -> str:
        """The room the file is in, such as "storage"; the module's name for those beside the rooms."""
        return self.place.split("/")[1].removesuffix(".py")


@functools.cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that is or would be in the repository, without what .gitignore leaves out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file())


def package_sources() -> tuple[Source, ...]:
    """Every Python file of the program itself.

    Nothing here keeps the trees: they are a million objects, and every test after it in this process, also those that
    measure how long a lock takes, would pay for them at each collection of garbage.
    """
    return tuple(_read(path) for path in sorted((ROOT / "integrate").rglob("*.py")))


def other_files() -> Iterator[Path]:
    """Every Python file of the repository that is not the program: tests, tools, benchmarks and what packs it."""
    package = ROOT / "integrate"
    return (path for path in tracked_files() if path.suffix == ".py" and package not in path.parents)


def other_sources() -> Iterator[Source]:
    """Those files, one after the other."""
    return (_read(path) for path in other_files())


def _read(path: Path) -> Source:
    return Source.of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
