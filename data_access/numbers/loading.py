"""From the store to a rollup: runs the queries and turns codes into positions in arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, func, select

from data_access.errors import InvalidMonthError, StoredDateError, StoredNoteError
from data_access.meta import read_meta
from data_access.numbers.arrays import Ints, Words
from data_access.numbers.queries import (
    CASE_DIMENSIONS,
    cases_query,
    session_desa_query,
    sessions_query,
    visits_query,
)
from data_access.numbers.rollup import (
    NEVER,
    UNKNOWN,
    Areas,
    CaseCells,
    DataSpan,
    Rollup,
    SessionCells,
    SessionDesaCells,
    Span,
    VisitCells,
)
from data_access.numbers.selection import Month
from data_access.schema import awareness_sessions, cases, imports, kecamatan, villages, visits
from data_access.store import Store
from geo.gazetteer import gazetteer


def load_rollup(store: Store, until: date | None = None) -> Rollup:
    """Count what the store holds now.

    Args:
        until: leave out what happened after this day, to compare like with like; None counts
            everything.

    Raises:
        StoreError: if the database cannot be read, or holds a date that is none.
    """
    revision = store.revision()
    with store.read() as connection:
        load = _Loader(connection, store.settings.today, until)
        rollup = Rollup(
            settings=store.settings,
            until=until,
            revision=revision,
            is_sample=read_meta(connection).get("is_sample") == "1",
            span=load.span(),
            areas=load.areas(),
            visits=load.visits(),
            sessions=load.sessions(),
            session_desa=load.session_desa(),
            cases=load.cases(),
        )
    rollup.by_month  # noqa: B018 - built here, so that no reader waits for it
    return rollup


_T = TypeVar("_T")


class _Loader:
    """Runs the queries on one connection and turns codes into positions."""

    def __init__(self, connection: Connection, today: date, until: date | None) -> None:
        self._connection = connection
        self._until = until.isoformat() if until else None
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
            working_age=np.array([_working_age(row) for row in districts]),
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
            visits_query(self._today, self._until)
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

    def sessions(self) -> SessionCells:
        (
            month, district, breadth, desa, audience, assisted_from,
            count, male, female, tested, pre_points, post_points,
        ) = self._columns(sessions_query(self._until))  # fmt: skip
        return SessionCells(
            month=self._months(month),
            kecamatan=_ints(self._place_of_kecamatan(code) for code in district),
            villages=_ints(breadth),
            desa=_ints(self._place_of_desa(code) for code in desa),
            audience=_words(audience),
            assisted_from=_ints(NEVER if day is None else self._day(day) for day in assisted_from),
            sessions=_ints(count),
            male=_ints(male),
            female=_ints(female),
            tested=_ints(tested),
            pre_points=np.array(pre_points, dtype=np.float64),
            post_points=np.array(post_points, dtype=np.float64),
        )

    def session_desa(self) -> SessionDesaCells:
        month, desa, count, attended, last_day = self._columns(
            session_desa_query(self._today, self._until)
        )
        return SessionDesaCells(
            month=self._months(month),
            desa=_ints(self._place_of_desa(code) for code in desa),
            sessions=_ints(count),
            attended=_ints(attended),
            last_day=_ints(map(self._day, last_day)),
        )

    def cases(self) -> CaseCells:
        columns = self._columns(cases_query(self._until))
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


def _working_age(row: Any) -> float:
    if row is None or row.working_age is None:
        return np.nan
    try:
        return float(row.working_age)
    except ValueError as error:
        # SQLite keeps a text in a column of numbers too.
        raise StoredNoteError("kecamatan", f"{row.code}, kolom working_age") from error


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
