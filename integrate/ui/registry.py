"""Pages and actions as data: the sidebar, shortcuts, menus, the gallery and the accessibility sweep iterate over them.

A page is a folder in ``pages`` whose ``page`` module has one class; it is imported when it is first shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from integrate.i18n import N_

if TYPE_CHECKING:
    from integrate.ui.page import Page


class Place(Enum):
    """Where a page is reached from."""

    SIDEBAR = "sidebar"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the shell: its ``id``, the words and icon of its button, and ``digit`` for Ctrl + digit."""

    id: str
    title: str
    icon: str
    class_name: str
    place: Place = Place.SIDEBAR
    digit: int | None = None

    def load(self) -> type[Page]:
        """The page's class."""
        return cast("type[Page]", getattr(import_module(f"integrate.ui.pages.{self.id}.page"), self.class_name))


PAGES: Final = (
    PageSpec("today", N_("Today"), "sun", "TodayPage", digit=1),
    PageSpec("sessions", N_("Sessions"), "layers", "SessionsPage", digit=2),
    PageSpec("journal", N_("Journal"), "notebook-pen", "JournalPage", digit=3),
    PageSpec("threads", N_("Threads"), "spline", "ThreadsPage", digit=4),
    PageSpec("trends", N_("Trends"), "chart-line", "TrendsPage", digit=5),
    PageSpec("share", N_("Share"), "file-lock", "SharePage", digit=6),
    PageSpec("settings", N_("Settings"), "settings-2", "SettingsPage", Place.FOOTER),
)
FIRST_PAGE: Final = "today"


def page_spec(page_id: str) -> PageSpec:
    """The page called ``page_id``."""
    return next(spec for spec in PAGES if spec.id == page_id)


class Scope(Enum):
    """When an action can be had."""

    ALWAYS = "always"  # also while locked
    OPEN = "open"  # while a journal is open
    JOURNAL = "journal"  # on the Journal page
    TODAY = "today"  # on the Today page
    SESSIONS = "sessions"  # on the Sessions page
    TRENDS = "trends"  # on the Trends page
    SHARE = "share"  # on the Share page


class Menu(Enum):
    """The menus, in their order."""

    FILE = N_("&Journal")
    EDIT = N_("&Edit")
    VIEW = N_("&View")
    GO = N_("&Go")
    HELP = N_("&Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: ``keys`` as QKeySequence writes them (Ctrl is the command key on macOS, Meta the control key).

    ``mac_keys`` replace them on macOS where its habit is another. ``local`` actions are handled by the widget that has
    the focus: they are in the menu and the list of keys, but take no shortcut of the window.
    """

    id: str
    title: str
    menu: Menu
    keys: Sequence[str] = ()
    mac_keys: Sequence[str] | None = None
    scope: Scope = Scope.OPEN
    local: bool = False


ACTIONS: Final = (
    ActionSpec("new_entry", N_("New entry"), Menu.FILE, ("Ctrl+N",)),
    ActionSpec("new_check_in", N_("New check-in"), Menu.FILE, ("Ctrl+Shift+C",)),
    ActionSpec("session_room", N_("Session room…"), Menu.FILE, ("Ctrl+Shift+R",)),
    ActionSpec("new_session", N_("New session"), Menu.FILE, ("Ctrl+Shift+N",)),
    ActionSpec("save_now", N_("Save now"), Menu.FILE, ("Ctrl+S",), scope=Scope.JOURNAL),
    ActionSpec("attach", N_("Add a photo or file…"), Menu.FILE, ("Ctrl+Shift+O",), scope=Scope.JOURNAL),
    ActionSpec("save_report", N_("Save the file…"), Menu.FILE, ("Ctrl+Return", "Ctrl+Enter"), scope=Scope.SHARE),
    # Also while locked: pressed a second time, it takes the window out of sight.
    ActionSpec("lock", N_("Lock now"), Menu.FILE, ("Ctrl+L",), scope=Scope.ALWAYS),
    ActionSpec("open_other", N_("Open another journal…"), Menu.FILE, scope=Scope.ALWAYS),
    ActionSpec("close", N_("Close the window"), Menu.FILE, ("Ctrl+W",), scope=Scope.ALWAYS),
    ActionSpec("quit", N_("Quit"), Menu.FILE, ("Ctrl+Q",), scope=Scope.ALWAYS),
    ActionSpec("undo", N_("Undo"), Menu.EDIT, ("Ctrl+Z",), scope=Scope.ALWAYS, local=True),
    ActionSpec("redo", N_("Redo"), Menu.EDIT, ("Ctrl+Shift+Z", "Ctrl+Y"), ("Ctrl+Shift+Z",), Scope.ALWAYS, local=True),
    ActionSpec("search", N_("Search entries"), Menu.EDIT, ("Ctrl+F",)),
    ActionSpec("find_in_entry", N_("Find in this entry"), Menu.EDIT, ("F3",), ("Ctrl+G",), Scope.JOURNAL),
    ActionSpec("another_prompt", N_("Another prompt"), Menu.EDIT, ("Ctrl+Shift+A",)),
    ActionSpec("never_share", N_("Never share"), Menu.EDIT, ("Ctrl+Shift+P",), scope=Scope.JOURNAL),
    ActionSpec("keep_insight", N_("Keep as an insight…"), Menu.EDIT, ("Ctrl+Shift+I",), scope=Scope.JOURNAL),
    ActionSpec("history", N_("History of this entry…"), Menu.EDIT, ("Ctrl+Shift+Y",), scope=Scope.JOURNAL),
    ActionSpec("delete_entry", N_("Delete entry"), Menu.EDIT, ("Del",), ("Ctrl+Backspace",), Scope.JOURNAL, local=True),
    ActionSpec("recently_deleted", N_("Recently deleted…"), Menu.EDIT),
    ActionSpec("writing_only", N_("Writing only"), Menu.VIEW, ("Ctrl+Shift+F",), scope=Scope.JOURNAL),
    ActionSpec("fold_today", N_("One field only"), Menu.VIEW, ("Ctrl+Shift+D",), scope=Scope.TODAY),
    ActionSpec("charts_as_tables", N_("Charts as tables"), Menu.VIEW, ("Ctrl+T",), scope=Scope.TRENDS),
    ActionSpec("full_screen", N_("Full screen"), Menu.VIEW, ("F11",), ("Meta+Ctrl+F",), Scope.ALWAYS),
    ActionSpec("larger_text", N_("Larger text"), Menu.VIEW, ("Ctrl++", "Ctrl+="), scope=Scope.ALWAYS),
    ActionSpec("smaller_text", N_("Smaller text"), Menu.VIEW, ("Ctrl+-",), scope=Scope.ALWAYS),
    ActionSpec("usual_text", N_("Usual text size"), Menu.VIEW, ("Ctrl+0",), scope=Scope.ALWAYS),
    ActionSpec("newer_entry", N_("Newer entry"), Menu.GO, ("Alt+Up",), ("Alt+Ctrl+Up",), Scope.JOURNAL),
    ActionSpec("older_entry", N_("Older entry"), Menu.GO, ("Alt+Down",), ("Alt+Ctrl+Down",), Scope.JOURNAL),
    ActionSpec("previous_session", N_("Previous session"), Menu.GO, ("Alt+Left",), ("Ctrl+[",), Scope.SESSIONS),
    ActionSpec("next_session", N_("Next session"), Menu.GO, ("Alt+Right",), ("Ctrl+]",), Scope.SESSIONS),
    ActionSpec("next_region", N_("Next region"), Menu.GO, ("F6",), scope=Scope.ALWAYS),
    ActionSpec("previous_region", N_("Previous region"), Menu.GO, ("Shift+F6",), scope=Scope.ALWAYS),
    ActionSpec("settings", N_("Settings"), Menu.GO, ("Ctrl+,",)),
    ActionSpec("help_now", N_("Help now"), Menu.HELP, ("F1", "Ctrl+Shift+H"), scope=Scope.ALWAYS),
    ActionSpec("keys", N_("Keyboard shortcuts"), Menu.HELP, ("Ctrl+?",), scope=Scope.ALWAYS),
    ActionSpec("about", N_("About integrate"), Menu.HELP, scope=Scope.ALWAYS),
)


def go_action(page_id: str) -> str:
    """The id of the action that goes to a page."""
    return f"go_{page_id}"
