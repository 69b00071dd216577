"""The questionnaires that ship say what was published, byte for byte, with their codes, bands and notices."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from integrate.domain import support_words
from integrate.domain.form_schedule import DueForm, Occasion
from integrate.domain.questionnaires import TOTALS, Band, Coding, Questionnaire, parse_questionnaire_text
from integrate.domain.responses import DECLINED
from integrate.domain.scoring import asked_items
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.resources import load_json, read_text
from tests.domain.sessions_kit import MONDAY

FORMS = shipped_questionnaires()
LOINC = "http://loinc.org"
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=str)

TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
PHQ = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless "
    "that you have been moving around a lot more than usual",
    "Thoughts that you would be better off dead or of hurting yourself in some way",
)
DIFFICULTY = (
    "If you checked off any problems, how difficult have these problems made it for you to do your work, take care of "
    "things at home, or get along with other people?"
)
DIFFICULTIES = ("Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult")
GAD = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
)
OFTEN = (("Not at all", 0), ("Several days", 1), ("More than half the days", 2), ("Nearly every day", 3))
PFIZER = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant "
    "from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)
PCL_INSTRUCTION = (
    "Below is a list of problems that people sometimes have in response to a very stressful experience. Please read "
    "each problem carefully and then choose one of the answers to the right to indicate how much you have been "
    "bothered by that problem in the past month."
)
PCL_STEM = "In the past month, how much were you bothered by:"
PCL = (
    "Repeated, disturbing, and unwanted memories of the stressful experience?",
    "Repeated, disturbing dreams of the stressful experience?",
    "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually "
    "back there reliving it)?",
    "Feeling very upset when something reminded you of the stressful experience?",
    "Having strong physical reactions when something reminded you of the stressful experience (for example, heart "
    "pounding, trouble breathing, sweating)?",
    "Avoiding memories, thoughts, or feelings related to the stressful experience?",
    "Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, "
    "objects, or situations)?",
    "Trouble remembering important parts of the stressful experience?",
    "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: "
    "I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?",
    "Blaming yourself or someone else for the stressful experience or what happened after it?",
    "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
    "Loss of interest in activities that you used to enjoy?",
    "Feeling distant or cut off from other people?",
    "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for "
    "people close to you)?",
    "Irritable behavior, angry outbursts, or acting aggressively?",
    "Taking too many risks or doing things that could cause you harm?",
    "Being “superalert” or watchful or on guard?",
    "Feeling jumpy or easily startled?",
    "Having difficulty concentrating?",
    "Trouble falling or staying asleep?",
)
HOW_MUCH = (("Not at all", 0), ("A little bit", 1), ("Moderately", 2), ("Quite a bit", 3), ("Extremely", 4))
K6_STEM = "During the past 30 days, about how often did you feel ..."
K6 = (
    "nervous?",
    "hopeless?",
    "restless or fidgety?",
    "so depressed that nothing could cheer you up?",
    "that everything was an effort?",
    "worthless?",
)
OF_THE_TIME = (
    ("All of the time", 4),
    ("Most of the time", 3),
    ("Some of the time", 2),
    ("A little of the time", 1),
    ("None of the time", 0),
)
PHQ_CODES = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
GAD_CODES = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]
OFTEN_CODES = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]

PRINTED = [
    ("phq-9", TWO_WEEKS, PHQ, OFTEN, 14, (0, 27), PFIZER),
    ("phq-8", TWO_WEEKS, PHQ[:8], OFTEN, 14, (0, 24), PFIZER),
    ("gad-7", TWO_WEEKS, GAD, OFTEN, 14, (0, 21), PFIZER),
    ("pcl-5", PCL_STEM, PCL, HOW_MUCH, 30, (0, 80), None),
    ("k6", K6_STEM, K6, OF_THE_TIME, 30, (0, 24), None),
]


def test_five_ship_in_the_order_they_are_offered() -> None:
    assert list(FORMS) == ["phq-9", "phq-8", "gad-7", "pcl-5", "k6"]
    assert [form.title for form in FORMS.values()] == ["PHQ-9", "PHQ-8", "GAD-7", "PCL-5", "K6"]


@pytest.mark.parametrize(("key", "stem", "texts", "options", "recall", "totals", "notice"), PRINTED)
def test_each_asks_exactly_what_was_published(
    key: str,
    stem: str,
    texts: tuple[str, ...],
    options: tuple[tuple[str, int], ...],
    recall: int,
    totals: tuple[int, int],
    notice: str | None,
) -> None:
    form = FORMS[key]
    assert [item.text.encode() for item in form.scored_items] == [text.encode() for text in texts]
    assert {item.stem.encode() for item in form.scored_items} == {stem.encode()}
    for item in form.scored_items:
        assert tuple((option.text, option.ordinal) for option in item.options) == options
    assert (form.recall_days, form.total_range) == (recall, totals)
    assert notice is None or form.notice.encode() == notice.encode()


def test_pcl_5_has_its_instruction_and_the_others_have_none() -> None:
    assert {key: form.instruction for key, form in FORMS.items() if form.instruction} == {"pcl-5": PCL_INSTRUCTION}


def test_the_notices_of_pcl_5_and_k6_name_who_made_them_and_on_what_terms() -> None:
    assert "Weathers" in FORMS["pcl-5"].notice and "not copyrighted" in FORMS["pcl-5"].notice
    assert "Kessler et al. 2003" in FORMS["k6"].notice and "© World Health Organization 2003" in FORMS["k6"].notice


def test_the_difficulty_question_is_that_of_phq_9_alone_and_not_counted() -> None:
    (item,) = (item for form in FORMS.values() for item in form.items if not item.scored)
    assert FORMS["phq-9"].items[-1] is item
    assert item.text.encode() == DIFFICULTY.encode()
    assert tuple(option.text for option in item.options) == DIFFICULTIES
    assert [option.code for option in item.options] == ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]
    assert {option.ordinal for option in item.options} == {None}
    assert item.code == Coding(LOINC, "69722-7")


def test_the_difficulty_question_is_asked_once_an_item_is_above_0() -> None:
    form = FORMS["phq-9"]
    zeros = {str(number): OFTEN_CODES[0] for number in range(1, 9)} | {"9": DECLINED}
    assert [item.link_id for item in asked_items(form, {})] == [str(number) for number in range(1, 10)]
    assert len(asked_items(form, zeros)) == 9
    for number in range(1, 10):
        for code in OFTEN_CODES[1:]:
            assert asked_items(form, zeros | {str(number): code})[-1].link_id == "difficulty"


def test_only_item_9_may_be_declined_and_opens_the_card() -> None:
    special = [
        (form.key, item.link_id, item.may_decline, item.harm, item.near_harm)
        for form in FORMS.values()
        for item in form.items
        if item.may_decline or item.harm or item.near_harm
    ]
    assert special == [("phq-9", "9", True, True, False), ("pcl-5", "16", False, False, True)]
    optional = [(form.key, item.link_id) for form in FORMS.values() for item in form.items if not item.required]
    assert optional == [("phq-9", "9"), ("phq-9", "difficulty")]


def test_pcl_5_alone_has_a_content_note() -> None:
    assert [key for key, form in FORMS.items() if form.tender] == ["pcl-5"]


def test_codes_are_those_of_loinc_where_there_are_any_and_our_own_elsewhere() -> None:
    assert {key: form.panel and form.panel.code for key, form in FORMS.items()} == {
        "phq-9": "44249-1", "phq-8": None, "gad-7": "69737-5", "pcl-5": "101697-1", "k6": None,
    }  # fmt: skip
    assert {key: form.total for key, form in FORMS.items()} == {
        "phq-9": Coding(LOINC, "44261-6"), "phq-8": Coding(TOTALS, "phq-8"), "gad-7": Coding(LOINC, "70274-6"),
        "pcl-5": Coding(LOINC, "101698-9"), "k6": Coding(TOTALS, "k6"),
    }  # fmt: skip
    codes = {key: [item.code and item.code.code for item in form.scored_items] for key, form in FORMS.items()}
    assert codes == {
        "phq-9": PHQ_CODES, "phq-8": PHQ_CODES[:8], "gad-7": GAD_CODES, "pcl-5": [None] * 20, "k6": [None] * 6,
    }  # fmt: skip
    for key in ("phq-9", "phq-8", "gad-7"):
        for item in FORMS[key].scored_items:
            assert [option.code for option in item.options] == OFTEN_CODES
            assert {option.system for option in item.options} == {LOINC}


def test_bands_are_the_published_ones_each_with_its_source() -> None:
    depression = ["0-4 minimal", "5-9 mild", "10-14 moderate", "15-19 moderately severe"]
    assert {key: [_said(band) for band in form.bands] for key, form in FORMS.items()} == {
        "phq-9": [*depression, "20-27 severe"],
        "phq-8": [*depression, "20-24 severe"],
        "gad-7": ["0-4 minimal", "5-9 mild", "10-14 moderate", "15-21 severe"],
        "pcl-5": [],
        "k6": ["5-12 moderate", "13-24 serious"],
    }
    assert all(re.search(r"\b(19|20)\d\d\b", band.citation) for form in FORMS.values() for band in form.bands)


def _said(band: Band) -> str:
    return f"{band.lowest}-{band.highest} {band.words}"


@each_form
def test_the_text_of_each_is_read_back_as_the_same_and_its_digest_is_that_of_the_text(form: Questionnaire) -> None:
    assert parse_questionnaire_text(form.text) == form
    assert form.digest == hashlib.sha256(form.text.encode()).digest()
    assert json.loads(form.text) == json.loads(read_text("questionnaires", f"{form.key}.json"))


def test_no_two_have_the_same_digest() -> None:
    assert len({form.digest for form in FORMS.values()}) == 5


@each_form
def test_each_file_has_the_fields_of_a_fhir_questionnaire(form: Questionnaire) -> None:
    data = load_json("questionnaires", f"{form.key}.json")
    assert (data["resourceType"], data["status"], data["id"]) == ("Questionnaire", "active", form.key)
    assert data["url"] == f"urn:integrate:questionnaire:{form.key}"
    assert data["copyright"] == form.notice and data["publisher"] and data["version"] == "1"


# --- the words around them --------------------------------------------------------------------------------------------


def test_the_delicate_sentences_are_exactly_those_that_were_weighed() -> None:
    assert support_words.BEFORE_A_FORM == "No one sees these answers unless you share them."
    assert support_words.AT_ITEM_9 == (
        "If you might act on these thoughts, help is here: Help now. You can also finish first."
    )
    assert support_words.card_words("112", "116 123") == (
        "Thank you for answering. Thoughts like these can come with a hard time, and you do not have to carry them "
        "alone. If you might act on them, call 112 or 116 123 now. Nobody sees this answer unless you share it: "
        "integrate cannot alert anyone."
    )
    assert " call 112 now. " in support_words.card_words("112")
    assert support_words.card_words("112") == support_words.card_words("112", "116 123").replace(" or 116 123", "")
    assert support_words.person_words("Ana", "555 0100") == "Ana, 555 0100. May not answer at night."
    assert support_words.PREFER_NOT == "Prefer not to answer"
    assert (support_words.HELP_NOW, support_words.BACK) == ("Help now", "Back to my journal")


FORBIDDEN = (
    "trip", "high", "breakthrough", "healed", "addict", "failed", "fail", "failure", "clean", "noncompliant",
    "commit suicide", "streak", "missed", "better", "worse", "improved", "invalid", "error", "risk", "overdue", "late",
)  # fmt: skip


def test_our_own_words_hold_no_forbidden_word_and_no_exclamation_mark() -> None:
    own = [value for value in vars(support_words).values() if isinstance(value, str)]
    own += [DueForm("k6", "k6", kind, "", MONDAY, 3 if kind is Occasion.BEFORE else None).why for kind in Occasion]
    own += [form.description for form in FORMS.values()]
    own += [support_words.card_words("112", "116 123"), read_text("questionnaires", "README.md")]
    found = [(word, text) for text in own for word in FORBIDDEN if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    assert not found
    assert not [text for text in own if re.search(r"!(?!\[)", text)]


def test_the_questionnaire_in_the_guide_is_one_that_can_be_read() -> None:
    sample = read_text("questionnaires", "README.md").split("```json\n")[1].split("```")[0]
    form = parse_questionnaire_text(sample)
    assert (form.key, form.recall_days, form.total_range, len(form.bands)) == ("example-2", 7, (0, 2), 1)


def test_the_guide_prints_every_notice() -> None:
    guide = " ".join(read_text("questionnaires", "README.md").split())
    loinc = " ".join(read_text("LICENSES", "LOINC.txt").split())
    assert PFIZER in guide
    assert FORMS["k6"].notice in guide
    assert loinc[loinc.index("This material") :] in guide
