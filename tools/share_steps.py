"""The steps a person takes on the Share page, for the screens of the gallery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from integrate.ui.pages.share.page import SharePage
from tools.stage import Stage

_NARROW: Final = 720
_PHRASE: Final = "harbour lantern mosaic teaspoon violet anchor"


def share_for(name: str) -> Callable[[Stage], None]:
    """Choose who the file is for, answer what is asked, and wait for the pages."""

    def reach(stage: Stage) -> None:
        page = share_page(stage)
        combo = page.chooser.person.field.combo
        place = next(at for at in range(combo.count()) if combo.itemText(at).startswith(name))
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
        page.chooser.sections.question.include.click()
        if not page.chooser.entries.entries():
            for row in list(page.chooser.entries.rows.values())[1:3]:
                row.box.click()
        until_pages(stage)

    return reach


def share_page(stage: Stage) -> SharePage:
    """The page, once there is something to choose from."""
    stage.program.perform("go_share")
    page = stage.window.findChild(SharePage)
    assert page is not None
    stage.until(lambda: page.offer is not None and bool(page.chooser.entries.rows))
    return page


def until_pages(stage: Stage) -> None:
    """Wait until the pages of what is chosen are on the screen."""
    page = share_page(stage)
    stage.until(lambda: page.at_rest and page.prepared is not None and page.preview.leaf.view.image() is not None)


def lasting_phrase(stage: Stage) -> None:
    """Choose a phrase for who the file is for; six words that are drawn would differ each time."""
    stage.press_beginning("Make a lasting phrase")
    stage.press("I choose the phrase myself")
    stage.fill_in("Their phrase", _PHRASE)
    stage.press("Add")
    page = share_page(stage)
    stage.until(page.file.phrase.phrase.isVisible)
    until_pages(stage)


def share_saved(stage: Stage) -> None:
    """Save the file beside the sample journal. The dialog that asks where is a window of its own, and no screen."""
    until_pages(stage)
    page = share_page(stage)
    wanted = page.doings.wanted()
    assert wanted is not None
    page.doings.save_to(wanted, stage.program.place.parent / f"{wanted.prepared.file_stem}.pdf")
    stage.until(lambda: page.file.result.isVisible() and bool(page.ledger.details))
    until_pages(stage)


def share_step(step: int) -> Callable[[Stage], None]:
    """A step of the narrow layout, where there is one."""

    def reach(stage: Stage) -> None:
        stage.window.resize(_NARROW, stage.window.height())
        stage.settle()
        share_page(stage).steps.segments()[step].click()

    return reach
