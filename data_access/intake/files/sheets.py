"""From a sheet as it stands to one header row and the data rows below it.

Owns what officers put around a table: a title block above, headers over two rows, a row of
column numbers, totals, repeated headers and signatures below. Nothing is dropped in silence:
what is left out is named in a note with the sheet's own row numbers. Values are never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data_access.intake.files.errors import HeaderNotFoundError, SourceEmptyError
from data_access.intake.files.spreadsheets.limits import MOST_COLUMNS
from data_access.intake.model import CellError, CellValue, RowError, Sheet, SheetRow

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
_SEARCHED_ROWS = 60
_LONGEST_HEADER = 120
_MOST_HEADER_ROWS = 4
# As many row numbers as a reader still takes in.
_SHOWN_ROWS = 10

_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER_LIKE = re.compile(
    r"[(<>=~±+-]?\s*\d[\d.,:/\s%-]*\)?\s*(orang|jiwa|desa|kali|kegiatan|kunjungan|kasus)?"
)
# The kabupaten itself below its kecamatan is their sum.
_TOTAL = re.compile(
    r"((grand|sub)\s?)?(total|jumlah|jml|subtotal|rata rata|rerata)(\s.*)?"
    r"|kab(upaten)? serang",
    re.IGNORECASE,
)
_ORDER_HEADERS = {"no", "nomor", "nomer", "no urut", "nomor urut", "nourut"}
_FOOTER = re.compile(
    r"mengetahui|menyetujui|mengesahkan|dibuat oleh|disusun oleh|diperiksa oleh|penanggung ?jawab"
    r"|kepala (kantor|seksi|subseksi|bidang|desa)|\bnip\b|tanda ?tangan|\bttd\b|^\s*(catatan|ket"
    r"|keterangan|sumber)\s*:|^\s*[a-z .]{3,30},\s*(\d{1,2}|[. _…]+)\s*\w+\s*\d{4}\s*$|^\s*\*",
    re.IGNORECASE,
)

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as the file holds it.

    Attributes:
        rows: rows that hold something, by ascending number; values from the first column on.
        merges: (first row, first column, last row, last column), 1-based and inclusive.
        is_text: from a csv, where a row longer than its header has slipped out of its columns.
    """

    name: str
    rows: tuple[SheetRow, ...]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header stands and what it says, one text per column ("" for none)."""

    first_row: int
    last_row: int
    texts: tuple[str, ...]


def find_tables(
    file_name: str, raws: Sequence[RawSheet], words: Collection[str] = HEADER_WORDS
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Find the table of every sheet.

    Args:
        file_name: for messages.
        words: lower-case words that headers consist of.

    Returns:
        The sheets with a recognisable header, in file order, and notes about the others.

    Raises:
        SourceEmptyError: if no sheet holds anything.
        HeaderNotFoundError: if no sheet has a recognisable header.
    """
    filled = [raw for raw in raws if raw.rows]
    if not filled:
        raise SourceEmptyError(file_name)
    known = frozenset(words)
    sheets: list[Sheet] = []
    notes = [f"Lembar “{raw.name}” kosong." for raw in raws if not raw.rows]
    for raw in filled:
        header = _find_header(raw, known)
        if header is None:
            notes.append(f"Lembar “{raw.name}” dilewati: tidak ada baris judul yang dikenal.")
        else:
            sheets.append(_reduced(raw, header))
    if not sheets:
        raise HeaderNotFoundError(file_name, [raw.name for raw in filled])
    return tuple(sheets), tuple(notes)


def header_words(text: str) -> tuple[str, ...]:
    """The words of a header in lower case: "Hari/Tanggal" -> ("hari", "tanggal")."""
    return tuple(_NOT_WORD.sub(" ", text.casefold()).split())


def header_likeness(values: Iterable[CellValue], words: Collection[str]) -> int:
    """How much a row looks like a header; 0 where fewer than two cells do.

    A cell made of known words only counts three, one with a known word among others counts one;
    numbers and dates speak against.
    """
    hits = points = 0
    seen: set[tuple[str, ...]] = set()
    for value in values:
        if _is_blank(value):
            continue
        if not isinstance(value, str) or _is_number_like(value):
            points -= 1
        elif len(value) <= _LONGEST_HEADER and (parts := header_words(value)) not in seen:
            seen.add(parts)
            known = sum(part in words for part in parts)
            hits += known > 0
            points += 3 if known and known == len(parts) else (known > 0)
    return max(points, 1) if hits >= 2 else 0


# --- the header --------------------------------------------------------------------------


def _find_header(raw: RawSheet, words: Collection[str]) -> _Header | None:
    candidates = raw.rows[:_SEARCHED_ROWS]
    scores = [header_likeness(row.values, words) for row in candidates]
    best = max(scores)
    if best == 0:
        return None
    return _Block(raw, scores.index(best)).header()


class _Block:
    """The rows that together make the header, grown from the row that looks most like one."""

    def __init__(self, raw: RawSheet, index: int) -> None:
        self._rows = {row.number: row.values for row in raw.rows[: _SEARCHED_ROWS + 5]}
        self._merges = [merge for merge in raw.merges if merge[0] in self._rows]
        self._first = self._last = raw.rows[index].number
        self._grow()

    def header(self) -> _Header:
        numbers = range(self._first, self._last + 1)
        width = max((_width(self._rows.get(number, ())) for number in numbers), default=0)
        texts = tuple(self._joined(column) for column in range(width))
        return _Header(self._first, self._last, texts)

    def _grow(self) -> None:
        for _ in range(_MOST_HEADER_ROWS):
            before = (self._first, self._last)
            self._follow_merges()
            if self._is_below(self._last, self._last + 1):
                self._last += 1
            if self._is_below(self._first - 1, self._first):
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
        parts = {column for column, value in enumerate(below) if not _is_blank(value)}
        if len(parts) < 2 or _filled(above) < 2 or not all(_is_label(below[c]) for c in parts):
            return False
        groups = self._groups(upper)
        is_inside = all(column in groups for column in parts)
        is_under_blank = any(_is_blank(_at(above, column)) for column in parts)
        # A line of a title block stands over a full row; a group has plain titles beside it.
        has_plain = any(
            not _is_blank(value) and column not in parts for column, value in enumerate(above)
        )
        return is_inside and is_under_blank and has_plain

    def _groups(self, number: int) -> dict[int, int]:
        """Column -> column of the text that stands over it, for texts over several columns."""
        values = self._rows.get(number, ())
        groups: dict[int, int] = {}
        merged = [merge for merge in self._merges if merge[0] == number and merge[3] > merge[1]]
        if merged:
            for _, left, _, right in merged:
                groups |= dict.fromkeys(range(left - 1, min(right, MOST_COLUMNS)), left - 1)
            return groups
        start = -1
        width = max(len(values), _width(self._rows.get(number + 1, ())))
        for column in range(width):
            if not _is_blank(_at(values, column)):
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
        own = _label(_at(self._rows.get(number, ()), column))
        if own or number == self._last:
            return own
        below = [_at(self._rows.get(n, ()), column) for n in range(number + 1, self._last + 1)]
        if all(_is_blank(value) for value in below):
            return ""
        over = self._groups(number).get(column, column)
        return _label(_at(self._rows.get(number, ()), over))


# --- the rows below ----------------------------------------------------------------------


class _Body:
    """The rows below a header, taken apart into data and what surrounds it."""

    def __init__(self, raw: RawSheet, header: _Header) -> None:
        start = bisect_right([row.number for row in raw.rows], header.last_row)
        self._header = header
        self._width = len(header.texts)
        self._titles = sum(bool(text) for text in header.texts)
        self._header_keys = {
            tuple(header_words(_label(value)) for value in row.values if not _is_blank(value))
            for row in raw.rows
            if header.first_row <= row.number <= header.last_row
        }
        self.rows: list[SheetRow] = list(raw.rows[start:])
        self.notes: list[str] = []

    def reduce(self) -> None:
        """Leave out what is no data, in the order in which it can be told apart."""
        self._leave_numbering()
        self._leave(_is_total, "Baris jumlah/total tidak dibaca: {rows}.")
        self._leave_footer()
        self._leave(self._is_repeated_header, "Judul yang berulang tidak dibaca: {rows}.")
        self._leave(self._is_only_numbered, "Baris yang hanya bernomor urut tidak dibaca: {rows}.")

    def _leave(self, is_left: Callable[[SheetRow], bool], sentence: str) -> None:
        left = {row.number for row in self.rows if is_left(row)}
        if left:
            self.rows = [row for row in self.rows if row.number not in left]
            self.notes.append(sentence.format(rows=row_list(sorted(left))))

    def _leave_numbering(self) -> None:
        if self.rows and self._is_numbering(self.rows[0]):
            self.notes.append(f"Baris nomor kolom tidak dibaca: baris {self.rows[0].number}.")
            del self.rows[0]

    def _is_numbering(self, row: SheetRow) -> bool:
        """ "1 2 3 4" or "(1) (2) (3)" under at least half of the titles."""
        cells = [value for value in row.values if not _is_blank(value)]
        if len(cells) < 3 or 2 * len(cells) < self._titles:
            return False
        return all(_ordinal(cell) == place for place, cell in enumerate(cells, start=1))

    def _is_repeated_header(self, row: SheetRow) -> bool:
        texts = [value for value in row.values if not _is_blank(value)]
        if len(texts) < 2 or not all(isinstance(value, str) for value in texts):
            return False
        return tuple(header_words(_label(value)) for value in texts) in self._header_keys

    def _is_only_numbered(self, row: SheetRow) -> bool:
        """A row of a form nobody filled in: its number, and sums of nothing."""
        rest = [
            value
            for column, value in enumerate(row.values)
            if not _is_blank(value) and not self._is_order(column)
        ]
        is_numbered = len(rest) < _filled(row.values)
        return is_numbered and all(_is_zero(value) for value in rest)

    def _is_order(self, column: int) -> bool:
        if column >= self._width:
            return False
        return " ".join(header_words(self._header.texts[column])) in _ORDER_HEADERS

    def _leave_footer(self) -> None:
        """Signatures and remarks: the thin rows at the very end, from the first that says so."""
        start = len(self.rows)
        while start > 0 and self._is_thin(self.rows[start - 1]):
            start -= 1
        while start < len(self.rows) and not _is_signature(self.rows[start]):
            start += 1
        if start < len(self.rows):
            listing = row_list([row.number for row in self.rows[start:]])
            del self.rows[start:]
            self.notes.append(f"Catatan atau tanda tangan di bawah tabel tidak dibaca: {listing}.")

    def _is_thin(self, row: SheetRow) -> bool:
        return _filled(row.values) <= (2 if self._titles >= 4 else 1)


def _reduced(raw: RawSheet, header: _Header) -> Sheet:
    body = _Body(raw, header)
    body.reduce()
    texts, repeated = _distinct(header.texts)
    notes = [f"Lembar “{raw.name}” tersembunyi, tetapi ikut dibaca."] if raw.is_hidden else []
    notes += _untitled_notes(header, body.rows, raw)
    notes += [f"Judul kolom “{text}” muncul lebih dari sekali; diberi nomor." for text in repeated]
    notes += body.notes
    if raw.is_text:
        rows, more = _fit_text(body.rows, len(texts), header)
    else:
        rows, more = [_fitted(row, len(texts)) for row in body.rows], _merge_notes(raw, body.rows)
    notes += more
    if not rows:
        notes.append(f"Lembar “{raw.name}” hanya berisi judul, tanpa baris data.")
    return Sheet(raw.name, texts, header.last_row, tuple(rows), tuple(notes))


def _distinct(texts: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Number repeated titles: "Ket", "Ket (2)"; returns also which were repeated."""
    taken = Counter(texts)
    seen: Counter[str] = Counter()
    distinct: list[str] = []
    for text in texts:
        seen[text] += 1
        number, name = seen[text], text
        while text and number > 1 and (name := f"{text} ({number})") in taken:
            number += 1
        taken[name] += 1
        distinct.append(name)
    return tuple(distinct), [text for text, count in seen.items() if text and count > 1]


def _untitled_notes(header: _Header, rows: Sequence[SheetRow], raw: RawSheet) -> list[str]:
    width = len(header.texts)
    untitled = {
        column
        for row in rows
        for column, value in enumerate(row.values)
        if not _is_blank(value)
        and (not header.texts[column] if column < width else not raw.is_text)
    }
    if not untitled:
        return []
    letters = ", ".join(column_letters(column) for column in sorted(untitled)[:_SHOWN_ROWS])
    return [f"Kolom tanpa judul tidak dibaca: {letters}."]


def _fitted(row: SheetRow, width: int) -> SheetRow:
    if len(row.values) == width:
        return row
    padded = (*row.values, *[None] * (width - len(row.values)))
    return replace(row, values=padded[:width])


def _fit_text(
    rows: Iterable[SheetRow], width: int, header: _Header
) -> tuple[list[SheetRow], list[str]]:
    """Rows of a csv: one that is too long has slipped, so none of its cells can be trusted."""
    fitted: list[SheetRow] = []
    short: list[int] = []
    long: list[int] = []
    for row in rows:
        found = _width(row.values)
        if found > width:
            long.append(row.number)
            fault = RowError(f"baris berisi {found} kolom, judulnya {width}")
            fitted.append(replace(row, values=(fault,) * width))
            continue
        if len(row.values) < width:
            short.append(row.number)
        fitted.append(_fitted(row, width))
    notes = []
    if long:
        notes.append(
            f"Jumlah kolom melebihi judul (baris {header.last_row}), periksa pemisah dan tanda "
            f"petik: {row_list(long)}."
        )
    if short:
        notes.append(f"Jumlah kolom kurang dari judul, sisanya kosong: {row_list(short)}.")
    return fitted, notes


def _merge_notes(raw: RawSheet, rows: Sequence[SheetRow]) -> list[str]:
    """Cells merged over several data rows hold a value in the first of them only."""
    numbers = {row.number for row in rows}
    found = [
        f"{column_letters(left - 1)}{top}:{column_letters(right - 1)}{bottom}"
        for top, left, bottom, right in raw.merges
        if bottom > top and (top in numbers or bottom in numbers)
    ]
    if not found:
        return []
    more = f" dan {len(found) - 5} lainnya" if len(found) > 5 else ""
    return [
        f"Sel gabungan di antara baris data ({', '.join(found[:5])}{more}) hanya terbaca di baris "
        "pertamanya; pisahkan selnya dan isi tiap baris."
    ]


# --- cells -------------------------------------------------------------------------------


def row_list(numbers: Sequence[int]) -> str:
    """ "baris 3, 5–7 dan 12 baris lain" from ascending numbers."""
    runs = list(_runs(numbers))
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:_SHOWN_ROWS]]
    hidden = sum(b - a + 1 for a, b in runs[_SHOWN_ROWS:])
    return f"baris {', '.join(shown)}" + (f" dan {hidden} baris lain" if hidden else "")


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = previous = None
    for number in numbers:
        if start is None or previous is None:
            start = number
        elif number != previous + 1:
            yield start, previous
            start = number
        previous = number
    if start is not None and previous is not None:
        yield start, previous


def column_letters(column: int) -> str:
    """The name of a 0-based column as spreadsheets show it: 0 -> "A", 27 -> "AB"."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_total(row: SheetRow) -> bool:
    """ "Jumlah | | 120": a word for a sum first, and nothing but numbers after it."""
    cells = [value for value in row.values if not _is_blank(value)]
    first = cells[0]
    if not isinstance(first, str) or not _TOTAL.fullmatch(" ".join(header_words(first))):
        return False
    return all(_is_sum(value) for value in cells[1:])


def _is_sum(value: CellValue) -> bool:
    if isinstance(value, str):
        return _is_number_like(value) or value.strip() in ("-", "–")
    return not isinstance(value, date)


def _is_zero(value: CellValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == 0


def _is_signature(row: SheetRow) -> bool:
    return any(isinstance(value, str) and _FOOTER.search(value) for value in row.values)


def _is_number_like(text: str) -> bool:
    return bool(_NUMBER_LIKE.fullmatch(text.strip().lower()[:_LONGEST_HEADER]))


def _is_label(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_HEADER and not _is_number_like(value)


def _label(value: CellValue) -> str:
    """A header cell as one line of text; a year over a column is a header too."""
    if isinstance(value, str):
        return " ".join(value.split())[:_LONGEST_HEADER]
    if isinstance(value, CellError) or value is None:
        return ""
    return str(value)


def _ordinal(value: CellValue) -> int | None:
    if isinstance(value, str):
        digits = value.strip().strip("().")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _at(values: Sequence[CellValue], column: int) -> CellValue:
    return values[column] if column < len(values) else None


def _filled(values: Sequence[CellValue]) -> int:
    return sum(not _is_blank(value) for value in values)


def _width(values: Sequence[CellValue]) -> int:
    """Columns up to the last one that holds something."""
    return max((i for i, value in enumerate(values, start=1) if not _is_blank(value)), default=0)
