"""What the cells of a column look like, as evidence for or against what its header claims.

Owns the looking only: a sample of each column is read as a field would read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from data_access.intake.cells.dates import WEEKDAYS
from data_access.intake.cells.reading import FieldReader, is_blank
from data_access.intake.forms.form import Field
from data_access.intake.model import CellError, CellValue, Sheet
from geo.gazetteer import gazetteer
from geo.matching import normalise, read_code

# Different values of a column that are looked at: enough to tell, few enough to cost nothing.
_LOOKED_AT = 200
# Only the form of a value counts here, not whether its day has come.
_ANY_DAY = date(2099, 12, 31)
_RUNNING = re.compile(r"\d{1,6}(?:\.0)?")
_WORD_PARTS = re.compile(r"[^\W\d_]+")
_OWN_REGION = re.compile(
    r"\b(?:kab|kabupaten|kota|serang|cilegon|tangerang|pandeglang|lebak|banten|3604|36\.04)\b",
    re.IGNORECASE,
)


class Contents:
    """The columns of one sheet, each looked at once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._samples: dict[int, tuple[CellValue, ...]] = {}
        self._fits: dict[tuple[int, str, str, int | None], float | None] = {}

    def sample(self, index: int) -> tuple[CellValue, ...]:
        """Return different values of a column that say something."""
        if index not in self._samples:
            self._samples[index] = self._look(index)
        return self._samples[index]

    def is_empty(self, index: int) -> bool:
        """Whether no cell of a column says anything."""
        return not self.sample(index)

    def fit(self, index: int, field: Field) -> float | None:
        """Return the share of a column's values that a field could hold, None where it is empty."""
        key = (index, field.name, field.kind, field.most)
        if key not in self._fits:
            values = self.sample(index)
            self._fits[key] = _fit(field, values) if values else None
        return self._fits[key]

    def same(self, one: int, other: int) -> bool:
        """Whether two columns say the same in every row."""
        return all(
            _key(_at(row.values, one)) == _key(_at(row.values, other)) for row in self._sheet.rows
        )

    def repeats(self, index: int) -> bool:
        """Whether a value of a column stands in several rows."""
        return len(self.sample(index)) < min(
            _LOOKED_AT, sum(not is_blank(_at(row.values, index)) for row in self._sheet.rows)
        )

    def _look(self, index: int) -> tuple[CellValue, ...]:
        seen: dict[tuple[type, CellValue], None] = {}
        for row in self._sheet.rows:
            value = _at(row.values, index)
            if isinstance(value, CellError) or is_blank(value):
                continue
            seen[value.__class__, value] = None
            if len(seen) == _LOOKED_AT:
                break
        return tuple(value for _, value in seen)


def _fit(field: Field, values: Sequence[CellValue]) -> float:
    judged = _JUDGES.get(field.kind)
    return sum(judged(field, value) if judged else _reads(field, value) for value in values) / len(
        values
    )


def _reads(field: Field, value: CellValue) -> bool:
    return not _reader(field).read(value).problem


@cache
def _reader(field: Field) -> FieldReader:
    return FieldReader(field, _ANY_DAY)


_NUMBER = Field("", "", "number", most=10**12)
_DAY = Field("", "", "date")


def _is_text(_: Field, value: CellValue) -> bool:
    """Words: neither a number nor a day, and no lone sign."""
    if not isinstance(value, str) or not _WORD_PARTS.search(value):
        return False
    return not _reads(_NUMBER, value) and not _reads(_DAY, value)


def _is_key(_: Field, value: CellValue) -> bool:
    """A number that only counts rows is none."""
    return not _RUNNING.fullmatch(str(value).strip()) and not isinstance(value, date)


def _is_weekday(_: Field, value: CellValue) -> bool:
    return isinstance(value, str) and normalise(value).removesuffix("at") in {
        normalise(day).removesuffix("at") for day in WEEKDAYS
    }


def _is_day(field: Field, value: CellValue) -> bool:
    """A bare number is a day only as a spreadsheet counts them, which a count may be too."""
    return isinstance(value, str | date) and _reads(field, value)


def _is_place(field: Field, value: CellValue) -> bool:
    text = str(value)
    reading = read_code(text)
    is_code = reading is not None and (reading.kecamatan_code or reading.desa_code) is not None
    if field.name in ("village_code", "kecamatan_code"):
        return is_code
    if field.name == "kabupaten":
        return bool(_OWN_REGION.search(text))
    desa, kecamatan = _names(text), _kecamatan(text)
    if field.name == "place":
        return bool(desa and kecamatan and len(_bare(text).split()) > 1) or is_code
    found = desa if field.name == "desa" else kecamatan
    return found or (is_code and field.name == "desa")


def _names(text: str) -> bool:
    return any(normalise(part) in _desa_names() for part in _spans(text))


def _kecamatan(text: str) -> bool:
    return any(normalise(part) in _kecamatan_names() for part in _spans(text))


def _spans(text: str) -> list[str]:
    """Runs of one to three words: names have no more."""
    words = _bare(text).split()[:14]
    return [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + 3, len(words)) + 1)
    ]


def _bare(text: str) -> str:
    return " ".join(_WORD_PARTS.findall(text.casefold()))


@cache
def _desa_names() -> frozenset[str]:
    return frozenset(normalise(area.name) for area in gazetteer().desa)


@cache
def _kecamatan_names() -> frozenset[str]:
    return frozenset(normalise(area.name) for area in gazetteer().kecamatan)


def _at(values: Sequence[CellValue], index: int) -> CellValue:
    return values[index] if index < len(values) else None


def _key(value: CellValue) -> str:
    return "" if is_blank(value) else normalise(str(value))


_JUDGES = {
    "text": _is_text,
    "unkept": lambda _, __: True,
    "key": _is_key,
    "weekday": _is_weekday,
    "date": _is_day,
    "name": _is_place,
}
