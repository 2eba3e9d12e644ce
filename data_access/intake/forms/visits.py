"""Visits: an officer went to a desa, and what came of it."""

from __future__ import annotations

from datetime import date

from data_access.intake.field import Field
from data_access.intake.forms.form import Form, Rule, filled, together, within
from data_access.intake.forms.shared_fields import (
    FOREIGN,
    KEY,
    NOTE,
    PIMPASA,
    PLACES,
    WEEKDAY,
)
from data_access.schema import PILLARS
from geo.area import area

# A little more than the kabupaten with its islands, in degrees.
_BOX = area().point_box
LATITUDES = (_BOX.south, _BOX.north)
LONGITUDES = (_BOX.west, _BOX.east)
_EXAMPLES = area().examples
_ABOUT = f"Lintang sekitar {_EXAMPLES.latitude:.1f} dan bujur sekitar {_EXAMPLES.longitude:.1f}"
_OUTSIDE = (
    f"Koordinat di luar {area().name}. {_ABOUT.replace('.', ',')}; "
    "periksa titiknya dan apakah keduanya tertukar."
)

VISITS = Form(
    table="visits",
    label="Kunjungan",
    fields=(
        KEY,
        Field("visited_on", "Tanggal", "date",
              ("tanggal", "waktu [kunjungan pelaksanaan kegiatan]", "kapan",
               "tanggal waktu", "?cap waktu", "?stempel waktu", "?timestamp"),
              extra="hari jam pukul bulan tahun waktu desa sambang turun", weight=1,
              example=date(2026, 1, 15)),
        *PLACES,
        PIMPASA,
        Field("purpose", "Tujuan", "text",
              ("tujuan", "maksud [tujuan]", "keperluan", "kegiatan", "agenda", "uraian kegiatan",
               "uraian kunjungan", "jenis kegiatan", "bentuk kegiatan", "jenis kunjungan"),
              extra="bentuk jenis tujuan", example="pemantauan"),
        Field("pillar", "Pilar", "text", ("pilar",), extra="desa binaan", example=PILLARS[0]),
        Field("outcome", "Hasil", "word",
              ("hasil", "temuan", "hasil lapor", "~lapor", "~status hasil", "~status kunjungan",
               "kesimpulan hasil", "nihil temuan", "hasil [desa]", "~kesimpulan",
               "hasil tindaklanjut", "keterangan hasil", "outcome"),
              extra="hasil temuan pemantauan nihil tindaklanjut", example="nihil"),
        Field("evidence", "Bukti / Keterangan", "text",
              ("bukti keterangan", "bukti", "bukti dukung", "data dukung", "dukung", "foto",
               "uraian hasil", "keterangan", "catatan", "uraian"),
              extra="bukti dukung foto link lain", weight=1, example="foto"),
        Field("latitude", "Lintang", "degrees",
              ("lintang", "garis lintang", "koordinat lintang", "y"), weight=1, unit="derajat",
              example=_EXAMPLES.latitude),
        Field("longitude", "Bujur", "degrees",
              ("bujur", "garis bujur", "koordinat bujur", "x"), weight=1, unit="derajat",
              example=_EXAMPLES.longitude),
        Field("point", "Koordinat", "point",
              ("koordinat", "titik koordinat", "koordinat tempat", "titik tempat",
               "lintang bujur"),
              extra="titik", weight=1, fills=("latitude", "longitude"), is_typed=False),
        WEEKDAY,
        NOTE,
    ),
    required=(
        ("visited_on",),
        ("desa", "village_code", "place", "kecamatan", "kecamatan_code"),
        ("outcome",),
    ),
    day="visited_on",
    identity=("visited_on", "pimpasa", "purpose"),
    derived=frozenset({"source_key", "visited_on", "village_code", "kecamatan_code"}),
    marks=(("outcome",), ("visited_on", "pimpasa"), ("visited_on", "purpose")),
    own_words="kunjungan kegiatan pelaksanaan lapangan monitoring patroli pemantauan pembinaan",
    sheet_words=("kunjungan", "visit", "monitoring", "patroli"),
    foreign=FOREIGN,
    rules=(
        Rule("visited_on", "Tanggal kosong. Isi kolom ini.", filled("visited_on")),
        Rule("outcome", "Hasil kosong. Isi kolom ini.", filled("outcome")),
        Rule("latitude", "Lintang dan bujur harus diisi keduanya atau dikosongkan.",
             together("latitude", "longitude")),
        Rule("latitude", _OUTSIDE, within("latitude", *LATITUDES)),
        Rule("longitude", _OUTSIDE, within("longitude", *LONGITUDES)),
    ),
)  # fmt: skip
