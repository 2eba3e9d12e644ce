"""What can go wrong with programme data, each with its own sentence.

Owns the error tree of this room. A class builds its Indonesian sentence from the
facts it is given: what happened, where, and what to do. Callers show `str(error)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from geo.area import area


class DataError(Exception):
    """Root of everything this room reports to a person."""


# --- what was asked for ------------------------------------------------------------------


class RequestError(DataError):
    """Something was asked for that does not exist."""


class InvalidMonthError(RequestError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” bukan bulan yang sah. Tulis tahun dan bulan, misalnya 2025-01.")


class PeriodReversedError(RequestError):
    def __init__(self, first: object, last: object) -> None:
        super().__init__(
            f"Bulan awal {first} sesudah bulan akhir {last}. Tukar keduanya atau pilih bulan lain."
        )


class UnknownIndicatorError(RequestError):
    def __init__(self, indicator_id: str, known: Iterable[str]) -> None:
        super().__init__(f"Indikator “{indicator_id}” tidak dikenal. Pilihan: {', '.join(known)}.")


class NotInMeetingError(RequestError):
    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}” dihitung dari kasus dan tidak tersedia pada tampilan rapat.")


class CaseCountError(RequestError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"“{label}” menghitung kasus. Jumlah kasus hanya diberikan bersama aturan jumlah kecil."
        )


class UnknownKecamatanError(RequestError):
    def __init__(self, code: str) -> None:
        super().__init__(
            f"Kode kecamatan “{code}” tidak ada di {area().name}. "
            f"Contoh kode: {area().examples.kecamatan}."
        )


class UnknownTableError(RequestError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"Tabel “{name}” tidak dikenal. Pilihan: {', '.join(known)}.")


class UnknownColumnError(RequestError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"Kasus tidak dapat dirinci menurut “{name}”. Pilihan: {', '.join(known)}."
        )


class OutputUnwritableError(DataError):
    """The file, or standard output where no file was named, takes no text."""

    def __init__(self, path: Path | None, reason: str) -> None:
        where = "Keluaran" if path is None else f"Berkas {path}"
        super().__init__(
            f"{where} tidak dapat ditulis ({reason}). Periksa folder, hak tulis, dan ruang kosong "
            "di disk."
        )


# --- settings ----------------------------------------------------------------------------


class SettingError(DataError):
    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"Pengaturan {name} bernilai “{value}”, seharusnya {expected}.")


class SecretsUnreadableError(DataError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Berkas pengaturan {path} tidak dapat dibaca ({reason}). Perbaiki atau "
            "hapus berkas itu."
        )


class DatabaseUrlError(SettingError):
    """A database address that cannot be used; its text may hold a password and is not shown."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "(disembunyikan)",
            "alamat PostgreSQL seperti postgresql://pengguna:sandi@server/basisdata (tanda @ di "
            "dalam sandi ditulis %40)",
        )


# --- the store ---------------------------------------------------------------------------


class StoreError(DataError):
    """The database cannot be used."""


class StoreUnavailableError(StoreError):
    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"Basis data {where} tidak dapat dibuka ({reason}). Periksa alamat, folder, "
            "hak tulis, dan ruang kosong di disk."
        )


class StoreDamagedError(StoreError):
    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} bukan basis data Pantau Desa Binaan atau sudah rusak. Pulihkan dari "
            "cadangan, atau pindahkan berkas itu ke tempat lain lalu mulai lagi."
        )


class StoredDateError(StoreError):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"Basis data berisi “{text}” sebagai tanggal, seharusnya seperti 2026-06-30. Cari "
            "baris itu dengan python -m data_access export, lalu perbaiki."
        )


class StoreBusyError(StoreError):
    def __init__(self, where: str) -> None:
        super().__init__(
            f"Basis data {where} sedang dipakai proses lain terlalu lama. Coba lagi sebentar lagi."
        )


class StoreAreaError(StoreError):
    def __init__(self, where: str, code: str) -> None:
        super().__init__(
            f"Basis data {where} memuat wilayah lain (misalnya {code}), bukan {area().name} "
            f"({area().code}). Pakai PANTAU_DATA_DIR atau PANTAU_DATABASE_URL sendiri untuk setiap "
            "wilayah, atau perbaiki PANTAU_AREA."
        )


class StoreVersionError(StoreError):
    def __init__(self, where: str, found: str, expected: str) -> None:
        super().__init__(
            f"Basis data {where} memakai skema versi {found}, sedangkan program ini versi "
            f"{expected}. Pakai versi program yang sesuai dengan basis datanya."
        )


class StoreUpgradeError(StoreError):
    def __init__(self, where: str, found: str, wanted: str, reason: str) -> None:
        super().__init__(
            f"Basis data {where} tidak dapat dinaikkan dari skema versi {found} ke {wanted} "
            f"({reason}). Isinya tidak berubah. Periksa ruang kosong dan hak tulis, lalu coba lagi."
        )


class SampleRefusedError(StoreError):
    def __init__(self, real_rows: Mapping[str, int]) -> None:
        listing = ", ".join(f"{table} ({count} baris)" for table, count in real_rows.items())
        super().__init__(
            f"Data contoh tidak dibuat karena basis data sudah berisi data asli: {listing}. "
            "Pakai folder data lain (PANTAU_DATA_DIR) untuk mencoba data contoh."
        )


# --- moving a store ----------------------------------------------------------------------


class MoveError(StoreError):
    """A store was not copied; the target holds nothing of it."""


class MoveSourceMissingError(MoveError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"Tidak ada basis data {path} untuk dipindahkan. Periksa PANTAU_DATA_DIR.")


class MoveTargetNotEmptyError(MoveError):
    def __init__(self, where: str, rows: Mapping[str, int]) -> None:
        listing = ", ".join(f"{table} ({count} baris)" for table, count in rows.items())
        super().__init__(
            f"Basis data tujuan {where} sudah berisi data: {listing}. Tidak ada yang dipindahkan. "
            "Sebutkan basis data yang masih kosong."
        )


class MoveRefusedError(MoveError):
    def __init__(self, where: str, table: str, reason: str) -> None:
        super().__init__(
            f"Basis data tujuan {where} menolak isi tabel {table} ({reason}). Tujuan tetap kosong. "
            "Perbaiki baris itu di basis data asal, lalu ulangi."
        )


class MoveUnequalError(MoveError):
    def __init__(self, table: str, expected: int, found: int) -> None:
        super().__init__(
            f"Isi tabel {table} di tujuan ({found} baris) tidak sama dengan asalnya "
            f"({expected} baris). Pemindahan dibatalkan dan tujuan tetap kosong. Coba lagi; bila "
            "terulang, laporkan kepada pengelola program."
        )
