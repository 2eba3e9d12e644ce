"""Rows inside and below a table that are no data, each told by itself.

Owns what a sum, a line of column numbers, a page number and a signature look like. A row that is
not certainly one of them is data: better refused aloud than lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from data_access.intake.files.grid import (
    LONGEST_TITLE,
    cells_of,
    header_words,
    is_blank,
    is_number_like,
    ordinal,
)
from data_access.intake.files.header import is_day_like
from data_access.intake.model import CellError, CellValue, SheetRow
from geo.area import area

# The kabupaten itself below its kecamatan is their sum.
_TOTAL = re.compile(
    r"((grand|sub)\s?)?(total|jumlah|jml|subtotal|rata rata|rerata|sum|pindahan|dipindahkan)(\s.*)?"
    rf"|kab(upaten)? {re.escape(area().short_name)}",
    re.IGNORECASE,
)
_BARE_TOTAL = re.compile(
    r"(grand |sub )?(total|jumlah|jml|subtotal)( (total|seluruhnya|keseluruhan|akhir|umum))?"
)
_TOTAL_INITIALS = frozenset("tjgsrpdkTJGSRPDK")
_UNITS = frozenset({"-", "–", "orang", "jiwa", "kali", "desa", "kegiatan", "kunjungan", "kasus"})

# "8=6+7", "(8 = 6 + 7)", "6+7": the column of a sum.
_SUM_OF_COLUMNS = re.compile(
    r"\(?\s*(?:(\d{1,3})\s*=\s*)?\(?\d{1,3}\)?(?:\s*[-+x×:/]\s*\(?\d{1,3}\)?)+\s*\)?"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")

_PAGE = re.compile(
    r"(?:(?:hal(?:aman)?|page|lembar(?: ke)?)\b[\s.:-]*\d{1,4}(?:\s*(?:dari|of|/)\s*\d{1,4})?"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:dari|of)\s*\d{1,4}"
    r"|\(?(?:lanjutan|bersambung|dilanjutkan)[^|]{0,40}\)?)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\W*(?:mengetahui|menyetujui|mengesahkan|disetujui|disahkan|dibuat oleh|disusun oleh"
    r"|diperiksa oleh|pembuat (?:laporan|daftar)|yang (?:membuat|melapor)|pelapor,|hormat kami"
    r"|penanggung ?jawab|a\.?n\.? kepala|plt\.|plh\.|camat\b|kasubsi|kasi\b|kasubag|ketua tim"
    r"|kepala (?:kantor|seksi|sub|bidang|desa|dinas|uptd)|petugas,|pimpasa,)"
    r"|\bnip\b\W*\d*|tanda ?tangan|\bttd\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"^\W*(?:catatan|ket|keterangan|sumber|n\.?b|note|p\.?s)\s*[:.]|^\s*\*+\)?\s*\w.{5}"
    r"|^\W*(?:dicetak|tanggal cetak|waktu cetak|diunduh|dibuat pada|data per|update|diperbarui)\b",
    re.IGNORECASE,
)
# "Serang, 31 Juli 2026" and "Serang, ..... 2026".
_PLACE_AND_DAY = re.compile(
    r"\s*[a-z .]{3,30},\s*(?:tgl\.?|tanggal)?\s*(?:\d{1,2}|[. _…]+)\s*[-/ ]?\s*[\w.…]*\s*[-/ ]?"
    r"\s*(?:\d{4}|20[.…_]+)\s*",
    re.IGNORECASE,
)
_PLACE_OF_DAY = re.compile(r"\s*[a-z .]{3,30},\s*", re.IGNORECASE)
# What a form that nobody filled in shows in its formulas and check boxes.
_NOTHING = re.compile(r"[-–]|0+([.,]0+)?\s?%?|rp\s?[-–0]|false|salah", re.IGNORECASE)


def is_total(row: SheetRow, names: Collection[int] = ()) -> bool:
    """ "Jumlah | | 120": a word for a sum, and nothing but numbers beside it, in any order.

    Args:
        names: columns of indicators, where "Jumlah kunjungan" is a name. It is one as well where
            a number or a year stands before it; there only the bare word is a sum.
    """
    cells = cells_of(row)
    words = [(column, str(value)) for column, value in cells if _may_be_word(value)]
    if not words or any(isinstance(value, date) for _, value in cells):
        return False
    column, first = words[0]
    is_bare = column in names or cells[0][0] < column
    if not _is_total_word(first, bare=is_bare):
        return False
    return all(_is_total_word(word) or _is_unit(word) for _, word in words[1:])


def _may_be_word(value: CellValue) -> bool:
    return isinstance(value, str) and not is_blank(value) and not is_number_like(value)


def starts_like_total(row: SheetRow) -> bool:
    """Whether a closer look for a sum is worth its time: the first text begins like one."""
    for value in row.values:
        if value.__class__ is str and (start := value.lstrip()[:1]) and not start.isdigit():
            return start in _TOTAL_INITIALS
    return False


def _is_total_word(text: str, *, bare: bool = False) -> bool:
    words = header_words(text[:LONGEST_TITLE])
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ("".join(words),)  # "J U M L A H"
    return bool((_BARE_TOTAL if bare else _TOTAL).fullmatch(" ".join(words)))


def _is_unit(text: str) -> bool:
    return text.strip().casefold() in _UNITS


def is_numbering(row: SheetRow, titles: int) -> bool:
    """ "1 2 3 4", "(1) (2) (3)", "8=6+7" or "I II III" under at least half of the titles."""
    cells = [value for _, value in cells_of(row)]
    if len(cells) < 3 or 2 * len(cells) < titles:
        return False
    return all(_column_number(cell, place) == place for place, cell in enumerate(cells, start=1))


def _column_number(value: CellValue, place: int) -> int | None:
    number = ordinal(value)
    if number is not None or not isinstance(value, str):
        return number
    text = value.strip().strip("().[]").casefold()
    found = _SUM_OF_COLUMNS.fullmatch(text)
    if found:
        return int(found[1]) if found[1] else place
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    return ord(text) - ord("a") + 1 if len(text) == 1 and text.isascii() else None


def is_page_number(row: SheetRow) -> bool:
    texts = [value for value in row.values if not is_blank(value)]
    return len(texts) == 1 and isinstance(texts[0], str) and bool(_PAGE.fullmatch(texts[0].strip()))


def is_signature(row: SheetRow) -> bool:
    """Whether a cell of a row belongs below a table: a signature, its place and day, a remark."""
    texts = [value for value in row.values if isinstance(value, str)]
    if any(_SIGNATURE.search(t) or _REMARK.search(t) or _PLACE_AND_DAY.fullmatch(t) for t in texts):
        return True
    # "Serang," beside a cell with the day.
    cells = [value for _, value in cells_of(row)]
    is_place = bool(texts) and bool(_PLACE_OF_DAY.fullmatch(texts[0]))
    return is_place and len(cells) == 2 and is_day_like(cells[1])


def says_nothing(value: CellValue) -> bool:
    """Whether a cell is what an empty form holds: zero, an empty box, a formula's error."""
    if isinstance(value, str):
        return bool(_NOTHING.fullmatch(value.strip()))
    return isinstance(value, CellError) or value in (None, 0)
