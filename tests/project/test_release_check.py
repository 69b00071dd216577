"""`make release-check`: a release waits for a person who has looked at every number."""

from __future__ import annotations

from datetime import date

import pytest

from integrate.domain.helplines import Country, Emergency, HelpLine, LineKind
from tools import release_check

TODAY = date(2026, 11, 24)


def page(*checked: date | None) -> Country:
    lines = (
        HelpLine(f"line-{number}", LineKind.CRISIS, "Someone", "116 123", "A list", checked_on=day)
        for number, day in enumerate(checked)
    )
    return Country("IE", "Ireland", Emergency("112"), tuple(lines))


def test_lines_that_nobody_checked_or_not_for_a_year_are_named() -> None:
    found = list(release_check.unfit([page(None, date(2025, 11, 23), date(2025, 11, 24))], TODAY))
    assert found == [
        "IE line-0: Someone, 116 123: nobody has checked it",
        "IE line-1: Someone, 116 123: checked on 2025-11-23, too long ago",
    ]


@pytest.mark.parametrize(("checked", "code", "words"), [(TODAY, 0, "Every help line"), (None, 1, "1 help lines are")])
def test_it_fails_while_there_is_one(
    checked: date | None, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release_check.help_now, "countries", lambda: (("IE", "Ireland"),))
    monkeypatch.setattr(release_check.help_now, "country", lambda _code: page(checked))
    assert release_check.main(TODAY) == code
    assert words in capsys.readouterr().out
