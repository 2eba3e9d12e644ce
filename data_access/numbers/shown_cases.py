"""Reported cases as a screen may show them: the frames of ``cases`` under the rule of ``small``.

Only from here do counts of cases leave for a page. Each function looks at all that stands on
the page beside its own cells: totals, the comparison, sums of rows and columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from data_access.numbers import cases
from data_access.numbers.arrays import Bools
from data_access.numbers.indicators import Figure, figure, monthly
from data_access.numbers.records import has_record
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Selection
from data_access.numbers.small import WITHHELD, ZERO, Cell, SmallCounts
from data_access.numbers.view import View
from data_access.schema import STAGES as STAGES  # in the order of the process

# "no_record": nobody can say whether there was a case, so there is no zero either.
State = Literal["counted", "no_record", "not_applicable"]

LABELS = cases.LABELS
GROUPS = ("women", "men", "girls", "boys")

# Length of the small trend beside a total.
TREND_MONTHS = 12

# Stands for the values that are told only together.
REST = "*"


@dataclass(frozen=True)
class OpenCases:
    """Cases not closed by the period's end, whenever reported.

    Attributes:
        state: "no_record" before the first case on record.
        count: how many.
        earlier: how many of them were reported before the period.
        years: when those were reported; empty where that is not told.
        median_days, oldest_days: their age; nan where there is none or it is not told.
    """

    state: State
    count: Cell
    earlier: Cell
    years: tuple[int, ...]
    median_days: float
    oldest_days: float


@dataclass(frozen=True)
class FirstAction:
    """Days until a case was acted on: the median (nan = none, or not told), of how many cases."""

    count: Cell
    median_days: float


@dataclass(frozen=True)
class CaseSummary:
    """The totals of a selection.

    Attributes:
        state: whether there is anything to count at all.
        is_small: whether the selection holds so few cases that nothing is broken down.
        is_open: whether the details are open.
        reported, victims: the totals; victims are withheld where the cases are few.
        before: cases of the comparison; None without one or without records then.
        has_comparison: whether one was asked for.
        trend: cases per month up to the period's end; nan where nothing is known, empty where one
            of them is small.
    """

    state: State
    is_small: bool
    is_open: bool
    reported: Cell
    victims: Cell
    before: Cell | None
    has_comparison: bool
    trend: tuple[float, ...]
    open: OpenCases
    first_action: FirstAction

    @property
    def change(self) -> int | None:
        """Cases more than in the comparison; None where either is not told exactly."""
        if self.before is None or not (self.before.is_exact and self.reported.is_exact):
            return None
        return self.reported.low - self.before.low


@dataclass(frozen=True)
class LabelCells:
    """Cases by label; a case with two labels counts in both and in several."""

    any: Cell
    tppo: Cell
    tppm: Cell
    pmi_np: Cell
    several: Cell


@dataclass(frozen=True, eq=False)
class KecamatanCases:
    """Cases by kecamatan of origin, and those from outside.

    Attributes:
        frame: code, name, any, tppo, tppm, pmi_np, victims of the kecamatan that count: a
            ``Cell`` each, None where a kecamatan has no record of any kind.
        outside: cases whose origin is outside the kabupaten or not known.
    """

    frame: pd.DataFrame
    outside: Cell


@dataclass(frozen=True, eq=False)
class ShownCases:
    """All that a screen may know of the cases of one selection.

    Attributes:
        earlier: the rollup that the comparison is counted from.
        rule: how closely counts may be told.
    """

    rollup: Rollup
    earlier: Rollup
    selection: Selection
    comparison: Selection | None
    rule: SmallCounts

    # --- totals ---

    @cached_property
    def summary(self) -> CaseSummary:
        """The totals, with the comparison and the last months."""
        reported = self._reported
        return CaseSummary(
            state=self.state(self.selection),
            is_small=self.is_small,
            is_open=self.rule.is_off,
            reported=self.rule.cell(reported),
            victims=self._victims(),
            before=self._before(),
            has_comparison=self.comparison is not None,
            trend=self._trend(),
            open=self._open(),
            first_action=self._first_action(),
        )

    @cached_property
    def is_small(self) -> bool:
        """Whether the selection holds so few cases that nothing is broken down."""
        return self.rule.is_small(self._reported)

    def state(self, selection: Selection) -> State:
        """Say whether a selection has anything to count: cases, or other records without any."""
        view = View(self.rollup, selection)
        if view.cases.any():
            return "counted"
        if not view.is_kecamatan_in_scope.any():
            return "not_applicable"
        recorded = self._has_records(selection) & view.is_kecamatan_in_scope
        return "counted" if recorded.any() else "no_record"

    @cached_property
    def _reported(self) -> int:
        return int(self._figure("cases_reported").n)

    def _figure(self, indicator_id: str) -> Figure:
        return figure(self.rollup, indicator_id, self.selection)

    def _has_records(self, selection: Selection) -> Bools:
        """Say of each kecamatan whether a case would be on record, had one been reported."""
        _, recorded = has_record(self.rollup, "kecamatan", selection, with_cases=True)
        return recorded if self.rollup.span.cases.first else np.zeros_like(recorded)

    def _victims(self) -> Cell:
        if self.is_small:
            return WITHHELD
        return self.rule.cell(int(self._figure("victims").n))

    def _before(self) -> Cell | None:
        if self.comparison is None or self.state(self.comparison) != "counted":
            return None
        return self.rule.cell(int(figure(self.earlier, "cases_reported", self.comparison).n))

    def _trend(self) -> tuple[float, ...]:
        months = monthly(self.rollup, "cases_reported", self.selection, TREND_MONTHS)
        if any(self.rule.is_small(int(each.n)) for each in months):
            return ()
        return tuple(each.n if each.is_recorded else np.nan for each in months)

    def _open(self) -> OpenCases:
        view = View(self.rollup, self.selection)
        age = cases.open_case_age(self.rollup, self.selection)
        cells = self.rollup.cases
        earlier = view.open_cases & (cells.month < self.selection.period.first.index)
        count = int(cells.cases[earlier].sum())
        first = self.rollup.span.cases.first
        # The period's own open cases are the rest: neither may be small.
        parts = self.rule.folded([part for part in (count, age.open - count) if part])
        is_told = not self.is_small and not self.rule.is_small(age.open)
        years = np.unique(cells.month[earlier] // 12).tolist() if parts == set() and is_told else []
        return OpenCases(
            state="counted" if first and first <= view.as_of else "no_record",
            count=self.rule.cell(age.open),
            earlier=Cell.exactly(count) if parts == set() and is_told else WITHHELD,
            years=tuple(years),
            median_days=age.median_days if is_told else np.nan,
            # The oldest is one case: its day of report could be counted back.
            oldest_days=age.oldest_days if self.rule.is_off else np.nan,
        )

    def _first_action(self) -> FirstAction:
        action = self._figure("first_action")
        acted = int(action.N or 0)
        if self.is_small:
            return FirstAction(WITHHELD, np.nan)
        if self.rule.is_small(acted):
            return FirstAction(self.rule.cell(acted), np.nan)
        waiting = self._reported - acted
        count = WITHHELD if self.rule.is_small(waiting) else Cell.exactly(acted)
        return FirstAction(count, action.value)

    # --- breakdowns: None where the selection is too small for any ---

    def by_label(self) -> LabelCells | None:
        """Count the cases by label: all exactly, or all as classes where one is small."""
        if self.is_small:
            return None
        totals = cases.cases_by_label(self.rollup, self.selection)
        labelled = [getattr(totals, name) for name in LABELS]
        # How many carry none follows from the others.
        unlabelled = totals.any + totals.several - sum(labelled)
        cells = self.rule.exact_or_wide([*labelled, totals.several, abs(unlabelled)])
        tppo, tppm, pmi_np, several, _ = cells
        is_told = all(cell.is_exact for cell in cells)
        return LabelCells(
            self.rule.cell(totals.any), tppo, tppm, pmi_np, several if is_told else WITHHELD
        )

    def victims_by_group(self) -> dict[tuple[str, ...], int] | None:
        """Count the victims by the four groups; small ones together with others."""
        victims = cases.victims_by_group(self.rollup, self.selection)
        counts = {group: int(getattr(victims, group)) for group in GROUPS}
        some = [group for group in GROUPS if counts[group]]
        fold = self.rule.folded([counts[group] for group in some])
        if fold is None or self.is_small:
            return None
        together = tuple(some[place] for place in sorted(fold))
        told: dict[tuple[str, ...], int] = {
            (group,): n for group, n in counts.items() if group not in together
        }
        return {**told, together: sum(counts[group] for group in together)} if together else told

    def by_month(self) -> pd.DataFrame | None:
        """Return first, last ("YYYY-MM"), n: bars of as many months as leave none small."""
        counts = cases.cases_by_month(self.rollup, self.selection)["n"].tolist()
        blocks = self.rule.blocks(self.selection.period.first.index, counts)
        if blocks is None or self.is_small:
            return None
        return pd.DataFrame(
            {
                "first": [str(Month.from_index(each.first)) for each in blocks],
                "last": [str(Month.from_index(each.first + each.months - 1)) for each in blocks],
                "n": [each.n for each in blocks],
            }
        )

    def by(self, column: str) -> pd.DataFrame | None:
        """Return value ("" = not written, ``REST`` = the small ones together), n, most first.

        Raises:
            UnknownColumnError: if cases are not counted by that column.
        """
        counts = cases.cases_by(self.rollup, self.selection, column)
        fold = self.rule.folded(counts["n"].tolist())
        if fold is None or self.is_small:
            return None
        is_folded = counts.index.isin(fold)
        rest = int(counts.loc[is_folded, "n"].sum())
        told = counts[~is_folded].reset_index(drop=True)
        if not rest:
            return told
        return pd.concat([told, pd.DataFrame({"value": [REST], "n": [rest]})], ignore_index=True)

    @cached_property
    def by_kecamatan(self) -> KecamatanCases:
        """The cases by kecamatan of origin, by the classes of the map."""
        view = View(self.rollup, self.selection)
        counts = cases.cases_by_kecamatan(self.rollup, self.selection)
        in_scope = view.is_kecamatan_in_scope[view.is_kecamatan_chosen]
        counts = counts[in_scope | (counts["any"] > 0)]
        outside = self.rule.cell(cases.cases_unknown_origin(self.rollup, self.selection))
        any_cells = [self.rule.area(count) for count in counts["any"].tolist()]
        if self.rule.is_narrowed([*any_cells, outside], self.rule.cell(self._reported)):
            any_cells, outside = [WITHHELD] * len(counts), WITHHELD
        columns = {"any": any_cells} | {
            column: self._column(counts, column, any_cells, outside, total)
            for column, total in self._column_totals().items()
        }
        is_known = self._is_known(counts)
        told: dict[str, list[Any]] = {name: counts[name].tolist() for name in ("code", "name")}
        for column, cells in columns.items():
            pairs = zip(cells, is_known, strict=True)
            told[column] = [cell if known else None for cell, known in pairs]
        return KecamatanCases(pd.DataFrame(told, dtype=object), outside)

    def _column_totals(self) -> dict[str, Cell]:
        labels = self.by_label()
        totals = {name: getattr(labels, name) if labels else WITHHELD for name in LABELS}
        return {**totals, "victims": self._victims()}

    def _column(
        self, counts: pd.DataFrame, column: str, any_cells: list[Cell], outside: Cell, total: Cell
    ) -> list[Cell]:
        """Tell one more column of the kecamatan: nothing of those with few cases."""
        told, bounds = [], []
        pairs = zip(any_cells, counts["any"].tolist(), counts[column].tolist(), strict=True)
        for cell, cases_here, count in pairs:
            is_hidden = cell.is_withheld or self.rule.is_small(cases_here)
            told.append(WITHHELD if is_hidden else self.rule.area(count))
            # A case has each label once; of its victims nothing is known.
            most = cell.high if column in LABELS else None
            bounds.append(Cell(0, most) if is_hidden else told[-1])
        bounds.append(ZERO if outside == ZERO else WITHHELD)
        if self.rule.is_narrowed(bounds, total):
            return [WITHHELD] * len(told)
        return told

    def _is_known(self, counts: pd.DataFrame) -> list[bool]:
        """Say of each kecamatan whether a record of any kind tells that there was no case."""
        codes = self.rollup.areas.kecamatan_codes
        recorded = dict(zip(codes, self._has_records(self.selection).tolist(), strict=True))
        pairs = zip(counts["code"].tolist(), counts["any"].tolist(), strict=True)
        return [recorded[code] or count > 0 for code, count in pairs]
