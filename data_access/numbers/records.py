"""Where anything was recorded at all, and which rows have no desa: a zero is not no report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data_access.numbers.arrays import Bools
from data_access.numbers.rollup import UNKNOWN, Rollup
from data_access.numbers.selection import Month, Selection
from data_access.numbers.view import View

AreaLevel = Literal["kecamatan", "desa"]
Source = Literal["visits", "sessions", "cases"]


def has_records(view: View, source: Source, *, is_running: bool = False) -> bool:
    """Say whether the months of a view hold records of a kind, anywhere in the kabupaten.

    A month without any visit or session was not sent in. Months without a case do occur; they
    count as known between the first and the last case.

    Args:
        is_running: look back to the first record, not only to the period's beginning.
    """
    cells = {
        "visits": view.rollup.visits.month,
        "sessions": view.rollup.sessions.month,
        "cases": view.rollup.cases.month,
    }[source]
    if not cells.size:
        return False
    first, last = view.period.first.index, view.period.last.index
    if first > Month.of(view.rollup.settings.today).index:
        return False  # a period that has not begun
    if is_running:
        return int(cells.min()) <= last
    if source == "cases":
        return int(cells.min()) <= last and first <= int(cells.max())
    return bool(((first <= cells) & (cells <= last)).any())


def has_record(
    rollup: Rollup, level: AreaLevel, selection: Selection, *, with_cases: bool
) -> tuple[tuple[str, ...], Bools]:
    """Say for every area whether the period holds any record of it.

    A record is a visit of any outcome, a session and, with cases, a reported case; at
    kecamatan level also one whose desa is not known.

    Returns:
        codes: all areas of the level, in gazetteer order.
        recorded: one truth value per code.
    """
    view = View(rollup, selection)
    rows = rollup.by_month
    desa = view.gained(rows.recorded if with_cases else rows.active) > 0
    if level == "desa":
        return rollup.areas.desa_codes, desa
    records = view.per_kecamatan(rollup.areas.desa_kecamatan, desa)
    records += view.per_kecamatan(rollup.visits.kecamatan, view.visits)
    records += view.per_kecamatan(rollup.sessions.kecamatan, view.sessions)
    if with_cases:
        records += view.per_kecamatan(rollup.cases.kecamatan, view.cases)
    return rollup.areas.kecamatan_codes, np.asarray(records > 0, dtype=np.bool_)


@dataclass(frozen=True)
class UnknownVillage:
    """Rows of the period whose kecamatan is known and whose desa is not."""

    visits: int
    sessions: int


def unknown_village(rollup: Rollup, selection: Selection) -> UnknownVillage:
    """Count the qualifying visits and the sessions of unknown desa."""
    view = View(rollup, selection)
    visit, session = rollup.visits, rollup.sessions
    lost_visits = view.visits & visit.is_qualifying & (visit.desa == UNKNOWN)
    return UnknownVillage(
        visits=int(visit.visits[lost_visits].sum()),
        sessions=int(session.sessions[view.sessions & (session.villages == 0)].sum()),
    )
