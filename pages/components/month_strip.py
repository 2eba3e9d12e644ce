"""How many rows each month holds: one row of boxes per table, each on a scale of its own.

Plain HTML with the project's stylesheet: the numbers stand in the boxes, a month without rows
looks unlike one with few, and both themes keep the contrast.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import streamlit as st

from data_access.numbers.selection import Month
from pages.components import words
from pages.components.escaping import html_text
from pages.components.texts import data as texts

# Shades of a month with rows, from few to many; the stylesheet knows them by number.
_SHADES = 4
_FEW_MONTHS = 4

Look = Literal["before", "empty", "running", "some"]


@dataclass(frozen=True)
class MonthRow:
    """The months of one table.

    Attributes:
        counts: rows per month; a month that is not named has none.
        first: month of its first row ever; None where it has no row at all.
        classes: lower bounds of the classes in which its rows are told; empty for the number
            itself. One row of a case in a month is one person.
    """

    label: str
    counts: Mapping[Month, int]
    first: Month | None
    classes: tuple[int, ...] = ()

    def told(self, count: int) -> str:
        """Write a number of rows, or its class: "1–4", "20+"."""
        if not self.classes:
            return words.number(count)
        low, high = self._bounds(count)
        return f"{low}+" if high is None else f"{low}{words.EN_DASH}{high}"

    def _bounds(self, count: int) -> tuple[int, int | None]:
        place = bisect_right(self.classes, count)
        high = self.classes[place] - 1 if place < len(self.classes) else None
        return self.classes[place - 1], high

    def shade(self, count: int, most: int) -> int:
        """Return the shade of a month with rows, 1 to 4: by its class, or against the most."""
        if self.classes:
            return min(_SHADES, bisect_right(self.classes, count))
        return 1 + (_SHADES - 1) * count // most

    def look(self, month: Month, this_month: Month) -> Look:
        """Say what a month is: only one after the first row, and over, can lack rows."""
        if self.counts.get(month):
            return "some"
        if self.first is None or month < self.first:
            return "before"
        return "running" if month >= this_month else "empty"

    def scale(self, months: Sequence[Month]) -> str:
        """Say what its fewest and most rows in a month are, leaving out months without any."""
        held = [self.counts[month] for month in months if self.counts.get(month)]
        if not held:
            return words.NOT_RECORDED if self.first is None else texts.MONTH_NONE
        if self.classes:
            return texts.MONTH_CLASSES
        low, high = words.number(min(held)), words.number(max(held))
        if low == high:
            return texts.MONTH_ROWS.format(count=low)
        return texts.MONTH_ROWS_BETWEEN.format(low=low, high=high)


def month_strip(rows: Sequence[MonthRow], months: Sequence[Month], this_month: Month) -> None:
    """Draw the strip, with the year above its months and the legend under it."""
    years = "".join(
        _year(year, len(list(group))) for year, group in groupby(months, lambda month: month.year)
    )
    names = "".join(
        f'<th scope="col"{_new_year(month)}>'
        f"{html_text(words.short_month(month).split(' ')[0])}</th>"
        for month in months
    )
    body = "".join(_row(row, months, this_month) for row in rows)
    st.html(
        f'<div class="strip"><table><thead><tr><td></td>{years}</tr><tr><td></td>{names}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>{_legend(rows, months, this_month)}"
    )


def _legend(rows: Sequence[MonthRow], months: Sequence[Month], this_month: Month) -> str:
    """Explain the looks that occur, and no other."""
    shown = {
        row.look(month, this_month) for row in rows if row.first is not None for month in months
    }
    lines: list[tuple[str, str]] = [
        (look, text) for look, text in texts.MONTH_LOOKS.items() if text and look in shown
    ]
    if "some" in shown:
        lines = [("k1", texts.MONTH_FEW), (f"k{_SHADES}", texts.MONTH_MANY), *lines]
    items = "".join(
        f'<li><span class="swatch {name}"></span>{html_text(text)}</li>' for name, text in lines
    )
    return f'<ul class="legend strip-legend">{items}</ul>' if items else ""


def _year(year: int, months: int) -> str:
    """Write a year above its months; a phone has no room for that of a few months."""
    few = ' data-few=""' if months < _FEW_MONTHS else ""
    return f'<th scope="colgroup" colspan="{months}"{few}><span>{year}</span></th>'


def _row(row: MonthRow, months: Sequence[Month], this_month: Month) -> str:
    if row.first is None:
        return (
            f'<tr><th scope="row">{html_text(row.label)}</th>'
            f'<td class="none" colspan="{len(months)}">{html_text(words.NOT_RECORDED)}</td></tr>'
        )
    most = max((row.counts.get(month, 0) for month in months), default=0)
    boxes = "".join(_box(row, month, this_month, most) for month in months)
    scale = html_text(row.scale(months))
    return f'<tr><th scope="row">{html_text(row.label)}<small>{scale}</small></th>{boxes}</tr>'


def _box(row: MonthRow, month: Month, this_month: Month, most: int) -> str:
    look = row.look(month, this_month)
    count = row.counts.get(month, 0)
    told = texts.MONTH_LOOKS[look]
    if count:
        told = texts.MONTH_ROWS.format(count=row.told(count))
    name = f"k{row.shade(count, most)}" if count else look
    text = row.told(count) if count else {"empty": words.EN_DASH}.get(look, "")
    title = texts.MONTH_TITLE.format(table=row.label, month=words.month_name(month), told=told)
    return f'<td class="{name}"{_new_year(month)} title="{html_text(title)}">{text}</td>'


def _new_year(month: Month) -> str:
    return ' data-year=""' if month.month == 1 else ""
