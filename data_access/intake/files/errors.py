"""Why a file of an officer cannot be read, each with its own sentence.

Owns the refusals of whole files. Every sentence names the file, what is wrong with it
and what to do; what is wrong with single rows is a `Problem`, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from data_access.errors import DataError
from geo.notation import number

SAVE_AS_XLSX = "Buka di Excel atau LibreOffice, lalu pilih Simpan Sebagai “.xlsx”"

_MEGABYTE = 1024 * 1024


class SourceFileError(DataError):
    """A file that cannot be read as tables."""


# --- the file itself ---------------------------------------------------------------------


class SourceMissingError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(f"Berkas {name} tidak ditemukan. Periksa nama dan foldernya.")


class SourceNotAFileError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} bukan berkas biasa (misalnya folder). Tunjuk satu berkas xlsx, ods, atau csv."
        )


class SourceUnreadableError(SourceFileError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Berkas {name} tidak dapat dibuka ({reason}). Periksa hak bacanya.")


class SourceEmptyError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Berkas {name} kosong: tidak ada satu sel pun yang terisi. "
            "Pilih berkas yang berisi baris judul dan data."
        )


class SourceTooLargeError(SourceFileError):
    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            f"Berkas {name} terlalu besar ({size / _MEGABYTE:.0f} MB; batas "
            f"{limit / _MEGABYTE:.0f} MB). Bagi menjadi beberapa berkas, misalnya per tahun."
        )


class TooManyCellsError(SourceFileError):
    def __init__(self, name: str, sheet: str, limit: int) -> None:
        count = number(limit)
        super().__init__(
            f"Berkas {name}, lembar “{sheet}”: isinya lebih dari {count} sel. "
            "Hapus lembar dan kolom yang tidak perlu, atau bagi menjadi beberapa berkas."
        )


class TooManyRowsError(SourceFileError):
    def __init__(self, name: str, count: int, limit: int) -> None:
        found, most = map(number, (count, limit))
        super().__init__(
            f"Berkas {name} berisi {found} baris; batas satu berkas {most} baris data. "
            "Bagi menjadi beberapa berkas, misalnya per bulan atau per tahun."
        )


class TooManyColumnsError(SourceFileError):
    def __init__(self, name: str, sheet: str, row: int, limit: int) -> None:
        super().__init__(
            f"Berkas {name}, lembar “{sheet}”, baris {row}: ada isi sesudah kolom ke-{limit}. "
            "Hapus isi di sebelah kanan tabel, lalu simpan lagi."
        )


class CellTooLargeError(SourceFileError):
    def __init__(self, name: str, sheet: str, row: int, limit: int) -> None:
        count = number(limit)
        super().__init__(
            f"Berkas {name}, lembar “{sheet}”, baris {row}: ada sel yang isinya lebih dari {count} "
            "huruf. Perpendek atau kosongkan sel itu; pada csv, periksa juga tanda petik."
        )


# --- a format that is not read -----------------------------------------------------------


class FormatUnknownError(SourceFileError):
    def __init__(self, name: str, found: str) -> None:
        super().__init__(
            f"Berkas {name} bukan tabel yang dapat dibaca: isinya {found}. "
            "Pakai berkas xlsx, ods, csv, atau tsv."
        )


class FormatLegacyError(SourceFileError):
    def __init__(self, name: str, found: str) -> None:
        super().__init__(f"Berkas {name} memakai format {found}. {SAVE_AS_XLSX}.")


class PasswordProtectedError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Berkas {name} dilindungi kata sandi sehingga isinya tidak dapat dibaca. "
            "Buka di Excel, hapus kata sandinya (File > Info > Protect Workbook), lalu simpan lagi."
        )


class MacroRefusedError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Berkas {name} berisi makro (program di dalam lembar kerja) dan tidak dibuka demi "
            f"keamanan. {SAVE_AS_XLSX} (tanpa makro)."
        )


class WebPageRefusedError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Berkas {name} sebenarnya halaman web (HTML) yang diberi nama lembar kerja. "
            f"{SAVE_AS_XLSX}."
        )


# --- a file that is damaged or dangerous -------------------------------------------------


class SourceUnsafeError(SourceFileError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Berkas {name} tidak dibuka karena susunannya tidak wajar: {reason}. "
            "Salin datanya ke lembar kerja baru dan simpan sebagai .xlsx."
        )


class SourceBrokenError(SourceFileError):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"Berkas {name} rusak atau terpotong: isinya tidak terbaca sebagai {kind}. "
            f"Salin atau unduh ulang berkasnya. {SAVE_AS_XLSX}."
        )


class ReaderStoppedError(SourceFileError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Pembacaan berkas {name} dihentikan: {reason}. "
            "Salin datanya saja ke lembar kerja baru, atau bagi menjadi beberapa berkas."
        )


# --- text files --------------------------------------------------------------------------


class EncodingUnknownError(SourceFileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Berkas {name}: susunan hurufnya tidak dikenal (bukan UTF-8, UTF-16, atau "
            "Windows-1252). Simpan ulang dari Excel sebagai “CSV UTF-8”."
        )


class QuotesBrokenError(SourceFileError):
    def __init__(self, name: str, row: int) -> None:
        super().__init__(
            f'Berkas {name}, baris {row}: tanda petik (") tidak ditutup atau salah letak, '
            "sehingga batas kolomnya tidak jelas. Perbaiki tanda petik di baris itu, atau simpan "
            "sebagai .xlsx."
        )


# --- the tables inside -------------------------------------------------------------------


class HeaderNotFoundError(SourceFileError):
    def __init__(self, name: str, sheets: Sequence[str]) -> None:
        listing = ", ".join(f"“{sheet}”" for sheet in sheets[:5])
        more = f" dan {len(sheets) - 5} lembar lain" if len(sheets) > 5 else ""
        super().__init__(
            f"Berkas {name}: tidak ada baris judul yang dikenal pada {listing}{more}. "
            "Sediakan satu baris judul, misalnya Tanggal, Desa, Kecamatan, atau pakai templat."
        )
