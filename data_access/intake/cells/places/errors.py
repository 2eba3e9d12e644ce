"""What can be wrong with a written place, each with its Indonesian sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data_access.intake.cells.personal import shown
from geo.area import area
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import Candidate

_AREA = area()
_HAS_NAMESAKE = _AREA.short_name in _AREA.neighbours.cities
_NAMESAKE_CITY = f"“Kota {_AREA.short_name}”, " if _HAS_NAMESAKE else ""


class PlaceError(ValueError):
    """Root of what can be wrong with a place.

    Attributes:
        written: the text at fault.
    """

    def __init__(self, written: str, sentence: str) -> None:
        self.written = written
        super().__init__(sentence)


class DamagedCodeError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"Kode “{shown(written)}” dirusak oleh Excel (angka ringkas atau dibulatkan). Ubah "
            "format kolomnya menjadi Teks lalu tulis ulang kodenya, misalnya "
            f"{_AREA.examples.desa}.",
        )


class UnknownPlaceCodeError(PlaceError):
    def __init__(self, written: str, level: str) -> None:
        examples = _AREA.examples
        example = examples.kecamatan if level == "kecamatan" else examples.desa
        super().__init__(
            written,
            f"Kode “{shown(written)}” bukan kode {level} {_AREA.name}. "
            f"Tulis kode Kemendagri, misalnya {example}.",
        )


class ForeignPlaceError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"“{shown(written)}” di luar {_AREA.name} ({_AREA.code}). "
            "Hapus baris ini atau perbaiki wilayahnya.",
        )


class KabupatenUnclearError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"“{shown(written)}” belum pasti {_AREA.name}. Tulis “{_AREA.name}”, "
            f"{_NAMESAKE_CITY}atau nama kabupaten lain.",
        )


class PlaceContradictsError(PlaceError):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            first,
            f"“{shown(first)}” dan “{shown(second)}” menunjuk wilayah yang berbeda. "
            "Perbaiki salah satunya.",
        )


class SeveralDesaError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"“{shown(written)}” menyebut beberapa desa. Satu baris hanya untuk satu desa; "
            "pisahkan menjadi beberapa baris.",
        )


class PlaceMissingError(PlaceError):
    def __init__(self, wanted: str) -> None:
        super().__init__("", f"{wanted} kosong. Isi nama atau kodenya.")


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

    def __init__(self, written: str, names: Sequence[UnclearName]) -> None:
        self.names = tuple(names)
        super().__init__(
            written,
            f"{' '.join(map(str, self.names))} Pilih yang dimaksud pada daftar nama yang menunggu "
            "konfirmasi, atau perbaiki ejaannya.",
        )


def _named(candidates: Iterable[Candidate]) -> str:
    return " atau ".join(
        f"Kecamatan {found.name} (tanpa desa)"
        if found.code == kecamatan_code_of(found.code)
        else f"Desa {found.name} (Kec. {gazetteer().name(kecamatan_code_of(found.code))})"
        for found in candidates
    )
