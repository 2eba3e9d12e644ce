"""Why a file of an officer cannot be read, each with its own sentence.

Owns the refusals of whole files. Every sentence names the file, what is wrong with it
and what to do; what is wrong with single rows is a `Problem`, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data_access.errors import DataError

SAVE_AS_XLSX = "Buka di Excel atau LibreOffice, lalu pilih Simpan Sebagai “.xlsx”"
# How many sheets without a header a sentence names.
_MOST_SHEETS_NAMED = 5


class SourceFileError(DataError):
    """A file that cannot be read as tables."""

    save_as_xlsx: ClassVar[str] = SAVE_AS_XLSX


# --- the file itself ---------------------------------------------------------------------


class SourceMissingError(SourceFileError):
    sentence = "Berkas {name} tidak ditemukan. Periksa nama dan foldernya."
    name: str


class SourceNotAFileError(SourceFileError):
    sentence = (
        "{name} bukan berkas biasa (misalnya folder). Tunjuk satu berkas xlsx, ods, atau csv."
    )
    name: str


class SourceUnreadableError(SourceFileError):
    sentence = "Berkas {name} tidak dapat dibuka ({reason}). Periksa hak bacanya."
    name: str
    reason: str


class SourceEmptyError(SourceFileError):
    sentence = (
        "Berkas {name} kosong: tidak ada satu sel pun yang terisi. "
        "Pilih berkas yang berisi baris judul dan data."
    )
    name: str


class SourceTooLargeError(SourceFileError):
    sentence = (
        "Berkas {name} terlalu besar ({size:MB}; batas "
        "{limit:MB}). Bagi menjadi beberapa berkas, misalnya per tahun."
    )
    name: str
    size: int
    limit: int


class TooManyCellsError(SourceFileError):
    sentence = (
        "Berkas {name}, lembar “{sheet}”: isinya lebih dari {limit:number} sel. "
        "Hapus lembar dan kolom yang tidak perlu, atau bagi menjadi beberapa berkas."
    )
    name: str
    sheet: str
    limit: int


class TooManyRowsError(SourceFileError):
    sentence = (
        "Berkas {name} berisi {count:number} baris; batas satu berkas {limit:number} baris "
        "data. Bagi menjadi beberapa berkas, misalnya per bulan atau per tahun."
    )
    name: str
    count: int
    limit: int


class TooManyColumnsError(SourceFileError):
    sentence = (
        "Berkas {name}, lembar “{sheet}”, baris {row}: ada isi sesudah kolom ke-{limit}. "
        "Hapus isi di sebelah kanan tabel, lalu simpan lagi."
    )
    name: str
    sheet: str
    row: int
    limit: int


class CellTooLargeError(SourceFileError):
    sentence = (
        "Berkas {name}, lembar “{sheet}”, baris {row}: ada sel yang isinya lebih dari "
        "{limit:number} huruf. Perpendek atau kosongkan sel itu; pada csv, periksa juga tanda "
        "petik."
    )
    name: str
    sheet: str
    row: int
    limit: int


# --- a format that is not read -----------------------------------------------------------


class FormatUnknownError(SourceFileError):
    sentence = (
        "Berkas {name} bukan tabel yang dapat dibaca: isinya {found}. "
        "Pakai berkas xlsx, ods, csv, atau tsv."
    )
    name: str
    found: str


class FormatLegacyError(SourceFileError):
    sentence = "Berkas {name} memakai format {found}. {save_as_xlsx}."
    name: str
    found: str


class PasswordProtectedError(SourceFileError):
    sentence = (
        "Berkas {name} dilindungi kata sandi sehingga isinya tidak dapat dibaca. "
        "Buka di Excel, hapus kata sandinya (File > Info > Protect Workbook), lalu simpan lagi."
    )
    name: str


class MacroRefusedError(SourceFileError):
    sentence = (
        "Berkas {name} berisi makro (program di dalam lembar kerja) dan tidak dibuka demi "
        "keamanan. {save_as_xlsx} (tanpa makro)."
    )
    name: str


class WebPageRefusedError(SourceFileError):
    sentence = (
        "Berkas {name} sebenarnya halaman web (HTML) yang diberi nama lembar kerja. {save_as_xlsx}."
    )
    name: str


# --- a file that is damaged or dangerous -------------------------------------------------


class SourceUnsafeError(SourceFileError):
    sentence = (
        "Berkas {name} tidak dibuka karena susunannya tidak wajar: {reason}. "
        "Salin datanya ke lembar kerja baru dan simpan sebagai .xlsx."
    )
    name: str
    reason: str


class SourceBrokenError(SourceFileError):
    sentence = (
        "Berkas {name} rusak atau terpotong: isinya tidak terbaca sebagai {kind}. "
        "Salin atau unduh ulang berkasnya. {save_as_xlsx}."
    )
    name: str
    kind: str


class ReaderStoppedError(SourceFileError):
    sentence = (
        "Pembacaan berkas {name} dihentikan: {reason}. "
        "Salin datanya saja ke lembar kerja baru, atau bagi menjadi beberapa berkas."
    )
    name: str
    reason: str


class ReaderBusyError(SourceFileError):
    sentence = (
        "Berkas {name} belum dibaca: berkas lain masih dibaca dan memakan waktu lama. Coba lagi "
        "sebentar lagi."
    )
    name: str


# --- text files --------------------------------------------------------------------------


class EncodingUnknownError(SourceFileError):
    sentence = (
        "Berkas {name}: susunan hurufnya tidak dikenal (bukan UTF-8, UTF-16, atau "
        "Windows-1252). Simpan ulang dari Excel sebagai “CSV UTF-8”."
    )
    name: str


class QuotesBrokenError(SourceFileError):
    sentence = (
        'Berkas {name}, baris {row}: tanda petik (") tidak ditutup atau salah letak, '
        "sehingga batas kolomnya tidak jelas. Perbaiki tanda petik di baris itu, atau simpan "
        "sebagai .xlsx."
    )
    name: str
    row: int


# --- the tables inside -------------------------------------------------------------------


class HeaderNotFoundError(SourceFileError):
    sentence = (
        "Berkas {name}: tidak ada baris judul yang dikenal pada {listing}. "
        "Sediakan satu baris judul, misalnya Tanggal, Desa, Kecamatan, atau pakai templat."
    )
    more = " dan {hidden} lembar lain"
    name: str
    sheets: Sequence[str]

    @property
    def hidden(self) -> int:
        return max(len(self.sheets) - _MOST_SHEETS_NAMED, 0)

    @property
    def listing(self) -> str:
        named = ", ".join(f"“{sheet}”" for sheet in self.sheets[:_MOST_SHEETS_NAMED])
        return named + (self.tell(self.more) if self.hidden else "")
