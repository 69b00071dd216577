"""When a questionnaire is suggested: a schedule people can change, one quiet line, and "not now" as the last word.

**The suggested schedule.** PHQ-9 or PHQ-8, and GAD-7: in the seven days before the first session; before a later one,
once its prepare window is open and seven days have passed since the last; two weeks after the last session, where
none is to come; then monthly. PCL-5, for those who chose it: before the first session, halfway, and two weeks after
the last. K6, for those who chose it: monthly.

**Never nagging.** Each of these is one occasion. An answer of that time settles it, "not now" settles it for good, and
what is not tied to a coming session passes by itself after two weeks. Nothing at all is suggested on the day of a
session or while one goes on. Days are local days; PHQ-9 and PHQ-8 stand for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import Response, ResponseStatus
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import DATES_APART, ZonedTime
from integrate.domain.where import is_running, where_am_i, window_opens
from integrate.i18n import N_, _, ngettext

PHQ_9: Final = "phq-9"
PHQ_8: Final = "phq-8"
GAD_7: Final = "gad-7"
PCL_5: Final = "pcl-5"
K6: Final = "k6"
PHQ_TO_CHOOSE: Final = "phq"
"""The key of a suggestion while nobody has chosen between PHQ-9 and PHQ-8: that is asked first, and asked once."""

NO_PHQ: Final = ""
"""The choice of neither of the two."""

BASELINE_DAYS: Final = 7
LEAST_DAYS: Final = 7
AFTER_DAYS: Final = 14
MONTH_DAYS: Final = 30
"""Days of a "month" here: as far back as the longest of these questionnaires looks, so that months do not overlap."""

LASTS_DAYS: Final = 14
"""How long a suggestion stays that no session puts an end to."""

FEWEST_FOR_HALFWAY: Final = 4
"""Sessions of a course that has a middle."""


class Occasion(StrEnum):
    """What a suggestion is for."""

    BASELINE = "baseline"
    BEFORE = "before"
    HALFWAY = "halfway"
    AFTER = "after"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class NotNow:
    """A suggestion that was declined: the ``form``, its ``occasion`` and the local ``day`` it was said on."""

    form: str
    occasion: str
    day: date


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What is suggested and when, as the person chose it.

    ``phq`` is PHQ_9, PHQ_8, NO_PHQ for neither, or None while it was not asked. ``baseline``, ``before_sessions``,
    ``after_last`` and ``monthly`` hold for the PHQ and GAD-7; PCL-5 and K6 are on or off with their own times.
    ``declined`` are the suggestions that were answered "not now".

    Raises:
        ValueError: ``phq`` is none of these.
    """

    phq: str | None = None
    gad7: bool = True
    pcl5: bool = False
    k6: bool = False
    baseline: bool = True
    before_sessions: bool = True
    after_last: bool = True
    monthly: bool = True
    declined: tuple[NotNow, ...] = ()

    def __post_init__(self) -> None:
        if self.phq not in (PHQ_9, PHQ_8, NO_PHQ, None):
            raise ValueError("it is neither PHQ-9 nor PHQ-8")

    @property
    def has_any(self) -> bool:
        """Whether anything at all can be suggested."""
        tied = self.baseline or self.before_sessions or self.after_last or self.monthly
        return self.pcl5 or self.k6 or (tied and (self.gad7 or self.phq != NO_PHQ))

    def without_any(self) -> FormPlan:
        """The plan with nothing suggested any more, as somebody may want it who closes a course."""
        return replace(
            self, pcl5=False, k6=False, baseline=False, before_sessions=False, after_last=False, monthly=False
        )

    def as_json(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in ("phq", *_FLAGS)}
        kept["declined"] = [[one.form, one.occasion, one.day.isoformat()] for one in self.declined]
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> FormPlan:
        """The inverse of :meth:`as_json`; what is missing is as in a new journal.

        Raises:
            ValueError: something is no value of its kind.
        """
        phq, flags = kept.get("phq"), {name: kept[name] for name in _FLAGS if name in kept}
        if not all(isinstance(flag, bool) for flag in flags.values()) or not isinstance(phq, (str, type(None))):
            raise ValueError("it is no plan")
        try:
            declined = tuple(
                NotNow(str(form), str(occasion), date.fromisoformat(day))
                for form, occasion, day in kept.get("declined", ())
            )
        except TypeError:
            raise ValueError("it is no plan") from None
        return cls(phq, **flags, declined=declined)


_FLAGS: Final = ("gad7", "pcl5", "k6", "baseline", "before_sessions", "after_last", "monthly")


@dataclass(frozen=True, slots=True)
class DueForm:
    """A suggestion. ``key`` is the questionnaire to open, or PHQ_TO_CHOOSE. ``since`` is its first local day.

    ``form`` and ``occasion`` name it for "not now". ``number`` is that of the session it comes before, only of BEFORE.
    """

    key: str
    form: str
    kind: Occasion
    occasion: str
    since: date
    number: int | None = None

    @property
    def why(self) -> str:
        """What it is for, in a few words."""
        if self.number is not None:
            return _("Before session {number}").format(number=self.number)
        return _(_WHY[self.kind])


_WHY: Final[Mapping[Occasion, str]] = MappingProxyType(
    {
        Occasion.BASELINE: N_("Before your first session"),
        Occasion.HALFWAY: N_("Halfway through your sessions"),
        Occasion.AFTER: N_("Two weeks after your last session"),
        Occasion.MONTHLY: N_("Once a month"),
    }
)


@dataclass(frozen=True, slots=True)
class _Now:
    """What a suggestion rests on. Days are proleptic Gregorian ordinals; ``held`` are those of the sessions held."""

    today: int
    last: Session | None
    coming: Session | None
    held: tuple[int, ...]
    sessions: int  # of the course: planned by the clinic, or on the calendar


@dataclass(frozen=True, slots=True)
class _Form:
    """A questionnaire in the plan: when it was last answered and, for monthly ones, last declined (ordinals)."""

    key: str
    form: str
    kinds: tuple[Occasion, ...]
    answered: int | None
    declined: int | None
    tied: bool = True  # to sessions; K6 is not


def due_forms(
    plan: FormPlan,
    responses: Iterable[Response],
    sessions: Iterable[Session],
    now: ZonedTime,
    *,
    closed: bool = False,
    planned: int | None = None,
) -> tuple[DueForm, ...]:
    """What is suggested at ``now``, at most once for each questionnaire, in one fixed order.

    ``sessions`` are those of one course and ``responses`` all there are, both in any order; deleted ones do not count,
    nor do forms that were not finished. In a ``closed`` course no session is to come. ``planned`` is the number of
    sessions the clinic gave, where it is known.
    """
    live = tuple(session for session in sessions if session.deleted is None)
    where = where_am_i(live, now, closed=closed)
    coming = None if closed else where.coming
    if _is_session_day(live, coming, now):
        return ()
    held = sorted(one.day.toordinal() for one in live if one.state is SessionState.HELD and one.day is not None)
    on_calendar = sum(1 for one in live if one.state is not SessionState.CANCELLED)
    state = _Now(now.local_date().toordinal(), where.last, coming, tuple(held), max(planned or 0, on_calendar))
    settled = {(one.form, one.occasion) for one in plan.declined}
    latest = now.local_date() + timedelta(days=DATES_APART)  # what lies ahead is a slip of the pen, or of a clock
    said = replace(plan, declined=tuple(one for one in plan.declined if one.day <= latest))
    answered = tuple(one for one in responses if one.day <= latest)
    found = (_due(form, state, settled) for form in _forms(said, answered))
    return tuple(due for due in found if due is not None)


def not_now(plan: FormPlan, due: DueForm, today: date) -> FormPlan:
    """The plan once this suggestion was declined: it does not come back."""
    return replace(plan, declined=(*plan.declined, NotNow(due.form, due.occasion, today)))


def overlaps(questionnaire: Questionnaire, about: date, others: Iterable[date]) -> date | None:
    """The nearest other day it was answered for whose recall window shares days with that of ``about``, or None.

    A window reaches ``recall_days`` back, so two overlap that lie fewer days apart. Of two equally near, the earlier.
    """
    near = [day for day in others if abs((about - day).days) < questionnaire.recall_days]
    return min(near, key=lambda day: (abs((about - day).days), day), default=None)


def overlap_words(questionnaire: Questionnaire, other: date, write_date: Callable[[date], str] = date.isoformat) -> str:
    """That two recall windows overlap, as a fact; ``write_date`` writes a date the way the person reads dates."""
    return ngettext(
        "Recall windows overlap: these answers look back {count} day, and there are answers of {date}.",
        "Recall windows overlap: these answers look back {count} days, and there are answers of {date}.",
        questionnaire.recall_days,
    ).format(count=questionnaire.recall_days, date=write_date(other))


def _is_session_day(live: Iterable[Session], coming: Session | None, now: ZonedTime) -> bool:
    today = now.local_date()
    if coming is not None and coming.day == today:
        return True
    return any(one.state is SessionState.HELD and (one.day == today or is_running(one, now)) for one in live)


def _forms(plan: FormPlan, responses: tuple[Response, ...]) -> Iterable[_Form]:
    flags = zip(
        (Occasion.BASELINE, Occasion.BEFORE, Occasion.AFTER, Occasion.MONTHLY),
        (plan.baseline, plan.before_sessions, plan.after_last, plan.monthly),
        strict=True,
    )
    kinds = tuple(kind for kind, is_on in flags if is_on)
    if plan.phq != NO_PHQ:
        key = PHQ_TO_CHOOSE if plan.phq is None else plan.phq
        yield _form(plan, responses, key, PHQ_TO_CHOOSE, (PHQ_9, PHQ_8), kinds)
    if plan.gad7:
        yield _form(plan, responses, GAD_7, GAD_7, (GAD_7,), kinds)
    if plan.pcl5:
        times = (Occasion.BASELINE, Occasion.HALFWAY, Occasion.AFTER)
        yield _form(plan, responses, PCL_5, PCL_5, (PCL_5,), times)
    if plan.k6:
        yield replace(_form(plan, responses, K6, K6, (K6,), (Occasion.MONTHLY,)), tied=False)


def _form(
    plan: FormPlan,
    responses: tuple[Response, ...],
    key: str,
    form: str,
    counted: tuple[str, ...],
    kinds: tuple[Occasion, ...],
) -> _Form:
    answered = (
        response.day.toordinal()
        for response in responses
        if response.draft.questionnaire in counted
        and response.deleted is None
        and response.kept_status is ResponseStatus.COMPLETED
    )
    declined = (
        one.day.toordinal()
        for one in plan.declined
        if one.form == form and one.occasion.startswith(Occasion.MONTHLY.value)
    )
    return _Form(key, form, kinds, max(answered, default=None), max(declined, default=None))


def _due(form: _Form, now: _Now, settled: set[tuple[str, str]]) -> DueForm | None:
    """The first occasion of a form that is open and was not declined."""
    for kind in form.kinds:
        found = _OCCASIONS[kind](form, now)
        if found is not None and (form.form, found[0]) not in settled:
            occasion, since = found
            number = now.coming.ref.number if kind is Occasion.BEFORE and now.coming is not None else None
            first = date.fromordinal(min(max(since, 1), date.max.toordinal()))
            return DueForm(form.key, form.form, kind, occasion, first, number)
    return None


def _baseline(form: _Form, now: _Now) -> tuple[str, int] | None:
    if now.coming is None or now.held:
        return None
    opens = _day(now.coming) - BASELINE_DAYS
    if now.today < opens or (form.answered is not None and form.answered >= opens):
        return None
    return f"{Occasion.BASELINE.value}:{now.coming.id}", opens


def _before(form: _Form, now: _Now) -> tuple[str, int] | None:
    if now.coming is None or now.last is None or not now.held:
        return None
    opens = window_opens(now.last, now.coming).toordinal()
    if now.today < opens or _is_recent(form, now):
        return None
    return f"{Occasion.BEFORE.value}:{now.coming.id}", opens


def _halfway(form: _Form, now: _Now) -> tuple[str, int] | None:
    found = _before(form, now)
    if found is None or now.coming is None or now.sessions < FEWEST_FOR_HALFWAY:
        return None
    was_asked = form.answered is not None and form.answered >= now.held[0]
    if len(now.held) != now.sessions // 2 or was_asked:
        return None
    return f"{Occasion.HALFWAY.value}:{now.coming.ref.course}", found[1]


def _after(form: _Form, now: _Now) -> tuple[str, int] | None:
    if now.last is None or now.coming is not None:
        return None
    opens = _day(now.last) + AFTER_DAYS
    is_settled = form.answered is not None and form.answered >= opens
    if not opens <= now.today < opens + LASTS_DAYS or is_settled or _is_recent(form, now):
        return None
    return f"{Occasion.AFTER.value}:{now.last.id}", opens


def _monthly(form: _Form, now: _Now) -> tuple[str, int] | None:
    """Thirty days after the last answer or "not now", for two weeks, and again thirty days later.

    The two weeks after the last session count as well, so that this one follows that of two weeks after it.
    """
    before = [day for day in (form.answered, form.declined) if day is not None]
    if form.tied:
        if now.last is None or (now.coming is not None and _day(now.coming) - now.today <= AFTER_DAYS):
            return None
        before.append(_day(now.last) + AFTER_DAYS)
    if not before:
        return f"{Occasion.MONTHLY.value}:first", now.today
    months, days = divmod(now.today - max(before), MONTH_DAYS)
    if months < 1 or days >= LASTS_DAYS:
        return None
    since = now.today - days
    return f"{Occasion.MONTHLY.value}:{date.fromordinal(since).isoformat()}", since


_OCCASIONS: Final[Mapping[Occasion, Callable[[_Form, _Now], tuple[str, int] | None]]] = MappingProxyType(
    {
        Occasion.BASELINE: _baseline,
        Occasion.BEFORE: _before,
        Occasion.HALFWAY: _halfway,
        Occasion.AFTER: _after,
        Occasion.MONTHLY: _monthly,
    }
)


def _is_recent(form: _Form, now: _Now) -> bool:
    return form.answered is not None and now.today - form.answered < LEAST_DAYS


def _day(session: Session) -> int:
    assert session.day is not None
    return session.day.toordinal()
