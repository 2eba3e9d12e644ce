"""The official names and codes of the area: its kecamatan and desa.

Owns the identity of every area (Kemendagri code, name, BPS kecamatan code,
spelling variants, a point). Knows nothing of shapes or programme data.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from geo.area import area

KABUPATEN_CODE = area().code

# Kemendagri codes are dotted text: 36.04.12 is a kecamatan, 36.04.12.2001 a desa.
_KECAMATAN_CODE_LENGTH = len(KABUPATEN_CODE) + len(".12")


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
        return MappingProxyType({found.code: found for found in self.kecamatan})

    @cached_property
    def desa_by_code(self) -> Mapping[str, Desa]:
        return MappingProxyType({found.code: found for found in self.desa})

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
            return area().name
        found = self.kecamatan_by_code.get(code) or self.desa_by_code[code]
        return found.name


@cache
def gazetteer() -> Gazetteer:
    """Read the tables of the area."""
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
    with (area().folder / file_name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split(";") if alias)
