"""Fields that several tables share: keys, places, officers, remarks.

Owns nothing of a single table.
"""

from __future__ import annotations

from data_access.intake.field import Field
from geo.area import area

ORIGIN_COLUMNS = ("origin_kecamatan_code", "origin_village_code")

KEY = Field(
    "source_key", "Kode Sumber", "key",
    ("uuid", "instanceid", "meta instanceid", "~nomor",
     "nomor register [kasus lapor]", "nomor lapor", "nomor adu", "nomor kunjungan",
     "nomor kegiatan", "nomor kasus", "nomor lp", "id [kasus kegiatan kunjungan laporan sumber]",
     "kode kunjungan", "kode kegiatan", "kode kasus", "kode sumber", "source key"),
    weight=1,
    meaning="Nomor atau kode catatan bila ada; catatan dengan kode yang sama hanya dihitung "
    "sekali.",
)  # fmt: skip

KABUPATEN = Field(
    "kabupaten", "Kabupaten", "name", ("kabupaten [kota]", "kota [kabupaten]", "wadmkk"),
    weight=0, is_typed=False,
)  # fmt: skip
KECAMATAN = Field(
    "kecamatan", "Kecamatan", "name",
    ("kecamatan", "kecamatan [desa]", "wadmkc", "wil kecamatan"),
    extra="tujuan tempat wilayah kunjungan sasaran peserta", weight=1,
    example=area().examples.kecamatan_name,
)  # fmt: skip
KECAMATAN_CODE = Field(
    "kecamatan_code", "Kode Kecamatan", "name",
    ("kode kecamatan [kemendagri]", "id kecamatan", "kecamatan code", "kdcpum"),
    weight=1, is_typed=False,
)  # fmt: skip
DESA = Field(
    "desa", "Desa", "name",
    ("desa [kelurahan kampung]", "kelurahan", "wadmkd", "~tempat", "~wilayah", "~alamat"),
    extra="tujuan tempat wilayah kunjungan sasaran binaan imigrasi peserta diundang",
    weight=1, example=area().examples.desa_name,
    meaning="Pilih kecamatan dahulu, lalu desanya. Kosongkan bila hanya kecamatan diketahui.",
)  # fmt: skip
VILLAGE_CODE = Field(
    "village_code", "Kode Desa", "name",
    ("kode desa [kelurahan kemendagri]", "kode kemendagri", "id desa", "kode wilayah",
     "village codes", "desa code", "kdepum"),
    weight=1, is_typed=False,
)  # fmt: skip
PLACE_IN_ONE = Field(
    "place", "Kecamatan/Desa", "name",
    ("~kecamatan desa [kelurahan kabupaten]", "~kecamatan kelurahan", "~tempat", "~wilayah",
     "~alamat"),
    extra="tujuan kunjungan sasaran binaan imigrasi", weight=1, is_typed=False,
)  # fmt: skip
PLACES = (KABUPATEN, KECAMATAN, KECAMATAN_CODE, DESA, VILLAGE_CODE, PLACE_IN_ONE)

PIMPASA = Field(
    "pimpasa", "PIMPASA", "text",
    ("petugas", "pimpasa", "pimpasa petugas", "pelaksana", "tim", "anggota", "petugas tim",
     "tim pimpasa", "tim pelaksanaan", "pelaksana kegiatan"),
    extra="petugas pimpasa pelaksana anggota tim desa imigrasi lapangan hadir kunjungan nip "
    "penanggung jawab bertugas pelaksanaan",
    example="Petugas A",
)  # fmt: skip
NOTE = Field(
    "note", "Keterangan", "unkept",
    ("keterangan", "catatan", "uraian", "kronologi", "kronologis", "uraian singkat",
     "narasumber", "pemateri", "pembicara", "moderator", "komentar", "remarks", "notes",
     "tindaklanjut", "rekomendasi", "saran", "kendala", "permasalahan"),
    extra="lain lainnya tambahan singkat kasus kegiatan umum",
    weight=0, is_typed=False,
)  # fmt: skip
WEEKDAY = Field(
    "weekday", "Hari", "weekday", ("hari",), extra="tanggal waktu", weight=0, is_typed=False
)

# A sheet with the day of an activity is a list of activities, no register.
EVENT_DAYS = (
    "tanggal [hari waktu jam bulan tahun kegiatan kunjungan sosialisasi pelaksanaan lapor]",
    "waktu [hari kegiatan kunjungan sosialisasi pelaksanaan]",
)

# Columns of office lists that no table of the programme has a place for.
FOREIGN = (
    "nomor", "nomor urut", "urut", "ttd", "tanda tangan", "paraf", "nip", "nrp",
    "jabatan [petugas]",
    "pangkat [golongan]", "golongan", "jam", "pukul", "waktu mulai", "waktu selesai", "jam mulai",
    "jam selesai", "durasi", "lama [kegiatan kunjungan]", "anggaran", "biaya", "honor", "dana",
    "rt", "rw", "rt rw", "dusun", "kampung", "kode pos", "triwulan", "semester", "bulan", "minggu",
    "tahun", "link", "tautan", "foto", "cuaca", "kepala desa", "kades", "email", "timestamp",
    "nomor surat [tugas perintah]", "surat tugas", "tanggal surat [tugas perintah]", "st",
    "tanggal input", "tanggal entri", "tanggal entry", "tanggal cetak", "diinput",
    "penyelenggara", "mitra", "provinsi", "negara asal", "negara transit", "transit",
    "jenis kelamin", "usia", "umur",
    "pekerjaan", "pendidikan", "agama", "status desa", "status idm", "idm", "klasifikasi desa",
)  # fmt: skip
