"""Cells merged over several rows or columns of a table.

Owns giving the value of a merged cell to every row that it covers, and saying so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data_access.intake.files.grid import Merge, at, column_letters, is_blank
from data_access.intake.model import CellValue, SheetRow

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Filled:
    """Rows with the values of merged cells, and what is told of them.

    Attributes:
        merges: (first row, last row, 0-based column) of cells over several of the rows.
    """

    rows: list[SheetRow]
    merges: tuple[tuple[int, int, int], ...]
    notes: list[str]


def fill_merged(rows: Sequence[SheetRow], merges: Sequence[Merge], width: int) -> Filled:
    """Give every row the values of the merged cells that reach into it.

    Rows are covered only where they hold something of their own: one that lies wholly inside
    merged cells is the rest of the row above.
    """
    numbers = [row.number for row in rows]
    given: dict[int, dict[int, CellValue]] = defaultdict(dict)
    tall: list[Merge] = []
    found: list[tuple[int, int, int]] = []
    reached: dict[int, int] = {}  # column -> last row of the merge before; none overlap
    for merge in sorted(merges):
        top, left, bottom, _ = merge
        column = left - 1
        if bottom == top or column >= width or top <= reached.get(column, 0):
            continue
        start, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if end - start < 2:
            continue
        reached[column] = bottom
        tall.append(merge)
        found.append((numbers[start], numbers[end - 1], column))
        value = at(rows[start].values, column)
        if numbers[start] == top and not is_blank(value):
            for place in range(start + 1, end):
                given[place][column] = value
    notes = _notes(tall, "dibaca untuk setiap baris yang dicakupnya") + _notes(
        _wide(numbers, merges, width), "dibaca pada kolom pertamanya saja"
    )
    filled = [_with(row, given[place]) if place in given else row for place, row in enumerate(rows)]
    return Filled(filled, tuple(found), notes)


def _wide(numbers: Sequence[int], merges: Sequence[Merge], width: int) -> list[Merge]:
    known = set(numbers)
    return [merge for merge in merges if merge[3] > merge[1] <= width and merge[0] in known]


def _with(row: SheetRow, given: dict[int, CellValue]) -> SheetRow:
    values = list(row.values)
    values += [None] * (max(given) + 1 - len(values))
    for column, value in given.items():
        if is_blank(values[column]):
            values[column] = value
    return replace(row, values=tuple(values))


def _notes(merges: Sequence[Merge], what: str) -> list[str]:
    if not merges:
        return []
    found = [
        f"{column_letters(left - 1)}{top}:{column_letters(right - 1)}{bottom}"
        for top, left, bottom, right in sorted(merges)[:_SHOWN]
    ]
    more = f" dan {len(merges) - _SHOWN} lainnya" if len(merges) > _SHOWN else ""
    return [f"Isi sel gabungan {what}: {', '.join(found)}{more}."]
