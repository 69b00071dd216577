"""The show-case: a real text of over 100,000 words goes in, is found, backed up, and comes back by the words only."""

from __future__ import annotations

import ast
import json
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics

import pytest

from integrate.domain.entry import Unreadable
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import ByWords, open_journal
from tests.adversarial.tools import Figure, integrate

WORDS, WORDS_PER_ENTRY = 100_000, 1_700
PASSPHRASE = "a long text in a small box"


def documentation() -> Iterator[str]:
    """The reference texts of the Python language, then the documentation of its library, module by module."""
    yield from topics.values()
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield ast.get_docstring(node, clean=False) or ""


def parts_of_a_real_text() -> list[str]:
    """The text in stretches of about 1,700 words, cut at line ends."""
    parts, lines, words, total = [], [], 0, 0
    for text in documentation():
        for line in (text + "\n").splitlines(keepends=True):
            lines.append(line)
            words += len(line.split())
            if words >= WORDS_PER_ENTRY:
                parts.append("".join(lines))
                total += words
                lines, words = [], 0
        if total > WORDS + WORDS_PER_ENTRY:
            break
    return parts


def holds(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand in a row in a text."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {phrase} " in f" {words} "


def call(*arguments: object, stdin: str = "") -> str:
    done = integrate(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.hard
def test_a_real_text_of_100000_words_goes_in_is_found_and_comes_back(tmp_path: Path, figure: Figure) -> None:
    parts = parts_of_a_real_text()
    count = sum(len(part.split()) for part in parts)
    assert count >= WORDS
    secret, words = tmp_path / "passphrase", tmp_path / "words"
    place, copy = tmp_path / "Text.integrate", tmp_path / "text.ibk"
    restored = tmp_path / "elsewhere" / "Text.integrate"
    secret.write_text(PASSPHRASE)
    call("create", place, "--passphrase-file", secret, "--recovery-file", words)
    ids = [json.loads(call("add", place, "-", "--passphrase-file", secret, "--json", stdin=part))["entry_id"]
           for part in parts]  # fmt: skip
    for query in ("metaclass", "coroutine", '"garbage collection"'):
        hits = json.loads(call("search", place, query, "--json", "--passphrase-file", secret))
        found = [hit["entry_id"] for hit in hits]
        holding = [entry_id for entry_id, part in zip(ids, parts, strict=True) if holds(part, query.strip('"'))]
        assert found == holding[::-1]
        assert found, query
    made = json.loads(call("backup", place, copy, "--json", "--passphrase-file", secret))
    assert made["entries"] == len(parts)
    told = json.loads(call("restore", copy, restored, "--words-file", words, "--json"))
    assert told["entries"] == len(parts)
    with open_journal(restored, ByWords(words.read_text())) as journal:
        listed = list(list_entries(journal))
        assert not any(isinstance(item, Unreadable) for item in listed)
        bodies = {str(item.id): get_entry(journal, item.id).body for item in listed if not isinstance(item, Unreadable)}
    assert list(bodies)[::-1] == ids
    assert [bodies[entry_id].encode() for entry_id in ids] == [part.encode() for part in parts]
    shown = json.loads(call("show", restored, ids[7], "--json", "--passphrase-file", secret))
    assert shown["body"] == parts[7]
    figure("Show-case", f"{count} words in {len(parts)} entries: searched, backed up, restored by the words, equal")
