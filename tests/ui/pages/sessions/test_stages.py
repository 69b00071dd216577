"""How the three stages of a session stand: a line each, side by side, or alone in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from integrate.domain.entry import Phase
from integrate.domain.sessions import LineKind
from integrate.journal.courses import close_course
from integrate.journal.opening import Journal
from integrate.journal.sessions import SavedLine, change_line, list_lines
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.rows import PADDING, EntryRow
from integrate.ui.pages.sessions.session_sheet import SessionSheet
from integrate.ui.pages.sessions.session_view import SessionView
from tests.ui.pages.sessions.sessions_world import SessionsWorld


def view(world: SessionsWorld) -> SessionView:
    return world.sessions_page.session


def place(world: SessionsWorld, part: QWidget) -> QPoint:
    return part.mapTo(view(world), QPoint(0, 0))


def heads(world: SessionsWorld) -> list[QPoint]:
    return [place(world, view(world).stages.heads[phase]) for phase in Phase]


def test_a_line_is_one_below_the_other_at_any_width(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    for width in (1280, 1000, 720):
        world.program.window.resize(width, 832)
        world.settle()
        assert len({point.x() for point in heads(world)}) == 1
        tops = [point.y() for point in heads(world)]
        assert tops == sorted(set(tops))
        for head in view(world).stages.heads.values():
            assert head.height() <= 48


def test_those_a_person_opens_stand_side_by_side_where_there_is_room(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[4])
    world.press("Prepare, set on 8 Oct")
    first, line, third = heads(world)
    assert first.y() == third.y() < line.y()
    assert first.x() == line.x() < third.x()
    world.press("Experience, 14:02 to 16:15")
    assert len({point.y() for point in heads(world)}) == 1
    widths = {view(world).stages.heads[phase].width() for phase in Phase}
    assert max(widths) - min(widths) <= 2
    world.program.window.resize(1000, 832)
    world.settle()
    assert len({point.x() for point in heads(world)}) == 1


def test_all_three_stay_wanted_until_one_is_folded(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    stages = view(world).stages
    world.open_session(ids[4])
    world.press("Show all three side by side")
    assert stages.are_all_open()
    assert not view(world).all_button.isVisible()
    assert stages.heads[Phase.PREPARE].hasFocus()
    assert len(view(world).experience.rows()) == 7
    world.open_session(ids[5])
    assert stages.are_all_open()
    assert len(view(world).experience.rows()) == 0
    world.press("Experience, 19 Oct")
    world.open_session(ids[4])
    assert [phase for phase in Phase if stages.is_open(phase)] == [Phase.INTEGRATE]


def test_a_narrow_window_shows_all_three_in_a_list(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.program.window.resize(720, 832)
    world.settle()
    world.open_session(ids[4])
    world.press("Show all three")
    assert view(world).stages.are_all_open()
    assert len({point.x() for point in heads(world)}) == 1


def test_one_alone_uses_a_wide_window_and_shares_it_with_another(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    def apart() -> bool:
        sections = view(world).prepare.sections
        return place(world, sections[LineKind.FOR_PRESCRIBER]).x() > place(world, sections[LineKind.INTENTION]).x()

    world.open_session(ids[5])
    assert apart()
    world.press("Integrate")
    world.settle()
    assert not apart()
    world.press("Integrate")
    world.settle()
    assert apart()


def test_what_is_pressed_begins_where_the_words_of_its_section_do(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Show all three side by side")
    for section in view(world).findChildren(LineSection):
        if section.heading.isVisible():
            assert place(world, section.add_button).x() == place(world, section.heading).x()
    rows = view(world).integrate.findChildren(EntryRow)
    words = place(world, rows[0]).x() + PADDING
    assert words == place(world, view(world).integrate.thoughts.add_button).x()


# --- what a screen reader meets ---------------------------------------------------------------------------------------


def told(part: QWidget) -> Iterator[str]:
    """The names of what can be seen in ``part``, as they follow each other."""
    root = QAccessible.queryAccessibleInterface(part)
    assert root is not None
    for number in range(root.childCount()):
        child = root.child(number)
        if child is None or child.state().invisible:
            continue
        thing = child.object()
        if isinstance(thing, QWidget):
            yield child.text(QAccessible.Text.Name)
            yield from told(thing)


def test_it_is_read_in_the_order_in_which_it_stands(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    view(world).stages.open_only(Phase.PREPARE)
    world.settle()
    names = list(told(view(world)))
    assert names.index("Edit this session") > names.index("Daniel · Ines by video")
    assert names.index("Add to the checklist") > names.index("Blood pressure cuff within reach")
    assert names.index("Add to the checklist") < names.index("What my clinic told me")

    def change(journal: Journal) -> SavedLine:
        line = list_lines(journal, ids[4], LineKind.CHECK)[0]
        return change_line(journal, line.id, text="Somebody with me")  # type: ignore[arg-type]  # none is damaged

    world.ask(change)
    names = list(told(view(world)))
    order = ["Before I began", "Somebody with me", "Driving: as my clinic told me", "Add to the checklist"]
    assert sorted(order, key=names.index) == order
    view(world).stages.open_only(Phase.INTEGRATE)
    world.settle()
    names = list(told(view(world)))
    entry = next(name for name in names if name.startswith("What Ines asked me"))
    assert names.index("Entries") < names.index(entry) < names.index("Add what I want to talk about")


def test_tab_goes_from_column_to_column(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Prepare, set on 8 Oct")
    world.settle()
    start = view(world).facts.edit_button
    stop, met = start.nextInFocusChain(), []
    while stop is not start:
        if stop in view(world).stages.heads.values():
            met.append(stop)
        stop = stop.nextInFocusChain()
    order = [view(world).stages.heads[phase] for phase in (Phase.PREPARE, Phase.INTEGRATE, Phase.EXPERIENCE)]
    assert met == order


def test_a_list_to_choose_from_is_told_by_its_label_and_its_answer(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Edit this session")
    combo = world.sheet(SessionSheet).setting.combo
    told_of = QAccessible.queryAccessibleInterface(combo)
    assert told_of is not None
    assert told_of.role() is QAccessible.Role.ComboBox
    assert told_of.text(QAccessible.Text.Name) == "Setting"
    assert told_of.text(QAccessible.Text.Value) == "At home"
    actions = told_of.actionInterface()
    assert actions is not None
    assert told_of.state().collapsed
    actions.doAction(actions.showMenuAction())
    assert combo.view().isVisible()
    actions.doAction(actions.showMenuAction())
    assert not combo.view().isVisible()


# --- the course is over -----------------------------------------------------------------------------------------------


def test_nothing_is_said_of_a_plan_once_the_course_is_closed(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    assert any("Planned for" in name for name in world.names())

    world.ask(close_course)
    assert world.names()[4:] == ["Session 5, At home", "Session 6, At home"]
    world.open_session(ids[5])
    assert not [words for words in world.words() if "Planned for" in words or "19 Oct" in words]


def test_where_there_is_no_room_the_setting_goes_on_below(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    row = world.sessions_page.overview.rows()[-1]
    assert row.heightForWidth(180) > row.heightForWidth(400) == row.sizeHint().height()
    world.program.change_settings(text_size=200)
    world.program.window.resize(720, 832)
    world.settle()
    assert row.height() >= row.heightForWidth(row.width())
