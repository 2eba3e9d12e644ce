"""Ordinary column names reach their field, or are asked about with the right field first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data_access.intake.forms.content import Contents
from data_access.intake.forms.recognition import recognise
from data_access.intake.model import CellValue, Sheet, SheetRow

Values = tuple[CellValue, CellValue]

# Per table the columns that every such sheet has: (field, title, cells).
BASES: dict[str, tuple[tuple[str, str, Values], ...]] = {
    "visits": (
        ("visited_on", "Tanggal", ("13/07/2026", "14/07/2026")),
        ("kecamatan", "Kecamatan", ("Pontang", "Tanara")),
        ("desa", "Desa", ("Domas", "Lempuyang")),
        ("pimpasa", "Petugas", ("Budi Santoso", "Siti Aminah")),
        ("outcome", "Hasil", ("nihil", "temuan")),
    ),
    "awareness_sessions": (
        ("held_on", "Tanggal", ("13/07/2026", "14/07/2026")),
        ("kecamatan", "Kecamatan", ("Pontang", "Tanara")),
        ("desa", "Desa", ("Domas", "Lempuyang")),
        ("topic", "Materi", ("Bahaya TPPO", "Paspor")),
        ("male", "L", (20, 25)),
        ("female", "P", (30, 35)),
    ),
    "cases": (
        ("reported_on", "Tanggal Laporan", ("13/07/2026", "14/07/2026")),
        ("kecamatan", "Kecamatan Asal", ("Pontang", "Tanara")),
        ("labels", "Jenis Kasus", ("TPPO", "TPPM")),
        ("women", "Korban Perempuan Dewasa", (1, 2)),
    ),
    "villages": (
        ("kecamatan", "Kecamatan", ("Pontang", "Tanara")),
        ("desa", "Desa", ("Domas", "Lempuyang")),
        ("decree_number", "Nomor SK", ("W.12/7", "W.12/8")),
    ),
    "kecamatan": (
        ("kecamatan", "Kecamatan", ("Pontang", "Tanara")),
        ("population", "Jumlah Penduduk", (45_123, 40_211)),
        ("population_year", "Tahun", (2025, 2025)),
    ),
    "targets": (
        ("year", "Tahun", (2026, 2026)),
        ("indicator", "Indikator", ("Kunjungan", "Cakupan kunjungan")),
        ("value", "Target", (24, "80%")),
    ),
}
CELLS: dict[str, Values] = {
    "purpose": ("Pembinaan warga", "Pemantauan"),
    "pillar": ("Layanan", "Keamanan"),
    "evidence": ("foto-1.jpg", "foto-2.jpg"),
    "latitude": (-6.05, -6.06),
    "longitude": (106.2, 106.3),
    "audience": ("Pelajar", "Ibu-ibu PKK"),
    "total": (50, 60),
    "pre_score": (54, 60),
    "post_score": (81, 85),
    "tested": (40, 42),
    "occurred_on": ("01/07/2026", "02/07/2026"),
    "desa": ("Domas", "Lempuyang"),
    "incident_place": ("Tangerang", "Jakarta Barat"),
    "is_tppo": ("ya", "tidak"),
    "verification": ("terverifikasi", "dilaporkan"),
    "stage": ("penyelidikan", "P21"),
    "channel": ("telepon", "WhatsApp"),
    "modus": ("ABK", "PMI/PRT"),
    "lure": ("gaji tinggi", "umrah gratis"),
    "destination_country": ("Malaysia", "Kamboja"),
    "men": (1, 0),
    "girls": (0, 1),
    "boys": (0, 2),
    "referred_to": ("BP3MI Banten", "Dinsos"),
    "first_action_on": ("15/07/2026", "16/07/2026"),
    "closed_on": ("20/07/2026", "21/07/2026"),
    "source_agency": ("Polres Serang", "BP3MI Banten"),
    "is_assisted": ("ya", "tidak"),
    "assisted_since": ("13/07/2025", "14/07/2025"),
    "pimpasa": ("Budi Santoso", "Siti Aminah"),
    "office": ("Kanim Serang", "Kanim Cilegon"),
    "population_male": (23_000, 20_000),
    "population_female": (22_123, 20_211),
    "working_age": (30_000, 28_000),
    "population_source": ("Dukcapil", "Dukcapil"),
    "kecamatan": ("Pontang", "Tanara"),
}

# table -> field -> titles that officers write.
NAMES: dict[str, dict[str, str]] = {
    "visits": {
        "visited_on": "Tgl. Kunjungan;Hari dan Tanggal;TANGGAL KEGIATAN;Tgl Giat;Waktu Pelaksanaan;"
        "Tanggal Pelaksanaan Kunjungan;Hari/Tgl;Tanggal (dd/mm/yyyy);Kapan dilaksanakan?;"
        "1. Tanggal",
        "kecamatan": "Kec.;KECAMATAN;Nama Kec;Wilayah Kecamatan;Kecamatan Tujuan;Kec. Sasaran",
        "desa": "Ds.;Nama Desa;Desa/Kel;Desa Tujuan;DESA YANG DIKUNJUNGI;Desa Sasaran;Kel/Desa;"
        "Desa Binaan yang Dikunjungi",
        "pimpasa": "Nama Petugas;Petugas Pelaksana;PETUGAS PIMPASA;Pelaksana Kegiatan;"
        "Nama Pegawai;Tim Pelaksana;Petugas yang Hadir;Pembina Desa;Nama PIMPASA",
        "purpose": "Tujuan Kunjungan;Maksud dan Tujuan;Agenda;Kegiatan;Keperluan;Uraian Kegiatan;"
        "Bentuk Kegiatan",
        "outcome": "Hasil Kunjungan;HASIL;Hasil Pemantauan;Temuan;Hasil / Temuan;Hasil Kegiatan;"
        "Hasil Monitoring;Keterangan Hasil",
        "pillar": "Pilar;Pilar Desa Binaan;Pilar Kegiatan",
        "evidence": "Bukti Dukung;Dokumentasi;Foto Kegiatan;Link Foto;Eviden;Bukti",
        "latitude": "Lintang;Latitude;Lat;Garis Lintang",
        "longitude": "Bujur;Longitude;Long;Garis Bujur",
    },
    "awareness_sessions": {
        "held_on": "Tgl Sosialisasi;Tanggal Penyuluhan;Hari, Tanggal;Waktu Kegiatan;"
        "Tanggal Acara;Tgl. Pelaksanaan",
        "topic": "Tema;Judul Materi;Topik Penyuluhan;Materi yang Disampaikan;Pokok Bahasan;"
        "Tema Sosialisasi;Materi Kegiatan",
        "audience": "Sasaran Kegiatan;Kelompok Sasaran;Asal Peserta;Unsur Peserta;Jenis Peserta;"
        "Profil Peserta",
        "male": "Laki;Pria;Jml Laki-laki;Peserta L;Jumlah Hadir (L);Lk;Peserta Pria;"
        "Banyaknya Laki-laki;Hadir Laki-laki",
        "female": "Wanita;Jml Perempuan;Peserta P;Jumlah Hadir (P);Pr;Peserta Wanita;"
        "Banyaknya Perempuan;Hadir Perempuan",
        "total": "Total Peserta;Jumlah Peserta Hadir;Jml Peserta;Total Hadir;Jumlah (orang);"
        "Banyaknya Peserta",
        "pre_score": "Pre-Test;Nilai Awal;Skor Pretest;Rata-rata Pre Test;"
        "Nilai Sebelum Sosialisasi",
        "post_score": "Post-Test;Nilai Akhir;Skor Posttest;Rata-rata Post Test;"
        "Nilai Sesudah Sosialisasi",
        "tested": "Jumlah Diuji;Peserta Tes;Jumlah Responden;Responden;Peserta yang Mengikuti Tes",
    },
    "cases": {
        "reported_on": "Tgl Lapor;Tanggal Pengaduan;Tanggal Masuk Laporan;Tanggal Diterima;"
        "Tanggal Register",
        "occurred_on": "Tanggal Kejadian;Waktu Kejadian;Tgl Peristiwa;Tempus",
        "kecamatan": "Kec. Asal Korban;Kecamatan Domisili;Kecamatan Korban",
        "desa": "Desa Asal;Desa Domisili Korban;Asal Desa;Kel/Desa Asal",
        "incident_place": "TKP;Lokasi Kejadian;Tempat Kejadian Perkara;Kota Kejadian",
        "labels": "Jenis Perkara;Kategori Kasus;Dugaan Tindak Pidana;Klasifikasi Kasus;"
        "Jenis Kasus (TPPO/TPPM/PMI NP)",
        "verification": "Hasil Verifikasi;Status Verifikasi;Verifikasi",
        "stage": "Tahap Penanganan;Perkembangan;Tahapan;Proses Hukum;Status Penanganan",
        "channel": "Saluran Pengaduan;Kanal;Media Pelaporan;Sumber Pengaduan",
        "modus": "Modus Operandi;Modus;Modus Kasus",
        "lure": "Iming-iming;Janji Pelaku;Yang Dijanjikan",
        "destination_country": "Negara Tujuan;Negara Penempatan;Tujuan Negara;Negara",
        "women": "Perempuan Dewasa;Dewasa P;Korban Wanita Dewasa;Dewasa / Perempuan",
        "men": "Laki-laki Dewasa;Dewasa L;Korban Pria Dewasa;Dewasa / Laki-laki",
        "girls": "Anak Perempuan;Anak P;Korban Anak (P);Perempuan di bawah 18 tahun",
        "boys": "Anak Laki-laki;Anak L;Korban Anak (L);Laki-laki di bawah 18 tahun",
        "referred_to": "Dirujuk ke;Rujukan;Instansi Rujukan;Diteruskan Kepada",
        "first_action_on": "Tgl Tindak Lanjut;Tanggal Penanganan;Tanggal Ditindaklanjuti",
        "closed_on": "Tanggal Selesai;Tgl Penyelesaian;Tanggal Putusan",
        "source_agency": "Instansi Pelapor;Sumber;Instansi",
        "is_tppo": "TPPO;Perdagangan Orang;Kasus TPPO",
    },
    "villages": {
        "is_assisted": "Desa Binaan (Ya/Tidak);Status Binaan;Termasuk Desa Binaan",
        "assisted_since": "Tanggal SK;Binaan Sejak;Tanggal Penetapan;Tgl Pencanangan;Sejak",
        "decree_number": "No. SK;Nomor Keputusan;SK Penetapan;SK Kakanim",
        "pimpasa": "Petugas PIMPASA;Pembina;Nama Petugas",
    },
    "kecamatan": {
        "population": "Jml Penduduk;Penduduk (jiwa);Total Penduduk;Populasi;Jumlah Jiwa",
        "population_male": "Penduduk Laki-laki;Jumlah Penduduk Pria;L",
        "population_female": "Penduduk Perempuan;Jumlah Penduduk Wanita;P",
        "working_age": "Usia Produktif;Penduduk Usia Kerja;Usia 15-64;Penduduk 15-64 Tahun",
        "population_source": "Sumber;Sumber Data;Referensi",
        "office": "Kantor Imigrasi;Wilayah Kerja;Kanim",
    },
    "targets": {
        "indicator": "Indikator Kinerja;IKU;Indikator Kinerja Kegiatan",
        "value": "Nilai Target;Target Tahunan;Target Kinerja;Target 2026",
        "year": "Tahun Anggaran;TA;Tahun Target",
        "kecamatan": "Kec;Nama Kecamatan",
    },
}  # fmt: skip
# What one column cannot be beside: the field of a column that says the same in another way.
INSTEAD = {"total": ("male", "female")}

# table -> (title, cells) of columns that nothing is stored of.
FOREIGN: dict[str, tuple[tuple[str, CellValue, CellValue], ...]] = {
    "visits": (
        ("No", 1, 2), ("No.", 1, 2), ("No Urut", 1, 2), ("NIP", "1980010", "1990010"),
        ("Pangkat/Gol", "Penata / III.c", "Pengatur / II.c"), ("Jabatan", "Analis", "Pengelola"),
        ("Tanda Tangan", "ttd", "ttd"), ("Paraf", "a", "b"), ("Jam", "09.00", "10.00"),
        ("Pukul", "09.00 WIB", "10.00 WIB"), ("Nomor Surat Tugas", "W.12-1", "W.12-2"),
        ("Tanggal Surat Tugas", "10/07/2026", "11/07/2026"), ("Anggaran", 500_000, 750_000),
        ("Biaya Transport", 150_000, 150_000), ("Kendaraan", "mobil", "motor"),
        ("Cuaca", "cerah", "hujan"), ("Kepala Desa", "Asep", "Ujang"),
        ("Dusun", "Krajan", "Karang"),
        ("RT", "01", "02"), ("RW", "03", "04"), ("Kode Pos", "42191", "42192"),
        ("Triwulan", "III", "III"), ("Bulan", "Juli", "Juli"), ("Minggu ke", "2", "3"),
        ("Jarak (km)", 12, 15), ("Tanggal Input", "15/07/2026", "16/07/2026"),
        ("Diinput oleh", "admin", "admin"), ("Nomor HP Kades", "0812", "0813"),
        ("Jumlah Peserta", 20, 30), ("Jumlah Brosur", 10, 12), ("Keberangkatan PMI", 0, 0),
        ("Orang Asing", 0, 0), ("Lama Kunjungan", "2 jam", "3 jam"),
    ),
    "awareness_sessions": (
        ("No", 1, 2), ("Narasumber", "Andi", "Rina"), ("Moderator", "Andi", "Rina"),
        ("Moderator / MC", "Andi", "Rina"), ("Undangan", 60, 70), ("Target Peserta", 60, 70),
        ("Kenaikan", 27, 25), ("Sesi", 1, 2), ("Jam Mulai", "09.00", "10.00"),
        ("Durasi", "2 jam", "3 jam"), ("Honor Narasumber", 500_000, 500_000),
        ("Konsumsi", 60, 70), ("Jumlah Leaflet", 100, 150), ("Petugas", "Budi Santoso", "Siti A"),
        ("Penyelenggara", "Kanim", "Kanim"), ("Mitra", "BP3MI", "Dinsos"),
        ("Dana (Rp)", 1_000_000, 2_000_000), ("Foto", "a.jpg", "b.jpg"), ("Paraf", "a", "b"),
    ),
    "cases": (
        ("No", 1, 2), ("Kecamatan Pelapor", "Anyar", "Mancak"),
        ("Desa Perekrut", "Bandulu", "Winong"),
        ("Asal Sponsor", "Anyar", "Mancak"), ("Domisili Tersangka", "Anyar", "Mancak"),
        ("Tempat Tinggal Pelaku", "Anyar", "Mancak"), ("Kecamatan Asal Saksi", "Anyar", "Mancak"),
        ("Desa Agen", "Bandulu", "Winong"), ("Tempat Lahir", "Serang", "Serang"),
        ("Tempat Penampungan", "Bekasi", "Depok"), ("Usia", 17, 22), ("Pekerjaan", "buruh", "IRT"),
        ("Pendidikan", "SMP", "SMA"), ("Agama", "Islam", "Islam"), ("Nama Korban", "Siti", "Ani"),
        ("NIK", "3604131234567890", "3604131234567891"), ("Nomor Paspor", "C1234567", "C1234568"),
        ("Alamat Korban", "Kp. Baru", "Kp. Lama"), ("No. HP Pelapor", "0812", "0813"),
        ("Negara Transit", "Malaysia", "Thailand"), ("Jumlah Tersangka", 1, 2),
        ("Penyidik", "Andi", "Rina"), ("Jumlah Saksi", 2, 3), ("Kerugian (Rp)", 5_000_000, 0),
    ),
    "villages": (
        ("No", 1, 2), ("Kepala Desa", "Asep", "Ujang"), ("Jumlah RT", 12, 14), ("Luas (km2)", 3, 4),
        ("Kunjungan Terakhir", "13/07/2026", "14/07/2026"), ("Klasifikasi Desa", "Maju", "Mandiri"),
        ("Kode Pos", "42191", "42192"),
    ),
    "kecamatan": (
        ("No", 1, 2), ("Jumlah Desa", 11, 9), ("Luas Wilayah (km2)", 64, 49),
        ("Camat", "Asep", "Ujang"),
        ("Jumlah KK", 12_000, 11_000), ("Kepadatan", 700, 820),
    ),
    "targets": (
        ("No", 1, 2), ("Satuan", "kali", "persen"), ("Realisasi", 12, 20), ("Capaian (%)", 50, 60),
        ("Bobot", 20, 15), ("Penanggung Jawab", "Kasi", "Kasubsi"),
    ),
}  # fmt: skip

CASES = [
    (table, name, title)
    for table, fields in NAMES.items()
    for name, titles in fields.items()
    for title in titles.split(";")
]
LOST = [(table, *column) for table, columns in FOREIGN.items() for column in columns]


def placed(table: str, name: str, title: str, values: Values) -> tuple[str, str, str]:
    """What becomes of one more column of a sheet: (table, "stored" or "asked" or "", field)."""
    gone = {name, *INSTEAD.get(name, ())}
    base = [column for column in BASES[table] if column[0] not in gone]
    header = (*(one for _, one, _ in base), title)
    columns: Sequence[Values] = [*(cells for _, _, cells in base), values]
    rows = tuple(SheetRow(n + 2, tuple(cells[n] for cells in columns)) for n in range(2))
    sheet = Sheet("Sheet1", header, 1, rows)
    found = recognise(sheet, Contents(sheet))
    mapping, index = found.mapping, len(header) - 1
    if not found.is_sure or found.choices:
        return "?", "", ""
    for field, column in mapping.fields.items():
        if column == index and field not in ("note", "weekday", "sex"):
            return mapping.table, "stored", field
    for doubt in mapping.doubts:
        if doubt.index == index:
            return mapping.table, "asked", doubt.candidates[0].field
    return mapping.table, "", ""


def cells_of(table: str, name: str) -> Values:
    """Cells that a column of a field holds."""
    own = [values for field, _, values in BASES[table] if field == name]
    return own[0] if own else CELLS[name]


def test_there_are_enough_names() -> None:
    assert (len(set(CASES)) >= 150, len(LOST) >= 60) == (True, True)


def test_nearly_all_names_reach_their_field() -> None:
    missed = [
        case for case in CASES if placed(*case, cells_of(*case[:2]))[::2] != (case[0], case[1])
    ]
    assert len(missed) <= 0.05 * len(CASES), missed


@pytest.mark.parametrize(("table", "name", "title"), CASES)
def test_no_name_is_stored_in_a_wrong_field(table: str, name: str, title: str) -> None:
    found = placed(table, name, title, cells_of(table, name))
    assert found[1] != "stored" or found == (table, "stored", name)


@pytest.mark.parametrize(("table", "title", "one", "other"), LOST)
def test_foreign_columns_are_not_stored(
    table: str, title: str, one: CellValue, other: CellValue
) -> None:
    found = placed(table, "", title, (one, other))
    assert (found[0], found[1] == "stored") == (table, False)
