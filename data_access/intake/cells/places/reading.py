"""What a row writes about its place, and what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from geo.area import area
from geo.gazetteer import gazetteer, kecamatan_code_of


class WrittenPlace(NamedTuple):
    """The place columns of a row, as text; "" where there is no such column or value.

    `place` is a column that holds several levels at once, such as "Kecamatan/Desa" or "Lokasi".
    """

    kecamatan: str = ""
    desa: str = ""
    kecamatan_code: str = ""
    village_code: str = ""
    kabupaten: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Where a row belongs.

    Attributes:
        kecamatan_code: None where no place was written, or one outside the kabupaten.
        villages: desa codes; empty where only the kecamatan is known.
        note: Indonesian sentence about what was assumed, or "".
    """

    kecamatan_code: str | None
    villages: tuple[str, ...] = ()
    note: str = ""


NOWHERE = PlaceReading(None)
DESA_UNKNOWN = "desa tidak diketahui; baris dihitung pada kecamatannya."
DESA_UNNAMED = "semua atau sejumlah desa tanpa namanya; baris dihitung pada kecamatannya."
VENUE_ONLY = "tempatnya tidak menyebut desa; baris dihitung pada kecamatannya."
VENUE_ELSEWHERE = "tempat kegiatan tidak menunjuk desanya; yang dipakai kolom desa."
DETAILS_LEFT_OUT = "rincian alamat (RT/RW, kampung, jalan, gedung) tidak disimpan, hanya desanya."
OUTSIDE = f"asal di luar {area().name}; baris dihitung pada jumlah seluruhnya saja."
CITY_OR_KABUPATEN = "kabupatennya belum pasti; baris dihitung pada jumlah seluruhnya saja."


def reading_of(code: str) -> PlaceReading:
    """Return the reading of one kecamatan or desa."""
    if code in gazetteer().kecamatan_by_code:
        return PlaceReading(code, (), DESA_UNKNOWN)
    return PlaceReading(kecamatan_code_of(code), (code,))
