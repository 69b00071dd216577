"""Where the frozen program begins: the same call as the installed `integrate` command."""

from __future__ import annotations

import sys

from integrate.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
