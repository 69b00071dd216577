"""A program killed with -9 while somebody fills in a questionnaire: every answer that was given is still there."""

from __future__ import annotations

import time

from integrate.journal.checking import check_journal
from integrate.journal.responses import finish_response, open_draft, questionnaire_of
from tests.adversarial.tools import answers_after, finish, lines_of, start
from tests.conftest import Sample


def test_a_killed_form_is_open_again_with_every_answer_that_was_kept(sample: Sample) -> None:
    child = start("answer", sample.place, words=sample.words)
    assert child.stdout is not None
    said = child.stdout.readline().decode()
    assert said, finish(child)
    time.sleep(0.15)
    child.kill()
    said += child.stdout.read().decode()
    finish(child)
    told = int(lines_of(said)[-1])
    with sample.open() as journal:
        form = open_draft(journal, "phq-9")
        assert form is not None
        asked = questionnaire_of(journal, form)
        # One more may have been kept and not told.
        assert form.draft.answers in (answers_after(asked, told), answers_after(asked, told + 1))
        assert finish_response(journal, form.id).response.draft == form.draft
    assert check_journal(sample.place, sample.by_words).ok
