"""The rows below a header, taken apart into data and what surrounds it.

Owns the order in which this is done, and the sentences that tell what was left out. Nothing is
dropped in silence; a row that is not certainly something else is data.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from data_access.intake.files.grid import (
    RawSheet,
    at,
    cells_of,
    filled,
    header_words,
    is_blank,
    is_label,
    label,
    ordinal,
    row_list,
)
from data_access.intake.files.header import Header, is_day_like
from data_access.intake.files.merged import Filled, fill_merged
from data_access.intake.files.places import is_place
from data_access.intake.files.sections import (
    DESA_WORDS,
    KECAMATAN_WORDS,
    Sections,
    order_columns,
)
from data_access.intake.files.surroundings import (
    is_numbering,
    is_page_number,
    is_signature,
    is_total,
    says_nothing,
    starts_like_total,
)
from data_access.intake.model import CellValue, SheetRow

# Rows that show which columns hold days.
_SAMPLE_ROWS = 200
# Stands for the name of the sheet where rows are named by their number.
_SHEET_NAME = 0
# Lines of a title above a header that is printed again.
_MOST_TITLE_LINES = 6
# What a form fills in before anybody uses it: who and where, never when or what came of it.
_PREFILLED = (
    "no nomor nomer urut kecamatan kec kabupaten kab provinsi kota petugas pimpasa nama kantor "
    "kanim seksi unit tim jabatan tahun wilayah"
)
_PREFILLED_WORDS = frozenset(_PREFILLED.split())
# Below such a title "Jumlah kunjungan" is what a row is about, not its sum.
_NAME_WORDS = frozenset({"indikator", "indicator", "uraian"})
# A column number row is repeated on every page; elsewhere so many cells must count up.
_LEAST_NUMBERING = 5


class Body:
    """The rows below a header; `rows` are the data once `reduce` is through."""

    def __init__(self, raw: RawSheet, header: Header) -> None:
        self._header = header
        self._raw = raw
        self._titles = header.titles
        self._order = order_columns(header)
        self._places = header.columns(KECAMATAN_WORDS | DESA_WORDS)
        self._title_rows = [row for row in raw.rows if row.number < header.first_row]
        self._repeats = self._header_texts()
        self._breaks: set[int] = set()
        self.rows = [
            row for row in raw.rows if row.number > header.last_row and self._is_under_titles(row)
        ]
        self._days = self._day_columns()
        self.notes: list[str] = []
        self.merges: tuple[tuple[int, int, int], ...] = ()
        self.derived: tuple[tuple[str, ...], list[list[str | None]]] = ((), [])

    def reduce(self) -> None:
        """Leave out what is no data, in the order in which it can be told apart."""
        names = self._header.columns(_NAME_WORDS)
        self._leave_repeated_headers()
        self._leave(self._is_numbering, "Baris nomor kolom tidak dibaca: {rows}.")
        self._leave(is_page_number, "Nomor halaman tidak dibaca: {rows}.", most=1)
        self._leave(
            lambda row: starts_like_total(row) and is_total(row, names),
            "Baris jumlah/total tidak dibaca: {rows}.",
        )
        self._leave(self._is_only_numbered, "Baris yang hanya bernomor urut tidak dibaca: {rows}.")
        sections = self._leave_sections()
        self._leave_footers()
        self._leave_repeated_titles()
        self._fill()
        self._leave_prefilled()
        self.derived = sections.derived(self.rows)
        titles, values = self.derived
        if titles:
            named = " dan ".join(f"“{title}”" for title in titles)
            sources = sections.sources()
            lines = [number for number in sources if number != _SHEET_NAME]
            if len(lines) < len(sources):
                self.notes.append(f"Kolom {named} ditambahkan dari nama lembar.")
            if lines:
                self.notes.append(
                    f"Kolom {named} ditambahkan dari baris bagian: {row_list(lines)}."
                )
            without = [r.number for r, v in zip(self.rows, values, strict=True) if None in v]
            if without:
                self.notes.append(f"Tanpa {named} dari baris bagian: {row_list(without)}.")

    def _leave(
        self, is_left: Callable[[SheetRow], bool], sentence: str, most: int | None = None
    ) -> set[int]:
        """Leave the rows of a kind out; `most` is how many cells such a row may have."""
        left = {
            row.number
            for row in self.rows
            if (most is None or filled(row.values) <= most) and is_left(row)
        }
        self._leave_rows(left, sentence)
        return left

    def _leave_rows(self, left: set[int], sentence: str) -> None:
        if left:
            self.rows = [row for row in self.rows if row.number not in left]
            self.notes.append(sentence.format(rows=row_list(sorted(left))))

    def _is_under_titles(self, row: SheetRow) -> bool:
        """Whether a row holds anything in the table; a csv row past it has slipped."""
        width = len(self._header.texts)
        return self._raw.is_text or any(not is_blank(value) for value in row.values[:width])

    # --- what a printout repeats ---------------------------------------------------------

    def _header_texts(self) -> set[tuple[str, ...]]:
        rows = self._raw.rows
        texts = {
            header_words(label(value))
            for row in rows
            if self._header.first_row <= row.number <= self._header.last_row
            for value in row.values
            if not is_blank(value)
        }
        return texts | {header_words(text) for text in self._header.texts if text}

    def _leave_repeated_headers(self) -> None:
        self._breaks = self._leave(
            self._is_repeated_header, "Judul yang berulang tidak dibaca: {rows}."
        )

    def _is_repeated_header(self, row: SheetRow) -> bool:
        texts = [value for value in row.values if value is not None]
        if len(texts) < 2 or not isinstance(texts[0], str) or not isinstance(texts[-1], str):
            return False
        if header_words(texts[-1]) not in self._repeats and texts[-1].strip():
            return False
        texts = [value for value in texts if not is_blank(value)]
        return len(texts) > 1 and all(
            isinstance(text, str) and header_words(label(text)) in self._repeats for text in texts
        )

    def _is_numbering(self, row: SheetRow) -> bool:
        if ordinal(next((v for v in row.values if not is_blank(v)), None)) not in (None, 1):
            return False
        if not is_numbering(row, self._titles):
            return False
        is_first = row.number == self.rows[0].number
        is_after_header = not self._breaks.isdisjoint(range(row.number - 2, row.number))
        return is_first or is_after_header or filled(row.values) >= _LEAST_NUMBERING

    def _leave_repeated_titles(self) -> None:
        """The title block of the first page again, and lines right above a header."""
        titles = {_line(row) for row in self._title_rows}
        left = {row.number for row in self._thin(2) if _line(row) in titles}
        by_number = {row.number: row for row in self.rows}
        for number in self._breaks:
            for above in range(number - 1, number - 1 - _MOST_TITLE_LINES, -1):
                row = by_number.get(above)
                if row is None or above in left:
                    continue
                if not self._is_title_line(row):
                    break
                left.add(above)
        self._leave_rows(left, "Judul halaman yang berulang tidak dibaca: {rows}.")

    def _is_title_line(self, row: SheetRow) -> bool:
        """Whether a row above a repeated header is a title: text from the table's left edge on."""
        cells = cells_of(row)
        left_edge = next((n for n, text in enumerate(self._header.texts) if text), 0)
        is_text = len(cells) <= 2 and all(is_label(value) for _, value in cells)
        return is_text and cells[0][0] <= left_edge and not self._is_data(row)

    def _thin(self, most: int) -> list[SheetRow]:
        return [row for row in self.rows if filled(row.values) <= most]

    # --- lines and fillings --------------------------------------------------------------

    def _leave_sections(self) -> Sections:
        thin = self._thin(2)
        numbers = [row.number for row in thin]
        widest: dict[int, int] = {}
        covered: set[int] = set()
        for top, left, bottom, right in self._raw.merges if thin else ():
            widest[top] = max(widest.get(top, 1), right - left + 1)
            # What a cell merged from above reaches into is a row of its own.
            covered.update(numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)])
        lone = [row for row in thin if row.number not in covered]
        sections = Sections(self._header, self.rows, lone, widest)
        lines = sections.lines()
        self._breaks |= {line.row for line in lines if line.is_area}
        self._leave_rows({line.row for line in lines}, "Baris judul bagian tidak dibaca: {rows}.")
        # A book may have a sheet per kecamatan.
        sections.take_title([SheetRow(_SHEET_NAME, (self._raw.name,)), *self._title_rows])
        return sections

    def _fill(self) -> None:
        merged: Filled = fill_merged(self.rows, self._raw.merges, len(self._header.texts))
        self.rows, self.merges = merged.rows, merged.merges
        self.notes += merged.notes

    # --- forms that nobody filled in -----------------------------------------------------

    def _is_only_numbered(self, row: SheetRow) -> bool:
        """A row of a form nobody filled in: its number, and sums of nothing."""
        is_numbered = False
        for column, value in enumerate(row.values):
            if is_blank(value):
                continue
            if column in self._order and ordinal(value) is not None:
                is_numbered = True
            elif not says_nothing(value):
                return False
        return is_numbered

    def _leave_prefilled(self) -> None:
        """The rows at the very end that hold only what the form says of each of them."""
        allowed = self._header.columns(_PREFILLED_WORDS) - self._days
        start = len(self.rows)
        while start > 0 and self._may_be_prefilled(self.rows[start - 1], allowed):
            start -= 1
        last = self.rows[start:]
        constants: dict[int, Counter[CellValue]] = {}
        for row in last:
            for column, value in cells_of(row):
                if column in allowed and column not in self._order:
                    constants.setdefault(column, Counter())[value] += 1
        is_constant = all(
            len(found) == 1
            and (
                len(last) > 1
                or [at(row.values, column) for row in self.rows[:start]].count(next(iter(found)))
                > 1
            )
            for column, found in constants.items()
        )
        if last and constants and is_constant:
            self._leave_rows(
                {row.number for row in last},
                "Baris formulir yang belum diisi (hanya nomor, wilayah atau petugas) tidak dibaca: "
                "{rows}.",
            )

    def _may_be_prefilled(self, row: SheetRow, allowed: frozenset[int]) -> bool:
        cells = cells_of(row)
        if 2 * len(cells) > self._titles + 1:
            return False
        is_numbered = any(c in self._order and ordinal(v) is not None for c, v in cells)
        return is_numbered and all(column in allowed or says_nothing(v) for column, v in cells)

    # --- signatures and remarks ----------------------------------------------------------

    def _leave_footers(self) -> None:
        """Signatures and remarks: below the last row of data of a page, from the first of them."""
        breaks = sorted(self._breaks)
        pages = groupby(self.rows, key=lambda row: bisect_left(breaks, row.number))
        left: set[int] = set()
        for _, page in pages:
            left |= self._footer(list(page))
        self._leave_rows(left, "Catatan atau tanda tangan di bawah tabel tidak dibaca: {rows}.")

    def _footer(self, rows: Sequence[SheetRow]) -> set[int]:
        end = len(rows)
        while end > 0 and not self._is_data(rows[end - 1]):
            end -= 1
        below = [place for place in range(end, len(rows)) if is_signature(rows[place])]
        left = {row.number for row in rows[below[0] :]} if below else set()
        most = max(3, self._titles // 2)
        among = (row for row in rows[:end] if filled(row.values) <= most)
        return left | {
            row.number
            for row in among
            if not self._is_data(row) and is_signature(row) and _is_all_text(row)
        }

    def _is_data(self, row: SheetRow) -> bool:
        """Whether a row certainly holds data: a day, a place, a number of its own, or all it may.

        A row below a table that is none of these may be a name or an office.
        """
        cells = cells_of(row)
        if any(column in self._days and is_day_like(value) for column, value in cells):
            return True
        if any(column in self._order and ordinal(value) is not None for column, value in cells):
            return len(cells) > 1
        if any(column in self._places and is_place(value) for column, value in cells):
            return True
        if self._days or self._places:
            return len(cells) > max(3, (2 * self._titles) // 3)
        return 2 * len(cells) > self._titles and not is_signature(row)

    def _day_columns(self) -> frozenset[int]:
        """The columns in which at least half of the cells of the first rows are days."""
        days: Counter[int] = Counter()
        all_cells: Counter[int] = Counter()
        for row in self.rows[:_SAMPLE_ROWS]:
            for column, value in cells_of(row):
                all_cells[column] += 1
                days[column] += is_day_like(value)
        return frozenset(c for c, count in days.items() if count and 2 * count >= all_cells[c])


def _line(row: SheetRow) -> tuple[str, ...]:
    return tuple(word for _, value in cells_of(row) for word in header_words(label(value)))


def _is_all_text(row: SheetRow) -> bool:
    return all(isinstance(value, str) for _, value in cells_of(row))
