"""Workbooks as a reader of Excel meets them."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from pages.components.workbook import Sheet, workbook
from tests.payloads import PAYLOADS


def opened(*columns: tuple[str, list[object]], title: str = "Desa") -> Worksheet:
    """Write one sheet and open it again; the table's header stands in row 5."""
    content = workbook([Sheet(title, "Oktober 2026", dict(columns), ["DATA CONTOH"])])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_title_period_and_notices_stand_above_the_table() -> None:
    sheet = opened(("Desa", ["Lontar"]))
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == [
        *("Desa", "Oktober 2026", "DATA CONTOH"),
        *(None, "Desa", "Lontar"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (12, 12),
        (date(2026, 10, 31), datetime(2026, 10, 31)),
        (None, None),
        (float("nan"), None),
        (True, "ya"),
        ("=1+2", "=1+2"),
    ],
)
def test_a_value_keeps_its_kind(written: object, read: object) -> None:
    assert opened(("Isi", [written])).cell(6, 1).value == read


def test_a_formula_from_a_file_stays_text() -> None:
    assert opened(("Isi", ["=1+2"])).cell(6, 1).data_type == "s"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_others_wrote_stays_text(payload: str) -> None:
    cell = opened(("Isi", [payload])).cell(6, 1)
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert unescape(str(cell.value)) == payload


def test_a_title_in_apostrophes_becomes_a_sheet_name() -> None:
    assert opened(("Isi", [1]), title="'Desa'").title == "Desa"


def test_a_day_is_shown_as_a_day() -> None:
    assert opened(("Hari", [date(2026, 10, 31)])).cell(6, 1).number_format == "d mmm yyyy"


def test_a_title_that_excel_forbids_becomes_a_sheet_name() -> None:
    assert opened(("Isi", [1]), title="Desa/Kelurahan: semua?").title == "Desa Kelurahan  semua "


def test_the_header_filters_its_rows() -> None:
    assert opened(("Kode", ["36.04.12.2001"]), ("Desa", ["Pontang"])).auto_filter.ref == "A5:B6"


def test_a_code_of_an_area_stays_text() -> None:
    assert opened(("Kode", ["36.04"])).cell(6, 1).value == "36.04"
