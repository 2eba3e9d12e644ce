"""Headers that officers write find their table and fields."""

from __future__ import annotations

import re

import pytest

from data_access.errors import UnknownTableError
from data_access.intake.forms.columns import (
    ColumnMapping,
    header_fingerprint,
    is_personal_header,
    known_header_words,
    map_columns,
)
from data_access.intake.forms.recognition import propose_mapping
from data_access.intake.forms.registry import FORMS, TABLE_LABELS, fields_of
from data_access.intake.model import CellValue, Sheet, SheetRow
from data_access.schema import metadata

VISIT_HEADER = ("No", "Hari/Tanggal", "Desa/Kelurahan", "Kec.", "Petugas", "Tujuan", "Hasil")


def sheet(*header: str, name: str = "Sheet1") -> Sheet:
    return Sheet(name, header, 1, ())


@pytest.mark.parametrize(
    ("header", "table"),
    [
        (VISIT_HEADER, "visits"),
        (("Tanggal", "Desa", "Kecamatan", "Kegiatan", "Tema / Materi", "Sasaran",
          "Jumlah Peserta / L", "Jumlah Peserta / P", "Jumlah Peserta / Jml", "Narasumber",
          "Keterangan"), "awareness_sessions"),
        (("Tgl Lapor", "Desa Asal", "Jenis Kasus", "Modus", "Negara Tujuan"), "cases"),
        (("No", "Desa", "Kecamatan", "Nomor SK", "Tanggal SK"), "villages"),
        (("Kecamatan", "Jumlah Penduduk / L", "Jumlah Penduduk / P", "Jumlah Penduduk / Jml"),
         "kecamatan"),
        (("Tahun", "Indikator", "Target"), "targets"),
        (("_uuid", "visited_on", "village_code", "outcome"), "visits"),
    ],
)  # fmt: skip
def test_table_is_recognised_by_its_columns(header: tuple[str, ...], table: str) -> None:
    mapping = propose_mapping(sheet(*header))
    assert (mapping.table, mapping.missing) == (table, ())


@pytest.mark.parametrize("table", FORMS)
def test_every_label_is_understood_as_its_own_field(table: str) -> None:
    fields = [one for one in FORMS[table].fields if one.name not in ("note",)]
    mapping = propose_mapping(sheet(*(one.label for one in fields)), table)
    assert dict(mapping.fields) == {one.name: index for index, one in enumerate(fields)}


@pytest.mark.parametrize("table", FORMS)
def test_every_schema_column_is_understood(table: str) -> None:
    names = [column.name for column in metadata.tables[table].columns]
    mapping = propose_mapping(sheet(*names), table)
    assert mapping.unused == ()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("TANGGAL  KUNJUNGAN", "visited_on"),
        ("Tanggal (hh/bb/tttt) *", "visited_on"),
        ("2. Hari, Tanggal", "visited_on"),
        ("tanggal_kunjungan", "visited_on"),
        ("Nama Desa", "desa"),
        ("Petugas/PIMPASA", "pimpasa"),
        ("Latitude", "latitude"),
        ("Titik Koordinat", "point"),
        ("_uuid", "source_key"),
        ("Hasil Kunjungan", "outcome"),
    ],
)
def test_header_means_a_field_of_visits(header: str, field: str) -> None:
    assert dict(propose_mapping(sheet(header), "visits").fields) == {field: 0}


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("grup_lokasi/desa", "Lontar", "desa"),
        ("data_umum/kecamatan", "Tirtayasa", "kecamatan"),
        ("bagian_a/tanggal", "14/03/2025", "visited_on"),
    ],
)
def test_field_below_an_unknown_group_is_proposed(header: str, cell: str, field: str) -> None:
    mapping = column_of("visits", header, cell)
    (doubt,) = mapping.doubts
    assert mapping.fields == {}
    assert (doubt.index, doubt.candidates[0].field) == (0, field)


def test_better_synonym_wins_over_an_earlier_column() -> None:
    mapping = propose_mapping(sheet("Kegiatan", "Tujuan"), "visits")
    assert mapping.fields["purpose"] == 1


def test_running_number_is_no_field() -> None:
    assert propose_mapping(sheet(*VISIT_HEADER)).unused == (0,)


def test_missing_requirements_are_named() -> None:
    assert propose_mapping(sheet("Kecamatan"), "visits").missing == ("visited_on", "outcome")


def test_constant_stands_for_a_missing_column() -> None:
    mapping = map_columns(sheet("Tanggal", "Desa"), "visits", {"visited_on": 0, "desa": 1},
                          {"outcome": "nihil"})  # fmt: skip
    assert mapping.missing == ()


def test_sheet_name_decides_between_tables() -> None:
    header = ("Tanggal", "Desa", "Kecamatan")
    assert propose_mapping(sheet(*header, name="Sosialisasi 2025")).table == "awareness_sessions"


@pytest.mark.parametrize(
    "header",
    ["Nama Korban", "NIK", "No. Paspor", "No. HP", "Alamat", "Alamat Korban", "nomor_telepon",
     "Nama", "identitas/nik", "No. WA Pelapor", "Tempat, Tanggal Lahir", "Koordinat",
     "NIK Warga", "Nama Warga", "Korban / Nama", "korban/nama_lengkap", "Pelapor / No HP",
     "Data Korban / Identitas / NIK", "Korban / Koordinat", "Nama Korban (2)", "Nama Korban 1"],
)  # fmt: skip
def test_personal_columns_of_cases_are_refused(header: str) -> None:
    mapping = propose_mapping(sheet("Tanggal Laporan", "TPPO", header), "cases")
    assert mapping.refused == (2,)


def test_personal_column_cannot_be_chosen_by_hand() -> None:
    mapping = map_columns(sheet("Alamat"), "cases", {"incident_place": 0})
    assert mapping.fields == {}


def test_officer_name_is_not_personal() -> None:
    assert not is_personal_header("Nama Petugas", "visits")


def test_unknown_table_is_refused() -> None:
    with pytest.raises(UnknownTableError):
        propose_mapping(sheet("Tanggal"), "pasien")


def test_every_table_has_a_label() -> None:
    assert TABLE_LABELS.keys() == FORMS.keys()


# Fields that share a title: where no cell tells them apart, the other one takes the column.
SHARED = {
    ("visits", "note", "keterangan"): "evidence",
    ("visits", "note", "catatan"): "evidence",
    ("visits", "note", "uraian"): "evidence",
    ("awareness_sessions", "total", "peserta"): "audience",
    ("cases", "note", "tindaklanjut"): "referred_to",
    ("targets", "value", "target tahun"): "year",
    **{
        (table, "kecamatan", "kecamatan [desa]"): "place"
        for table in ("visits", "awareness_sessions", "cases", "villages")
    },
}
TITLES = [
    (table, name, title)
    for table in FORMS
    for name, one in fields_of(table).items()
    for title in one.titles
]


@pytest.mark.parametrize(("table", "name", "title"), [t for t in TITLES if t[2][0] not in "~?"])
def test_every_title_leads_to_its_field(table: str, name: str, title: str) -> None:
    # The first of the words that may stand there, and none of the others.
    text = re.sub(r"\[(\w+)[^]]*\]", r"\1", title)
    taken = SHARED.get((table, name, title), name)
    assert dict(propose_mapping(sheet(text), table).fields) == {taken: 0}


@pytest.mark.parametrize(("table", "name", "title"), [t for t in TITLES if t[2][0] == "?"])
def test_doubtful_title_fills_no_field(table: str, name: str, title: str) -> None:
    assert propose_mapping(sheet(title[1:]), table).fields == {}


def column_of(table: str, header: str, *cells: CellValue) -> ColumnMapping:
    """What a single column is taken for."""
    rows = tuple(SheetRow(number, (cell,)) for number, cell in enumerate(cells, start=2))
    return propose_mapping(Sheet("Lembar", (header,), 1, rows), table)


@pytest.mark.parametrize(
    ("table", "header", "cell", "field"),
    [
        ("targets", "Target Tahun", 1200, "value"),
        ("targets", "Target Tahun", 2026, "year"),
        ("awareness_sessions", "Peserta", 40, "total"),
        ("awareness_sessions", "Peserta", "warga", "audience"),
        ("cases", "Kejadian", "14/03/2025", "occurred_on"),
        ("cases", "Kejadian", "Tangerang", "incident_place"),
    ],
)
def test_cells_tell_fields_of_one_title_apart(
    table: str, header: str, cell: CellValue, field: str
) -> None:
    assert column_of(table, header, cell).fields == {field: 0}


@pytest.mark.parametrize("cell", ["Lontar", "Kec. Pontang", "Tangerang"])
@pytest.mark.parametrize("header", ["Lokasi", "Tempat", "Locus"])
def test_bare_place_of_a_case_is_asked(header: str, cell: str) -> None:
    mapping = column_of("cases", header, cell)
    (doubt,) = mapping.doubts
    assert mapping.fields == {}
    assert "incident_place" in {choice.field for choice in doubt.candidates}


@pytest.mark.parametrize(
    "header", ["Tempat Tinggal", "Tempat Tinggal Korban", "Wilayah Asal", "Tempat Asal", "Asal"]
)
def test_home_of_the_victim_is_read(header: str) -> None:
    mapping = column_of("cases", header, "Lontar")
    assert (mapping.fields, mapping.doubts) == ({"desa": 0}, ())


@pytest.mark.parametrize(
    ("table", "header"), [("visits", "Cap Waktu"), ("awareness_sessions", "Timestamp"),
                          ("cases", "Stempel Waktu")]
)  # fmt: skip
def test_moment_of_filling_in_is_proposed_as_the_day(table: str, header: str) -> None:
    mapping = column_of(table, header, "14/03/2025 08:00")
    (doubt,) = mapping.doubts
    assert (mapping.fields, doubt.candidates[0].field) == ({}, FORMS[table].day)


def test_words_of_headers_are_known() -> None:
    assert {"tanggal", "desa", "kec", "pimpasa", "l", "p"} <= known_header_words()


def test_fingerprint_ignores_case_spaces_and_marks() -> None:
    assert header_fingerprint(sheet("Hari/Tanggal", "DESA")) == header_fingerprint(
        sheet("hari / tanggal", " desa ")
    )


def test_fingerprint_knows_the_order_of_columns() -> None:
    assert header_fingerprint(sheet("a", "b")) != header_fingerprint(sheet("b", "a"))


# --- columns of the server ---------------------------------------------------------------


@pytest.mark.parametrize("table", FORMS)
def test_columns_of_the_server_fill_no_field_but_the_key(table: str) -> None:
    header = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status",
              "_submitted_by", "_tags", "_index")  # fmt: skip
    keyed = {"source_key": 1} if "source_key" in fields_of(table) else {}
    assert propose_mapping(sheet(*header), table).fields == keyed


def test_key_of_a_form_is_a_source_key() -> None:
    assert propose_mapping(sheet(*VISIT_HEADER, "meta/instanceID")).fields["source_key"] == 7


@pytest.mark.parametrize("title", ["Tanggal dan waktu kunjungan", "Tanggal/Waktu"])
def test_moment_of_a_visit_is_its_date(title: str) -> None:
    mapping = propose_mapping(sheet(title, "Desa", "Hasil"), "visits")
    assert mapping.fields["visited_on"] == 0


def test_desa_binaan_beside_desa_says_whether_it_is_one() -> None:
    fields = propose_mapping(sheet("Kecamatan", "Desa", "Desa Binaan", "PIMPASA")).fields
    assert (fields["desa"], fields["is_assisted"]) == (1, 2)


def test_desa_binaan_alone_is_its_name() -> None:
    assert propose_mapping(sheet("Kecamatan", "Desa Binaan", "Nomor SK")).fields["desa"] == 1


def test_second_remark_of_a_visit_is_read_as_a_note() -> None:
    fields = propose_mapping(sheet(*VISIT_HEADER, "Keterangan", "Catatan")).fields
    assert (fields["evidence"], fields["note"]) == (7, 8)
