"""Words that more than one page uses: values, records, filter, changes, absence, notices."""

from __future__ import annotations

from collections.abc import Mapping

# --- the frame around every page -----------------------------------------------------------

PRODUCT_NAME = "Pantau Desa Binaan"
# By the page's path in the address.
PAGE_TITLES: Mapping[str, str] = {
    "": "Ringkasan",
    "kunjungan": "Kunjungan",
    "sosialisasi": "Sosialisasi",
    "kasus": "Kasus",
    "data": "Data",
}

# --- values ---------------------------------------------------------------------------------

NOT_APPLICABLE = "tidak berlaku"
UNKNOWN = "Tidak diketahui"
PERCENT = "{share} %"
PERCENT_BELOW_ONE = "<1 %"
PERCENT_ABOVE_99 = ">99 %"
MOMENT = "{day} pukul {clock} WIB"
LIST_OF_TWO = "{first} dan {last}"
LIST_OF_MORE = "{first}, dan {last}"
LESS_THAN = "kurang dari {bound}"
SHARE_DETAIL = "{n} dari {total} {unit}"
RUNNING = "berjalan"
RUNNING_VALUE = "{value} (berjalan)"

# --- what is counted ------------------------------------------------------------------------

DESA = "desa"
ASSISTED_DESA = "desa binaan"
DESA_OF_SCOPE: Mapping[str, str] = {
    "all": DESA,
    "assisted": ASSISTED_DESA,
    "office": "desa di wilayah kantor ini",
}
KECAMATAN = "kecamatan"
# Names the kecamatan with the most, after a number.
MOST = ", terbanyak di {kecamatan}"

# --- records --------------------------------------------------------------------------------

SOURCE_WORDS: Mapping[str, str] = {
    "visits": "kunjungan",
    "sessions": "sosialisasi",
    "cases": "kasus",
}
STATUS_WORDS: Mapping[str, str] = {
    "covered": "Tepat waktu",
    "due": "Akan jatuh tempo",
    "overdue": "Jatuh tempo",
    "never": "Belum pernah",
}
OUTCOME_WORDS: Mapping[str, str] = {
    "nihil": "Nihil",
    "temuan": "Temuan",
    "tindak_lanjut": "Tindak lanjut",
    "tidak_terjangkau": "Tidak terjangkau",
}
GROUP_WORDS: Mapping[str, str] = {
    "women": "Perempuan dewasa",
    "men": "Laki-laki dewasa",
    "girls": "Anak perempuan",
    "boys": "Anak laki-laki",
}
VERIFICATION_WORDS: Mapping[str, str] = {
    "dilaporkan": "Dilaporkan, belum diverifikasi",
    "terverifikasi": "Terverifikasi",
    "tidak_terbukti": "Tidak terbukti",
}

# --- filter ---------------------------------------------------------------------------------

FILTER_FOLD = "Saring data"
FILTER_PERIOD = "Periode"
FILTER_FROM = "Dari bulan"
FILTER_UNTIL = "Sampai bulan"
FILTER_KECAMATAN = "Kecamatan"
FILTER_ALL_KECAMATAN = "Semua kecamatan"
FILTER_SCOPE = "Cakupan"
FILTER_COMPARISON = "Pembanding"
PERIOD_WORDS: Mapping[str, str] = {
    "bulan": "Bulan ini",
    "triwulan": "Triwulan ini",
    "tahun": "Tahun ini",
    "12-bulan": "12 bulan",
    "program": "Sejak program",
    "bebas": "Pilih bulan",
}
SCOPE_WORDS: Mapping[str, str] = {
    "semua": "Semua desa",
    "binaan": "Desa binaan",
    "kantor": "Wilayah kantor",
}
COMPARISON_WORDS: Mapping[str, str] = {
    "tahun-lalu": "Banding tahun lalu",
    "sebelumnya": "Banding sebelumnya",
    "tanpa": "Tanpa pembanding",
}
# The comparison within a sentence that has named the period.
COMPARISON_SHORT: Mapping[str, str] = {
    "tahun-lalu": "tahun lalu",
    "sebelumnya": "periode sebelumnya",
}
COMPARISON_SAME_DAYS = "waktu yang sama {comparison}"

ALL_KECAMATAN = "{count} kecamatan"
MANY_KECAMATAN = "{count} kecamatan terpilih"
SOME_KECAMATAN = "Kecamatan {names}"
PERIOD_BEYOND_DATA = "{period} (data sampai {day})"
COMPARED_WITH = "dibandingkan dengan {period}"

NO_COMPARISON_BEFORE_START = "tanpa pembanding karena periode ini belum berjalan"
NO_COMPARISON_OVERLAP = "tanpa pembanding karena periode lebih dari setahun"
NO_COMPARISON_NO_PROGRAMME = "tanpa pembanding karena program belum berjalan saat itu"
NO_COMPARISON_PROGRAMME_NEW = "tanpa pembanding karena program baru berjalan sejak {start}"

# Of values in an address that mean nothing.
IGNORED_VALUE = "Nilai {values} untuk “{name}” di alamat halaman diabaikan. {remedy}"
IGNORED_QUOTED = "“{value}”"
IGNORED_OTHERS = "{count} lainnya"
REMEDY_CHOICES = "Pilihan yang ada: {choices}."
REMEDY_KECAMATAN = "Kode kecamatan ditulis seperti {example}."
REMEDY_DESA = "Kode desa ditulis seperti {example}."
REMEDY_OFFICER = "Nama PIMPASA paling panjang {most} huruf."
REMEDY_MONTH = "Bulan ditulis seperti 2026-01."
REMEDY_MONTH_ORDER = "Bulan awal harus sebelum {last}."
REMEDY_YEAR = "Tahun itu di luar masa program."

# --- changes --------------------------------------------------------------------------------

CHANGE_VERBS: Mapping[int, str] = {1: "naik", -1: "turun"}
CHANGE_ARROWS: Mapping[int, str] = {1: "▲ ", -1: "▼ "}
CHANGE_COUNT = "{verb} {count} {unit}"
CHANGE_POINTS = "{verb} {points} poin"
CHANGE_NONE = "tetap"
CHANGE_NO_POINTS = "persentase sama"
CHANGE_BELOW_ONE_POINT = "kurang dari 1"
CHANGE_CAME = "{count} {unit} baru"
CHANGE_WENT = "{count} {unit} berkurang"
CHANGE_UNKNOWN = "pembanding {not_recorded}"
# The same within a headline, after what is counted.
CHANGE_AGAINST = ", {change} dari {comparison}{beside}"
CHANGE_NONE_AGAINST = ", sama dengan {comparison}{beside}"
CHANGE_UNKNOWN_AGAINST = "; {comparison} {not_recorded}"
CHANGE_BESIDE = " ({what})"

# --- absence --------------------------------------------------------------------------------

NO_DESA = "Tidak ada desa dalam saringan ini: {scope}."
NOTHING_RECORDED = "Belum ada catatan {what} pada {period}"
NOTHING_RECORDED_TILE = "Data {tables} belum masuk untuk periode ini"
NEVER_IMPORTED = "Belum ada catatan {what}. Masukkan berkas {what} di halaman Data."
NOT_RECORDED_FUTURE = "{opening}: belum berjalan. Pilih periode yang lebih awal."
NOT_RECORDED_BEFORE_PROGRAMME = "{opening}: program dimulai {start}. Pilih periode sesudahnya."
NOT_RECORDED_YET = "{opening}. Pilih periode lain, atau masukkan berkasnya di halaman Data."
NONE_FOUND = (
    "Tidak ada {what} dalam saringan ini pada {period}, meskipun catatan lain ada. "
    "Longgarkan saringan kecamatan atau cakupan, atau pilih periode yang lebih panjang."
)

# --- notices --------------------------------------------------------------------------------

PRODUCT = f"{PRODUCT_NAME} 0.1.0"
SAMPLE_NOTICE = "DATA CONTOH: semua angka dibuat untuk latihan, bukan data nyata"
SAMPLE_NOTICE_SHORT = "DATA CONTOH, bukan data nyata"
BOUNDARIES_NOT_USED = "Batas yang diminta tidak dipakai. {problem}"
LATE_DATA = "Data terlambat: catatan terakhir {day}; {missing} belum masuk"
DATA_UNTIL = "Data sampai {day}"
NO_DATA = "Belum ada data"
SOURCE = "Sumber: {source}"
BOUNDARIES = "Batas: {source}"
SOURCE_LINE = "{source}. {freshness}. {boundaries}."
SOURCE_SAMPLE = "data contoh"
SOURCE_OFFICE = "catatan kegiatan {office}"

# --- while the data cannot be read ----------------------------------------------------------

OUTAGE = "Data tidak dapat dibaca sekarang."
OUTAGE_WAITING = (
    "Halaman ini mencoba lagi dengan sendirinya dan kembali begitu datanya terbaca. Halaman, "
    "saringan, dan berkas yang sedang Anda periksa tetap; tidak perlu memuat ulang."
)

# --- maps -----------------------------------------------------------------------------------

LEVEL_CONTROL = "Tingkat peta"
LEVEL_WORDS: Mapping[str, str] = {"kecamatan": "Kecamatan", "desa": "Desa"}
MAP_SUMMARY = "Peta {title}. {caption}"
MAP_DOWNLOAD = "Unduh peta (.{kind})"

# --- tables, charts, waiting -----------------------------------------------------

COLUMN_CODE = "Kode desa"
COLUMN_DESA = "Desa"
COLUMN_KECAMATAN = "Kecamatan"
TABLE_SEARCH = "Cari {unit}"
TABLE_PICK = "Tunjukkan di peta"
TABLE_DOWNLOAD = "Unduh tabel (.xlsx)"
SCORE_BEFORE = "Sebelum"
SCORE_AFTER = "Sesudah"
POINTS_UNIT = "poin"
WAIT_FOR_DATA = "Menyiapkan data …"
WAIT_FOR_COUNT = "Menghitung rekap …"
