"""The sheets that belong to no page: they open over whatever is shown, also over Lock and Welcome."""

from __future__ import annotations

from integrate.ui.page import ProgramPort
from integrate.ui.window import MainWindow


def open_sheet(action_id: str, program: ProgramPort, window: MainWindow) -> None:
    """Open the sheet of one of the actions open_other, keys and about."""
    from integrate.ui.pages.about.sheets import show_about, show_keys
    from integrate.ui.pages.lock.others import choose_other_journal

    match action_id:
        case "open_other":
            choose_other_journal(window, program)
        case "keys":
            show_keys(program.theme, window)
        case _:
            show_about(program.theme, window, program.place)
