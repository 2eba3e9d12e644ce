"""Layouts of real offices: what stands in, beside and below a table is read right, or said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from data_access.intake.files.grid import Merge
from data_access.intake.files.sheets import find_tables
from data_access.intake.model import CellValue, Sheet
from tests.intake.test_sheets import numbers, raw, table

Row = Sequence[CellValue]

TITLES = ("No", "Tanggal", "Desa", "Kecamatan", "Petugas", "Tujuan", "Hasil")
SHORT = ("No", "Tanggal", "Desa", "Petugas", "Hasil")
NUMBERS = ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")


def day(number: int) -> date:
    return date(2026, 7, number)


def visit(number: int, desa: str = "Lontar", kecamatan: str = "Tirtayasa") -> Row:
    return (number, day(number), desa, kecamatan, "Petugas A", "Pembinaan", "Nihil")


def short(number: int, desa: str) -> Row:
    """A visit of a table without a column Kecamatan."""
    return (number, day(number), desa, "Petugas A", "Nihil")


def tables(*rows: Row, merges: tuple[Merge, ...] = ()) -> tuple[Sheet, ...]:
    return find_tables("a.xlsx", [raw(*rows, merges=merges)])[0]


def column(sheet: Sheet, title: str) -> list[CellValue]:
    place = sheet.header.index(title)
    return [row.values[place] for row in sheet.rows]


def says(sheet: Sheet, *parts: str) -> bool:
    """Whether one note holds all the parts."""
    return any(all(part in note for part in parts) for note in sheet.notes)


# --- merged cells ------------------------------------------------------------------------


def test_merged_cell_holds_for_every_row_that_it_covers() -> None:
    rows = [TITLES, visit(1), [2, day(2), "Susukan"], [3, day(3), "Sujung"], visit(4)]
    sheet = table(*rows, merges=((2, 4, 4, 4),))
    assert column(sheet, "Kecamatan") == ["Tirtayasa"] * 4
    assert sheet.merges == ((2, 4, 3),)
    assert says(sheet, "setiap baris", "D2:D4")


def test_session_merged_over_its_desa_stays_beside_each_of_them() -> None:
    rows = [TITLES, visit(1), [None, None, "Susukan"], [None, None, "Sujung"]]
    merges: tuple[Merge, ...] = tuple((2, c, 4, c) for c in (1, 2, 4, 5, 6, 7))
    sheet = table(*rows, merges=merges)
    assert [row.values[1] for row in sheet.rows] == [day(1)] * 3
    assert column(sheet, "Desa") == ["Lontar", "Susukan", "Sujung"]
    assert [merge[2] for merge in sheet.merges] == [0, 1, 3, 4, 5, 6]


def test_row_wholly_inside_merged_cells_is_no_row() -> None:
    sheet = table(TITLES, visit(1), [], visit(3), merges=tuple((2, c, 3, c) for c in range(1, 8)))
    assert numbers(sheet) == [2, 4]
    assert not sheet.merges


def test_remark_merged_over_columns_stands_in_the_first_of_them() -> None:
    rows = [TITLES, visit(1), [2, day(2), "Libur, tidak ada kegiatan"]]
    sheet = table(*rows, merges=((3, 3, 3, 7),))
    assert sheet.rows[1].values[2:] == ("Libur, tidak ada kegiatan", None, None, None, None)
    assert says(sheet, "kolom pertamanya", "C3:G3")


def test_remark_over_the_whole_table_is_left_out_and_told() -> None:
    sheet = table(TITLES, visit(1), ["Pekan libur"], visit(2), merges=((3, 1, 3, 7),))
    assert numbers(sheet) == [2, 4]
    assert says(sheet, "baris 3")


# --- lines over the rows below -----------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["KECAMATAN TANARA"], ["KECAMATAN BAROS"]),
        ([None, "Kec. Tanara"], [None, "Kec. Baros"]),
        (["Kecamatan :", "Tanara"], ["Kecamatan :", "Baros"]),
        (["A. Kecamatan Tanara"], ["B. Kecamatan Baros (1 desa)"]),
        (["I", "KEC. TANARA"], ["II", "KEC. BAROS"]),
        (["TANARA"], ["BAROS"]),
        (["Rekap Kunjungan Kecamatan Tanara"], ["Rekap Kunjungan Kecamatan Baros"]),
    ],
)
def test_line_of_a_kecamatan_becomes_a_column(first: Row, second: Row) -> None:
    sheet = table(SHORT, first, short(1, "Sukamanah"), short(2, "Lempuyang"), second,
                  short(3, "Sukamanah"))  # fmt: skip
    assert (sheet.header[-1], sheet.derived) == ("Kecamatan", 1)
    assert column(sheet, "Kecamatan") == ["Tanara", "Tanara", "Baros"]
    assert numbers(sheet) == [3, 4, 6]
    assert says(sheet, "“Kecamatan” ditambahkan", "baris 2, 5")


def test_lines_of_desa_become_a_column() -> None:
    titles = ("No", "Tanggal", "Petugas", "Hasil")
    row = (1, day(1), "Petugas A", "Nihil")
    sheet = table(titles, ["Kecamatan Tirtayasa"], ["Desa Lontar"], row, ["Desa Susukan"], row,
                  ["Desa Domas Kec. Pontang"], row)  # fmt: skip
    assert column(sheet, "Kecamatan") == ["Tirtayasa", "Tirtayasa", "Pontang"]
    assert column(sheet, "Desa") == ["Lontar", "Susukan", "Domas"]


@pytest.mark.parametrize("line", ["KECAMATAN ENTAH", "REKAP KECAMATAN TIRTAYASA", "Kec. Kasemen"])
def test_line_of_an_unknown_area_ends_the_one_before(line: str) -> None:
    sheet = table(SHORT, ["KECAMATAN TANARA"], short(1, "Sukamanah"), [line], short(2, "Sukamanah"))
    assert column(sheet, "Kecamatan") == ["Tanara", None]


def test_lone_name_that_does_not_fit_stays_a_row() -> None:
    sheet = table(SHORT, ["KECAMATAN TANARA"], short(1, "Sukamanah"), ["BAROS"], short(2, "Lontar"))
    assert numbers(sheet) == [3, 4, 5]
    assert column(sheet, "Kecamatan") == ["Tanara", None, None]


@pytest.mark.parametrize(
    "line",
    ["KECAMATAN TIRTAYASA", "A. WILAYAH UTARA", "Bulan Juli 2026", "JULI 2026", "Minggu II",
     "Triwulan III", "Kabupaten Serang"],
)  # fmt: skip
def test_other_line_is_left_out_and_told(line: str) -> None:
    sheet = table(TITLES, visit(1), [line], visit(2))
    assert (numbers(sheet), sheet.header) == ([2, 4], TITLES)
    assert says(sheet, "baris 3")


@pytest.mark.parametrize(
    "row",
    [[None, None, "Lontar"], [None, None, "Desa Susukan"], [None, None, None, "Kec. Pontang"],
     [None, None, "Lontarr"], [None, None, None, None, None, "2. Penyuluhan"],
     [None, None, None, None, "A", "Rapat"], [None, None, None, None, "Juli 2026"],
     [None, None, None, None, "Petugas B"], [None, day(9)]],
)  # fmt: skip
def test_thin_row_that_is_no_line_stays(row: Row) -> None:
    assert numbers(table(TITLES, visit(1), row, visit(2))) == [2, 3, 4]


def test_kecamatan_above_each_of_several_headers_holds_below_it() -> None:
    sheet = table(["REKAP"], ["KECAMATAN TANARA"], SHORT, short(1, "Sukamanah"), [],
                  ["KECAMATAN BAROS"], SHORT, short(2, "Sukamanah"))  # fmt: skip
    assert column(sheet, "Kecamatan") == ["Tanara", "Baros"]


def test_kecamatan_of_the_title_is_taken_only_where_all_desa_fit() -> None:
    sheet = table(["KECAMATAN TANARA"], SHORT, short(1, "Sukamanah"), short(2, "Lontar"))
    assert sheet.header == SHORT


# --- printed pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"), (1, 2, 3, 4, 5, 6, "7=5+6"),
     ("1", "2", "3", "4", "5", "6", "(7 = 5 + 6)"), ("I", "II", "III", "IV", "V", "VI", "VII"),
     ("a", "b", "c", "d", "e", "f", "g"), (1, 2, 3, 4, 5, 6, "5+6")],
)  # fmt: skip
def test_column_numbers_of_every_page_are_left_out(row: Row) -> None:
    sheet = table(TITLES, row, visit(1), TITLES, row, visit(2))
    assert numbers(sheet) == [3, 6]


def test_title_block_and_signatures_of_every_page_are_left_out() -> None:
    sheet = table(
        ["REKAP KUNJUNGAN"], ["BULAN JULI 2026"], TITLES, NUMBERS, visit(1),
        ["Halaman 1 dari 2"], [None, None, None, None, None, "Serang, 31 Juli 2026"],
        [None, "Mengetahui,"], [None, "BUDI"],
        ["REKAP KUNJUNGAN"], ["BULAN AGUSTUS 2026"], [], TITLES, NUMBERS, visit(2), ["- 2 -"],
    )  # fmt: skip
    assert numbers(sheet) == [5, 15]
    assert says(sheet, "tanda tangan", "baris 7–9")
    assert says(sheet, "Nomor halaman", "baris 6, 16")


@pytest.mark.parametrize("text", ["Halaman 2 dari 3", "Hal. 2", "- 2 -", "2 dari 3", "Page 2 of 3"])
def test_page_number_is_left_out_and_told(text: str) -> None:
    sheet = table(TITLES, visit(1), [None, None, None, text], visit(2))
    assert numbers(sheet) == [2, 4]
    assert says(sheet, "Nomor halaman", "baris 3")


# --- below the rows ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "block",
    [
        [[None, "Mengetahui,", None, None, None, "Serang, 31 Juli 2026"],
         [None, "Kepala Seksi Inteldakim", None, "Kasubsi", None, "Pembuat Laporan"], [],
         [None, "CONTOH A", None, "CONTOH B", None, "CONTOH C"],
         [None, "NIP. 19800101", None, "NIP. 19810101", None, "NIP. 19820101"]],
        [[None, None, None, None, None, "Serang,", day(31)], [], [],
         [None, "Camat Tirtayasa", None, None, "Kepala Desa Lontar"], [None, "H. ASEP"]],
        [["Dicetak tanggal 31 Juli 2026"], ["NB: data sementara"], ["oleh petugas"]],
        [["*) data sementara"]],
    ],
)  # fmt: skip
def test_signatures_and_remarks_are_left_out_and_told(block: list[Row]) -> None:
    sheet = table(TITLES, visit(1), visit(2), [], *block)
    assert numbers(sheet) == [2, 3]
    assert says(sheet, "tanda tangan")


def test_row_that_speaks_of_an_office_is_data() -> None:
    row = (None, None, "Susukan", None, None, "Rapat dengan Kepala Desa", "Nihil")
    assert numbers(table(TITLES, visit(1), row)) == [2, 3]


@pytest.mark.parametrize(
    "row",
    [(None, None, None, None, None, "TOTAL", 3), (3, None, None, "J U M L A H"),
     ("Jumlah kunjungan : 2",), ("Jumlah", None, None, None, None, 50, "orang"),
     (None, "Jumlah dipindahkan", None, None, None, None, 3), (5, "Total", None, None, None, "-")],
)  # fmt: skip
def test_sum_in_any_order_is_left_out_and_told(row: Row) -> None:
    sheet = table(TITLES, visit(1), row)
    assert numbers(sheet) == [2]
    assert says(sheet, "jumlah/total", "baris 3")


@pytest.mark.parametrize(
    ("titles", "row"),
    [(("Tahun", "Indikator", "Kecamatan", "Target"), ("2025", "Jumlah kunjungan", None, "1200")),
     (("No", "Indikator", "Target"), (1, "Jumlah peserta", 500)),
     (("Indikator", "Tahun", "Target"), ("Total kunjungan", 2025, 1200))],
)  # fmt: skip
def test_name_of_an_indicator_is_no_sum(titles: Row, row: Row) -> None:
    assert numbers(table(titles, row)) == [2]


@pytest.mark.parametrize(
    "rest",
    [(), (None, None, None, None, None, 0), (None, None, None, None, None, "0"),
     (None, None, None, None, None, False), (None, None, None, None, None, "-"),
     (None, None, "Tirtayasa", "Petugas A"), (None, None, "Tirtayasa", None, None, 0)],
)  # fmt: skip
def test_form_that_nobody_filled_in_is_left_out_and_told(rest: Row) -> None:
    sheet = table(TITLES, visit(1), visit(2), (3, *rest), (4, *rest))
    assert numbers(sheet) == [2, 3]
    assert says(sheet, "baris 4–5")


@pytest.mark.parametrize(
    "rest",
    [(None, None, "Tirtayasa", "Petugas A", None, "Nihil"), (day(3),), (None, "Lontar"),
     (None, None, None, None, None, 5), (None, None, None, None, "Pembinaan")],
)  # fmt: skip
def test_numbered_row_with_anything_of_its_own_stays(rest: Row) -> None:
    assert numbers(table(TITLES, visit(1), (2, *rest), (3, *rest))) == [2, 3, 4]


def test_prefilled_rows_that_differ_stay() -> None:
    rows = [(2, None, None, "Tirtayasa"), (3, None, None, "Pontang")]
    assert numbers(table(TITLES, visit(1), *rows)) == [2, 3, 4]


# --- other tables ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        (("Kecamatan", "Jumlah"), [("Tirtayasa", 2), ("Pontang", 1), ("Total", 3)]),
        (("Petugas", "Jml"), [("Petugas A", 2), ("Petugas B", 1)]),
        (("Bulan", "Target", "Capaian"), [("Juli", 5, 3)]),
    ],
)
def test_sums_beside_the_table_are_left_and_told(titles: Row, cells: list[Row]) -> None:
    rows = [(*visit(n), None, *(cells[n - 1] if n <= len(cells) else ())) for n in (1, 2, 3)]
    (sheet,) = tables((*TITLES, None, *titles), *rows)
    assert (sheet.header, len(sheet.rows)) == (TITLES, 3)
    assert says(sheet, "Tabel lain", "I1:", str(titles[0]))


def test_sums_left_of_the_table_are_left_and_columns_keep_their_places() -> None:
    (sheet,) = tables(("Kecamatan", "Jumlah", None, *TITLES), ("Tirtayasa", 2, None, *visit(1)),
                      ("Total", 2, None, *visit(2)))  # fmt: skip
    assert sheet.header == ("", "", "", *TITLES)
    assert says(sheet, "A1:B3")


def test_rows_beside_the_table_only_are_no_rows() -> None:
    sheet = table(TITLES, visit(1), (*(None,) * 8, "Pontang", 3))
    assert numbers(sheet) == [2]


def test_empty_column_inside_a_table_cuts_nothing() -> None:
    titles = (*TITLES[:4], None, *TITLES[4:])
    rows = [(*visit(n)[:4], None, *visit(n)[4:]) for n in (1, 2)]
    assert table(titles, *rows).header == (*TITLES[:4], "", *TITLES[4:])


def test_two_tables_side_by_side_are_both_read() -> None:
    sheets = tables((*TITLES, None, *TITLES), (*visit(1), None, *visit(4)),
                    (*visit(2), None, *visit(5)), visit(3))  # fmt: skip
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("S", 3), ("S (tabel 2)", 2)]
    assert says(sheets[0], "“S (tabel 2)”")


SESSION_TITLES = ("No", "Tanggal", "Desa", "Kecamatan", "Materi", "L", "P")


def test_table_below_another_is_read_on_its_own() -> None:
    session = (1, day(3), "Lontar", "Tirtayasa", "TPPO", 20, 30)
    sheets = tables(TITLES, visit(1), visit(2), [], ["DAFTAR SOSIALISASI"], SESSION_TITLES, session,
                    session)  # fmt: skip
    assert [numbers(sheet) for sheet in sheets] == [[2, 3], [7, 8]]
    assert sheets[1].header == SESSION_TITLES


def test_sums_below_the_table_are_left_and_told() -> None:
    (sheet,) = tables(TITLES, visit(1), visit(2), [], ["REKAP"], ["Kecamatan", "Jumlah"],
                      ["Tirtayasa", 2])  # fmt: skip
    assert numbers(sheet) == [2, 3]
    assert says(sheet, "Tabel lain", "A6:B7")


def test_sums_above_the_table_are_told() -> None:
    (sheet,) = tables(["Kecamatan", "Jumlah"], ["Tirtayasa", 2], [], TITLES, visit(1), visit(2))
    assert (sheet.header_row, numbers(sheet)) == (4, [5, 6])
    assert says(sheet, "Tabel lain", "A1:B2")


# --- headers -----------------------------------------------------------------------------


@pytest.mark.parametrize("merges", [((1, 4, 1, 7), (2, 4, 2, 5), (2, 6, 2, 7)), ()])
def test_header_over_three_rows_is_joined(merges: tuple[Merge, ...]) -> None:
    sheet = table(
        ("No", "Tanggal", "Desa", "Peserta", None, None, None, "Ket"),
        (None, None, None, "Dewasa", None, "Anak", None),
        (None, None, None, "L", "P", "L", "P"),
        (1, day(1), "Lontar", 1, 2, 3, 4, "x"), merges=merges,
    )  # fmt: skip
    assert sheet.header[3:] == (
        "Peserta / Dewasa / L", "Peserta / Dewasa / P", "Peserta / Anak / L", "Peserta / Anak / P",
        "Ket",
    )  # fmt: skip
    assert numbers(sheet) == [4]


PLACES = ("No", "Tanggal", "Desa", "Kecamatan", "Desa", "Kecamatan", "Jenis Kasus")


@pytest.mark.parametrize("merges", [((2, 3, 2, 4), (2, 5, 2, 6)), ()])
def test_group_names_alone_in_their_row_tell_places_apart(merges: tuple[Merge, ...]) -> None:
    sheet = table(["REKAP KASUS"], [None, None, "Pelapor", None, "Korban"], PLACES,
                  (1, day(1), "Lontar", "Tirtayasa", "Domas", "Pontang", "TPPO"),
                  merges=merges)  # fmt: skip
    assert sheet.header[2:] == ("Pelapor / Desa", "Pelapor / Kecamatan", "Korban / Desa",
                                "Korban / Kecamatan", "Jenis Kasus")  # fmt: skip


def test_group_name_covers_what_says_little_alone_and_no_more() -> None:
    sheet = table([None, None, None, "Jumlah Peserta"],
                  ("No", "Tanggal", "Desa", "L", "P", "Materi"),
                  (1, day(1), "Lontar", 1, 2, "TPPO"))  # fmt: skip
    assert sheet.header[3:] == ("Jumlah Peserta / L", "Jumlah Peserta / P", "Materi")


@pytest.mark.parametrize(
    ("titles", "row"),
    [(("Kapan", "Di mana", "Siapa"), (day(1), "Lontar", "A")),
     (("Waktunya", "Orangnya"), ("13/07/2026", "A")),
     (("Daerahnya", "Banyaknya"), ("Tirtayasa", 5))],
)  # fmt: skip
def test_unknown_titles_above_days_or_places_are_a_header(titles: Row, row: Row) -> None:
    sheet = table(["DATA"], titles, row, row)
    assert (sheet.header, sheet.header_row) == (titles, 2)
