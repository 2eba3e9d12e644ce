"""Reported cases in small frames, exact: by label, origin, victims and circumstances.

Everything comes from the rollup, over the same selection as the indicators. No page asks here:
``shown_cases`` says what of it may be told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_access.errors import UnknownColumnError
from data_access.numbers.arrays import Bools
from data_access.numbers.frames import by_word, kecamatan_frame, month_texts, per_month
from data_access.numbers.queries import CASE_DIMENSIONS
from data_access.numbers.rollup import UNKNOWN, Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.view import View

LABELS = ("tppo", "tppm", "pmi_np")


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


def cases_by_month(rollup: Rollup, selection: Selection) -> pd.DataFrame:
    """Return month, n: every month of the period."""
    view = View(rollup, selection)
    counts = per_month(view, rollup.cases.month, view.cases, rollup.cases.cases)
    return pd.DataFrame({"month": month_texts(view), "n": counts})


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
    return kecamatan_frame(view).assign(**whole)[view.is_kecamatan_chosen].reset_index(drop=True)


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
    return by_word(cells.dimensions[column][chosen], {"n": cells.cases[chosen]}, "value")


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
