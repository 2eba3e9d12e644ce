"""From a sheet as it stands to one header row and the data rows below it.

Owns what a sheet is reduced to, and what is told of it: what officers put around and into a table
is recognised by the rooms beside this one. Nothing is dropped in silence: what is left out is
named in a note with the sheet's own row numbers. Values are never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from data_access.intake.files.body import Body
from data_access.intake.files.errors import (
    HeaderNotFoundError,
    SourceEmptyError,
    TooManyRowsError,
)
from data_access.intake.files.grid import (
    SHOWN_ROWS,
    Merge,
    RawSheet,
    column_letters,
    header_words,
    is_blank,
    row_list,
    width,
)
from data_access.intake.files.header import HEADER_WORDS, Header, distinct, header_likeness
from data_access.intake.files.spreadsheets.limits import MOST_ROWS
from data_access.intake.files.tables import Table, find_table_list
from data_access.intake.model import CellValue, RowError, Sheet, SheetRow

__all__ = [
    "HEADER_WORDS",
    "Merge",
    "RawSheet",
    "column_letters",
    "find_tables",
    "header_likeness",
    "header_words",
    "row_list",
]

# What else may part the cells of a csv that was put together from several.
_OTHER_SEPARATORS = ";,\t|"


def find_tables(
    file_name: str, raws: Sequence[RawSheet], words: Collection[str] = HEADER_WORDS
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Find the tables of every sheet.

    Args:
        file_name: for messages.
        words: lower-case words that headers consist of.

    Returns:
        The sheets with a recognisable header, in file order, and notes about the others.

    Raises:
        SourceEmptyError: if no sheet holds anything.
        HeaderNotFoundError: if no sheet has a recognisable header.
        TooManyRowsError: if there are more data rows than one file may have.
    """
    filled = [raw for raw in raws if raw.rows]
    if not filled:
        raise SourceEmptyError(file_name)
    known = frozenset(words)
    sheets: list[Sheet] = []
    notes = [f"Lembar “{raw.name}” kosong." for raw in raws if not raw.rows]
    for raw in filled:
        tables, more = find_table_list(raw, known)
        if not tables:
            notes.append(f"Lembar “{raw.name}” dilewati: tidak ada baris judul yang dikenal.")
        reduced = [_reduced(table) for table in tables]
        if more:
            reduced[0] = replace(reduced[0], notes=(*more, *reduced[0].notes))
        sheets += reduced
    if not sheets:
        raise HeaderNotFoundError(file_name, [raw.name for raw in filled])
    count = sum(len(sheet.rows) for sheet in sheets)
    if count > MOST_ROWS:
        raise TooManyRowsError(file_name, count, MOST_ROWS)
    return tuple(sheets), tuple(notes)


def _reduced(table: Table) -> Sheet:
    raw, header = table.raw, table.header
    body = Body(raw, header)
    body.reduce()
    texts, repeated = distinct(header.texts)
    notes = _hidden_notes(raw, body.rows, len(texts))
    notes += _untitled_notes(header, body.rows, raw)
    notes += [f"Judul kolom “{text}” muncul lebih dari sekali; diberi nomor." for text in repeated]
    notes += body.notes
    if raw.is_text:
        rows, more = _fit_text(body.rows, len(texts), header)
        notes += more
    else:
        rows = [_fitted(row, len(texts)) for row in body.rows]
    titles, values = body.derived
    if titles:
        rows = [
            replace(row, values=(*row.values, *more))
            for row, more in zip(rows, values, strict=True)
        ]
    if not rows:
        notes.append(f"Lembar “{raw.name}” hanya berisi judul, tanpa baris data.")
    return Sheet(
        raw.name,
        (*texts, *titles),
        header.last_row,
        tuple(rows),
        tuple(notes),
        is_1904=raw.is_1904,
        merges=body.merges,
        derived=len(titles),
    )


def _hidden_notes(raw: RawSheet, rows: Sequence[SheetRow], columns: int) -> list[str]:
    notes = [f"Lembar “{raw.name}” tersembunyi, tetapi ikut dibaca."] if raw.is_hidden else []
    hidden = [row.number for row in rows if row.number in raw.hidden_rows]
    if hidden:
        notes.append(f"Baris yang tersembunyi atau tersaring ikut dibaca: {row_list(hidden)}.")
    letters = [
        column_letters(column)
        for column in range(columns)
        if any(first <= column + 1 <= last for first, last in raw.hidden_columns)
    ]
    if letters:
        notes.append(f"Kolom yang tersembunyi ikut dibaca: {', '.join(letters[:SHOWN_ROWS])}.")
    return notes


def _untitled_notes(header: Header, rows: Sequence[SheetRow], raw: RawSheet) -> list[str]:
    columns = len(header.texts)
    untitled = {
        column
        for row in rows
        for column, value in enumerate(row.values)
        if (not header.texts[column] if column < columns else not raw.is_text)
        and not is_blank(value)
    }
    if not untitled:
        return []
    letters = ", ".join(column_letters(column) for column in sorted(untitled)[:SHOWN_ROWS])
    return [f"Kolom tanpa judul tidak dibaca: {letters}."]


def _fitted(row: SheetRow, columns: int) -> SheetRow:
    if len(row.values) == columns:
        return row
    padded = (*row.values, *[None] * (columns - len(row.values)))
    return replace(row, values=padded[:columns])


def _fit_text(
    rows: Iterable[SheetRow], columns: int, header: Header
) -> tuple[list[SheetRow], list[str]]:
    """Rows of a csv: one that is too long has slipped, so none of its cells can be trusted."""
    fitted: list[SheetRow] = []
    short: list[int] = []
    slipped: list[int] = []
    for row in rows:
        found = width(row.values)
        fault = ""
        if found > columns:
            fault = f"baris berisi {found} kolom, judulnya {columns}"
        elif found == 1 and _is_unparted(row.values, columns):
            fault = "kolomnya dipisahkan tanda lain daripada judulnya"
        if fault:
            slipped.append(row.number)
            fitted.append(replace(row, values=(RowError(fault),) * columns))
            continue
        if len(row.values) < columns:
            short.append(row.number)
        fitted.append(_fitted(row, columns))
    notes = []
    if slipped:
        notes.append(
            f"Jumlah kolom berbeda dari judul (baris {header.last_row}), periksa pemisah dan tanda "
            f"petik: {row_list(slipped)}."
        )
    if short:
        notes.append(f"Jumlah kolom kurang dari judul, sisanya kosong: {row_list(short)}.")
    return fitted, notes


def _is_unparted(values: Sequence[CellValue], columns: int) -> bool:
    """Whether a whole row stands in its first cell, parted by something else."""
    text = values[0]
    most = max(map(text.count, _OTHER_SEPARATORS)) if isinstance(text, str) else 0
    return columns > 2 and 2 * most >= columns
