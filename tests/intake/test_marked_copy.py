"""The officer's sheet comes back with the bad cells marked."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from data_access.intake.files import marked_copy as room
from data_access.intake.files.marked_copy import marked_copy
from data_access.intake.files.reader import read_file
from data_access.intake.model import Problem
from data_access.store import Store
from tests.intake.importing import VISITS, previewed, visit, visits_file
from tests.intake.importing import workbook as sheets
from tests.intake.messy_files import FILES, MessyFile, Page
from tests.intake.messy_files import workbook as messy
from tests.intake.test_hostile_files import READ, Hostile, with_entry

RED = "FFC7CE"


def book_of(store: Store, content: bytes, name: str) -> Workbook:
    found = previewed(store, content, name, "visits")
    return load_workbook(io.BytesIO(marked_copy(content, found.checked.source, found.problems)))


@pytest.fixture
def workbook() -> bytes:
    """A list below a title, with a bad outcome in its second row."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Maret"
    page.append(["REKAP KUNJUNGAN"])
    page.append([])
    for row in (VISITS, visit("k1"), visit("k2", outcome="entah")):
        page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_bad_cell_is_filled_and_commented(store: Store, workbook: bytes) -> None:
    cell = book_of(store, workbook, "rekap.xlsx")["Maret"]["G5"]
    assert cell.fill.fgColor.rgb.endswith(RED)
    assert "nihil" in cell.comment.text


def test_other_cells_stay_as_they_are(store: Store, workbook: bytes) -> None:
    page = book_of(store, workbook, "rekap.xlsx")["Maret"]
    assert page["A1"].value == "REKAP KUNJUNGAN"
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert commented == ["G5"]


def test_csv_comes_back_with_rows_in_their_places(store: Store) -> None:
    content = visits_file(visit("k1"), visit("k2", outcome="entah"))
    (page,) = book_of(store, content, "rekap.csv").worksheets
    assert [cell.value for cell in page[1]] == list(VISITS)
    assert page["A3"].value == "k2"
    assert page["G3"].fill.fgColor.rgb.endswith(RED)
    assert "nihil" in page["G3"].comment.text


def test_large_workbook_comes_back_as_plain_rows(
    store: Store, workbook: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST_CELLS", 1)
    page = book_of(store, workbook, "rekap.xlsx")["Maret"]
    assert page["A1"].value is None
    assert page["G5"].comment is not None


# Each makes openpyxl fail: by the memory it would take, or as a part that nobody reads.
DANGEROUS = {
    "gabungan": ("xl__worksheets__sheet1.xml",
                 '</sheetData><mergeCells><mergeCell ref="H10:XFD1048576"/></mergeCells>'),
    "tautan": ("xl__worksheets__sheet1.xml",
               '</sheetData><hyperlinks><hyperlink ref="H1:XFD99999" location="A1"/></hyperlinks>'),
    "sifat": ("docProps__core.xml", ""),
}  # fmt: skip


@pytest.mark.parametrize("fault", DANGEROUS)
def test_workbook_that_openpyxl_cannot_take_comes_back_as_plain_rows(
    store: Store, workbook: bytes, fault: str
) -> None:
    entry, added = DANGEROUS[fault]
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        text = archive.read(entry.replace("__", "/")).decode()
    changed = text.replace("</sheetData>", added) if added else text[:40]
    page = book_of(store, with_entry(workbook, **{entry: changed.encode()}), "rekap.xlsx")["Maret"]
    assert page["A1"].value is None
    assert page["G5"].comment is not None


def test_text_never_becomes_a_formula(store: Store) -> None:
    content = visits_file([*visit("k1")[:5], "=1+1", "entah"])
    (page,) = book_of(store, content, "rekap.csv").worksheets
    assert (page["F2"].value, page["F2"].data_type) == ("=1+1", "s")


def test_every_bad_row_of_a_csv_is_commented(store: Store) -> None:
    content = visits_file(visit("k1", outcome="entah"), visit("k2", outcome="x"), visit("k3"))
    (page,) = book_of(store, content, "rekap.csv").worksheets
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert commented == ["G2", "G3"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_messy_files_come_back_marked(store: Store, file: MessyFile) -> None:
    content = file.build()
    found = previewed(store, content, file.name, answers=file.answers)
    copy = load_workbook(io.BytesIO(marked_copy(content, found.checked.source, found.problems)))
    marked = {cell.row for page in copy for row in page for cell in row if cell.comment}
    assert marked == {one.row for one in found.problems}


def test_merged_cells_are_marked_in_the_first_of_them(store: Store) -> None:
    day = date(2026, 13 - 1, 31)
    rows = [VISITS, visit("k1"), visit("k2")]
    rows[1][1], rows[2][1] = day, None
    content = messy(Page("Maret", rows, ["B2:B3"]))
    page = book_of(store, content, "rekap.xlsx")["Maret"]
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert commented == ["B2"]


def problem(sheet: str, row: int, column: str) -> Problem:
    return Problem("a.xlsx", sheet, row, column, "", "Salah.")


def comments(content: bytes, *problems: Problem) -> list[str]:
    """Where the first sheet of a marked copy is commented."""
    copy = load_workbook(io.BytesIO(marked_copy(content, read_file(content, "a.xlsx"), problems)))
    return [cell.coordinate for row in copy.worksheets[0] for cell in row if cell.comment]


def test_column_that_stands_nowhere_is_marked_in_the_first_cell_of_its_row() -> None:
    rows = [["No", "Tanggal", "Desa", "Hasil"], ["KECAMATAN BAROS"],
            [1, date(2026, 3, 1), "Sukamanah", "nihil", None, "di luar"]]  # fmt: skip
    content = messy(Page("S", rows))
    assert comments(content, problem("S", 3, "Kecamatan"), problem("S", 3, "No")) == ["A3"]


def test_second_table_is_marked_on_the_sheet_that_it_stands_on() -> None:
    header = ["Tanggal", "Desa", "Kecamatan", "Hasil"]
    row = [date(2026, 3, 1), "Lontar", "Tirtayasa", "nihil"]
    other = ["Tanggal", "Desa", "Kecamatan", "Tema"]
    content = messy(Page("S", [header, row, [], other, row, row]))
    assert comments(content, problem("S (tabel 2)", 6, "Desa")) == ["B6"]


@pytest.mark.parametrize("hostile", READ, ids=lambda hostile: hostile.name)
def test_hostile_files_come_back_marked(store: Store, hostile: Hostile) -> None:
    content = hostile.build()
    found = previewed(store, content, hostile.name, answers=hostile.answers)
    copy = load_workbook(io.BytesIO(marked_copy(content, found.checked.source, found.problems)))
    marked = {cell.row for page in copy for row in page for cell in row if cell.comment}
    assert marked == {one.row for one in found.problems}


def test_sheets_whose_names_are_cut_alike_stay_apart(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST_CELLS", 1)
    rows = [VISITS, visit("k1", outcome="entah")]
    source = previewed(store, sheets(Kunjungan=rows, KUNJUNGAN_2=rows), "a.xlsx").checked.source
    long = [replace(one, name=f"Kunjungan Desa Binaan Kabupaten {n}") for n, one in
            enumerate(source.sheets)]  # fmt: skip
    copy = load_workbook(io.BytesIO(marked_copy(b"", replace(source, sheets=tuple(long)), ())))
    assert len(copy.worksheets) == 2
