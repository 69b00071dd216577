"""Known errors: their words, codes and exits."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from integrate import errors
from integrate.errors import ExitCode, KnownError

PACKAGE = Path(errors.__file__).parent
_SLOTS: dict[str, object] = {
    "reason": "A sentence.", "hint": "A sentence.", "copy": "A sentence.", "what": "A sentence.",
    "minimum": 10, "changes": 3, "size": 4, "limit": 64, "mebibytes": 256, "file": "A.txt", "place": "there",
    "target": "there", "number": 3, "kind": "entry.at",
}  # fmt: skip
_EXITS = {
    ExitCode.USAGE: {
        "WrongUsage", "ShortPassphrase", "TargetExists", "FileMissing", "EntryMissing", "AttachmentTooLarge",
        "CannotStripMetadata", "ReadOnlyJournal",
    },
    ExitCode.WRONG_SECRET: {
        "WrongSecret", "WrongPassphrase", "WrongWords", "UnclearWords", "NoRecoverySlot", "WrongKeyringKey",
        "PassphraseNeeded", "KeyringUnavailable",
    },
    ExitCode.DAMAGED: {
        "Damaged", "NotAJournal", "HeaderMissing", "HeaderDamaged", "HeaderTampered", "DatabaseMissing",
        "DatabaseTruncated", "DatabaseForeign", "DatabaseDamaged", "RecordDamaged", "EndMissing", "AnchorDamaged",
        "BackupDamaged", "CheckFailed", "RoomUnreadable",
    },
    ExitCode.OPEN_ELSEWHERE: {"OpenElsewhere"},
    ExitCode.DISK_REFUSED: {
        "DiskRefused", "DiskFull", "ReadOnlyPlace", "FolderMissing", "UncleanReadOnly", "OutOfMemory",
    },
    ExitCode.NEWER: {"NewerVersion", "NewerFile"},
    ExitCode.NOT_UNDERSTOOD: {"NotUnderstood", "CutShort", "RecordUnclear"},
}  # fmt: skip
_PARENTS = {"WrongSecret", "Damaged"}  # never raised themselves


def _all(kind: type[KnownError] = KnownError) -> list[type[KnownError]]:
    return [each for child in kind.__subclasses__() for each in (child, *_all(child))]


KINDS = sorted((kind for kind in set(_all()) if kind.__module__ == "integrate.errors"), key=lambda kind: kind.__name__)


def _slots(kind: type[KnownError]) -> set[str]:
    parts = (kind.what, kind.safe, kind.next, kind.command)
    return {name for part in parts for _text, name, _spec, _conversion in string.Formatter().parse(part) if name}


def _made(kind: type[KnownError]) -> KnownError:
    return kind(**{name: _SLOTS[name] for name in _slots(kind)})


def test_every_code_is_used_once_and_stable_in_form() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    for kind in KINDS:
        assert kind.code == re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def test_exit_codes_are_those_of_the_contract() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0, "BUG": 1, "USAGE": 2, "WRONG_SECRET": 3, "DAMAGED": 4, "OPEN_ELSEWHERE": 5, "DISK_REFUSED": 6,
        "NEWER": 7, "NOT_UNDERSTOOD": 8, "INTERRUPTED": 130,
    }  # fmt: skip
    expected = {name: code for code, names in _EXITS.items() for name in names}
    assert {kind.__name__: kind.exit_code for kind in KINDS} == expected


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_fills_its_slots_and_speaks_in_sentences(kind: type[KnownError]) -> None:
    error = _made(kind)
    if kind.__name__ in _PARENTS:
        return
    sentences = error.sentences()
    assert sentences
    for sentence in (*sentences, *error.sentences(commands=True)):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "`"
        assert "{" not in sentence
        assert "  " not in sentence
    assert error.message() == str(error) == " ".join(sentences)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_command_is_named_on_the_command_line_only(kind: type[KnownError]) -> None:
    error = _made(kind)
    assert "`" not in error.message()
    *others, last = error.sentences(commands=True) or ("",)
    assert "`" not in "".join(others)
    assert bool(kind.command) == ("`integrate " in last)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_only_what_a_person_can_act_on_goes_into_a_sentence(kind: type[KnownError]) -> None:
    assert _slots(kind) <= set(_SLOTS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_error_is_there_for_nothing(kind: type[KnownError]) -> None:
    used = re.compile(rf"\b{kind.__name__}\b(?!:)")
    files = (path for path in PACKAGE.rglob("*.py") if path.name != "errors.py")
    code = "\n".join(re.sub(r'"""(?s:.*?)"""', "", path.read_text(encoding="utf-8")) for path in files)
    without_imports = re.sub(r"^from integrate\.errors import (\([^)]*\)|.*)$", "", code, flags=re.M)
    assert used.search(without_imports) or kind.__subclasses__()


def test_braces_in_a_file_name_are_no_slots() -> None:
    error = errors.FileMissing(file="{weird} {0}.txt")
    assert "{weird} {0}.txt" in error.message()


def test_words_of_blame_and_alarm_are_in_no_sentence() -> None:
    for kind in KINDS:
        text = " ".join((kind.what, kind.safe, kind.next, kind.command)).lower()
        assert not re.search(r"\b(invalid|illegal|fatal|abort|failed|error|oops|sorry|corrupt)\b|!", text), kind
