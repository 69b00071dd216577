"""Pages as pictures: the very pages of the file, each drawn when somebody looks at it.

They are drawn by PDFium, which many browsers show a PDF with: what is seen here is what a reader will see.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final

from integrate.sharing.pdf import drawn_pages

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.sharing import Paper
    from integrate.sharing.report import Report

_UNDER: Final = 0.01
"""PDFium rounds a width up: so many pixels less than asked make exactly the pixels that were asked."""
_QUICKLY: Final = 1  # how hard a picture is packed that is looked at once


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF whose pages can be looked at. ``count`` is how many there are."""

    pdf: bytes = field(repr=False)
    count: int

    def picture(self, number: int, width: int) -> bytes:
        """Page ``number`` (from 1) as a PNG picture, ``width`` pixels wide. Not from two threads at a time.

        Raises:
            IndexError: there is no such page.
        """
        import pypdfium2  # not needed before somebody shares

        if not 1 <= number <= self.count:
            raise IndexError(number)
        with closing(pypdfium2.PdfDocument(self.pdf)) as opened:
            page = opened[number - 1]
            drawn = page.render(scale=(width - _UNDER) / page.get_width()).to_pil()
        made = BytesIO()
        drawn.save(made, "PNG", compress_level=_QUICKLY)
        return made.getvalue()


def pages_of(report: Report, paper: Paper, *, stop: Stop | None = None) -> Pages:
    """The pages of a report, to be looked at before anything is saved.

    Raises:
        Stopped: ``stop`` was set; within a tenth of a second.
        ResourceError: a template or a font is missing.
    """
    return pages_in(drawn_pages(report, paper, stop=stop))


def pages_in(pdf: bytes) -> Pages:
    """The pages of a PDF that was made here."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as opened:
        return Pages(pdf, len(opened))
