"""Reads csv and tsv as officers' programs write them.

Owns the encoding, the separator and the shape of rows. Row numbers are those a spreadsheet
program shows: a cell with line breaks is still one row, a blank line is a row of its own.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from data_access.intake.files.errors import (
    CellTooLargeError,
    EncodingUnknownError,
    FormatUnknownError,
    QuotesBrokenError,
    TooManyCellsError,
    TooManyColumnsError,
    TooManyRowsError,
)
from data_access.intake.files.grid import RawSheet, row_list
from data_access.intake.files.header import header_likeness
from data_access.intake.files.spreadsheets.limits import (
    LEAST_CELLS_A_ROW,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_KEPT_ROWS,
    MOST_ROWS,
)
from data_access.intake.model import NUL_SHOWN, CellError, CellValue, SheetRow
from data_access.intake.signs import without_marks

# The first counts where two are as good as each other.
SEPARATORS = (";", ",", "\t", "|", "^", "~")

# Enough for a title block, the header and some rows.
_SAMPLE_CHARACTERS = 64 * 1024
_SAMPLE_ROWS = 60
# A text may hold a stray NUL; where one byte in fifty is NUL it is no text.
_NUL_SHARE = 50
_HINT = "sep="

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file taken apart; `kind` is "tsv" where tabs separate, else "csv"."""

    kind: str
    sheet: RawSheet
    notes: tuple[str, ...]


RowsRead = Callable[[int], None]

# Rows between two calls of the progress.
_STEP = 5_000


def tell_nobody(_rows: int) -> None:
    """Take no notice of how many rows were read."""


def read_text(
    data: bytes, name: str, words: Collection[str], progress: RowsRead = tell_nobody
) -> TextTable:
    """Read a csv or tsv.

    Args:
        words: lower-case header words; they tell a separator from a decimal comma.
        progress: called with the number of rows read so far.

    Raises:
        EncodingUnknownError, FormatUnknownError: if it is no text.
        QuotesBrokenError: if a quote is not closed or stands in the wrong place.
        CellTooLargeError, TooManyColumnsError, TooManyCellsError, TooManyRowsError: beyond the
            limits.
    """
    encoding = find_encoding(data, name)
    notes = []
    unwrapped = _unwrapped(data, encoding)
    if unwrapped is not None:
        data, encoding = unwrapped, "utf-8"
        notes.append("Setiap baris terbungkus tanda petik; dibaca menurut isi petiknya.")
    if encoding == "cp1252":
        notes.append(
            "Berkas tidak memakai UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen."
        )
    sample = without_marks(_opened(data, encoding).read(_SAMPLE_CHARACTERS))
    hint = _hinted_separator(sample)
    # The hint is no row: spreadsheet programs do not show it.
    rest = sample.partition("\n")[2] or sample.partition("\r")[2] if hint else sample
    separator = find_separator(rest, words, hint)
    if hint and separator != hint:
        notes.append(
            f"Baris pertama menyebut pemisah “{hint}”, tetapi isinya dipisahkan “{separator}”; "
            "dibaca menurut isinya."
        )
    stream = _opened(data, encoding, has_hint=bool(hint))
    rows = _kept(_rows(stream, separator, name), name, progress)
    with_nul = [row.number for row in rows if any(isinstance(v, CellError) for v in row.values)]
    if with_nul:
        notes.append(f"Sel berisi karakter NUL tidak dipakai: {row_list(with_nul)}.")
    kind = "tsv" if separator == "\t" else "csv"
    return TextTable(kind, RawSheet(name, rows, is_text=True), tuple(notes))


def _kept(rows: Iterable[SheetRow], name: str, progress: RowsRead) -> tuple[SheetRow, ...]:
    """All rows; of a file with too many only the number is wanted in the end."""
    kept: list[SheetRow] = []
    count = 0
    for count, row in enumerate(rows, start=1):
        if count % _STEP == 1:
            progress(count - 1)
        if count <= MOST_KEPT_ROWS:
            kept.append(row)
    if count > MOST_KEPT_ROWS:
        raise TooManyRowsError(name, count, MOST_ROWS)
    return tuple(kept)


def find_encoding(data: bytes, name: str) -> str:
    """The codec of a text: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        EncodingUnknownError: if none of them fits.
        FormatUnknownError: if it is full of NUL bytes.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data, encoding, name)
    if data.count(0) * _NUL_SHARE > len(data):
        raise FormatUnknownError(name, "data biner atau teks UTF-16 tanpa penanda (BOM)")
    try:
        return _checked(data, "utf-8", name)
    except EncodingUnknownError:
        return _checked(data, "cp1252", name)


def _checked(data: bytes, encoding: str, name: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    step = 1 << 20
    try:
        for start in range(0, len(data), step):
            decoder.decode(data[start : start + step])
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise EncodingUnknownError(name) from error
    return encoding


def _opened(data: bytes, encoding: str, *, has_hint: bool = False) -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    if has_hint:
        stream.readline()
    return stream


def _unwrapped(data: bytes, encoding: str) -> bytes | None:
    """The rows of a csv each of which was saved as one quoted cell; None for any other."""
    sample = _opened(data, encoding).read(_SAMPLE_CHARACTERS)
    lines = sample.splitlines()[:_SAMPLE_ROWS]
    if len(lines) < 2 or not all(_WRAPPED.fullmatch(line) for line in lines[:-1] if line):
        return None
    if not any(separator in lines[0] for separator in SEPARATORS):
        return None
    rows = csv.reader(_opened(data, encoding))
    try:
        return "\n".join(row[0] if len(row) == 1 else "" for row in rows).encode()
    except csv.Error:
        return None


# One quoted cell: every quote inside is doubled.
_WRAPPED = re.compile(r'"(?:[^"]|"")*"[;,\t]*')


def _hinted_separator(sample: str) -> str:
    """The separator of a first line `sep=;`, "" without one."""
    line = re.split(r"[\r\n]", sample, maxsplit=1)[0].strip().strip('"')
    if sample[:10].lower().lstrip('"').startswith(f"{_HINT}\t"):
        return "\t"
    is_hint = line.lower().startswith(_HINT) and len(line) == len(_HINT) + 1
    return line[-1] if is_hint and not line[-1].isalnum() else ""


def find_separator(sample: str, words: Collection[str], hint: str = "") -> str:
    """The separator that gives the best header, then the most even rows, then most columns."""
    # Of two that are as good as each other the first counts.
    separators = dict.fromkeys((*filter(None, [hint]), *SEPARATORS))
    return max(separators, key=lambda separator: _evidence(sample, separator, words))


def _evidence(sample: str, separator: str, words: Collection[str]) -> tuple[int, float, int]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        # What was read up to a damaged cell still tells the separator.
        pass
    widths = [len(row) for row in rows]
    common = max(set(widths), key=widths.count, default=1)
    likeness = max((header_likeness(row, words) for row in rows), default=0)
    evenness = widths.count(common) / len(widths) if common > 1 else 0.0
    return likeness, evenness, common


def _rows(stream: io.TextIOWrapper, separator: str, name: str) -> Iterator[SheetRow]:
    number = cells = 0
    reader = csv.reader(stream, delimiter=separator, strict=True)
    try:
        for number, texts in enumerate(reader, start=1):
            if len(texts) > MOST_COLUMNS and any(text.strip() for text in texts[MOST_COLUMNS:]):
                raise TooManyColumnsError(name, name, number, MOST_COLUMNS)
            values = tuple(_value(text, name, number) for text in texts)
            cells += max(len(values), LEAST_CELLS_A_ROW)
            if cells > MOST_CELLS:
                raise TooManyCellsError(name, name, MOST_CELLS)
            if any(value is not None for value in values):
                yield SheetRow(number, values)
    except csv.Error as error:
        # The module has one error for all; only this text tells a huge cell from a lost quote.
        if "field larger" in str(error):
            raise CellTooLargeError(name, name, number + 1, MOST_CHARACTERS) from error
        raise QuotesBrokenError(name, number + 1) from error


def _value(text: str, name: str, number: int) -> CellValue:
    if not text or text.isspace():
        return None
    if len(text) > MOST_CHARACTERS:
        raise CellTooLargeError(name, name, number, MOST_CHARACTERS)
    if "\0" in text:
        return CellError(text.replace("\0", NUL_SHOWN)[:60])
    return text
