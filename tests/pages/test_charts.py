"""Charts as figures: what is drawn, in which order, and what stands on the axes."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.components import charts

MONTHS = pd.DataFrame({"month": ["2025-11", "2026-02"], "n": [2, 1]})
OUTCOMES = pd.DataFrame(
    {
        "month": ["2026-01", "2026-01", "2026-02"],
        "outcome": ["nihil", "temuan", "nihil"],
        "visits": [3, 1, 12],
    }
)
NAMES = {"nihil": "Nihil", "temuan": "Temuan"}


def test_a_month_without_rows_is_a_gap_of_zero() -> None:
    figure = charts.months_bars(MONTHS, "n", "laporan", "cases")
    assert figure.data[0].x == ("Nov 2025", "Des 2025", "Jan 2026", "Feb 2026")
    assert figure.data[0].y == (2, 0, 0, 1)


def test_the_year_stands_under_the_first_month_and_where_it_changes() -> None:
    figure = charts.months_bars(MONTHS, "n", "laporan", "cases")
    assert figure.layout.xaxis.ticktext == ("Nov<br>2025", "Des", "Jan<br>2026", "Feb")


@pytest.mark.parametrize(("n", "step"), [([2, 1], 1), ([5, 1], 1), ([6, 1], None), ([90, 1], None)])
def test_a_small_count_axis_has_whole_numbers_only(n: list[int], step: int | None) -> None:
    figure = charts.months_bars(MONTHS.assign(n=n), "n", "laporan", "cases")
    assert figure.layout.yaxis.dtick == step


def test_stacked_counts_judge_the_axis_by_their_sum() -> None:
    low = OUTCOMES.assign(visits=[3, 2, 1])
    high = OUTCOMES.assign(visits=[3, 3, 1])
    steps = [
        charts.months_stacked(each, "outcome", "visits", NAMES, "kunjungan").layout.yaxis.dtick
        for each in (low, high)
    ]
    assert steps == [1, None]


def test_series_are_stacked_in_the_order_of_their_names() -> None:
    figure = charts.months_stacked(OUTCOMES, "outcome", "visits", NAMES, "kunjungan")
    assert [(bar.name, bar.y) for bar in figure.data] == [("Nihil", (3, 12)), ("Temuan", (1, 0))]


def test_a_chart_without_months_is_empty() -> None:
    figure = charts.months_stacked(OUTCOMES[:0], "outcome", "visits", NAMES, "kunjungan")
    assert all(len(bar.x) == 0 for bar in figure.data)


def test_ranked_bars_carry_indonesian_numbers() -> None:
    figure = charts.ranked_bars(["Warga", "PKK"], [5274, 12], "attendance", "orang")
    assert figure.data[0].text == ("5.274", "12")


def test_lines_before_and_after_are_named_at_their_end() -> None:
    scores = pd.DataFrame({"month": ["2026-01", "2026-02"], "pre": [50, 51], "post": [60, 66]})
    figure = charts.before_after(scores)
    assert [line.text for line in figure.data] == [("", "  Sesudah"), ("", "  Sebelum")]
    assert not figure.layout.showlegend
