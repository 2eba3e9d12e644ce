"""A file that is wrong in very many places: all of it counted and marked, little of it held."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from data_access.intake.files.marked_copy import marked_copy
from data_access.intake.rows.findings import MOST_NAMES_ASKED, MOST_PROBLEMS
from data_access.intake.writing.preview import Preview
from data_access.store import Store
from tests.intake.importing import VISITS, previewed, visit, visits_file, workbook

MANY = MOST_PROBLEMS + 300
RED = "FFC7CE"


def wrong_rows(count: int) -> list[list[object]]:
    """Visits with an outcome that there is none of; numbered from row 2 on."""
    return [visit(f"k{number}", outcome="entah") for number in range(count)]


@pytest.fixture
def wrong(store: Store) -> Preview:
    return previewed(store, visits_file(*wrong_rows(MANY)))


def test_first_problems_are_kept_in_full_and_all_are_counted(wrong: Preview) -> None:
    assert len(wrong.problems) == MOST_PROBLEMS
    assert (wrong.problem_count, wrong.rejected) == (MANY, MANY)


def test_how_many_are_not_told_is_said_with_their_column(wrong: Preview) -> None:
    (note,) = wrong.tables[0].notes
    assert f"masih ada {MANY - MOST_PROBLEMS} lagi (kolom “Hasil” {MANY - MOST_PROBLEMS})" in note


@pytest.mark.parametrize("name", ["rekap.csv", "rekap.xlsx"])
def test_every_wrong_row_is_marked(store: Store, name: str) -> None:
    rows = wrong_rows(MANY)
    content = visits_file(*rows) if name.endswith("csv") else workbook(Maret=[VISITS, *rows])
    found = previewed(store, content, name)
    copy = marked_copy(content, found.checked.source, found.problems, found.unlisted)
    (page,) = load_workbook(io.BytesIO(copy)).worksheets
    filled = [row for row in range(2, MANY + 2) if page.cell(row, 7).fill.fgColor.rgb[2:] == RED]
    assert filled == list(range(2, MANY + 2))
    told = [row for row in range(2, MANY + 2) if page.cell(row, 7).comment]
    assert len(told) == MOST_PROBLEMS
    assert "Semua sel yang salah diwarnai" in page["A1"].comment.text


def test_rows_of_one_key_name_few_of_the_others(store: Store) -> None:
    rows = [visit("sama", day=1 + number % 28) for number in range(MANY)]
    found = previewed(store, visits_file(*rows))
    assert found.rejected == MANY
    assert max(len(problem.message) for problem in found.problems) < 300


def test_rows_that_contradict_those_of_another_sheet_name_few_of_them(store: Store) -> None:
    sheets = {f"S{n}": [VISITS, visit("sama", day=1 + n % 28)] for n in range(60)}
    found = previewed(store, workbook(**sheets), "rekap.xlsx")
    assert found.rejected == 60
    assert max(len(problem.message) for problem in found.problems) < 400


def test_names_in_most_rows_are_asked_about_and_the_others_counted(store: Store) -> None:
    names = [f"Lontar{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(MOST_NAMES_ASKED + 50)]
    rows = [visit(f"k{n}", desa=name) for n, name in enumerate([*names, names[-1]])]
    found = previewed(store, visits_file(*rows))
    assert len(found.questions) == MOST_NAMES_ASKED
    assert found.questions[0].place == ("Tirtayasa", names[-1])
    assert any("50 nama lain yang tidak dikenal" in note for note in found.tables[0].notes)
