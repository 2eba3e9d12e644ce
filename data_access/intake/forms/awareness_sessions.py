"""Awareness sessions: people were told about trafficking, and how many came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data_access.intake.field import Field
from data_access.intake.forms.form import (
    MOST_ATTENDANCE,
    Form,
    Rule,
    adds_up,
    filled,
    together,
)
from data_access.intake.forms.shared_fields import FOREIGN, KEY, NOTE, PLACES, WEEKDAY

# What stands beside a count of people without changing whom it counts.
_PEOPLE = "jumlah peserta hadir orang jiwa jenis kelamin banyak"
_TEST = "nilai rata tes skor hasil persentase pemahaman peserta"


def _tested_came(values: Mapping[str, object]) -> bool:
    tested, male, female = (values.get(name) or 0 for name in ("tested", "male", "female"))
    return bool(tested <= male + female)  # type: ignore[operator]


def _scores_count(values: Mapping[str, object]) -> bool:
    is_scored = values.get("pre_score") is not None or values.get("post_score") is not None
    return not is_scored or bool(values.get("tested"))


AWARENESS_SESSIONS = Form(
    table="awareness_sessions",
    label="Sosialisasi",
    fields=(
        KEY,
        Field("held_on", "Tanggal", "date",
              ("tanggal", "waktu [kegiatan sosialisasi pelaksanaan]", "kapan", "tanggal waktu",
               "?cap waktu", "?stempel waktu", "?timestamp"),
              extra="hari jam pukul bulan tahun waktu desa sambang turun", weight=1,
              example=date(2026, 1, 15)),
        *PLACES,
        Field("topic", "Tema / Materi", "text",
              ("materi", "pokok materi", "materi disampaikan", "kegiatan", "jenis kegiatan",
               "bentuk kegiatan", "uraian kegiatan"),
              extra="materi pokok disampaikan", example="Bahaya TPPO dan TPPM"),
        Field("audience", "Sasaran", "text",
              ("~sasaran", "~target peserta", "~target sasaran", "kelompok sasaran",
               "kelompok masyarakat", "kelompok peserta", "unsur peserta", "asal peserta",
               "jenis peserta", "latar belakang peserta", "profil peserta", "~peserta",
               "~sasaran peserta"),
              extra="sasaran", example="warga"),
        Field("male", "Jumlah Peserta / L", "count", ("lk",), extra=_PEOPLE,
              most=MOST_ATTENDANCE, unit="orang", fills=("female",), example=20),
        Field("female", "Jumlah Peserta / P", "count", ("pr",), extra=_PEOPLE,
              most=MOST_ATTENDANCE, unit="orang", fills=("male",), example=25),
        Field("total", "Jumlah Peserta / Jml", "count",
              ("jumlah", "peserta", "hadir", "lk pr", "jumlah orang"), extra=_PEOPLE,
              most=2 * MOST_ATTENDANCE, unit="orang", fills=("male", "female"), is_typed=False),
        Field("both", "L/P", "pair", ("~lk pr", "~peserta", "~jumlah"), extra=_PEOPLE,
              most=MOST_ATTENDANCE, unit="orang", fills=("male", "female"), is_typed=False),
        Field("pre_score", "Nilai Pre Test", "score", ("pre",), extra=_TEST, unit="0 sampai 100",
              example=55),
        Field("post_score", "Nilai Post Test", "score", ("post",), extra=_TEST,
              unit="0 sampai 100", example=75),
        Field("tested", "Jumlah Diuji", "count",
              ("uji", "peserta tes", "responden", "kuesioner", "jumlah tes", "peserta uji"),
              extra="jumlah peserta orang tes pre post ikut", most=2 * MOST_ATTENDANCE,
              unit="orang", example=40),
        WEEKDAY,
        NOTE,
    ),
    required=(
        ("held_on",),
        ("desa", "village_code", "place", "kecamatan", "kecamatan_code"),
        ("male", "female", "total", "both"),
    ),
    day="held_on",
    identity=("held_on", "topic", "audience"),
    derived=frozenset({"source_key", "held_on", "kecamatan_code"}),
    marks=(("male",), ("female",), ("total",), ("both",), ("held_on", "topic"),
           ("held_on", "audience")),
    own_words="sosialisasi kegiatan pelaksanaan",
    sheet_words=("sosialisasi", "penyuluhan", "awareness", "diseminasi", "edukasi"),
    foreign=(*FOREIGN, "foto [kegiatan]", "bukti [dukung]", "petugas", "pelaksana", "pimpasa",
             "tim", "hasil [kegiatan]", "undangan", "kenaikan", "peningkatan", "selisih", "sesi",
             "gelombang", "angkatan", "pertemuan", "target [peserta]"),
    rules=(
        Rule("held_on", "Tanggal kosong. Isi kolom ini.", filled("held_on")),
        Rule("total", "Jumlah laki-laki dan perempuan tidak sama dengan jumlah seluruhnya. "
             "Periksa ketiga angka itu.", adds_up(("male", "female"), "total")),
        Rule("tested", "peserta yang diuji lebih banyak daripada yang hadir; angkanya disimpan "
             "seperti tertulis.", _tested_came, is_note=True),
        Rule("tested", "nilai tes tanpa jumlah peserta yang diuji tidak ikut dalam rata-rata.",
             _scores_count, is_note=True),
        Rule("post_score", "nilai tes hanya sebelum atau hanya sesudah; kenaikan tidak dihitung.",
             together("pre_score", "post_score"), is_note=True),
    ),
)  # fmt: skip
