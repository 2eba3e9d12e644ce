"""Tables of places as offices save them: any delimiter and encoding, titles above the header."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import NotATableError

MEGABYTE = 1024 * 1024
# All desa of the country, with their codes, take half of it.
MOST_TABLE_BYTES = 20 * MEGABYTE
MOST_ROWS = 50_000
# Titles, dates and blank lines above the header of an office's table.
_MOST_ROWS_ABOVE = 20
_DELIMITERS = ",;\t|"
# What Excel writes where nobody asks it for UTF-8.
_FALLBACK_ENCODING = "cp1252"
# Excel's own first line, which says how the others are cut.
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*\r?\n", re.IGNORECASE)

# Header words without blanks and signs; a code or a number of desa is no name.
_HEADERS = {
    "kecamatan": re.compile(r"(?:nama|nm)?(?:kecamatan|kec|distrik|district|wadmkc)(?:distrik)?"),
    "desa": re.compile(
        r"(?:nama|nm)?(?:desa|ds|kelurahan|kel|village|wadmkd)(?:(?:atau)?(?:kelurahan|kel|desa))?"
        r"(?:binaan)?"
    ),
}


@dataclass(frozen=True)
class Places:
    """A table of places.

    Attributes:
        header: its column names.
        rows: its rows as text, all of the header's length.
        skipped: how many rows stood above the header.
    """

    header: list[str]
    rows: list[list[str]]
    skipped: int = 0

    def column(self, name: str) -> list[str]:
        """The texts of the column that names a kecamatan or desa; blank where there is none."""
        at = _positions(self.header, name)
        return [row[at[0]] if at else "" for row in self.rows]


def read_places(path: Path) -> Places:
    """Read a table with names of kecamatan and desa (any order, case and delimiter).

    Raises:
        NotATableError: if it is no such table.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotATableError(path, "bukan berkas biasa (misalnya folder)")
        if status.st_size > MOST_TABLE_BYTES:
            raise NotATableError(path, "terlalu besar")
        return _table(path, _text(path, path.read_bytes()))
    except FileNotFoundError as error:
        raise NotATableError(path, "berkas tidak ditemukan") from error
    except UnicodeDecodeError as error:
        raise NotATableError(path, "bukan teks") from error
    except csv.Error as error:
        raise NotATableError(path, "susunan CSV-nya rusak") from error
    except (OSError, ValueError) as error:
        raise NotATableError(path, "tidak terbaca") from error


def _text(path: Path, data: bytes) -> str:
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotATableError(path, "buku kerja Excel; simpan lembarnya sebagai CSV")
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding.startswith(("utf-16", "utf-32")) or b"\x00" in data:
            raise
        return data.decode(_FALLBACK_ENCODING)


def _table(path: Path, text: str) -> Places:
    said = _SEPARATOR_LINE.match(text)
    above = 1 if said else 0
    body = text[said.end() :] if said else text
    head = "\n".join(body.splitlines()[:_MOST_ROWS_ABOVE])
    delimiter = said[1] if said else max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(body), delimiter=delimiter)
    rows = [(reader.line_num + above, row) for row in reader if any(row)]
    if len(rows) > MOST_ROWS:
        raise NotATableError(path, f"lebih dari {MOST_ROWS} baris; bagi menjadi beberapa tabel")
    return _checked(path, rows)


def _checked(path: Path, rows: Sequence[tuple[int, list[str]]]) -> Places:
    if not rows:
        raise NotATableError(path, "kosong")
    at = next((i for i, (_, row) in enumerate(rows[:_MOST_ROWS_ABOVE]) if _names_places(row)), None)
    if at is None:
        shown = ", ".join(filter(None, rows[0][1]))[:80]
        raise NotATableError(path, f"tidak ada baris judul; baris pertamanya {shown}")
    header, width = rows[at][1], len(rows[at][1])
    for name in _HEADERS:
        held = [header[i] for i in _positions(header, name)]
        if len(held) > 1:
            raise NotATableError(path, f"dua kolom {name} ({' dan '.join(held)}); sisakan satu")
    for line, row in rows[at + 1 :]:
        if any(row[width:]):
            raise NotATableError(path, f"baris {line} punya lebih banyak kolom daripada judulnya")
    return Places(header, [(row + [""] * width)[:width] for _, row in rows[at + 1 :]], at)


def _names_places(row: Sequence[str]) -> bool:
    return any(_positions(row, name) for name in _HEADERS)


def _positions(header: Sequence[str], name: str) -> list[int]:
    words = (re.sub(r"[\W_]", "", cell).casefold() for cell in header)
    return [i for i, word in enumerate(words) if _HEADERS[name].fullmatch(word)]
