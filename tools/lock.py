"""Pin every dependency with its hashes: `make lock` writes requirements/*.txt from the groups of pyproject.toml.

One resolution serves all files, so that the program, its tests and its checks agree on every version. The files
name no index and no path of the machine that made them; pip looks in whatever index its user has set up.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("test", "check", "build", "package", "lock")
HEADER = """\
# Pinned with hashes for Python 3.11 and later on Linux, macOS and Windows.
# Source: pyproject.toml, {source}. Written by `make lock`; not edited by hand.
"""


def resolve(arguments: list[str], target: Path) -> None:
    """Let uv resolve ``arguments`` (groups, constraints) for every platform into ``target``, hashes included."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
        *("--output-file", str(target), *arguments),
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> int:
    """Write one file for the program itself and one for each group; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder) / "all.txt"
        groups = [word for name in GROUPS for word in ("--group", name)]
        resolve(["pyproject.toml", *groups], everything)
        # The hashes of the joint resolution may not sit in a constraint file together with other hashes: pins only.
        pins = Path(folder) / "pins.txt"
        lines = everything.read_text(encoding="utf-8").splitlines()
        pins.write_text("\n".join(line.rstrip(" \\") for line in lines if "==" in line) + "\n", encoding="utf-8")
        for name in ("run", *GROUPS):
            source, what = (
                (["pyproject.toml"], "the program's dependencies")
                if name == "run"
                else (["--group", name], f"group `{name}`")
            )
            part = Path(folder) / f"{name}.txt"
            resolve([*source, "--constraint", str(pins)], part)
            target = ROOT / "requirements" / f"{name}.txt"
            target.write_text(HEADER.format(source=what) + part.read_text(encoding="utf-8"), encoding="utf-8")
            print(f"requirements/{target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
