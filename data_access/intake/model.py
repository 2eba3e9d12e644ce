"""What passes between the steps of an intake: file -> sheets -> records and problems.

Owns no behaviour beyond small conveniences; each step has a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from data_access.intake.questions import Question

# Stands for a NUL in the text of a `CellError`.
NUL_SHOWN = "␀"


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds a spreadsheet error ("#REF!") or a formula without a cached value."""

    text: str


@dataclass(frozen=True, slots=True)
class RowError(CellError):
    """Stands in every cell of a row that has slipped out of its columns."""


CellValue = str | int | float | bool | date | datetime | CellError | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands in the sheet: its own 1-based number and a value per column."""

    number: int
    values: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet reduced to one header row and its data rows.

    Attributes:
        name: the sheet's name; for csv the file's name.
        header: one text per column; merged headers are joined: "Jumlah Peserta / L".
        header_row: the sheet's own number of the (last) header row.
        rows: data rows only; blank rows, total rows and what stands above are left out; a merged
            cell's value stands in every row that it covers.
        notes: Indonesian sentences about what was left out or assumed.
        is_1904: whether bare numbers that are dates count from 1904, as in old Macintosh books.
        merges: cells merged over several data rows: (first row, last row, 0-based column).
        derived: how many columns at the right end come from lines between the rows, such as
            "KECAMATAN TANARA"; they stand nowhere in the file.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    is_1904: bool = False
    merges: tuple[tuple[int, int, int], ...] = ()
    derived: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read.

    Attributes:
        kind: "xlsx", "ods", "csv" or "tsv".
        sha256: of the bytes, hex.
    """

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a row (or a file) out, with a remedy in Indonesian.

    Attributes:
        row: the sheet's own number, None for a problem of the whole sheet.
        column: header text, "" where no single column is at fault.
        value: what stands there, shortened; never personal data.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Cells that keep rows out, counted and marked but not told one by one.

    Attributes:
        column: header text, "" where no single column is at fault.
        rows: the sheet's own numbers, ascending.
    """

    sheet: str
    column: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, ready to be written.

    Attributes:
        table: name of the table in the schema.
        key: its source key (or key columns joined by "|").
        values: column -> value, exactly the table's own columns.
        villages: for awareness_sessions, the desa codes the session covered.
        file, sheet, row: where it comes from.
    """

    table: str
    key: str
    values: Mapping[str, object]
    villages: tuple[str, ...] = ()
    file: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Parsed:
    """All that a sheet gave: good records, problems, notes and open questions.

    Attributes:
        problems: the first of them in full.
        unlisted: where the other problems are.
        rejected: number of rows that are kept out.
        learned: (kecamatan, desa) as written -> area, as was answered about unclear names.
    """

    table: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    rejected: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    learned: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unlisted: tuple[Unlisted, ...] = ()
