"""Reading PDFs in tests with other programs than the one that made them: poppler, qpdf, and pikepdf for the tags."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf


@dataclass(frozen=True)
class Tag:
    """One structure element: its kind without the stroke, and the words that are told in place of it."""

    kind: str
    alt: str
    summary: str
    depth: int


def told(folder: Path, data: bytes, program: str, *options: str) -> str:
    """What a program of poppler says of a PDF; it must have nothing to complain of."""
    file = folder / "pages.pdf"
    file.write_bytes(data)
    end = ("-",) if program == "pdftotext" else ()
    done = subprocess.run([program, *options, str(file), *end], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def words_of(folder: Path, data: bytes, *options: str) -> str:
    """The words of a PDF in the order they are read, one space between them."""
    return " ".join(told(folder, data, "pdftotext", *options).split())


def facts_of(folder: Path, data: bytes, *options: str) -> dict[str, str]:
    """What pdfinfo says, by its names."""
    lines = told(folder, data, "pdfinfo", *options).splitlines()
    return {name.strip(): rest.strip() for name, _colon, rest in (line.partition(":") for line in lines)}


def tags_of(data: bytes, password: str = "") -> list[Tag]:
    """The tags of a PDF in the order they are read."""
    with pikepdf.open(BytesIO(data), password=password) as pdf:
        return list(_tags(pdf.Root["/StructTreeRoot"], 0))


def _tags(part: pikepdf.Object, depth: int) -> Iterator[Tag]:
    held = part.get("/K")
    for one in held if isinstance(held, pikepdf.Array) else (held,):
        if not isinstance(one, pikepdf.Dictionary) or "/S" not in one:
            continue
        found = one.get("/A", pikepdf.Array())
        attributes = list(found) if isinstance(found, pikepdf.Array) else [found]
        summary = next((str(its["/Summary"]) for its in attributes if "/Summary" in its), "")
        yield Tag(str(one["/S"])[1:], str(one.get("/Alt", "")), summary, depth)
        yield from _tags(one, depth + 1)


def clear_bytes(data: bytes, password: str = "") -> bytes:
    """All of a PDF without encryption and compression: every stream and every string."""
    with pikepdf.open(BytesIO(data), password=password) as pdf:
        made = BytesIO()
        pdf.save(
            made, encryption=False, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return made.getvalue()
