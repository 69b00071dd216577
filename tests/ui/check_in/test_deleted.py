"""Check-ins and measures in Recently deleted, on the sheet that every page shares."""

from __future__ import annotations

from PySide6.QtCore import Qt

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.measures import Definition, HowOften
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import delete_check_in, list_check_ins, record_check_in
from integrate.journal.measures import add_measure, delete_measure, list_measures
from integrate.journal.opening import Journal
from integrate.ui.pages.journal.entry.deleted_sheet import DeletedSheet
from tests.ui.check_in.check_in_world import EVENING, ZONE, CheckInWorld


def test_both_are_named_by_their_kind_and_can_be_taken_back(world: CheckInWorld) -> None:
    def delete(journal: Journal) -> object:
        measure = add_measure(journal, Definition("Steadiness"), HowOften.EACH).measure
        draft = CheckInDraft(ZonedTime(EVENING, ZONE), (Answer(measure.id, 1, 7),), "Tea.")
        delete_check_in(journal, record_check_in(journal, draft).check_in.id)
        return delete_measure(journal, measure.id)

    world.write(delete)
    sheet = DeletedSheet(world.context)
    sheet.open()
    world.settle()
    told = Qt.ItemDataRole.AccessibleTextRole
    rows = [str(sheet.rows.item(row).data(told)) for row in range(sheet.rows.count())]
    assert sorted(row.partition(" · ")[0] for row in rows) == ["Steadiness, Measure", "Tea., Check-in"]
    for _row in rows:
        sheet.back_button.click()
        world.settle()
    assert len(world.check_ins()) == 1
    assert "Steadiness" in world.measures()
    assert world.ask(lambda journal: len(list_check_ins(journal)) + len(list_measures(journal))) == 6
    sheet.close()
