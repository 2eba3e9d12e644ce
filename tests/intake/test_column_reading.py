"""Columns judged as a whole: what one value proves, the column asks or is read by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.intake.cells.column import (
    Cells,
    ColumnJudgement,
    ColumnReading,
    judge_column,
    proves_order,
)
from data_access.intake.cells.dates import DateError, DateOrder, read_date, swapped
from data_access.intake.cells.reading import FieldReader
from data_access.intake.field import Field
from data_access.intake.forms.form import MOST_ATTENDANCE, MOST_PEOPLE
from data_access.intake.model import CellValue
from data_access.intake.questions import Answers

TODAY = date(2026, 11, 25)
DATE = Field("visited_on", "Tanggal", "date")
SCORE = Field("pre_score", "Nilai Pre Test", "score")
PEOPLE = Field("population", "Jumlah Penduduk", "number", most=MOST_PEOPLE)
MALE = Field("male", "L", "count", most=MOST_ATTENDANCE)
DAYS = st.dates(date(2015, 1, 1), TODAY)
YEARS, MONTHS = st.integers(2015, TODAY.year - 1), st.integers(1, 12)
# Days that a spreadsheet swaps with their month, and days that it cannot swap.
EARLY = st.builds(date, YEARS, MONTHS, st.integers(1, 12)).filter(lambda day: day.day != day.month)
LATE = st.builds(date, YEARS, MONTHS, st.integers(13, 28))


def _cells(values: Sequence[CellValue]) -> Cells:
    return list(enumerate(values, start=2))


def _judged(
    values: Sequence[CellValue],
    field: Field = DATE,
    header: str = "Tanggal",
    answer: str = "",
    proofs: Sequence[DateOrder] = (),
) -> ColumnJudgement:
    answers = Answers([(header, answer)] if answer else [])
    return judge_column(field, header, _cells(values), TODAY, answers, proofs=proofs)


def _read(values: Sequence[CellValue], reading: ColumnReading, field: Field = DATE) -> list[object]:
    reader = FieldReader(field, TODAY, reading)
    return [reader.read(value).value for value in values]


# --- the order of day and month ------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        ("7/3/2026", "7/14/2026"),
        ("7/3/2026 10:11:12", "7/14/2026 9:05:00"),
        ("07-03-2026", "07-14-2026"),
        ("7.3.2026", "Tuesday, 7.14.2026"),
    ],
)
def test_one_value_that_proves_the_month_first_is_a_question(values: Sequence[str]) -> None:
    (doubt,) = _judged(values).doubts
    assert (doubt.kind, [one.field for one in doubt.candidates]) == (
        "date_order",
        ["bulan-hari", "hari-bulan"],
    )


def test_question_shows_the_proof_its_row_and_what_each_answer_means() -> None:
    (doubt,) = _judged(("7/3/2026", "7/14/2026")).doubts
    labels = " ".join(one.label for one in doubt.candidates)
    assert ("“7/14/2026” (baris 3)" in doubt.message, doubt.rows) == (True, (2, 3))
    assert ("3 Juli 2026" in labels, "7 Maret 2026" in labels) == (True, True)


def test_answered_column_is_read_month_first() -> None:
    values = ("7/3/2026", "7/14/2026", "3 Juli 2026")
    judged = _judged(values, answer="bulan-hari")
    assert judged.doubts == ()
    assert _read(values, judged.reading) == ["2026-07-03", "2026-07-14", "2026-07-03"]


@pytest.mark.parametrize(
    "values",
    [
        ("3/7/2026", "14/7/2026"),
        ("3/7/2026", "4/7/2026"),
        ("2026-07-14", "14 Juli 2026"),
        # Short years are refused in either order.
        ("7/3/26", "7/14/26"),
    ],
)
def test_column_without_doubt_is_read_day_first(values: Sequence[str]) -> None:
    assert _judged(values) == ColumnJudgement(ColumnReading())


def test_answer_of_another_file_yields_to_a_column_that_proves_the_day_first() -> None:
    judged = _judged(("3/7/2026", "14/7/2026"), answer="bulan-hari")
    assert judged.reading.order == "hari-bulan"


def test_answer_counts_for_a_column_that_proves_nothing() -> None:
    assert _judged(("3/7/2026",), answer="bulan-hari").reading.order == "bulan-hari"


def test_contradicting_proofs_name_both_rows() -> None:
    (doubt,) = _judged(("14/7/2026", "1/2/2026", "7/21/2026")).doubts
    assert (doubt.rows, "baris 2" in doubt.message, "baris 4" in doubt.message) == (
        (2, 4),
        True,
        True,
    )


def test_proof_of_a_neighbour_is_a_question_where_the_column_proves_nothing() -> None:
    (doubt,) = _judged(("7/3/2026",), proofs=("bulan-hari",)).doubts
    assert doubt.candidates[0].field == "bulan-hari"


def test_proof_of_a_neighbour_is_not_needed_where_the_column_proves_itself() -> None:
    assert _judged(("14/3/2026",), proofs=("bulan-hari",)).doubts == ()


def test_day_that_has_not_come_unless_swapped_is_a_question() -> None:
    (doubt,) = _judged(("3/12/2026", "4/7/2026")).doubts
    assert "belum terjadi" in doubt.message


@pytest.mark.parametrize(
    ("values", "orders"),
    [
        (("7/14/2026",), {"bulan-hari"}),
        (("14/7/2026 10.00",), {"hari-bulan"}),
        (("7/9/2026", "2026-07-14", "14 Juli 2026", 46217, None, date(2026, 7, 14)), set()),
        (("7/14/2026", "14/7/2026"), {"hari-bulan", "bulan-hari"}),
        (("13-15/07/2026",), set()),
    ],
)
def test_order_is_proved_by_numbers_beyond_the_months(
    values: Sequence[CellValue], orders: set[DateOrder]
) -> None:
    assert proves_order(_cells(values)) == orders


# --- real dates that a spreadsheet has swapped ---------------------------------------------


SWAPPED: tuple[tuple[CellValue, ...], ...] = (
    (date(2026, 3, 7), "14/07/2026", date(2026, 9, 7), "21/07/2026"),
    (datetime(2026, 3, 7, 8), "14/07/2026 08.00", datetime(2026, 9, 7, 9), "Selasa, 21-07-2026"),
    # One of each tells as well, where the text's month is the real date's day.
    (date(2026, 3, 7), "14/07/2026"),
    # Without a text: one of them has not come yet.
    (date(2026, 12, 7), date(2026, 3, 7)),
)


@pytest.mark.parametrize("values", SWAPPED)
def test_swapped_column_is_a_question(values: Sequence[CellValue]) -> None:
    (doubt,) = _judged(values).doubts
    assert (doubt.kind, doubt.candidates[0].field) == ("date_order", "bulan-hari")


def test_swapped_column_is_swapped_back_and_its_texts_stay() -> None:
    judged = _judged(SWAPPED[0], answer="bulan-hari")
    days = ["2026-07-03", "2026-07-14", "2026-07-09", "2026-07-21"]
    assert (judged.doubts, _read(SWAPPED[0], judged.reading)) == ((), days)


def test_swapped_column_may_be_kept() -> None:
    assert _judged(SWAPPED[0], answer="hari-bulan") == ColumnJudgement(ColumnReading())


def test_american_file_in_an_indonesian_spreadsheet_is_mended_by_one_answer() -> None:
    values = (date(2026, 3, 7), "7/14/2026", date(2026, 9, 7), "7/21/2026")
    judged = _judged(values, answer="bulan-hari")
    assert _read(values, judged.reading) == [
        "2026-07-03",
        "2026-07-14",
        "2026-07-09",
        "2026-07-21",
    ]


@pytest.mark.parametrize(
    "values",
    [
        (date(2026, 3, 7), "14/07/2026", date(2026, 9, 17), "21/07/2026"),
        (date(2026, 7, 3), date(2026, 7, 9)),
        (date(2026, 7, 3), "14/07/2026"),
        (date(2026, 7, 7), "14/07/2026", date(2026, 8, 8), "15/07/2026"),
    ],
)
def test_ordinary_mixture_is_no_question(values: Sequence[CellValue]) -> None:
    assert _judged(values).doubts == ()


def test_early_days_of_many_months_are_mentioned() -> None:
    days = [date(2026, month, day) for month in range(1, 11) for day in (7, 8)]
    assert "tertukar" in _judged(days).notes[0]


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=12))
def test_month_first_column_is_never_swapped_in_silence(days: list[date]) -> None:
    assume(any(day.day > 12 for day in days))
    values = [f"{day.month}/{day.day}/{day.year}" for day in days]
    assert _judged(values).doubts
    reading = _judged(values, answer="bulan-hari").reading
    assert _read(values, reading) == [day.isoformat() for day in days]


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=12))
def test_day_first_column_is_read_or_asked(days: list[date]) -> None:
    values = [f"{day.day}/{day.month}/{day.year}" for day in days]
    judged = _judged(values)
    assert judged.doubts or _read(values, judged.reading) == [day.isoformat() for day in days]


@settings(deadline=None)
@given(
    st.sets(EARLY, min_size=2, max_size=8),
    st.lists(LATE, min_size=2, max_size=8, unique=True),
)
def test_half_swapped_column_is_never_read_in_silence(early: set[date], late: list[date]) -> None:
    wrong = {swapped(day) for day in early}
    values: list[CellValue] = [*wrong, *(f"{day:%d/%m/%Y}" for day in late)]
    assert _judged(values).doubts


@settings(deadline=None)
@given(st.lists(st.text("0123456789/-. ", max_size=12)), st.sampled_from(["", "bulan-hari"]))
def test_any_column_is_judged(values: list[str], answer: str) -> None:
    judged = _judged(values, answer=answer)
    for value in values:
        try:
            day = read_date(value, TODAY, order=judged.reading.order).day
        except DateError:
            continue
        assert TODAY - day >= timedelta(0)


# --- the clock -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Waktu (UTC)", ("13/07/2026 18:30",)),
        ("Timestamp GMT", (datetime(2026, 7, 13, 18, 30),)),
        ("Waktu", ("2026-07-13T18:30:00Z", "2026-07-14 19:00")),
    ],
)
def test_evening_of_an_unknown_clock_is_a_question(
    header: str, values: Sequence[CellValue]
) -> None:
    (doubt,) = _judged(values, header=header).doubts
    assert (doubt.kind, {one.field for one in doubt.candidates}) == ("time_zone", {"utc", "wib"})


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Waktu (UTC)", ("13/07/2026 09:30", "13/07/2026")),
        ("Waktu (UTC)", ("2026-07-13T18:30:00Z",)),
        ("Waktu (GMT+7)", ("13/07/2026 18:30",)),
        ("Waktu", (datetime(2026, 7, 13, 18, 30), "13/07/2026 18.30 WIB")),
    ],
)
def test_clock_that_cannot_move_the_day_is_no_question(
    header: str, values: Sequence[CellValue]
) -> None:
    assert _judged(values, header=header).doubts == ()


@pytest.mark.parametrize(("answer", "day"), [("utc", "2026-07-14"), ("wib", "2026-07-13")])
def test_answered_clock_decides_the_day(answer: str, day: str) -> None:
    values = ("13/07/2026 18:30",)
    reading = _judged(values, header="Waktu (UTC)", answer=answer).reading
    assert _read(values, reading) == [day]


def test_bare_numbers_of_a_macintosh_book_count_from_1904() -> None:
    judged = judge_column(DATE, "Tanggal", _cells([44754]), TODAY, Answers(), is_1904=True)
    assert _read([44754], judged.reading) == ["2026-07-13"]


@pytest.mark.parametrize("value", [0, "00/01/1900", date(1899, 12, 31)])
def test_reference_to_an_empty_cell_is_empty_and_told(value: CellValue) -> None:
    cell = FieldReader(DATE, TODAY).read(value)
    assert (cell.value, "sel kosong" in cell.note, cell.problem) == (None, True, "")


# --- scales --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "likeliest"),
    [(("5,2", "6", "4,5"), "0-10"), ((8, 10, 0), "0-10"), ((0.545, 1), "0-1")],
)
def test_low_scores_are_a_question(values: Sequence[CellValue], likeliest: str) -> None:
    (doubt,) = _judged(values, SCORE).doubts
    assert (doubt.kind, doubt.candidates[0].field) == ("scale", likeliest)


@pytest.mark.parametrize(
    "values", [("5,2", "60"), ("5,2%", "8%"), (0, 0), ("", None), ("baik",), (54.5, 100)]
)
def test_other_scores_are_no_question(values: Sequence[CellValue]) -> None:
    assert _judged(values, SCORE).doubts == ()


@pytest.mark.parametrize(
    ("answer", "scores"), [("0-10", [52, 60]), ("0-100", [5.2, 6]), ("", [5.2, 6])]
)
def test_answered_scale_is_applied(answer: str, scores: list[float]) -> None:
    values = ("5,2", "6")
    assert _read(values, _judged(values, SCORE, answer=answer).reading, SCORE) == scores


def test_scores_before_and_after_are_one_question() -> None:
    before, after = _cells(["5,2", "6"]), _cells(["8", "9,5"])
    asked = judge_column(SCORE, "Pre", before, TODAY, Answers(), siblings=[("Post", after)])
    silent = judge_column(
        SCORE, "Post", after, TODAY, Answers(), siblings=[("Pre", before)], is_first=False
    )
    assert (len(asked.doubts), len(silent.doubts)) == (1, 0)


def test_answer_about_the_scores_before_counts_for_those_after() -> None:
    before, after = _cells(["5,2", "6"]), _cells(["8", "9,5"])
    judged = judge_column(
        SCORE, "Post", after, TODAY, Answers([("Pre", "0-10")]), siblings=[("Pre", before)]
    )
    assert judged.reading.factor == 10


def test_fraction_among_scores_is_mentioned() -> None:
    assert "0,545" in _judged((60, 0.545), SCORE).notes[0]


@pytest.mark.parametrize(
    "values", [(45_123, 52, 38_200), (45.123, 52.0, 38.2), ("45.123", "52,0"), (52, 45)]
)
def test_lost_thousands_of_a_population_are_a_question(values: Sequence[CellValue]) -> None:
    (doubt,) = _judged(values, PEOPLE).doubts
    assert (doubt.kind, doubt.candidates[0].field) == ("scale", "ribuan")


@pytest.mark.parametrize(
    ("answer", "people"), [("ribuan", [45_123, 52_000]), ("apa adanya", [45_123, 52])]
)
def test_answered_thousands_are_put_back(answer: str, people: list[int]) -> None:
    values = (45_123, 52)
    assert _read(values, _judged(values, PEOPLE, answer=answer).reading, PEOPLE) == people


@pytest.mark.parametrize(("values", "field"), [((45_123, 0), PEOPLE), ((52, 1250), MALE)])
def test_ordinary_people_are_no_question(values: Sequence[CellValue], field: Field) -> None:
    assert _judged(values, field).doubts == ()


@pytest.mark.parametrize(
    ("values", "people"),
    [
        (("45,123", "950"), [45_123, 950]),
        (("1,250", "1,1"), [None, None]),
        (("1,250", "1.250"), [None, 1250]),
        (("0,125",), [None]),
    ],
)
def test_comma_parts_thousands_where_nothing_in_the_column_says_otherwise(
    values: Sequence[str], people: list[int | None]
) -> None:
    field = Field("male", "L", "count", most=MOST_PEOPLE)
    assert _read(values, _judged(values, field).reading, field) == people


# --- other cells ---------------------------------------------------------------------------


def test_cross_beside_ticks_is_not_read() -> None:
    flag = Field("is_tppo", "TPPO", "flag")
    values = ("✓", "x", "")
    assert _read(values, _judged(values, flag).reading, flag) == [True, None, None]


def test_crosses_alone_are_ticks() -> None:
    flag = Field("is_tppo", "TPPO", "flag")
    assert _read(("x",), _judged(("x", ""), flag).reading, flag) == [True]


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Jumlah Peserta (L/P)", "L/P"),
        ("P / L", "P/L"),
        ("Laki-laki/Perempuan", "L/P"),
        ("Peserta", ""),
    ],
)
def test_header_says_whom_a_bare_pair_counts(header: str, order: str) -> None:
    pair = Field("both", header, "pair")  # type: ignore[arg-type]
    assert _judged(("20/30",), pair, header).reading.pair_order == order


@pytest.mark.parametrize("kind", ["text", "name", "count", "word", "date", "flag"])
@pytest.mark.parametrize("word", ["#N/A", "#ref!", " #NAME? ", "#####", "Err:502"])
def test_error_word_is_an_error_in_every_field(kind: str, word: str) -> None:
    field = Field("outcome", "Hasil", kind, most=10)  # type: ignore[arg-type]
    assert "kesalahan" in FieldReader(field, TODAY).read(word).problem


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("PIMPASA 01 â€“ tim", "PIMPASA 01 – tim"),
        ("Jumâ€™at", "Jum’at"),
        ("CafÃ© â€œMekarâ€\x9d", "Café “Mekar”"),
        ("JumÃ¢â‚¬â„¢at", "Jum’at"),
    ],
)
def test_mangled_text_is_repaired_and_told(written: str, stored: str) -> None:
    cell = FieldReader(Field("purpose", "Tujuan", "text"), TODAY).read(written)
    assert (cell.value, "huruf rusak" in cell.note) == (stored, True)


@pytest.mark.parametrize("written", ["Jum\ufffdat", "rapat â€ bersama"])
def test_text_that_cannot_be_repaired_is_refused(written: str) -> None:
    cell = FieldReader(Field("purpose", "Tujuan", "text"), TODAY).read(written)
    assert "huruf yang rusak" in cell.problem


@pytest.mark.parametrize("written", ["Café", "‘Aisyiyah – Ñ", "Jum’at"])
def test_sound_text_has_no_note(written: str) -> None:
    cell = FieldReader(Field("purpose", "Tujuan", "text"), TODAY).read(written)
    assert (cell.note, cell.problem) == ("", "")


@pytest.mark.parametrize(
    "written", ["\u200eLontar", "'Lontar", "Lon\xadtar\ufeff", "\u202aLontar\u202c"]
)
@pytest.mark.parametrize("kind", ["text", "name", "key"])
def test_invisible_marks_and_leading_apostrophes_are_not_kept(kind: str, written: str) -> None:
    field = Field("purpose", "Tujuan", kind)  # type: ignore[arg-type]
    assert FieldReader(field, TODAY).read(written).value == "Lontar"


@pytest.mark.parametrize(("name", "value"), [("male", 0), ("total", None)])
def test_dash_is_nobody_but_no_total(name: str, value: object) -> None:
    field = Field(name, "L", "count", most=10)
    assert FieldReader(field, TODAY).read("-").value == value
