"""What the cells of a column look like, whatever its title says.

Owns how far a kind of field fits a column's values, so that columns can be chosen by their content;
decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from data_access.intake.cells.column import ColumnReading
from data_access.intake.cells.dates import (
    FIRST_YEAR,
    DateError,
    NotADateError,
    is_zero_date,
    parse_date,
    read_date,
)
from data_access.intake.cells.numbers import NumberError, read_number
from data_access.intake.cells.reading import FieldReader, is_blank
from data_access.intake.cells.words import CODED_COLUMNS
from data_access.intake.field import Field
from data_access.intake.model import CellError, CellValue
from data_access.intake.signs import is_error_word, visible

# Enough to know a column; ten thousand rows say no more.
_MOST_SAMPLED = 200
# A bare number may be a day of a spreadsheet or people: it speaks for dates by half.
_BARE_NUMBER = 0.5
# Beyond it a bare number counts people rather than days.
_LATEST_YEAR = 2035
# No day is too late here; a wrong year is still a date.
_LAST_DAY = date(2099, 12, 31)

# "PIMPASA 01", "Petugas 3", "PIMPASA-A"
_OFFICER = re.compile(r"(?:pimpasa|petugas|tim|regu)[\s.\-]*(?:\d{1,3}|[a-z])?", re.IGNORECASE)
_TITLES = re.compile(
    r"\b(?:dr|drs|dra|ir|h|hj|ust|ustadz|bpk|bapak|ibu|sdr|sdri|kh|prof|"
    r"s\.?\s?(?:h|e|sos|kom|pd|ip|i\.?kom|tr\.?im|t)|m\.?\s?(?:h|si|m|pd)|a\.?\s?md)\b\.?",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-]*\.?")
_NAME_PARTS = re.compile(r"[,;&/\n]|\bdan\b|\d+[.)]")
# A name has up to five words; more is a sentence.
_MOST_NAME_WORDS = 5
# Words that stand in activities and places, never in an officer's name.
_NO_NAME_WORDS = (
    "kunjungan sosialisasi pembinaan monitoring koordinasi desa kecamatan kelurahan kabupaten "
    "kota balai kantor rapat kegiatan penyuluhan pengawasan warga masyarakat pelajar siswa tindak "
    "lanjut nihil temuan laporan arab hong korea dinas dinsos polres kapolsek kampung"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())


def reads_as(kind: str | Field, values: Iterable[CellValue]) -> float:
    """Return the share of different filled values that a kind of field would accept, 0 to 1.

    Args:
        kind: a kind of `forms`, "person", a coded column such as "outcome", or a field.
        values: the cells of a column; up to 200 different ones are looked at.

    Returns:
        0 where nothing is filled. A bare number counts half for a date. Texts fit "text" where
        they are neither numbers nor dates.
    """
    sample = tuple(islice(_filled(values), _MOST_SAMPLED))
    if not sample:
        return 0.0
    field = kind if isinstance(kind, Field) else None
    name = field.kind if field else str(kind)
    # 1, 1.0 and True are one key to a cache, and read differently.
    classes = tuple(value.__class__ for value in sample)
    if name in CODED_COLUMNS:
        field = Field(name, "", "word")
    return _share(name, field, sample, classes)


def looks_like_person(text: str) -> bool:
    """Whether a text looks like officers' names: "Budi Santoso, S.H.", "PIMPASA 01", a list."""
    parts = [part for part in map(_bare_name, _NAME_PARTS.split(visible(text))) if part]
    is_list = len(parts) > 1
    return bool(parts) and all(_is_name(part, is_list) for part in parts)


def _filled(values: Iterable[CellValue]) -> Iterable[CellValue]:
    """Different values that say something, in order."""
    seen: set[tuple[type, CellValue]] = set()
    for value in values:
        key = (value.__class__, value)
        if key in seen or is_blank(value) or isinstance(value, CellError):
            continue
        seen.add(key)
        if not (isinstance(value, str) and is_error_word(value)):
            yield value


@lru_cache(maxsize=2_000)
def _share(
    kind: str, field: Field | None, sample: Sequence[CellValue], _: tuple[type, ...]
) -> float:
    fits = _FITS.get(kind) or _fits_reader(field or Field("", "", kind, most=10**9))  # type: ignore[arg-type]
    return sum(map(fits, sample)) / len(sample)


def _fits_reader(field: Field) -> Callable[[CellValue], float]:
    reader = FieldReader(field, _LAST_DAY, ColumnReading(pair_order="L/P"))
    return lambda value: float(reader.accepts(value))


def _fits_date(value: CellValue) -> float:
    if isinstance(value, date):
        return 1.0
    if isinstance(value, str):
        # "0" counts nothing as often as it is a reference to an empty cell.
        is_zero = is_zero_date(value) and not value.strip().isdigit()
        return float(parse_date(value) is not None or _is_serial(value) or is_zero)
    return _BARE_NUMBER * _is_serial(value)


def _is_serial(value: CellValue) -> bool:
    try:
        day = read_date(value, _LAST_DAY).day
    except NotADateError:
        return False
    except DateError:
        return isinstance(value, str)
    return FIRST_YEAR <= day.year <= _LATEST_YEAR


def _fits_text(value: CellValue) -> float:
    if not isinstance(value, str) or parse_date(value) is not None:
        return 0.0
    return float(not _is_number(value))


def _is_number(value: CellValue) -> bool:
    try:
        read_number(value)
    except NumberError:
        return False
    return True


def _fits_person(value: CellValue) -> float:
    return float(isinstance(value, str) and looks_like_person(value))


def _bare_name(text: str) -> str:
    return " ".join(_TITLES.sub(" ", text).replace("(", " ").replace(")", " ").split()).strip(" .")


def _is_name(text: str, is_list: bool) -> bool:
    if _OFFICER.fullmatch(text):
        return True
    words = text.split()
    if any(word.casefold().strip(".") in _NO_NAMES for word in words):
        return False
    is_short = (1 if is_list else 2) <= len(words) <= _MOST_NAME_WORDS
    return is_short and all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in words)


_FITS: Mapping[str, Callable[[CellValue], float]] = MappingProxyType(
    {"date": _fits_date, "text": _fits_text, "person": _fits_person}
)
