from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Ran, call
from tests.conftest import Sample


@pytest.fixture(autouse=True)
def _derive_once(derive_once: None) -> None:
    """Each call of a command opens the journal anew."""


@pytest.fixture
def secret(sample: Sample, tmp_path: Path) -> Path:
    """A file with the passphrase of ``sample``, as an editor leaves it."""
    file = tmp_path / "passphrase.txt"
    file.write_text(sample.passphrase + "\n", encoding="utf-8")
    return file


@pytest.fixture
def words_file(sample: Sample, tmp_path: Path) -> Path:
    """A file with the recovery words of ``sample``."""
    file = tmp_path / "words.txt"
    file.write_text(sample.words + "\n", encoding="utf-8")
    return file


@pytest.fixture
def new_secret(tmp_path: Path) -> Path:
    """A file with a passphrase that is new."""
    file = tmp_path / "new-passphrase.txt"
    file.write_text("a new set of words\n", encoding="utf-8")
    return file


@pytest.fixture
def run(sample: Sample, secret: Path) -> Callable[..., Ran]:
    """Call a command on ``sample`` with its passphrase: ``run("list", "--json")``."""

    def runner(command: str, *words: object, **options: object) -> Ran:
        return call(command, sample.place, *words, "--passphrase-file", secret, **options)  # type: ignore[arg-type]  # passed through

    return runner
