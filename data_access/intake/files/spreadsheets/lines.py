"""What the child writes: a line per sheet and row, and the value of a cell on it."""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any, TextIO

from data_access.intake.files.spreadsheets.limits import (
    LEAST_CELLS_A_ROW,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FORMULA_CHARACTERS,
    MOST_MERGES,
    RefusedError,
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
        self._merges: list[tuple[int, int, int, int]] = []

    def begin(self, sheet: str, *, hidden: bool) -> None:
        self._sheet, self._number, self._merges = sheet, 0, []
        self._line({"sheet": sheet, "hidden": hidden})

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        is_one_cell = first_row == last_row and first_column == last_column
        if not is_one_cell and len(self._merges) < MOST_MERGES:
            self._merges.append((first_row, first_column, last_row, last_column))

    def row(self, number: int, cells: dict[int, Value]) -> None:
        """Write a row from its cells by 0-based column; empty rows leave no line.

        Raises:
            RefusedError: for a text, a row or a file beyond the limits.
        """
        if number <= self._number:
            raise RefusedError("broken")
        self._number = number
        filled = {column: value for column, value in cells.items() if not _is_blank(value)}
        if not filled:
            return
        width = max(filled) + 1
        if width > MOST_COLUMNS:
            raise RefusedError("columns", sheet=self._sheet, row=number)
        if TOO_LONG in filled.values():
            raise RefusedError("cell", sheet=self._sheet, row=number)
        self._cells += max(width, LEAST_CELLS_A_ROW)
        if self._cells > MOST_CELLS:
            raise RefusedError("cells", sheet=self._sheet)
        self._line([number, *(filled.get(column) for column in range(width))])

    def end(self) -> None:
        self._line({"merges": self._merges})

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


def moment_value(moment: datetime) -> Value:
    if moment.hour or moment.minute or moment.second:
        return {"t": moment.isoformat(timespec="seconds")}
    return {"d": moment.date().isoformat()}


def error_value(text: str) -> Value:
    return {"e": text[:MOST_FORMULA_CHARACTERS]}
