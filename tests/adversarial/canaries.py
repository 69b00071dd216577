"""Canaries: words made for one run, and the search for them in every coding, in files, names and open descriptors."""

from __future__ import annotations

import base64
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SYSTEM_PLACES = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/var/log"))
_LARGEST = 512 * 1024 * 1024


def new_canary(purpose: str) -> str:
    """A word that is nowhere else on this computer."""
    return f"canary{purpose}{secrets.token_hex(8)}"


def codings(secret: str) -> dict[str, bytes]:
    """The secret as it might lie in a file: UTF-8, UTF-16, hex, and base64 whatever stands before it."""
    plain = secret.encode()
    needles = {
        "UTF-8": plain,
        "UTF-16LE": secret.encode("utf-16-le"),
        "UTF-16BE": secret.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "upper hex": plain.hex().upper().encode(),
    }
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + plain)
        padding = text.count(b"=")
        core = text[(0, 2, 3)[shift] : len(text) - (padding + 1 if padding else 0)]
        needles[f"base64+{shift}"] = core
        needles[f"URL base64+{shift}"] = core.translate(bytes.maketrans(b"+/", b"-_"))
    return needles


@dataclass(frozen=True)
class Needles:
    """Every secret in every coding."""

    by_name: Mapping[str, bytes]

    @classmethod
    def of(cls, hidden: Mapping[str, str], keys: Mapping[str, bytes] = MappingProxyType({})) -> Needles:
        """Texts in every coding, and keys as they are and as hex digits."""
        found = {
            f"{name} in {coding}": needle
            for name, secret in hidden.items()
            for coding, needle in codings(secret).items()
        }
        for name, key in keys.items():
            digits = key.hex()
            found |= {name: key, f"{name} in hex": digits.encode(), f"{name} in upper hex": digits.upper().encode()}
        return cls(found)

    def found_in(self, data: bytes) -> Iterator[str]:
        """The names of those that ``data`` holds."""
        return (name for name, needle in self.by_name.items() if needle in data)

    def traced(self) -> Needles:
        """The same as ``strace -xx`` writes bytes."""
        return Needles(
            {name: "".join(f"\\x{byte:02x}" for byte in needle).encode() for name, needle in self.by_name.items()}
        )


@dataclass(frozen=True)
class Search:
    """Look below ``roots`` for what was touched after ``since`` (seconds), except below ``excluded``."""

    needles: Needles
    roots: Sequence[Path]
    excluded: Sequence[Path]
    since: float

    def hits(self, known: dict[str, tuple[int, int, int]] | None = None) -> list[str]:
        """Where which secret lies, in a file or a name. With ``known``, files that did not change are passed over."""
        return [hit for root in self.roots for hit in self._below(root, known)]

    def _below(self, root: Path, known: dict[str, tuple[int, int, int]] | None) -> Iterator[str]:
        banned = {str(path) for path in self.excluded}
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if f"{folder}/{name}" not in banned]
            for name in (*names, *folders):
                path = f"{folder}/{name}"
                yield from (f"the name {path}: {needle}" for needle in self.needles.found_in(os.fsencode(name)))
                if name in names:
                    yield from self._inside(path, known)

    def _inside(self, path: str, known: dict[str, tuple[int, int, int]] | None) -> Iterator[str]:
        try:
            state = os.lstat(path)
            if not stat.S_ISREG(state.st_mode) or max(state.st_mtime, state.st_ctime) < self.since:
                return
            assert state.st_size < _LARGEST, path
            as_it_is = (state.st_mtime_ns, state.st_size, state.st_ino)
            if known is not None:
                if known.get(path) == as_it_is:
                    return
                known[path] = as_it_is
            data = Path(path).read_bytes()
        except OSError:
            return  # gone again, or another person's
        yield from (f"{path}: {needle}" for needle in self.needles.found_in(data))

    def held_open(self, process: int) -> list[str]:
        """What a process and its children hold open, files without a name included."""
        found = []
        for one in family(process):
            for link in links_of(one):
                try:
                    target = str(link.readlink())
                    if target.startswith("/") and not self._is_excluded(target) and link.is_file():
                        found += [f"open {target}: {needle}" for needle in self.needles.found_in(link.read_bytes())]
                except OSError:
                    continue  # closed meanwhile, or ended
        return found

    def _is_excluded(self, target: str) -> bool:
        return any(target.startswith(f"{path}/") for path in self.excluded)


def links_of(process: int) -> list[Path]:
    """The descriptors of a process; none if it has ended meanwhile."""
    folder = Path(f"/proc/{process}/fd")
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def family(process: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in below for one in family(int(child)))]


def network_calls(trace: str) -> list[str]:
    """The lines of a trace that reach for a network."""
    return [line for line in trace.splitlines() if re.search(r"\bAF_INET6?\b|\bAF_PACKET\b", line)]


def leaking_writes(trace: bytes, needles: Needles, allowed: Sequence[int]) -> list[str]:
    """Which secrets are in a write to anything but the descriptors in ``allowed``."""
    traced, found = needles.traced(), []
    for line in trace.splitlines():
        call = re.match(rb"(?:\d+ +)?(\w+)\((\d+)", line)
        if call is None or call[1] == b"execve" or int(call[2]) in allowed:
            continue
        found += [f"{call[1].decode()}({call[2].decode()}): {name}" for name in traced.found_in(line)]
    return found
