"""The shell of an open journal: sidebar, one banner at most, and the pages, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.system.paths import looks_synced
from integrate.ui.desk import Desk
from integrate.ui.layout import WidthClass
from integrate.ui.page import Page, PageContext, ProgramPort
from integrate.ui.registry import FIRST_PAGE, PAGES, go_action, page_spec
from integrate.ui.scene import Scene
from integrate.ui.shell.nav_button import NavButton
from integrate.ui.shell.sidebar import Sidebar
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.toast import ToastHost
from integrate.ui.wording import failure_words

_HELP_EDGE: Final = (8, 6)  # from the side and from below: in the middle of the line below an entry
_AROUND_BANNER: Final = (16, 12, 16, 0)


class Shell(Scene):
    """The scene of an open journal. Locking destroys it with all its pages."""

    wanted = Signal(str)  # an action the window has to do
    page_shown = Signal(str)  # the id of the page

    def __init__(self, theme: Theme, desk: Desk, program: ProgramPort) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._program = program
        self._clipboard = program.clipboard  # made now: it watches whatever is copied while the journal is open
        self._width = WidthClass.WIDE
        self._context = PageContext(theme, desk, self, program)
        self._pages: dict[str, Page] = {}
        self._banner: Banner | None = None
        self._writing_only = False
        self._warned = False
        self._put_by: Banner | None = None  # the banner that says that answers wait
        self._sidebar = Sidebar(theme)
        self._stack = QStackedWidget()
        self._floating_help = NavButton(
            theme, _("Help now"), "life-buoy", checkable=False, outlined=True, icon_token="danger"
        )
        self._floating_help.setParent(self)
        self._floating_help.hide()
        self._toasts = ToastHost(theme, self)
        self._lay_out()
        self._sidebar.wanted.connect(self.perform_wanted)
        self._floating_help.clicked.connect(self._help_now)
        theme.changed.connect(self._place_help)
        desk.trouble.connect(self.tell_trouble)
        desk.saver.put_by.connect(self.tell_put_by)
        desk.saver.taken.connect(self._taken)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        self._main = QVBoxLayout()
        self._main.setContentsMargins(0, 0, 0, 0)
        self._main.setSpacing(0)
        self._banner_place = QVBoxLayout()
        self._main.addLayout(self._banner_place)
        self._main.addWidget(self._stack, 1)
        row.addLayout(self._main, 1)

    # --- what pages may ask for (ShellPort) ---------------------------------------------------------------------------

    def go(self, page_id: str, **arguments: object) -> None:
        """Show a page, made now if it was not shown before."""
        current = self.current_page()
        page = self._pages.get(page_id)
        if page is None:
            page = page_spec(page_id).load()(self._context)
            page.setObjectName(page_id)
            page.setAccessibleName(_(page_spec(page_id).title))
            self._pages[page_id] = page
            self._stack.addWidget(page)
            page.set_width_class(self._width)
        if current is not None and current is not page:
            current.flush()
            self._toasts.forget()
            self.show_writing_only(False)
        self._sidebar.show_page(page_id)
        self._stack.setCurrentWidget(page)
        page.opened(**arguments)
        self.page_shown.emit(page_id)
        heading = page.heading()
        if heading is not None and current is not page:
            heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something briefly; ``undo`` also answers Ctrl Z after the toast has gone, until the next one."""
        self._toasts.show(text, undo)

    def tell_trouble(self, error: Exception) -> None:
        """Say what went wrong at the top of the page. A bug is said to be one."""
        words = failure_words(error, _("What was saved is safe. You can go on, or lock the journal and open it again."))
        self.show_banner("trouble", *words, [(_("Close this message"), self.close_banner)])

    def tell_what_must_be_told(self) -> None:
        """What a person has to know about this journal, the most urgent alone: banners never stack."""
        desk = self._desk
        if desk.notices:
            title, *rest = desk.notices[0].sentences()
            self.show_banner("trouble", title, " ".join(rest), [(_("Close this message"), self.close_banner)])
        elif not desk.may_write:
            text = _("You can read everything, and nothing can be changed. To write, lock it and open it again.")
            self.show_banner("neutral", _("This journal is open to read only."), text, [])
        elif not desk.preferences.synced_told and (service := looks_synced(desk.place)):
            self._tell_synced(service)

    def _tell_synced(self, service: str) -> None:
        title = _("This journal lies in a folder that {service} copies elsewhere.").format(service=service)
        text = _(
            "The copies stay encrypted. {service} can see how large they are and when they change, and it keeps "
            "older versions, which open with the passphrase of that time."
        ).format(service=service)
        self.show_banner("neutral", title, text, [(_("I understand"), self._synced_understood)])

    def _synced_understood(self) -> None:
        self.close_banner()
        self._desk.change_preferences(self, synced_told=True)

    def tell_put_back(self, _changes: object) -> None:
        """What the disk refused before the last lock is saved now."""
        self.toast(_("What the disk would not take before is saved now."))

    def tell_put_by(self, error: Exception) -> None:
        """The disk refused answers of a sheet that was closed meanwhile: they wait here until it takes them."""
        if not self._desk.is_open:  # the lock has come meanwhile, and seals them
            return
        title, _more = failure_words(error)
        text = _("Your answers are kept while Integrate is open, and saved as soon as the disk takes them.")
        self.show_banner(
            "trouble", title, text, [(_("Try again"), self.flush), (_("Close this message"), self.close_banner)]
        )
        self._put_by = self._banner

    def _taken(self, changes: object) -> None:
        if self._desk.is_open and not self._desk.saver.unsaved:
            if self._put_by is not None and self._put_by is self._banner:
                self.close_banner()
            self._put_by = None
            self.tell_put_back(changes)

    def warn_before_locking(self, lock: Callable[[], None]) -> None:
        """The disk refuses, and something is only on the screen: say so before the screen goes."""
        self._warned = True
        text = _(
            "Your last sentence is still on screen and has not been lost. If you lock now, it is kept in memory, "
            "sealed, until you unlock again. It would be lost if the computer is switched off before that."
        )
        self.show_banner(
            "trouble", _("The disk has not taken your last words."), text,
            [(_("Try again"), self.flush), (_("Lock all the same"), lock)],
        )  # fmt: skip

    def lock_was_warned(self) -> bool:
        """Whether that was said and is still shown."""
        return self._warned and self._banner is not None

    def show_banner(self, kind: str, title: str, text: str, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Put a banner in place of the one that is there: they never stack."""
        self.close_banner()
        self._banner = Banner(self._theme, kind, title, text, actions)
        self._banner_place.addWidget(self._banner)
        self._banner_place.setContentsMargins(*_AROUND_BANNER)

    def close_banner(self) -> None:
        """Take the banner away."""
        banner, self._banner = self._banner, None
        if banner is not None:
            banner.hide()
            self._banner_place.setContentsMargins(0, 0, 0, 0)
            # Its own button may be what asked: it must outlive the click.
            QTimer.singleShot(0, banner.deleteLater)

    def sheet_host(self) -> QWidget:
        """Sheets lie over the whole window."""
        return self.window()

    def show_writing_only(self, on: bool) -> None:
        """Leave only the page; Help now stays reachable at the foot of what is left."""
        if on != self._writing_only:
            self._writing_only = on
            self._sidebar.setVisible(not on)
            self._floating_help.setVisible(on)
            self._place_help()

    @property
    def writing_only(self) -> bool:
        """Whether the sidebar is hidden."""
        return self._writing_only

    # --- the scene ----------------------------------------------------------------------------------------------------

    def current_page(self) -> Page | None:
        """The page that is shown."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def perform_wanted(self, action_id: str) -> None:
        """An action asked for by the sidebar: a page, or something the window does."""
        if not self.perform(action_id):
            self.wanted.emit(action_id)

    def perform(self, action_id: str) -> bool:
        """Actions of the shell and of the page that is shown."""
        page = self.current_page()
        if page is not None and page.perform(action_id):
            return True
        for spec in PAGES:
            if action_id in (go_action(spec.id), spec.id):
                self.go(spec.id)
                return True
        match action_id:
            case "new_entry":
                self.go("journal", new=True)
            case "new_check_in":
                self.go(FIRST_PAGE, check_in=True)
            case "new_session":
                self.go("sessions", new=True)
            case "search":
                self.go("journal", search=True)
            case "recently_deleted":
                self.go("journal", recently_deleted=True)
            case "another_prompt":
                self.go(FIRST_PAGE)
            case "undo":
                return self._toasts.undo_last()
            case _:
                return False
        return True

    def heading(self) -> QWidget | None:
        """That of the page."""
        page = self.current_page()
        return page.heading() if page is not None else None

    def regions(self) -> Sequence[QWidget]:
        """Sidebar, the page's own, Help now."""
        page = self.current_page()
        own = tuple(page.regions()) if page is not None else ()
        around = (self._sidebar.focus_pages(),) if not self._writing_only else ()
        return (*around, *own, self._floating_help if self._writing_only else self._sidebar.help_button)

    def set_width_class(self, width: WidthClass) -> None:
        """Lay sidebar and pages out anew."""
        self._width = width
        self._sidebar.set_width_class(width)
        for page in self._pages.values():
            page.set_width_class(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Help now keeps its corner."""
        super().resizeEvent(event)
        self._place_help()

    def _place_help(self) -> None:
        button = self._floating_help
        button.resize(button.sizeHint())
        beside, below = (self._theme.px(edge) for edge in _HELP_EDGE)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - button.width() - beside if mirrored else beside
        button.move(left, self.height() - button.height() - below)
        button.raise_()

    def _help_now(self) -> None:
        self.wanted.emit("help_now")

    def flush(self) -> None:
        """Have every page save what is not saved."""
        self._toasts.forget()
        for page in self._pages.values():
            page.flush()
        self._desk.saver.try_again()

    def where(self) -> str:
        """The id of the page that is shown."""
        page = self.current_page()
        return page.objectName() if page is not None else FIRST_PAGE
