"""What one row of a boundary file claims to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from geo.matching import CodeReading, read_code
from geo.written import read_kabupaten, read_written

# "lain": an area of another level, such as a kabupaten or a settlement.
RowLevel = Literal["kecamatan", "desa", "lain"]


@dataclass(frozen=True)
class Row:
    """What one row claims to be; "" where a column is absent or blank.

    Attributes:
        number: its position in its layer, counted from 0.
        code: its own code, of whatever level.
        name: its own name, of whatever level.
        kecamatan_code, kecamatan: of the kecamatan that it is or lies in.
        desa: the name of the desa that it is or lies in.
        kabupaten: the kabupaten it lies in.
        stated: its level as a column of levels states it.
        valid_on: the date that it carries.
    """

    number: int
    code: str = ""
    name: str = ""
    kecamatan_code: str = ""
    kecamatan: str = ""
    desa: str = ""
    kabupaten: str = ""
    stated: RowLevel | None = None
    valid_on: str = ""
    layer: int = 0

    @cached_property
    def readings(self) -> tuple[CodeReading, ...]:
        """The codes of the row that can be read, the most detailed first."""
        codes = (self.code, self.kecamatan_code)
        return tuple(reading for code in codes if code and (reading := read_code(code)))

    @cached_property
    def is_in_kabupaten(self) -> bool | None:
        """Whether codes or kabupaten name say so; None where neither says anything."""
        for reading in self.readings:
            return reading.is_in_kabupaten
        if self.kabupaten:
            return read_kabupaten(self.kabupaten)
        written = read_written(self.name or self.desa or self.kecamatan)
        # A row that is named after the kabupaten is not yet an area in it.
        is_itself = read_kabupaten(written.name) is True
        return None if is_itself else written.is_in_kabupaten

    @cached_property
    def level(self) -> RowLevel | None:
        """The level that the row states, by code, column, word or its columns' names."""
        own = read_code(self.code) if self.code else None
        if own is not None and own.level is not None:
            return own.level
        if own is not None:
            return "lain"
        if self.stated is not None:
            return self.stated
        if self.desa:
            return "desa"
        word = read_written(self.name).level
        if word in ("kabupaten", "provinsi"):
            return "lain"
        return "desa" if word == "desa" else "kecamatan" if word == "kecamatan" else None

    def label(self) -> str:
        """The row's own words for itself, for messages."""
        return self.desa or self.name or self.kecamatan or self.code or self.kecamatan_code

    def in_layer(self, layer: int) -> Row:
        """The same row as part of a set of joined layers."""
        return replace(self, layer=layer)
