"""Workbooks (.xlsx) made from what a page shows, with title, period, source and notices."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from geo import palette

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Excel's own limits: 31 characters, none of these in a sheet's name, no apostrophe at its ends.
_SHEET_NAME_LENGTH = 31
_FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDEST_COLUMN = 48


@dataclass(frozen=True)
class Sheet:
    """One sheet: title, the filter's sentence, columns by header, notices above the table."""

    title: str
    caption: str
    columns: Mapping[str, Sequence[object]]
    notices: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets into a workbook. Text is written as text, never as a formula."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        for sheet in sheets:
            _write(book, sheet)
    return stream.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    name = sheet.title.translate(_FORBIDDEN_IN_SHEET_NAME)[:_SHEET_NAME_LENGTH].strip("'")
    page = book.add_worksheet(name)
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    muted = book.add_format({"font_color": palette.MUTED.light})
    lines = [sheet.caption, *sheet.notices]
    for row, line in enumerate(lines, start=1):
        page.write_string(row, 0, line, muted)
    header_row = len(lines) + 2
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    header = book.add_format(
        {"bold": True, "bg_color": palette.TABLE_HEAD.light, "bottom": 1, "text_wrap": True}
    )
    for position, (label, values) in enumerate(sheet.columns.items()):
        page.write_string(header_row, position, label, header)
        for offset, value in enumerate(values, start=1):
            _write_cell(page, header_row + offset, position, value, day)
        longest = max((len(str(value)) for value in values), default=0)
        page.set_column(position, position, min(_WIDEST_COLUMN, max(len(label), longest) + 2))
    longest_column = max((len(values) for values in sheet.columns.values()), default=0)
    if longest_column:
        page.autofilter(header_row, 0, header_row + longest_column, len(sheet.columns) - 1)
    page.freeze_panes(header_row + 1, 1)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    day: xlsxwriter.format.Format,
) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        page.write_blank(row, column, None)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        page.write_string(row, column, "ya" if value else "tidak")
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))
