"""A sheet on its way from an export to a plain one.

Owns its titles, rows and notes while the steps change them. Columns keep their places, so that
a marked copy marks the right cell: what is derived is appended on the right, and what is not to
be read is marked by its title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from data_access.intake.files.exports.tools import MARK, Tool
from data_access.intake.model import CellError, CellValue, Sheet, SheetRow


class Table:
    """A sheet of an export; each step changes titles, rows and notes.

    Attributes:
        source: the sheet as it was read.
        header: one title per column; those of the tool and of what is not read begin with "_".
        rows, notes: as in a sheet.
    """

    def __init__(self, sheet: Sheet, tool: Tool) -> None:
        self.source = sheet
        self.tool = tool
        self.header = list(sheet.header)
        self.rows = list(sheet.rows)
        self.notes = list(sheet.notes)

    def sheet(self) -> Sheet:
        """Return the sheet as it is now."""
        header, rows = tuple(self.header), tuple(self.rows)
        return replace(self.source, header=header, rows=rows, notes=tuple(self.notes))

    @property
    def name(self) -> str:
        return self.source.name

    def index(self, title: str) -> int | None:
        """Return the column of a title, None where there is none."""
        return self.header.index(title) if title in self.header else None

    def questions(self) -> list[int]:
        """Return the columns that hold answers."""
        return [c for c, title in enumerate(self.header) if title and not title.startswith(MARK)]

    def values(self, column: int) -> list[CellValue]:
        """Return what stands in a column, top down; nothing for blank cells and errors."""
        found = (row.values[column] for row in self.rows)
        return [one for one in found if one is not None and not isinstance(one, CellError)]

    def hide(self, column: int) -> None:
        """Mark a column as not to be read."""
        self.rename(column, f"{MARK}{self.header[column]}")

    def rename(self, column: int, title: str) -> None:
        """Give a column a title that no other one has."""
        self.header[column] = ""
        while title in self.header:
            title = f"{MARK}{title}"
        self.header[column] = title

    def change(self, column: int, value: Callable[[SheetRow], CellValue]) -> None:
        """Write a column anew."""
        self.put(column, [value(row) for row in self.rows])

    def put(self, column: int, values: Sequence[CellValue]) -> None:
        """Write a column anew, one value per row."""
        self.rows = [
            SheetRow(row.number, (*row.values[:column], value, *row.values[column + 1 :]))
            for row, value in zip(self.rows, values, strict=True)
        ]

    def append(self, title: str, value: Callable[[SheetRow], CellValue]) -> None:
        """Add a column on the right; a second one of its title is numbered."""
        number, name = 1, title
        while name in self.header:
            number += 1
            name = f"{title} ({number})"
        self.header.append(name)
        self.rows = [SheetRow(row.number, (*row.values, value(row))) for row in self.rows]

    def keep(self, rows: Sequence[SheetRow]) -> int:
        """Leave out all other rows; returns how many."""
        left = len(self.rows) - len(rows)
        self.rows = list(rows)
        return left


def text(value: CellValue) -> str:
    """A cell as text, "" for none and for an error; 1, 1.0 and "1" are one number."""
    if isinstance(value, CellError):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
