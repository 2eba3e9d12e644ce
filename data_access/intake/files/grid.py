"""A sheet as the file holds it, and what a cell tells by itself.

Owns the plain questions about cells and how places in a sheet are named for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.intake.model import CellError, CellValue, SheetRow

# A title is a few words; a long remark is no title.
LONGEST_TITLE = 120
# As many row numbers as a reader still takes in.
SHOWN_ROWS = 10

_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER_LIKE = re.compile(
    r"[(<>=~±+-]?\s*\d[\d.,:/\s%-]*\)?\s*(orang|jiwa|desa|kali|kegiatan|kunjungan|kasus)?"
)
_ORDINAL = re.compile(r"[\[(]?\s*(\d{1,5})\s*[.)\]]?")

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as the file holds it.

    Attributes:
        rows: rows that hold something, by ascending number; values from the first column on.
        merges: (first row, first column, last row, last column), 1-based and inclusive.
        is_text: from a csv, where a row longer than its header has slipped out of its columns.
        hidden_rows: numbers of the rows that the program does not show.
        hidden_columns: (first, last) of columns that it does not show, 1-based and inclusive.
        is_1904: whether bare numbers that are dates count from 1904.
    """

    name: str
    rows: tuple[SheetRow, ...]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    is_text: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    is_1904: bool = False


def is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def at(values: Sequence[CellValue], column: int) -> CellValue:
    return values[column] if column < len(values) else None


def filled(values: Sequence[CellValue]) -> int:
    # Asked of every row several times: `is_blank` is written out.
    return sum(
        1 for value in values if value is not None and (not isinstance(value, str) or value.strip())
    )


def cells_of(row: SheetRow) -> list[tuple[int, CellValue]]:
    """The cells that hold something, each with its 0-based column."""
    return [(column, value) for column, value in enumerate(row.values) if not is_blank(value)]


def width(values: Sequence[CellValue]) -> int:
    """Columns up to the last one that holds something."""
    for place in range(len(values), 0, -1):
        if not is_blank(values[place - 1]):
            return place
    return 0


def is_number_like(text: str) -> bool:
    return bool(_NUMBER_LIKE.fullmatch(text.strip().lower()[:LONGEST_TITLE]))


def is_label(value: CellValue) -> bool:
    """Whether a cell could be a title."""
    return isinstance(value, str) and len(value) <= LONGEST_TITLE and not is_number_like(value)


def label(value: CellValue) -> str:
    """A header cell as one line of text; a year over a column is a header too."""
    if isinstance(value, str):
        return " ".join(value.split())[:LONGEST_TITLE]
    if isinstance(value, CellError) or value is None:
        return ""
    return str(value)


def header_words(text: str) -> tuple[str, ...]:
    """The words of a header in lower case: "Hari/Tanggal" -> ("hari", "tanggal")."""
    return tuple(_NOT_WORD.sub(" ", text.casefold()).split())


def ordinal(value: CellValue) -> int | None:
    """The number of a row or column: 3, "3", "3.", "(3)"."""
    if isinstance(value, str):
        found = _ORDINAL.fullmatch(value.strip())
        return int(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == int(value) else None


def row_list(numbers: Sequence[int]) -> str:
    """ "baris 3, 5–7 dan 12 baris lain" from ascending numbers."""
    runs = list(_runs(numbers))
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:SHOWN_ROWS]]
    hidden = sum(b - a + 1 for a, b in runs[SHOWN_ROWS:])
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
