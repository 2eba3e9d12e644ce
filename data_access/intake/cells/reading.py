"""From one cell to a value: which reader a field's kind asks for.

Owns blank cells, spreadsheet errors and free text; leaves dates, numbers and words to their
own modules. Each different cell of a field is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import inf
from types import MappingProxyType

from data_access.intake.cells.column import ColumnReading
from data_access.intake.cells.dates import DateError, is_zero_date, read_date
from data_access.intake.cells.numbers import (
    NumberError,
    Sex,
    is_percentage,
    read_count,
    read_degrees,
    read_nobody,
    read_number,
    read_pair,
    read_point,
    read_score,
    read_year,
)
from data_access.intake.cells.personal import (
    PersonalDataError,
    refuse_personal,
    refuse_personal_key,
    shown,
)
from data_access.intake.cells.words import (
    UnknownCountryError,
    UnknownWordError,
    read_country,
    read_flag,
    read_labels,
    read_word,
    usual_word,
)
from data_access.intake.field import Field
from data_access.intake.model import NUL_SHOWN, CellError, CellValue
from data_access.intake.signs import clean_text, is_error_word, is_mangled, repaired, visible
from data_access.numbers.indicators import INDICATORS
from geo.area import area
from geo.matching import normalise
from geo.telling import TellingError

# A long report fits; a whole document pasted into a cell does not belong here.
MOST_TEXT = 2_000
# Identifiers are short; PostgreSQL cannot index much longer keys.
MOST_KEY = 200

_BLANK = frozenset({"", "-", "--", "---", "–", "—", ".", "n/a", "null", "none", "(kosong)"})
# In a column of dates these say that the day has not come.
_NOT_YET = frozenset({"belum", "belum ada", "tidak ada"})
_ANY_KECAMATAN = frozenset(
    {"kabupaten", normalise(f"kab{area().short_name}"), normalise(f"kabupaten{area().short_name}"),
     "semua", "seluruh", "semuakecamatan", "seluruhkecamatan", area().digits}
)  # fmt: skip

# Dates, places and words repeat and fit; free texts that never repeat would only fill memory.
_MOST_KNOWN = 10_000

# Fields that count one sex; a word beside the number must agree.
_SEXES: Mapping[str, Sex] = MappingProxyType(
    {
        "male": "male",
        "men": "male",
        "boys": "male",
        "population_male": "male",
        "female": "female",
        "women": "female",
        "girls": "female",
        "population_female": "female",
    }
)
_REPAIRED_KINDS = frozenset({"text", "name"})
_ZERO_DATE = "tanggal nol (00/01/1900) berasal dari rujukan ke sel kosong; dibaca kosong."

# A total is not stored: without it only the check of the sum is lost.
_UNSEEN_TOTAL = "rumus jumlah tidak berisi hasil; jumlahnya tidak diperiksa."

CELL_ERRORS = (DateError, NumberError, UnknownWordError, UnknownCountryError, PersonalDataError)


class _WrittenError(TellingError, ValueError):
    """Root of what can be wrong with any text."""

    text: str

    @property
    def shown(self) -> str:
        return shown(self.text)


class SpreadsheetError(_WrittenError):
    sentence = (
        "Sel berisi kesalahan atau rumus tanpa hasil ({shown}). Perbaiki di Excel, "
        "simpan, lalu unggah lagi; atau ketik nilainya."
    )


class UnreadableSignError(_WrittenError):
    sentence = "Sel “{shown}” berisi karakter NUL, yang bukan huruf. Ketik ulang isi sel ini."


class TextTooLongError(TellingError, ValueError):
    sentence = "Teks {length} huruf terlalu panjang (batas {most}). Ringkas isi sel ini."
    length: int
    most: int


class MangledTextError(_WrittenError):
    sentence = (
        "“{shown}” berisi huruf yang rusak. Ketik ulang isi sel ini, atau simpan berkas "
        "sebagai .xlsx atau CSV UTF-8."
    )


_FAULTS = (*CELL_ERRORS, _WrittenError, TextTooLongError)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell gave: a value, or why there is none; a note where something was assumed."""

    value: object = None
    note: str = ""
    problem: str = ""


BLANK = Cell()


class FieldReader:
    """Reads the cells of one field.

    Args:
        field: what the cells say.
        today: no day after it is believed.
        reading: how the column is read as a whole.
    """

    def __init__(self, field: Field, today: date, reading: ColumnReading | None = None) -> None:
        self._field = field
        self._read = _READERS[field.kind](field, today, reading or ColumnReading())
        self._known: dict[tuple[type, CellValue], Cell] = {}

    def read(self, value: CellValue) -> Cell:
        """Return what a cell says; never raises for its content."""
        key = (value.__class__, value)
        found = self._known.get(key)
        if found is None:
            found = self._judged(value)
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found

    def accepts(self, value: CellValue) -> bool:
        """Whether a cell can be read; quicker than reading it, for no sentence is made."""
        try:
            self._given(value)
        except _FAULTS:
            return False
        return True

    def _judged(self, value: CellValue) -> Cell:
        try:
            return self._given(value)
        except _FAULTS as error:
            return Cell(problem=str(error))

    def _given(self, value: CellValue) -> Cell:
        if isinstance(value, str):
            value = visible(value)
            if is_error_word(value):
                value = CellError(value.strip())
        if isinstance(value, CellError):
            return self._without_result(value)
        if self._field.kind == "count" and (counted := self._nobody(value)):
            return counted
        if is_blank(value):
            return BLANK
        note = ""
        if isinstance(value, str) and self._field.kind in _REPAIRED_KINDS and is_mangled(value):
            value, mangled = repaired(value), value
            note = f"“{shown(mangled)}” dibaca “{shown(value)}” (huruf rusak diperbaiki)."
            if is_mangled(value) and self._field.kind == "text":
                raise MangledTextError(value)
        cell = self._read(value)
        return replace(cell, note=note) if note else cell

    def _without_result(self, error: CellError) -> Cell:
        if self._field.kind == "unkept":
            return BLANK
        if self._field.name == "total":
            return Cell(note=_UNSEEN_TOTAL)
        if NUL_SHOWN in error.text:
            raise UnreadableSignError(error.text)
        raise SpreadsheetError(error.text)

    def _nobody(self, value: CellValue) -> Cell | None:
        # A total that is left out is checked by nothing; of one group it means that it was empty.
        if self._field.name == "total" and is_blank(value):
            return None
        found = read_nobody(value)
        return Cell(found.value, found.note) if found else None


def is_blank(value: CellValue) -> bool:
    """Whether a cell says nothing: empty, a dash, "n/a"."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _BLANK)


def _text(field: Field, value: CellValue) -> Cell:
    text = clean_text(value)
    refuse_personal(text)
    if len(text) > MOST_TEXT:
        raise TextTooLongError(len(text), MOST_TEXT)
    return Cell(usual_word(field.name, text) or None)


def _key(value: CellValue) -> Cell:
    text = clean_text(value).removeprefix("uuid:")
    refuse_personal_key(text)
    if len(text) > MOST_KEY:
        raise TextTooLongError(len(text), MOST_KEY)
    return Cell(text or None)


def _place_name(value: CellValue) -> Cell:
    # Several desa may stand on lines of their own.
    text = str(value) if isinstance(value, str) else clean_text(value)
    text = ";".join(filter(None, map(clean_text, text.splitlines())))
    refuse_personal(text)
    return Cell(text[:MOST_TEXT])


def _unkept(value: CellValue) -> Cell:
    refuse_personal(clean_text(value))
    return BLANK


def _date(today: date, how: ColumnReading, value: CellValue) -> Cell:
    if isinstance(value, str) and value.strip().casefold() in _NOT_YET:
        return BLANK
    if is_zero_date(value):
        return Cell(note=_ZERO_DATE)
    reading = read_date(
        value,
        today,
        order=how.order,
        swaps_dates=how.swaps_dates,
        is_utc=how.is_utc,
        is_1904=how.is_1904,
    )
    return Cell(reading.day.isoformat(), reading.note)


def _count(field: Field, how: ColumnReading, value: CellValue) -> Cell:
    reading = read_count(
        value,
        field.most or 0,
        sex=_SEXES.get(field.name, ""),
        has_comma_thousands=how.has_comma_thousands,
        factor=how.factor,
    )
    return Cell(reading.value, reading.note)


def _pair(field: Field, how: ColumnReading, value: CellValue) -> Cell:
    return Cell(read_pair(value, how.pair_order, inf if field.most is None else field.most))


def _score(how: ColumnReading, value: CellValue) -> Cell:
    reading = read_score(value, how.factor)
    return Cell(reading.value, reading.note)


def _flag(how: ColumnReading, value: CellValue) -> Cell:
    if isinstance(value, int | float) and value in (0, 1):
        return Cell(bool(value))
    return Cell(read_flag(clean_text(value), has_ticks=how.has_ticks))


def _degrees(field: Field, value: CellValue) -> Cell:
    return Cell(read_degrees(value, "latitude" if field.name == "latitude" else "longitude"))


# "Jumlah kunjungan" are the visits.
_COUNTED = re.compile(r"^\s*(?:jumlah|jml\.?|total|banyaknya)\s+", re.IGNORECASE)


def _indicator(value: CellValue) -> Cell:
    text = clean_text(value)
    names = {normalise(text), normalise(_COUNTED.sub("", text))}
    for indicator in INDICATORS.values():
        if names & {normalise(indicator.id), normalise(indicator.label)}:
            return Cell(indicator.id)
    raise UnknownWordError(text, [indicator.label for indicator in INDICATORS.values()])


def _value(value: CellValue) -> Cell:
    """A target as it stands: only its indicator tells whether it is a percentage."""
    if is_percentage(value):
        read_score(value)
    else:
        read_number(value)
    return Cell(value)


def whole_kabupaten(text: str) -> bool:
    """Whether a target's kecamatan column means the whole kabupaten."""
    return normalise(text) in _ANY_KECAMATAN


_Reader = Callable[[CellValue], Cell]
_READERS: Mapping[str, Callable[[Field, date, ColumnReading], _Reader]] = MappingProxyType(
    {
        "count": lambda field, _, how: partial(_count, field, how),
        "country": lambda *_: lambda value: Cell(read_country(clean_text(value))),
        "date": lambda _, today, how: partial(_date, today, how),
        "degrees": lambda field, *_: partial(_degrees, field),
        "flag": lambda _, __, how: partial(_flag, how),
        "indicator": lambda *_: _indicator,
        "key": lambda *_: _key,
        "labels": lambda *_: lambda value: Cell(read_labels(clean_text(value))),
        "name": lambda *_: _place_name,
        "number": lambda field, _, how: partial(_count, field, how),
        "pair": lambda field, _, how: partial(_pair, field, how),
        "point": lambda *_: lambda value: Cell(read_point(value)),
        "score": lambda _, __, how: partial(_score, how),
        "text": lambda field, *_: partial(_text, field),
        "weekday": lambda *_: lambda value: Cell(clean_text(value)),
        "unkept": lambda *_: _unkept,
        "value": lambda *_: _value,
        "word": lambda field, *_: lambda value: Cell(read_word(field.name, clean_text(value))),
        "year": lambda _, today, __: lambda value: Cell(read_year(value, today.year)),
    }
)
