"""Words of Data: what is held, the history of imports, settings, the sample, the first steps."""

from __future__ import annotations

from collections.abc import Mapping

# --- sections -------------------------------------------------------------------------------

SECTION_WORDS: Mapping[str, str] = {
    "isi": "Isi basis data",
    "berkas": "Masukkan berkas",
    "riwayat": "Riwayat",
    "batas": "Batas wilayah",
    "pengaturan": "Pengaturan",
}
SECTION_CONTROL = "Bagian"
SECTION_UNKNOWN = "Bagian “{asked}” di alamat halaman tidak ada; pilih salah satu di bawah."

PLACE_DESA = "Desa {desa}, Kec. {kecamatan}"
PLACE_KECAMATAN = "Kecamatan {kecamatan}"

# --- what is held ---------------------------------------------------------------------------

HEADLINE = "Basis data berisi {held} sampai {day}{rest}."
HEADLINE_HELD = "{count} {table}"
HEADLINE_REST = "; {tables} belum ada"
HEADLINE_EMPTY = "Basis data masih kosong: masukkan berkas pertama kantor."
CONTENTS_TITLE = "Isi basis data"
CONTENTS_NOTE = "Jumlah baris, hari pertama dan terakhir, impor terakhir."
CONTENTS_CAPTION = "Per {day}"
CONTENTS_UNIT = "tabel"
CONTENTS_EMPTY = "Basis data kosong."
CONTENTS_NONE = "belum ada"
COLUMN_TABLE = "Tabel"
COLUMN_ROWS = "Baris"
COLUMN_FIRST = "Hari pertama"
COLUMN_LAST = "Hari terakhir"
COLUMN_IMPORTED = "Impor terakhir"

MONTHS_TITLE = "Bulan mana yang masih kosong?"
MONTHS_NOTE = "Jumlah baris per bulan, {period}; tiap tabel memakai skalanya sendiri."
MONTH_LOOKS: Mapping[str, str] = {
    "before": "sebelum catatan pertama",
    "empty": "tidak ada baris",
    "running": "bulan berjalan, belum ada baris",
    "some": "",
}
MONTH_FEW = "sedikit"
MONTH_MANY = "banyak, menurut skala tabel itu"
MONTH_ROWS = "{count} baris"
MONTH_ROWS_BETWEEN = "{low}–{high} baris"
MONTH_CLASSES = "dalam kelas"
MONTH_NONE = "tidak ada baris"
MONTH_TITLE = "{table}, {month}: {told}"

# --- history --------------------------------------------------------------------------------

HISTORY_TITLE = "Riwayat impor"
HISTORY_NOTE = "Membatalkan impor mengembalikan isi basis data seperti sebelum berkas itu masuk."
HISTORY_NOTE_CUT = (
    "Membatalkan impor mengembalikan isi basis data seperti sebelum berkas itu masuk. "
    "Di sini {shown} impor terakhir dari {count}."
)
HISTORY_EMPTY = "Belum ada berkas yang dimasukkan. Pilih “Masukkan berkas” di atas."
HISTORY_INTO = "<b>{file}</b> ke tabel <b>{table}</b>"
HISTORY_UNDO = "Batalkan impor"
HISTORY_CAME = "{moment}, oleh {actor}"
HISTORY_CAME_PART = "{moment}, oleh {actor}, bagian ke-{part} dari berkas yang sama"
HISTORY_COUNTS = "{added} baru · {changed} berubah · {unchanged} sama · {rejected}"
HISTORY_REJECTED = "{count} ditolak"
HISTORY_REJECTED_UNKNOWN = "yang ditolak tidak tercatat"
HISTORY_UNDONE = "<b>Dibatalkan</b>"
HISTORY_UNDONE_BY = "<b>Dibatalkan</b> {moment} oleh {actor}"
UNDONE = "Impor {file} dibatalkan: {removed} baris dihapus, {restored} baris dikembalikan."

# --- settings -------------------------------------------------------------------------------

OVERDUE_TITLE = "Batas jatuh tempo"
OVERDUE_NOTE = "Desa jatuh tempo bila lebih lama dari ini tanpa kunjungan."
OVERDUE_DAYS = "Hari sejak kunjungan terakhir"
OVERDUE_SAVE = "Simpan batas jatuh tempo"
OVERDUE_SAVED = "Desa kini jatuh tempo setelah {days} hari tanpa kunjungan."
OFFICES_TITLE = "Wilayah kantor"
OFFICES_NOTE = (
    "Kecamatan yang tidak dipilih berstatus belum diketahui; kecamatan binaan setiap kantor "
    "menentukan cakupan “wilayah kantor”."
)
OFFICES_SAVE = "Simpan wilayah kantor"
OFFICES_SAVED = "{count} kecamatan diubah kantornya."
OFFICE_CHOICE = "Kecamatan wilayah {office}"
OFFICE_CHOICE_EMPTY = "Pilih kecamatan"

# --- sample ---------------------------------------------------------------------------------

SAMPLE_NOTE = (
    "Basis data berisi <b>data contoh</b>. Langkah pertama untuk pemakaian nyata: hapus data "
    "contoh, lalu masukkan berkas kantor."
)
SAMPLE_REMOVE = "Hapus data contoh"
SAMPLE_REMOVE_WARNING = "Semua baris contoh dihapus. Tindakan ini tidak dapat dibatalkan."
SAMPLE_REMOVE_YES = "Ya, hapus data contoh"
SAMPLE_REMOVED = "{count} baris contoh dihapus. Sekarang masukkan berkas kantor."
SAMPLE_OFFER = (
    "Ingin mencoba dahulu? Data contoh mudah dihapus lagi di halaman Data, dan setiap halaman "
    "menandainya."
)
SAMPLE_FILL = "Isi dengan data contoh"

# --- first steps ----------------------------------------------------------------------------

NO_RECORD = "Belum ada catatan kunjungan, sosialisasi, atau kasus."
NO_RECORD_NOTE = (
    "Halaman ini terisi begitu catatan kantor masuk. Kerjakan langkah berikut; urutannya bebas, "
    "dan yang sudah selesai ditandai."
)
STEPS_TITLE = "Langkah awal: {done} dari {count} selesai"
STEP_DONE = "selesai"
STEP_OPEN = "belum lengkap"
STEP_NONE = "belum ada"
STEP_KNOWN = "{known} {unit}"
STEP_KNOWN_OF = "{known} dari {total} {unit}"
STEP_LABELS: Mapping[str, str] = {
    "assisted": "Desa binaan",
    "office": "Kantor tiap kecamatan",
    "working_age": "Penduduk usia kerja",
    "targets": "Target tahun ini",
    "visits": "Kunjungan",
    "awareness_sessions": "Sosialisasi",
    "cases": "Kasus",
}
STEP_UNITS: Mapping[str, str] = {
    "assisted": "desa ditetapkan",
    "office": "kecamatan",
    "working_age": "kecamatan",
    "targets": "target",
    "visits": "catatan",
    "awareness_sessions": "catatan",
    "cases": "catatan",
}
STEP_LINKS: Mapping[str, str] = {
    "assisted": "Isi dengan templat Desa",
    "office": "Atur wilayah kantor",
    "working_age": "Isi dengan templat Kecamatan",
    "targets": "Isi dengan templat Target",
    "visits": "Masukkan kunjungan",
    "awareness_sessions": "Masukkan sosialisasi",
    "cases": "Masukkan kasus",
}

# --- questions ------------------------------------------------------------------------------

QUESTIONS_TITLE = "{count} pertanyaan sebelum berkas ini dapat disimpan"
QUESTIONS_NOTE = "Jawaban tentang kolom dan nama diingat untuk berkas berikutnya."
QUESTIONS_NOTE_CUT = (
    "Jawaban tentang kolom dan nama diingat untuk berkas berikutnya. Di sini {most} yang "
    "terpenting; sisanya menyusul."
)
QUESTIONS_SEND = "Simpan jawaban dan lanjutkan"
QUESTIONS_LEAVE = "Tinggalkan baris dengan nama yang belum dijawab"
QUESTIONS_NO_ANSWER = "Belum ada jawaban yang dipilih. Pilih satu jawaban pada tiap pertanyaan."
QUESTION_KINDS: Mapping[str, str] = {
    "table": "Isi lembar",
    "column": "Kolom",
    "date_order": "Tanggal di kolom",
    "time_zone": "Jam di kolom",
    "scale": "Angka di kolom",
    "place": "Nama tempat",
    "same": "Catatan ganda",
    "moved": "Tanggal yang berubah",
}
QUESTION_ABOUT = "{kind}, lembar “{sheet}”"
QUESTION_ABOUT_NAME = "{kind} “{name}”, lembar “{sheet}”"
QUESTION_ANSWER = "Jawaban: {about}"
