"""What can go wrong with programme data, each with its own sentence.

Owns the error tree of this room. A class keeps its facts and states an Indonesian sentence
over them: what happened, where, and what to do. Callers show `str(error)`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import ClassVar

from geo.area import Area, area
from geo.telling import TellingError


class DataError(TellingError):
    """Root of everything this room reports to a person.

    Attributes:
        area: what a sentence may name of it.
    """

    area: ClassVar[Area] = area()


# --- what was asked for ------------------------------------------------------------------


class RequestError(DataError):
    """Something was asked for that does not exist."""


class InvalidMonthError(RequestError):
    sentence = "“{text}” bukan bulan yang sah. Tulis tahun dan bulan, misalnya 2025-01."
    text: str


class PeriodReversedError(RequestError):
    sentence = (
        "Bulan awal {first} sesudah bulan akhir {last}. Tukar keduanya atau pilih bulan lain."
    )
    first: object
    last: object


class UnknownIndicatorError(RequestError):
    sentence = "Indikator “{indicator_id}” tidak dikenal. Pilihan: {known:list}."
    indicator_id: str
    known: Collection[str]


class NotInMeetingError(RequestError):
    sentence = "“{label}” dihitung dari kasus dan tidak tersedia pada tampilan rapat."
    label: str


class CaseCountError(RequestError):
    sentence = (
        "“{label}” menghitung kasus. Jumlah kasus hanya diberikan bersama aturan jumlah kecil."
    )
    label: str


class UnknownKecamatanError(RequestError):
    sentence = (
        "Kode kecamatan “{code}” tidak ada di {area.name}. Contoh kode: {area.examples.kecamatan}."
    )
    code: str


class UnknownTableError(RequestError):
    sentence = "Tabel “{name}” tidak dikenal. Pilihan: {known:list}."
    name: str
    known: Collection[str]


class UnknownColumnError(RequestError):
    sentence = "Kasus tidak dapat dirinci menurut “{name}”. Pilihan: {known:list}."
    name: str
    known: Collection[str]


# --- settings ----------------------------------------------------------------------------


class SettingError(DataError):
    sentence = "Pengaturan {name} bernilai “{value}”, seharusnya {expected}."
    name: str
    value: str
    expected: str


class DatabaseUrlError(SettingError):
    """A database address that cannot be used; its text may hold a password and is not shown."""

    value: str = "(disembunyikan)"
    expected: str = (
        "alamat PostgreSQL seperti postgresql://pengguna:sandi@server/basisdata (tanda @ di "
        "dalam sandi ditulis %40)"
    )


# --- the store ---------------------------------------------------------------------------


class StoreError(DataError):
    """The database cannot be used."""


class StoreUnavailableError(StoreError):
    sentence = (
        "Basis data {where} tidak dapat dibuka ({reason}). Periksa alamat, folder, "
        "hak tulis, dan ruang kosong di disk."
    )
    where: str
    reason: str


class StoreDamagedError(StoreError):
    sentence = (
        "{where} bukan basis data Pantau Desa Binaan atau sudah rusak. Hentikan aplikasi, pulihkan "
        "dari cadangan atau pindahkan berkas itu bersama berkas -wal dan -shm di sampingnya ke "
        "tempat lain, lalu mulai lagi."
    )
    where: str


class StoreDraftError(StoreError):
    sentence = (
        "Basis data baru {where} tidak dapat ditulis dengan utuh, sehingga tidak dibuat. Periksa "
        "ruang kosong di disk, lalu mulai lagi."
    )
    where: str


class StoreMissingError(StoreError):
    """The file was there while this process ran, and is gone."""

    sentence = (
        "Berkas basis data {where} hilang selagi aplikasi berjalan. Kembalikan berkas itu ke "
        "tempatnya, lalu coba lagi; untuk mulai dengan basis data baru, hentikan aplikasi dan "
        "mulai lagi."
    )
    where: str


class StoreReplacedError(StoreError):
    """Another file or content came into the place of the one that was being read or written."""

    sentence = (
        "Berkas basis data {where} diganti, dihapus, atau ditimpa selagi dipakai. Perubahan yang "
        "sedang disimpan tidak ada di berkas yang sekarang. Periksa isi dan Riwayat di halaman "
        "Data, lalu ulangi."
    )
    where: str


class StoreJournalError(StoreError):
    """What SQLite keeps beside a file is of another file; written over this one, it damages it."""

    sentence = (
        "Berkas {journal} bukan milik basis data {where} yang sekarang, sehingga basis data itu "
        "tidak dibuka. Hentikan aplikasi, pindahkan berkas -wal dan -shm itu ke tempat lain (atau "
        "kembalikan basis data semula), lalu mulai lagi."
    )
    where: str
    journal: str


class StoreInterruptedError(StoreError):
    sentence = (
        "Sambungan ke basis data {where} putus sebelum selesai ({reason}). Perubahan tidak "
        "disimpan. Ulangi setelah basis data dapat dihubungi lagi."
    )
    where: str
    reason: str


class StoreUncertainError(StoreError):
    sentence = (
        "Sambungan ke basis data {where} putus tepat saat menyimpan, sehingga belum pasti apakah "
        "perubahan tersimpan. Periksa Riwayat di halaman Data sebelum mengulang."
    )
    where: str


class StoredDateError(StoreError):
    sentence = (
        "Basis data berisi “{text}” sebagai tanggal, seharusnya seperti 2026-06-30. Cari "
        "baris itu dengan python -m data_access export, lalu perbaiki."
    )
    text: str


class StoredNoteError(StoreError):
    """What the program itself noted beside a row reads no more."""

    sentence = (
        "Basis data berisi catatan rusak di tabel {table}, {row}. Pulihkan basis data dari "
        "cadangan."
    )
    table: str
    row: str


class StoreBusyError(StoreError):
    sentence = (
        "Basis data {where} sedang dipakai proses lain terlalu lama. Coba lagi sebentar lagi."
    )
    where: str


class StoreAreaError(StoreError):
    sentence = (
        "Basis data {where} memuat wilayah lain (misalnya {code}), bukan {area.name} "
        "({area.code}). Pakai PANTAU_DATA_DIR atau PANTAU_DATABASE_URL sendiri untuk setiap "
        "wilayah, atau perbaiki PANTAU_AREA."
    )
    where: str
    code: str


class StoreVersionError(StoreError):
    sentence = (
        "Basis data {where} memakai skema versi {found}, sedangkan program ini versi "
        "{expected}. Pakai versi program yang sesuai dengan basis datanya."
    )
    where: str
    found: str
    expected: str


class StoreUpgradeError(StoreError):
    sentence = (
        "Basis data {where} tidak dapat dinaikkan dari skema versi {found} ke {wanted} "
        "({reason}). Isinya tidak berubah. Periksa ruang kosong dan hak tulis, lalu coba lagi."
    )
    where: str
    found: str
    wanted: str
    reason: str


class SampleRefusedError(StoreError):
    sentence = (
        "Data contoh tidak dibuat karena basis data sudah berisi data asli: {real_rows:rows}. "
        "Pakai folder data lain (PANTAU_DATA_DIR) untuk mencoba data contoh."
    )
    real_rows: Mapping[str, int]


# --- moving a store ----------------------------------------------------------------------


class MoveError(StoreError):
    """A store was not copied; the target holds nothing of it."""


class MoveSourceMissingError(MoveError):
    sentence = "Tidak ada basis data {path} untuk dipindahkan. Periksa PANTAU_DATA_DIR."
    path: Path


class MoveTargetNotEmptyError(MoveError):
    sentence = (
        "Basis data tujuan {where} sudah berisi data: {rows:rows}. Tidak ada yang dipindahkan. "
        "Sebutkan basis data yang masih kosong."
    )
    where: str
    rows: Mapping[str, int]


class MoveRefusedError(MoveError):
    sentence = (
        "Basis data tujuan {where} menolak isi tabel {table} ({reason}). Tujuan tetap kosong. "
        "Perbaiki baris itu di basis data asal, lalu ulangi."
    )
    where: str
    table: str
    reason: str


class MoveUnequalError(MoveError):
    sentence = (
        "Isi tabel {table} di tujuan ({found} baris) tidak sama dengan asalnya "
        "({expected} baris). Pemindahan dibatalkan dan tujuan tetap kosong. Coba lagi; bila "
        "terulang, laporkan kepada pengelola program."
    )
    table: str
    expected: int
    found: int
