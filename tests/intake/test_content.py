"""What a column looks like by its content, whatever its title says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.content import looks_like_person, reads_as
from data_access.intake.field import Field
from data_access.intake.model import CellError, CellValue

KINDS = ("date", "count", "score", "outcome", "verification", "office", "flag", "labels", "country",
         "indicator", "degrees", "point", "year", "person", "text", "pair", "number")  # fmt: skip
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates())


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("date", ("13/07/2026", "7/14/2026", "13 Juli 2026", date(2026, 7, 13), "00/01/1900")),
        ("date", ("13/07/2922", "13/07/26", "Senin, 14/07/2026")),
        ("count", ("50", "20 orang", "nihil", 7)),
        ("score", (54.5, "80%", "72,5")),
        ("outcome", ("Nihil", "1 temuan")),
        ("verification", ("Terverifikasi",)),
        ("office", ("Kanim Cilegon",)),
        ("flag", ("ya", "✓", 1)),
        ("labels", ("TPPO PMI NP",)),
        ("country", ("Malaysia", "Dubai")),
        ("indicator", ("Kunjungan",)),
        ("degrees", ("-6,0512", 106.28)),
        ("point", ("-6.0512 106.2891 0 0",)),
        ("year", (2025, "2026")),
        ("person", ("Budi Santoso, S.H.", "PIMPASA 01", "Ahmad, Siti dan Budi")),
        ("text", ("Pembinaan", "TPPO")),
        ("pair", ("L 20 P 30",)),
        (Field("outcome", "Hasil", "word"), ("nihil",)),
    ],
)
def test_fitting_column_is_recognised(kind: str | Field, values: Sequence[CellValue]) -> None:
    assert reads_as(kind, values) == 1.0


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("date", ("Lontar", "PIMPASA 01", 7, "9")),
        ("count", ("Lontar", "13/07/2026")),
        ("outcome", ("Pembinaan", "Lontar")),
        ("flag", ("Berkembang", "Maju", "Mandiri")),
        ("country", ("Lontar", "Pontang")),
        ("text", ("13/07/2026", "50", 7, date(2026, 7, 13))),
        ("person", ("Pembinaan desa", "nihil", "13/07/2026", 5)),
        ("year", (50, "13/07/2026")),
        ("date", ()),
        ("text", (None, "", "-", "#N/A", CellError("#REF!"))),
    ],
)
def test_other_column_is_told_apart(kind: str, values: Sequence[CellValue]) -> None:
    assert reads_as(kind, values) == 0.0


def test_bare_numbers_are_half_a_date() -> None:
    assert reads_as("date", [46_216, 46_217]) == 0.5


def test_same_value_counts_once() -> None:
    assert reads_as("flag", ["ya"] * 99 + ["mungkin"]) == 0.5


def test_one_and_true_are_told_apart() -> None:
    assert (reads_as("count", [1]), reads_as("count", [True])) == (1.0, 0.0)


@pytest.mark.parametrize(
    "text", ["Kunjungan Rutin", "Desa Lontar", "Lontar", "pembinaan warga", "TPPO", "", "12"]
)
def test_activity_is_no_person(text: str) -> None:
    assert not looks_like_person(text)


@settings(deadline=None)
@given(st.lists(CELLS, max_size=5), st.sampled_from(KINDS))
def test_any_column_has_a_share(values: list[CellValue], kind: str) -> None:
    assert 0 <= reads_as(kind, values) <= 1
