"""What can go wrong with names, shapes and maps, each with its own sentence.

Owns the error tree of this room. A class keeps its facts and states an Indonesian sentence
over them: what happened, where, and what to do. Callers show `str(error)`.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import ClassVar

from geo.area import Area, Box, area
from geo.telling import TellingError

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
    errno.ENXIO: "tidak ada yang membacanya",
    errno.EMFILE: "terlalu banyak berkas terbuka",
}


FORMATS = "GeoJSON, TopoJSON, Shapefile (zip), GeoPackage, KML/KMZ, GeoParquet atau FlatGeobuf"


def os_reason(error: OSError) -> str:
    """Say why the operating system refused; its own words where there are no better ones."""
    return _OS_REASONS.get(error.errno or 0) or error.strerror or str(error)


class GeoError(TellingError):
    """Root of everything this room reports to a person.

    Attributes:
        area: what a sentence may name of it.
    """

    area: ClassVar[Area] = area()


# --- output ----------------------------------------------------------------------------


class OutputError(GeoError):
    """A file was not written."""


class OutputUnwritableError(OutputError):
    """The file, or standard output where no file was named, takes no text."""

    sentence = (
        "{target} tidak dapat ditulis ({reason}). Periksa folder, hak tulis, dan ruang kosong "
        "di disk."
    )
    path: Path | None
    reason: str

    @property
    def target(self) -> str:
        return "Keluaran" if self.path is None else f"Berkas {self.path}"


class OutputExistsError(OutputError):
    sentence = (
        "{path} sudah ada dan tidak ditimpa. Pilih nama lain, atau pindahkan atau hapus dahulu "
        "yang lama."
    )
    path: Path


class OutputReservedError(OutputError):
    sentence = "{path} adalah nama milik program ini sendiri. Pilih nama atau folder lain."
    path: Path


# --- the file itself -------------------------------------------------------------------


class BoundaryFileError(GeoError):
    """A boundary file that cannot be used."""

    formats: ClassVar[str] = FORMATS


class FileMissingError(BoundaryFileError):
    sentence = "Berkas {path} tidak ditemukan. Periksa nama dan foldernya."
    path: Path


class NotAFileError(BoundaryFileError):
    sentence = "{path} bukan berkas biasa (misalnya folder). Tunjuk satu berkas {formats}."
    path: Path


class FileUnreadableError(BoundaryFileError):
    sentence = "Berkas {path} tidak dapat dibuka ({reason}). Periksa hak baca berkas itu."
    path: Path
    reason: str


class FileEmptyError(BoundaryFileError):
    sentence = "Berkas {path.name} kosong (0 bita). Unduh atau salin ulang berkasnya."
    path: Path


class FileTooLargeError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} terlalu besar ({size:MB}; batas {limit:MB}). "
        "Ambil bagian {area.name} atau Provinsi {area.province} saja, atau sederhanakan bentuknya."
    )
    path: Path
    size: int
    limit: int


class UnknownFormatError(BoundaryFileError):
    sentence = "Berkas {path.name} bukan berkas batas wilayah: isinya {found}. Pakai {formats}."
    path: Path
    found: str


class BrokenFileError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} rusak atau terpotong: isinya tidak terbaca sebagai {format_name} "
        "({reason}). Unduh atau ekspor ulang berkasnya."
    )
    path: Path
    format_name: str
    reason: str


class UnsafeArchiveError(BoundaryFileError):
    sentence = (
        "Arsip {path.name} tidak dibuka karena tidak aman: {reason}. "
        "Buat ulang zip yang hanya berisi berkas batasnya."
    )
    path: Path
    reason: str


class NoShapefileError(BoundaryFileError):
    sentence = (
        "Arsip {path.name} tidak berisi Shapefile yang lengkap: tidak ada {missing}. "
        "Zip-kan .shp bersama .shx, .dbf dan .prj-nya."
    )
    path: Path
    missing: str


class ReaderStoppedError(BoundaryFileError):
    sentence = (
        "Pemeriksaan {path.name} dihentikan: {reason}. Ambil bagian {area.name} saja, "
        "sederhanakan bentuknya, atau simpan ulang sebagai GeoJSON."
    )
    path: Path
    reason: str


class ReaderBusyError(BoundaryFileError):
    sentence = (
        "{path.name} belum diperiksa: berkas batas lain masih diperiksa. Coba lagi sebentar lagi."
    )
    path: Path


class TooDetailedError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} terlalu besar untuk diperiksa: {found}. Ambil bagian "
        "{area.name} (atau Provinsi {area.province}) saja, atau sederhanakan bentuknya."
    )
    path: Path
    found: str


# --- what is in the file ---------------------------------------------------------------


class NoFeaturesError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} tidak berisi satu pun wilayah. Periksa lapisan (layer) yang diekspor."
    )
    path: Path


class UnknownSchemaError(BoundaryFileError):
    sentence = (
        "Kolom berkas {path.name} tidak dikenal ({held}). Namai kolom kode dan nama wilayah "
        "`kode` dan `nama`, atau pakai berkas asli Kemendagri, BIG, HDX, GADM "
        "atau geoBoundaries."
    )
    path: Path
    columns: Sequence[str]

    @property
    def held(self) -> str:
        shown = [one_line(column[:40]) for column in list(self.columns)[:12]]
        return ", ".join(shown) or "tidak ada"


class NotPolygonsError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} tidak berisi bentuk wilayah (poligon), hanya {kinds}. "
        "Pilih lapisan batas yang berupa poligon."
    )
    path: Path
    kinds: str


class BadShapeError(BoundaryFileError):
    sentence = (
        "Bentuk ke-{row} ({label:name}) dalam {path.name} tidak dapat dibaca: "
        "{reason}. Perbaiki atau ekspor ulang bentuk itu."
    )
    path: Path
    row: int
    label: str
    reason: str


class CrsError(BoundaryFileError):
    """A question: which coordinate system?

    Attributes:
        likely: the one in which the shapes lie in the area, as `CODE (words)`; "" if unknown.
    """

    likely: str = field(default="", kw_only=True)


class CrsMissingError(CrsError):
    sentence = "Sistem koordinat (CRS) berkas {path.name} tidak diketahui: {reason}. {advice}."
    advice_likely = "Yang cocok dengan letaknya: --crs {likely}"
    advice_open = (
        "Sebutkan sendiri dengan --crs, misalnya EPSG:4326 (derajat), {area.metric.crs} "
        "({area.metric.name}, meter) atau EPSG:3857 (Web Mercator)"
    )
    path: Path
    reason: str

    @property
    def advice(self) -> str:
        return self.tell(self.advice_likely if self.likely else self.advice_open)


class CrsUnknownError(CrsError):
    """A coordinate system that is named but cannot be used: the same question."""

    sentence = "Sistem koordinat “{named}” {reason}. {advice}."
    advice_likely = "Yang cocok dengan letaknya: --crs {likely}"
    advice_open = "Tulis kode resminya, misalnya --crs EPSG:4326 atau --crs {area.metric.crs}"
    crs: str
    reason: str = "tidak dikenal"

    @property
    def named(self) -> str:
        return one_line(self.crs[:80])

    @property
    def advice(self) -> str:
        return self.tell(self.advice_likely if self.likely else self.advice_open)


class SwappedCoordinatesError(BoundaryFileError):
    sentence = (
        "Koordinat berkas {path.name} terbalik: lintang dan bujur tertukar. "
        "Simpan ulang dengan urutan bujur (sekitar {longitude:.0f}), "
        "lintang (sekitar {latitude:.0f})."
    )
    path: Path
    longitude: float = field(default=area().box.middle[0], init=False)
    latitude: float = field(default=area().box.middle[1], init=False)


class WrongAreaError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} bukan wilayah {area.name}: {found}. "
        "Pakai berkas yang memuat {area.name} ({area.code}), kira-kira {extent}."
    )
    path: Path
    found: str

    @property
    def extent(self) -> str:
        return _extent(self.area.point_box)


class ShapeOutsideAreaError(BoundaryFileError):
    sentence = (
        "Dalam {path.name}, bentuk {labels:some} terletak atau menjorok jauh di luar "
        "wilayah {area.name} meskipun kode atau namanya cocok. "
        "Periksa koordinat atau CRS bentuk itu."
    )
    path: Path
    labels: Sequence[str]


class DuplicateShapesError(BoundaryFileError):
    sentence = (
        "Dalam {path.name} satu wilayah digambar lebih dari sekali: {repeated:some}. "
        "Gabungkan bagian-bagiannya menjadi satu bentuk atau hapus yang salah."
    )
    path: Path
    repeated: Sequence[str]


class TooFewMatchedError(BoundaryFileError):
    sentence = (
        "Hanya {matched} dari {known} {level} dalam {path.name} yang dikenali, kurang dari "
        "separuh. Periksa kolom kode dan nama, atau pakai berkas lain."
    )
    path: Path
    level: str
    matched: int
    known: int


class WrongLevelError(BoundaryFileError):
    sentence = (
        "Berkas {path.name} berisi batas kabupaten atau provinsi ({label:name}); "
        "diperlukan batas kecamatan atau desa. Pilih lapisan atau berkas tingkat itu."
    )
    path: Path
    label: str


class MisplacedShapesError(BoundaryFileError):
    sentence = (
        "Dalam {path.name}, {swaps:count} bentuk tidak terletak di wilayah menurut kode atau "
        "namanya: {swaps:some}. Periksa apakah tabel atribut diurutkan terpisah dari "
        "bentuknya, lalu ekspor ulang."
    )
    path: Path
    swaps: Sequence[str]


class ShiftedShapesError(BoundaryFileError):
    sentence = (
        "Semua bentuk dalam {path.name} bergeser kira-kira {metres} m ({way}) dari letak "
        "wilayahnya. Periksa sistem koordinat (CRS) berkas, lalu ekspor ulang."
    )
    path: Path
    metres: int
    way: str


class ShapesOverlapError(BoundaryFileError):
    sentence = (
        "Dalam {path.name} sebagian besar bentuk {labels:some} bertumpang tindih dengan "
        "tetangganya. Periksa apakah bentuknya tergambar dua kali."
    )
    path: Path
    labels: Sequence[str]


class RepairFailedError(BoundaryFileError):
    sentence = (
        "Celah dan tumpang tindih dalam {path.name} tidak dapat dirapikan ({reason}). "
        "Rapikan topologinya di QGIS (Check Geometries), lalu coba lagi."
    )
    path: Path
    reason: str


# --- what is kept ----------------------------------------------------------------------


class StoredSetDamagedError(GeoError):
    sentence = (
        "Batas wilayah yang tersimpan ({path}) rusak. Simpan ulang dengan "
        "`python -m geo use BERKAS`, atau kembali ke batas indikatif dengan "
        "`python -m geo use --reset`."
    )
    path: Path


class DataDirUnwritableError(GeoError):
    sentence = (
        "Folder data {path} tidak dapat ditulisi ({reason}); yang sedang dipakai tidak "
        "berubah. Periksa hak tulis dan ruang cakram, atau atur PANTAU_DATA_DIR."
    )
    path: Path
    reason: str


class AliasFileDamagedError(GeoError):
    sentence = "Daftar nama lain {path} rusak pada baris {row}. Perbaiki atau hapus baris itu."
    path: Path
    row: int


class AliasFileUnreadableError(GeoError):
    sentence = (
        "Daftar nama lain {path} tidak dapat dibaca ({reason}). Perbaiki hak baca berkas itu."
    )
    path: Path
    reason: str


# --- settings --------------------------------------------------------------------------


class SecretsUnreadableError(GeoError):
    sentence = (
        "Berkas pengaturan {path} tidak dapat dibaca ({reason}). Perbaiki atau hapus berkas itu."
    )
    path: Path
    reason: str


class SettingUnknownError(GeoError):
    sentence = "Kunci “{name}” di {path} tidak dikenal. Pilihan di bawah [pantau]: {known:list}."
    path: Path
    name: str
    known: Sequence[str]


class SettingSectionError(GeoError):
    sentence = "Kunci {name} di {path} berada di bawah [{section}]. Pindahkan ke bawah [pantau]."
    path: Path
    section: str
    name: str


class SettingMisspeltError(GeoError):
    sentence = "Pengaturan {name} di lingkungan tidak dikenal. Tulis {meant}, atau hapus."
    name: str
    meant: str


class SettingValueError(GeoError):
    sentence = "“{name}” di {path} bukan satu nilai. Tulis misalnya {example} di bawah [pantau]."
    example: ClassVar[str] = 'PANTAU_DATA_DIR = "/srv/pantau"'
    path: Path
    name: str


class SettingAreaError(GeoError):
    sentence = (
        "PANTAU_AREA tidak dapat disetel di {path}: wilayah dipilih sebelum berkas itu dibaca, "
        "hanya lewat lingkungan. Hapus dari berkas itu."
    )
    path: Path


class SettingPathError(GeoError):
    sentence = (
        "Pengaturan {name} bernilai “{value}”, seharusnya alamat lengkap, misalnya /srv/pantau."
    )
    name: str
    value: str


# --- names -----------------------------------------------------------------------------


class UnknownCodeError(GeoError):
    sentence = (
        "Kode {code!r} bukan kecamatan atau desa {area.name}. "
        "Tulis kode Kemendagri, misalnya {area.examples.kecamatan} atau {area.examples.desa}."
    )
    code: str


class BlankNameError(GeoError):
    sentence = "Nama yang akan diingat kosong. Tulis ejaan seperti dalam berkas."


class NotATableError(GeoError):
    sentence = (
        "Tabel {path.name} tidak dapat dibaca: {reason}. "
        "Pakai CSV UTF-8 dengan kolom kecamatan dan desa (desa boleh kosong)."
    )
    path: Path
    reason: str


def one_line(text: str) -> str:
    """A text from a file as a terminal and a sentence can bear it: no line breaks, no controls."""
    shown = (sign if sign.isprintable() or sign.isspace() else "�" for sign in text)
    return " ".join("".join(shown).split())


def _extent(box: Box) -> str:
    text = f"bujur {box.west:g}-{box.east:g} dan lintang {box.south:g} sampai {box.north:g}"
    return text.replace(".", ",")
