"""Which cells of a sheet are one table, where several stand beside or below each other.

Owns the cut between them. A table of its own becomes a sheet of its own; a few sums beside or
below the main one are named and left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from data_access.intake.files.grid import (
    RawSheet,
    at,
    cells_of,
    column_letters,
    header_words,
    is_blank,
    is_label,
    is_number_like,
    label,
)
from data_access.intake.files.header import Header, find_header, header_at, is_day_like
from data_access.intake.files.places import is_place
from data_access.intake.files.surroundings import is_signature, is_total
from data_access.intake.model import CellValue, SheetRow

# Below this many titles, or one row, a table beside the main one is a few sums.
_LEAST_TITLES = 4
_LEAST_ROWS = 2
# Titles of a table without a row between it and the one above.
_LEAST_TITLES_CLOSE = 3
# A sheet with more tables than this is no sheet of tables; the rest stay rows of the last.
_MOST_TABLES = 40
_SHOWN = 5
# Lines of a title above a table.
_MOST_TITLE_LINES = 4
# How much of a header must be words that headers consist of, where data stand above it.
_KNOWN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows with the lines above its header, and the header itself."""

    raw: RawSheet
    header: Header


def find_table_list(raw: RawSheet, words: Collection[str]) -> tuple[list[Table], list[str]]:
    """The tables of a sheet, the main one first, and notes about those that are left.

    Returns:
        No table where nothing looks like a header.
    """
    header = find_header(raw, words)
    if header is None:
        return [], []
    tables: list[Table] = []
    for part in _cut_rows(raw, header, words):
        tables += _cut_columns(part)
    main = next(t for t in tables if t.header.first_row == header.first_row)
    others = [table for table in tables if table is not main]
    real = [table for table in others if _is_real(table)]
    left = [f"{_place(t)} ({_titles(t.header)})" for t in others if t not in real]
    more = f" dan {len(left) - _SHOWN} lainnya" if len(left) > _SHOWN else ""
    notes = [f"Tabel lain tidak dibaca: {'; '.join(left[:_SHOWN])}{more}."] if left else []
    if not real:
        return [main], notes
    named = [
        replace(table, raw=replace(table.raw, name=f"{raw.name} (tabel {number})"))
        for number, table in enumerate(real, start=2)
    ]
    notes += [
        f"Tabel kedua pada {_place(table)} dibaca tersendiri sebagai “{table.raw.name}”."
        for table in named
    ]
    return [main, *named], notes


_TABLE_NUMBER = re.compile(r" \(tabel \d+\)$")


def sheet_in_file(name: str) -> str:
    """The sheet of the file that a table stands on."""
    return _TABLE_NUMBER.sub("", name)


# --- below each other --------------------------------------------------------------------


def _cut_rows(raw: RawSheet, header: Header, words: Collection[str]) -> list[Table]:
    """The parts of a sheet from one header, with the lines above it, to the next."""
    headers = [header]
    index = 0
    while index < len(raw.rows) and len(headers) < _MOST_TABLES:
        row = raw.rows[index]
        index += 1
        if header.first_row <= row.number <= header.last_row:
            continue
        if _begins_table(raw, index - 1, words) and not _is_same(row, header):
            found = header_at(raw, index - 1)
            if found.first_row <= header.last_row and found.last_row >= header.first_row:
                continue
            headers.append(found)
            while index < len(raw.rows) and raw.rows[index].number <= found.last_row:
                index += 1
    headers.sort(key=lambda one: one.first_row)
    starts = [_start(raw, one) for one in headers]
    starts[0] = min(starts[0], raw.rows[0].number)
    ends = [*starts[1:], raw.rows[-1].number + 1]
    return [
        Table(replace(raw, rows=tuple(r for r in raw.rows if start <= r.number < end)), one)
        for one, start, end in zip(headers, starts, ends, strict=True)
    ]


def _begins_table(raw: RawSheet, index: int, words: Collection[str]) -> bool:
    """Whether a row among others is certainly a header: titles only, and data below it."""
    row = raw.rows[index]
    texts = [value for value in row.values if value is not None]
    # Most rows hold a number or a day: they are done with here.
    if len(texts) < 2 or not all(isinstance(text, str) for text in texts):
        return False
    if is_number_like(str(texts[0])) or not all(is_label(t) or is_blank(t) for t in texts):
        return False
    parts = [header_words(label(text)) for text in texts if not is_blank(text)]
    known = sum(bool(part) and all(word in words for word in part) for part in parts)
    if known < max(2, _KNOWN_SHARE * len(parts)) or len(set(parts)) < 2:
        return False
    is_apart = index == 0 or row.number > raw.rows[index - 1].number + 1
    if not is_apart and len(parts) < _LEAST_TITLES_CLOSE:
        is_apart = len(cells_of(raw.rows[index - 1])) == 1
    if not is_apart and len(parts) < _LEAST_TITLES_CLOSE:
        return False
    below = raw.rows[index + 1 : index + 3]
    return any(_is_data(other.values) for other in below)


def _is_data(values: Sequence[CellValue]) -> bool:
    cells = [value for value in values if not is_blank(value)]
    return len(cells) >= 2 and any(
        not isinstance(value, str) or is_number_like(value) or is_day_like(value) for value in cells
    )


def _is_same(row: SheetRow, header: Header) -> bool:
    """Whether a row repeats titles of a header, each in its own column."""
    return all(
        at(header.texts, column) and _ends_with(str(header.texts[column]), label(value))
        for column, value in cells_of(row)
    )


def _ends_with(title: str, text: str) -> bool:
    return header_words(text) in {header_words(part) for part in title.split(" / ")} | {
        header_words(title)
    }


def _start(raw: RawSheet, header: Header) -> int:
    """Number of the first line of the title block above a header."""
    place = bisect_left(raw.rows, header.first_row, key=lambda row: row.number)
    above = raw.rows[max(0, place - _MOST_TITLE_LINES) : place]
    start = header.first_row
    for row in reversed(above):
        cells = cells_of(row)
        is_near = row.number >= start - 2
        is_line = len(cells) <= 2 and all(
            is_label(value) and not is_place(value) for _, value in cells
        )
        if not is_near or not is_line or is_total(row) or is_signature(row):
            break
        start = row.number
    return start


# --- beside each other -------------------------------------------------------------------


def _cut_columns(table: Table) -> list[Table]:
    """The main table, then those beside it that stand on their own."""
    blocks = _blocks(table)
    if len(blocks) < 2:
        return [table]
    main = max(blocks, key=lambda block: (_title_count(table.header, block), -block[0]))
    apart = [block for block in blocks if block != main and _is_apart(table, main, block)]
    if not apart:
        return [table]
    rest = [block for block in blocks if block not in apart]
    own = _columns_of(table, (rest[0][0], rest[-1][1]), without=apart)
    return [own, *(_columns_of(table, block) for block in apart)]


def _blocks(table: Table) -> list[tuple[int, int]]:
    """(first, last) column of the titles between columns that hold nothing at all."""
    texts = table.header.texts
    gaps = {column for column, text in enumerate(texts) if not text}
    if gaps:
        for row in table.raw.rows:
            if row.number > table.header.last_row:
                gaps = {column for column in gaps if is_blank(at(row.values, column))}
    columns = [column for column in range(len(texts)) if column not in gaps]
    if not columns:
        return []
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(columns), 1) if b > a + 1), len(columns)]
    blocks = [(columns[a], columns[b - 1]) for a, b in pairwise(cuts)]
    return [block for block in blocks if _title_count(table.header, block)]


def _title_count(header: Header, block: tuple[int, int]) -> int:
    return sum(bool(text) for text in header.texts[block[0] : block[1] + 1])


def _is_apart(table: Table, main: tuple[int, int], block: tuple[int, int]) -> bool:
    """Whether a block is a table of its own: the titles again, a sum, or names with numbers."""
    own, others = (
        {header_words(text) for text in table.header.texts[first : last + 1] if text}
        for first, last in (block, main)
    )
    if len(own) < 2:
        return False
    rows = [row for row in table.raw.rows if row.number > table.header.last_row]
    inside, beside = _part(rows, block), _part(rows, main)
    are_dated = all(
        any(is_day_like(v) for r in part for v in r.values) for part in (inside, beside)
    )
    if own <= others or (own & others and (are_dated or len(inside) != len(beside))):
        return True
    has_sum = any(map(is_total, inside)) and not any(map(is_total, beside))
    is_summary = bool(inside) and all(is_total(row) or _is_summary_row(row) for row in inside)
    return is_summary and (has_sum or bool(own & others) or len(inside) != len(beside))


def _part(rows: Sequence[SheetRow], block: tuple[int, int]) -> list[SheetRow]:
    parts = (replace(row, values=row.values[block[0] : block[1] + 1]) for row in rows)
    return [part for part in parts if any(not is_blank(value) for value in part.values)]


def _is_summary_row(row: SheetRow) -> bool:
    """A name and its numbers."""
    cells = [value for value in row.values if not is_blank(value)]
    texts = [v for v in cells if isinstance(v, str) and not is_number_like(v)]
    return len(cells) >= 2 and len(texts) == 1 and not any(is_day_like(v) for v in cells)


def _columns_of(
    table: Table, block: tuple[int, int], without: Sequence[tuple[int, int]] = ()
) -> Table:
    """A table reduced to some columns, which keep their places."""
    first, last = block
    gone = {column for a, b in without for column in range(a, b + 1)} | set(range(first))
    texts = [
        "" if column in gone else text for column, text in enumerate(table.header.texts[: last + 1])
    ]
    rows = []
    for row in table.raw.rows:
        if row.number >= table.header.first_row:
            values = [
                None if column in gone else value
                for column, value in enumerate(row.values[: last + 1])
            ]
            row = replace(row, values=tuple(values))
        if any(not is_blank(value) for value in row.values):
            rows.append(row)
    header = replace(table.header, texts=tuple(texts))
    return Table(replace(table.raw, rows=tuple(rows)), header)


# --- what is told ------------------------------------------------------------------------


def _is_real(table: Table) -> bool:
    rows = [row for row in table.raw.rows if row.number > table.header.last_row]
    has_days = any(is_day_like(value) for row in rows[:_LEAST_ROWS] for value in row.values)
    least = _LEAST_TITLES - has_days
    return table.header.titles >= least and len(rows) >= _LEAST_ROWS


def _place(table: Table) -> str:
    columns = [column for column, text in enumerate(table.header.texts) if text]
    last = table.raw.rows[-1].number
    return (
        f"{column_letters(min(columns))}{table.header.first_row}:"
        f"{column_letters(max(columns))}{last}"
    )


def _titles(header: Header) -> str:
    titles = [text for text in header.texts if text]
    more = ", …" if len(titles) > _LEAST_TITLES else ""
    return f"{', '.join(titles[:_LEAST_TITLES])}{more}"
