"""What a person must have looked at before a release: `make release-check`.

Lists every help line whose number nobody has checked, or was last checked over twelve months ago, and fails while
there is one. It needs a person and a telephone, so no other check runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from integrate.domain.helplines import Age, Country
from integrate.journal import help as help_now


def unfit(pages: Iterable[Country], today: date) -> Iterator[str]:
    """One sentence for each line that is not fit for a release on ``today``."""
    for page in pages:
        for line in page.lines:
            who = f"{page.code} {line.id}: {line.name}, {line.number}"
            match line.age(today):
                case Age.UNCHECKED:
                    yield f"{who}: nobody has checked it"
                case Age.STALE:
                    yield f"{who}: checked on {line.checked_on}, too long ago"


def main(today: date) -> int:
    """Print what is not fit for a release; return the exit code, 1 when there is any."""
    found = list(unfit((help_now.country(code) for code, _name in help_now.countries()), today))
    for sentence in found:
        print(sentence)
    if found:
        print(
            f"{len(found)} help lines are not fit for a release. resources/helplines/README.md says how to check one."
        )
        return 1
    print("Every help line was checked within twelve months.")
    return 0


if __name__ == "__main__":
    sys.exit(main(datetime.now(UTC).date()))
