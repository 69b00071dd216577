"""Closing a course: with it questionnaires can stop, and they come back where the closing is undone."""

from __future__ import annotations

from dataclasses import replace

from integrate.journal.courses import begin_course, close_course, reopen_course
from integrate.journal.opening import Journal
from integrate.journal.responses import form_plan, set_form_plan


def test_questionnaires_stop_only_where_that_was_chosen(journal: Journal) -> None:
    begin_course(journal)
    before = form_plan(journal)
    assert close_course(journal).forms is None
    assert form_plan(journal) == before


def test_stopped_questionnaires_are_suggested_again_where_the_closing_is_undone(journal: Journal) -> None:
    course = begin_course(journal).course
    before = replace(form_plan(journal), phq="phq-8", k6=True)
    set_form_plan(journal, before)
    saved = close_course(journal, stop_forms=True)
    assert saved.forms == before
    assert "responses" in saved.changes.areas
    assert not form_plan(journal).has_any
    assert form_plan(journal).phq == "phq-8"  # the choice between the two is not asked again
    reopen_course(journal, course.number, forms=saved.forms)
    assert form_plan(journal) == before
