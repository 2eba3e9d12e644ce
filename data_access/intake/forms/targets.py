"""Targets: what an indicator is to reach in a year, in a kecamatan or the whole kabupaten."""

from __future__ import annotations

from dataclasses import replace

from data_access.intake.field import Field
from data_access.intake.forms.form import Form, Rule, filled
from data_access.intake.forms.shared_fields import (
    EVENT_DAYS,
    FOREIGN,
    KABUPATEN,
    KECAMATAN,
    KECAMATAN_CODE,
    NOTE,
)

TARGETS = Form(
    table="targets",
    label="Target",
    fields=(
        Field("year", "Tahun", "year",
              ("tahun", "tahun target", "tahun anggaran", "ta", "tahun berjalan"),
              extra="berjalan anggaran", example=2026),
        Field("indicator", "Indikator", "indicator",
              ("indikator", "indikator kinerja", "indikator kinerja utama",
               "indikator kinerja kegiatan", "sasaran indikator"),
              extra="kinerja utama sasaran", weight=3, example="Cakupan kunjungan"),
        KABUPATEN,
        replace(KECAMATAN, meaning="Kosongkan bila target berlaku untuk seluruh kabupaten."),
        KECAMATAN_CODE,
        Field("value", "Target", "value",
              ("target", "nilai target", "target kinerja", "target tahun", "target tahunan",
               "~nilai", "~jumlah", "~sasaran"),
              extra="jumlah tahun nilai angka setahun tahunan", weight=3, example="80 %"),
        NOTE,
    ),
    required=(("year",), ("indicator",), ("value",)),
    day="",
    identity=("year", "indicator", "kecamatan_code"),
    derived=frozenset({"year", "indicator", "kecamatan_code"}),
    marks=(("indicator", "value"),),
    own_words="",
    sheet_words=("target",),
    ruled_out_by=(*EVENT_DAYS, "desa", "petugas"),
    foreign=(*FOREIGN, "satuan", "realisasi", "capaian", "persentase capaian"),
    rules=(
        Rule("year", "Tahun kosong. Isi kolom ini.", filled("year")),
        Rule("indicator", "Indikator kosong. Isi kolom ini.", filled("indicator")),
        Rule("value", "Target kosong. Isi kolom ini.", filled("value")),
    ),
)  # fmt: skip
