"""What a template asks for is what an import reads."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from data_access.errors import UnknownTableError
from data_access.intake.forms.registry import FORMS, TABLE_LABELS
from data_access.intake.forms.template_marks import GUIDE_SHEET, LIST_SHEET
from data_access.intake.forms.templates import template
from data_access.intake.steps import check, understand
from data_access.store import Store
from tests.intake.importing import TODAY, previewed

TABLES = list(FORMS)


def opened(table: str) -> Workbook:
    return load_workbook(io.BytesIO(template(table, TODAY)))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_recognised(store: Store, table: str) -> None:
    found = understand(template(table, TODAY), "templat.xlsx", store.settings)
    (sheet,) = found.sheets
    assert sheet.mapping.table == table
    assert (sheet.mapping.missing, sheet.mapping.refused) == ((), ())
    assert [sheet.sheet.header[index] for index in sheet.mapping.unused] == ["No"]


@pytest.mark.parametrize("table", TABLES)
def test_example_row_is_skipped(store: Store, table: str) -> None:
    found = understand(template(table, TODAY), "templat.xlsx", store.settings)
    assert check(found).sheets[0].parsed.records == ()
    assert any("contoh" in note for note in found.notes)


@pytest.mark.parametrize("table", TABLES)
def test_example_row_is_a_sound_row(store: Store, table: str) -> None:
    book = opened(table)
    book[TABLE_LABELS[table]]["A2"] = 1
    (found,) = previewed(store, saved(book), "isian.xlsx").tables
    assert (found.problems, found.accepted) == ((), 1)


def test_desa_follow_the_kecamatan() -> None:
    book = opened("visits")
    rules = {str(rule.sqref): rule for rule in book["Kunjungan"].data_validations.dataValidation}
    titles = {cell.value: cell.column_letter for cell in book["Kunjungan"][1]}
    rule = rules[f"{titles['Desa']}2:{titles['Desa']}2001"]
    assert f"MATCH(${titles['Kecamatan']}2," in rule.formula1
    places = [(row[0].value, row[1].value) for row in book[LIST_SHEET].iter_rows(max_row=326)]
    homes = [home for home, _ in places]
    assert len(set(places)) == 326
    # The drop-down shows one unbroken stretch.
    assert homes == sorted(homes)


def test_dates_are_limited_to_the_past() -> None:
    rules = opened("visits")["Kunjungan"].data_validations.dataValidation
    (rule,) = [rule for rule in rules if rule.type == "date"]
    assert (rule.formula1, rule.formula2) == ("42005", "TODAY()")


def test_words_are_offered() -> None:
    book = opened("visits")
    rules = book["Kunjungan"].data_validations.dataValidation
    titles = {cell.value: cell.column_letter for cell in book["Kunjungan"][1]}
    (rule,) = [rule for rule in rules if str(rule.sqref).startswith(f"{titles['Hasil']}2:")]
    sheet, area = rule.formula1.split("!")
    words = [cell.value for (cell,) in book[sheet][re.sub(r"\$", "", area)]]
    assert words == ["nihil", "temuan", "tindak lanjut", "tidak terjangkau"]


@pytest.mark.parametrize("table", TABLES)
def test_guide_explains_every_column(table: str) -> None:
    book = opened(table)
    titles = [cell.value for cell in book[TABLE_LABELS[table]][1]][1:]
    explained = [row[0].value for row in book[GUIDE_SHEET].iter_rows(min_row=6)]
    assert explained == titles


def test_lists_are_out_of_sight() -> None:
    assert opened("visits")[LIST_SHEET].sheet_state == "hidden"


def test_unknown_table_is_told() -> None:
    with pytest.raises(UnknownTableError, match="desa_binaan"):
        template("desa_binaan", TODAY)
