"""What the child writes: a line per sheet and row, and the value of a cell on it."""

from __future__ import annotations

import json
import math
from datetime import datetime
from decimal import Decimal
from typing import Any, TextIO

from data_access.intake.files.spreadsheets.limits import (
    LEAST_CELLS_A_ROW,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FORMULA_CHARACTERS,
    MOST_KEPT_ROWS,
    MOST_MERGES,
    RefusedError,
    RowsExceededError,
)
from data_access.intake.files.spreadsheets.package import TOO_LONG

Value = Any  # what a cell becomes on its line, see the package


class Writer:
    """Writes the lines; counts what may not grow without end."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._sheet = ""
        self._number = 0
        self._cells = 0
        self._rows = 0
        self._merges: list[tuple[int, int, int, int]] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []

    def begin(self, sheet: str, *, hidden: bool, is_1904: bool) -> None:
        self._sheet, self._number, self._merges = sheet, 0, []
        self._hidden_rows, self._hidden_columns = [], []
        self._line({"sheet": sheet, "hidden": hidden, "is_1904": is_1904})

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Keep a merged range.

        Raises:
            RefusedError: for more of them than the longest table has: values would be lost.
        """
        if first_row == last_row and first_column == last_column:
            return
        if len(self._merges) == MOST_MERGES:
            raise RefusedError("unsafe", reason=f"lebih dari {MOST_MERGES} sel gabungan")
        self._merges.append((first_row, first_column, last_row, last_column))

    def hide_columns(self, first: int, last: int) -> None:
        """Keep that columns are hidden, 1-based; those past the limit hold nothing."""
        if first <= MOST_COLUMNS and len(self._hidden_columns) < MOST_COLUMNS:
            self._hidden_columns.append((first, min(last, MOST_COLUMNS)))

    def row(self, number: int, cells: dict[int, Value], *, hidden: bool = False) -> None:
        """Write a row from its cells by 0-based column; empty rows leave no line.

        Raises:
            RefusedError: for a text, a row or a file beyond the limits.
            RowsExceededError: for the first row that is only counted.
        """
        if number <= self._number:
            raise RefusedError("broken")
        self._number = number
        filled = {column: value for column, value in cells.items() if not _is_blank(value)}
        if not filled:
            return
        self._rows += 1
        if self._rows > MOST_KEPT_ROWS:
            raise RowsExceededError
        width = max(filled) + 1
        if width > MOST_COLUMNS:
            raise RefusedError("columns", sheet=self._sheet, row=number)
        if TOO_LONG in filled.values():
            raise RefusedError("cell", sheet=self._sheet, row=number)
        self._cells += max(width, LEAST_CELLS_A_ROW)
        if self._cells > MOST_CELLS:
            raise RefusedError("cells", sheet=self._sheet)
        if hidden:
            self._hidden_rows.append(number)
        self._line([number, *(filled.get(column) for column in range(width))])

    def end(self) -> None:
        self._line(
            {"merges": self._merges, "rows": self._hidden_rows, "columns": self._hidden_columns}
        )

    def finish(self, kind: str) -> None:
        self._line({"end": kind})

    def _line(self, content: object) -> None:
        self._lines.write(_encode(content) + "\n")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def number_value(text: str) -> Value:
    """A number as it stands in a file; whole numbers become int, NaN and Inf an error."""
    number = float(text)
    if not math.isfinite(number):
        return {"e": text[:MOST_FORMULA_CHARACTERS]}
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


# Beyond it ten decimals no longer fit into the digits that are counted.
_LARGEST_PERCENT = 1e12


def percent_value(number: float) -> Value:
    """What a percent format shows, to the last digit: 0.545 -> "54,5%"."""
    if abs(number) >= _LARGEST_PERCENT:
        return error_value(f"{number}%")
    shown = round(Decimal(repr(number)) * 100, 10).normalize()
    return f"{shown:f}%".replace(".", ",")


def moment_value(moment: datetime) -> Value:
    if moment.hour or moment.minute or moment.second:
        return {"t": moment.isoformat(timespec="seconds")}
    return {"d": moment.date().isoformat()}


# What spreadsheets show of a date that is 0: a reference to an empty cell.
NO_DAY = "00/01/1900"


def error_value(text: str) -> Value:
    return {"e": text[:MOST_FORMULA_CHARACTERS]}
