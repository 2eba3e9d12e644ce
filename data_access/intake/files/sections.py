"""Lines inside a table that say what holds for the rows below: "KECAMATAN TANARA", "Bulan Juli".

Owns telling such a line from data, and the kecamatan or desa that it gives to the rows below it.
An area is taken only where the line certainly names it; a line that may name one ends the former.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.intake.files.grid import at, cells_of, header_words, is_blank, ordinal
from data_access.intake.files.header import Header
from data_access.intake.files.places import desa_named, kecamatan_named
from data_access.intake.files.surroundings import is_signature
from data_access.intake.model import CellValue, SheetRow
from geo.gazetteer import gazetteer, kecamatan_code_of

KECAMATAN_WORDS = frozenset({"kecamatan", "kec"})
DESA_WORDS = frozenset({"desa", "kelurahan", "ds"})
DERIVED = ("Kecamatan", "Desa")
# Below such a title a lone name is a row that lacks the rest, not a line over others.
_PLACE_WORDS = frozenset({"lokasi", "tempat", "alamat", "wilayah", "asal"})

_LONGEST_LINE = 80
_MARKER = re.compile(r"(?:[A-Z]|[IVXLC]{1,6}|[a-z])[.)]?")
_NUMBERED = re.compile(r"^(?:[A-Z]|[IVXLC]{1,6}|\d{1,2})[.)]\s*(?=\S)")
_BRACKET = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_KECAMATAN = re.compile(r"(?P<before>.*?)\b(?:kecamatan|kec)\b[\s.:/_-]*(?P<name>.*)", re.I | re.S)
_DESA = re.compile(r"(?:desa|ds|kelurahan|kel)\b[\s.:/_-]*(?P<name>.+)", re.I)
_THEN_DESA = re.compile(r"(.+?)[\s,;/-]+((?:desa|ds|kelurahan)\b.+)", re.I)
_MONTH = r"(?:jan|feb|mar|apr|mei|jun|jul|agu|ags|agt|sep|okt|nov|nop|des)[a-z]*"
_PERIOD = re.compile(
    rf"(?:periode|bulan|minggu|pekan|triwulan|tw|semester|tahun|t\.?a\.?)\b.{{0,40}}"
    rf"|{_MONTH}[\s.,-]*(?:20\d\d)?",
    re.I,
)
_HEADING = re.compile(
    r"(?:wilayah|zona|rayon|bagian|kelompok|tahap|gelombang|korwil|dapil|kabupaten|kab|provinsi)\b"
    r".{1,50}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A line inside a table; the codes are "" where it names no area for certain.

    Attributes:
        is_area: whether another area begins, though perhaps nobody knows which.
        is_guess: whether only the rows below can say that the kecamatan is meant.
        is_line: whether the row is certainly no data.
    """

    row: int
    kecamatan: str = ""
    desa: str = ""
    is_area: bool = False
    is_guess: bool = False
    is_line: bool = True


class Sections:
    """The lines of one table.

    Args:
        rows: all rows of the table.
        thin: those among them that may be such a line: one or two texts.
        merged: row number -> how many columns its widest merged cell covers.
    """

    def __init__(
        self,
        header: Header,
        rows: Sequence[SheetRow],
        thin: Sequence[SheetRow],
        merged: Mapping[int, int],
    ) -> None:
        self._header = header
        self._rows = rows
        self._numbers = [row.number for row in rows]
        self._merged = merged
        self._has_kecamatan = header.columns(KECAMATAN_WORDS)
        self._has_desa = header.columns(DESA_WORDS)
        self._places = self._has_kecamatan | self._has_desa | header.columns(_PLACE_WORDS)
        self._order = order_columns(header)
        titled = [column for column, text in enumerate(header.texts) if text]
        unordered = [column for column in titled if column not in self._order]
        # Where a heading begins; what stands alone further in goes on with the row above.
        self._edge = {*titled[:1], *unordered[:1]}
        found = [section for row in thin if (section := self._section(row))]
        self._starts = [section.row for section in found if section.is_area]
        self._found = [self._judged(section) for section in found]

    def lines(self) -> list[Section]:
        """The lines that are certainly no data."""
        return [section for section in self._found if section.is_line]

    def sources(self) -> list[int]:
        """Numbers of the rows that the derived columns come from."""
        return [section.row for section in self._found if section.kecamatan or section.desa]

    def take_title(self, rows: Sequence[SheetRow]) -> None:
        """Take the kecamatan that a line above the header names, where all desa below fit it."""
        named = [found for row in rows if (found := self._section(row, is_title=True))]
        named = [found for found in named if found.is_area]
        if named and named[-1].kecamatan:
            title = replace(named[-1], is_guess=False, is_line=False)
            if self._fits(title):
                self._found.insert(0, title)

    def derived(self, rows: Sequence[SheetRow]) -> tuple[tuple[str, ...], list[list[str | None]]]:
        """Titles and, per row, values of the columns that the table itself lacks."""
        areas = [line for line in self._found if line.is_area]
        levels = []
        if not self._has_kecamatan and any(line.kecamatan for line in areas):
            levels.append(0)
        if not self._has_desa and any(line.desa for line in areas):
            levels.append(1)
        if not levels:
            return (), []
        starts, held = [line.row for line in areas], _held(areas)
        values = []
        for row in rows:
            place = bisect_right(starts, row.number) - 1
            codes = held[place] if place >= 0 else ("", "")
            names = [gazetteer().name(code) if code else None for code in codes]
            values.append([names[level] for level in levels])
        return tuple(DERIVED[level] for level in levels), values

    def _judged(self, section: Section) -> Section:
        """A guess is right where the rows below fit; else an area begins that nobody knows."""
        if not section.is_guess or (section.kecamatan and self._fits(section)):
            return replace(section, is_line=True)
        return replace(section, kecamatan="")

    def _section(self, row: SheetRow, *, is_title: bool = False) -> Section | None:
        cells = cells_of(row)
        if not all(isinstance(value, str) and len(value) <= _LONGEST_LINE for _, value in cells):
            return None
        if not 1 <= len(cells) <= 2 or (
            len(cells) == 2 and not (is_title or self._is_one_line(cells))
        ):
            return None
        parts = [str(value).strip() for _, value in cells]
        is_marked = len(parts) == 2 and bool(_MARKER.fullmatch(parts[0]))
        text = _BRACKET.sub("", parts[1] if is_marked else " ".join(parts))
        text = _NUMBERED.sub("", text, count=1).strip(" :.-")
        column = -1 if is_title else cells[-1][0]
        return self._area(row.number, text, column) or self._other(row, cells, text)

    def _is_one_line(self, cells: list[tuple[int, CellValue]]) -> bool:
        """ "A." beside a heading, "Kecamatan :" beside a name."""
        column, value = cells[0]
        first = str(value).strip()
        is_level = first.rstrip(" :.").casefold() in KECAMATAN_WORDS | DESA_WORDS
        return column in self._edge and (is_level or bool(_MARKER.fullmatch(first)))

    def _area(self, row: int, text: str, column: int) -> Section | None:
        """A line that names an area, or may; None for one that speaks of none.

        A name of its own level in a column of places is a row that lacks the rest.
        """
        is_own = column in self._places - (self._has_desa - self._has_kecamatan)
        by_word = _KECAMATAN.fullmatch(text)
        if by_word and not is_own:
            return self._kecamatan_line(row, by_word["before"], by_word["name"])
        if column in self._places:
            return None
        by_desa = _DESA.fullmatch(text)
        if by_desa:
            return _desa_line(row, by_desa["name"], "")
        bare = kecamatan_named(text)
        return Section(row, bare, is_area=True, is_guess=True, is_line=False) if bare else None

    def _kecamatan_line(self, row: int, before: str, name: str) -> Section:
        before = before.strip(" ,;/-:")
        both = _THEN_DESA.fullmatch(name)
        code = kecamatan_named(both[1] if both else name) or ""
        by_desa = _DESA.fullmatch(before or (both[2] if both else ""))
        if code and by_desa:
            found = _desa_line(row, by_desa["name"], code)
            return found or Section(row, code, is_area=True)
        # "REKAP KECAMATAN BAROS" is about Baros only where the rows below fit.
        is_certain = bool(code) and (not before or before.casefold() in _OF)
        return Section(row, code, is_area=True, is_guess=not is_certain)

    def _other(
        self, row: SheetRow, cells: list[tuple[int, CellValue]], text: str
    ) -> Section | None:
        if is_signature(row):
            return None
        column, value = cells[0]
        is_wide = 3 * self._merged.get(row.number, 1) >= 2 * max(self._header.titles, 2)
        is_in_order = len(cells) == 1 and column in self._order and ordinal(value) is None
        is_marked = _NUMBERED.match(str(value).strip()) or len(cells) == 2
        is_heading = is_marked or _PERIOD.fullmatch(text) or _HEADING.fullmatch(text)
        is_free = column in self._edge and cells[-1][0] not in self._places
        if is_wide or is_in_order or (is_heading and is_free):
            return Section(row.number)
        return None

    def _fits(self, section: Section) -> bool:
        """Whether every desa below, up to the next line that names an area, lies in it."""
        later = bisect_right(self._starts, section.row)
        start = bisect_right(self._numbers, section.row)
        is_last = later == len(self._starts)
        end = None if is_last else bisect_left(self._numbers, self._starts[later])
        names = [
            str(at(row.values, column))
            for row in self._rows[start:end]
            for column in self._has_desa
            if not is_blank(at(row.values, column))
        ]
        return bool(names) and all(
            any(kecamatan_code_of(code) == section.kecamatan for code in desa_named(name))
            for name in names
        )


# What stands before the word in a line that names nothing but a kecamatan.
_OF = frozenset({"wilayah", "di", "se", "pada"})


def _desa_line(row: int, name: str, kecamatan: str) -> Section | None:
    codes = desa_named(name)
    if kecamatan:
        codes = frozenset(code for code in codes if kecamatan_code_of(code) == kecamatan)
    if len({gazetteer().name(code) for code in codes}) != 1:
        return None
    return Section(row, kecamatan, min(codes), is_area=True)


def order_columns(header: Header) -> frozenset[int]:
    """The columns that number the rows."""
    return frozenset(
        column
        for column, text in enumerate(header.texts)
        if " ".join(header_words(text)) in _ORDER_HEADERS
    )


_ORDER_HEADERS = frozenset({"no", "nomor", "nomer", "no urut", "nomor urut", "nourut"})


def _held(areas: Sequence[Section]) -> list[tuple[str, str]]:
    """(kecamatan, desa) that hold below each line: another kecamatan ends the desa."""
    held: list[tuple[str, str]] = []
    kecamatan = ""
    for line in areas:
        kecamatan = line.kecamatan or (kecamatan if line.desa else "")
        held.append((kecamatan, line.desa))
    return held
