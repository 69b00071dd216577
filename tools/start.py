"""``make run``: open the window; where there is no display, draw every screen into build/tour instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from integrate.ui.start import display_is_there  # noqa: E402 - the checkout is put on the path first


def main() -> int:
    """Start what fits this computer; return its exit code."""
    if display_is_there():
        return subprocess.run([sys.executable, "-m", "integrate"], cwd=ROOT, check=False).returncode
    print("There is no display here, so the window cannot be opened. Its screens are drawn as pictures instead.")
    return subprocess.run([sys.executable, "tools/gallery.py", "build/tour"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
