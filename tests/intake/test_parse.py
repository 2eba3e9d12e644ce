"""Sheets become records, problems, notes and questions; no row is lost or guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.forms.columns import map_columns
from data_access.intake.forms.recognition import propose_mapping
from data_access.intake.forms.registry import FORMS
from data_access.intake.model import (
    CellError,
    CellValue,
    Parsed,
    RowError,
    Sheet,
    SheetRow,
    SourceFile,
)
from data_access.intake.questions import Answers
from data_access.intake.rows.parse import ParseContext, parse_sheet
from data_access.intake.writing.keys import filled_columns, natural_key
from data_access.schema import metadata

TODAY = date(2026, 10, 31)
CONTEXT = ParseContext(TODAY)
Cells = dict[str, CellValue]

VISIT: Cells = {
    "Tanggal": "13/09/2023",
    "Desa": "Lontar",
    "Kecamatan": "Tirtayasa",
    "Petugas": "Budi",
    "Tujuan": "Sosialisasi TPPO",
    "Hasil": "Nihil",
}
SESSION: Cells = {
    "Tanggal": "13/09/2023",
    "Desa": "Lontar; Susukan",
    "Kecamatan": "Tirtayasa",
    "Tema / Materi": "TPPO",
    "Jumlah Peserta / L": "20 orang",
    "Jumlah Peserta / P": 30,
}
CASE: Cells = {
    "Tanggal Laporan": "10/01/2025",
    "Desa Asal": "Lontar",
    "Kecamatan Asal": "Tirtayasa",
    "Jenis Kasus": "TPPO, PMI NP",
    "Modus": "PRT",
    "Negara Tujuan": "Arab Saudi",
    "Korban Perempuan Dewasa": 2,
}


def parse(*rows: Cells, table: str | None = None, context: ParseContext = CONTEXT) -> Parsed:
    """Parse rows given as header -> value; the sheet's data begin in row 5."""
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    body = tuple(
        SheetRow(number, tuple(row.get(name) for name in header))
        for number, row in enumerate(rows, start=5)
    )
    sheet = Sheet("Lembar", header, 4, body)
    source = SourceFile("rekap.xlsx", "0" * 64, "xlsx", (sheet,))
    return parse_sheet(source, sheet, propose_mapping(sheet, table), context)


def answered(*texts: str) -> ParseContext:
    """The context in which these answers were given."""
    return ParseContext(TODAY, answers=Answers.parse(texts))


def visit(**changes: CellValue) -> Cells:
    return {**VISIT, **changes}


def session(**changes: CellValue) -> Cells:
    return {**SESSION, **changes}


def case(**changes: CellValue) -> Cells:
    return {**CASE, **changes}


def notes(parsed: Parsed) -> str:
    return "\n".join(parsed.notes)


def asked(parsed: Parsed) -> list[tuple[str, str, tuple[int, ...], list[str]]]:
    """What is asked, of which rows, with which answers to choose from."""
    return [
        (one.kind, one.column, one.rows, [choice.field for choice in one.candidates])
        for one in parsed.questions
    ]


# --- visits ------------------------------------------------------------------------------


def test_visit_becomes_a_record_with_all_columns() -> None:
    parsed = parse(visit())
    assert dict(parsed.records[0].values) == {
        "source_key": parsed.records[0].key,
        "visited_on": "2023-09-13",
        "village_code": "36.04.13.2007",
        "kecamatan_code": "36.04.13",
        "pimpasa": "Budi",
        "purpose": "Sosialisasi TPPO",
        "pillar": None,
        "outcome": "nihil",
        "evidence": None,
        "latitude": None,
        "longitude": None,
    }


def test_record_says_where_it_comes_from() -> None:
    record = parse(visit()).records[0]
    assert (record.file, record.sheet, record.row) == ("rekap.xlsx", "Lembar", 5)


@pytest.mark.parametrize(
    ("header", "value", "part"),
    [
        ("Tanggal", "31/02/2024", "kalender"),
        ("Tanggal", "Senin (13/9/2023)", "Rabu"),
        ("Tanggal", "13/9/2922", "2922"),
        ("Tanggal", None, "kosong"),
        ("Desa", "36.73.01.1001", "di luar Kabupaten Serang"),
        ("Desa", "Lontarr", "mungkin Desa Lontar (Kec. Tirtayasa)"),
        ("Kecamatan", "Kota Serang", "di luar Kabupaten Serang"),
        ("Hasil", "rumah kosong", "nihil, temuan"),
        ("Hasil", "", "kosong"),
        ("Tujuan", "jemput NIK 3604121203900001", "Data pribadi tidak disimpan"),
        ("Petugas", "Budi 081234567890", "Data pribadi tidak disimpan"),
        ("Desa", CellError("#REF!"), "#REF!"),
        ("Tanggal", CellError("=A1"), "rumus"),
        ("Tujuan", "a" * 3000, "terlalu panjang"),
    ],
)
def test_bad_cell_is_a_problem_at_its_row_and_column(
    header: str, value: CellValue, part: str
) -> None:
    parsed = parse(visit(), visit(**{header: value}))
    found = [(p.row, p.column) for p in parsed.problems]
    assert (len(parsed.records), found) == (1, [(6, header)])
    assert part in parsed.problems[0].message


def test_all_problems_of_a_row_are_collected() -> None:
    parsed = parse(visit(Tanggal="32/01/2024", Hasil="?", Desa="Lontarr"))
    assert [problem.column for problem in parsed.problems] == ["Desa", "Hasil", "Tanggal"]


def test_problem_never_shows_personal_data() -> None:
    parsed = parse(visit(Tujuan="NIK 3604121203900001", Desa="0812-3456-7890"))
    told = " ".join(p.value + p.message for p in parsed.problems)
    assert "3604121203900001" not in told
    assert "3456" not in told


def test_personal_data_in_a_column_that_is_not_stored_refuses_the_row() -> None:
    parsed = parse(session(Keterangan="HP korban 081234567890"))
    assert [(p.row, p.column) for p in parsed.problems] == [(5, "Keterangan")]


def test_unclear_place_is_asked_once_with_its_rows() -> None:
    parsed = parse(visit(Desa="Lontarr"), visit(Desa="Lontarr", Tujuan="lain"))
    assert asked(parsed) == [("place", "Lontarr, Tirtayasa", (5, 6), ["36.04.13.2007", "abaikan"])]
    assert parsed.questions[0].place == ("Tirtayasa", "Lontarr")


@pytest.mark.parametrize(("said", "rows"), [("36.04.13.2007", [5]), ("abaikan", [])])
def test_answered_place_is_not_asked_again(said: str, rows: list[int]) -> None:
    parsed = parse(visit(Desa="Lontarr"), context=answered(f"lontarr, TIRTAYASA={said}"))
    assert parsed.questions == ()
    assert [record.row for record in parsed.records] == rows
    assert len(parsed.problems) == 1 - len(rows)


def test_confirmed_place_is_accepted() -> None:
    context = ParseContext(TODAY, {("Tirtayasa", "Lontarr"): "36.04.13.2007"})
    assert parse(visit(Desa="Lontarr"), context=context).problems == ()


def test_unknown_desa_is_kept_in_its_kecamatan_with_a_note() -> None:
    parsed = parse(visit(Desa=""))
    assert parsed.records[0].values["village_code"] is None
    assert "Baris 5: desa tidak diketahui" in notes(parsed)


def test_visit_without_any_place_is_a_problem() -> None:
    parsed = parse(visit(Desa=None, Kecamatan="-"))
    assert [(p.column, p.message.split(".")[0]) for p in parsed.problems] == [
        ("Desa", "Desa dan kecamatan kosong")
    ]


def test_range_is_noted() -> None:
    assert "hari pertamanya" in notes(parse(visit(Tanggal="12-13 September 2023")))


def test_point_becomes_two_columns() -> None:
    values = parse(visit(Koordinat="-6.0512 106.2891 0 5")).records[0].values
    assert (values["latitude"], values["longitude"]) == (-6.0512, 106.2891)


@pytest.mark.parametrize("point", ["106.2891 -6.0512", "-7.5 110.1", "0 0 0 0"])
def test_point_outside_the_kabupaten_is_a_problem(point: str) -> None:
    assert len(parse(visit(Koordinat=point)).problems) == 1


def test_missing_column_refuses_the_sheet() -> None:
    parsed = parse({"Tanggal": "13/09/2023", "Desa": "Lontar"}, table="visits")
    assert [(p.row, p.column) for p in parsed.problems] == [(None, "Hasil")]
    assert parsed.records == ()


def test_constant_fills_a_missing_column() -> None:
    row = SheetRow(2, ("13/09/2023", "Lontar"))
    sheet = Sheet("L", ("Tanggal", "Desa"), 1, (row,))
    source = SourceFile("a.csv", "0" * 64, "csv", (sheet,))
    mapping = map_columns(sheet, "visits", {"visited_on": 0, "desa": 1}, {"outcome": "Nihil"})
    records = parse_sheet(source, sheet, mapping, CONTEXT).records
    assert [record.values["outcome"] for record in records] == ["nihil"]


def test_short_row_is_read_as_blank_cells() -> None:
    sheet = Sheet("L", ("Tanggal", "Desa", "Hasil", "Petugas"), 1,
                  (SheetRow(2, ("13/09/2023", "Lontar", "N")),))  # fmt: skip
    source = SourceFile("a.csv", "0" * 64, "csv", (sheet,))
    assert len(parse_sheet(source, sheet, propose_mapping(sheet), CONTEXT).records) == 1


def test_datetime_cell_in_a_text_column_is_text() -> None:
    assert parse(visit(Tujuan=datetime(2025, 1, 2))).records[0].values["purpose"] == "2025-01-02"


def test_control_signs_do_not_reach_the_store() -> None:
    assert parse(visit(Tujuan="a\x00b\ud800")).records[0].values["purpose"] == "a b?"


# --- keys and duplicates -----------------------------------------------------------------


def test_uuid_is_the_key() -> None:
    assert parse({"_uuid": "uuid:abc", **VISIT}).records[0].key == "abc"


@pytest.mark.parametrize("number", [1, "12", 3.0, None, ""])
def test_running_number_is_no_key(number: CellValue) -> None:
    record = parse({"Nomor": number, **VISIT}).records[0]
    assert record.key == natural_key("visits", record.values)


def test_register_number_is_a_key() -> None:
    assert parse({"Nomor": "LP/12/2025", **VISIT}).records[0].key == "LP/12/2025"


def test_natural_key_ignores_case_spaces_and_marks() -> None:
    one, other = (
        parse(visit()).records[0],
        parse(visit(Petugas="BUDI.", Desa="DS LONTAR")).records[0],
    )
    assert one.key == other.key


@pytest.mark.parametrize("change", ["Tanggal", "Desa", "Petugas", "Tujuan"])
def test_natural_key_tells_visits_apart(change: str) -> None:
    other = {"Tanggal": "14/09/2023", "Desa": "Susukan", "Petugas": "Ani", "Tujuan": "Paspor"}
    assert len(parse(visit(), visit(**{change: other[change]})).records) == 2


def test_equal_rows_are_asked_about() -> None:
    parsed = parse(visit(), visit(), visit(), visit(Desa="Puser"))
    assert asked(parsed) == [("same", "baris sama", (5, 6, 7), ["satu", "terpisah"])]
    assert ([record.row for record in parsed.records], parsed.problems) == ([8], ())


def test_equal_rows_said_to_be_one_are_one_record_with_a_note() -> None:
    parsed = parse(visit(), visit(), visit(), context=answered("baris sama=satu"))
    assert (len(parsed.records), parsed.left_out, parsed.problems) == (1, {"baris ganda": 2}, ())
    assert parsed.questions == ()
    assert "Baris 6, 7: sama dengan baris lain menurut jawaban Anda; dihitung" in notes(parsed)


def test_equal_rows_said_to_be_several_are_all_kept() -> None:
    parsed = parse(visit(), visit(), visit(), context=answered("baris sama=terpisah"))
    assert [record.row for record in parsed.records] == [5, 6, 7]
    assert len({record.key for record in parsed.records}) == 3
    assert (parsed.left_out, parsed.problems, parsed.questions) == ({}, (), ())


def test_equal_rows_with_one_key_of_their_own_are_one_record_with_a_note() -> None:
    parsed = parse(*({"_uuid": "a", **VISIT} for _ in range(3)))
    assert (len(parsed.records), parsed.left_out, parsed.problems) == (1, {"baris ganda": 2}, ())
    assert "Baris 6, 7: baris ganda" in notes(parsed)


def test_alike_rows_are_asked_about() -> None:
    parsed = parse(visit(), visit(Hasil="Temuan"))
    assert asked(parsed) == [("same", "baris serupa", (5, 6), ["terpisah", "abaikan"])]
    assert "tetapi Hasil berbeda" in parsed.questions[0].message
    assert (parsed.records, parsed.problems) == ((), ())


def test_alike_rows_with_running_numbers_are_several() -> None:
    parsed = parse({"No": 1, **VISIT}, {"No": 2, **visit(Hasil="Temuan")})
    assert [record.values["outcome"] for record in parsed.records] == ["nihil", "temuan"]
    assert len({record.key for record in parsed.records}) == 2
    assert "Baris 5, 6: tanggal, tempat dan kegiatannya sama dengan baris lain" in notes(parsed)


def test_alike_rows_said_to_be_several_are_all_kept() -> None:
    parsed = parse(visit(), visit(Hasil="Temuan"), context=answered("baris serupa=terpisah"))
    assert [record.values["outcome"] for record in parsed.records] == ["nihil", "temuan"]
    assert (parsed.problems, parsed.questions) == ((), ())


# Rows that contradict each other: by their own key, and by an officer's word.
CONTRADICTING = {
    "key": ([{"_uuid": "a", **VISIT}, {"_uuid": "a", **visit(Hasil="Temuan")}], CONTEXT),
    "answer": ([visit(), visit(Hasil="Temuan")], answered("baris serupa=abaikan")),
}


@pytest.mark.parametrize("case", CONTRADICTING)
def test_contradicting_rows_are_both_rejected(case: str) -> None:
    rows, context = CONTRADICTING[case]
    parsed = parse(*rows, context=context)
    assert [(p.row, p.column) for p in parsed.problems] == [(5, "Hasil"), (6, "Hasil")]
    assert (parsed.records, parsed.questions) == ((), ())


@pytest.mark.parametrize("case", CONTRADICTING)
def test_contradicting_rows_name_each_other(case: str) -> None:
    rows, context = CONTRADICTING[case]
    assert "Catatan ini juga ada di baris 6" in parse(*rows, context=context).problems[0].message


def test_alike_rows_with_different_uuids_are_told() -> None:
    parsed = parse({"_uuid": "a", **VISIT}, {"_uuid": "b", **VISIT})
    assert len(parsed.records) == 2
    assert "kode sumbernya berbeda" in notes(parsed)


@given(st.permutations([visit(Tujuan=f"t{i % 4}", Hasil="N" if i < 5 else "temuan")
                        for i in range(6)]))  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_order_of_rows_does_not_matter(rows: list[Cells]) -> None:
    context = answered("baris sama=satu", "baris serupa=abaikan")
    found = [parse(*rows), parse(*rows, context=context)]
    kept = [sorted(str(one.values["purpose"]) for one in parsed.records) for parsed in found]
    assert kept == [["t2", "t3"], ["t0", "t2", "t3"]]


# --- sessions ----------------------------------------------------------------------------


def test_session_covers_its_desa() -> None:
    record = parse(session()).records[0]
    assert record.villages == ("36.04.13.2007", "36.04.13.2008")
    assert (record.values["male"], record.values["female"]) == (20, 30)


def test_one_of_two_counts_follows_from_the_total() -> None:
    parsed = parse(session(**{"Jumlah Peserta / P": None, "Jumlah Peserta / Jml": 50}))
    assert parsed.records[0].values["female"] == 30


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"Jumlah Peserta / Jml": 51}, "Jumlah Peserta / Jml"),
        ({"Jumlah Peserta / L": None, "Jumlah Peserta / P": None}, "Jumlah Peserta / L"),
        ({"Jumlah Peserta / L": None, "Jumlah Peserta / P": None, "Jumlah Peserta / Jml": 50},
         "Jumlah Peserta / Jml"),
        ({"Jumlah Peserta / L": 12.5}, "Jumlah Peserta / L"),
        ({"Jumlah Peserta / L": "1.226.201"}, "Jumlah Peserta / L"),
        ({"Nilai Pre Test": 120}, "Nilai Pre Test"),
    ],
)  # fmt: skip
def test_bad_counts_are_problems(changes: Cells, column: str) -> None:
    assert [problem.column for problem in parse(session(**changes)).problems] == [column]


def test_total_without_a_result_is_not_needed() -> None:
    parsed = parse(session(**{"Jumlah Peserta / Jml": CellError("=L5+P5")}))
    assert (len(parsed.records), "tidak diperiksa" in notes(parsed)) == (1, True)


def test_more_tested_than_present_is_a_note() -> None:
    changes: Cells = {"Nilai Pre Test": 50, "Nilai Post Test": 80, "Jumlah Diuji": 99}
    parsed = parse(session(**changes))
    assert len(parsed.records) == 1
    assert "lebih banyak daripada yang hadir" in notes(parsed)


# --- cases -------------------------------------------------------------------------------


def test_case_is_read() -> None:
    values = parse(case()).records[0].values
    assert [values[name] for name in ("is_tppo", "is_tppm", "is_pmi_np")] == [True, False, True]
    assert (values["origin_village_code"], values["destination_country"]) == ("36.04.13.2007", "SA")
    assert [values[name] for name in ("women", "men", "girls", "boys")] == [2, 0, 0, 0]


def test_case_without_verification_is_reported() -> None:
    assert parse(case()).records[0].values["verification"] == "dilaporkan"


def test_case_from_outside_has_no_origin() -> None:
    parsed = parse(case(**{"Desa Asal": "", "Kecamatan Asal": "Kota Serang"}))
    assert parsed.records[0].values["origin_kecamatan_code"] is None
    assert "asal di luar" in notes(parsed)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"Tanggal Kejadian": "11/01/2025"}, "Tanggal Laporan"),
        ({"Tanggal Tindak Lanjut": "09/01/2025"}, "Tanggal Tindak Lanjut"),
        ({"Tanggal Selesai": "01/01/2025"}, "Tanggal Selesai"),
        ({"Korban Perempuan Dewasa": None, "Jumlah Korban": 3}, "Jumlah Korban"),
        ({"Jumlah Korban": 3}, "Jumlah Korban"),
        ({"Jenis Kasus": "narkotika"}, "Jenis Kasus"),
        ({"Negara Tujuan": "Timur Tengah"}, "Negara Tujuan"),
        ({"Verifikasi": "mungkin"}, "Verifikasi"),
    ],
)
def test_bad_case_is_a_problem(changes: Cells, column: str) -> None:
    assert [problem.column for problem in parse(case(**changes)).problems] == [column]


def test_personal_column_is_not_read_and_said_so() -> None:
    parsed = parse(case(**{"Nama Korban": "Fulan", "NIK": "3604121203900001"}))
    told = notes(parsed) + str(parsed.records)
    assert "Kolom “NIK” tidak dibaca" in told
    assert "Fulan" not in told
    assert "3604121203900001" not in told


# --- reference tables --------------------------------------------------------------------


def test_list_of_desa_binaan_is_read() -> None:
    parsed = parse({"Desa": "Lontar", "Kecamatan": "Tirtayasa", "Nomor SK": "W12-1",
                    "Tanggal SK": "13/09/2023"})  # fmt: skip
    values = parsed.records[0].values
    assert (values["code"], values["name"]) == ("36.04.13.2007", "Lontar")
    assert (values["is_assisted"], values["assisted_since"]) == (True, "2023-09-13")


def test_desa_that_is_no_binaan_has_no_decree() -> None:
    parsed = parse({"Desa": "Lontar", "Desa Binaan (ya/tidak)": "tidak", "Nomor SK": "W12-1"})
    assert [problem.column for problem in parsed.problems] == ["Desa Binaan (ya/tidak)"]


def test_village_needs_its_desa() -> None:
    parsed = parse({"Desa": "", "Kecamatan": "Tirtayasa", "PIMPASA": "Budi"}, table="villages")
    assert [problem.column for problem in parsed.problems] == ["Desa"]


def test_population_is_read() -> None:
    parsed = parse({"Kecamatan": "Kec. Anyer", "Jumlah Penduduk": "61.226", "Tahun": 2025,
                    "Sumber": "Dukcapil"})  # fmt: skip
    values = parsed.records[0].values
    assert (values["code"], values["population"], values["population_year"]) == (
        "36.04.30", 61_226, 2025,
    )  # fmt: skip


def test_population_must_add_up() -> None:
    parsed = parse({"Kecamatan": "Anyar", "Jumlah Penduduk": 10_000, "Sumber": "BPS",
                    "Penduduk Laki-laki": 5_000, "Penduduk Perempuan": 6_000})  # fmt: skip
    assert [problem.column for problem in parsed.problems] == ["Jumlah Penduduk"]


@pytest.mark.parametrize("kecamatan", ["", "Kabupaten Serang", "semua"])
def test_target_of_the_kabupaten_is_read(kecamatan: str) -> None:
    parsed = parse({"Tahun": 2025, "Indikator": "Cakupan kunjungan", "Kecamatan": kecamatan,
                    "Target": "80%"})  # fmt: skip
    assert [record.key for record in parsed.records] == ["2025|visit_coverage|"]
    assert parsed.records[0].values["value"] == 0.8


def test_target_of_an_unknown_indicator_is_a_problem() -> None:
    parsed = parse({"Tahun": 2025, "Indikator": "Bahagia", "Target": 1})
    assert [problem.column for problem in parsed.problems] == ["Indikator"]


def test_list_without_officers_does_not_speak_of_them() -> None:
    sheet = Sheet("L", ("Desa", "Nomor SK"), 1, ())
    assert "pimpasa" not in filled_columns(propose_mapping(sheet))


def test_a_visit_without_position_does_not_speak_of_it() -> None:
    sheet = Sheet("L", ("Tanggal", "Kecamatan", "Desa", "Hasil"), 1, ())
    filled = filled_columns(propose_mapping(sheet, "visits"))
    assert filled == {"source_key", "visited_on", "village_code", "kecamatan_code", "outcome"}


def test_a_point_speaks_of_both_its_halves() -> None:
    sheet = Sheet("L", ("Tanggal", "Kecamatan", "Desa", "Hasil", "Koordinat"), 1, ())
    filled = filled_columns(propose_mapping(sheet, "visits"))
    assert {"latitude", "longitude"} <= filled


def test_a_total_speaks_of_men_and_women() -> None:
    sheet = Sheet("L", ("Tanggal", "Kecamatan", "Desa", "Jumlah Peserta", "L"), 1, ())
    assert {"male", "female"} <= filled_columns(propose_mapping(sheet, "awareness_sessions"))


# --- what is said of a sheet ---------------------------------------------------------------


def noted(*names: str) -> str:
    """What is noted of the first of these sheets, which has a note of its own."""
    row = SheetRow(2, tuple(VISIT.values()))
    sheets = tuple(Sheet(name, tuple(VISIT), 1, (row,), ("Ada total.",)) for name in names)
    source = SourceFile("rekap.xlsx", "0" * 64, "xlsx", sheets)
    return notes(parse_sheet(source, sheets[0], propose_mapping(sheets[0]), CONTEXT))


def test_what_was_left_out_of_a_sheet_is_noted() -> None:
    assert noted("Maret") == "Ada total."


def test_notes_name_their_sheet_where_there_are_several() -> None:
    assert noted("Maret", "April") == "Lembar “Maret”: Ada total."


def test_rejected_rows_are_not_noted() -> None:
    parsed = parse(visit(Tanggal="1-2 Maret 2025", Hasil="entah"), visit())
    assert "Rentang" not in notes(parsed)


def test_row_that_slipped_has_one_problem() -> None:
    slipped = RowError("baris berisi 7 kolom, judulnya 6")
    parsed = parse(visit(), dict.fromkeys(VISIT, slipped))
    assert [(one.row, one.column) for one in parsed.problems] == [(6, "")]
    assert "7 kolom" in parsed.problems[0].message
    assert len(parsed.records) == 1


# --- anything ----------------------------------------------------------------------------

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(),
    st.text(max_size=20), st.builds(CellError, st.text(max_size=5)),
    st.sampled_from(["13/09/2023", "Lontar", "Tirtayasa", "nihil", "50 orang", "TPPO", "2025",
                     "36.04.13.2007", "80%", "Cakupan kunjungan", "-6.05 106.2"]),
)  # fmt: skip


@pytest.mark.parametrize("table", FORMS)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_every_row_ends_once(table: str, data: st.DataObject) -> None:
    header = [one.label for one in FORMS[table].fields]
    width = len(header)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4))
    parsed = parse(*(dict(zip(header, row, strict=True)) for row in rows), table=table)
    if not rows:
        return
    if any(question.kind not in ("place", "same") for question in parsed.questions):
        # How a column is to be read keeps every row waiting.
        assert (parsed.records, parsed.problems, parsed.left_out) == ((), (), {})
        return
    waiting = {row for question in parsed.questions for row in question.rows}
    ended = waiting | {problem.row for problem in parsed.problems}
    kept = {record.row for record in parsed.records}
    assert kept.isdisjoint(ended)
    assert len(kept) + len(ended) + sum(parsed.left_out.values()) == len(rows)
    columns = [column.name for column in metadata.tables[table].columns]
    assert all(list(record.values) == columns for record in parsed.records)
