"""Markdown: an entry byte for byte behind a head that no text can break, and names that every system takes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.sharing import Passage, Section, Selection
from integrate.domain.times import ZonedTime
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.shareable import shareable_attachment
from integrate.journal.writing import prepare_bytes
from integrate.sharing.csv_files import csv_files
from integrate.sharing.front_matter import front_matter
from integrate.sharing.markdown_files import markdown_files
from integrate.sharing.markdown_pages import escaped
from integrate.sharing.packet import Packet
from integrate.sharing.plain_names import Names, plain_file_name, plain_name
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.check_ins import answer, check_in, measure
from tests.helpers.courses import a_session, mark, planned
from tests.helpers.journals import write
from tests.sharing.saved_files import WHOLE
from tests.sharing.strategies import packets

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def files_of(journal: Journal, selection: Selection = WHOLE) -> dict[str, bytes]:
    """Every file by its path."""
    packet = resolve_packet(journal, selection)
    files = list(markdown_files(packet, lambda media: shareable_attachment(journal, media)))
    found = {file.name: b"".join(file.chunks) for file in files}
    assert len(found) == len(files)
    return found


def read_head(text: str) -> tuple[dict[str, str | list[str]], str]:
    """What a file says before its words, read strictly: fences, keys, texts in double quotes and lists of them."""
    first, *lines = text.split("\n")
    assert first == "---"
    values: dict[str, str | list[str]] = {}
    key = ""
    for number, line in enumerate(lines):
        if line == "---":
            return values, "\n".join(lines[number + 1 :])
        if line.startswith("  - "):
            held = values[key]
            assert isinstance(held, list)
            held.append(json.loads(line[4:]))
            continue
        found = re.fullmatch(r'([a-z_]+):(?: (".*"))?', line)
        assert found, line
        key = found[1]
        assert key not in values
        values[key] = json.loads(found[2]) if found[2] else []
    raise AssertionError("the head has no end")


@given(st.dictionaries(st.sampled_from(("title", "prompt", "zone")), TEXTS | st.lists(TEXTS, max_size=4)), TEXTS)
def test_no_text_breaks_out_of_the_head(values: dict[str, str | list[str]], body: str) -> None:
    text = front_matter(values) + body
    assert read_head(text) == ({key: value for key, value in values.items() if value}, body)
    assert not set(front_matter(values)) & set("\t\r\x00\x7f\x85\u2028\u2029\u202e\ufeff\uffff")


@given(TEXTS)
def test_a_name_is_one_that_every_system_takes(text: str) -> None:
    for name in (f"{plain_name(text, 'file')}.md", plain_file_name(text, "file")):
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
        assert not name.endswith((" ", "."))
        assert not name.startswith(" ")
        assert not RESERVED.match(name)
        assert 0 < len(name.encode("utf-8")) <= 200


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A walk / home: \\ 9\u00a0am?", "A walk - home- - 9 am-"), ("../../etc/passwd", "-..-etc-passwd"),
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("...", "file"), ("", "file"), ("\u202egnp.exe", "gnp.exe"),
        ("two\nlines", "two lines"), ("ends with a dot.", "ends with a dot"), ("👩‍👧 Mum", "👩‍👧 Mum"),
        ("x" * 300, "x" * 80),
    ],
)  # fmt: skip
def test_a_name_stays_as_it_was_as_far_as_it_can(text: str, name: str) -> None:
    assert plain_name(text, "file") == name


@given(st.lists(st.sampled_from(("a", "A", "a (2)", "é", "e\u0301", "É")), max_size=12))
def test_no_two_files_of_a_folder_share_a_name_on_any_disk(stems: list[str]) -> None:
    names = Names()
    given_out = [names.take(stem, ".md") for stem in stems]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in given_out}) == len(stems)


@SOME
@given(body=TEXTS, title=TEXTS.map(lambda text: " ".join(text.split())))
def test_the_words_of_an_entry_are_there_byte_for_byte(journal: Journal, body: str, title: str) -> None:
    entry_id = write(journal, body, title=title)
    (data,) = (data for data in files_of(journal).values() if str(entry_id).encode() in data)
    head, words = read_head(data.decode("utf-8"))
    assert words == body
    assert head.get("title", "") == title
    assert head["date"] == ZonedTime(MORNING, "Europe/Lisbon").iso()


def test_files_lie_beside_their_entry_and_are_linked(journal: Journal) -> None:
    given_in = [prepare_bytes(name, data) for name, data in (("a.txt", b"1"), ("A.txt", b"2"), ("con.txt", b"3"))]
    write(journal, "Words.", *given_in, title="Sea / salt")
    write(journal, "Words.", title="sea / Salt")
    files = files_of(journal)
    entries = {name for name in files if name.startswith("2026/") and name.endswith(".md")}
    assert {name.casefold() for name in entries} == {
        "2026/03/2026-03-02 sea - salt.md", "2026/03/2026-03-02 sea - salt (2).md"
    }  # fmt: skip
    (entry,) = (name for name in entries if b"attachments" in files[name])
    attached = read_head(files[entry].decode())[0]["attachments"]
    folder = entry.removeprefix("2026/03/").removesuffix(".md") + " files"
    assert sorted(files[f"2026/03/{path}"] for path in attached) == [b"1", b"2", b"3"]
    assert sorted(path.casefold() for path in attached) == [
        f"{folder}/{name}".casefold() for name in ("_con.txt", "a (2).txt", "a.txt")
    ]
    for path in attached:
        assert f"(<2026/03/{path}>)" in files["media.md"].decode()


def test_passages_alone_are_in_the_file_where_only_they_were_chosen(journal: Journal) -> None:
    entry_id = write(journal, "One. Two. Three.", title="Secret title", tags=("hidden",))
    selection = Selection(passages=(Passage(entry_id, "Two."), Passage(entry_id, "One.")))
    (data,) = (data.decode() for name, data in files_of(journal, selection).items() if name.startswith("2026/"))
    head, words = read_head(data)
    assert (head["part"], words.split("\n\n[…]\n\n")) == ("passages", words.split("\n\n[…]\n\n"))
    assert sorted(words.split("\n\n[…]\n\n")) == ["One.", "Two."]
    assert not {"title", "tags"} & head.keys()
    assert "Three" not in data


def test_pages_tell_what_was_chosen_and_nothing_is_zero(journal: Journal) -> None:
    session = a_session(journal, planned(MORNING.date()))
    journal_words = "# not a heading [link](x) <b> | cell"
    add_moment(journal, session.id, mark(journal_words))
    check_in(journal, answer(measure(journal), 6), answer(measure(journal, "anxiety")), note=journal_words)
    files = files_of(journal)
    page = files["check-ins.md"].decode()
    assert "- Mood: 6\n- Anxiety: no answer\n" in page
    for name in ("check-ins.md", "sessions.md"):
        assert "\\# not a heading \\[link\\](x) \\<b\\> \\| cell" in files[name].decode()
    assert "Other writing may exist." in files["README.md"].decode()
    few = files_of(journal, Selection(sections=frozenset({Section.MOOD})))
    assert sorted(few) == ["README.md", "check-ins.md"]


@given(TEXTS)
def test_no_sign_of_an_escaped_text_means_anything(text: str) -> None:
    line = escaped(text)
    assert len(line.splitlines()) <= 1 or not set(line) & set("\n\r\u2028\u2029")
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>#|~]", re.sub(r"\\.", "", line))
    assert not re.match(r"[-+=#>]|\d+[.)]", line)


def test_every_file_of_the_media_stays_closed_until_its_turn(journal: Journal) -> None:
    write(journal, "Words.", prepare_bytes("a.txt", b"a"))
    asked: list[object] = []

    def read(media: object) -> list[bytes]:
        asked.append(media)
        return [b"a"]

    files = list(markdown_files(resolve_packet(journal, WHOLE), read))
    assert asked == []
    assert [b"".join(file.chunks) for file in files if file.name.endswith("a.txt")] == [b"a"]
    assert len(asked) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(packets())
def test_any_packet_becomes_files_with_names_of_their_own(packet: Packet) -> None:
    files = [*markdown_files(packet, lambda _media: (b"bytes",)), *csv_files(packet)]
    names = [file.name.casefold() for file in files]
    assert len(set(names)) == len(names)
    for file in files:
        b"".join(file.chunks).decode("utf-8")
        for name in file.path:
            assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
            assert len(name.encode("utf-8")) <= 255
