"""Visits in small frames: by month and outcome, by PIMPASA, the status of every area, GPS points.

Everything comes from the rollup, over the same selection as the indicators; only
`visit_points` asks the store, and asks it for counts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Float, Numeric, cast, func, literal_column, or_, select

from data_access.numbers.arrays import Ints, Words
from data_access.numbers.frames import (
    days_since,
    desa_frame,
    iso_days,
    kecamatan_frame,
    month_texts,
    most_first,
    per_month,
)
from data_access.numbers.rollup import UNKNOWN, Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.view import View
from data_access.schema import OUTCOMES, kecamatan, villages, visits
from data_access.store import Store

VILLAGE_STATUSES = ("covered", "due", "overdue", "never")

# About one metre: finer than a phone knows its place, and few enough digits to group by.
_POINT_DIGITS = 5


def visits_by_month_outcome(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month ("2025-01"), outcome, n: every month and outcome, visits of any outcome."""
    view = View(rollup, selection)
    cells = rollup.visits
    counts = {
        outcome: per_month(view, cells.month, view.visits & (cells.outcome == outcome),
                            cells.visits)
        for outcome in OUTCOMES
    }  # fmt: skip
    wide = pd.DataFrame({"month": month_texts(view), **counts})
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
    return most_first(counted, "visits", "pimpasa")


def village_status(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Say of each desa in scope when it was last visited, as of the period's end or today.

    Returns:
        code, name, kecamatan_code, kecamatan, last_visit (ISO, "" = never), days_since (nan =
        never), status (one of ``VILLAGE_STATUSES``; "due" = overdue within ``due_days``),
        visits (qualifying, in the period), is_assisted, pimpasa; in gazetteer order.
    """
    view = View(rollup, selection)
    last = view.latest(rollup.by_month.last_visit)
    frame = desa_frame(view).assign(
        last_visit=iso_days(last),
        days_since=days_since(view, last),
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
    frame = kecamatan_frame(view).assign(**counts)
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


def _statuses(view: View, last_visit: Ints) -> Words:
    settings = view.rollup.settings
    days_since = view.as_of.toordinal() - last_visit
    words = np.full(len(last_visit), "covered", dtype=np.object_)
    words[days_since > settings.overdue_days - settings.due_days] = "due"
    words[days_since > settings.overdue_days] = "overdue"
    words[last_visit == 0] = "never"
    return words
