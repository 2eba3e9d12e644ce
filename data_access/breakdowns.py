"""Small frames for charts and tables: the parts that the indicators are made of.

Owns breakdowns by month, outcome, audience, label and the like, and the status of every
desa. Everything comes from the rollup, over the same selection as the indicators; only
`visit_points` asks the store, and asks it for counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Float, Numeric, cast, func, literal_column, or_, select

from data_access.errors import UnknownColumnError
from data_access.rollup import UNKNOWN, Bools, DataSpan, Ints, Rollup, Words
from data_access.rollup_queries import CASE_DIMENSIONS
from data_access.schema import OUTCOMES, kecamatan, villages, visits
from data_access.selection import Selection
from data_access.store import Store
from data_access.view import View

LABELS = ("tppo", "tppm", "pmi_np")
VILLAGE_STATUSES = ("covered", "due", "overdue", "never")

# About one metre: finer than a phone knows its place, and few enough digits to group by.
_POINT_DIGITS = 5


# --- visits ----------------------------------------------------------------------------------


def visits_by_month_outcome(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month ("2025-01"), outcome, n: every month and outcome, visits of any outcome."""
    view = View(rollup, selection)
    cells = rollup.visits
    counts = {
        outcome: _per_month(view, cells.month, view.visits & (cells.outcome == outcome),
                            cells.visits)
        for outcome in OUTCOMES
    }  # fmt: skip
    wide = pd.DataFrame({"month": _months(view), **counts})
    return wide.melt("month", var_name="outcome", value_name="n")


def visits_by_pimpasa(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return pimpasa ("" = not written), visits, desa: qualifying visits, most first."""
    view = View(rollup, selection)
    cells = rollup.visits
    chosen = view.visits & cells.is_qualifying
    frame = pd.DataFrame(
        {
            "pimpasa": cells.pimpasa[chosen],
            "visits": cells.visits[chosen],
            "desa": pd.Series(cells.desa[chosen]).where(cells.desa[chosen] != UNKNOWN),
        }
    )
    counted = frame.groupby("pimpasa", as_index=False).agg(
        visits=("visits", "sum"), desa=("desa", "nunique")
    )
    return _most_first(counted, "visits", "pimpasa")


def visits_by_pillar(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return pillar ("" = none), visits: qualifying visits, most first."""
    return _activities_by(rollup, selection, "pillar")


def visits_by_purpose(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return purpose ("" = not written), visits: qualifying visits, most first."""
    return _activities_by(rollup, selection, "purpose")


def _activities_by(rollup: Rollup, selection: Selection, column: str) -> pd.DataFrame:
    view = View(rollup, selection)
    cells = rollup.activities
    chosen = view.in_period(cells.month) & view.in_scope(cells.desa, cells.kecamatan)
    words: Words = getattr(cells, column)
    return _by_word(words[chosen], {"visits": cells.visits[chosen]}, column)


def village_status(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Say of each desa in scope when it was last visited, as of the period's end or today.

    Returns:
        code, name, kecamatan_code, kecamatan, last_visit (ISO, "" = never), days_since (nan =
        never), status (one of ``VILLAGE_STATUSES``; "due" = overdue within ``due_days``),
        visits (qualifying, in the period), is_assisted, pimpasa; in gazetteer order.
    """
    view = View(rollup, selection)
    last = view.latest(rollup.by_month.last_visit)
    frame = _desa_frame(view).assign(
        last_visit=_iso_days(last),
        days_since=_days_since(view, last),
        status=_statuses(view, last),
        visits=view.gained(rollup.by_month.visits),
        is_assisted=view.is_assisted,
        pimpasa=rollup.areas.pimpasa,
    )
    return frame[view.is_desa_in_scope].reset_index(drop=True)


def kecamatan_status(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Count the desa in scope of each kecamatan of the filter by status.

    A kecamatan's own status is "never" where none of its desa was ever visited, "overdue"
    where at least half are overdue or never visited, "due" where some are or soon will be,
    else "covered".

    Returns:
        code, name, covered, due, overdue, never, N (desa in scope), status ("" where N is
        0); in gazetteer order.
    """
    view = View(rollup, selection)
    status = _statuses(view, view.latest(rollup.by_month.last_visit))
    place = rollup.areas.desa_kecamatan
    counts = {
        word: view.per_kecamatan(place, view.is_desa_in_scope & (status == word)).astype(np.int64)
        for word in VILLAGE_STATUSES
    }
    frame = _kecamatan_frame(view).assign(**counts)
    frame["N"] = frame[list(VILLAGE_STATUSES)].sum(axis=1)
    waiting = frame["overdue"] + frame["never"]
    frame["status"] = np.select(
        [
            frame["N"] == 0,
            frame["never"] == frame["N"],
            2 * waiting >= frame["N"],
            (waiting > 0) | (frame["due"] > 0),
        ],
        ["", "never", "overdue", "due"],
        default="covered",
    )
    return frame[view.is_kecamatan_chosen].reset_index(drop=True)


def visit_points(store: Store, selection: Selection) -> pd.DataFrame:
    """Return where visits of the period were made, for the field map.

    Returns:
        month, village_code ("" = not known), kecamatan_code, latitude, longitude (WGS 84,
        rounded to about a metre), outcome, n.

    Raises:
        StoreError: if the database cannot be read.
    """
    row = visits.c
    digits: ColumnElement[int] = literal_column(str(_POINT_DIGITS))
    keys = (
        func.substr(row.visited_on, literal_column("1"), literal_column("7")).label("month"),
        row.village_code,
        row.kecamatan_code,
        cast(func.round(cast(row.latitude, Numeric), digits), Float).label("latitude"),
        cast(func.round(cast(row.longitude, Numeric), digits), Float).label("longitude"),
        row.outcome,
    )
    period = selection.period
    query = (
        select(*keys, func.count().label("n"))
        .where(
            row.visited_on >= period.first.first_day.isoformat(),
            row.visited_on <= period.last.last_day.isoformat(),
            row.latitude.is_not(None),
            row.longitude.is_not(None),
        )
        .group_by(*keys)
        .order_by(*keys)
    )
    if selection.kecamatan:
        query = query.where(row.kecamatan_code.in_(sorted(selection.kecamatan)))
    if selection.scope == "office":
        own = select(kecamatan.c.code).where(kecamatan.c.office == store.settings.office)
        query = query.where(row.kecamatan_code.in_(own))
    if selection.scope == "assisted":
        last_day = period.last.last_day.isoformat()
        since = villages.c.assisted_since
        assisted = select(villages.c.code).where(
            villages.c.is_assisted, or_(since.is_(None), since <= last_day)
        )
        query = query.where(row.village_code.in_(assisted))
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    columns = [*(key.name for key in keys), "n"]
    return pd.DataFrame(rows, columns=columns).fillna({"village_code": ""})


# --- sessions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Knowledge:
    """Mean scores before and after, weighted by people tested; nan when nobody was."""

    pre: float
    post: float
    tested: int


@dataclass(frozen=True)
class SharedSessions:
    """Sessions of several desa, which no single desa counts, and their attendance."""

    sessions: int
    attendance: int


def sessions_by_month(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month, sessions, male, female: every month of the period."""
    view = View(rollup, selection)
    cells = rollup.sessions
    counts = {
        name: _per_month(view, cells.month, view.sessions, count)
        for name, count in (
            ("sessions", cells.sessions),
            ("male", cells.male),
            ("female", cells.female),
        )
    }
    return pd.DataFrame({"month": _months(view), **counts})


def attendance_by_audience(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return audience ("" = not written), sessions, attendance: most attended first."""
    return _sessions_by(rollup, selection, "audience")


def sessions_by_topic(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return topic ("" = not written), sessions, attendance: most attended first."""
    return _sessions_by(rollup, selection, "topic")


def _sessions_by(rollup: Rollup, selection: Selection, column: str) -> pd.DataFrame:
    cells = rollup.sessions
    chosen = View(rollup, selection).sessions
    counts = {
        "attendance": (cells.male + cells.female)[chosen],
        "sessions": cells.sessions[chosen],
    }
    words: Words = getattr(cells, column)
    return _by_word(words[chosen], counts, column)[[column, "sessions", "attendance"]]


def knowledge_by_month(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month, pre, post (means weighted by people tested, nan when none), tested."""
    view = View(rollup, selection)
    cells = rollup.sessions
    tested, pre, post = (
        _per_month(view, cells.month, view.sessions, points)
        for points in (cells.tested, cells.pre_points, cells.post_points)
    )
    weight = pd.Series(tested).where(pd.Series(tested) > 0)
    return pd.DataFrame(
        {"month": _months(view), "pre": pre / weight, "post": post / weight, "tested": tested}
    )


def knowledge_totals(rollup: Rollup, selection: Selection) -> Knowledge:
    """Return the mean scores of everybody tested in the period."""
    cells = rollup.sessions
    chosen = View(rollup, selection).sessions
    tested = int(cells.tested[chosen].sum())
    if tested == 0:
        return Knowledge(np.nan, np.nan, 0)
    pre, post = cells.pre_points[chosen].sum(), cells.post_points[chosen].sum()
    return Knowledge(float(pre) / tested, float(post) / tested, tested)


def last_sessions(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Say of each desa in scope when it last took part in a session that anybody attended.

    Returns:
        code, name, kecamatan_code, kecamatan, last_session (ISO, "" = never), days_since (nan =
        never); in gazetteer order.
    """
    view = View(rollup, selection)
    last = view.latest(rollup.by_month.last_session)
    frame = _desa_frame(view).assign(
        last_session=_iso_days(last), days_since=_days_since(view, last)
    )
    return frame[view.is_desa_in_scope].reset_index(drop=True)


def never_reached(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return code, name, kecamatan_code, kecamatan of desa without any attended session yet."""
    desa = last_sessions(rollup, selection)
    columns = ["code", "name", "kecamatan_code", "kecamatan"]
    return desa.loc[desa["last_session"] == "", columns].reset_index(drop=True)


def shared_sessions(rollup: Rollup, selection: Selection) -> SharedSessions:
    """Count the sessions of several desa."""
    cells = rollup.sessions
    chosen = View(rollup, selection).sessions & (cells.villages > 1)
    attendance = (cells.male + cells.female)[chosen]
    return SharedSessions(int(cells.sessions[chosen].sum()), int(attendance.sum()))


# --- cases -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabelTotals:
    """Cases, and cases with each label; a case with two labels counts in both and in several."""

    any: int
    tppo: int
    tppm: int
    pmi_np: int
    several: int


@dataclass(frozen=True)
class Victims:
    """Victims by the four groups."""

    women: int
    men: int
    girls: int
    boys: int


@dataclass(frozen=True)
class OpenCaseAge:
    """Open cases and their age in days on the period's last day or today; nan when none."""

    open: int
    median_days: float
    oldest_days: float


def cases_by_month_label(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month, any, tppo, tppm, pmi_np, several: every month of the period."""
    view = View(rollup, selection)
    counts = {
        label: _per_month(view, rollup.cases.month, view.cases & has_label, rollup.cases.cases)
        for label, has_label in _labels(rollup).items()
    }
    return pd.DataFrame({"month": _months(view), **counts})


def cases_by_label(rollup: Rollup, selection: Selection) -> LabelTotals:
    """Count the cases reported in the period by label."""
    chosen = View(rollup, selection).cases
    return LabelTotals(
        **{
            label: int(rollup.cases.cases[chosen & has_label].sum())
            for label, has_label in _labels(rollup).items()
        }
    )


def cases_by_kecamatan(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return code, name, any, tppo, tppm, pmi_np, several, victims: kecamatan of the filter."""
    view = View(rollup, selection)
    cells = rollup.cases
    counts = {
        label: view.per_kecamatan(cells.kecamatan, np.where(view.cases & has, cells.cases, 0))
        for label, has in _labels(rollup).items()
    }
    people = cells.women + cells.men + cells.girls + cells.boys
    counts["victims"] = view.per_kecamatan(cells.kecamatan, np.where(view.cases, people, 0))
    whole = {name: count.astype(np.int64) for name, count in counts.items()}
    return _kecamatan_frame(view).assign(**whole)[view.is_kecamatan_chosen].reset_index(drop=True)


def victims_by_group(rollup: Rollup, selection: Selection) -> Victims:
    """Count the victims of the cases reported in the period."""
    cells = rollup.cases
    chosen = View(rollup, selection).cases
    return Victims(
        women=int(cells.women[chosen].sum()),
        men=int(cells.men[chosen].sum()),
        girls=int(cells.girls[chosen].sum()),
        boys=int(cells.boys[chosen].sum()),
    )


def cases_by(rollup: Rollup, selection: Selection, column: str) -> pd.DataFrame:
    """Return value ("" = not written), n: cases reported in the period, most first.

    Args:
        column: one of ``CASE_DIMENSIONS``.

    Raises:
        UnknownColumnError: if cases are not counted by that column.
    """
    if column not in CASE_DIMENSIONS:
        raise UnknownColumnError(column, CASE_DIMENSIONS)
    cells = rollup.cases
    chosen = View(rollup, selection).cases
    return _by_word(cells.dimensions[column][chosen], {"n": cells.cases[chosen]}, "value")


def cases_unknown_origin(rollup: Rollup, selection: Selection) -> int:
    """Count the cases whose origin is outside the kabupaten or not known.

    They are part of the total of everything only: 0 for a scope or a kecamatan filter.
    """
    cells = rollup.cases
    chosen = View(rollup, selection).cases & (cells.kecamatan == UNKNOWN)
    return int(cells.cases[chosen].sum())


def open_case_age(rollup: Rollup, selection: Selection) -> OpenCaseAge:
    """Say how many cases are open and how old they are."""
    view = View(rollup, selection)
    cells = rollup.cases
    chosen = view.open_cases
    reported = np.repeat(cells.reported[chosen], cells.cases[chosen])
    if len(reported) == 0:
        return OpenCaseAge(0, np.nan, np.nan)
    ages = view.as_of.toordinal() - reported
    return OpenCaseAge(len(ages), float(np.median(ages)), float(ages.max()))


def _labels(rollup: Rollup) -> dict[str, Bools]:
    cells = rollup.cases
    labels = {"tppo": cells.is_tppo, "tppm": cells.is_tppm, "pmi_np": cells.is_pmi_np}
    carried = np.zeros(len(cells.month), dtype=np.int64)
    for has_label in labels.values():
        carried += has_label
    return {"any": np.ones(len(carried), dtype=np.bool_), **labels, "several": carried > 1}


# --- what is left out or missing -----------------------------------------------------------------


@dataclass(frozen=True)
class UnknownVillage:
    """Rows of the period whose kecamatan is known and whose desa is not."""

    visits: int
    sessions: int
    cases: int


@dataclass(frozen=True)
class PopulationKnown:
    """Kecamatan in scope, and those of them whose working-age population is known."""

    known: int
    kecamatan: int


def unknown_village(rollup: Rollup, selection: Selection) -> UnknownVillage:
    """Count the qualifying visits, sessions and cases of unknown desa."""
    view = View(rollup, selection)
    visit, session, case = rollup.visits, rollup.sessions, rollup.cases
    lost_visits = view.visits & visit.is_qualifying & (visit.desa == UNKNOWN)
    lost_cases = view.cases & (case.desa == UNKNOWN) & (case.kecamatan != UNKNOWN)
    return UnknownVillage(
        visits=int(visit.visits[lost_visits].sum()),
        sessions=int(session.sessions[view.sessions & (session.villages == 0)].sum()),
        cases=int(case.cases[lost_cases].sum()),
    )


def population_known(rollup: Rollup, selection: Selection) -> PopulationKnown:
    """Say for how many kecamatan the reach can be counted."""
    view = View(rollup, selection)
    is_known = rollup.areas.working_age > 0
    return PopulationKnown(
        known=int((is_known & view.is_kecamatan_in_scope).sum()),
        kecamatan=int(view.is_kecamatan_in_scope.sum()),
    )


def data_span(rollup: Rollup) -> DataSpan:
    """Say from when to when there is data, per table, and when a file was last imported."""
    return rollup.span


# --- frames --------------------------------------------------------------------------------------


def _months(view: View) -> list[str]:
    return [str(month) for month in view.period.months]


def _per_month(view: View, month: Ints, chosen: Bools, weight: Any) -> Any:
    """Sum chosen cells of the period by month; whole numbers stay whole."""
    place = month[chosen] - view.period.first.index
    sums = np.bincount(place, weights=weight[chosen], minlength=len(view.period))
    return sums.astype(weight.dtype)


def _by_word(words: Words, counts: Mapping[str, Ints], column: str) -> pd.DataFrame:
    """Sum counts by word, the largest first by the first of the counts."""
    frame = pd.DataFrame({column: words, **counts})
    return _most_first(frame.groupby(column, as_index=False).sum(), next(iter(counts)), column)


def _most_first(frame: pd.DataFrame, count: str, name: str) -> pd.DataFrame:
    return frame.sort_values([count, name], ascending=[False, True], ignore_index=True)


def _desa_frame(view: View) -> pd.DataFrame:
    areas = view.rollup.areas
    return pd.DataFrame(
        {
            "code": areas.desa_codes,
            "name": areas.desa_names,
            "kecamatan_code": [areas.kecamatan_codes[place] for place in areas.desa_kecamatan],
            "kecamatan": [areas.kecamatan_names[place] for place in areas.desa_kecamatan],
        }
    )


def _kecamatan_frame(view: View) -> pd.DataFrame:
    areas = view.rollup.areas
    return pd.DataFrame({"code": areas.kecamatan_codes, "name": areas.kecamatan_names})


def _iso_days(ordinals: Ints) -> list[str]:
    return [date.fromordinal(day).isoformat() if day else "" for day in ordinals.tolist()]


def _days_since(view: View, ordinals: Ints) -> Any:
    return np.where(ordinals > 0, view.as_of.toordinal() - ordinals, np.nan)


def _statuses(view: View, last_visit: Ints) -> Words:
    settings = view.rollup.settings
    days_since = view.as_of.toordinal() - last_visit
    words = np.full(len(last_visit), "covered", dtype=np.object_)
    words[days_since > settings.overdue_days - settings.due_days] = "due"
    words[days_since > settings.overdue_days] = "overdue"
    words[last_visit == 0] = "never"
    return words
