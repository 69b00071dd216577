"""No byte of what is marked *Never share* is in a file of any kind, decrypted and read in every form it could have.

The words of things that may be shared are looked for in the same way, so that looking wrongly would not pass.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from integrate.domain.sessions import LineKind
from integrate.domain.sharing import FileKind
from integrate.domain.threads import Station
from integrate.journal.deleting import delete_entry
from integrate.journal.insights import add_insight, promote
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice
from integrate.journal.sessions import add_line
from integrate.journal.threads import begin_thread
from integrate.journal.writing import Sitting, prepare_bytes, save_entry
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample, draft
from tests.helpers.check_ins import answer, check_in, measure
from tests.helpers.courses import a_session, mark, planned
from tests.helpers.journals import write
from tests.journal.test_shareable import CHAIN, World, steps
from tests.sharing.saved_files import WHOLE, clear_bytes, forms_of, is_in

TELL_ALL = (FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON)
FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.generate),  # an example writes six files: making it smaller would take minutes
)  # fmt: skip


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def canary() -> str:
    """A word that is nowhere else, short enough to stand on one line of any table."""
    return f"zq{secrets.token_hex(5)}"


@pytest.mark.hard
@FEW
@given(script=st.lists(steps, min_size=1, max_size=10))
def test_no_canary_is_in_any_file_whatever_is_flagged_lifted_and_deleted(
    journal: Journal, tmp_path_factory: pytest.TempPathFactory, script: list[tuple[Any, ...]]
) -> None:
    world = World(journal, words=(canary() for _number in count()))
    for kind, pick in CHAIN:
        world.make(kind, False, pick)
    for step in script:
        getattr(world, step[0])(*step[1:])
    folder = tmp_path_factory.mktemp("files")
    packet = resolve_packet(journal, WHOLE)
    for kind in FileKind:
        data = clear_bytes(journal, packet, kind, folder)
        for word, may in world.may.items():
            assert may() or not is_in(word, data), (kind, word, script)
            assert not may() or kind not in TELL_ALL or is_in(word, data), (kind, word, script)


def fill(journal: Journal, *, flag: bool) -> dict[str, str]:
    """One thing of every kind with a word of its own, all of them marked or none; the words by what they are."""
    words = {name: canary() for name in (
        "title", "body", "tag", "file name", "file", "photo note", "line", "talk", "moment", "insight", "practice",
        "note", "dose", "thread",
    )}  # fmt: skip
    session = a_session(journal, planned(journal.clock.now().date(), dose=words["dose"]))
    photo = prepare_bytes(f"{words['file name']}.txt", f"the bytes: {words['file']}".encode())
    entry = write(
        journal, f"{words['body']} {words['photo note']}", photo, title=words["title"], tags=(words["tag"],),
        never_share=flag,
    )  # fmt: skip
    add_line(journal, session.id, LineKind.INTENTION, words["line"], never_share=flag)
    add_line(journal, session.id, LineKind.TALK, words["talk"], never_share=flag)
    add_moment(journal, session.id, mark(words["moment"]), never_share=flag)
    promote(journal, entry, f"{words['body']} {words['photo note']}", words["photo note"])
    insight = add_insight(journal, words["insight"], about=session.ref, never_share=flag).insight
    begin_practice(journal, words["practice"], insight_id=insight.id, never_share=flag)
    begin_thread(journal, words["thread"], ((Station.INSIGHT, insight.id),))
    check_in(journal, answer(measure(journal), 6), note=words["note"], never_share=flag)
    return words


@pytest.mark.parametrize("kind", list(FileKind))
def test_no_canary_of_titles_files_tags_earlier_words_and_deleted_things_is_in_a_file(
    journal: Journal, tmp_path: Path, kind: FileKind
) -> None:
    kept, given_away = fill(journal, flag=True), fill(journal, flag=False)
    del kept["dose"]  # a session has no flag
    before, deleted = canary(), canary()
    rewritten = write(journal, before)
    save_entry(journal, rewritten, draft("other words"), Sitting())
    delete_entry(journal, write(journal, deleted, prepare_bytes(f"{deleted}.txt", deleted.encode())))
    data = clear_bytes(journal, resolve_packet(journal, WHOLE), kind, tmp_path)
    for name, word in (*kept.items(), ("before", before), ("deleted", deleted)):
        assert not is_in(word, data), name
    in_all = ("title", "body", "insight", "practice", "moment", "line")
    of_media = {
        FileKind.MARKDOWN: ("file name", "file"),
        FileKind.CSV: ("file name",),
        FileKind.JSON: ("file name", "file"),
    }
    more = () if kind not in TELL_ALL else ("tag", "talk", "note", "dose", *of_media[kind])
    for name in (*in_all, *more):
        assert is_in(given_away[name], data), name


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_a_word_is_found_in_each_of_its_forms(before: bytes, after: bytes) -> None:
    from base64 import b64encode

    word = canary()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = before + word.encode(encoding) + after
        assert is_in(word, plain)
        assert is_in(word, plain.hex().encode())
        assert is_in(word, b64encode(plain))
    assert not is_in(word, b64encode(before + canary().encode() + after))
    assert all(len(form) > 10 for form in forms_of(word))
