"""A selection laid over a rollup: which cells, desa and kecamatan count.

Owns what "in scope", "assisted by the period's end" and "as of" mean. Indicators and
frames share it, so that a map and the table beside it cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.numbers.arrays import Bools, Floats, Ints
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection

# A code that no kecamatan has: an empty set would mean all of them.
_NOWHERE = frozenset({""})

# Areas are looked up by position, where -1 (not known) finds an extra last element.


def assisted_within(rollup: Rollup, selection: Selection) -> Selection:
    """Return what selects the desa binaan among the desa of a selection, an office's too."""
    if selection.scope != "office":
        return replace(selection, scope="assisted")
    is_own = View(rollup, selection).is_kecamatan_in_scope
    own = {
        code for code, inside in zip(rollup.areas.kecamatan_codes, is_own, strict=True) if inside
    }
    return replace(selection, scope="assisted", kecamatan=frozenset(own) or _NOWHERE)


@dataclass(frozen=True, eq=False)
class View:
    """One rollup seen through one selection.

    Arrays over desa have D elements, over kecamatan K; "lookup" arrays one more, for -1.
    """

    rollup: Rollup
    selection: Selection

    @property
    def period(self) -> Period:
        return self.selection.period

    @cached_property
    def as_of(self) -> date:
        """The day on which lateness and ages are measured: the last one counted, at most today."""
        until = self.rollup.until or self.rollup.settings.today
        return min(self.period.last.last_day, self.rollup.settings.today, until)

    # --- areas ---

    @cached_property
    def is_kecamatan_chosen(self) -> Bools:
        """Whether the kecamatan filter takes each kecamatan in (K)."""
        chosen = self.selection.kecamatan
        codes = self.rollup.areas.kecamatan_codes
        if not chosen:
            return np.ones(len(codes), dtype=np.bool_)
        return np.array([code in chosen for code in codes], dtype=np.bool_)

    @cached_property
    def is_kecamatan_in_scope(self) -> Bools:
        """Whether rows that count for a kecamatan are in scope there (K)."""
        if self.selection.scope != "office":
            return self.is_kecamatan_chosen
        is_own = np.asarray(self.rollup.areas.office == self.rollup.settings.office, dtype=np.bool_)
        return self.is_kecamatan_chosen & is_own

    @cached_property
    def is_assisted(self) -> Bools:
        """Whether each desa is a desa binaan by the period's last day, in scope or not (D)."""
        last_day = self.period.last.last_day.toordinal()
        return self.rollup.areas.assisted_from <= last_day

    @cached_property
    def is_desa_in_scope(self) -> Bools:
        """Whether each desa counts (D)."""
        is_inside = self.is_kecamatan_in_scope[self.rollup.areas.desa_kecamatan]
        return is_inside & self.is_assisted if self.selection.scope == "assisted" else is_inside

    @cached_property
    def includes_unknown_origin(self) -> bool:
        """Whether rows of no known kecamatan count: only in the total of everything."""
        return self.selection.scope == "all" and not self.selection.kecamatan

    # --- rows ---

    def in_period(self, month: Ints) -> Bools:
        """Return which cells lie in the period."""
        return (month >= self.period.first.index) & (month <= self.period.last.index)

    def in_scope(self, desa: Ints, kecamatan: Ints) -> Bools:
        """Return which cells of visits or cases are in scope."""
        if self.selection.scope == "assisted":
            return _lookup(self.is_desa_in_scope, False)[desa]
        return _lookup(self.is_kecamatan_in_scope, self.includes_unknown_origin)[kecamatan]

    @cached_property
    def sessions(self) -> Bools:
        """Which session cells lie in period and scope, at the session's kecamatan."""
        cells = self.rollup.sessions
        is_inside = _lookup(self.is_kecamatan_in_scope, self.includes_unknown_origin)
        chosen = self.in_period(cells.month) & is_inside[cells.kecamatan]
        if self.selection.scope == "assisted":
            chosen &= cells.assisted_from <= self.period.last.last_day.toordinal()
        return chosen

    @cached_property
    def single_sessions(self) -> Bools:
        """Which session cells of one desa lie in the period and in a desa in scope."""
        cells = self.rollup.sessions
        is_inside = _lookup(self.is_desa_in_scope, False)[cells.desa]
        return self.in_period(cells.month) & is_inside

    @cached_property
    def visits(self) -> Bools:
        """Which visit cells lie in period and scope, of any outcome."""
        cells = self.rollup.visits
        return self.in_period(cells.month) & self.in_scope(cells.desa, cells.kecamatan)

    @cached_property
    def cases(self) -> Bools:
        """Which case cells were reported in the period and lie in scope."""
        cells = self.rollup.cases
        return self.in_period(cells.month) & self.in_scope(cells.desa, cells.kecamatan)

    @cached_property
    def open_cases(self) -> Bools:
        """Which case cells in scope were open on ``as_of``, whenever reported."""
        cells = self.rollup.cases
        day = self.as_of.toordinal()
        is_open: Bools = (cells.reported <= day) & ((cells.closed == 0) | (cells.closed > day))
        return is_open & self.in_scope(cells.desa, cells.kecamatan)

    # --- months x desa ---

    def gained(self, matrix: Ints, last_months: int | None = None) -> Ints:
        """Return what a running matrix gained in the period (D), or in its last months."""
        rows = self.rollup.by_month
        end = self.period.last.index + 1
        start = self.period.first.index if last_months is None else end - last_months
        gained: Ints = matrix[rows.row(end)] - matrix[rows.row(start)]
        return gained

    def latest(self, matrix: Ints) -> Ints:
        """Return the latest day up to ``as_of`` (D); 0 = none."""
        row = self.rollup.by_month.row(Month.of(self.as_of).index + 1)
        latest: Ints = matrix[row]
        return latest

    # --- sums ---

    def per_desa(self, desa: Ints, weight: NDArray[Any]) -> Floats:
        """Sum cells by desa (D); cells of no known desa are left out."""
        return _sums(desa, weight, len(self.rollup.areas.desa_codes))

    def per_kecamatan(self, kecamatan: Ints, weight: NDArray[Any]) -> Floats:
        """Sum cells by kecamatan (K); cells of no known kecamatan are left out."""
        return _sums(kecamatan, weight, len(self.rollup.areas.kecamatan_codes))


def _lookup(known: Bools, unknown: bool) -> Bools:
    return np.append(known, unknown)


def _sums(place: Ints, weight: NDArray[Any], size: int) -> Floats:
    sums = np.bincount(place + 1, weights=weight.astype(np.float64), minlength=size + 1)
    return sums[1:].astype(np.float64)
