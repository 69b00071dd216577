"""Being refused by the system, also where the tests run as the superuser, who is refused nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def ordinary_rights() -> Iterator[None]:
    """A block in which the process has no superuser's right to write everywhere (nothing to do where it has none)."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def folder_for_others() -> Iterator[Path]:
    """A folder that another user of the machine can reach, unlike pytest's own; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="integrate-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for place in (folder, *folder.rglob("*")):
            if place.is_dir():
                place.chmod(0o755)
        shutil.rmtree(folder)
