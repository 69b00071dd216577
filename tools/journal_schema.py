"""Write the published schema of Integrate's own JSON from the declarations it is made of.

    python tools/journal_schema.py [FOLDER]

A test compares what is in ``docs/schema`` with what this writes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from integrate.formats.journal_schema import journal_schema

ROOT = Path(__file__).resolve().parent.parent
NAME = "journal-1.json"


def schema_text() -> str:
    """The file's text."""
    return json.dumps(journal_schema(), indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> None:
    """Write it into the folder given, or into ``docs/schema``."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
