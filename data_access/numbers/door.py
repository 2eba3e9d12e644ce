"""The one door to figures: what a page may ask, for one selection and its comparison.

`Numbers` holds what both tiers answer. `InternalNumbers` adds the cases, for the people who
handle them, small counts only once their details are opened; `MeetingNumbers` has no method that
leads to a case. Which of the two a page gets is decided here and below, never by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar, Literal, Self

import pandas as pd

from data_access.errors import CaseCountError, NotInMeetingError
from data_access.numbers import sessions, visits
from data_access.numbers.arrays import Bools
from data_access.numbers.attention import Attention, needs_attention
from data_access.numbers.details import note_opening
from data_access.numbers.indicators import (
    CASE_COUNTS,
    CASE_INDICATORS,
    INDICATORS,
    Change,
    Figure,
    Indicator,
    Level,
    Measure,
    figure,
    measure,
    monthly,
)
from data_access.numbers.records import (
    AreaLevel,
    Source,
    UnknownVillage,
    has_record,
    has_records,
    unknown_village,
)
from data_access.numbers.rollup import DataSpan, Rollup
from data_access.numbers.selection import Selection, known_until
from data_access.numbers.shown_cases import ShownCases
from data_access.numbers.small import SmallCounts
from data_access.numbers.urgency import villages_by_urgency
from data_access.numbers.view import View, assisted_within
from data_access.store import Store

Tier = Literal["internal", "meeting"]


@dataclass(frozen=True)
class Facts:
    """What captions and notes say about the figures.

    Attributes:
        today: the day the figures were asked for.
        data_until: day of the last record that the tier may know; None when there is none.
        as_of: day up to which the records can be taken as complete; see ``known_until``.
        span: first and last day of visits, sessions and, where the tier may know them, cases.
        is_sample: whether the rows are sample data ("DATA CONTOH").
        overdue_days: days without a visit after which a desa is overdue.
        due_days: days before that in which it is "due".
        suppression_threshold: case counts below it are small.
    """

    today: date
    data_until: date | None
    as_of: date
    span: DataSpan
    is_sample: bool
    overdue_days: int
    due_days: int
    suppression_threshold: int


@dataclass(frozen=True, eq=False)
class Numbers:
    """Figures of one selection and its comparison, in the part that both tiers share."""

    selection: Selection
    comparison: Selection | None
    _rollup: Rollup
    _earlier: Rollup
    _store: Store

    tier: ClassVar[Tier]
    indicators: ClassVar[Mapping[str, Indicator]]

    @property
    def facts(self) -> Facts:
        settings, span = self._rollup.settings, self._rollup.span
        if not self._with_cases:
            span = span.without_cases()
        return Facts(
            today=settings.today,
            data_until=span.last,
            as_of=known_until(settings.today, span.last),
            span=span,
            is_sample=self._rollup.is_sample,
            overdue_days=settings.overdue_days,
            due_days=settings.due_days,
            suppression_threshold=settings.suppression_threshold,
        )

    @property
    def counted_until(self) -> date:
        """The day on which lateness and ages are measured: the period's end, or today."""
        return View(self._rollup, self.selection).as_of

    def among_assisted(self) -> Self:
        """Return the same door, narrowed to the desa binaan of the selection."""
        comparison = self.comparison and assisted_within(self._earlier, self.comparison)
        return replace(
            self, selection=assisted_within(self._rollup, self.selection), comparison=comparison
        )

    # --- indicators ---

    def figure(self, indicator_id: str) -> Figure:
        """Count an indicator for all that is selected.

        Raises:
            UnknownIndicatorError: if there is no such indicator.
            NotInMeetingError: if it is counted from cases and the tier knows none.
            CaseCountError: if it counts cases, which only ``InternalNumbers.cases`` tells.
        """
        return figure(self._rollup, self._allowed(indicator_id), self.selection)

    def before(self, indicator_id: str) -> Figure | None:
        """Count an indicator for the comparison; None without one. Raises as ``figure``."""
        if self.comparison is None:
            return None
        return figure(self._earlier, self._allowed(indicator_id), self.comparison)

    def change(self, indicator_id: str) -> Change | None:
        """Set an indicator against its comparison; None without one. Raises as ``figure``."""
        before = self.before(indicator_id)
        return None if before is None else Change(self.figure(indicator_id), before)

    def measure(self, indicator_id: str, level: Level) -> Measure:
        """Count an indicator for each area of a level. Raises as ``figure``."""
        return measure(self._rollup, self._allowed(indicator_id), level, self.selection)

    def monthly(self, indicator_id: str, months: int = 12) -> list[Figure]:
        """Count an indicator for each of the last months on its own. Raises as ``figure``."""
        return monthly(self._rollup, self._allowed(indicator_id), self.selection, months)

    def has_record(self, level: AreaLevel) -> tuple[tuple[str, ...], Bools]:
        """Say for every area of a level whether the period holds any record of it."""
        return has_record(self._rollup, level, self.selection, with_cases=self._with_cases)

    def has_records(self, source: Source) -> bool:
        """Say whether the period holds any record of a kind, anywhere in the kabupaten.

        Raises:
            NotInMeetingError: if the tier may not know of such records.
        """
        return has_records(View(self._rollup, self.selection), self._known(source))

    def was_imported(self, source: Source) -> bool:
        """Say whether there is any record of a kind at all. Raises as ``has_records``."""
        return getattr(self._rollup.span, self._known(source)).first is not None

    def attention(self) -> list[Attention]:
        """Return the kecamatan that need a decision, the most pressing first."""
        return needs_attention(
            self._rollup,
            self._earlier,
            self.selection,
            self.comparison,
            with_cases=self._with_cases,
        )

    # --- visits ---

    def village_status(self) -> pd.DataFrame:
        """Say of each desa in scope when it was last visited; see ``visits.village_status``."""
        return visits.village_status(self._rollup, self.selection)

    def villages_by_urgency(self) -> pd.DataFrame:
        """Return ``village_status``, the most urgent first; see ``urgency``."""
        return villages_by_urgency(self._rollup, self.selection, with_cases=self._with_cases)

    def kecamatan_status(self) -> pd.DataFrame:
        """Count the desa of each kecamatan by status; see ``visits.kecamatan_status``."""
        return visits.kecamatan_status(self._rollup, self.selection)

    def visits_by_month_outcome(self) -> pd.DataFrame:
        """Return month, outcome, n."""
        return visits.visits_by_month_outcome(self._rollup, self.selection)

    def visits_by_pimpasa(self) -> pd.DataFrame:
        """Return pimpasa, visits, desa, most first."""
        return visits.visits_by_pimpasa(self._rollup, self.selection)

    def visit_points(self) -> pd.DataFrame:
        """Return where visits of the period were made; see ``visits.visit_points``."""
        return visits.visit_points(self._store, self.selection)

    # --- sessions ---

    def sessions_by_month(self) -> pd.DataFrame:
        """Return month, sessions, male, female."""
        return sessions.sessions_by_month(self._rollup, self.selection)

    def attendance_by_audience(self) -> pd.DataFrame:
        """Return audience, sessions, attendance, most attended first."""
        return sessions.attendance_by_audience(self._rollup, self.selection)

    def knowledge_by_month(self) -> pd.DataFrame:
        """Return month, pre, post, tested."""
        return sessions.knowledge_by_month(self._rollup, self.selection)

    def knowledge_totals(self) -> sessions.Knowledge:
        """Return the mean scores of everybody tested in the period."""
        return sessions.knowledge_totals(self._rollup, self.selection)

    def never_reached(self) -> pd.DataFrame:
        """Return the desa without any attended session yet."""
        return sessions.never_reached(self._rollup, self.selection)

    def shared_sessions(self) -> sessions.SharedSessions:
        """Count the sessions of several desa."""
        return sessions.shared_sessions(self._rollup, self.selection)

    def population_known(self) -> sessions.PopulationKnown:
        """Say for how many kecamatan the reach can be counted."""
        return sessions.population_known(self._rollup, self.selection)

    def unknown_village(self) -> UnknownVillage:
        """Count the qualifying visits and the sessions whose desa is not known."""
        return unknown_village(self._rollup, self.selection)

    # --- tier ---

    _with_cases: ClassVar[bool]
    _refusal: ClassVar[type[NotInMeetingError | CaseCountError]]

    def _allowed(self, indicator_id: str) -> str:
        if indicator_id in INDICATORS and indicator_id not in self.indicators:
            raise self._refusal(INDICATORS[indicator_id].label)
        return indicator_id

    def _known(self, source: Source) -> Source:
        if source == "cases" and not self._with_cases:
            raise NotInMeetingError(INDICATORS["cases_reported"].label)
        return source


@dataclass(frozen=True, eq=False)
class InternalNumbers(Numbers):
    """Every figure, for the people who handle visits, sessions and cases.

    Counts of cases come through ``cases`` only, where small ones are withheld until somebody
    opens the details.
    """

    _with_details: bool = False

    tier = "internal"
    indicators = MappingProxyType(
        {one: known for one, known in INDICATORS.items() if one not in CASE_COUNTS}
    )
    _with_cases = True
    _refusal = CaseCountError

    @cached_property
    def cases(self) -> ShownCases:
        """The cases of the selection, as closely as they may be told; see ``small``."""
        rule = SmallCounts(self._rollup.settings.suppression_threshold, self._with_details)
        return ShownCases(self._rollup, self._earlier, self.selection, self.comparison, rule)

    def open_case_details(self, actor: str, noted: set[Selection]) -> InternalNumbers:
        """Return the same door with every count of cases exact; the opening is in the audit log.

        Args:
            actor: who opens them.
            noted: the selections that this person's session has opened already; the log tells of
                each once. This one is added.

        Raises:
            StoreError: if the opening cannot be noted; then nothing is opened.
        """
        if self.selection not in noted:
            note_opening(self._store, actor, self.selection)
            noted.add(self.selection)
        return replace(self, _with_details=True)


@dataclass(frozen=True, eq=False)
class MeetingNumbers(Numbers):
    """What may stand before other agencies: nothing that was counted from cases."""

    tier = "meeting"
    indicators = MappingProxyType(
        {one: known for one, known in INDICATORS.items() if one not in CASE_INDICATORS}
    )
    _with_cases = False
    _refusal = NotInMeetingError


def internal_numbers(
    store: Store,
    rollup: Rollup,
    selection: Selection,
    earlier: Rollup | None = None,
    comparison: Selection | None = None,
) -> InternalNumbers:
    """Open the door for those who handle the records.

    Args:
        comparison: what the selection is compared with; None for no comparison.
        earlier: the rollup that the comparison is counted from, which may end on a day of its
            last month; the same one if not given.
    """
    return InternalNumbers(selection, comparison, rollup, earlier or rollup, store)


def meeting_numbers(
    store: Store,
    rollup: Rollup,
    selection: Selection,
    earlier: Rollup | None = None,
    comparison: Selection | None = None,
) -> MeetingNumbers:
    """Open the door for a room of other agencies: without any figure made of cases."""
    return MeetingNumbers(selection, comparison, rollup, earlier or rollup, store)
