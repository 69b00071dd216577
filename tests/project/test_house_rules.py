"""The house rules hold for every file of the program, and each rule is able to find what it is for (S3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.project.house import RULES
from tests.project.source import ROOT, Source, other_files, other_sources, package_sources

DOC = '"""Words."""\n'
LONG_FUNCTION = "def walk():\n" + "    step = 1\n" * 70

BROKEN = [
    ("no_network", "import socket"),
    ("no_network", "from urllib import request"),
    ("no_network", "def later():\n    import http.client"),
    ("no_network", "from PySide6 import QtNetwork"),
    ("no_network", "importlib.import_module('ssl')"),
    ("database_only_in_storage", "from sqlalchemy.orm import Session"),
    ("database_only_in_storage", "import sqlcipher3.dbapi2"),
    ("no_key_in_sql", "cursor.run('PRAGMA key = ?')"),
    ("no_key_in_sql", "statement = 'pragma  rekey'"),
    ("no_built_sql", "connection.execute(f'SELECT {name}')"),
    ("no_built_sql", "text('SELECT %s' % name)"),
    ("no_built_sql", "connection.exec_driver_sql('SELECT ' + name)"),
    ("no_built_sql", "connection.execute('SELECT {}'.format(name))"),
    ("no_open_doors", "keyring.get_keyring()"),
    ("no_open_doors", "QDesktopServices.openUrl(address)"),
    ("no_open_doors", "print('words')"),
    ("no_open_doors", "from tempfile import mkdtemp"),
    ("small_enough", "\n" * 501),
    ("small_enough", LONG_FUNCTION),
    ("small_enough", "class Wide:\n" + "    step = 1\n" * 400),
    ("no_shared_state", "seen = []"),
    ("no_shared_state", "seen: dict[str, int] = {}"),
    ("no_shared_state", "try:\n    seen = set()\nfinally:\n    pass"),
    ("no_shared_state", "def note():\n    global seen"),
    ("documented", "x = 1"),
    ("documented", DOC + "class Open:\n    pass"),
    ("documented", DOC + f"class Open:\n    {DOC}    def act(self): ..."),
    ("translatable", "_(f'Hello {name}')"),
    ("translatable", "N_(sentence)"),
    ("translatable", "ngettext('one', 'ma' + 'ny', 2)"),
    ("finished", "step = 1  # TO" + "DO later"),
    ("finished", "import os  # no" + "qa: F401"),
    ("finished", "value = thing  # type: ig" + "nore[attr-defined]"),
    ("finished", "from os import path  # type: ig" + "nore[attr-defined]  # no" + "qa: F401"),
    ("finished", "try:\n    act()\nexcept Exception:\n    pass"),
]

SOUND = [
    ("no_network", "from urllib.parse import quote"),
    ("no_key_in_sql", '"""Never PRAGMA key."""'),
    ("no_built_sql", "connection.execute('SELECT a FROM b WHERE c = ?', (c,))"),
    ("no_built_sql", "connection.execute(insert(table).values(a=a + 1))"),
    ("no_shared_state", "NAMES = ('a', 'b')\ndef act():\n    found = []"),
    ("documented", DOC + f"def _hidden(): ...\ndef open_it():\n    {DOC}"),
    ("translatable", "_('Hello {name}').format(name=name)\nN_('a' 'b')\n_(self.what)"),
    ("finished", "import os  # noqa: F401 - the seam is patched here"),
    ("finished", "value = thing  # type: ignore[attr-defined]  # the stub lacks it"),
]


@pytest.fixture(scope="module")
def program() -> Iterator[list[Source]]:
    """The program's files, parsed once for this module and gone after it."""
    sources = list(package_sources())
    yield sources
    sources.clear()


@pytest.mark.parametrize("rule", RULES)
def test_the_whole_program_keeps_the_rule(program: list[Source], rule: str) -> None:
    findings = [f"{source.place}:{finding}" for source in program for finding in RULES[rule](source)]
    assert not findings, "\n" + "\n".join(findings)


def test_nothing_is_left_for_later_in_tests_and_tools_and_a_silenced_check_says_why() -> None:
    findings = [f"{source.place}:{finding}" for source in other_sources() for finding in RULES["finished"](source)]
    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_the_rule_finds_what_it_is_for(rule: str, text: str) -> None:
    assert list(RULES[rule](Source.of(text)))


@pytest.mark.parametrize(("rule", "text"), SOUND)
def test_the_rule_leaves_sound_code_alone(rule: str, text: str) -> None:
    assert list(RULES[rule](Source.of(text))) == []


def test_the_database_is_allowed_in_storage_and_printing_in_the_command_line() -> None:
    assert not list(RULES["database_only_in_storage"](Source.of("import sqlalchemy", "integrate/storage/x.py")))
    assert not list(RULES["no_open_doors"](Source.of("print(1)", "integrate/cli/x.py")))


@pytest.mark.parametrize(
    "text", ["click.echo('Saved.')", "click.option('--at', help='When')", "raise click.UsageError(f'No {x} here')"]
)
def test_the_command_line_shows_no_unmarked_sentence(text: str) -> None:
    assert list(RULES["translatable"](Source.of(text, "integrate/cli/x.py")))
    assert not list(RULES["translatable"](Source.of("click.echo(_('Saved.'))", "integrate/cli/x.py")))


def test_an_unmarked_error_sentence_is_found() -> None:
    text = "class Bad:\n    what = 'It broke.'\n    next = '{hint}'"
    assert len(list(RULES["translatable"](Source.of(text, "integrate/errors.py")))) == 1


def test_in_the_window_only_functions_of_qt_bear_its_names() -> None:
    wrong = "class Part:\n    def showThing(self): ..."
    right = "class Part:\n    def mousePressEvent(self, event): ...\n    def show_thing(self): ..."
    assert list(RULES["snake_case"](Source.of(wrong, "integrate/ui/x.py")))
    assert not list(RULES["snake_case"](Source.of(right, "integrate/ui/x.py")))
    assert not list(RULES["snake_case"](Source.of(wrong, "integrate/cli/x.py")))


def test_every_room_is_looked_at(program: list[Source]) -> None:
    rooms = {source.room for source in program}
    assert {"cli", "ui", "journal", "storage", "system", "domain", "errors", "i18n", "resources"} <= rooms
    others = {path.relative_to(ROOT).parts[0] for path in other_files()}
    assert {"tests", "tools", "benchmarks", "packaging"} <= others
