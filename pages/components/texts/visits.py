"""Words of Kunjungan: headline, field map, list of desa, charts."""

from __future__ import annotations

from collections.abc import Mapping

HEADLINE = (
    "Per {day}, {n} dari {total} {desa} lewat {days} hari tanpa kunjungan{most}; "
    "{never} desa belum pernah dikunjungi."
)
NOT_RECORDED = "{nothing_recorded}."

# --- field map ------------------------------------------------------------------------------

MAP_TITLE = "Peta lapangan: kunjungan terakhir"
MAP_IMAGE_TITLE = "Keadaan kunjungan"
GPS_POINTS = "Titik GPS"
CHOSEN_OUTSIDE = (
    "Desa {desa} (Kecamatan {kecamatan}) di luar saringan ini, jadi tidak ditunjuk di peta."
)
STATUS = "Keadaan"
DETAILS = "Rincian"
LAST_VISIT = "Kunjungan terakhir"
MONTH = "Bulan"
OUTCOME = "Hasil"
KECAMATAN_DETAILS = (
    "{covered} tepat waktu, {due} akan jatuh tempo, {overdue} jatuh tempo, {never} belum pernah, "
    "dari {total} desa"
)
PLACE_UNKNOWN_DESA = "Kec. {kecamatan}, desa tidak diketahui"

STATUS_RULE_COUNT = "Jumlah desa menurut {rule}"
STATUS_RULE = "Desa menurut {rule}"
STATUS_DAYS = (
    "hari sejak kunjungan terakhir: tepat waktu sampai {due} hari, akan jatuh tempo "
    "{after_due}–{late} hari, jatuh tempo lebih dari {late} hari"
)
KECAMATAN_RULE = (
    "Jumlah kecamatan. Kecamatan “{overdue}” bila separuh desanya atau lebih “{overdue}” atau "
    "“{never}”, “{due}” bila lebih sedikit atau ada yang “{due}”, “{never}” bila semuanya"
)

# --- list of desa ---------------------------------------------------------------------------

LIST_TITLE_NO_RECORD = "Desa mana berikutnya?"
LIST_CAPTION_OFFICER = "{caption}. PIMPASA: {officer}"
LIST_NOTE = "{reason} Urutan: {order}"
LIST_ORDER = "Urutan: {order}"
LIST_SORT = "Urutkan menurut kemendesakan"
COLUMN_ASSISTED = "Desa binaan"
COLUMN_OFFICER = "PIMPASA"
COLUMN_DAYS = "Hari sejak kunjungan"
ASSISTED_TAG = "binaan"

OFFICER_CONTROL = "PIMPASA"
OFFICER_ALL = "Semua PIMPASA (pembina desa)"
SHOWN_CONTROL = "Desa yang ditampilkan"
SHOWN_WORDS: Mapping[str, str] = {"menunggu": "Perlu dikunjungi", "semua": "Semua"}
RELEASE_KECAMATAN = "Tampilkan semua desa (kini: Kecamatan {kecamatan})"

NEXT = "Berikutnya: {desa}, Kecamatan {kecamatan}"
NEXT_NONE = "Tidak ada desa yang perlu dikunjungi"
NEXT_REASON = "{kind}, {since}; {count} desa perlu dikunjungi."
KIND_ASSISTED = "Desa binaan"
KIND_OTHER = "Bukan desa binaan"
SINCE_NEVER = "belum pernah dikunjungi"
SINCE_DAYS = "{days} hari sejak kunjungan terakhir"

ORDER = "desa binaan, lalu hari sejak kunjungan (belum pernah = terlama)."
ORDER_BY_CASES = (
    "desa binaan, kelas laporan kasus kecamatannya pada periode ini, lalu hari sejak kunjungan "
    "(belum pernah = terlama)."
)
LIST_TITLE_WAITING = "Desa perlu dikunjungi"
LIST_TITLE_ALL = "Desa menurut kemendesakan kunjungan"
LIST_TITLE_IN = "{title} di Kecamatan {kecamatan}"

EMPTY_ON_TIME = "Semua desa dalam daftar ini tepat waktu. Pilih “Semua” untuk melihatnya."
EMPTY_OFFICER = (
    "PIMPASA “{officer}” tidak (lagi) membina desa dalam saringan ini. Pilih nama lain, "
    "atau longgarkan saringan kecamatan dan cakupan."
)
EMPTY_FILTER = "Tidak ada desa dalam saringan ini. Longgarkan saringan kecamatan atau cakupan."

# --- charts ---------------------------------------------------------------------------------

VISITS_UNIT = "kunjungan"
OUTCOME_TITLE = "Kunjungan per bulan menurut hasil"
OUTCOME_NOTE = (
    "Jumlah kunjungan; {unknown} di antaranya desanya tidak diketahui. “Tidak terjangkau” tidak "
    "dihitung sebagai kunjungan."
)
OUTCOME_ALT = "Jumlah kunjungan per bulan menurut hasil"
PIMPASA_TITLE = "Kunjungan per PIMPASA"
PIMPASA_NOTE = "Jumlah kunjungan pada periode ini menurut Petugas Imigrasi Pembina Desa (PIMPASA)."
PIMPASA_NOTE_CUT = (
    "Jumlah kunjungan pada periode ini menurut Petugas Imigrasi Pembina Desa (PIMPASA); {most} "
    "terbanyak, {more} petugas lain tidak ditampilkan."
)
PIMPASA_ALT = "Jumlah kunjungan per PIMPASA"
NO_NAME = "Tidak ditulis"
