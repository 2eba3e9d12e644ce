"""Where anything was recorded at all: the difference between a zero and no report."""

from __future__ import annotations

from typing import Literal

import numpy as np

from data_access.rollup import Bools, Rollup
from data_access.selection import Selection
from data_access.view import View


def has_record(
    rollup: Rollup, level: Literal["kecamatan", "desa"], selection: Selection
) -> tuple[tuple[str, ...], Bools]:
    """Say for every area whether the period holds any record of it.

    A record is a visit of any outcome, a session or a reported case; at kecamatan level
    also one whose desa is not known.

    Returns:
        codes: all areas of the level, in gazetteer order.
        recorded: one truth value per code.
    """
    view = View(rollup, selection)
    desa = view.gained(rollup.by_month.recorded) > 0
    if level == "desa":
        return rollup.areas.desa_codes, desa
    records = view.per_kecamatan(rollup.areas.desa_kecamatan, desa)
    for cells, chosen in (
        (rollup.visits, view.visits),
        (rollup.sessions, view.sessions),
        (rollup.cases, view.cases),
    ):
        records = records + view.per_kecamatan(cells.kecamatan, chosen)
    return rollup.areas.kecamatan_codes, np.asarray(records > 0, dtype=np.bool_)
