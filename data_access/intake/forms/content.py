"""What the columns of a sheet hold, as evidence for or against what their headers claim.

Owns looking at each column once; what a value looks like is told by the readers of cells.
"""

from __future__ import annotations

import re

from data_access.intake.cells.content import reads_as
from data_access.intake.cells.dates import is_weekday
from data_access.intake.cells.places import PlaceShares, looks_like_place
from data_access.intake.cells.reading import is_blank
from data_access.intake.field import Field
from data_access.intake.model import CellError, CellValue, Sheet, SheetRow
from data_access.intake.signs import clean_text
from geo.area import area
from geo.matching import normalise, read_code

# Different values of a column that are looked at: enough to tell, few enough to cost nothing.
_LOOKED_AT = 200
_RUNNING = re.compile(r"\d{1,6}(?:\.0)?")
_AROUND = (area().short_name, area().province, *area().neighbours.cities)
_REGION_NAMES = "|".join(
    re.escape(name.casefold())
    for name in (*_AROUND, *area().neighbours.kabupaten, area().digits, area().code)
)
_REGION = re.compile(
    rf"\b(?:kab|kabupaten|kota|{_REGION_NAMES})\b",
    re.IGNORECASE,
)


class Contents:
    """The columns of one sheet, each looked at once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._samples: dict[int, tuple[CellValue, ...]] = {}
        self._places: dict[int, PlaceShares] = {}
        self._fits: dict[tuple[int, str], float] = {}

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
        if self.is_empty(index):
            return None
        key = (index, f"{field.kind}/{field.name}/{field.most}")
        if key not in self._fits:
            self._fits[key] = self._fit(index, field)
        return self._fits[key]

    def same(self, one: int, other: int) -> bool:
        """Whether two columns say the same in every row."""
        return all(_key(cell_at(row, one)) == _key(cell_at(row, other)) for row in self._sheet.rows)

    def repeats(self, index: int) -> bool:
        """Whether a value of a column stands in several rows."""
        filled = sum(not is_blank(cell_at(row, index)) for row in self._sheet.rows)
        return len(self.sample(index)) < min(_LOOKED_AT, filled)

    def _look(self, index: int) -> tuple[CellValue, ...]:
        seen: dict[tuple[type, CellValue], None] = {}
        for row in self._sheet.rows:
            value = cell_at(row, index)
            if isinstance(value, CellError) or is_blank(value):
                continue
            seen[value.__class__, value] = None
            if len(seen) == _LOOKED_AT:
                break
        return tuple(value for _, value in seen)

    def _fit(self, index: int, field: Field) -> float:
        values = self.sample(index)
        if field.kind == "name":
            return self._place_fit(index, field.name)
        if field.kind == "key":
            return sum(not _RUNNING.fullmatch(str(value).strip()) for value in values) / len(values)
        if field.kind == "weekday":
            return sum(is_weekday(str(value)) for value in values) / len(values)
        return 1.0 if field.kind == "unkept" else reads_as(field, values)

    def _place_fit(self, index: int, name: str) -> float:
        texts = [clean_text(value) for value in self.sample(index)]
        if name == "kabupaten":
            return sum(bool(_REGION.search(text)) for text in texts) / len(texts)
        if name in ("village_code", "kecamatan_code"):
            readings = map(read_code, texts)
            return sum(bool(one and (one.kecamatan_code or one.desa_code)) for one in readings) / (
                len(texts)
            )
        if index not in self._places:
            self._places[index] = looks_like_place(texts)
        shares = self._places[index]
        return {"desa": shares.desa, "kecamatan": shares.kecamatan, "place": shares.both}[name]


def cell_at(row: SheetRow, index: int) -> CellValue:
    """Return a cell of a row, None beyond its end."""
    return row.values[index] if index < len(row.values) else None


def _key(value: CellValue) -> str:
    return "" if is_blank(value) else normalise(str(value))
