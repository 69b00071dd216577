"""``python -m integrate`` and the installed ``integrate`` are the same program."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the process's own arguments; return its exit code."""
    try:
        from integrate.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Stopped before there was anything to stop.
        return 130


if __name__ == "__main__":
    sys.exit(main())
