"""What the frames of visits, sessions and cases share: months, areas, sums by word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data_access.numbers.arrays import Bools, Ints, Words
from data_access.numbers.view import View


def month_texts(view: View) -> list[str]:
    return [str(month) for month in view.period.months]


def per_month(view: View, month: Ints, chosen: Bools, weight: Any) -> Any:
    """Sum chosen cells of the period by month; whole numbers stay whole."""
    place = month[chosen] - view.period.first.index
    sums = np.bincount(place, weights=weight[chosen], minlength=len(view.period))
    return sums.astype(weight.dtype)


def by_word(words: Words, counts: Mapping[str, Ints], column: str) -> pd.DataFrame:
    """Sum counts by word, the largest first by the first of the counts."""
    frame = pd.DataFrame({column: words, **counts})
    return most_first(frame.groupby(column, as_index=False).sum(), next(iter(counts)), column)


def most_first(frame: pd.DataFrame, count: str, name: str) -> pd.DataFrame:
    return frame.sort_values([count, name], ascending=[False, True], ignore_index=True)


def desa_frame(view: View) -> pd.DataFrame:
    areas = view.rollup.areas
    return pd.DataFrame(
        {
            "code": areas.desa_codes,
            "name": areas.desa_names,
            "kecamatan_code": [areas.kecamatan_codes[place] for place in areas.desa_kecamatan],
            "kecamatan": [areas.kecamatan_names[place] for place in areas.desa_kecamatan],
        }
    )


def kecamatan_frame(view: View) -> pd.DataFrame:
    areas = view.rollup.areas
    return pd.DataFrame({"code": areas.kecamatan_codes, "name": areas.kecamatan_names})


def iso_days(ordinals: Ints) -> list[str]:
    return [date.fromordinal(day).isoformat() if day else "" for day in ordinals.tolist()]


def days_since(view: View, ordinals: Ints) -> Any:
    return np.where(ordinals > 0, view.as_of.toordinal() - ordinals, np.nan)
