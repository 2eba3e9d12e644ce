"""Words of the section of Data that shows the boundaries in use and takes others."""

from __future__ import annotations

# --- in use ---------------------------------------------------------------------------------

IN_USE_TITLE = "Batas yang dipakai"
SOURCE = "Sumber"
SOURCE_DATE = "Tanggal sumber"
SOURCE_DATE_NONE = "tidak tercantum"
LEVEL = "Tingkat"
LEVEL_BOTH = "kecamatan dan desa"
LEVEL_KECAMATAN = "kecamatan"
NOTE = "Catatan"
NOTE_NONE = "lengkap"
STORED_ON = "Disimpan pada"
STORED_NEVER = "bawaan program"
GO_BACK = "Kembali ke batas indikatif"
GONE_BACK = "Batas indikatif bawaan dipakai lagi di semua peta."

# --- another file ---------------------------------------------------------------------------

UPLOAD_TITLE = "Pakai berkas batas resmi"
UPLOAD_NOTE = (
    "GeoJSON, TopoJSON, Shapefile (zip), GeoPackage, KML/KMZ, GeoParquet, atau FlatGeobuf; "
    "tingkat kecamatan atau desa. Berkas diperiksa dahulu; batas yang dipakai tidak berubah "
    "sebelum Anda menyetujuinya."
)
UPLOAD = "Berkas batas wilayah"
WAIT_FOR_FILE = "Memeriksa berkas batas …"
REPORT = "Laporan pemeriksaan"
USABLE = "Berkas dapat dipakai: {matched} cocok, {repaired}."
MATCHED_KECAMATAN = "{n} dari {total} kecamatan"
MATCHED_BOTH = "{n} dari {total} kecamatan dan {desa} dari {all_desa} desa"
REPAIRED = "{count} bentuk dirapikan"
REPAIRED_NONE = "tanpa perbaikan bentuk"
USE = "Pakai batas ini"
USED = "Batas {source} kini dipakai di semua peta."

# --- coordinate system ----------------------------------------------------------------------

CRS_DEGREES = "Derajat, {name} ({code})"
CRS_METRES = "Meter, {name} ({code})"
CRS_QUESTION = "Sistem koordinat (CRS) berkas ini"
CRS_NONE = "Belum dipilih"
CRS_MISSING = (
    "Berkas {file} tidak menyebut sistem koordinat yang dapat dipakai. Pilih di bawah; bila tidak "
    "tahu, tanyakan kepada pemberi berkas."
)
CRS_MISSING_LIKELY = (
    "Berkas {file} tidak menyebut sistem koordinat yang dapat dipakai. Yang cocok dengan "
    "letaknya: {likely}. Pilih di bawah; bila tidak tahu, tanyakan kepada pemberi berkas."
)

# --- names ----------------------------------------------------------------------------------

NAMES_TITLE = "{count} nama menunggu konfirmasi"
NAMES_NOTE = (
    "Pilih wilayah yang dimaksud: yang termirip di atas, lalu semua wilayah yang belum punya "
    "bentuk. Nama yang dibiarkan tidak dipakai. Jawaban diingat untuk berkas berikutnya."
)
NAME_QUESTION = "“{written}” (bentuk ke-{row})"
NAME_LEFT = "Biarkan, jangan dipakai"
NAMES_SAVE = "Simpan jawaban dan periksa lagi"
