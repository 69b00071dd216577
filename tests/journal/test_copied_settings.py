"""Which settings a copy holds: every one there is was decided about."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from integrate.domain.hard_night import NightKind, NightLine
from integrate.domain.people import Person
from integrate.domain.preferences import FIELDS
from integrate.journal import asking, baselines, demo, drafts, hard_night, logs, people, prompts
from integrate.journal import preferences as preference_cases
from integrate.journal import responses as response_cases
from integrate.journal.copied_settings import COPIED, OF_THIS_COMPUTER, can_be_kept
from integrate.storage.settings import read_settings
from tests.helpers.demos import DAY, opened


def test_every_key_that_a_use_case_keeps_is_copied_or_of_this_computer() -> None:
    keys = {
        people._KEY, hard_night._PAGE, hard_night._SIGNS, prompts._KEY, baselines._KEY, demo._KEY, logs._PLAN,
        response_cases._PLAN, *(asking._PREFIX + one for one in asking.OnceAsked),
        *(drafts._PREFIX + one for one in drafts.DraftsOf), *(preference_cases._PREFIX + one for one in FIELDS),
    }  # fmt: skip
    assert keys == COPIED | OF_THIS_COMPUTER
    assert not COPIED & OF_THIS_COMPUTER


def test_a_value_that_the_program_could_not_read_is_not_kept() -> None:
    person = Person(UUID(int=1), "Dana", "123").as_json()
    line = NightLine(UUID(int=2), NightKind.SIGN, "I stop answering.").as_json()
    assert can_be_kept("people", [person]) and not can_be_kept("people", [{**person, "name": 3}])
    assert can_be_kept("early_signs", {"lines": [line], "seen": 1}) and not can_be_kept("early_signs", {"lines": []})
    assert can_be_kept("preference.idle_minutes", 7) and not can_be_kept("preference.idle_minutes", 0)
    assert can_be_kept("asked.ends", {"a": "2026-03-02"}) and not can_be_kept("asked.ends", {"a": 3})
    assert can_be_kept("drafts.today", {"line": {"text": "a"}}) and not can_be_kept("drafts.today", {"line": "a"})
    assert not can_be_kept("demo", {"seed": 0}) and not can_be_kept("something.newer", 1)


def test_what_a_demo_keeps_can_be_kept(tmp_path: Path) -> None:
    place = tmp_path / "Demo.integrate"
    demo.make_demo(place, DAY, entries=3)
    with opened(place) as journal:
        kept = read_settings(journal.vault.database)
    assert {key for key, value in kept.items() if not can_be_kept(key, value)} == {"demo"}
