"""Collect every visible sentence into resources/i18n/integrate.pot: `make messages`; with --check only compare.

The result depends on the sentences alone: sorted, no dates, no line numbers, so that it changes only when they do.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "resources" / "i18n" / "integrate.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = """\
# The sentences of Integrate, for translators.
# Words in {braces} are filled in by the program and stay as they are.
"""
# Lines of the standard header that would change without any sentence changing.
RESTLESS = ("POT-Creation-Date", "PO-Revision-Date", "Project-Id-Version", "Generated-By")
# Lines that ask for people and lists this project does not have.
EMPTY = ("Report-Msgid-Bugs-To", "Last-Translator", "Language-Team")


def template(package: Path) -> str:
    """Return the catalogue template (gettext's .pot text) of all sentences marked in ``package``."""
    catalogue = Catalog(charset="utf-8", header_comment=HEADER.rstrip(), fuzzy=False)
    found = extract_from_dir(
        str(package), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, message, comments, context in found:
        place = (Path(package.name) / name).as_posix()
        catalogue.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, include_lineno=False)
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}:' for name in RESTLESS + EMPTY)))


def main(arguments: list[str]) -> int:
    """Write the template, or with ``--check`` tell whether it is up to date; return the exit code."""
    new = template(ROOT / "integrate")
    if arguments == ["--check"]:
        if TEMPLATE.exists() and TEMPLATE.read_text(encoding="utf-8") == new:
            return 0
        print("resources/i18n/integrate.pot is not up to date: run `make messages`.", file=sys.stderr)
        return 1
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
