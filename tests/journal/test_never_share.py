"""*Never share*: whatever is made from such a thing inherits it, and only the person lifts it, seeing the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.threads import Insight, Letter, Practice
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.insights import add_insight, change_insight, delete_insight, get_insight, promote, promote_moment
from integrate.journal.letters import write_letter
from integrate.journal.moments import add_moment, change_moment
from integrate.journal.never_share import lift_never_share, mark_never_share
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice, change_practice, delete_practice, get_practice
from integrate.journal.writing import Sitting, save_entry
from integrate.storage.letters import LetterReader
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, mark
from tests.helpers.journals import draft, tamper, write

FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)
SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _set_on_entry(journal: Journal, entry_id: UUID, never_share: bool) -> None:
    save_entry(journal, entry_id, draft("words", never_share=never_share), Sitting())


def _may_be_shared(journal: Journal, made: Insight | Practice) -> bool:
    get = get_insight if isinstance(made, Insight) else get_practice
    return not get(journal, made.id).never_share


@dataclass
class Model:
    """What the rule says of one chain: each thing with what it was made from and whether it must not be shared."""

    entry_never: bool
    never: dict[UUID, bool] = field(default_factory=dict)
    parent: dict[UUID, UUID | None] = field(default_factory=dict)  # None: made from the entry

    def make(self, made: UUID, source: UUID | None) -> None:
        self.parent[made] = source
        self.never[made] = self.entry_never if source is None else self.never[source]

    def below(self, source: UUID | None) -> list[UUID]:
        direct = [made for made, owner in self.parent.items() if owner == source]
        return [*direct, *(deeper for made in direct for deeper in self.below(made))]

    def mark(self, source: UUID | None) -> None:
        for made in self.below(source):
            self.never[made] = True


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["promote", "practise", "flag entry", "unflag entry", "lift", "mark", "rewrite", "delete"]),
        st.integers(0, 30),
    ),
    max_size=15,
)


@SHARED
@given(st.booleans(), STEPS)
def test_nothing_made_from_what_is_never_share_is_shareable_unless_lifted(
    journal: Journal, entry_never: bool, steps: list[tuple[str, int]]
) -> None:
    entry_id = write(journal, "words", never_share=entry_never)
    model = Model(entry_never)
    things: list[Insight | Practice] = []
    for step, which in steps:
        one = things[which % len(things)] if things else None
        if step == "promote":
            things.append(promote(journal, entry_id, "words", "seen").insight)
            model.make(things[-1].id, None)
        elif step == "flag entry":
            _set_on_entry(journal, entry_id, True)
            if not model.entry_never:  # it is handed on when it is set, not at each save
                model.entry_never = True
                model.mark(None)
        elif step == "unflag entry":
            _set_on_entry(journal, entry_id, False)
            model.entry_never = False  # what was made from it keeps the flag: only the person lifts it
        elif one is None:
            continue
        elif step == "practise" and isinstance(one, Insight):
            things.append(begin_practice(journal, "walk", insight_id=one.id).practice)
            model.make(things[-1].id, one.id)
        elif step in {"lift", "mark"}:
            get = get_insight if isinstance(one, Insight) else get_practice
            (lift_never_share if step == "lift" else mark_never_share)(journal, get(journal, one.id))
            model.never[one.id] = step == "mark"
            if step == "mark":
                model.mark(one.id)
        elif step == "rewrite":
            if isinstance(one, Insight):
                change_insight(journal, one.id, f"other words {which}")
            else:
                change_practice(journal, one.id, text=f"other words {which}")
        elif step == "delete":
            (delete_insight if isinstance(one, Insight) else delete_practice)(journal, one.id)
        for thing in things:
            assert _may_be_shared(journal, thing) is not model.never[thing.id]


def test_from_a_moment_likewise(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    open_moment = add_moment(journal, session.id, mark("one", FEBRUARY)).moment
    never = add_moment(journal, session.id, mark("two", FEBRUARY), never_share=True).moment
    assert promote_moment(journal, never.id).insight.never_share
    insight = promote_moment(journal, open_moment.id).insight
    practice = begin_practice(journal, "walk", insight_id=insight.id).practice
    assert not insight.never_share and not practice.never_share
    changed = change_moment(journal, open_moment.id, never_share=True).changes
    assert {insight.id, practice.id} < changed.ids and "insights" in changed.areas
    assert not _may_be_shared(journal, insight) and not _may_be_shared(journal, practice)


def test_what_the_person_says_is_never_share_is_so_without_any_source(journal: Journal) -> None:
    assert add_insight(journal, "x", never_share=True).insight.never_share
    assert begin_practice(journal, "x", never_share=True).practice.never_share
    open_insight = add_insight(journal, "x").insight
    assert begin_practice(journal, "x", insight_id=open_insight.id, never_share=True).practice.never_share


def test_it_is_lifted_only_from_words_the_person_sees(journal: Journal) -> None:
    insight = add_insight(journal, "one", never_share=True).insight
    practice = begin_practice(journal, "walk", insight_id=insight.id).practice
    change_insight(journal, insight.id, "two")
    with pytest.raises(WrongUsage):
        lift_never_share(journal, insight)
    assert not _may_be_shared(journal, insight)
    changes = lift_never_share(journal, get_insight(journal, insight.id))
    assert changes.ids == {insight.id}
    assert _may_be_shared(journal, insight)
    assert not _may_be_shared(journal, practice)  # its own words were not looked at


def test_a_letter_is_marked_and_lifted_too(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    letter = write_letter(journal, session.id, "Dear me").letter

    def kept() -> Letter:
        with journal.vault.database.read() as opened:
            return LetterReader(opened).get(letter.id)

    assert not kept().never_share
    mark_never_share(journal, letter)
    assert kept().never_share
    lift_never_share(journal, letter)
    assert not kept().never_share
    assert kept().revision == 3


def test_damage_stops_neither_the_others_nor_what_is_further_down(journal: Journal) -> None:
    entry_id = write(journal, "words")
    damaged, other = (promote(journal, entry_id, "words", text).insight for text in ("damaged", "other"))
    practice = begin_practice(journal, "walk", insight_id=damaged.id).practice
    tamper(journal, "UPDATE insight SET text = 'x' WHERE id = ?", damaged.id.bytes)
    _set_on_entry(journal, entry_id, True)
    assert not _may_be_shared(journal, other)
    assert not _may_be_shared(journal, practice)
    with pytest.raises(RecordDamaged):
        lift_never_share(journal, damaged)
    with pytest.raises(RecordDamaged):
        begin_practice(journal, "walk", insight_id=damaged.id)


def test_a_mark_without_effect_writes_no_new_revision(journal: Journal) -> None:
    insight = add_insight(journal, "x", never_share=True).insight
    mark_never_share(journal, insight)
    assert get_insight(journal, insight.id) == insight
