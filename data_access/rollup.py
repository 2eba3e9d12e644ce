"""The programme's data, counted per desa or kecamatan and month.

Owns the arrays made of the queries' results (``rollup_queries``). A rollup is loaded once
per revision of the store; indicators, breakdowns and pages read it and never an event.

Areas are positions in the gazetteer's order; position -1 means "not known". Days are
proleptic ordinals (`date.toordinal`); 0 means "none". Months are `Month.index`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    select,
)

from data_access.errors import InvalidMonthError, StoredDateError
from data_access.meta import read_meta
from data_access.rollup_queries import (
    CASE_DIMENSIONS,
    activities_query,
    cases_query,
    session_desa_query,
    sessions_query,
    visits_query,
)
from data_access.schema import (
    NOT_REACHED,
    awareness_sessions,
    cases,
    imports,
    kecamatan,
    villages,
    visits,
)
from data_access.selection import Month
from data_access.settings import Settings
from data_access.store import Store
from geo.gazetteer import gazetteer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.object_]

UNKNOWN = -1

# Later than any day: a desa that is not assisted is "assisted from" then.
NEVER = date.max.toordinal() + 1


@dataclass(frozen=True, eq=False)
class Areas:
    """The desa and kecamatan, and what the office says of them.

    Attributes:
        desa_codes, desa_names: one per desa (D).
        kecamatan_codes, kecamatan_names: one per kecamatan (K).
        desa_kecamatan: position of each desa's kecamatan (D).
        assisted_from: first day as desa binaan; 0 = always, ``NEVER`` = not at all (D).
        pimpasa: who looks after the desa, "" = not written (D).
        office: office of each kecamatan (K).
        working_age: persons of working age, nan = not known (K).
    """

    desa_codes: tuple[str, ...]
    desa_names: tuple[str, ...]
    kecamatan_codes: tuple[str, ...]
    kecamatan_names: tuple[str, ...]
    desa_kecamatan: Ints
    assisted_from: Ints
    pimpasa: tuple[str, ...]
    office: Words
    working_age: Floats


@dataclass(frozen=True, eq=False)
class VisitCells:
    """Visits of one month, desa, kecamatan, outcome and pimpasa.

    ``last_day`` is the last of them that is not after today, 0 if all are.
    """

    month: Ints
    desa: Ints
    kecamatan: Ints
    outcome: Words
    pimpasa: Words
    visits: Ints
    last_day: Ints

    @cached_property
    def is_qualifying(self) -> Bools:
        return np.asarray(self.outcome != NOT_REACHED, dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class ActivityCells:
    """Qualifying visits of one month, desa, kecamatan, pillar and purpose."""

    month: Ints
    desa: Ints
    kecamatan: Ints
    pillar: Words
    purpose: Words
    visits: Ints


@dataclass(frozen=True, eq=False)
class SessionCells:
    """Sessions of one month, kecamatan, breadth, audience and topic.

    Attributes:
        kecamatan: where the session counts.
        villages: 0 = no desa known, 1 = one desa, 2 = several.
        desa: the desa of a session of one desa.
        assisted_from: when the first of its desa became assisted; ``NEVER`` if none did.
        pre_points, post_points: sums of tested x score over sessions with both scores.
        tested: people tested in those sessions.
    """

    month: Ints
    kecamatan: Ints
    villages: Ints
    desa: Ints
    audience: Words
    topic: Words
    assisted_from: Ints
    sessions: Ints
    male: Ints
    female: Ints
    tested: Ints
    pre_points: Floats
    post_points: Floats


@dataclass(frozen=True, eq=False)
class SessionDesaCells:
    """Sessions that took in one desa in one month; a session counts for each of its desa.

    ``attended`` are those with anybody present; ``last_day`` is the last of these that is
    not after today, 0 if there is none.
    """

    month: Ints
    desa: Ints
    sessions: Ints
    attended: Ints
    last_day: Ints


@dataclass(frozen=True, eq=False)
class CaseCells:
    """Cases that are alike in dates, origin, labels and ``CASE_DIMENSIONS``."""

    month: Ints
    reported: Ints
    first_action: Ints
    closed: Ints
    desa: Ints
    kecamatan: Ints
    is_tppo: Bools
    is_tppm: Bools
    is_pmi_np: Bools
    dimensions: Mapping[str, Words]
    cases: Ints
    women: Ints
    men: Ints
    girls: Ints
    boys: Ints


@dataclass(frozen=True)
class Span:
    """First and last day with a record, not after today; None when there is none."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class DataSpan:
    """How far the data reaches; ``imported_at`` is ISO text, "" when nothing was imported."""

    visits: Span
    sessions: Span
    cases: Span
    imported_at: str


@dataclass(frozen=True, eq=False)
class MonthMatrices:
    """Per desa, running over months, so that any period costs one subtraction.

    Row r covers the months before ``base + r``; the arrays are (months + 1) x D.

    Attributes:
        base: index of the first month with data.
        visits: qualifying visits so far.
        attended: sessions with attendance so far.
        recorded: months with any record (visit of any outcome, session, case) so far.
        last_visit, last_session: day of the latest so far, not after today; 0 = none.
    """

    base: int
    visits: Ints
    attended: Ints
    recorded: Ints
    last_visit: Ints
    last_session: Ints

    def row(self, month_index: int) -> int:
        """Return the row that covers all months before this one."""
        return min(max(month_index - self.base, 0), len(self.visits) - 1)


@dataclass(frozen=True, eq=False)
class Rollup:
    """Everything that numbers are made of, for one revision of the store."""

    settings: Settings
    revision: str
    is_sample: bool
    span: DataSpan
    areas: Areas
    visits: VisitCells
    activities: ActivityCells
    sessions: SessionCells
    session_desa: SessionDesaCells
    cases: CaseCells

    @property
    def data_until(self) -> date | None:
        """Day of the last record of any kind, or None when there is none."""
        spans = (self.span.visits, self.span.sessions, self.span.cases)
        return max((span.last for span in spans if span.last), default=None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no visit, session or case at all."""
        return not (len(self.visits.month) or len(self.sessions.month) or len(self.cases.month))

    @cached_property
    def by_month(self) -> MonthMatrices:
        return _matrices(self)


def load_rollup(store: Store) -> Rollup:
    """Count what the store holds now.

    Raises:
        StoreError: if the database cannot be read, or holds a date that is none.
    """
    revision = store.revision()
    with store.read() as connection:
        load = _Loader(connection, store.settings.today)
        rollup = Rollup(
            settings=store.settings,
            revision=revision,
            is_sample=read_meta(connection).get("is_sample") == "1",
            span=load.span(),
            areas=load.areas(),
            visits=load.visits(),
            activities=load.activities(),
            sessions=load.sessions(),
            session_desa=load.session_desa(),
            cases=load.cases(),
        )
    rollup.by_month  # noqa: B018 - built here, so that no reader waits for it
    return rollup


# --- results to arrays ---------------------------------------------------------------------

_T = TypeVar("_T")


class _Loader:
    """Runs the queries on one connection and turns codes into positions."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self._today = today.isoformat()
        names = gazetteer()
        self._desa = {area.code: place for place, area in enumerate(names.desa)}
        self._kecamatan = {area.code: place for place, area in enumerate(names.kecamatan)}
        self._day_of: dict[str, int] = {}

    def areas(self) -> Areas:
        names = gazetteer()
        kept = {row.code: row for row in self._connection.execute(select(villages))}
        offices = {row.code: row for row in self._connection.execute(select(kecamatan))}
        desa = [kept.get(area.code) for area in names.desa]
        districts = [offices.get(area.code) for area in names.kecamatan]
        return Areas(
            desa_codes=tuple(area.code for area in names.desa),
            desa_names=tuple(area.name for area in names.desa),
            kecamatan_codes=tuple(area.code for area in names.kecamatan),
            kecamatan_names=tuple(area.name for area in names.kecamatan),
            desa_kecamatan=np.array([self._kecamatan[area.kecamatan_code] for area in names.desa]),
            assisted_from=np.array(
                [
                    self._day(row.assisted_since) if row and row.is_assisted else NEVER
                    for row in desa
                ]
            ),
            pimpasa=tuple((row.pimpasa or "") if row else "" for row in desa),
            office=_words([row.office if row else "unknown" for row in districts]),
            working_age=np.array(
                [
                    float(row.working_age) if row and row.working_age is not None else np.nan
                    for row in districts
                ]
            ),
        )

    def span(self) -> DataSpan:
        imported_at = self._connection.scalar(select(func.max(imports.c.imported_at)))
        return DataSpan(
            visits=self._span(visits.c.visited_on),
            sessions=self._span(awareness_sessions.c.held_on),
            cases=self._span(cases.c.reported_on),
            imported_at=imported_at or "",
        )

    def visits(self) -> VisitCells:
        month, desa, district, outcome, pimpasa, count, last_day = self._columns(
            visits_query(self._today)
        )
        return VisitCells(
            month=self._months(month),
            desa=_ints(self._place_of_desa(code) for code in desa),
            kecamatan=_ints(self._place_of_kecamatan(code) for code in district),
            outcome=_words(outcome),
            pimpasa=_words(pimpasa),
            visits=_ints(count),
            last_day=_ints(map(self._day, last_day)),
        )

    def activities(self) -> ActivityCells:
        month, desa, district, pillar, purpose, count = self._columns(activities_query())
        return ActivityCells(
            month=self._months(month),
            desa=_ints(self._place_of_desa(code) for code in desa),
            kecamatan=_ints(self._place_of_kecamatan(code) for code in district),
            pillar=_words(pillar),
            purpose=_words(purpose),
            visits=_ints(count),
        )

    def sessions(self) -> SessionCells:
        (
            month, district, breadth, desa, audience, topic, assisted_from,
            count, male, female, tested, pre_points, post_points,
        ) = self._columns(sessions_query())  # fmt: skip
        return SessionCells(
            month=self._months(month),
            kecamatan=_ints(self._place_of_kecamatan(code) for code in district),
            villages=_ints(breadth),
            desa=_ints(self._place_of_desa(code) for code in desa),
            audience=_words(audience),
            topic=_words(topic),
            assisted_from=_ints(NEVER if day is None else self._day(day) for day in assisted_from),
            sessions=_ints(count),
            male=_ints(male),
            female=_ints(female),
            tested=_ints(tested),
            pre_points=np.array(pre_points, dtype=np.float64),
            post_points=np.array(post_points, dtype=np.float64),
        )

    def session_desa(self) -> SessionDesaCells:
        month, desa, count, attended, last_day = self._columns(session_desa_query(self._today))
        return SessionDesaCells(
            month=self._months(month),
            desa=_ints(self._place_of_desa(code) for code in desa),
            sessions=_ints(count),
            attended=_ints(attended),
            last_day=_ints(map(self._day, last_day)),
        )

    def cases(self) -> CaseCells:
        columns = self._columns(cases_query())
        reported, first_action, closed, desa, district, tppo, tppm, pmi_np = columns[:8]
        dimensions = columns[8 : 8 + len(CASE_DIMENSIONS)]
        count, women, men, girls, boys = columns[-5:]
        return CaseCells(
            month=self._months(day[:7] for day in reported),
            reported=_ints(map(self._day, reported)),
            first_action=_ints(map(self._day, first_action)),
            closed=_ints(map(self._day, closed)),
            desa=_ints(self._place_of_desa(code) for code in desa),
            kecamatan=_ints(self._place_of_kecamatan(code) for code in district),
            is_tppo=np.array(tppo, dtype=np.bool_),
            is_tppm=np.array(tppm, dtype=np.bool_),
            is_pmi_np=np.array(pmi_np, dtype=np.bool_),
            dimensions={
                name: _words(words) for name, words in zip(CASE_DIMENSIONS, dimensions, strict=True)
            },
            cases=_ints(count),
            women=_ints(women),
            men=_ints(men),
            girls=_ints(girls),
            boys=_ints(boys),
        )

    def _columns(self, query: Select[Any]) -> list[tuple[Any, ...]]:
        rows = self._connection.execute(query).all()
        if not rows:
            return [()] * len(query.selected_columns)
        return list(zip(*rows, strict=True))

    def _span(self, day: ColumnElement[str]) -> Span:
        bounds = self._connection.execute(
            select(func.min(day), func.max(day)).where(day <= self._today)
        ).one()
        first, last = (_date(text) if text else None for text in bounds)
        return Span(first, last)

    def _day(self, text: str | None) -> int:
        if not text:
            return 0
        if text not in self._day_of:
            self._day_of[text] = _date(text).toordinal()
        return self._day_of[text]

    @staticmethod
    def _months(texts: Any) -> Ints:
        known: dict[str, int] = {}
        return _ints(_remember(known, text, lambda text: _month(text).index) for text in texts)

    def _place_of_desa(self, code: str | None) -> int:
        return UNKNOWN if code is None else self._desa.get(code, UNKNOWN)

    def _place_of_kecamatan(self, code: str | None) -> int:
        return UNKNOWN if code is None else self._kecamatan.get(code, UNKNOWN)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise StoredDateError(text) from error


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except InvalidMonthError as error:
        raise StoredDateError(text) from error


def _remember(known: dict[str, _T], text: str, read: Callable[[str], _T]) -> _T:
    if text not in known:
        known[text] = read(text)
    return known[text]


def _ints(values: Any) -> Ints:
    return np.fromiter((int(value) for value in values), dtype=np.int64)


def _words(values: Sequence[str | None]) -> Words:
    words = np.empty(len(values), dtype=np.object_)
    words[:] = [value or "" for value in values]
    return words


# --- months x desa ---------------------------------------------------------------------------


def _matrices(rollup: Rollup) -> MonthMatrices:
    visit, session, reported = rollup.visits, rollup.session_desa, rollup.cases
    months = np.concatenate([visit.month, session.month, reported.month])
    base = int(months.min()) if len(months) else 0
    shape = (int(months.max()) - base + 2 if len(months) else 1, len(rollup.areas.desa_codes))
    grid = _Grid(base, shape)
    qualifying = visit.is_qualifying
    records = (
        grid.sums(visit.month, visit.desa, visit.visits)
        + grid.sums(session.month, session.desa, session.sessions)
        + grid.sums(reported.month, reported.desa, reported.cases)
    )
    return MonthMatrices(
        base=base,
        visits=grid.sums(visit.month, visit.desa, visit.visits * qualifying).cumsum(axis=0),
        attended=grid.sums(session.month, session.desa, session.attended).cumsum(axis=0),
        recorded=(records > 0).astype(np.int64).cumsum(axis=0),
        last_visit=grid.latest(visit.month, visit.desa, visit.last_day * qualifying),
        last_session=grid.latest(session.month, session.desa, session.last_day),
    )


@dataclass(frozen=True)
class _Grid:
    """Sorts cells of known desa into (months + 1) x D; row 0 stays empty."""

    base: int
    shape: tuple[int, int]

    def sums(self, month: Ints, desa: Ints, count: Ints) -> Ints:
        grid = np.zeros(self.shape, dtype=np.int64)
        known = desa != UNKNOWN
        np.add.at(grid, (month[known] - self.base + 1, desa[known]), count[known])
        return grid

    def latest(self, month: Ints, desa: Ints, day: Ints) -> Ints:
        grid = np.zeros(self.shape, dtype=np.int64)
        known = desa != UNKNOWN
        np.maximum.at(grid, (month[known] - self.base + 1, desa[known]), day[known])
        return np.maximum.accumulate(grid, axis=0)
