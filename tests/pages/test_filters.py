"""The filter: query string in, months and caption out, nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.numbers.selection import Month, Period
from pages.components.filter.choice import (
    COMPARISON_WORDS,
    PERIOD_WORDS,
    SCOPE_WORDS,
    Filter,
    parse_filter,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("bulan", "2026-11", "2026-11"),
        ("triwulan", "2026-10", "2026-11"),
        ("tahun", "2026-01", "2026-11"),
        ("12-bulan", "2025-12", "2026-11"),
        ("program", "2023-09", "2026-11"),
    ],
)
def test_a_named_period_ends_with_this_month(key: str, first: str, last: str) -> None:
    assert Filter(TODAY, key).period == Period(Month.parse(first), Month.parse(last))


@pytest.mark.parametrize("today", [date.min, date(1, 12, 31), date(9999, 1, 1), date.max])
@pytest.mark.parametrize("period_key", PERIOD_WORDS)
@pytest.mark.parametrize("comparison_key", COMPARISON_WORDS)
def test_a_filter_holds_at_both_ends_of_the_calendar(
    today: date, period_key: str, comparison_key: str
) -> None:
    chosen = Filter(today, period_key, comparison_key=comparison_key)
    assert chosen.period.first <= chosen.period.last <= Month.of(today)
    assert chosen.caption(today)


def test_free_months_come_from_dari_and_sampai() -> None:
    parsed = parse_filter({"dari": ["2025-03"], "sampai": ["2025-08"]}, TODAY)
    assert parsed.filter.period == Period(Month(2025, 3), Month(2025, 8))
    assert parsed.notes == ()


def test_an_unknown_kecamatan_is_ignored_with_a_note() -> None:
    parsed = parse_filter({"kec": ["36.04.12", "36.04.99"]}, TODAY)
    assert parsed.filter.kecamatan == ("36.04.12",)
    assert "36.04.99" in parsed.notes[0]


@pytest.mark.parametrize(
    "query",
    [
        {"periode": ["besok"]},
        {"cakupan": ["<script>"]},
        {"banding": [""]},
        {"dari": ["2025-13"]},
        {"dari": ["1025-01"]},
        {"dari": ["2026-05"], "sampai": ["2026-01"]},
    ],
)
def test_a_value_that_means_nothing_leaves_the_default_and_a_note(
    query: dict[str, list[str]],
) -> None:
    parsed = parse_filter(query, TODAY)
    assert parsed.filter == Filter(TODAY)
    assert len(parsed.notes) == 1


def test_many_unknown_codes_are_one_note_that_names_a_few() -> None:
    codes = [f"36.99.{number}" for number in range(10, 90)]
    parsed = parse_filter({"kec": ["36.04.12", *codes, *codes]}, TODAY)
    assert parsed.filter.kecamatan == ("36.04.12",)
    assert parsed.notes == (
        "Nilai “36.99.10”, “36.99.11”, “36.99.12”, dan 77 lainnya untuk “kec” di alamat halaman "
        "diabaikan. Kode kecamatan ditulis seperti 36.04.12.",
    )


def test_signs_that_nobody_sees_are_shown_as_dots_in_a_note() -> None:
    note = parse_filter({"kec": ["\u202e36.04.12"]}, TODAY).notes[0]
    assert "“·36.04.12”" in note


def test_the_caption_names_period_area_scope_and_comparison() -> None:
    chosen = Filter(TODAY, "tahun", kecamatan=("36.04.12",), comparison_key="tahun-lalu")
    assert chosen.caption() == (
        "Januari–November 2026, Kecamatan Pontang, semua desa, "
        "dibandingkan dengan Januari–24 November 2025"
    )


def test_the_caption_says_where_the_data_ends() -> None:
    caption = Filter(TODAY, "bulan", comparison_key="tanpa").caption(date(2026, 11, 3))
    assert caption.startswith("November 2026 (data sampai 3 November 2026)")


def test_a_period_of_years_has_no_year_before() -> None:
    chosen = Filter(TODAY, "program")
    assert chosen.compared(TODAY) is None
    assert chosen.caption().endswith("tanpa pembanding karena periode lebih dari setahun")


def test_nothing_is_compared_with_the_time_before_the_programme() -> None:
    chosen = Filter(TODAY, "bebas", Month(2024, 1), Month(2024, 6))
    assert chosen.compared(TODAY) is None
    assert "program belum berjalan" in chosen.caption()
    partly = Filter(TODAY, "bebas", Month(2024, 1), Month(2024, 10))
    assert partly.compared(TODAY) is None
    assert "program baru berjalan sejak September 2023" in partly.caption()


@pytest.mark.parametrize(
    ("period_key", "expected"),
    [
        ("bulan", "1–24 Oktober 2026"),
        ("triwulan", "Juli–24 Agustus 2026"),
        ("tahun", "Januari–24 November 2025"),
        ("12-bulan", "Desember 2024–24 November 2025"),
    ],
)
def test_the_period_before_ends_on_the_same_day(period_key: str, expected: str) -> None:
    chosen = Filter(TODAY, period_key, comparison_key="sebelumnya")
    assert chosen.caption().endswith(f"dibandingkan dengan {expected}")


def test_late_data_are_compared_as_far_as_they_reach() -> None:
    caption = Filter(TODAY, "tahun").caption(date(2026, 8, 31))
    assert caption.endswith("dibandingkan dengan Januari–Agustus 2025")


def test_a_period_to_come_is_compared_with_nothing() -> None:
    chosen = Filter(TODAY, "bebas", Month(2027, 1), Month(2027, 2))
    assert chosen.compared(TODAY) is None
    assert "belum berjalan" in chosen.caption()


months = st.builds(Month, st.integers(2015, 2040), st.integers(1, 12))


@given(
    period_key=st.sampled_from([key for key in PERIOD_WORDS if key != "bebas"]),
    kecamatan=st.sets(st.sampled_from(["36.04.05", "36.04.12", "36.04.35"])),
    scope_key=st.sampled_from(list(SCOPE_WORDS)),
    comparison_key=st.sampled_from(list(COMPARISON_WORDS)),
    free=st.none() | st.tuples(months, months).map(sorted),
)
def test_a_filter_survives_its_own_query_string(
    period_key: str,
    kecamatan: set[str],
    scope_key: str,
    comparison_key: str,
    free: list[Month] | None,
) -> None:
    chosen = Filter(
        TODAY,
        "bebas" if free else period_key,
        free[0] if free else None,
        free[1] if free else None,
        tuple(sorted(kecamatan)),
        scope_key,
        comparison_key,
    )
    query = {
        name: [value] if isinstance(value, str) else value
        for name, value in chosen.to_query().items()
    }
    parsed = parse_filter(query, TODAY)
    assert (parsed.filter, parsed.notes) == (chosen, ())


@given(
    st.dictionaries(
        st.sampled_from(["periode", "dari", "sampai", "kec", "cakupan", "banding"]),
        st.lists(st.text(max_size=40), max_size=3),
    )
)
def test_no_query_string_breaks_the_filter(query: dict[str, list[str]]) -> None:
    parsed = parse_filter(query, TODAY)
    assert parsed.filter.period.first <= parsed.filter.period.last
