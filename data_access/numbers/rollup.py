"""The programme's data, counted per desa or kecamatan and month.

Owns the arrays made of the queries' results (``rollup_queries``). A rollup is loaded once
per revision of the store; the other modules here read it and never an event.

Areas are positions in the gazetteer's order; position -1 means "not known". Days are
proleptic ordinals (`date.toordinal`); 0 means "none". Months are `Month.index`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from data_access.numbers.arrays import Bools, Floats, Ints, Words
from data_access.schema import NOT_REACHED
from data_access.settings import Settings

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
class SessionCells:
    """Sessions of one month, kecamatan, breadth and audience.

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

    @property
    def last(self) -> date | None:
        """Day of the last record of any kind, or None when there is none."""
        spans = (self.visits, self.sessions, self.cases)
        return max((span.last for span in spans if span.last), default=None)

    def without_cases(self) -> DataSpan:
        """Return how far the data reaches if no case is looked at."""
        return replace(self, cases=Span(None, None))


@dataclass(frozen=True, eq=False)
class MonthMatrices:
    """Per desa, running over months, so that any period costs one subtraction.

    Row r covers the months before ``base + r``; the arrays are (months + 1) x D.

    Attributes:
        base: index of the first month with data.
        visits: qualifying visits so far.
        attended: sessions with attendance so far.
        active: months with a visit of any outcome or a session so far.
        recorded: months with any record, a case too, so far.
        last_visit, last_session: day of the latest so far, not after today; 0 = none.
    """

    base: int
    visits: Ints
    attended: Ints
    active: Ints
    recorded: Ints
    last_visit: Ints
    last_session: Ints

    def row(self, month_index: int) -> int:
        """Return the row that covers all months before this one."""
        return min(max(month_index - self.base, 0), len(self.visits) - 1)


@dataclass(frozen=True, eq=False)
class Rollup:
    """Everything that numbers are made of, for one revision of the store.

    ``until`` is the day after which rows were left out; None where none were.
    """

    settings: Settings
    until: date | None
    revision: str
    is_sample: bool
    span: DataSpan
    areas: Areas
    visits: VisitCells
    sessions: SessionCells
    session_desa: SessionDesaCells
    cases: CaseCells

    @property
    def data_until(self) -> date | None:
        """Day of the last record of any kind, or None when there is none."""
        return self.span.last

    @property
    def is_empty(self) -> bool:
        """Whether there is no visit, session or case at all."""
        return not (len(self.visits.month) or len(self.sessions.month) or len(self.cases.month))

    @cached_property
    def by_month(self) -> MonthMatrices:
        return _matrices(self)


# --- months x desa ---------------------------------------------------------------------------


def _matrices(rollup: Rollup) -> MonthMatrices:
    visit, session, reported = rollup.visits, rollup.session_desa, rollup.cases
    months = np.concatenate([visit.month, session.month, reported.month])
    base = int(months.min()) if len(months) else 0
    shape = (int(months.max()) - base + 2 if len(months) else 1, len(rollup.areas.desa_codes))
    grid = _Grid(base, shape)
    qualifying = visit.is_qualifying
    active = grid.sums(visit.month, visit.desa, visit.visits)
    active += grid.sums(session.month, session.desa, session.sessions)
    records = active + grid.sums(reported.month, reported.desa, reported.cases)
    return MonthMatrices(
        base=base,
        visits=grid.sums(visit.month, visit.desa, visit.visits * qualifying).cumsum(axis=0),
        attended=grid.sums(session.month, session.desa, session.attended).cumsum(axis=0),
        active=(active > 0).astype(np.int64).cumsum(axis=0),
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
