"""Which rows of a sheet are its header, and what they say about each column.

Owns headers over several rows: what a group says is joined to what stands below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.intake.files.grid import (
    LONGEST_TITLE,
    RawSheet,
    at,
    filled,
    header_words,
    is_blank,
    is_label,
    is_number_like,
    label,
    width,
)
from data_access.intake.files.places import is_place
from data_access.intake.files.spreadsheets.limits import MOST_COLUMNS
from data_access.intake.model import CellValue

# Words that stand in headers of this programme's files; a caller that knows more passes its own.
_WORDS = (
    "no nomor tanggal tgl hari waktu bulan tahun desa kelurahan kel kecamatan kec kabupaten "
    "lokasi tempat kegiatan tema materi topik sasaran audiens peserta jumlah jml total laki "
    "perempuan pria wanita l p narasumber pemateri petugas pimpasa tujuan hasil temuan pilar "
    "uraian keterangan ket catatan bukti dokumentasi foto kode nama sk status korban kasus "
    "pelapor laporan kanal modus negara tahap verifikasi rujukan asal kejadian usia instansi "
    "indikator target nilai capaian satuan penduduk populasi jiwa kantor kanim sumber pre post "
    "lintang bujur latitude longitude koordinat date village district uuid index submission "
    "parent"
)
HEADER_WORDS = frozenset(_WORDS.split())

# A title block is a few lines; a table that starts lower than this is not looked for.
SEARCHED_ROWS = 60
_MOST_HEADER_ROWS = 4
# Rows below titles of unknown words that must say by their values that they are data.
_LOOKED_BELOW = 3

# What stands below "Jumlah Peserta" and says little without it.
_BARE_WORDS = "l p lk pr jml jumlah total laki perempuan pria wanita dewasa anak lakilaki"
_BARE = frozenset(_BARE_WORDS.split())
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*[,/(]?\s*)?"
_DAY_LIKE = re.compile(
    rf"{_WEEKDAY}(?:\d{{1,2}}[\s./-]+(?:\d{{1,2}}|[a-z]{{3,9}})[\s./-]+\d{{2,4}}"
    r"|\d{4}[./-]\d{1,2}[./-]\d{1,2}|20\d{6})(?:[\sT,]+\d{1,2}[.:]\d\d.*)?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it says, one text per column ("" for none)."""

    first_row: int
    last_row: int
    texts: tuple[str, ...]

    def columns(self, words: Collection[str]) -> frozenset[int]:
        """The columns whose titles hold one of these words."""
        return frozenset(
            column
            for column, text in enumerate(self.texts)
            if not set(words).isdisjoint(header_words(text))
        )

    @property
    def titles(self) -> int:
        return sum(bool(text) for text in self.texts)


def find_header(raw: RawSheet, words: Collection[str]) -> Header | None:
    """The header of a sheet: the row most like one, with the rows that belong to it."""
    candidates = raw.rows[:SEARCHED_ROWS]
    scores = [header_likeness(row.values, words) for row in candidates]
    best = max(scores, default=0)
    index = scores.index(best) if best else _above_data(raw)
    return None if index is None else header_at(raw, index)


def header_at(raw: RawSheet, index: int) -> Header:
    """The header that the row of this index is a part of."""
    return _Block(raw, index).header()


def header_likeness(values: Iterable[CellValue], words: Collection[str]) -> int:
    """How much a row looks like a header; 0 where fewer than two cells do.

    A cell made of known words only counts three, one with a known word among others counts one;
    numbers and dates speak against.
    """
    hits = points = 0
    seen: set[tuple[str, ...]] = set()
    for value in values:
        if is_blank(value):
            continue
        if not isinstance(value, str) or is_number_like(value):
            points -= 1
        elif len(value) <= LONGEST_TITLE and (parts := header_words(value)) not in seen:
            seen.add(parts)
            known = sum(part in words for part in parts)
            hits += known > 0
            points += 3 if known and known == len(parts) else (known > 0)
    return max(points, 1) if hits >= 2 else 0


def is_day_like(value: CellValue) -> bool:
    """Whether a cell is a date, or a text written as one."""
    if isinstance(value, str):
        return bool(_DAY_LIKE.fullmatch(value.strip()[:LONGEST_TITLE]))
    return isinstance(value, date)


def _above_data(raw: RawSheet) -> int | None:
    """The first row of texts that stands over dates or places, where no title is known."""
    for index, row in enumerate(raw.rows[:SEARCHED_ROWS]):
        cells = [value for value in row.values if not is_blank(value)]
        if len(cells) < 2 or not all(is_label(value) for value in cells):
            continue
        if any(is_place(value) or is_day_like(value) for value in cells):
            continue
        below = raw.rows[index + 1 : index + 1 + _LOOKED_BELOW]
        if any(
            2 <= filled(other.values) <= len(cells) + 1
            and any(is_day_like(value) or is_place(value) for value in other.values)
            for other in below
        ):
            return index
    return None


class _Block:
    """The rows that together make the header, grown from the row that looks most like one."""

    def __init__(self, raw: RawSheet, index: int) -> None:
        near = raw.rows[max(0, index - _MOST_HEADER_ROWS) : index + _MOST_HEADER_ROWS + 1]
        self._rows = {row.number: row.values for row in near}
        self._merges = [merge for merge in raw.merges if merge[0] in self._rows]
        self._first = self._last = raw.rows[index].number
        self._grow()

    def header(self) -> Header:
        numbers = range(self._first, self._last + 1)
        columns = max((width(self._rows.get(number, ())) for number in numbers), default=0)
        texts = tuple(self._joined(column) for column in range(columns))
        return Header(self._first, self._last, texts)

    def _grow(self) -> None:
        for _ in range(_MOST_HEADER_ROWS):
            before = (self._first, self._last)
            self._follow_merges()
            if self._is_below(self._last, self._last + 1):
                self._last += 1
            if self._is_below(self._first - 1, self._first) or self._is_group_row(self._first - 1):
                self._first -= 1
            if (self._first, self._last) == before or self._is_full():
                return

    def _is_full(self) -> bool:
        return self._last - self._first >= _MOST_HEADER_ROWS - 1

    def _follow_merges(self) -> None:
        """A cell merged over several rows of the header ties these rows together."""
        for top, _, bottom, _ in self._merges:
            is_tall = 0 < bottom - top < _MOST_HEADER_ROWS
            if is_tall and top <= self._last and bottom >= self._first:
                self._first, self._last = min(self._first, top), max(self._last, bottom)

    def _is_below(self, upper: int, lower: int) -> bool:
        """Whether `lower` holds the parts of the groups named in `upper`, and nothing else."""
        above, below = self._rows.get(upper, ()), self._rows.get(lower, ())
        parts = {column for column, value in enumerate(below) if not is_blank(value)}
        if len(parts) < 2 or filled(above) < 2 or not all(is_label(below[c]) for c in parts):
            return False
        groups = self._groups(upper)
        is_inside = all(column in groups for column in parts)
        is_under_blank = any(is_blank(at(above, column)) for column in parts)
        # A line of a title block stands over a full row; a group has plain titles beside it.
        has_plain = any(
            not is_blank(value) and column not in parts
            for number in range(min(self._first, upper), upper + 1)
            for column, value in enumerate(self._rows.get(number, ()))
        )
        return is_inside and is_under_blank and has_plain

    def _is_group_row(self, upper: int) -> bool:
        """Whether `upper` names groups of a full row of titles, and nothing else."""
        above, below = self._rows.get(upper, ()), self._rows.get(upper + 1, ())
        names = {column: value for column, value in enumerate(above) if not is_blank(value)}
        if not names or not all(is_label(v) and not str(v).strip().endswith(":")
                                for v in names.values()):  # fmt: skip
            return False
        spans = self._own_spans(upper)
        is_above_titles = all(not is_blank(at(below, column)) for column in names)
        return is_above_titles and set(names) == set(spans) and len(spans) < filled(below)

    def _own_spans(self, number: int) -> dict[int, list[int]]:
        """Column of a group's name -> its columns, where it certainly covers several of them.

        A merge says so; else titles that mean little alone, or that stand below two groups.
        """
        above, below = self._rows.get(number, ()), self._rows.get(number + 1, ())
        titles = [header_words(label(value)) for value in below]
        counts = Counter(titles)
        merged = {
            merge[1] - 1: list(range(merge[1] - 1, min(merge[3], MOST_COLUMNS)))
            for merge in self._merges
            if merge[0] == number and merge[3] > merge[1]
        }
        spans: dict[int, list[int]] = {}
        for column, value in enumerate(above):
            if is_blank(value):
                continue
            if column in merged:
                span = merged[column]
            else:
                span = []
                for place in range(column, len(titles)):
                    is_next = place > column and not is_blank(at(above, place))
                    is_part = bool(titles[place]) and (
                        counts[titles[place]] > 1 or set(titles[place]) <= _BARE
                    )
                    if is_next or not is_part:
                        break
                    span.append(place)
            if 2 <= len(span) < filled(below):
                spans[column] = span
        return spans

    def _groups(self, number: int) -> dict[int, int]:
        """Column -> column of the text that stands over it, for texts over several columns."""
        values = self._rows.get(number, ())
        if number < self._last and self._is_group_row(number):
            return {
                place: column for column, span in self._own_spans(number).items() for place in span
            }
        groups: dict[int, int] = {}
        merged = [merge for merge in self._merges if merge[0] == number and merge[3] > merge[1]]
        if merged:
            for _, left, _, right in merged:
                groups |= dict.fromkeys(range(left - 1, min(right, MOST_COLUMNS)), left - 1)
            return groups
        start = -1
        columns = max(len(values), width(self._rows.get(number + 1, ())))
        for column in range(columns):
            if not is_blank(at(values, column)):
                start = column
            elif start >= 0:
                groups[start] = groups[column] = start
        return groups

    def _joined(self, column: int) -> str:
        parts: list[str] = []
        for number in range(self._first, self._last + 1):
            text = self._text(number, column)
            if text and text not in parts:
                parts.append(text)
        return " / ".join(parts)

    def _text(self, number: int, column: int) -> str:
        own = label(at(self._rows.get(number, ()), column))
        if own or number == self._last:
            return own
        below = [at(self._rows.get(n, ()), column) for n in range(number + 1, self._last + 1)]
        if all(is_blank(value) for value in below):
            return ""
        over = self._groups(number).get(column, column)
        return label(at(self._rows.get(number, ()), over))


def distinct(texts: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Number repeated titles: "Ket", "Ket (2)"; returns also which were repeated."""
    taken = Counter(texts)
    seen: Counter[str] = Counter()
    named: list[str] = []
    for text in texts:
        seen[text] += 1
        number, name = seen[text], text
        while text and number > 1 and (name := f"{text} ({number})") in taken:
            number += 1
        taken[name] += 1
        named.append(name)
    return tuple(named), [text for text, count in seen.items() if text and count > 1]
