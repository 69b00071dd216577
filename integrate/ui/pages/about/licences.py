"""What the program stands on, and the texts of the licences that ask to be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from integrate.resources import read_text, resource_path

_FOLDER: Final = "LICENSES"
_SUFFIX: Final = ".txt"


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is made of, and the name of its licence as SPDX writes it."""

    name: str
    licence: str


PARTS: Final = (
    Part("integrate", "Apache-2.0"),
    Part("Qt, PySide6, Shiboken", "LGPL-3.0"),
    Part("SQLCipher", "BSD-3-Clause"),
    Part("sqlcipher3", "zlib"),
    Part("SQLAlchemy, Alembic", "MIT"),
    Part("cryptography, OpenSSL", "Apache-2.0"),
    Part("Inter, Literata", "OFL-1.1"),
    Part("Lucide", "ISC"),
    Part("Hunspell, chunspell", "LGPL-2.1, MIT"),
    Part("zxcvbn, mnemonic, keyring, platformdirs, filelock, tzlocal", "MIT"),
    Part("Pillow", "MIT-CMU"),
    Part("click, uuid-utils", "BSD-3-Clause"),
)
"""The parts by name, the program itself first. THIRD-PARTY.md has all of them with versions and reasons."""


def licence_names() -> tuple[str, ...]:
    """The names of the texts that ship, in order."""
    files = resource_path(_FOLDER).glob(f"*{_SUFFIX}")
    return tuple(sorted((file.name.removesuffix(_SUFFIX) for file in files), key=str.casefold))


def licence_text(name: str) -> str:
    """The text called ``name``.

    Raises:
        ResourceError: there is none.
    """
    return read_text(_FOLDER, name + _SUFFIX)
