"""The demo's check-ins, questionnaires and logs into its journal, in the one transaction of everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, Final
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.form_schedule import PHQ_9, FormPlan
from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.measures import HowOften, Measure
from integrate.domain.moments import Strength
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import DECLINED, ResponseDraft, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.journal.demo_days import FEELINGS, SLEEP_HOURS, Told, mood_data, tell_days
from integrate.journal.demo_script import Scene, Script
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.storage.check_ins import CheckInWriter
from integrate.storage.logs import LogWriter
from integrate.storage.measures import MeasureWriter
from integrate.storage.responses import ResponseWriter

DEMO_FORMS: Final = FormPlan(PHQ_9, pcl5=True)
"""What is suggested to the person of the demo."""

_DIFFICULTY: Final = "difficulty"
_TAKES: Final = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class MoodWriters:
    """Everything that writes what is measured."""

    measures: MeasureWriter
    check_ins: CheckInWriter
    responses: ResponseWriter
    logs: LogWriter


def write_mood(to: MoodWriters, script: Script, sessions: Mapping[int, UUID]) -> None:
    """Write all that was measured up to yesterday. ``sessions`` are the ids of the sessions by their number.

    Raises:
        What any write raises.
    """
    measures = _choose_measures(to.measures, script)
    to.check_ins.add_all([(_draft(told, measures), told.written) for told in tell_days(script)])
    _Forms(to.responses, script).write()
    _write_logs(to.logs, script, sessions)


def _choose_measures(measures: MeasureWriter, script: Script) -> Mapping[str, Measure]:
    """The shipped measures by their key; two more than the usual ones are in use, for when they are asked for."""
    for one in measures.reader.list():
        if isinstance(one, Measure) and one.key in (SLEEP_HOURS, FEELINGS):
            measures.save(replace(one, in_use=True, how_often=HowOften.WHEN_I_LIKE), script.begins.instant)
    return {one.key: one for one in measures.reader.list() if isinstance(one, Measure)}


def _draft(told: Told, measures: Mapping[str, Measure]) -> CheckInDraft:
    answers = []
    for key, value in told.answers.items():
        measure = measures[key]
        words = value if isinstance(value, tuple) else ()
        number = None if isinstance(value, tuple) else value
        answers.append(Answer(measure.id, measure.version, number, words))
    return CheckInDraft(told.about, tuple(answers), told.note, told.never_share)


def _happened(
    script: Script, kept: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Scene, ZonedTime]]:
    """What `mood.toml` says of the sessions there are, as far as it lies before today."""
    for one in kept:
        if one["session"] <= len(script.scenes):
            scene = script.scenes[one["session"] - 1]
            at = script.on(scene, one["day"], one["at"])
            if script.has_been(at):
                yield one, scene, at


class _Forms:
    """The questionnaires that were filled in."""

    def __init__(self, responses: ResponseWriter, script: Script) -> None:
        self._responses = responses
        self._script = script
        self._questionnaires = shipped_questionnaires()

    def write(self) -> None:
        for kept, _scene, at in _happened(self._script, mood_data()["forms"]):
            self._fill_in(self._questionnaires[kept["key"]], kept, at)

    def _fill_in(self, asked: Questionnaire, kept: Mapping[str, Any], at: ZonedTime) -> None:
        begun = self._responses.begin(
            ResponseDraft(asked.key, asked.version, asked.digest, at), asked.text, at
        )  # fmt: skip
        finished = at.instant + _TAKES
        stopped = kept.get("stopped", False)
        draft = replace(begun.draft, answers=_answers(asked, kept))
        status = ResponseStatus.STOPPED if stopped else ResponseStatus.COMPLETED
        done = replace(begun, draft=draft, kept_status=status, finished=None if stopped else finished)
        self._responses.save(done, finished)


def _answers(asked: Questionnaire, kept: Mapping[str, Any]) -> Mapping[str, str]:
    answers, declined = {}, kept.get("declined", ())
    for number, (item, value) in enumerate(zip(asked.scored_items, kept["values"], strict=False), start=1):
        code = next(option.code for option in item.options if option.ordinal == value)
        answers[item.link_id] = DECLINED if number in declined else code
    difficulty = asked.item(_DIFFICULTY)
    if difficulty is not None and "difficulty" in kept:
        answers[_DIFFICULTY] = difficulty.options[kept["difficulty"]].code
    return answers


def _write_logs(logs: LogWriter, script: Script, sessions: Mapping[int, UUID]) -> None:
    data = mood_data()
    for kept, scene, at in _happened(script, data["effects"]):
        if scene.held:
            content = EffectLog(sessions[scene.number], tuple(map(_line, kept["lines"])), kept.get("note", ""))
            logs.add(content, script.on(scene, 0, scene.story["end"]), at)
    for kept, _scene, at in _happened(script, data["slow"]):
        answers = tuple((question, YesNo(answer)) for question, answer in kept["answers"])
        logs.add(SlowLog(answers, kept.get("pull"), kept.get("note", "")), at, at)


def _line(kept: Mapping[str, Any]) -> EffectLine:
    began, ended = (time.fromisoformat(kept[name]) if name in kept else None for name in ("began", "ended"))
    return EffectLine(
        kept["effect"], Strength(kept["strength"]), began, ended, kept.get("told", ""), kept.get("reading", "")
    )
