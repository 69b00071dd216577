"""Side effects by session: the strongest word for each, and nothing where nothing was noted."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.logs import EffectLine, EffectLog
from integrate.domain.moments import Mark, Moment, MomentKind, Strength
from integrate.domain.trends import EffectRow, side_effects_by_session
from tests.domain.sessions_kit import MADE, day, local
from tests.domain.trends.trends_kit import session_on

NONE, MILD, MODERATE, STRONG = Strength
SESSIONS = (session_on(1, 0), session_on(2, 14))


def noted(session: int, effect: str, strength: Strength, *, deleted: datetime | None = None) -> Moment:
    """A side effect marked in the room."""
    mark = Mark(MomentKind.EFFECT, local(day(0)), effect=effect, strength=strength)
    return Moment(UUID(int=100), UUID(int=session), mark, MADE, deleted=deleted)


def logged(session: int, *lines: tuple[str, Strength]) -> EffectLog:
    """A log of the evening."""
    return EffectLog(UUID(int=session), tuple(EffectLine(effect, strength) for effect, strength in lines))


def test_the_strongest_word_of_the_room_and_of_the_evening() -> None:
    moments = [noted(1, "nausea", MILD), noted(1, "nausea", STRONG), noted(2, "headache", MILD)]
    logs = [logged(1, ("nausea", MODERATE), ("headache", NONE)), logged(2, ("headache", MODERATE))]
    assert side_effects_by_session(SESSIONS, moments, logs) == (
        EffectRow("nausea", (STRONG, None)),
        EffectRow("headache", (NONE, MODERATE)),  # "none" was noted, which is not "not noted"
    )


def test_the_words_have_an_order_that_is_not_that_of_the_alphabet() -> None:
    for weaker, stronger in pairwise(Strength):
        for lines in ((weaker, stronger), (stronger, weaker)):
            log = logged(1, *(("nausea", strength) for strength in lines))
            assert side_effects_by_session(SESSIONS, [], [log])[0].strengths == (stronger, None)


def test_shipped_effects_come_in_their_order_and_then_typed_ones_by_alphabet() -> None:
    logs = [logged(1, ("tingling", MILD), ("Dry mouth", MILD), ("anxiety", MILD), ("disorientation", MILD))]
    rows = side_effects_by_session(SESSIONS, [], logs)
    assert [row.name for row in rows] == ["Disorientation", "Anxiety", "Dry mouth", "tingling"]


def test_a_name_in_other_capitals_is_the_same_and_a_shipped_one_typed_is_that_one() -> None:
    logs = [logged(1, ("tingling", MILD), ("nausea", MILD)), logged(2, (" Tingling ", STRONG), ("NAUSEA", STRONG))]
    rows = side_effects_by_session(SESSIONS, [], logs)
    assert [row.strengths for row in rows] == [(MILD, STRONG), (MILD, STRONG)]
    assert [row.effect for row in rows] == ["nausea", "Tingling"]


def test_other_moments_other_sessions_and_deleted_ones_are_not_in_it() -> None:
    words = Moment(UUID(int=1), UUID(int=1), Mark(MomentKind.WORDS, local(day(0)), words="nausea"), MADE)
    moments = [words, noted(1, "nausea", MILD, deleted=MADE), noted(9, "nausea", MILD)]
    assert side_effects_by_session(SESSIONS, moments, []) == ()


notes = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(("nausea", "Nausea", "itch", "Itch", "ITCH", "headache")),
              st.sampled_from(Strength)), max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(notes, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(rows: list[tuple[int, str, Strength]], random: Random) -> None:
    turned = list(rows)
    random.shuffle(turned)
    moments = [[noted(*row) for row in some] for some in (rows, turned)]
    logs = [[logged(session, (effect, strength)) for session, effect, strength in some] for some in (rows, turned)]
    assert side_effects_by_session(SESSIONS, moments[0], []) == side_effects_by_session(SESSIONS, moments[1], [])
    assert side_effects_by_session(SESSIONS, [], logs[0]) == side_effects_by_session(SESSIONS, moments[1], logs[1])
