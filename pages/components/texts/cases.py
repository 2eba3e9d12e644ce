"""Words of Kasus, and of the counts of cases on every page."""

from __future__ import annotations

from collections.abc import Mapping

HEADLINE = "{count} kasus{victims} dilaporkan pada {period}{before}{speed}."
HEADLINE_VICTIMS = " dengan {victims} korban"
HEADLINE_SPEED = "; tindakan pertama setelah {days} hari (nilai tengah)"
HEADLINE_NO_CASE = "Tidak ada laporan kasus pada {period} dalam saringan ini{before}."
HEADLINE_NO_RECORD = "Belum ada catatan kasus pada {period} dalam saringan ini."
BEFORE = " ({comparison}: {count})"
BEFORE_COUNT = "{count} kasus"

NO_CASE = "Tidak ada laporan kasus pada periode ini dalam saringan ini."
NO_RECORD = "Belum ada catatan kasus pada periode ini dalam saringan ini."

# Stages as the criminal procedure calls them, in its order, with what the short ones mean.
STAGE_WORDS: Mapping[str, str] = {
    "laporan": "Laporan",
    "LP": "LP (laporan polisi)",
    "penyelidikan": "Penyelidikan",
    "penyidikan": "Penyidikan",
    "P21": "P21 (berkas lengkap)",
    "putusan": "Putusan",
    "dihentikan": "Dihentikan",
}
MODUS_WORDS: Mapping[str, str] = {
    "PMI/PRT": "PMI/PRT (pekerja rumah tangga)",
    "PSK": "PSK (pekerja seks)",
    "ABK": "ABK (anak buah kapal)",
}
LABEL_WORDS: Mapping[str, str] = {"tppo": "TPPO", "tppm": "TPPM", "pmi_np": "PMI nonprosedural"}

# --- tiles ----------------------------------------------------------------------------------

REPORTED_TILE = "laporan, bukan prevalensi"
REPORTED_TILE_VICTIMS = "{victims} korban; laporan bukan prevalensi"
NO_DESA_TILE = "tidak ada desa dalam saringan ini"
CHANGE_UNIT = "laporan"
CHANGE_BEFORE = "{comparison}: {count} laporan"
TOO_FEW_TILE = "tidak dirinci: kasus terlalu sedikit"
VICTIMS_TILE = "orang; satu kasus dapat memuat banyak korban"
NONE_OPEN_TILE = "tidak ada kasus terbuka"
OPEN_TILE = "pada akhir periode"
OPEN_MEDIAN = "umur tengah {days} hari"
OPEN_OLDEST = "tertua {days} hari"
OPEN_OF_YEARS = "termasuk {count} dari {years}"
OPEN_OF_BEFORE = "termasuk yang dilaporkan sebelum periode ini"
ACTION_TILE = "hari sampai tindakan pertama (nilai tengah, {cases})"
ACTION_COUNT = "{count} kasus"
ACTION_COUNT_WITHHELD = "kasus yang sudah ditindaklanjuti"
NO_ACTION_TILE = "belum ada tindakan yang tercatat"

# --- what is told only on request -----------------------------------------------------------

DETAILS_OPEN = "Rincian kasus terbuka pada sesi ini dan tercatat dalam log audit."
DETAILS_CLOSE = "Tutup rincian"
DETAILS_QUESTION = (
    "Jumlah di bawah {least} tidak dirinci. Tampilkan rincian kasus? Hanya untuk petugas yang "
    "menangani; pembukaan dicatat dalam log audit."
)
DETAILS_SHOW = "Tampilkan rincian"
WITHHELD = "Tidak dirinci: rinciannya memuat jumlah di bawah {least}."
CLOSED = (
    "Kurang dari {least} kasus dalam saringan ini. Label, korban, bulan, negara, modus, "
    "tahap, dan waktu tindak lanjut tidak ditampilkan, supaya tidak seorang pun dikenali."
)

# --- map ------------------------------------------------------------------------------------

MAP_LABEL = "Label pada peta"
MAP_ANY = "Semua"
MAP_TITLE = "Laporan {label} menurut kecamatan asal korban"
MAP_TITLE_ANY = "Laporan kasus menurut kecamatan asal korban"
MAP_NOTE = "Peta menunjukkan asal korban, bukan tempat kejadian. {outside}"
MAP_NOTE_LABEL = " Label dari kecamatan dengan sedikit kasus tidak ditampilkan."
MAP_TOO_FEW = "Dengan begitu sedikit kasus peta tidak menunjukkan kecamatan mana."
OUTSIDE = "Asal di luar kabupaten atau tidak diketahui hanya masuk jumlah keseluruhan."
OUTSIDE_COUNT = (
    "Asal di luar kabupaten atau tidak diketahui ({count}) hanya masuk jumlah keseluruhan."
)
READING_NOTE = (
    "Laporan bukan prevalensi: angka ini menghitung kasus yang dilaporkan, bukan semua yang "
    "terjadi. Kenaikan laporan dari desa binaan dapat berarti warga makin berani melapor."
)

# --- labels and victims ---------------------------------------------------------------------

LABELS_TITLE = "Kasus menurut label"
LABELS_TPPO = "TPPO (perdagangan orang)"
LABELS_TPPM = "TPPM (penyelundupan manusia)"
LABELS_PMI_NP = LABEL_WORDS["pmi_np"]
LABELS_SEVERAL = "Kasus dengan lebih dari satu label"
LABELS_ANY = "Semua laporan kasus"
VICTIMS_TITLE = "Korban menurut kelompok (orang)"

# --- months ---------------------------------------------------------------------------------

# Words of a chart over bars of so many months.
GRAIN_WORDS: Mapping[int, str] = {1: "bulan", 3: "triwulan", 6: "semester", 12: "tahun"}
MONTHS_TITLE = "Laporan kasus per {grain}"
MONTHS_NOTE = "Jumlah kasus menurut tanggal laporan."
MONTHS_NOTE_JOINED = (
    "Jumlah kasus menurut tanggal laporan, digabung supaya tidak ada batang di bawah {least} kasus."
)
MONTHS_ALT = "Jumlah laporan kasus per {grain}"
MONTHS_UNIT = "laporan"
BAR_RUNNING = "{year}, berjalan"

# --- kecamatan ------------------------------------------------------------------------------

KECAMATAN_TITLE = "Kasus menurut kecamatan asal"
KECAMATAN_NOTE = "Satu kasus dapat berlabel lebih dari satu."
KECAMATAN_NOTE_CLASSES = (
    "Jumlah ditulis sebagai kelas; kecamatan dengan sedikit kasus tidak dirinci."
)
COLUMN_ANY = "Laporan"
COLUMN_VICTIMS = "Korban (orang)"

# --- breakdowns -----------------------------------------------------------------------------

DESTINATION_TITLE = "Ke mana mereka dikirim?"
STAGE_TITLE = "Sampai tahap mana?"
MODUS_TITLE = "Dengan modus apa?"
VERIFICATION_TITLE = "Sudah diverifikasi?"
BREAKDOWN_NOTE = "Jumlah kasus."
BREAKDOWN_ALT = "{title} Jumlah kasus menurut pilihan."
BREAKDOWN_UNIT = "kasus"
BREAKDOWN_REST = "Lainnya, digabung"
BREAKDOWN_REST_COUNT = "{count} lainnya, digabung"
