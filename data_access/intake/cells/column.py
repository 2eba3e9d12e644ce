"""What the cells of a column mean together: judged by the whole column, never cell by cell.

Owns the order of day and month, the clock of moments, the scale of scores and thousands that a
spreadsheet has lost. Where a column does not say which it is, that is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data_access.intake.forms.form import Field
from data_access.intake.model import CellValue
from data_access.intake.questions import Answers, Choice, Kind

DateOrder = Literal["hari-bulan", "bulan-hari"]


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How the cells of a column are read.

    Attributes:
        order: which of day and month is written first, in texts of numbers only.
        swaps_dates: whether real dates have day and month exchanged.
        is_utc: whether moments without a zone are UTC.
        is_1904: whether bare numbers count days from 1904.
        factor: what a number is multiplied by; 10 for scores from 0 to 10.
    """

    order: DateOrder = "hari-bulan"
    swaps_dates: bool = False
    is_utc: bool = False
    is_1904: bool = False
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a column leaves open: a question but for the names of file, sheet and column."""

    kind: Kind
    candidates: tuple[Choice, ...]
    message: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnJudgement:
    """How a column is read; doubts that keep it from being read; notes about what was assumed."""

    reading: ColumnReading
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()


def judge_column(
    field: Field,
    header: str,
    cells: Sequence[tuple[int, CellValue]],
    today: date,
    answers: Answers,
    *,
    is_1904: bool = False,
) -> ColumnJudgement:
    """Judge how the cells of a column are read.

    Args:
        field: the field that the column fills.
        header: the column's title, which answers name.
        cells: (row number, value) of all data rows, in order.
        today: no day after it is believed.
        answers: what was answered; a doubt that is answered is none.
        is_1904: of the workbook.
    """
    del field, header, cells, today, answers
    return ColumnJudgement(ColumnReading(is_1904=is_1904))
