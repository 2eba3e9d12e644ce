"""Cases: what was reported of trafficking, smuggling and non-procedural migrant work.

Its places are those that the victim comes from; those of reporters, recruiters and events are
told apart by the words over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data_access.intake.field import Field
from data_access.intake.forms.form import (
    MOST_VICTIMS,
    Form,
    Rule,
    adds_up,
    filled,
    in_order,
)
from data_access.intake.forms.shared_fields import (
    DESA,
    FOREIGN,
    KABUPATEN,
    KECAMATAN,
    KECAMATAN_CODE,
    KEY,
    NOTE,
    ORIGIN_COLUMNS,
    PLACE_IN_ONE,
    VILLAGE_CODE,
)
from data_access.schema import CHANNELS, STAGES
from geo.area import area

_OF_THE_VICTIM = "asal korban tempat tinggal alamat ktp"
_LABELS = ("is_tppo", "is_tppm", "is_pmi_np")
_VICTIMS = ("women", "men", "girls", "boys")
_HURT = "korban jumlah orang jiwa tahun usia"


# Where the victim comes from, where it happened, or whose area it is: only a person knows.
_ANY_PLACE = {"~tempat": "?tempat", "~wilayah": "?wilayah"}
_HOME = ("~asal", "~asal korban", "~daerah asal", "~wilayah asal", "~tempat asal",
         "~tempat tinggal")  # fmt: skip


def _origin(one: Field, *titles: str) -> Field:
    label = one.label if one is PLACE_IN_ONE else f"{one.label} Asal"
    usual = (_ANY_PLACE.get(title, title) for title in one.titles)
    return replace(
        one, label=label, titles=(*titles, *usual), extra=f"{_OF_THE_VICTIM} {one.extra}",
        fills=ORIGIN_COLUMNS,
    )  # fmt: skip


def _any_label(values: Mapping[str, object]) -> bool:
    return any(values.get(name) for name in _LABELS)


def _order(first: str, second: str, sentence: str) -> Rule:
    return Rule(second, sentence, in_order(first, second))


CASES = Form(
    table="cases",
    label="Kasus",
    fields=(
        KEY,
        Field("reported_on", "Tanggal Laporan", "date",
              ("tanggal", "tanggal lapor [masuk polisi tangani terima register]", "waktu lapor",
               "tanggal adu", "tanggal terima", "tanggal register", "tanggal lp", "lapor tanggal",
               "tanggal masuk", "?cap waktu", "?stempel waktu", "?timestamp"),
              extra="hari waktu lapor", weight=1, example=date(2026, 1, 15)),
        Field("occurred_on", "Tanggal Kejadian", "date", ("jadi", "tanggal jadi", "waktu jadi"),
              extra="hari tanggal waktu", example=date(2026, 1, 2)),
        _origin(KABUPATEN),
        _origin(KECAMATAN, "kecamatan", "origin kecamatan"),
        _origin(KECAMATAN_CODE, "origin kecamatan code"),
        _origin(DESA, *_HOME),
        _origin(VILLAGE_CODE, "origin desa code"),
        _origin(PLACE_IN_ONE, *_HOME),
        Field("incident_place", "Tempat Kejadian", "text",
              ("tkp [desa kecamatan kabupaten kota kelurahan]", "tempat jadi",
               "tempat jadi [kasus desa kecamatan kabupaten kota kelurahan]",
               "?locus", "jadi [desa kecamatan kabupaten kota kelurahan]"),
              extra="tempat", example="Jakarta", is_joined=True),
        Field("labels", "Label Kasus", "labels",
              ("jenis kasus", "kategori kasus", "label kasus", "klasifikasi kasus", "~label",
               "~klasifikasi", "~kategori [tppo]", "~jenis", "kasus [tppo tppm pmi nonprosedural]",
               "tindak pidana", "jenis tindak pidana", "duga kasus", "duga tindak pidana",
               "jenis adu", "jenis permasalahan", "jenis lapor", "duga"),
              extra="duga tppo tppm pmi nonprosedural", fills=_LABELS, is_typed=False),
        Field("is_tppo", "TPPO", "flag", ("tppo", "is tppo", "perdagangan orang"),
              extra="label jenis kasus kategori",
              example="ya"),
        Field("is_tppm", "TPPM", "flag", ("tppm", "is tppm", "penyelundupan manusia"),
              extra="label jenis kasus kategori",
              example="tidak"),
        Field("is_pmi_np", "PMI Nonprosedural", "flag",
              ("pmi nonprosedural", "is pmi nonprosedural"),
              extra="label jenis kasus kategori", example="ya"),
        Field("verification", "Verifikasi", "word",
              ("verifikasi", "~status lapor", "hasil verifikasi"), extra="status",
              example="dilaporkan"),
        Field("stage", "Tahap", "text",
              ("tahap", "tahap tangani", "tahap proses", "status tangani", "proses hukum",
               "status hukum", "status kasus", "~status", "progres", "progres tangani"),
              extra="kasus tangani proses", example=STAGES[0]),
        Field("channel", "Kanal", "text",
              ("salur", "salur lapor", "salur adu", "sumber lapor", "sumber adu", "cara lapor",
               "lapor melalui [disampaikan]"),
              extra="", example=CHANNELS[0]),
        Field("modus", "Modus", "text",
              ("modus", "modus operandi", "modus perekrutan", "bentuk eksploitasi"),
              extra="kasus bentuk cara tppo operandi", example="PMI/PRT"),
        Field("lure", "Iming-iming", "text", ("iming", "bujukan", "janji", "tawaran"),
              example="gaji tinggi"),
        Field("destination_country", "Negara Tujuan", "country",
              ("negara", "negara tujuan", "tujuan", "negara penempatan", "negara tempat",
               "tempat penempatan", "tujuan penempatan"),
              extra="tujuan kerja pmi jadi", example="Malaysia"),
        Field("women", "Korban Perempuan Dewasa", "count",
              ("pr dewasa", "women", "?pr"), extra=_HURT, most=MOST_VICTIMS,
              unit="orang", example=1),
        Field("men", "Korban Laki-laki Dewasa", "count", ("lk dewasa", "men", "?lk"), extra=_HURT,
              most=MOST_VICTIMS, unit="orang", example=0),
        Field("girls", "Korban Anak Perempuan", "count", ("anak pr", "girls"), extra=_HURT,
              most=MOST_VICTIMS, unit="orang", example=0),
        Field("boys", "Korban Anak Laki-laki", "count", ("anak lk", "boys"), extra=_HURT,
              most=MOST_VICTIMS, unit="orang", example=0),
        Field("adults", "Korban Dewasa", "count", ("dewasa",), extra=_HURT,
              most=2 * MOST_VICTIMS, unit="orang", is_typed=False),
        Field("children", "Korban Anak", "count", ("anak",), extra=_HURT,
              most=2 * MOST_VICTIMS, unit="orang", is_typed=False),
        Field("total", "Jumlah Korban", "count", ("korban", "lk pr", "korban lk pr", "jumlah"),
              extra=_HURT, most=4 * MOST_VICTIMS, unit="orang", is_typed=False),
        Field("sex", "Jenis Kelamin Korban", "text", ("jenis kelamin", "jk", "gender", "kelamin"),
              extra="korban", weight=0, is_typed=False),
        Field("referred_to", "Dirujuk ke", "text",
              ("rujuk", "tindaklanjut [ke]", "diteruskan", "diserahkan [kepada]", "kepada",
               "pelimpahan", "dilimpahkan", "instansi tujuan rujuk", "instansi rujuk"),
              extra="instansi kepada", example=f"BP3MI {area().province}"),
        Field("first_action_on", "Tanggal Tindak Lanjut", "date",
              ("tanggal tindaklanjut", "tanggal tindak", "tanggal tangani", "first action on"),
              extra="pertama", example=date(2026, 1, 17)),
        Field("closed_on", "Tanggal Selesai", "date",
              ("tanggal selesai", "tanggal putusan", "selesai"), extra="kasus tangani"),
        Field("source_agency", "Instansi Sumber", "text",
              ("instansi", "instansi pelapor", "sumber", "instansi tangani", "instansi asal",
               "instansi sumber"),
              extra="", example=area().office_name),
        NOTE,
    ),
    required=(("reported_on",), ("labels", "is_tppo", "is_tppm", "is_pmi_np")),
    day="reported_on",
    identity=("reported_on", "occurred_on", "modus", "destination_country", "source_agency"),
    derived=frozenset({"source_key", "reported_on"}),
    marks=(("labels",), ("is_tppo",), ("is_tppm",), ("is_pmi_np",), ("modus",), ("women",),
           ("men",), ("girls",), ("boys",), ("occurred_on",)),
    own_words="",
    sheet_words=("kasus", "tppo", "cases", "pengaduan", "perkara"),
    foreign=(
        *FOREIGN, "pelapor", "perekrut", "sponsor", "pelaku", "tersangka", "petugas", "penyidik",
    ),
    # Where another person lives is not where the victim comes from.
    others="pelapor perekrut sponsor pelaku tersangka calo agen saksi keluarga terlapor majikan "
    "penampungan penyalur lahir",
    rules=(
        Rule("reported_on", "Tanggal Laporan kosong. Isi kolom ini.", filled("reported_on")),
        _order("occurred_on", "reported_on",
               "Tanggal laporan sebelum tanggal kejadian. Periksa kedua tanggal."),
        _order("reported_on", "first_action_on",
               "Tanggal tindak lanjut sebelum tanggal laporan. Periksa kedua tanggal."),
        _order("first_action_on", "closed_on",
               "Tanggal selesai sebelum tanggal tindak lanjut. Periksa kedua tanggal."),
        _order("reported_on", "closed_on",
               "Tanggal selesai sebelum tanggal laporan. Periksa kedua tanggal."),
        Rule("total", "Jumlah korban tidak sama dengan jumlah keempat kelompok. "
             "Periksa angka-angkanya.", adds_up(_VICTIMS, "total")),
        Rule("children", "Jumlah anak tidak sama dengan anak perempuan dan anak laki-laki. Isi "
             "keduanya, supaya tidak ada korban yang hilang.", adds_up(("girls", "boys"),
                                                                       "children")),
        Rule("adults", "Jumlah dewasa tidak sama dengan perempuan dan laki-laki dewasa. Isi "
             "keduanya, supaya tidak ada korban yang hilang.", adds_up(("women", "men"),
                                                                       "adults")),
        Rule("labels", "kasus tanpa label TPPO, TPPM atau PMI nonprosedural.", _any_label,
             is_note=True),
    ),
)  # fmt: skip
