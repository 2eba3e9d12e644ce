"""The official names and codes of Kabupaten Serang: 29 kecamatan and 326 desa.

Owns the identity of every area (Kemendagri code, name, BPS kecamatan code,
spelling variants, a point). Knows nothing of shapes or programme data.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from geo.area import AREA_DIR

KABUPATEN_CODE = "36.04"
KABUPATEN_NAME = "Kabupaten Serang"

# Kemendagri codes are dotted text: 36.04.12 is a kecamatan, 36.04.12.2001 a desa.
_KECAMATAN_CODE_LENGTH = len("36.04.12")


def kecamatan_code_of(code: str) -> str:
    """Return the kecamatan that an area lies in: that of a desa, a kecamatan itself."""
    return code[:_KECAMATAN_CODE_LENGTH]


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """A subdistrict: Kemendagri code, name, BPS code and other spellings of its name."""

    code: str
    bps_code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desa:
    """A village: Kemendagri code, name, a point inside it (WGS 84 degrees), other spellings."""

    code: str
    name: str
    longitude: float
    latitude: float
    aliases: tuple[str, ...]

    @property
    def kecamatan_code(self) -> str:
        return kecamatan_code_of(self.code)


@dataclass(frozen=True)
class Gazetteer:
    """All areas of the kabupaten, in the order of their codes."""

    kecamatan: tuple[Kecamatan, ...]
    desa: tuple[Desa, ...]

    @cached_property
    def kecamatan_by_code(self) -> Mapping[str, Kecamatan]:
        return MappingProxyType({area.code: area for area in self.kecamatan})

    @cached_property
    def desa_by_code(self) -> Mapping[str, Desa]:
        return MappingProxyType({area.code: area for area in self.desa})

    @cached_property
    def desa_by_kecamatan(self) -> Mapping[str, tuple[Desa, ...]]:
        return MappingProxyType(
            {
                kecamatan.code: tuple(d for d in self.desa if d.kecamatan_code == kecamatan.code)
                for kecamatan in self.kecamatan
            }
        )

    def name(self, code: str) -> str:
        """Return the official name of an area.

        Raises:
            KeyError: if the code belongs to no area of the kabupaten.
        """
        if code == KABUPATEN_CODE:
            return KABUPATEN_NAME
        area = self.kecamatan_by_code.get(code) or self.desa_by_code[code]
        return area.name


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer that ships with the project."""
    return Gazetteer(
        kecamatan=tuple(
            Kecamatan(row["code"], row["bps_code"], row["name"], _split(row["aliases"]))
            for row in _rows("kecamatan.csv")
        ),
        desa=tuple(
            Desa(
                code=row["code"],
                name=row["name"],
                longitude=float(row["longitude"]),
                latitude=float(row["latitude"]),
                aliases=_split(row["aliases"]),
            )
            for row in _rows("desa.csv")
        ),
    )


def _rows(file_name: str) -> list[dict[str, str]]:
    with (AREA_DIR / file_name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split(";") if alias)
