"""What officers put around a table is recognised and named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from data_access.intake.files.errors import HeaderNotFoundError
from data_access.intake.files.sheets import Merge, RawSheet, column_letters, find_tables, row_list
from data_access.intake.model import CellValue, Sheet, SheetRow

PLAIN = ("No", "Tanggal", "Desa", "Kecamatan", "Keterangan")
DAY = date(2025, 5, 10)
VISIT = (1, DAY, "Lontar", "Tirtayasa", None)


def raw(
    *rows: Sequence[CellValue],
    merges: tuple[Merge, ...] = (),
    name: str = "S",
    hidden: bool = False,
) -> RawSheet:
    """A sheet whose rows are numbered from 1; an empty row is a blank one."""
    numbered = tuple(SheetRow(n, tuple(row)) for n, row in enumerate(rows, start=1) if row)
    return RawSheet(name, numbered, merges, hidden)


def table(*rows: Sequence[CellValue], merges: tuple[Merge, ...] = ()) -> Sheet:
    (sheet,), _ = find_tables("a.xlsx", [raw(*rows, merges=merges)])
    return sheet


def numbers(sheet: Sheet) -> list[int]:
    return [row.number for row in sheet.rows]


def test_title_block_is_left_above() -> None:
    sheet = table(["REKAP KEGIATAN DESA BINAAN"], ["Kecamatan :", "Tirtayasa"], [], PLAIN, VISIT)
    assert (sheet.header, sheet.header_row, numbers(sheet)) == (PLAIN, 4, [5])


def test_title_block_right_above_the_header_is_no_group() -> None:
    sheet = table(["Kecamatan :", None, "Tirtayasa", None, "Desa"], PLAIN, VISIT)
    assert sheet.header == PLAIN


def test_data_that_sounds_like_a_header_does_not_win() -> None:
    row = (1, DAY, "Desa Lontar", "Kecamatan Tirtayasa", "Kegiatan desa")
    assert table(PLAIN, row, row).header_row == 1


GROUPED = ("No", "Tanggal", "Desa", "Jumlah Peserta", None, None, "Ket")
PARTS = (None, None, None, "L", "P", "Jml", None)
JOINED = (
    "No", "Tanggal", "Desa", "Jumlah Peserta / L", "Jumlah Peserta / P", "Jumlah Peserta / Jml",
    "Ket",
)  # fmt: skip
MERGES: tuple[Merge, ...] = (
    (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 6), (1, 7, 2, 7),
)  # fmt: skip


@pytest.mark.parametrize("merges", [MERGES, ()])
def test_header_over_parts_is_joined(merges: tuple[Merge, ...]) -> None:
    sheet = table(GROUPED, PARTS, (1, DAY, "Lontar", 3, 4, 7, None), merges=merges)
    assert (sheet.header, sheet.header_row, numbers(sheet)) == (JOINED, 2, [3])


def test_group_above_the_known_words_is_joined() -> None:
    upper = ("No", "Waktu dan Tempat", None, None, "Ket")
    lower = (None, "Tanggal", "Desa", "Kecamatan", None)
    sheet = table(upper, lower, VISIT)
    assert sheet.header[1:4] == (
        "Waktu dan Tempat / Tanggal", "Waktu dan Tempat / Desa", "Waktu dan Tempat / Kecamatan",
    )  # fmt: skip
    assert sheet.header_row == 2


def test_first_data_row_is_no_second_header() -> None:
    sheet = table(("Tanggal", "Desa", "Ket", None), ("2025", "Lontar", "baik", "sekali"))
    assert (sheet.header_row, len(sheet.rows)) == (1, 1)


@pytest.mark.parametrize("row", [(1, 2, 3, 4, 5), ("(1)", "(2)", "(3)", "(4)", "(5)")])
def test_row_of_column_numbers_is_left_out(row: tuple[CellValue, ...]) -> None:
    sheet = table(PLAIN, row, VISIT)
    assert numbers(sheet) == [3]
    assert any("baris 2" in note for note in sheet.notes)


@pytest.mark.parametrize(
    "row",
    [
        ("Jumlah", None, None, None, 20),
        (None, None, "TOTAL", None, "20 orang"),
        ("Jumlah Peserta", 20),
        ("Sub Total", None, None, "1.226"),
        ("KABUPATEN SERANG", None, None, "1.815.551"),
    ],
)
def test_total_row_is_left_out_and_noted(row: tuple[CellValue, ...]) -> None:
    sheet = table(PLAIN, VISIT, row)
    assert numbers(sheet) == [2]
    assert any("jumlah/total" in note and "baris 3" in note for note in sheet.notes)


@pytest.mark.parametrize(
    "row", [("Jumlah", DAY, "Lontar", "Tirtayasa", 1), (1, DAY, "Jumlah", "Pontang", None)]
)
def test_row_with_a_date_or_a_place_is_no_total(row: tuple[CellValue, ...]) -> None:
    assert numbers(table(PLAIN, VISIT, row)) == [2, 3]


def test_signatures_below_are_left_out_and_noted() -> None:
    sheet = table(
        PLAIN, VISIT, ("Jumlah", None, None, None, 1), [],
        [None, None, None, "Serang, 31 Mei 2025"], ["Mengetahui,", None, None, "PIMPASA"],
        [], ["BUDI", None, None, "SITI"], ["NIP. 1970", None, None, "NIP. 1980"],
    )  # fmt: skip
    assert numbers(sheet) == [2]
    assert any("baris 5–6, 8–9" in note for note in sheet.notes)


def test_thin_row_without_a_signature_stays() -> None:
    assert numbers(table(PLAIN, VISIT, (None, None, "Lontar", None, None))) == [2, 3]


def test_numbered_rows_nobody_filled_are_left_out() -> None:
    sheet = table(PLAIN, VISIT, (2, None, None, None, None), (3, None, None, None, 0))
    assert numbers(sheet) == [2]
    assert any("nomor urut" in note for note in sheet.notes)


def test_header_repeated_on_a_second_page_is_left_out() -> None:
    assert numbers(table(PLAIN, VISIT, PLAIN, VISIT)) == [2, 4]


def test_repeated_titles_are_told_apart() -> None:
    sheet = table(("Tanggal", "Desa", "Ket", "Ket", "Ket (2)"), (DAY, "Lontar", "a", "b", "c"))
    assert sheet.header == ("Tanggal", "Desa", "Ket", "Ket (3)", "Ket (2)")
    assert any("lebih dari sekali" in note for note in sheet.notes)


def test_columns_keep_their_places() -> None:
    sheet = table((None, "Tanggal", "Desa"), (None, DAY, "Lontar"))
    assert (sheet.header, sheet.rows[0].values) == (("", "Tanggal", "Desa"), (None, DAY, "Lontar"))


def test_column_without_a_title_is_noted() -> None:
    sheet = table(("Tanggal", "Desa", "Ket"), (DAY, "Lontar", "a", "di luar"))
    assert "Kolom tanpa judul tidak dibaca: D." in sheet.notes


def test_cells_merged_over_data_rows_are_noted() -> None:
    sheet = table(PLAIN, VISIT, VISIT, merges=((2, 2, 3, 2),))
    assert any("setiap baris" in note and "B2:B3" in note for note in sheet.notes)


def test_header_only_is_a_sheet_without_rows() -> None:
    sheet = table(PLAIN)
    assert not sheet.rows
    assert any("tanpa baris data" in note for note in sheet.notes)


def test_several_sheets_are_read_and_the_others_named() -> None:
    letter = raw(["Yth. Bapak"], name="Surat")
    sheets, notes = find_tables(
        "a.xlsx",
        [raw(PLAIN, VISIT, name="Jan"), letter, raw(PLAIN, VISIT, name="Feb", hidden=True), raw()],
    )
    assert [sheet.name for sheet in sheets] == ["Jan", "Feb"]
    assert any("tersembunyi" in note for note in sheets[1].notes)
    assert any("“Surat” dilewati" in note for note in notes)


def test_file_without_any_header_is_refused() -> None:
    with pytest.raises(HeaderNotFoundError, match="Surat"):
        find_tables("a.xlsx", [raw(["Yth. Bapak"], name="Surat")])


def test_words_of_the_caller_find_the_header() -> None:
    (sheet,), _ = find_tables("a.xlsx", [raw(("Foo", "Bar"), ("a", "b"))], {"foo", "bar"})
    assert sheet.header == ("Foo", "Bar")


def test_rows_are_listed_in_runs() -> None:
    assert row_list([3, 5, 6, 7, 9]) == "baris 3, 5–7, 9"


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_called_as_in_a_spreadsheet(column: int, letters: str) -> None:
    assert column_letters(column) == letters
