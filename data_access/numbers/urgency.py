"""Which desa next: the desa in scope in the order in which they should be visited."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data_access.numbers.indicators import measure
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.visits import village_status
from geo.classes import CASES, ZERO


def villages_by_urgency(rollup: Rollup, selection: Selection, *, with_cases: bool) -> pd.DataFrame:
    """Return ``village_status``, the most urgent desa first.

    Desa binaan come first; among equals those whose kecamatan has the higher class of cases
    reported in the period; then the longest without a visit, never visited being the longest;
    then by name. Of cases only the class counts, and only of a whole kecamatan.

    Args:
        with_cases: whether classes of cases may order anything; not in the meeting tier.
    """
    desa = village_status(rollup, selection)
    case_class = desa["kecamatan_code"].map(_case_classes(rollup, selection)) if with_cases else 0
    order = desa.assign(
        case_class=case_class, waiting=desa["days_since"].fillna(np.inf)
    ).sort_values(
        ["is_assisted", "case_class", "waiting", "name", "code"],
        ascending=[False, False, False, True, True],
    )
    return desa.loc[order.index].reset_index(drop=True)


def _case_classes(rollup: Rollup, selection: Selection) -> dict[str, int]:
    """Return the class of every kecamatan, 0 for none, whichever of its desa are in scope."""
    found = measure(rollup, "cases_reported", "kecamatan", replace(selection, scope="all"))
    keys = CASES.value_keys(found.n)
    ranks = [each.key for each in CASES.classes if each.key.isdigit() and each.key != ZERO]
    return {
        code: ranks.index(key) + 1 if key in ranks else 0
        for code, key in zip(found.codes, keys, strict=True)
    }
