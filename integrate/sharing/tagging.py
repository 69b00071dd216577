"""Names for tables in a tagged PDF, for people who hear it: Typst tags their rows and headings, but gives no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pikepdf

_HOLDERS: Final = frozenset(("/Document", "/Part", "/Sect", "/Div", "/NonStruct", "/Figure"))
"""What a table may stand in."""


def name_tables(data: bytes, names: Sequence[str]) -> bytes:
    """The same PDF with ``names`` as the summaries of its tables, in their order. The same input gives the same bytes.

    Raises:
        ValueError: there are more or fewer tables than names.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        for table, name in zip(_tables(pdf), names, strict=True):
            attributes = pikepdf.Dictionary(O=pikepdf.Name.Table, Summary=pikepdf.String(name))
            had = table.get("/A")
            if had is None:
                table["/A"] = attributes
            elif isinstance(had, pikepdf.Array):
                had.append(attributes)
            else:
                table["/A"] = pikepdf.Array([had, attributes])
        marks = pdf.Root.get("/MarkInfo")
        if marks is not None and "/Suspects" in marks:  # the usual value, at which some readers stumble
            del marks["/Suspects"]
        made = BytesIO()
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _tables(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The tables of the tree of tags, as they are read."""
    waiting = [pdf.Root["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop()
        kind = str(part.get("/S", "/Document"))
        if kind == "/Table":
            yield part
        elif kind in _HOLDERS:
            waiting += reversed(list(_inside(part)))


def _inside(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    import pikepdf

    held = part.get("/K")
    for one in held if isinstance(held, pikepdf.Array) else (held,):
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
