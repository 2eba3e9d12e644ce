"""Words of Sosialisasi."""

from __future__ import annotations

HEADLINE = "{n} dari {total} {desa} ({share}) menerima sosialisasi pada {period}{change}{learnt}."
NOT_RECORDED = "{nothing_recorded}."
LEARNT = "; nilai pemahaman peserta {moved} rata-rata {points} poin ({tested} orang diuji)"

MAP_TITLE = "Cakupan sosialisasi"

ATTENDANCE_UNIT = "kehadiran"
ATTENDANCE_TILE = "{sessions} sosialisasi"
ATTENDANCE_TILE_WOMEN = "{sessions} sosialisasi; {share} perempuan"
KNOWLEDGE_TILE = "poin, dari {pre} ke {post}; {tested} orang diuji"
KNOWLEDGE_TILE_NO_TEST = "karena tidak ada peserta yang diuji pada periode ini"
REACH_TILE = (
    "kehadiran per 1.000 orang; penduduk usia kerja diketahui untuk {known} dari {kecamatan} "
    "kecamatan"
)
REACH_TILE_NO_POPULATION = (
    "karena penduduk usia kerja belum diisi ({known} dari {kecamatan} kecamatan terisi)"
)

NEVER_REACHED_TITLE = "Desa belum pernah menerima sosialisasi"
NEVER_REACHED_COUNT = "{count} desa belum pernah menerima sosialisasi"
NEVER_REACHED_NOTE = (
    "Sejak awal pencatatan sampai {day}, bukan hanya pada periode ini; sosialisasi yang desanya "
    "tidak diketahui tidak ikut."
)
NEVER_REACHED_EMPTY = "Semua desa dalam saringan ini sudah pernah menerima sosialisasi."

ATTENDANCE_TITLE = "Berapa orang hadir per bulan?"
ATTENDANCE_NOTE = (
    "Kehadiran, laki-laki dan perempuan, dari {held} sosialisasi; orang yang hadir dua kali "
    "dihitung dua kali. {shared} sosialisasi untuk beberapa desa sekaligus; {unknown} sosialisasi "
    "desanya tidak diketahui."
)
ATTENDANCE_ALT = "Jumlah orang hadir per bulan"
PEOPLE_UNIT = "orang hadir"

AUDIENCE_TITLE = "Siapa yang hadir?"
AUDIENCE_NOTE = "Jumlah kehadiran menurut sasaran sosialisasi."
AUDIENCE_ALT = "Jumlah kehadiran menurut sasaran"

KNOWLEDGE_TITLE = "Apakah peserta lebih paham sesudahnya?"
KNOWLEDGE_NOTE = (
    "Rata-rata nilai tes (0–100) sebelum dan sesudah sosialisasi, dari {tested} orang yang "
    "diuji; sosialisasi tanpa tes tidak ikut."
)
KNOWLEDGE_ALT = "Rata-rata nilai tes sebelum dan sesudah per bulan"
KNOWLEDGE_NO_TEST = (
    "Tidak ada peserta yang diuji pada periode ini. Nilai muncul bila kolom nilai sebelum, nilai "
    "sesudah, dan jumlah yang diuji terisi di berkas sosialisasi."
)

REACH_TITLE = "Jangkauan per 1.000 penduduk usia kerja"
REACH_WHY = "{attendance} kehadiran, {population} penduduk usia kerja"
REACH_NOTE = (
    "Kehadiran dibagi penduduk usia kerja, kali 1.000. Penduduk diketahui untuk {known} dari "
    "{kecamatan} kecamatan."
)
REACH_NOTE_PARTLY = (
    "Kehadiran dibagi penduduk usia kerja, kali 1.000. Penduduk diketahui untuk {known} dari "
    "{kecamatan} kecamatan; yang lain tidak berlaku karena penduduknya belum diisi di halaman Data."
)
REACH_NO_POPULATION = (
    "Tidak berlaku: penduduk usia kerja belum diisi untuk kecamatan dalam saringan ini. "
    "Masukkan tabel kecamatan di halaman Data."
)
POPULATION_LINK = "Isi penduduk usia kerja di halaman Data"
