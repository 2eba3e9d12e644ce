"""What can go wrong with names, shapes and maps, each with its own sentence.

Owns the error tree of this room. A class builds its Indonesian sentence from the
facts it is given: what happened, where, and what to do. Callers show `str(error)`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo.area import Box, area

# Why the operating system refuses, in words an officer can act on.
_OS_REASONS = {
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.ENOENT: "tidak ada",
    errno.ENOTDIR: "bagian jalurnya bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.EEXIST: "sudah ada",
    errno.ENOSPC: "ruang penyimpanan penuh",
    errno.EDQUOT: "jatah penyimpanan habis",
    errno.EFBIG: "berkasnya terlalu besar",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautannya berputar",
    errno.EBUSY: "sedang dipakai",
    errno.EIO: "perangkat penyimpanan rusak",
    errno.EMFILE: "terlalu banyak berkas terbuka",
}

_AREA = area()
_OWN = _AREA.name
_PROVINCE = f"Provinsi {_AREA.province}"

FORMATS = "GeoJSON, TopoJSON, Shapefile (zip), GeoPackage, KML/KMZ, GeoParquet atau FlatGeobuf"


def os_reason(error: OSError) -> str:
    """Say why the operating system refused; its own words where there are no better ones."""
    return _OS_REASONS.get(error.errno or 0) or error.strerror or str(error)


class GeoError(Exception):
    """Root of everything this room reports to a person."""


# --- the file itself -------------------------------------------------------------------


class BoundaryFileError(GeoError):
    """A boundary file that cannot be used."""


class FileMissingError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"Berkas {path} tidak ditemukan. Periksa nama dan foldernya.")


class NotAFileError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} bukan berkas biasa (misalnya folder). Tunjuk satu berkas {FORMATS}."
        )


class FileUnreadableError(BoundaryFileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Berkas {path} tidak dapat dibuka ({reason}). Periksa hak baca berkas itu."
        )


class FileEmptyError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"Berkas {path.name} kosong (0 bita). Unduh atau salin ulang berkasnya.")


class FileTooLargeError(BoundaryFileError):
    def __init__(self, path: Path, size: int, limit: int) -> None:
        super().__init__(
            f"Berkas {path.name} terlalu besar ({_megabytes(size)}; batas {_megabytes(limit)}). "
            f"Ambil bagian {_OWN} atau {_PROVINCE} saja, atau sederhanakan bentuknya."
        )


class UnknownFormatError(BoundaryFileError):
    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"Berkas {path.name} bukan berkas batas wilayah: isinya {found}. Pakai {FORMATS}."
        )


class BrokenFileError(BoundaryFileError):
    def __init__(self, path: Path, format_name: str, reason: str) -> None:
        super().__init__(
            f"Berkas {path.name} rusak atau terpotong: isinya tidak terbaca sebagai {format_name} "
            f"({reason}). Unduh atau ekspor ulang berkasnya."
        )


class UnsafeArchiveError(BoundaryFileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Arsip {path.name} tidak dibuka karena tidak aman: {reason}. "
            "Buat ulang zip yang hanya berisi berkas batasnya."
        )


class NoShapefileError(BoundaryFileError):
    def __init__(self, path: Path, missing: str) -> None:
        super().__init__(
            f"Arsip {path.name} tidak berisi Shapefile yang lengkap: tidak ada {missing}. "
            "Zip-kan .shp bersama .shx, .dbf dan .prj-nya."
        )


class ReaderStoppedError(BoundaryFileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Pemeriksaan {path.name} dihentikan: {reason}. Ambil bagian {_OWN} saja, "
            "sederhanakan bentuknya, atau simpan ulang sebagai GeoJSON."
        )


class ReaderBusyError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} belum diperiksa: berkas batas lain masih diperiksa. "
            "Coba lagi sebentar lagi."
        )


class TooDetailedError(BoundaryFileError):
    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"Berkas {path.name} terlalu besar untuk diperiksa: {found}. Ambil bagian "
            f"{_OWN} (atau {_PROVINCE}) saja, atau sederhanakan bentuknya."
        )


# --- what is in the file ---------------------------------------------------------------


class NoFeaturesError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Berkas {path.name} tidak berisi satu pun wilayah. "
            "Periksa lapisan (layer) yang diekspor."
        )


class UnknownSchemaError(BoundaryFileError):
    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        held = ", ".join(one_line(column[:40]) for column in list(columns)[:12]) or "tidak ada"
        super().__init__(
            f"Kolom berkas {path.name} tidak dikenal ({held}). Namai kolom kode dan nama wilayah "
            "`kode` dan `nama`, atau pakai berkas asli Kemendagri, BIG, HDX, GADM "
            "atau geoBoundaries."
        )


class NotPolygonsError(BoundaryFileError):
    def __init__(self, path: Path, kinds: str) -> None:
        super().__init__(
            f"Berkas {path.name} tidak berisi bentuk wilayah (poligon), hanya {kinds}. "
            "Pilih lapisan batas yang berupa poligon."
        )


class BadShapeError(BoundaryFileError):
    def __init__(self, path: Path, row: int, label: str, reason: str) -> None:
        super().__init__(
            f"Bentuk ke-{row} ({label or 'tanpa nama'}) dalam {path.name} tidak dapat dibaca: "
            f"{reason}. Perbaiki atau ekspor ulang bentuk itu."
        )


class CrsMissingError(BoundaryFileError):
    """A question: which coordinate system?

    Attributes:
        likely: the one in which the shapes lie in the area, as `CODE (words)`; "" if unknown.
    """

    def __init__(self, path: Path, reason: str, likely: str = "") -> None:
        self.likely = likely
        metres = f"{_AREA.metric.crs} ({_AREA.metric.name}, meter)"
        examples = f"EPSG:4326 (derajat), {metres} atau EPSG:3857 (Web Mercator)"
        advice = (
            f"Yang cocok dengan letaknya: --crs {likely}"
            if likely
            else f"Sebutkan sendiri dengan --crs, misalnya {examples}"
        )
        super().__init__(
            f"Sistem koordinat (CRS) berkas {path.name} tidak diketahui: {reason}. {advice}."
        )


class CrsUnknownError(CrsMissingError):
    """A coordinate system that is named but cannot be used: the same question."""

    def __init__(self, crs: str, reason: str = "tidak dikenal") -> None:
        self.likely = ""
        BoundaryFileError.__init__(
            self,
            f"Sistem koordinat “{one_line(crs[:80])}” {reason}. "
            f"Tulis kode resminya, misalnya --crs EPSG:4326 atau --crs {_AREA.metric.crs}.",
        )


class SwappedCoordinatesError(BoundaryFileError):
    def __init__(self, path: Path) -> None:
        longitude, latitude = _AREA.box.middle
        super().__init__(
            f"Koordinat berkas {path.name} terbalik: lintang dan bujur tertukar. "
            f"Simpan ulang dengan urutan bujur (sekitar {longitude:.0f}), "
            f"lintang (sekitar {latitude:.0f})."
        )


class WrongAreaError(BoundaryFileError):
    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"Berkas {path.name} bukan wilayah {_OWN}: {found}. Pakai berkas yang memuat "
            f"{_OWN} ({_AREA.code}), kira-kira {_extent(_AREA.point_box)}."
        )


class ShapeOutsideAreaError(BoundaryFileError):
    def __init__(self, path: Path, labels: Sequence[str]) -> None:
        super().__init__(
            f"Dalam {path.name}, bentuk {_listed(labels)} terletak atau menjorok jauh di luar "
            f"wilayah {_OWN} meskipun kode atau namanya cocok. "
            "Periksa koordinat atau CRS bentuk itu."
        )


class DuplicateShapesError(BoundaryFileError):
    def __init__(self, path: Path, repeated: Sequence[str]) -> None:
        super().__init__(
            f"Dalam {path.name} satu wilayah digambar lebih dari sekali: {_listed(repeated)}. "
            "Gabungkan bagian-bagiannya menjadi satu bentuk atau hapus yang salah."
        )


class TooFewMatchedError(BoundaryFileError):
    def __init__(self, path: Path, level: str, matched: int, known: int) -> None:
        super().__init__(
            f"Hanya {matched} dari {known} {level} dalam {path.name} yang dikenali, kurang dari "
            "separuh. Periksa kolom kode dan nama, atau pakai berkas lain."
        )


class WrongLevelError(BoundaryFileError):
    def __init__(self, path: Path, label: str) -> None:
        super().__init__(
            f"Berkas {path.name} berisi batas kabupaten atau provinsi ({label or 'tanpa nama'}); "
            "diperlukan batas kecamatan atau desa. Pilih lapisan atau berkas tingkat itu."
        )


class MisplacedShapesError(BoundaryFileError):
    def __init__(self, path: Path, swaps: Sequence[str]) -> None:
        super().__init__(
            f"Dalam {path.name}, {len(swaps)} bentuk tidak terletak di wilayah menurut kode atau "
            f"namanya: {_listed(swaps)}. Periksa apakah tabel atribut diurutkan terpisah dari "
            "bentuknya, lalu ekspor ulang."
        )


class ShiftedShapesError(BoundaryFileError):
    def __init__(self, path: Path, metres: int, way: str) -> None:
        super().__init__(
            f"Semua bentuk dalam {path.name} bergeser kira-kira {metres} m ({way}) dari letak "
            "wilayahnya. Periksa sistem koordinat (CRS) berkas, lalu ekspor ulang."
        )


class ShapesOverlapError(BoundaryFileError):
    def __init__(self, path: Path, labels: Sequence[str]) -> None:
        super().__init__(
            f"Dalam {path.name} sebagian besar bentuk {_listed(labels)} bertumpang tindih dengan "
            "tetangganya. Periksa apakah bentuknya tergambar dua kali."
        )


class RepairFailedError(BoundaryFileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Celah dan tumpang tindih dalam {path.name} tidak dapat dirapikan ({reason}). "
            "Rapikan topologinya di QGIS (Check Geometries), lalu coba lagi."
        )


# --- what is kept ----------------------------------------------------------------------


class StoredSetDamagedError(GeoError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Batas wilayah yang tersimpan ({path}) rusak. Simpan ulang dengan "
            "`python -m geo use BERKAS`, atau kembali ke batas indikatif dengan "
            "`python -m geo use --reset`."
        )


class DataDirUnwritableError(GeoError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Folder data {path} tidak dapat ditulisi ({reason}); yang sedang dipakai tidak "
            "berubah. Periksa hak tulis dan ruang cakram, atau atur PANTAU_DATA_DIR."
        )


class AliasFileDamagedError(GeoError):
    def __init__(self, path: Path, row: int) -> None:
        super().__init__(
            f"Daftar nama lain {path} rusak pada baris {row}. Perbaiki atau hapus baris itu."
        )


# --- names -----------------------------------------------------------------------------


class UnknownCodeError(GeoError):
    def __init__(self, code: str) -> None:
        super().__init__(
            f"Kode {code!r} bukan kecamatan atau desa {_OWN}. Tulis kode Kemendagri, "
            f"misalnya {_AREA.examples.kecamatan} atau {_AREA.examples.desa}."
        )


class BlankNameError(GeoError):
    def __init__(self) -> None:
        super().__init__("Nama yang akan diingat kosong. Tulis ejaan seperti dalam berkas.")


class NotATableError(GeoError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Tabel {path.name} tidak dapat dibaca: {reason}. "
            "Pakai CSV UTF-8 dengan kolom kecamatan dan desa (desa boleh kosong)."
        )


def one_line(text: str) -> str:
    """A text from a file as a terminal and a sentence can bear it: no line breaks, no controls."""
    shown = (sign if sign.isprintable() or sign.isspace() else "�" for sign in text)
    return " ".join("".join(shown).split())


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


def _extent(box: Box) -> str:
    text = f"bujur {box.west:g}-{box.east:g} dan lintang {box.south:g} sampai {box.north:g}"
    return text.replace(".", ",")


def _listed(labels: Sequence[str], most: int = 5) -> str:
    shown = "; ".join(labels[:most])
    rest = len(labels) - most
    return f"{shown}; dan {rest} lagi" if rest > 0 else shown
