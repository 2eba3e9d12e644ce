"""Awareness sessions in small frames: by month and audience, what people learnt, whom none reached.

Everything comes from the rollup, over the same selection as the indicators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_access.numbers.arrays import Words
from data_access.numbers.frames import (
    by_word,
    days_since,
    desa_frame,
    iso_days,
    month_texts,
    per_month,
)
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.view import View


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
        name: per_month(view, cells.month, view.sessions, count)
        for name, count in (
            ("sessions", cells.sessions),
            ("male", cells.male),
            ("female", cells.female),
        )
    }
    return pd.DataFrame({"month": month_texts(view), **counts})


def attendance_by_audience(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return audience ("" = not written), sessions, attendance: most attended first."""
    return _sessions_by(rollup, selection, "audience")


def _sessions_by(rollup: Rollup, selection: Selection, column: str) -> pd.DataFrame:
    cells = rollup.sessions
    chosen = View(rollup, selection).sessions
    counts = {
        "attendance": (cells.male + cells.female)[chosen],
        "sessions": cells.sessions[chosen],
    }
    words: Words = getattr(cells, column)
    return by_word(words[chosen], counts, column)[[column, "sessions", "attendance"]]


def knowledge_by_month(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month, pre, post (means weighted by people tested, nan when none), tested."""
    view = View(rollup, selection)
    cells = rollup.sessions
    tested, pre, post = (
        per_month(view, cells.month, view.sessions, points)
        for points in (cells.tested, cells.pre_points, cells.post_points)
    )
    weight = pd.Series(tested).where(pd.Series(tested) > 0)
    return pd.DataFrame(
        {"month": month_texts(view), "pre": pre / weight, "post": post / weight, "tested": tested}
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
    frame = desa_frame(view).assign(last_session=iso_days(last), days_since=days_since(view, last))
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


@dataclass(frozen=True)
class PopulationKnown:
    """Kecamatan in scope, and those of them whose working-age population is known."""

    known: int
    kecamatan: int


def population_known(rollup: Rollup, selection: Selection) -> PopulationKnown:
    """Say for how many kecamatan the reach can be counted."""
    view = View(rollup, selection)
    is_known = rollup.areas.working_age > 0
    return PopulationKnown(
        known=int((is_known & view.is_kecamatan_in_scope).sum()),
        kecamatan=int(view.is_kecamatan_in_scope.sum()),
    )
