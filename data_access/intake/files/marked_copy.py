"""The officer's own sheet back, with the bad cells filled and commented.

Owns the copy's look. Rows and columns stand where they stood, so that the officer finds them;
the file itself is never changed.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from data_access.intake.files import marking
from data_access.intake.files.marking import AUTHOR, FILL
from data_access.intake.files.tables import sheet_in_file
from data_access.intake.model import (
    CellError,
    CellValue,
    Problem,
    Sheet,
    SourceFile,
    Unlisted,
)
from geo.scratch import scratch_folder

# Beyond this many cells the original with all its looks would take hundreds of megabytes.
_MOST_CELLS = 300_000
# What Excel shows in a sheet's name.
_LONGEST_NAME = 31
# The process has a limit on processor time; this one is for a machine that is busy or stuck.
_TIMEOUT_SECONDS = 14

_ONLY_FILLED = (
    "Semua sel yang salah diwarnai; hanya yang pertama yang diberi penjelasan. Kesalahan yang lain "
    "di kolom yang sama biasanya serupa."
)

# Row and column, both 1-based -> what to say there; nothing where the cell is only filled.
Marks = Mapping[tuple[int, int], list[str]]


def marked_copy(
    content: bytes,
    source: SourceFile,
    problems: Iterable[Problem],
    unlisted: Iterable[Unlisted] = (),
) -> bytes:
    """Return an xlsx in which every bad cell is filled, and the first say what is wrong.

    An xlsx keeps its looks; other files, and very large ones, come back as plain rows.

    Args:
        content: the bytes of the file that was read.
        source: what was read from it.
        problems: of that file; those without a column mark the row's first cell, those without
            a row the header.
        unlisted: where the other bad cells are, which are filled without a word.
    """
    by_sheet: dict[str, list[Problem | Unlisted]] = defaultdict(list)
    everything: tuple[Problem | Unlisted, ...] = (*problems, *unlisted)
    for found in everything:
        by_sheet[found.sheet].append(found)
    cells = sum(len(sheet.rows) * len(sheet.header) for sheet in source.sheets)
    marked = None
    if source.kind == "xlsx" and cells <= _MOST_CELLS:
        marked = _marked_original(content, source, by_sheet)
    # What the reader got through may still be too much for openpyxl, or unknown to it.
    return marked or _marked_rows(source, by_sheet)


def _marked_original(
    content: bytes, source: SourceFile, by_sheet: Mapping[str, list[Problem | Unlisted]]
) -> bytes | None:
    """The officer's own workbook with marks, None where that cannot be had."""
    wanted: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for sheet in source.sheets:
        there = len(sheet.header) - sheet.derived
        wanted[sheet_in_file(sheet.name)] += [
            (row, column, "\n".join(sentences))
            for (row, column), sentences in _marks(sheet, by_sheet[sheet.name], there).items()
        ]
    with scratch_folder() as folder:
        original, marks, out = (folder / name for name in ("asal", "tanda", "hasil"))
        original.write_bytes(content)
        marks.write_text(json.dumps(wanted), encoding="utf-8")
        return out.read_bytes() if _is_marked(original, marks, out) else None


def _is_marked(original: Path, marks: Path, out: Path) -> bool:
    """Run the process that marks; whatever the file does to it ends there."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", marking.__file__, original, marks, out],
            # One thread: the others would only take address space, which is limited.
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and out.is_file()


def _marked_rows(source: SourceFile, by_sheet: Mapping[str, list[Problem | Unlisted]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "default_date_format": _DAY})
    looks = _Looks(book)
    taken: set[str] = set()
    for sheet in source.sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, taken))
        marks = _marks(sheet, by_sheet.get(sheet.name, []))
        looks.write(page, sheet, marks)
    book.close()
    return stream.getvalue()


_DAY = "dd/mm/yyyy"


class _Looks:
    """Writes plain rows: a bold header, marked cells filled and commented."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._bold = book.add_format({"bold": True})
        self._bad = book.add_format({"bg_color": f"#{FILL}"})
        self._bad_day = book.add_format({"bg_color": f"#{FILL}", "num_format": _DAY})
        self._day = book.add_format({"num_format": _DAY})

    def write(self, page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, marks: Marks) -> None:
        page.freeze_panes(sheet.header_row, 0)
        self._row(page, sheet.header_row, sheet.header, marks, is_header=True)
        for row in sheet.rows:
            self._row(page, row.number, row.values, marks)

    def _row(
        self,
        page: xlsxwriter.worksheet.Worksheet,
        number: int,
        values: Iterable[CellValue],
        marks: Marks,
        *,
        is_header: bool = False,
    ) -> None:
        for column, value in enumerate(values, start=1):
            is_bad = (number, column) in marks
            is_day = isinstance(value, date)
            look = (
                (self._bad_day if is_day else self._bad)
                if is_bad
                else self._bold
                if is_header
                else self._day
                if is_day
                else None
            )
            _write(page, number - 1, column - 1, value, look)
            if is_bad and marks[number, column]:
                # A row that is done takes no more comments: they must come with its cells.
                page.write_comment(
                    number - 1,
                    column - 1,
                    "\n".join(marks[number, column]),
                    {"author": AUTHOR, "x_scale": 2.5, "y_scale": 1.5},
                )


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: CellValue,
    look: object,
) -> None:
    """Write a value as it is: text never becomes a formula or a link."""
    if isinstance(value, CellError):
        value = value.text
    if value is None or value == "":
        if look is not None:
            page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), look)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


def _marks(
    sheet: Sheet, found: Sequence[Problem | Unlisted], columns_there: int = 0
) -> dict[tuple[int, int], list[str]]:
    """What to say where; a column past those that are there is spoken for by the first."""
    shown = sheet.header[: columns_there or len(sheet.header)]
    columns = {title: place for place, title in reversed(list(enumerate(shown, start=1)))}
    marks: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in found:
        column = columns.get(one.column, 1)
        if isinstance(one, Unlisted):
            marks |= {(row, column): [] for row in one.rows if (row, column) not in marks}
            marks[sheet.header_row, 1] = [_ONLY_FILLED]
            continue
        sentences = marks[sheet.header_row if one.row is None else one.row, column]
        if one.message not in sentences:
            sentences.append(one.message)
    return marks


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes and no sheet has yet; a csv is named after its file."""
    clean = "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("'")
    clean = clean[:_LONGEST_NAME].strip("'")
    position = len(taken) + 1
    # Excel keeps "History" to itself.
    if not clean or clean.lower() in taken or clean.lower() == "history":
        clean = f"{clean[: _LONGEST_NAME - 6]} ({position})".strip()
    taken.add(clean.lower())
    return clean
