"""From an officer's headers to the fields of a table.

Owns the fields that a sheet can fill, the words by which officers name them, and the proposal
that a person confirms. Knows headers only, never the values below them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Literal

from data_access.errors import UnknownTableError
from data_access.intake.model import Sheet

Kind = Literal[
    "count",  # whole number of people, nothing left out means 0
    "country",
    "date",
    "degrees",
    "flag",
    "indicator",
    "key",
    "labels",
    "name",  # a place's name or code, read together with its neighbours
    "number",
    "point",
    "score",
    "text",
    "unkept",  # read for personal data only
    "value",
    "word",
    "year",
]

# Limits beyond which a number is a slip of the finger, not a fact. A session fills a hall or a
# sports field; a case of a thousand victims would be in the news; Kabupaten Serang has 1.8
# million people and its largest kecamatan about 110,000.
MOST_ATTENDANCE = 10_000
MOST_VICTIMS = 1_000
MOST_PEOPLE = 500_000


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column of a sheet can say.

    Attributes:
        name: column of the schema, or a help such as "total" that other columns are checked by.
        label: the Indonesian header that templates and messages use.
        kind: how its cells are read.
        synonyms: other headers, best first, as `header_key` writes them.
        weight: how strongly it speaks for its table.
        most: largest value that is believed; None where the kind has no such limit.
    """

    name: str
    label: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    weight: int = 2
    most: int | None = None


@dataclass(frozen=True)
class ColumnMapping:
    """Which column of a sheet fills which field of a table; a proposal until confirmed.

    Attributes:
        fields: field name -> index of the column.
        missing: fields that the table needs and no column or constant gives.
        unused: indexes of columns that are not read; KoboToolbox's own are not listed.
        refused: indexes of columns that hold personal data and are never read.
        score: 0 to 1, how much of the table and of the sheet is understood.
        constants: field name -> text that stands for a whole missing column.
    """

    table: str
    fields: Mapping[str, int]
    missing: tuple[str, ...] = ()
    unused: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    score: float = 0.0
    constants: Mapping[str, str] = field(default_factory=dict)


def _under(heads: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Every word below every merged header: "jumlah peserta" over "l" is "jumlah peserta l"."""
    return tuple(f"{head} {word}".strip() for word, head in product(tuple(words), tuple(heads)))


_HEARD = ("", "jumlah peserta", "peserta", "jumlah", "jml peserta", "jml", "jumlah hadir", "hadir")
_HURT = ("", "korban", "jumlah korban", "jml korban", "jumlah")

_KEY = Field(
    "source_key", "Kode Sumber", "key",
    ("uuid", "instanceid", "meta instanceid", "id sumber", "nomor registrasi", "nomor register",
     "no register", "no registrasi", "nomor laporan", "no laporan", "nomor kunjungan",
     "no kunjungan", "nomor kegiatan", "no kegiatan", "nomor kasus", "no kasus", "nomor lp",
     "no lp", "id kunjungan", "id kegiatan", "id kasus", "nomor", "kode kunjungan",
     "kode kegiatan", "kode kasus"),
    weight=1,
)  # fmt: skip
_PLACE = (
    Field("kabupaten", "Kabupaten", "name",
          ("kab", "kabupaten kota", "kab kota", "kota kabupaten", "wadmkk"), weight=0),
    Field("kecamatan", "Kecamatan", "name",
          ("kec", "nama kecamatan", "nama kec", "kecamatan tujuan", "kecamatan lokasi",
           "lokasi kecamatan", "wilayah kecamatan", "wadmkc"), weight=1),
    Field("kecamatan_code", "Kode Kecamatan", "name",
          ("kode kec", "kode kecamatan kemendagri", "id kecamatan", "kdcpum"), weight=1),
    Field("desa", "Desa", "name",
          ("desa kelurahan", "desa kel", "kelurahan desa", "kel desa", "ds", "kelurahan",
           "nama desa", "nama desa kelurahan", "desa tujuan", "desa lokasi", "lokasi desa",
           "desa yang dikunjungi", "desa dikunjungi", "desa sasaran", "desa binaan",
           "nama desa binaan", "desa peserta", "desa yang diundang", "wadmkd", "lokasi",
           "lokasi kunjungan", "lokasi kegiatan", "lokus"), weight=1),
    Field("village_code", "Kode Desa", "name",
          ("kode desa kelurahan", "kode desa kemendagri", "kode kemendagri", "id desa",
           "kode wilayah", "village codes", "kdepum"), weight=1),
)  # fmt: skip
_ORIGIN = (
    Field("kabupaten", "Kabupaten Asal", "name",
          ("kabupaten", "kab asal", "kab", "kabupaten kota asal", "kabupaten kota", "kab kota",
           "kab kota asal"), weight=0),
    Field("kecamatan", "Kecamatan Asal", "name",
          ("kec asal", "kecamatan asal korban", "asal kecamatan", "kecamatan korban", "kecamatan",
           "kec", "nama kecamatan"), weight=1),
    Field("kecamatan_code", "Kode Kecamatan Asal", "name",
          ("origin kecamatan code", "kode kecamatan", "kode kec"), weight=1),
    Field("desa", "Desa Asal", "name",
          ("desa asal korban", "asal desa", "desa kelurahan asal", "desa korban", "asal korban",
           "daerah asal", "asal", "desa", "desa kelurahan", "ds", "kelurahan", "nama desa",
           "desa kel"), weight=1),
    Field("village_code", "Kode Desa Asal", "name",
          ("origin village code", "kode desa", "kode wilayah"), weight=1),
)  # fmt: skip
_NOTE = Field(
    "note", "Keterangan", "unkept",
    ("ket", "catatan", "uraian", "kronologi", "kronologis", "uraian singkat", "narasumber",
     "pemateri", "pembicara", "komentar", "remarks", "notes", "hasil kegiatan", "tindak lanjut"),
    weight=0,
)  # fmt: skip
_PIMPASA = Field(
    "pimpasa", "PIMPASA", "text",
    ("petugas", "petugas pimpasa", "nama pimpasa", "pimpasa petugas", "petugas pembina desa",
     "petugas imigrasi pembina desa", "petugas kunjungan", "nama petugas pimpasa", "pelaksana",
     "petugas pelaksana", "petugas lapangan", "petugas yang berkunjung", "anggota"),
)  # fmt: skip

_VISITS = (
    _KEY,
    Field("visited_on", "Tanggal", "date",
          ("hari tanggal", "tanggal kunjungan", "tgl", "tgl kunjungan", "hari tgl",
           "hari dan tanggal", "hari tanggal kunjungan", "waktu kunjungan", "tanggal pelaksanaan",
           "tgl pelaksanaan", "tanggal kegiatan", "tgl kegiatan", "waktu pelaksanaan",
           "tanggal dan waktu", "tanggal waktu", "tanggal dan waktu kunjungan",
           "tanggal waktu kunjungan", "kapan kunjungan dilakukan", "waktu", "date"), weight=1),
    *_PLACE,
    _PIMPASA,
    Field("purpose", "Tujuan", "text",
          ("tujuan kunjungan", "maksud dan tujuan", "maksud tujuan", "maksud kunjungan",
           "keperluan", "kegiatan", "nama kegiatan", "jenis kegiatan", "bentuk kegiatan",
           "uraian kegiatan", "agenda")),
    Field("pillar", "Pilar", "text", ("pilar kegiatan", "pilar desa binaan")),
    Field("outcome", "Hasil", "word",
          ("hasil kunjungan", "hasil laporan", "status hasil", "status kunjungan",
           "kesimpulan hasil", "hasil pemantauan", "apa hasil kunjungan", "temuan", "laporan")),
    Field("evidence", "Bukti / Keterangan", "text",
          ("bukti", "keterangan", "bukti dukung", "dokumentasi", "uraian hasil", "bukti kegiatan",
           "ket", "catatan", "uraian"), weight=1),
    Field("latitude", "Lintang", "degrees", ("lat", "garis lintang", "koordinat lintang", "y"),
          weight=1),
    Field("longitude", "Bujur", "degrees",
          ("long", "lon", "lng", "garis bujur", "koordinat bujur", "x"), weight=1),
    Field("point", "Koordinat", "point",
          ("titik koordinat", "gps", "koordinat gps", "lokasi gps", "titik lokasi", "lat long",
           "latitude longitude", "geopoint"), weight=1),
    _NOTE,
)  # fmt: skip

_SESSIONS = (
    _KEY,
    Field("held_on", "Tanggal", "date",
          ("hari tanggal", "tanggal sosialisasi", "tgl", "tgl sosialisasi", "hari tgl",
           "hari dan tanggal", "tanggal kegiatan", "tgl kegiatan", "tanggal pelaksanaan",
           "tgl pelaksanaan", "waktu pelaksanaan", "hari tanggal kegiatan",
           "hari tanggal pelaksanaan", "tanggal dan waktu", "tanggal waktu",
           "tanggal dan waktu sosialisasi", "tanggal dan waktu kegiatan", "waktu sosialisasi",
           "waktu kegiatan", "waktu", "date"), weight=1),
    *_PLACE,
    Field("topic", "Tema / Materi", "text",
          ("tema", "materi", "topik", "judul", "tema kegiatan", "tema sosialisasi",
           "materi sosialisasi", "topik sosialisasi", "materi yang disampaikan", "kegiatan",
           "nama kegiatan", "jenis kegiatan", "bentuk kegiatan", "uraian kegiatan")),
    Field("audience", "Sasaran", "text",
          ("sasaran peserta", "kelompok sasaran", "sasaran kegiatan", "target peserta",
           "unsur peserta", "asal peserta", "audiens")),
    Field("male", "Jumlah Peserta / L", "count",
          _under(_HEARD, ("laki laki", "l", "lk", "laki", "pria")), most=MOST_ATTENDANCE),
    Field("female", "Jumlah Peserta / P", "count",
          _under(_HEARD, ("perempuan", "p", "pr", "wanita")), most=MOST_ATTENDANCE),
    Field("total", "Jumlah Peserta / Jml", "count",
          (*_under(_HEARD[1:], ("jml", "jumlah", "total", "l p")), "jumlah peserta",
           "jml peserta", "total peserta", "peserta", "jumlah hadir", "jumlah kehadiran",
           "jumlah", "jml", "total", "kehadiran", "banyaknya peserta"), most=2 * MOST_ATTENDANCE),
    Field("pre_score", "Nilai Pre Test", "score",
          ("nilai pretest", "pretest", "pre test", "nilai awal", "rata rata pre test",
           "rata rata nilai pre test", "rata rata pretest", "skor pre test", "skor awal")),
    Field("post_score", "Nilai Post Test", "score",
          ("nilai posttest", "posttest", "post test", "nilai akhir", "rata rata post test",
           "rata rata nilai post test", "rata rata posttest", "skor post test", "skor akhir")),
    Field("tested", "Jumlah Diuji", "count",
          ("peserta diuji", "jumlah peserta tes", "peserta tes", "peserta test",
           "jumlah peserta diuji", "jumlah peserta test"), most=2 * MOST_ATTENDANCE),
    _NOTE,
)  # fmt: skip

_CASES = (
    _KEY,
    Field("reported_on", "Tanggal Laporan", "date",
          ("tanggal lapor", "tgl lapor", "tgl laporan", "tanggal pelaporan", "tanggal diterima",
           "tanggal pengaduan", "tgl pengaduan", "tanggal aduan", "tanggal", "tgl",
           "hari tanggal"), weight=1),
    Field("occurred_on", "Tanggal Kejadian", "date",
          ("tgl kejadian", "waktu kejadian", "tanggal peristiwa", "tempus")),
    *_ORIGIN,
    Field("incident_place", "Tempat Kejadian", "text",
          ("lokasi kejadian", "tkp", "tempat kejadian perkara", "locus", "lokasi peristiwa")),
    Field("labels", "Label Kasus", "labels",
          ("jenis kasus", "jenis perkara", "kategori kasus", "label", "klasifikasi",
           "kategori", "jenis", "kasus", "perkara", "jenis tindak pidana", "tindak pidana")),
    Field("is_tppo", "TPPO", "flag", ("label tppo", "jenis kasus tppo", "kasus tppo")),
    Field("is_tppm", "TPPM", "flag", ("label tppm", "jenis kasus tppm", "kasus tppm")),
    Field("is_pmi_np", "PMI NP", "flag",
          ("pmi nonprosedural", "pmi non prosedural", "label pmi np", "jenis kasus pmi np",
           "kasus pmi np")),
    Field("verification", "Verifikasi", "word",
          ("status verifikasi", "hasil verifikasi", "status laporan")),
    Field("stage", "Tahap", "text",
          ("tahapan", "tahap penanganan", "status penanganan", "tahap perkara", "proses hukum",
           "status perkara", "status kasus", "status")),
    Field("channel", "Kanal", "text",
          ("saluran", "kanal laporan", "saluran laporan", "sumber laporan", "media laporan",
           "cara lapor", "kanal pengaduan")),
    Field("modus", "Modus", "text", ("modus operandi", "modus kasus")),
    Field("lure", "Iming-iming", "text", ("iming iming", "bujukan", "janji", "tawaran")),
    Field("destination_country", "Negara Tujuan", "country",
          ("negara", "tujuan", "negara penempatan", "negara tempat kejadian")),
    Field("women", "Korban Perempuan Dewasa", "count",
          _under(_HURT, ("perempuan dewasa", "dewasa perempuan", "dewasa p", "wanita dewasa",
                         "p dewasa", "perempuan", "wanita")), most=MOST_VICTIMS),
    Field("men", "Korban Laki-laki Dewasa", "count",
          _under(_HURT, ("laki laki dewasa", "dewasa laki laki", "dewasa l", "pria dewasa",
                         "l dewasa", "laki laki", "pria")), most=MOST_VICTIMS),
    Field("girls", "Korban Anak Perempuan", "count",
          _under(_HURT, ("anak perempuan", "anak p", "p anak", "perempuan anak")),
          most=MOST_VICTIMS),
    Field("boys", "Korban Anak Laki-laki", "count",
          _under(_HURT, ("anak laki laki", "anak l", "l anak", "laki laki anak")),
          most=MOST_VICTIMS),
    Field("total", "Jumlah Korban", "count",
          ("jml korban", "total korban", "korban", "jumlah korban total", "jumlah korban jml",
           "korban jml", "korban total"), most=4 * MOST_VICTIMS),
    Field("referred_to", "Dirujuk ke", "text",
          ("rujukan", "dirujuk", "instansi rujukan", "tindak lanjut ke", "diteruskan ke")),
    Field("first_action_on", "Tanggal Tindak Lanjut", "date",
          ("tgl tindak lanjut", "tanggal tindak lanjut pertama", "tanggal ditindaklanjuti",
           "tanggal penanganan")),
    Field("closed_on", "Tanggal Selesai", "date",
          ("tgl selesai", "tanggal ditutup", "tanggal penutupan", "tanggal tutup")),
    Field("source_agency", "Instansi Sumber", "text",
          ("instansi", "instansi pelapor", "sumber", "sumber data", "instansi asal")),
    _NOTE,
)  # fmt: skip

_VILLAGES = (
    *(
        Field("village_code", "Kode Desa", "name", ("code", "kode", *one.synonyms), weight=1)
        if one.name == "village_code"
        else Field("desa", "Desa", "name", ("name", *one.synonyms, "nama"), weight=1)
        if one.name == "desa"
        else one
        for one in _PLACE
    ),
    Field("is_assisted", "Desa Binaan (ya/tidak)", "flag",
          ("status desa binaan", "status binaan", "binaan", "desa binaan", "desa binaan ya tidak",
           "apakah desa binaan", "status desa", "status")),
    Field("assisted_since", "Binaan Sejak", "date",
          ("tanggal sk", "tgl sk", "tanggal penetapan", "tgl penetapan", "ditetapkan",
           "tanggal ditetapkan", "sejak", "mulai binaan", "tanggal pembentukan",
           "tanggal launching", "tanggal pengukuhan", "tanggal peresmian")),
    Field("decree_number", "Nomor SK", "text",
          ("no sk", "nomor surat keputusan", "sk", "nomor keputusan", "sk penetapan",
           "nomor sk penetapan", "surat keputusan")),
    _PIMPASA,
    _NOTE,
)  # fmt: skip

_KECAMATAN = (
    _PLACE[0],
    Field("kecamatan", "Kecamatan", "name", ("name", *_PLACE[1].synonyms, "nama"), weight=1),
    Field("kecamatan_code", "Kode Kecamatan", "name",
          ("code", *_PLACE[2].synonyms, "kode wilayah", "kode"), weight=1),
    Field("office", "Kantor", "word",
          ("kanim", "kantor imigrasi", "kantor imigrasi wilayah kerja", "wilayah kerja",
           "wilayah kerja kanim"), weight=3),
    Field("population", "Jumlah Penduduk", "number",
          ("penduduk", "jml penduduk", "total penduduk", "populasi", "jumlah penduduk jumlah",
           "jumlah penduduk jml", "penduduk jumlah", "jumlah penduduk total",
           "jumlah penduduk jiwa", "penduduk jml", "jumlah jiwa", "jumlah", "jml", "total"),
          weight=3, most=MOST_PEOPLE),
    Field("population_male", "Penduduk Laki-laki", "number",
          _under(("penduduk", "jumlah penduduk", ""), ("laki laki", "l", "lk", "pria")),
          most=MOST_PEOPLE),
    Field("population_female", "Penduduk Perempuan", "number",
          _under(("penduduk", "jumlah penduduk", ""), ("perempuan", "p", "pr", "wanita")),
          most=MOST_PEOPLE),
    Field("working_age", "Penduduk Usia Kerja", "number",
          ("usia kerja", "usia produktif", "penduduk usia produktif", "usia 15 64",
           "penduduk usia 15 64", "jumlah usia kerja"), most=MOST_PEOPLE),
    Field("population_year", "Tahun Data", "year",
          ("tahun", "tahun penduduk", "tahun data penduduk"), weight=1),
    Field("population_source", "Sumber Data", "text",
          ("sumber", "sumber data penduduk", "sumber penduduk"), weight=1),
    _NOTE,
)  # fmt: skip

_TARGETS = (
    Field("year", "Tahun", "year", ("tahun target", "tahun anggaran", "ta")),
    Field("indicator", "Indikator", "indicator", ("nama indikator", "indikator kinerja"), weight=3),
    _PLACE[0],
    _PLACE[1],
    _PLACE[2],
    Field("value", "Target", "value", ("nilai target", "nilai", "sasaran", "target nilai"),
          weight=3),
    _NOTE,
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "visits": _VISITS,
        "awareness_sessions": _SESSIONS,
        "cases": _CASES,
        "villages": _VILLAGES,
        "kecamatan": _KECAMATAN,
        "targets": _TARGETS,
    }
)

TABLE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "visits": "Kunjungan",
        "awareness_sessions": "Sosialisasi",
        "cases": "Kasus",
        "villages": "Desa",
        "kecamatan": "Kecamatan",
        "targets": "Target",
    }
)

_ANY_DESA = ("desa", "village_code", "kecamatan", "kecamatan_code")
_ANY_KECAMATAN = ("kecamatan", "kecamatan_code")
# Of each group one field is enough; the first names the group where none is there.
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "visits": (("visited_on",), _ANY_DESA, ("outcome",)),
        "awareness_sessions": (("held_on",), _ANY_DESA, ("male", "female", "total")),
        "cases": (("reported_on",), ("labels", "is_tppo", "is_tppm", "is_pmi_np")),
        "villages": (
            ("desa", "village_code"),
            ("is_assisted", "assisted_since", "decree_number", "pimpasa"),
        ),
        "kecamatan": (
            _ANY_KECAMATAN,
            ("population", "office", "population_male", "population_female", "working_age"),
        ),
        "targets": (("year",), ("indicator",), ("value",)),
    }
)

# What a missing requirement costs against matched fields, and what a telling sheet name is
# worth: a name outweighs one distinctive column, never a missing requirement.
_MISSING_COST = 4
_NAME_WORTH = 3
_NAME_HINTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "visits": ("kunjungan", "visit", "monitoring"),
        "awareness_sessions": ("sosialisasi", "penyuluhan", "awareness", "diseminasi"),
        "cases": ("kasus", "tppo", "cases", "pengaduan", "perkara"),
        "villages": ("desa binaan", "daftar desa", "villages"),
        "kecamatan": ("penduduk", "kecamatan"),
        "targets": ("target",),
    }
)

_PERSONAL_HEADER = re.compile(
    r"(?:data )?(?:(?:no|nomor|nmr) )*"
    r"(?:nik|ktp|e ktp|kk|kartu keluarga|paspor|passport|sp ?lp|hp|handphone|telp|tlp|telepon|"
    r"ponsel|wa|whatsapp|kontak|email|e mail|surel|rekening|"
    r"nama (?:lengkap )?(?:korban|pelapor|pmi|cpmi|tersangka|pelaku|perekrut|sponsor|saksi|"
    r"keluarga|orang tua|ayah|ibu|suami|istri|anak|peserta|warga)|nama lengkap|identitas|"
    r"(?:tempat |tanggal |tgl )*lahir|ttl)"
    r"(?: (?:korban|pelapor|pmi|cpmi|peserta|warga|keluarga|tersangka|pelaku|saksi))?"
    r"|alamat.*"
)
# In a list of cases even a bare name or a point on the map tells who the victim is.
_PERSONAL_IN_CASES = re.compile(
    r"nama|inisial(?: korban)?|koordinat.*|titik koordinat.*|lat(?:itude)?|lon(?:g|gitude)?|gps.*|"
    r"lintang|bujur|.* (?:latitude|longitude|altitude|precision)"
)

_FILLERS = frozenset(
    {"nama", "yang", "dari", "pada", "di", "ini", "apa", "silakan", "isi", "isikan", "pilih",
     "tulis", "tuliskan", "masukkan", "wajib"}
)  # fmt: skip
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-z])\s*[.)]\s*")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_NOT_WORD = re.compile(r"[\W_]+")


def header_key(text: str) -> str:
    """Reduce a header to lower-case words with single spaces: "Hari/Tanggal" -> "hari tanggal"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def header_fingerprint(sheet: Sheet) -> str:
    """Return a hex digest of the header that ignores case, spaces and punctuation."""
    keys = "\x1f".join(header_key(text).replace(" ", "") for text in sheet.header)
    return hashlib.sha256(keys.encode("utf-8", "replace")).hexdigest()


@cache
def fields_of(table: str) -> Mapping[str, Field]:
    """Return the fields of a table by name.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    if table not in FIELDS:
        raise UnknownTableError(table, FIELDS)
    return MappingProxyType({one.name: one for one in FIELDS[table]})


def propose_mapping(sheet: Sheet, table: str | None = None) -> ColumnMapping:
    """Propose which table a sheet is and which column fills which field.

    Args:
        sheet: only its header and name are looked at.
        table: the table, if it is already known.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    if table is not None:
        return map_columns(sheet, table, _matched(sheet, table))
    proposals = [map_columns(sheet, name, _matched(sheet, name)) for name in FIELDS]
    return max(proposals, key=lambda proposal: _points(sheet, proposal))


def map_columns(
    sheet: Sheet,
    table: str,
    fields: Mapping[str, int],
    constants: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Complete a person's choice of columns with what is missing, unused and refused.

    Columns with personal data and indexes outside the sheet are left out of the choice.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    known = fields_of(table)
    refused = tuple(i for i, text in enumerate(sheet.header) if is_personal_header(text, table))
    kept = {
        name: index
        for name, index in fields.items()
        if name in known and 0 <= index < len(sheet.header) and index not in refused
    }
    fixed = {name: text for name, text in (constants or {}).items() if name in known and text}
    given = kept.keys() | fixed.keys()
    missing = tuple(group[0] for group in REQUIRED[table] if given.isdisjoint(group))
    read = {*kept.values(), *refused}
    spare = tuple(i for i, text in enumerate(sheet.header) if i not in read and _is_asked(text))
    score = _score(table, missing, len(read), len(spare))
    return ColumnMapping(table, kept, missing, spare, refused, score, fixed)


def is_personal_header(text: str, table: str) -> bool:
    """Tell whether a column holds personal data by its name, and so is never read."""
    keys = (header_key(text), header_key(_last_segment(text)))
    patterns = (_PERSONAL_HEADER, *((_PERSONAL_IN_CASES,) if table == "cases" else ()))
    return any(pattern.fullmatch(key) for pattern in patterns for key in keys)


@cache
def known_header_words() -> frozenset[str]:
    """Return every word that a known header holds, by which a header row is recognised."""
    return frozenset(word for table in FIELDS for key in _synonyms(table) for word in key.split())


# Fields that a header may mean, each with the rank of the synonym; the likeliest first.
Claims = tuple[tuple[str, int], ...]


def _matched(sheet: Sheet, table: str) -> dict[str, int]:
    """The best column of each field; each column serves one field.

    A column that another one serves better fills the next field of the same name, if that is
    still free: beside "Desa", "Desa Binaan" says whether it is one. Of KoboToolbox's own columns
    ("_status", "_notes", "_tags") only the key speaks of the record.
    """
    best: dict[str, tuple[int, int, int]] = {}
    claims: list[tuple[int, int, Claims]] = []
    for index, text in enumerate(sheet.header):
        level, claimed = _claims(text, table)
        if not claimed or (text.startswith("_") and claimed[0][0] != "source_key"):
            continue
        claims.append((level, index, claimed))
        name, rank = claimed[0]
        best[name] = min(best.get(name, (9, 0, 0)), (level, rank, index))
    served = {index for _, _, index in best.values()}
    for level, index, claimed in claims:
        free = [(name, rank) for name, rank in claimed if name not in best]
        if index not in served and free:
            name, rank = free[0]
            best[name] = (level, rank, index)
    return {name: index for name, (_, _, index) in best.items()}


def _claims(text: str, table: str) -> tuple[int, Claims]:
    """How literally a header must be read to be known, and what it may mean then."""
    words = _synonyms(table)
    for level, key in enumerate(_readings(text)):
        if key in words:
            return level, words[key]
    return 0, ()


@cache
def _synonyms(table: str) -> Mapping[str, Claims]:
    """Header key -> the fields that it may mean; the first field that claims a word has it."""
    words: dict[str, dict[str, int]] = {}
    for one in fields_of(table).values():
        # Notes take what is left, so they come last in the tables above.
        for rank, text in enumerate((one.name, one.label, *one.synonyms)):
            words.setdefault(header_key(text), {}).setdefault(one.name, rank)
    return MappingProxyType({key: tuple(fields.items()) for key, fields in words.items()})


def _readings(text: str) -> Iterator[str]:
    """Keys of a header, most literal first."""
    bare = _NUMBERING.sub("", _BRACKETS.sub(" ", text.casefold()))
    yield header_key(text)
    yield header_key(bare)
    if "/" in text and " / " not in text:
        yield header_key(_last_segment(text))
    yield " ".join(word for word in header_key(bare).split() if word not in _FILLERS)


def _last_segment(text: str) -> str:
    """The question of "group/question", KoboToolbox's way to write groups."""
    return text if " / " in text else text.rsplit("/", 1)[-1]


def _is_asked(text: str) -> bool:
    return bool(text.strip()) and not text.startswith("_")


def _points(sheet: Sheet, proposal: ColumnMapping) -> int:
    known = fields_of(proposal.table)
    name = header_key(sheet.name)
    points = sum(known[field_name].weight for field_name in proposal.fields)
    points += _NAME_WORTH * any(hint in name for hint in _NAME_HINTS[proposal.table])
    return points - _MISSING_COST * len(proposal.missing)


def _score(table: str, missing: tuple[str, ...], read: int, spare: int) -> float:
    groups = len(REQUIRED[table])
    understood = read / (read + spare) if read else 0.0
    return round(0.6 * (groups - len(missing)) / groups + 0.4 * understood, 3)
