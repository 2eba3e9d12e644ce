"""What can be wrong with a written place, each with its Indonesian sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from data_access.intake.cells.personal import shown
from geo.area import Area, area
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import Candidate
from geo.telling import TellingError

_AREA = area()
_HAS_NAMESAKE = _AREA.short_name in _AREA.neighbours.cities
_NAMESAKE_CITY = f"“Kota {_AREA.short_name}”, " if _HAS_NAMESAKE else ""


class PlaceError(TellingError, ValueError):
    """Root of what can be wrong with a place.

    Attributes:
        written: the text at fault.
        area: what a sentence may name of it.
    """

    area: ClassVar[Area] = _AREA

    written: str

    @property
    def shown(self) -> str:
        return shown(self.written)


class DamagedCodeError(PlaceError):
    sentence = (
        "Kode “{shown}” dirusak oleh Excel (angka ringkas atau dibulatkan). Ubah "
        "format kolomnya menjadi Teks lalu tulis ulang kodenya, misalnya {area.examples.desa}."
    )


class UnknownPlaceCodeError(PlaceError):
    sentence = (
        "Kode “{shown}” bukan kode {level} {area.name}. Tulis kode Kemendagri, misalnya {example}."
    )
    level: str

    @property
    def example(self) -> str:
        return (
            self.area.examples.kecamatan if self.level == "kecamatan" else self.area.examples.desa
        )


class ForeignPlaceError(PlaceError):
    sentence = (
        "“{shown}” di luar {area.name} ({area.code}). Hapus baris ini atau perbaiki wilayahnya."
    )


class KabupatenUnclearError(PlaceError):
    sentence = (
        "“{shown}” belum pasti {area.name}. Tulis “{area.name}”, "
        "{namesake_city}atau nama kabupaten lain."
    )
    namesake_city: ClassVar[str] = _NAMESAKE_CITY


class PlaceContradictsError(PlaceError):
    sentence = (
        "“{shown}” dan “{shown_second}” menunjuk wilayah yang berbeda. Perbaiki salah satunya."
    )
    second: str

    @property
    def shown_second(self) -> str:
        return shown(self.second)


class SeveralDesaError(PlaceError):
    sentence = (
        "“{shown}” menyebut beberapa desa. Satu baris hanya untuk satu desa; "
        "pisahkan menjadi beberapa baris."
    )


class PlaceMissingError(PlaceError):
    sentence = "{wanted} kosong. Isi nama atau kodenya."
    written: str = field(default="", init=False)
    wanted: str


@dataclass(frozen=True, slots=True)
class UnclearName:
    """Words that a person must confirm; desa is "" where the kecamatan is unclear.

    Attributes:
        why: what is unclear about it, where that is more than an unknown spelling.
    """

    kecamatan: str
    desa: str
    candidates: tuple[Candidate, ...] = ()
    why: str = ""

    def __str__(self) -> str:
        subject = f"Kecamatan “{shown(self.kecamatan)}”"
        if self.desa:
            within = f" di Kecamatan “{shown(self.kecamatan)}”" if self.kecamatan else ""
            subject = f"“{shown(self.desa)}”{within}"
        if not self.candidates:
            return f"{subject} {self.why or 'tidak dikenal'}."
        return f"{subject} {self.why or 'belum pasti'}; mungkin {_named(self.candidates)}."


class PlaceUnclearError(PlaceError):
    """Names that a person must confirm.

    Attributes:
        names: each with its suggestions, best first; there may be none.
    """

    sentence = (
        "{told} Pilih yang dimaksud pada daftar nama yang menunggu konfirmasi, atau perbaiki "
        "ejaannya."
    )
    names: Sequence[UnclearName]

    @property
    def told(self) -> str:
        return " ".join(map(str, self.names))


def _named(candidates: Iterable[Candidate]) -> str:
    return " atau ".join(
        f"Kecamatan {found.name} (tanpa desa)"
        if found.code == kecamatan_code_of(found.code)
        else f"Desa {found.name} (Kec. {gazetteer().name(kecamatan_code_of(found.code))})"
        for found in candidates
    )
