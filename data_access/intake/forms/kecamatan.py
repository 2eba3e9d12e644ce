"""The register of kecamatan: which office they belong to and how many people live there.

A file describes kecamatan that are there; it never adds one.
"""

from __future__ import annotations

from dataclasses import replace

from data_access.intake.field import Field
from data_access.intake.forms.form import (
    MOST_PEOPLE,
    Form,
    Rule,
    adds_up,
    filled,
    in_order,
    together,
)
from data_access.intake.forms.shared_fields import (
    EVENT_DAYS,
    FOREIGN,
    KABUPATEN,
    KECAMATAN,
    KECAMATAN_CODE,
    NOTE,
)
from geo.area import area

_PEOPLE = "jumlah penduduk jiwa orang jenis kelamin"

KECAMATAN_FORM = Form(
    table="kecamatan",
    label="Kecamatan",
    fields=(
        KABUPATEN,
        replace(KECAMATAN, titles=("~name", "~nama", *KECAMATAN.titles)),
        replace(KECAMATAN_CODE, titles=("code", "kode", "kode wilayah", *KECAMATAN_CODE.titles)),
        Field("office", "Kantor", "word",
              ("kantor", "kantor imigrasi", "wilayah kerja", "unit kerja", "wilayah kerja kantor"),
              extra="imigrasi pimpasa wilayah kerja", weight=3, example=area().default_office),
        Field("population", "Jumlah Penduduk", "number",
              ("penduduk", "jumlah jiwa", "jiwa", "penduduk lk pr"),
              extra="jumlah jiwa orang tahun", weight=3, most=MOST_PEOPLE, unit="jiwa",
              example=45_000),
        Field("population_male", "Penduduk Laki-laki", "number",
              ("penduduk lk", "lk", "population lk"), extra=_PEOPLE,
              most=MOST_PEOPLE, unit="jiwa", example=23_000),
        Field("population_female", "Penduduk Perempuan", "number",
              ("penduduk pr", "pr", "population pr"), extra=_PEOPLE,
              most=MOST_PEOPLE, unit="jiwa", example=22_000),
        Field("working_age", "Penduduk Usia Kerja", "number",
              ("usia kerja", "usia produktif", "usia 15-64", "usia 15 64", "working age",
               "usia produktif 15-64", "usia kerja 15-64", "15-64", "usia 15 atas"),
              extra="jumlah penduduk jiwa orang tahun", most=MOST_PEOPLE, unit="jiwa",
              example=30_000),
        Field("population_year", "Tahun Data", "year",
              ("tahun", "per tahun", "periode", "tahun penduduk", "penduduk tahun"),
              extra="penduduk", weight=1, example=2025),
        Field("population_source", "Sumber Data", "text",
              ("sumber", "asal", "sumber penduduk", "penduduk sumber"), extra="penduduk", weight=1,
              example="Dukcapil S1 2025"),
        NOTE,
    ),
    required=(
        ("kecamatan", "kecamatan_code"),
        ("population", "office", "population_male", "population_female", "working_age"),
    ),
    day="",
    identity=("code",),
    derived=frozenset({"code", "name"}),
    # Women and men alone may as well be those who came to a session.
    marks=(("population",), ("working_age",), ("office",),
           ("population_male", "population_female", "population_year")),
    own_words="",
    sheet_words=("penduduk", "kecamatan"),
    ruled_out_by=("desa", "kelurahan", *EVENT_DAYS, "hasil", "kunjungan", "jumlah kunjungan",
                  "jumlah peserta", "peserta", "sosialisasi", "kegiatan", "jumlah kegiatan",
                  "kasus", "jumlah kasus", "korban", "petugas", "realisasi", "capaian"),
    foreign=FOREIGN,
    rules=(
        Rule("kecamatan", "Kecamatan kosong. Isi kolom ini.", filled("kecamatan_code")),
        Rule("population", "Penduduk laki-laki dan perempuan tidak sama dengan jumlah penduduk. "
             "Periksa ketiga angka itu.",
             adds_up(("population_male", "population_female"), "population")),
        Rule("working_age", "Penduduk usia kerja lebih banyak daripada jumlah penduduk. Periksa "
             "keduanya.", in_order("working_age", "population")),
        Rule("population_source", "jumlah penduduk tanpa sumber data.",
             together("population", "population_source"), is_note=True),
    ),
)  # fmt: skip
